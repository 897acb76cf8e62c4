// What is told of the values of a group: the functions of "Group rows" and "Pivot".
#pragma once

#include <string>
#include <vector>

#include "core/data/cleaning/steps/row_groups.h"

namespace lamina {

/// The rows of each group, one group after the other.
class GroupedRows {
public:
    explicit GroupedRows(const KeyGroups& groups);
    std::size_t size() const { return m_begin.size() - 1; }
    std::span<const std::int64_t> of(std::size_t group) const { return std::span(m_rows).subspan(m_begin[group], m_begin[group + 1] - m_begin[group]); }

private:
    std::vector<std::int64_t> m_rows;
    std::vector<std::size_t> m_begin;  ///< one more than there are groups
};

/// "count", "sum", "mean", "median", "min", "max", "deviation", "distinct", "first", "last"
const std::vector<std::string>& aggregateNames();
/// Over the values of `column` in the rows of each group (missing ones do not count): one row per group. count: present values; deviation: divided by
/// n - 1, missing for one value; first and last: the first and last present value, of the column's kind; of no value at all missing, count, distinct and
/// sum 0. The numbers of min and max keep the kind of a Time column. "cleaning.column_kind" where the function needs numbers.
Result<TableColumn> aggregate(const TableColumn& column, const GroupedRows& groups, const std::string& function, const StepContext& context, std::string id,
                              std::string name);

}  // namespace lamina
