#include "core/data/cleaning/step_tools.h"

#include <algorithm>
#include <charconv>

#include "core/base/parallel.h"
#include "core/base/sha256.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

bool isOneOf(ColumnKind kind, std::initializer_list<ColumnKind> kinds) {
    return kinds.size() == 0 || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool isTaken(const std::vector<TableColumn>& columns, const std::string& name) {
    return std::any_of(columns.begin(), columns.end(), [&](const TableColumn& column) { return column.info.name == name; });
}

}  // namespace

std::size_t sliceCount(std::int64_t rows) { return static_cast<std::size_t>((rows + rowsPerSlice - 1) / rowsPerSlice); }

Result<void> forRowSlices(std::int64_t rows, const StepContext& context, const std::function<void(const RowSlice&)>& work) {
    return forPieces(sliceCount(rows), context, [&](std::size_t i) {
        const std::int64_t first = static_cast<std::int64_t>(i) * rowsPerSlice;
        work({i, first, std::min(first + rowsPerSlice, rows)});
    });
}

Result<void> forPieces(std::size_t count, const StepContext& context, const std::function<void(std::size_t)>& work) {
    parallelFor(count, context.threads, [&](std::size_t i) {
        if (!context.cancel.cancelled()) work(i);
    });
    if (context.cancel.cancelled()) return fail("job.cancelled");
    return {};
}

Result<void> forColumnSlices(std::size_t columns, std::int64_t rows, const StepContext& context, const std::function<void(std::size_t, const RowSlice&)>& work) {
    const std::size_t slices = sliceCount(rows);
    return forPieces(columns * slices, context, [&](std::size_t piece) {
        const std::int64_t first = static_cast<std::int64_t>(piece % slices) * rowsPerSlice;
        work(piece / slices, {piece % slices, first, std::min(first + rowsPerSlice, rows)});
    });
}

void flagMissing(const ColumnView& view, const RowSlice& slice, std::span<std::uint8_t> flags) {
    if (view.kind == ColumnKind::Number) {
        const double* const values = view.numbers.data() + slice.first;
        for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = values[i] != values[i];
    } else if (view.kind == ColumnKind::Category) {
        const std::int32_t* const codes = view.codes.data() + slice.first;
        for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = codes[i] < 0;
    } else {
        std::fill(flags.begin(), flags.end(), std::uint8_t{0});
        forMissingBits(view.missingBits, slice, [&](std::int64_t row) { flags[static_cast<std::size_t>(row - slice.first)] = 1; });
    }
}

std::string kindNames(std::initializer_list<ColumnKind> kinds) {
    std::string names;
    for (const ColumnKind kind : kinds) names += (names.empty() ? "" : ", ") + std::string(columnKindName(kind));
    return names;
}

Result<std::size_t> stepColumn(const Table& table, const std::string& name) {
    if (name.empty()) return fail("cleaning.no_column_chosen");
    auto found = table.find(name);
    if (!found) return fail("cleaning.no_column", {{"column", name}, {"known", found.error().argument("known")}});
    return found;
}

Result<std::size_t> stepColumn(const Table& table, const std::string& name, std::initializer_list<ColumnKind> kinds) {
    LAMINA_TRY(const std::size_t column, stepColumn(table, name));
    const ColumnKind kind = table.info(column).kind;
    if (!isOneOf(kind, kinds)) return fail("cleaning.column_kind", {{"column", name}, {"kind", columnKindName(kind)}, {"needed", kindNames(kinds)}});
    return column;
}

Result<std::vector<std::size_t>> stepColumns(const Table& table, const std::vector<std::string>& names, std::initializer_list<ColumnKind> kinds,
                                             bool mayLack) {
    std::vector<std::size_t> columns;
    if (names.empty())
        for (std::size_t i = 0; i < table.columnCount(); ++i)
            if (isOneOf(table.info(i).kind, kinds)) columns.push_back(i);
    for (const auto& name : names) {
        if (mayLack && !table.find(name)) continue;
        LAMINA_TRY(const std::size_t column, stepColumn(table, name, kinds));
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    }
    return columns;
}

Result<std::vector<std::size_t>> stepColumns(const Table& table, const std::vector<std::string>& names, bool mayLack) {
    return stepColumns(table, names, {}, mayLack);
}

Result<void> checkNewName(const Table& table, const std::string& name, std::optional<std::size_t> except) {
    if (name.empty()) return fail("cleaning.name_empty");
    for (std::size_t i = 0; i < table.columnCount(); ++i)
        if (i != except && table.info(i).name == name) return fail("cleaning.name_taken", {{"column", name}});
    return {};
}

