#include "core/data/cleaning/step_tools.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <charconv>
#include <cstring>
#include <numeric>

#include "core/base/parallel.h"
#include "core/base/sha256.h"
#include "core/data/cleaning/column_memory.h"
#include "core/data/cleaning/typed_text.h"
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

/// The values of a finished column; of texts the bytes of each slice until they are put together.
struct ColumnDraft::Values {
    ColumnKind kind = ColumnKind::Number;
    std::int64_t rows = 0;
    ColumnMemory<double> numbers;
    ColumnMemory<std::int64_t> integers;
    ColumnMemory<std::uint8_t> booleans;
    ColumnMemory<std::int32_t> codes;
    ColumnMemory<std::uint64_t> offsets;
    std::vector<TextBytes> sliceBytes;
    ColumnMemory<char> bytes;
    std::vector<std::uint8_t> missingBits;
    std::vector<std::int64_t> knownMissing;  ///< of slices, where all are known
    std::vector<std::string> dictionary;

    std::int64_t missing() const;
    void joinBytes(int threads, TextBytesPool* pool);
};

std::int64_t ColumnDraft::Values::missing() const {
    if (!knownMissing.empty() && std::ranges::find(knownMissing, -1) == knownMissing.end())
        return std::accumulate(knownMissing.begin(), knownMissing.end(), std::int64_t{0});
    if (kind == ColumnKind::Number) return std::ranges::count_if(numbers.all(), [](double value) { return value != value; });
    if (kind == ColumnKind::Category) return std::ranges::count_if(codes.all(), [](std::int32_t code) { return code < 0; });
    std::int64_t count = 0;
    for (const std::uint8_t eight : missingBits) count += std::popcount(eight);
    return count;
}

/// Offsets count from the beginning of their slice until here.
void ColumnDraft::Values::joinBytes(int threads, TextBytesPool* pool) {
    std::vector<std::size_t> begins{0};
    for (const auto& slice : sliceBytes) begins.push_back(begins.back() + slice.size());
    bytes = ColumnMemory<char>(begins.back());
    offsets[0] = 0;
    parallelFor(sliceBytes.size(), threads, [&](std::size_t i) {
        const std::int64_t first = static_cast<std::int64_t>(i) * rowsPerSlice;
        for (std::int64_t row = first; row < std::min(first + rowsPerSlice, rows); ++row) offsets[static_cast<std::size_t>(row) + 1] += begins[i];
        if (sliceBytes[i].size() > 0) std::memcpy(bytes.data() + begins[i], sliceBytes[i].all().data(), sliceBytes[i].size());
        TextBytes done = std::move(sliceBytes[i]);
        if (pool) pool->give(std::move(done));
    });
}

ColumnDraft::ColumnDraft(ColumnKind kind, std::int64_t rows) : m_values(std::make_shared<Values>()) {
    const auto n = static_cast<std::size_t>(rows);
    m_values->kind = kind;
    m_values->rows = rows;
    if (kind == ColumnKind::Number) m_values->numbers = ColumnMemory<double>(n);
    if (storedAsInteger(kind)) m_values->integers = ColumnMemory<std::int64_t>(n);
    if (kind == ColumnKind::Boolean) m_values->booleans = ColumnMemory<std::uint8_t>(n);
    if (kind == ColumnKind::Category) m_values->codes = ColumnMemory<std::int32_t>(n);
    if (storedAsText(kind)) m_values->offsets = ColumnMemory<std::uint64_t>(n + 1);
    if (storedAsText(kind)) m_values->sliceBytes.resize(sliceCount(rows));
    if (kind == ColumnKind::Number) m_values->knownMissing.assign(sliceCount(rows), -1);
    if (kind != ColumnKind::Number && kind != ColumnKind::Category) m_values->missingBits.resize((n + 7) / 8);
    m_numbers = m_values->numbers.data();
    m_integers = m_values->integers.data();
    m_booleans = m_values->booleans.data();
    m_codes = m_values->codes.data();
    m_offsets = m_values->offsets.data();
}

ColumnKind ColumnDraft::kind() const { return m_values->kind; }

void ColumnDraft::text(std::int64_t row, std::string_view value) {
    TextBytes& bytes = m_values->sliceBytes[static_cast<std::size_t>(row / rowsPerSlice)];
    bytes.append(value);
    m_offsets[row + 1] = bytes.size();
}

TextSliceEditor::Target ColumnDraft::textsOf(const RowSlice& slice, TextBytes bytes) {
    m_values->sliceBytes[slice.index] = std::move(bytes);
    return {m_values->sliceBytes[slice.index], m_offsets, m_values->missingBits.data()};
}

