#include "core/data/cleaning/steps/row_groups.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "core/base/memory.h"

namespace lamina {
namespace {

constexpr std::uint64_t missingHash = 0x6d697373696e67ull;

bool holdsText(ColumnKind kind) { return storedAsText(kind) || kind == ColumnKind::Category; }

std::uint64_t numberHash(double value) {  // -0 + 0 is 0; the bits that differ between small numbers are the high ones
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0) * 0xBF58476D1CE4E5B9ull;
    return bits ^ (bits >> 29);
}

std::uint64_t textHash(std::string_view text) { return std::hash<std::string_view>()(text); }

std::uint64_t elementHash(std::span<const std::byte> element) {
    return textHash({reinterpret_cast<const char*>(element.data()), element.size()});
}

/// Cheap: what matters is that equal rows get equal hashes; they are compared afterwards.
std::uint64_t mixInto(std::uint64_t hash, std::uint64_t next) {
    const std::uint64_t mixed = (hash ^ next) * 0x9E3779B97F4A7C15ull;
    return mixed ^ (mixed >> 32);
}

/// Hashes of one column for a slice, mixed into those of the columns before.
void mixColumn(const ColumnView& view, const std::vector<std::uint64_t>& dictionary, const RowSlice& slice, std::uint64_t* hashes) {
    const auto mix = [&](auto hashOf) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) hashes[row] = mixInto(hashes[row], view.isMissing(row) ? missingHash : hashOf(row));
    };
    switch (view.kind) {
        case ColumnKind::Category: return mix([&](std::int64_t row) { return dictionary[static_cast<std::size_t>(view.codes[static_cast<std::size_t>(row)])]; });
        case ColumnKind::Text:
        case ColumnKind::Image: return mix([&](std::int64_t row) { return textHash(view.text(row)); });
        case ColumnKind::Tensor: return mix([&](std::int64_t row) { return elementHash(view.element(row)); });
        default: return mix([&](std::int64_t row) { return numberHash(view.number(row)); });
    }
}

bool sameCell(const ColumnView& a, std::int64_t rowA, const ColumnView& b, std::int64_t rowB) {
    const bool missing = a.isMissing(rowA);
    if (missing || b.isMissing(rowB)) return missing == b.isMissing(rowB);
    if (holdsText(a.kind) != holdsText(b.kind)) return false;
    if (a.kind == ColumnKind::Tensor || b.kind == ColumnKind::Tensor)
        return a.kind == b.kind && std::ranges::equal(a.element(rowA), b.element(rowB));
    if (holdsText(a.kind)) return a.text(rowA) == b.text(rowB);
    if (storedAsInteger(a.kind) && storedAsInteger(b.kind)) return a.integers[static_cast<std::size_t>(rowA)] == b.integers[static_cast<std::size_t>(rowB)];
    return a.number(rowA) == b.number(rowB);
}

bool isEveryRow(const std::vector<std::int64_t>& rows, std::int64_t count) {
    if (std::ssize(rows) != count) return false;
    for (std::int64_t row = 0; row < count; ++row)
        if (rows[static_cast<std::size_t>(row)] != row) return false;
    return true;
}

/// Decoded pictures and other arrays: copied as they are, where the memory suffices for that.
Result<TableColumn> pickElements(const TableColumn& column, const std::vector<std::int64_t>& rows, const StepContext& context) {
    if (isEveryRow(rows, column.view.rows)) return column;
    struct Kept {
        std::vector<std::byte> elements;
        std::vector<std::uint8_t> missingBits;
    };
    const std::size_t each = column.view.elementSize;
    const std::uint64_t need = static_cast<std::uint64_t>(rows.size()) * each, available = availableMemory();
    if (available > 0 && need > available / 2)
        return fail("cleaning.arrays_too_large", {{"column", column.info.name}, {"rows", std::to_string(rows.size())}, {"need", std::to_string(need)}, {"available", std::to_string(available)}});
    auto kept = std::make_shared<Kept>();
    kept->elements.resize(static_cast<std::size_t>(need));
    std::vector<std::uint8_t> missing((rows.size() + 7) / 8);
    LAMINA_CHECK(forRowSlices(std::ssize(rows), context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const auto to = static_cast<std::size_t>(row);
            const std::int64_t from = rows[to];
            if (from < 0 || column.view.isMissing(from)) missing[to >> 3] |= static_cast<std::uint8_t>(1u << (row & 7));
            else std::ranges::copy(column.view.element(from), kept->elements.begin() + static_cast<std::ptrdiff_t>(to * each));
        }
    }));
    TableColumn picked = column;
    picked.info.rows = picked.view.rows = std::ssize(rows);
    picked.info.missing = 0;
    for (const std::uint8_t bits : missing) picked.info.missing += std::popcount(bits);
    if (picked.info.missing > 0) kept->missingBits = std::move(missing);
    picked.view.elements = kept->elements;
    picked.view.missingBits = kept->missingBits;
    picked.owner = std::move(kept);
    return picked;
}

}  // namespace