std::string freeColumnName(const std::vector<TableColumn>& columns, const std::string& wish) {
    std::string name = wish;
    for (int n = 2; isTaken(columns, name); ++n) name = wish + " " + std::to_string(n);
    return name;
}

std::string newColumnId(const CleanTable& input, const StepContext& context, const std::string& name) {
    std::string seed = "column made by step " + std::to_string(context.number) + '\n' + name + '\n';
    if (input.table.columnCount() > 0) seed += input.table.info(0).id;
    std::string id = sha256(seed.data(), seed.size()).substr(0, 36);
    for (const std::size_t dash : {8, 13, 18, 23}) id[dash] = '-';
    id[14] = '8';  // RFC 9562: a UUID whose bits the application chose
    id[19] = "89ab"[static_cast<unsigned char>(id[19]) & 3];
    return id;
}

std::vector<TableColumn> columnsOf(const Table& table) {
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < table.columnCount(); ++i) columns.push_back(table.column(i));
    return columns;
}

Result<void> insertColumn(std::vector<TableColumn>& columns, std::size_t place, TableColumn column) {
    if (column.info.name.empty()) return fail("cleaning.name_empty");
    if (isTaken(columns, column.info.name)) return fail("cleaning.name_taken", {{"column", column.info.name}});
    columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(std::min(place, columns.size())), std::move(column));
    return {};
}

Result<CleanTable> withColumns(const CleanTable& input, std::vector<TableColumn> columns) {
    CleanTable output = input;
    LAMINA_TRY(output.table, Table::of(std::move(columns)));
    return output;
}

CleanTable withoutRows(const CleanTable& input, const std::vector<std::uint8_t>& remove, const StepContext& context, StepReport& report) {
    const auto rows = static_cast<std::size_t>(input.table.rows());
    auto removedBy = input.removedBy ? *input.removedBy : std::vector<std::uint16_t>(rows, 0);
    std::int64_t removed = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        if (remove[row] == 0 || removedBy[row] != 0) continue;
        removedBy[row] = context.number;
        ++removed;
    }
    if (removed == 0) return input;
    report.removedRows += removed;
    CleanTable output = input;
    output.removedBy = std::make_shared<const std::vector<std::uint16_t>>(std::move(removedBy));
    return output;
}

std::int64_t rowsThere(const CleanTable& table) {
    if (!table.removedBy) return table.table.rows();
    return std::count(table.removedBy->begin(), table.removedBy->end(), 0);
}

std::string_view CellReader::text(std::int64_t row, std::string& buffer) const {
    const ColumnView& view = m_column->view;
    if (view.kind == ColumnKind::Text || view.kind == ColumnKind::Category) return view.text(row);
    if ((view.kind != ColumnKind::Number && view.kind != ColumnKind::Integer) || view.isMissing(row))
        return buffer = displayText(view, m_column->info, row);
    // As displayText() writes them, without a new string for each.
    char text[32];
    const auto i = static_cast<std::size_t>(row);
    const auto end = view.kind == ColumnKind::Number ? std::to_chars(text, text + sizeof text, view.numbers[i]).ptr
                                                     : std::to_chars(text, text + sizeof text, view.integers[i]).ptr;
    return buffer.assign(text, end);
}

std::optional<double> CellReader::number(std::int64_t row) const {
    const ColumnView& view = m_column->view;
    if (view.isMissing(row)) return std::nullopt;
    if (view.kind == ColumnKind::Text || view.kind == ColumnKind::Category) {
        const NumberText number = readAnyNumber(view.text(row));
        return number.is == TextValue ? std::nullopt : std::optional(number.value);
    }
    const double value = view.number(row);
    return value == value ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> CellReader::time(std::int64_t row) const {
    const ColumnView& view = m_column->view;
    if (!storedAsInteger(view.kind) || view.isMissing(row)) return std::nullopt;
    return view.integers[static_cast<std::size_t>(row)];
}

namespace {

/// The beginning of a long text, cut between two characters.
std::string shortened(std::string_view text) {
    constexpr std::size_t most = 200;
    if (text.size() <= most) return std::string(text);
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace

void SliceNotes::refused(const RowSlice& slice, std::int64_t row, std::string_view text) {
    if (m_input->isRemoved(row)) return;
    Notes& notes = m_slices[slice.index];
    if (notes.refused++ < static_cast<std::int64_t>(StepReport::mostRefused)) notes.cells.emplace_back(row, shortened(text));
}

void SliceNotes::addTo(StepReport& report, const std::string& column) const {
    for (const Notes& notes : m_slices) {
        report.changedCells += notes.changed;
        report.refusedCount += notes.refused;
        for (const auto& [row, text] : notes.cells)
            if (report.refused.size() < StepReport::mostRefused) report.refused.push_back({column, row, text});
    }
}

}  // namespace lamina
