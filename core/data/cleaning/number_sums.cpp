#include "core/data/cleaning/number_sums.h"

#include <array>
#include <cmath>

namespace lamina {
namespace {

constexpr double largestNumber = std::numeric_limits<double>::max();
/// Sums next to one another, so that additions need not wait for each other.
constexpr std::size_t sumLanes = 8;

struct LanedSums {
    std::array<double, sumLanes> counts{}, sums{}, least, most;

    LanedSums() {
        least.fill(std::numeric_limits<double>::infinity());
        most.fill(-std::numeric_limits<double>::infinity());
    }
    void add(std::size_t lane, double value) {
        const bool finite = std::abs(value) <= largestNumber;
        counts[lane] += finite ? 1.0 : 0.0;
        sums[lane] += finite ? value : 0.0;
        least[lane] = finite && value < least[lane] ? value : least[lane];
        most[lane] = finite && value > most[lane] ? value : most[lane];
    }
    void addAll(const double* values, std::size_t count) {
        std::size_t i = 0;
        for (; i + sumLanes <= count; i += sumLanes)
            for (std::size_t lane = 0; lane < sumLanes; ++lane) add(lane, values[i + lane]);
        for (; i < count; ++i) add(i % sumLanes, values[i]);
    }
    void addTo(NumberSums& total) const {
        for (std::size_t lane = 0; lane < sumLanes; ++lane) {
            total.count += static_cast<std::int64_t>(counts[lane]);
            total.sum += sums[lane];
            total.least = std::min(total.least, least[lane]);
            total.most = std::max(total.most, most[lane]);
        }
    }
};

double squaresAbout(double mean, const double* values, std::size_t count) {
    std::array<double, sumLanes> sums{};
    const auto add = [&](std::size_t lane, double value) {
        const double difference = std::abs(value) <= largestNumber ? value - mean : 0.0;
        sums[lane] += difference * difference;
    };
    std::size_t i = 0;
    for (; i + sumLanes <= count; i += sumLanes)
        for (std::size_t lane = 0; lane < sumLanes; ++lane) add(lane, values[i + lane]);
    for (; i < count; ++i) add(i % sumLanes, values[i]);
    double sum = 0;
    for (const double lane : sums) sum += lane;
    return sum;
}

/// work(values, count) for all rows of a slice.
template <class Work>
void eachChunk(const ColumnView& view, const CountedRows& rows, const RowSlice& slice, Work work) {
    std::array<double, numberChunk> buffer;
    for (std::int64_t first = slice.first; first < slice.last; first += numberChunk) {
        const std::int64_t count = std::min(numberChunk, slice.last - first);
        work(numbersOfChunk(view, rows, first, count, buffer.data()), static_cast<std::size_t>(count));
    }
}

}  // namespace

const double* numbersOfChunk(const ColumnView& view, const CountedRows& rows, std::int64_t first, std::int64_t count, double* buffer) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const RowSlice slice{0, first, first + count};
    if (view.kind == ColumnKind::Number && rows.all()) return view.numbers.data() + first;
    if (view.kind == ColumnKind::Number) {
        std::copy_n(view.numbers.data() + first, count, buffer);
    } else if (storedAsInteger(view.kind)) {
        std::copy_n(view.integers.data() + first, count, buffer);
        forMissingBits(view.missingBits, slice, [&](std::int64_t row) { buffer[row - first] = none; });
    } else {
        for (std::int64_t row = first; row < slice.last; ++row) buffer[row - first] = view.number(row);
    }
    if (!rows.training.empty())
        for (std::int64_t i = 0; i < count; ++i) buffer[i] = rows.training[static_cast<std::size_t>(first + i)] != 0 ? buffer[i] : none;
    if (rows.removed)
        for (std::int64_t i = 0; i < count; ++i) buffer[i] = rows.removed[first + i] == 0 ? buffer[i] : none;
    return buffer;
}

double NumberSums::deviation() const { return least == most ? 0.0 : std::sqrt(squares / static_cast<double>(count)); }

Result<std::vector<NumberSums>> sumColumns(const Table& table, const std::vector<std::size_t>& columns, const CountedRows& rows, bool squares,
                                           const StepContext& context) {
    const std::size_t slices = sliceCount(table.rows());
    std::vector<NumberSums> parts(columns.size() * slices), totals(columns.size());
    LAMINA_CHECK(forColumnSlices(columns.size(), table.rows(), context, [&](std::size_t i, const RowSlice& slice) {
        LanedSums sums;
        eachChunk(table.view(columns[i]), rows, slice, [&](const double* values, std::size_t count) { sums.addAll(values, count); });
        sums.addTo(parts[i * slices + slice.index]);
    }));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        NumberSums& total = totals[i / slices];
        total.count += parts[i].count;
        total.sum += parts[i].sum;
        total.least = std::min(total.least, parts[i].least);
        total.most = std::max(total.most, parts[i].most);
    }
    if (!squares) return totals;
    LAMINA_CHECK(forColumnSlices(columns.size(), table.rows(), context, [&](std::size_t i, const RowSlice& slice) {
        NumberSums& part = parts[i * slices + slice.index];
        eachChunk(table.view(columns[i]), rows, slice,
                  [&](const double* values, std::size_t count) { part.squares += squaresAbout(totals[i].mean(), values, count); });
    }));
    for (std::size_t i = 0; i < parts.size(); ++i) totals[i / slices].squares += parts[i].squares;
    return totals;
}

}  // namespace lamina
