// All finite values of a column in rising order: what exact quantiles, distinct and frequent values, ranks and histograms are read from.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/cancel.h"
#include "core/data/column.h"

namespace lamina {

/// Sorts by radix, eight bytes and (where asked for) the row number per value, twice that while it runs: 240 MB for ten million rows.
class SortedNumbers {
public:
    /// Of the rows that are there. `withRows`: keeps the row of each value. "job.cancelled".
    static Result<SortedNumbers> of(const ColumnView& view, std::span<const std::uint16_t> removedBy, bool withRows, const CancelToken& cancel);

    std::int64_t count() const { return static_cast<std::int64_t>(m_values.size()); }
    std::int64_t notFinite() const { return m_notFinite; }
    /// Rising; whole numbers beyond 2^53 are rounded to the nearest double here, but told apart by distinct().
    std::span<const double> values() const { return m_values; }
    /// The row of each value, in the order of the values and then of the rows.
    std::span<const std::uint32_t> rows() const { return m_rows; }
    /// Different values: exact for whole numbers of any size, too.
    std::int64_t distinct() const { return m_distinct; }
    /// How many values are < x, and ≤ x.
    std::int64_t below(double x) const;
    std::int64_t upTo(double x) const;
    /// Linear interpolation between neighbours; q in 0 … 1, count() > 0.
    double quantile(double q) const;

private:
    std::vector<double> m_values;
    std::vector<std::uint32_t> m_rows;
    std::int64_t m_notFinite = 0;
    std::int64_t m_distinct = 0;
};

/// The numbers of a column per row, NaN where there is none or the row is not there; not finite ones as they are.
std::vector<double> numbersThere(const ColumnView& view, std::span<const std::uint16_t> removedBy);
/// The same of the rows first … last - 1.
void readNumbersThere(const ColumnView& view, std::span<const std::uint16_t> removedBy, std::int64_t first, std::int64_t last, double* values);

}  // namespace lamina
