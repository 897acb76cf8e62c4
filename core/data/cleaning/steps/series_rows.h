// Rows seen as series: what steps on times have in common.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/data/cleaning/steps/row_groups.h"

namespace lamina {

/// The rows that are there, one series after the other (in the order in which they first come), each in the order of time; equal times in the order
/// of the table.
struct SeriesRows {
    std::vector<std::int64_t> rows;
    std::vector<std::size_t> begin{0};  ///< where a series begins; one more than there are series
    std::int64_t withoutTime = 0;       ///< rows that are there and have no time: in no series

    std::size_t size() const { return begin.size() - 1; }
    std::span<const std::int64_t> of(std::size_t series) const { return std::span(rows).subspan(begin[series], begin[series + 1] - begin[series]); }
};

/// `time`: a column of times or numbers; empty: the order of the table. `series`: the rows of a series agree in these columns; none: all are one
/// series. "cleaning.no_column", "cleaning.column_kind", "job.cancelled".
Result<SeriesRows> seriesRows(const CleanTable& input, const std::string& time, const std::vector<std::string>& series, const StepContext& context);

/// The row so many places before (behind, where `by` is negative) each row within its series, one per row of the table; -1: there is none.
std::vector<std::int64_t> shiftedRows(const SeriesRows& series, std::int64_t tableRows, std::int64_t by);

/// Adds "cleaning.rows_without_time" {column} where rows were left out.
void noteRowsWithoutTime(const SeriesRows& series, const std::string& time, StepReport& report);

}  // namespace lamina
