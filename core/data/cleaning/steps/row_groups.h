// Rows with equal values in some columns: what duplicates, groups, pivots, joins and privacy counts are made of.
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/cleaning/pick_rows.h"
#include "core/data/cleaning/step_tools.h"

namespace lamina {

/// A hash of what stands in these columns, one per row. Equal values give equal hashes whatever the kind of the column: numbers, integers and booleans
/// by their number, texts and categories by their text, times by their milliseconds. A missing value equals a missing one.
Result<std::vector<std::uint64_t>> rowHashes(const Table& table, const std::vector<std::size_t>& columns, const StepContext& context);
/// Do two rows hold the same values (in the sense above)?
bool sameCells(const Table& a, const std::vector<std::size_t>& columnsA, std::int64_t rowA, const Table& b, const std::vector<std::size_t>& columnsB,
               std::int64_t rowB);

/// Rows numbered by their group, in the order in which groups first come.
struct KeyGroups {
    std::vector<std::int32_t> group;  ///< one per row; -1: the row is removed
    std::vector<std::int64_t> first;  ///< one per group: its first row
    std::vector<std::int64_t> count;  ///< one per group
    std::size_t size() const { return first.size(); }
};
/// The rows that are there, by these columns.
Result<KeyGroups> groupRows(const CleanTable& input, const std::vector<std::size_t>& columns, const StepContext& context);

/// Finds rows by the values of columns.
class RowIndex {
public:
    static constexpr std::int32_t none = -1;
    RowIndex(const Table& table, std::vector<std::size_t> columns) : m_table(&table), m_columns(std::move(columns)), m_slots(64, none) {}
    /// The number of the group that row `row` of `table` belongs to; a new one where there is none.
    std::int32_t add(std::int64_t row, std::uint64_t hash);
    /// The group with the values of another table's row, or none.
    std::int32_t find(const Table& other, const std::vector<std::size_t>& columns, std::int64_t row, std::uint64_t hash) const;
    const std::vector<std::int64_t>& first() const { return m_first; }

private:
    std::size_t slotOf(const Table& other, const std::vector<std::size_t>& columns, std::int64_t row, std::uint64_t hash) const;
    void grow();

    const Table* m_table;
    std::vector<std::size_t> m_columns;
    std::vector<std::int32_t> m_slots;  ///< a power of two, at most half full
    std::vector<std::int64_t> m_first;
    std::vector<std::uint64_t> m_hashes;
};

/// A table with rows of its own: `origin` as in CleanTable; nothing is removed or weighted.
Result<CleanTable> reshaped(std::vector<TableColumn> columns, std::vector<std::int64_t> origin);

}  // namespace lamina
