// Sums of the numbers in a column's teaching rows, without a copy of them; added in an order that depends on the rows alone.
#pragma once

#include <limits>
#include <optional>

#include "core/data/cleaning/step_tools.h"

namespace lamina {

/// Which rows of a table count: those of the training part, or all (but the removed ones, where `removed` is given).
struct CountedRows {
    TrainingRows training;
    const std::uint16_t* removed = nullptr;
    bool all() const { return training.empty() && !removed; }
};

/// The numbers of the rows first … first + count - 1 (count at most numberChunk): NaN where missing or where the row does not count. Shows the column
/// itself where it can, else `buffer`.
inline constexpr std::int64_t numberChunk = 1024;
const double* numbersOfChunk(const ColumnView& view, const CountedRows& rows, std::int64_t first, std::int64_t count, double* buffer);

struct NumberSums {
    std::int64_t count = 0;  ///< finite numbers; others do not count
    double sum = 0;
    double least = std::numeric_limits<double>::infinity(), most = -std::numeric_limits<double>::infinity();
    double squares = 0;  ///< of the differences from the mean, where they were asked for

    double mean() const { return least == most ? least : sum / static_cast<double>(count); }
    /// Divided by n; 0 where all are equal.
    double deviation() const;
};
/// One per column, by several threads. "job.cancelled".
Result<std::vector<NumberSums>> sumColumns(const Table& table, const std::vector<std::size_t>& columns, const CountedRows& rows, bool squares,
                                           const StepContext& context);

}  // namespace lamina