Result<std::vector<std::uint64_t>> rowHashes(const Table& table, const std::vector<std::size_t>& columns, const StepContext& context) {
    std::vector<std::vector<std::uint64_t>> dictionaries;
    for (const std::size_t column : columns) {
        auto& hashes = dictionaries.emplace_back();
        for (const auto& text : table.view(column).dictionary) hashes.push_back(textHash(text));
    }
    std::vector<std::uint64_t> hashes(static_cast<std::size_t>(table.rows()));
    LAMINA_CHECK(forRowSlices(table.rows(), context, [&](const RowSlice& slice) {
        for (std::size_t i = 0; i < columns.size(); ++i) mixColumn(table.view(columns[i]), dictionaries[i], slice, hashes.data());
    }));
    return hashes;
}

bool sameCells(const Table& a, const std::vector<std::size_t>& columnsA, std::int64_t rowA, const Table& b, const std::vector<std::size_t>& columnsB,
               std::int64_t rowB) {
    for (std::size_t i = 0; i < columnsA.size(); ++i)
        if (!sameCell(a.column(columnsA[i]).view, rowA, b.column(columnsB[i]).view, rowB)) return false;
    return true;
}

std::size_t RowIndex::slotOf(const Table& other, const std::vector<std::size_t>& columns, std::int64_t row, std::uint64_t hash) const {
    std::size_t slot = hash & (m_slots.size() - 1);
    for (; m_slots[slot] != none; slot = (slot + 1) & (m_slots.size() - 1)) {
        const auto group = static_cast<std::size_t>(m_slots[slot]);
        if (m_hashes[group] == hash && sameCells(*m_table, m_columns, m_first[group], other, columns, row)) break;
    }
    return slot;
}

std::int32_t RowIndex::add(std::int64_t row, std::uint64_t hash) {
    const std::size_t slot = slotOf(*m_table, m_columns, row, hash);
    if (m_slots[slot] != none) return m_slots[slot];
    const auto group = static_cast<std::int32_t>(m_first.size());
    m_slots[slot] = group;
    m_first.push_back(row);
    m_hashes.push_back(hash);
    if (m_first.size() * 2 > m_slots.size()) grow();
    return group;
}

std::int32_t RowIndex::find(const Table& other, const std::vector<std::size_t>& columns, std::int64_t row, std::uint64_t hash) const {
    return m_slots[slotOf(other, columns, row, hash)];
}

void RowIndex::grow() {
    m_slots.assign(m_slots.size() * 4, none);
    for (std::size_t group = 0; group < m_hashes.size(); ++group) {
        std::size_t slot = m_hashes[group] & (m_slots.size() - 1);
        while (m_slots[slot] != none) slot = (slot + 1) & (m_slots.size() - 1);
        m_slots[slot] = static_cast<std::int32_t>(group);
    }
}

Result<KeyGroups> groupRows(const CleanTable& input, const std::vector<std::size_t>& columns, const StepContext& context) {
    LAMINA_TRY(const auto hashes, rowHashes(input.table, columns, context));
    KeyGroups groups;
    groups.group.assign(hashes.size(), -1);
    RowIndex index(input.table, columns);
    for (std::int64_t row = 0; row < input.table.rows(); ++row) {
        if (row % rowsPerSlice == 0 && context.cancel.cancelled()) return fail("job.cancelled");
        if (input.isRemoved(row)) continue;
        const std::int32_t group = index.add(row, hashes[static_cast<std::size_t>(row)]);
        groups.group[static_cast<std::size_t>(row)] = group;
        if (static_cast<std::size_t>(group) == groups.count.size()) groups.count.push_back(0);
        ++groups.count[static_cast<std::size_t>(group)];
    }
    groups.first = index.first();
    return groups;
}

Result<TableColumn> pickRows(const TableColumn& column, const std::vector<std::int64_t>& rows, const StepContext& context) {
    if (column.view.kind == ColumnKind::Tensor) return pickElements(column, rows, context);
    ColumnDraft draft(column.view.kind, static_cast<std::int64_t>(rows.size()));
    LAMINA_CHECK(forRowSlices(static_cast<std::int64_t>(rows.size()), context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int64_t from = rows[static_cast<std::size_t>(row)];
            from < 0 ? draft.missing(row) : draft.copy(row, column.view, from);
        }
    }));
    if (column.view.kind == ColumnKind::Category) draft.setDictionary({column.view.dictionary.begin(), column.view.dictionary.end()});
    return draft.finish(column.info.id, column.info.name, column.info.role);
}

Result<CleanTable> reshaped(std::vector<TableColumn> columns, std::vector<std::int64_t> origin) {
    CleanTable output;
    LAMINA_TRY(output.table, Table::of(std::move(columns)));
    output.origin = std::make_shared<const std::vector<std::int64_t>>(std::move(origin));
    return output;
}

}  // namespace lamina
