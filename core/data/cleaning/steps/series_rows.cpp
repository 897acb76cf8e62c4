#include "core/data/cleaning/steps/series_rows.h"

#include <algorithm>

namespace lamina {
namespace series_rows_parts {

template <class Value>
void sortByTime(std::span<std::int64_t> rows, std::span<const Value> times) {
    const auto earlier = [&](std::int64_t a, std::int64_t b) { return times[static_cast<std::size_t>(a)] < times[static_cast<std::size_t>(b)]; };
    if (!std::is_sorted(rows.begin(), rows.end(), earlier)) std::stable_sort(rows.begin(), rows.end(), earlier);
}

void sortSeries(SeriesRows& series, const ColumnView& times) {
    for (std::size_t i = 0; i < series.size(); ++i) {
        const std::span rows = std::span(series.rows).subspan(series.begin[i], series.begin[i + 1] - series.begin[i]);
        times.kind == ColumnKind::Number ? sortByTime(rows, times.numbers) : sortByTime(rows, times.integers);
    }
}

/// Rows dealt to their series, in the order of the table.
SeriesRows dealt(const std::vector<std::int32_t>& series, std::size_t count) {
    SeriesRows all;
    all.begin.assign(count + 1, 0);
    for (const std::int32_t one : series)
        if (one >= 0) ++all.begin[static_cast<std::size_t>(one) + 1];
    for (std::size_t i = 1; i < all.begin.size(); ++i) all.begin[i] += all.begin[i - 1];
    all.rows.resize(all.begin.back());
    auto next = all.begin;
    for (std::size_t row = 0; row < series.size(); ++row)
        if (series[row] >= 0) all.rows[next[static_cast<std::size_t>(series[row])]++] = static_cast<std::int64_t>(row);
    return all;
}

}  // namespace series_rows_parts

Result<SeriesRows> seriesRows(const CleanTable& input, const std::string& time, const std::vector<std::string>& series, const StepContext& context) {
    using namespace series_rows_parts;
    std::vector<std::int32_t> of(static_cast<std::size_t>(input.table.rows()));
    std::size_t count = input.table.rows() > 0;
    if (series.empty()) {
        for (std::size_t row = 0; row < of.size(); ++row) of[row] = input.isRemoved(static_cast<std::int64_t>(row)) ? -1 : 0;
    } else {
        LAMINA_TRY(const auto keys, stepColumns(input.table, series));
        LAMINA_TRY(auto groups, groupRows(input, keys, context));
        count = groups.size();
        of = std::move(groups.group);
    }
    if (time.empty()) return dealt(of, count);
    LAMINA_TRY(const std::size_t column, stepColumn(input.table, time, {ColumnKind::Time, ColumnKind::Integer, ColumnKind::Number}));
    const ColumnView times = input.table.view(column);
    std::int64_t without = 0;
    for (std::size_t row = 0; row < of.size(); ++row)
        if (of[row] >= 0 && times.isMissing(static_cast<std::int64_t>(row))) {
            of[row] = -1;
            ++without;
        }
    SeriesRows all = dealt(of, count);
    all.withoutTime = without;
    if (context.cancel.cancelled()) return fail("job.cancelled");
    sortSeries(all, times);
    return all;
}

std::vector<std::int64_t> shiftedRows(const SeriesRows& series, std::int64_t tableRows, std::int64_t by) {
    std::vector<std::int64_t> shifted(static_cast<std::size_t>(tableRows), -1);
    for (std::size_t i = 0; i < series.size(); ++i) {
        const auto rows = series.of(i);
        for (std::int64_t at = 0; at < std::ssize(rows); ++at)
            if (at - by >= 0 && at - by < std::ssize(rows))
                shifted[static_cast<std::size_t>(rows[static_cast<std::size_t>(at)])] = rows[static_cast<std::size_t>(at - by)];
    }
    return shifted;
}

void noteRowsWithoutTime(const SeriesRows& series, const std::string& time, StepReport& report) {
    if (series.withoutTime > 0)
        report.issues.push_back({Severity::Warning, fail("cleaning.rows_without_time", {{"column", time}}), series.withoutTime});
}

}  // namespace lamina