void ColumnDraft::copySlice(const RowSlice& slice, const ColumnView& from) {
    const auto copyValues = [&](const auto& values, auto* to) { std::copy(values.begin() + slice.first, values.begin() + slice.last, to + slice.first); };
    if (m_numbers) copyValues(from.numbers, m_numbers);
    if (m_integers) copyValues(from.integers, m_integers);
    if (m_booleans) copyValues(from.booleans, m_booleans);
    if (!m_numbers) copyMissing(slice, from);
}

void ColumnDraft::knowMissing(const RowSlice& slice, std::int64_t count) { m_values->knownMissing[slice.index] = count; }

void ColumnDraft::copyMissing(const RowSlice& slice, const ColumnView& from) {
    if (from.missingBits.empty()) return;
    const auto first = static_cast<std::size_t>(slice.first) / 8, last = (static_cast<std::size_t>(slice.last) + 7) / 8;
    std::copy(from.missingBits.begin() + static_cast<std::ptrdiff_t>(first), from.missingBits.begin() + static_cast<std::ptrdiff_t>(last),
              m_values->missingBits.begin() + static_cast<std::ptrdiff_t>(first));
    if (slice.last % 8 != 0) m_values->missingBits[last - 1] &= static_cast<std::uint8_t>((1u << (slice.last % 8)) - 1);
}

void ColumnDraft::markMissing(std::int64_t row) {
    m_values->missingBits[static_cast<std::size_t>(row) >> 3] |= static_cast<std::uint8_t>(1u << (row & 7));
}

void ColumnDraft::missing(std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    if (m_numbers) m_numbers[i] = std::numeric_limits<double>::quiet_NaN();
    else if (m_codes) m_codes[i] = -1;
    else {
        if (storedAsText(m_values->kind)) text(row, {});
        if (m_integers) m_integers[i] = 0;
        if (m_booleans) m_booleans[i] = 0;
        markMissing(row);
    }
}

void ColumnDraft::copy(std::int64_t row, const ColumnView& from, std::int64_t fromRow) {
    const auto i = static_cast<std::size_t>(fromRow);
    if (m_numbers) number(row, from.numbers[i]);
    else if (m_codes) code(row, from.codes[i]);
    else if (from.isMissing(fromRow)) missing(row);
    else if (m_integers) integer(row, from.integers[i]);
    else if (m_booleans) boolean(row, from.booleans[i] != 0);
    else text(row, from.text(fromRow));
}

void ColumnDraft::setDictionary(std::vector<std::string> texts) { m_values->dictionary = std::move(texts); }

TableColumn ColumnDraft::finish(std::string id, std::string name, std::string role, int threads, TextBytesPool* pool) {
    Values& values = *m_values;
    if (storedAsText(values.kind)) values.joinBytes(threads, pool);
    TableColumn column;
    column.info.id = std::move(id);
    column.info.name = std::move(name);
    column.info.role = std::move(role);
    column.info.kind = values.kind;
    column.info.elementType = elementTypeOf(values.kind);
    column.info.rows = values.rows;
    column.info.missing = values.missing();
    column.info.dictionary = values.dictionary;
    column.view.kind = values.kind;
    column.view.rows = values.rows;
    column.view.numbers = values.numbers.all();
    column.view.integers = values.integers.all();
    column.view.booleans = values.booleans.all();
    column.view.codes = values.codes.all();
    column.view.dictionary = values.dictionary;
    column.view.offsets = values.offsets.all();
    column.view.textBytes = {values.bytes.data(), values.bytes.size()};
    column.view.elementType = elementTypeOf(values.kind);
    if (column.info.missing > 0) column.view.missingBits = values.missingBits;
    column.owner = m_values;
    return column;
}

namespace {

/// What became of the texts of a category: new codes for old ones.
struct ChangedDictionary {
    std::vector<std::string> texts;
    std::vector<std::int32_t> codes;
    std::vector<TextChange> changes;
    bool anything = false;

