#include "core/data/profile/correlations.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/parallel.h"
#include "core/data/profile/sorted_numbers.h"

namespace lamina {

namespace {

constexpr std::int64_t blockRows = 1024, blocksOfSlice = 64;

/// A block of standardised values: 0 where there is none; `there`: 1 or 0; `squares`.
struct StandardBlock {
    std::vector<double> values, there, squares;
    double count = 0, sum = 0, squareSum = 0;
    bool complete() const { return count == static_cast<double>(blockRows); }
};

double dot(const double* a, const double* b) {
    // Four sums side by side, always in this order.
    typedef double Pair __attribute__((vector_size(16), aligned(8), may_alias));
    const auto at = [](const double* values, std::int64_t i) { return *reinterpret_cast<const Pair*>(values + i); };
    Pair s0{}, s1{}, s2{}, s3{};
    for (std::int64_t i = 0; i < blockRows; i += 8) {
        s0 += at(a, i) * at(b, i);
        s1 += at(a, i + 2) * at(b, i + 2);
        s2 += at(a, i + 4) * at(b, i + 4);
        s3 += at(a, i + 6) * at(b, i + 6);
    }
    const Pair sum = (s0 + s1) + (s2 + s3);
    return sum[0] + sum[1];
}

/// Sums over the rows where both of two columns have a value.
struct CommonSums {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    void add(const CommonSums& other) {
        n += other.n;
        x += other.x;
        y += other.y;
        xx += other.xx;
        yy += other.yy;
        xy += other.xy;
    }
    double correlation() const {
        const double sx = xx - x * x / n, sy = yy - y * y / n;
        // Standardised values have squares about 1: what is left below this is rounding.
        if (n < 2 || !(sx > 1e-10 * xx) || !(sy > 1e-10 * yy)) return std::numeric_limits<double>::quiet_NaN();
        return std::clamp((xy - x * y / n) / std::sqrt(sx * sy), -1.0, 1.0);
    }
};

class Correlator {
public:
    Correlator(const Table& table, const std::vector<std::size_t>& columns, const std::vector<NumberFacts>& facts,
               std::span<const std::uint16_t> removedBy)
        : m_columns(columns), m_facts(facts), m_removedBy(removedBy), m_rows(table.rows()) {
        for (const std::size_t column : columns) m_views.push_back(table.view(column));
    }

    std::size_t pairs() const { return m_columns.size() * (m_columns.size() - 1) / 2; }
    std::size_t slices() const { return static_cast<std::size_t>((m_rows + blockRows * blocksOfSlice - 1) / (blockRows * blocksOfSlice)); }

    void addSlice(std::size_t slice, std::vector<CommonSums>& sums) const {
        std::vector<StandardBlock> blocks(m_columns.size());
        for (std::int64_t b = 0; b < blocksOfSlice; ++b) {
            const std::int64_t first = (static_cast<std::int64_t>(slice) * blocksOfSlice + b) * blockRows;
            if (first >= m_rows) return;
            for (std::size_t c = 0; c < m_columns.size(); ++c) fill(c, first, blocks[c]);
            std::size_t pair = 0;
            for (std::size_t x = 1; x < m_columns.size(); ++x)
                for (std::size_t y = 0; y < x; ++y, ++pair) sums[pair].add(common(blocks[x], blocks[y]));
        }
    }

private:
    void fill(std::size_t column, std::int64_t first, StandardBlock& block) const {
        block.values.assign(blockRows, 0);
        block.there.assign(blockRows, 0);
        block.squares.assign(blockRows, 0);
        block.count = block.sum = block.squareSum = 0;
        const NumberFacts& facts = m_facts[column];
        const double scale = facts.deviation > 0 ? 1 / facts.deviation : 0;
        const std::int64_t last = std::min(m_rows, first + blockRows);
        readNumbersThere(m_views[column], m_removedBy, first, last, block.values.data());
        for (std::size_t i = 0; i < static_cast<std::size_t>(last - first); ++i) {
            const double z = std::isfinite(block.values[i]) ? (block.values[i] - facts.mean) * scale : 0.0;
            if (!std::isfinite(std::exchange(block.values[i], z))) continue;
            block.there[i] = 1;
            block.squares[i] = z * z;
            ++block.count;
            block.sum += z;
            block.squareSum += z * z;
        }
    }

    static CommonSums common(const StandardBlock& x, const StandardBlock& y) {
        CommonSums sums;
        sums.xy = dot(x.values.data(), y.values.data());
        sums.n = x.complete() ? y.count : y.complete() ? x.count : dot(x.there.data(), y.there.data());
        sums.x = y.complete() ? x.sum : dot(x.values.data(), y.there.data());
        sums.y = x.complete() ? y.sum : dot(y.values.data(), x.there.data());
        sums.xx = y.complete() ? x.squareSum : dot(x.squares.data(), y.there.data());
        sums.yy = x.complete() ? y.squareSum : dot(y.squares.data(), x.there.data());
        return sums;
    }

    const std::vector<std::size_t>& m_columns;
    const std::vector<NumberFacts>& m_facts;
    std::span<const std::uint16_t> m_removedBy;
    std::int64_t m_rows;
    std::vector<ColumnView> m_views;
};

}  // namespace

Result<CorrelationMatrix> correlate(const Table& table, const std::vector<std::size_t>& columns, const std::vector<NumberFacts>& facts,
                                    std::span<const std::uint16_t> removedBy, int threads, const CancelToken& cancel) {
    CorrelationMatrix matrix;
    for (const std::size_t column : columns) matrix.columns.push_back(table.info(column).name);
    matrix.values.assign(columns.size() * columns.size(), 1);
    if (columns.size() < 2) return matrix;
    const Correlator correlator(table, columns, facts, removedBy);
    std::vector<CommonSums> totals(correlator.pairs());
    // Slices are added in their order, a few at a time, so that memory does not grow with the rows.
    constexpr std::size_t together = 16;
    for (std::size_t first = 0; first < correlator.slices(); first += together) {
        const std::size_t count = std::min(together, correlator.slices() - first);
        std::vector<std::vector<CommonSums>> sums(count, std::vector<CommonSums>(correlator.pairs()));
        parallelFor(count, threads, [&](std::size_t i) {
            if (!cancel.cancelled()) correlator.addSlice(first + i, sums[i]);
        });
        if (cancel.cancelled()) return fail("job.cancelled");
        for (const auto& slice : sums)
            for (std::size_t pair = 0; pair < totals.size(); ++pair) totals[pair].add(slice[pair]);
    }
    std::size_t pair = 0;
    for (std::size_t x = 1; x < columns.size(); ++x)
        for (std::size_t y = 0; y < x; ++y, ++pair)
            matrix.values[x * columns.size() + y] = matrix.values[y * columns.size() + x] = totals[pair].correlation();
    return matrix;
}

}  // namespace lamina
