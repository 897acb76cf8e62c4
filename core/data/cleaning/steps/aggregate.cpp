#include "core/data/cleaning/steps/aggregate.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace lamina {
namespace {

double groupMedian(std::vector<double>& values) {
    const std::size_t half = values.size() / 2;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half), values.end());
    if (values.size() % 2 == 1) return values[half];
    return (values[half] + *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half))) / 2;
}

double sampleDeviation(const std::vector<double>& values) {
    if (values.size() < 2) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0, squares = 0;
    for (const double value : values) sum += value;
    const double mean = sum / static_cast<double>(values.size());
    for (const double value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double groupNumber(std::vector<double>& values, const std::string& function) {
    double sum = 0;
    for (const double value : values) sum += value;
    if (function == "sum") return sum;
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    if (function == "mean") return sum / static_cast<double>(values.size());
    if (function == "median") return groupMedian(values);
    if (function == "min") return *std::min_element(values.begin(), values.end());
    if (function == "max") return *std::max_element(values.begin(), values.end());
    return sampleDeviation(values);
}

std::int64_t distinctOf(const TableColumn& column, const std::vector<std::int64_t>& rows) {
    if (column.view.kind == ColumnKind::Text || column.view.kind == ColumnKind::Image || column.view.kind == ColumnKind::Category) {
        std::unordered_set<std::string_view> seen;
        for (const std::int64_t row : rows) seen.insert(column.view.text(row));
        return static_cast<std::int64_t>(seen.size());
    }
    std::unordered_set<double> seen;
    for (const std::int64_t row : rows) seen.insert(column.view.number(row));
    return static_cast<std::int64_t>(seen.size());
}

Result<TableColumn> pickedValue(const TableColumn& column, const GroupedRows& groups, bool first, const StepContext& context) {
    std::vector<std::int64_t> picked(groups.size(), -1);
    const auto present = [&](std::int64_t row) { return !column.view.isMissing(row); };
    for (std::size_t group = 0; group < groups.size(); ++group) {
        const auto rows = groups.of(group);
        if (first) {
            if (const auto found = std::find_if(rows.begin(), rows.end(), present); found != rows.end()) picked[group] = *found;
        } else if (const auto last = std::find_if(rows.rbegin(), rows.rend(), present); last != rows.rend()) {
            picked[group] = *last;
        }
    }
    return pickRows(column, picked, context);
}

/// The rows of a group that have a value.
void presentRows(const ColumnView& view, std::span<const std::int64_t> rows, std::vector<std::int64_t>& present) {
    present.clear();
    for (const std::int64_t row : rows)
        if (!view.isMissing(row)) present.push_back(row);
}

}  // namespace

GroupedRows::GroupedRows(const KeyGroups& groups) : m_begin(groups.size() + 1) {
    for (const std::int32_t group : groups.group)
        if (group >= 0) ++m_begin[static_cast<std::size_t>(group) + 1];
    for (std::size_t i = 1; i < m_begin.size(); ++i) m_begin[i] += m_begin[i - 1];
    m_rows.resize(m_begin.back());
    auto next = m_begin;
    for (std::size_t row = 0; row < groups.group.size(); ++row)
        if (groups.group[row] >= 0) m_rows[next[static_cast<std::size_t>(groups.group[row])]++] = static_cast<std::int64_t>(row);
}

const std::vector<std::string>& aggregateNames() {
    static const std::vector<std::string> all{"count", "sum", "mean", "median", "min", "max", "deviation", "distinct", "first", "last"};
    return all;
}

Result<TableColumn> aggregate(const TableColumn& column, const GroupedRows& groups, const std::string& function, const StepContext& context, std::string id,
                              std::string name) {
    if (function == "first" || function == "last") {
        LAMINA_TRY(TableColumn picked, pickedValue(column, groups, function == "first", context));
        picked.info.id = std::move(id);
        picked.info.name = std::move(name);
        return picked;
    }
    const auto count = static_cast<std::int64_t>(groups.size());
    const bool counts = function == "count" || function == "distinct", extreme = function == "min" || function == "max";
    const bool time = column.view.kind == ColumnKind::Time && extreme;
    const ColumnKind kind = column.view.kind;
    const bool numbers = kind == ColumnKind::Number || kind == ColumnKind::Integer || kind == ColumnKind::Boolean;
    if (!counts && !time && !numbers)
        return fail("cleaning.column_kind", {{"column", column.info.name},
                                             {"kind", columnKindName(kind)},
                                             {"needed", kindNames({ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean})}});
    ColumnDraft draft(counts ? ColumnKind::Integer : time ? ColumnKind::Time : ColumnKind::Number, count);
    LAMINA_CHECK(forRowSlices(count, context, [&](const RowSlice& slice) {
        std::vector<double> values;
        std::vector<std::int64_t> rows;
        for (std::int64_t group = slice.first; group < slice.last; ++group) {
            presentRows(column.view, groups.of(static_cast<std::size_t>(group)), rows);
            if (counts) {
                draft.integer(group, function == "count" ? static_cast<std::int64_t>(rows.size()) : distinctOf(column, rows));
                continue;
            }
            values.clear();
            for (const std::int64_t row : rows) values.push_back(column.view.number(row));
            const double value = groupNumber(values, function);
            if (time) std::isnan(value) ? draft.missing(group) : draft.integer(group, static_cast<std::int64_t>(value));
            else draft.number(group, value);
        }
    }));
    return draft.finish(std::move(id), std::move(name));
}

}  // namespace lamina