    /// Every code stays what it is.
    bool onlyNames() const {
        for (std::size_t i = 0; i < codes.size(); ++i)
            if (codes[i] != static_cast<std::int32_t>(i)) return false;
        return true;
    }
};

ChangedDictionary changeDictionary(std::span<const std::string> dictionary, const TextFunction& change) {
    ChangedDictionary changed;
    WordIndex words;
    std::string out;
    for (const std::string& text : dictionary) {
        out.clear();
        const TextChange what = change(text, out);
        changed.changes.push_back(what);
        changed.anything |= what != TextChange::Same;
        const bool gone = what == TextChange::Missing || what == TextChange::Refused;
        changed.codes.push_back(gone ? -1 : words.add(what == TextChange::Same ? std::string_view(text) : std::string_view(out)));
    }
    changed.texts = words.words();
    return changed;
}

TableColumn finishLike(ColumnDraft& draft, const TableColumn& like) { return draft.finish(like.info.id, like.info.name, like.info.role); }

/// The codes are shared with the old column.
Result<TableColumn> renamedCategories(const CleanTable& input, const TableColumn& column, const ChangedDictionary& changed, const StepContext& context,
                                      StepReport& report) {
    struct Owner {
        std::shared_ptr<const void> codes;
        std::vector<std::string> dictionary;
    };
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(column.view.rows, context, [&](const RowSlice& slice) {
        std::int64_t renamed = 0;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int32_t code = column.view.codes[static_cast<std::size_t>(row)];
            renamed += code >= 0 && changed.changes[static_cast<std::size_t>(code)] != TextChange::Same && notes.counts(row);
        }
        notes.changedCells(slice, renamed);
    }));
    notes.addTo(report, column.info.name);
    const auto owner = std::make_shared<Owner>(Owner{column.owner, changed.texts});
    TableColumn made = column;
    made.info.dictionary = changed.texts;
    made.view.dictionary = owner->dictionary;
    made.owner = owner;
    return made;
}

Result<TableColumn> changeCategories(const CleanTable& input, const TableColumn& column, const StepContext& context, const TextFunction& change,
                                     StepReport& report) {
    const ChangedDictionary changed = changeDictionary(column.view.dictionary, change);
    if (!changed.anything) return column;
    if (changed.onlyNames()) return renamedCategories(input, column, changed, context, report);
    ColumnDraft draft(ColumnKind::Category, column.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(column.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int32_t code = column.view.codes[static_cast<std::size_t>(row)];
            if (code < 0) {
                draft.code(row, -1);
                continue;
            }
            const auto place = static_cast<std::size_t>(code);
            draft.code(row, changed.codes[place]);
            if (changed.changes[place] == TextChange::Refused) notes.refused(slice, row, column.view.dictionary[place]);
            else if (changed.changes[place] != TextChange::Same) notes.changed(slice, row);
        }
    }));
    draft.setDictionary(changed.texts);
    notes.addTo(report, column.info.name);
    return finishLike(draft, column);
}

void changeEachText(TextSliceEditor& texts, const TextFunction& change, const RowSlice& slice, SliceNotes& notes) {
    std::string out;
    for (std::int64_t row = slice.first; row < slice.last; ++row) {
        const std::string_view text = texts.text(row);
        if (texts.isMissing(row)) {
            if (!text.empty()) texts.refuse(row);
            continue;
        }
        out.clear();
        switch (change(text, out)) {
            case TextChange::Same: break;
            case TextChange::Changed: texts.put(row, out); break;
            case TextChange::Missing: texts.clear(row); break;
            case TextChange::Refused:
                notes.refused(slice, row, text);
                texts.refuse(row);
        }
    }
}

/// A Text column; `pool`: memory that the columns of a step share.
Result<TableColumn> changeTextColumn(const CleanTable& input, const TableColumn& source, const StepContext& context,
                                     const std::function<TextFunction()>& makeChange, StepReport& report, const TextSliceFunction& ofSlice,
                                     TextBytesPool& pool) {
    ColumnDraft draft(ColumnKind::Text, source.view.rows);
    SliceNotes notes(input);
    std::atomic<bool> anything{false};
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        TextSliceEditor texts(source.view, slice.first, slice.last, draft.textsOf(slice, pool.take()), input.removedBy ? input.removedBy->data() : nullptr);
        if (ofSlice && texts.isPlain()) ofSlice(texts);
        else changeEachText(texts, makeChange(), slice, notes);
        texts.finish();
        notes.changedCells(slice, texts.changedCells());
        if (texts.anything()) anything = true;
    }));
    if (!anything) return source;
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role, context.threads, &pool);
}

Result<TableColumn> changeTextsOf(const CleanTable& input, std::size_t column, const StepContext& context, const std::function<TextFunction()>& makeChange,
                                  StepReport& report, const TextSliceFunction& ofSlice, TextBytesPool& pool) {
    const TableColumn& source = input.table.column(column);
    if (source.view.kind == ColumnKind::Category) return changeCategories(input, source, context, makeChange(), report);
    return changeTextColumn(input, source, context, makeChange, report, ofSlice, pool);
}

}  // namespace

Result<TableColumn> changeTexts(const CleanTable& input, std::size_t column, const StepContext& context, const std::function<TextFunction()>& makeChange,
                                StepReport& report, const TextSliceFunction& ofSlice) {
    TextBytesPool pool;
    return changeTextsOf(input, column, context, makeChange, report, ofSlice, pool);
}

Result<CleanTable> changeTextColumns(const CleanTable& input, const std::vector<std::string>& names, const StepContext& context,
                                     const std::function<TextFunction()>& makeChange, StepReport& report, const TextSliceFunction& ofSlice) {
    LAMINA_TRY(const auto chosen, stepColumns(input.table, names, {ColumnKind::Text, ColumnKind::Category}, context.predicting));
    auto columns = columnsOf(input.table);
    TextBytesPool pool;
    for (const std::size_t column : chosen) {
        LAMINA_TRY(columns[column], changeTextsOf(input, column, context, makeChange, report, ofSlice, pool));
    }
    return withColumns(input, std::move(columns));
}

namespace {

/// What `read` made of each text of a category.
struct ReadDictionary {
    std::vector<CellValue> values;
    std::vector<std::uint8_t> good;
};

ReadDictionary readDictionary(std::span<const std::string> dictionary, const ReadFunction& read) {
    ReadDictionary all;
    all.values.resize(dictionary.size());
    for (std::size_t i = 0; i < dictionary.size(); ++i) all.good.push_back(read(dictionary[i], all.values[i]));
    return all;
}

}  // namespace

Result<TableColumn> readTexts(const CleanTable& input, std::size_t column, ColumnKind kind, const StepContext& context,
                              const std::function<ReadFunction()>& makeRead, StepReport& report) {
    const TableColumn& source = input.table.column(column);
    const ReadDictionary known = readDictionary(source.view.dictionary, makeRead());
    ColumnDraft draft(kind, source.view.rows);
    SliceNotes notes(input);
    const CellReader cells(source);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        const ReadFunction read = makeRead();
        std::string buffer;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (source.view.isMissing(row)) {
                draft.missing(row);
                continue;
            }
            CellValue value;
            bool good = false;
            if (source.view.kind == ColumnKind::Category) {
                const auto code = static_cast<std::size_t>(source.view.codes[static_cast<std::size_t>(row)]);
                value = known.values[code];
                good = known.good[code] != 0;
            } else {
                good = read(cells.text(row, buffer), value);
            }
            if (good) {
                putCell(draft, row, value);
                notes.changed(slice, row);
            } else {
                draft.missing(row);
                notes.refused(slice, row, cells.text(row, buffer));
            }
        }
    }));
    notes.addTo(report, source.info.name);
    return finishLike(draft, source);
}

namespace {

constexpr std::int64_t mostCategories = 1 << 20;

/// The slices' own dictionaries made one; codes of slice s become newCodes[s][code]. False: too many.
bool joinDictionaries(const std::vector<WordIndex>& slices, WordIndex& all, std::vector<std::vector<std::int32_t>>& newCodes) {
    for (const WordIndex& slice : slices) {
        newCodes.emplace_back();
        for (const auto& word : slice.words()) newCodes.back().push_back(all.add(word));
        if (all.size() > mostCategories) return false;
    }
    return true;
}

}  // namespace

Result<TableColumn> categorise(const CleanTable& input, const StepContext& context, const RowText& textOf, std::string id, std::string name) {
    const std::int64_t rows = input.table.rows();
    ColumnDraft draft(ColumnKind::Category, rows);
    std::vector<WordIndex> words(sliceCount(rows));
    std::vector<std::int32_t> codes(static_cast<std::size_t>(rows));
    LAMINA_CHECK(forRowSlices(rows, context, [&](const RowSlice& slice) {
        std::string buffer;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const auto text = textOf(row, buffer);
            codes[static_cast<std::size_t>(row)] = text ? words[slice.index].add(*text) : -1;
        }
    }));
    WordIndex all;
    std::vector<std::vector<std::int32_t>> newCodes;
    if (!joinDictionaries(words, all, newCodes))
        return fail("cleaning.too_many_categories", {{"column", name}, {"most", std::to_string(mostCategories)}});
    LAMINA_CHECK(forRowSlices(rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int32_t code = codes[static_cast<std::size_t>(row)];
            draft.code(row, code < 0 ? -1 : newCodes[slice.index][static_cast<std::size_t>(code)]);
        }
    }));
    draft.setDictionary(all.words());
    return draft.finish(std::move(id), std::move(name));
}

}  // namespace lamina
