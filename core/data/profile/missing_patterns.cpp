#include "core/data/profile/missing_patterns.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/parallel.h"
#include "core/data/profile/row_mask.h"
#include "core/data/profile/value_counts.h"
#include "core/data/row_hash.h"

namespace lamina {

namespace {

constexpr std::size_t mostPatterns = 30, mostColumns = 100;
constexpr std::int64_t patternSlice = 1 << 16;

struct PatternCount {
    std::int64_t first = 0, rows = 0;
};

/// A number per row that says which of the columns are missing in it.
std::vector<std::uint64_t> patternKeys(const Table& table, const std::vector<std::size_t>& columns, int threads, const CancelToken& cancel) {
    std::vector<std::uint64_t> keys(static_cast<std::size_t>(table.rows()), 0);
    parallelFor(static_cast<std::size_t>((table.rows() + patternSlice - 1) / patternSlice), threads, [&](std::size_t slice) {
        const std::int64_t first = static_cast<std::int64_t>(slice) * patternSlice, last = std::min(table.rows(), first + patternSlice);
        for (const std::size_t column : columns) {
            if (cancel.cancelled()) return;
            const ColumnView view = table.view(column);
            const std::uint64_t salt = hashBytes(table.info(column).name);
            for (std::int64_t row = first; row < last; ++row) keys[static_cast<std::size_t>(row)] += view.isMissing(row) ? salt : 0;
        }
    });
    return keys;
}

std::vector<PatternCount> countPatterns(std::span<const std::uint64_t> keys, std::span<const std::uint16_t> removedBy) {
    KeyNumbers numbers;
    std::vector<PatternCount> counts;
    for (std::size_t row = 0; row < keys.size(); ++row) {
        if (!rowIsThere(removedBy, static_cast<std::int64_t>(row))) continue;
        const std::int32_t number = numbers.add(keys[row]);
        if (static_cast<std::size_t>(number) == counts.size()) counts.push_back({static_cast<std::int64_t>(row), 0});
        ++counts[static_cast<std::size_t>(number)].rows;
    }
    return counts;
}

/// Bits of the rows in which a column is missing.
std::vector<std::uint64_t> missingBitsOf(const ColumnView& view, std::span<const std::uint16_t> removedBy) {
    std::vector<std::uint64_t> bits(static_cast<std::size_t>((view.rows + 63) / 64), 0);
    for (std::int64_t row = 0; row < view.rows; ++row)
        if (view.isMissing(row) && rowIsThere(removedBy, row)) bits[static_cast<std::size_t>(row) >> 6] |= 1ull << (row & 63);
    return bits;
}

double together(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += std::popcount(a[i] & b[i]);
    return static_cast<double>(count);
}

/// Pearson's correlation of two columns of 0 and 1.
double phi(double both, double a, double b, double rows) {
    const double spread = a * (rows - a) * b * (rows - b);
    return spread > 0 ? (both * rows - a * b) / std::sqrt(spread) : std::numeric_limits<double>::quiet_NaN();
}

void fillTogether(const Table& table, std::span<const std::uint16_t> removedBy, const std::vector<std::size_t>& columns, int threads,
                  DatasetProfile& profile) {
    CorrelationMatrix& matrix = profile.missingTogether;
    std::vector<std::vector<std::uint64_t>> bits(columns.size());
    parallelFor(columns.size(), threads, [&](std::size_t i) { bits[i] = missingBitsOf(table.view(columns[i]), removedBy); });
    for (const std::size_t column : columns) matrix.columns.push_back(table.info(column).name);
    matrix.values.assign(columns.size() * columns.size(), 1);
    parallelFor(columns.size(), threads, [&](std::size_t a) {
        const auto rows = static_cast<double>(profile.rows), missing = together(bits[a], bits[a]);
        for (std::size_t b = 0; b < a; ++b)
            matrix.values[a * columns.size() + b] = matrix.values[b * columns.size() + a] =
                phi(together(bits[a], bits[b]), missing, together(bits[b], bits[b]), rows);
    });
}

}  // namespace

Result<void> findMissingPatterns(const Table& table, std::span<const std::uint16_t> removedBy, int threads, const CancelToken& cancel,
                                 DatasetProfile& profile) {
    std::vector<std::size_t> lacking;
    for (std::size_t column = 0; column < table.columnCount(); ++column)
        if (profile.columns[column].missing > 0) lacking.push_back(column);
    const auto keys = patternKeys(table, lacking, threads, cancel);
    if (cancel.cancelled()) return fail("job.cancelled");
    auto counts = countPatterns(keys, removedBy);
    profile.missingPatternCount = static_cast<std::int64_t>(counts.size());
    std::stable_sort(counts.begin(), counts.end(), [](const PatternCount& a, const PatternCount& b) { return a.rows > b.rows; });
    if (counts.size() > mostPatterns) counts.resize(mostPatterns);
    for (const PatternCount& count : counts) {
        MissingPattern pattern{{}, count.rows};
        for (const std::size_t column : lacking)
            if (table.view(column).isMissing(count.first)) pattern.columns.push_back(table.info(column).name);
        profile.missingPatterns.push_back(std::move(pattern));
    }
    std::erase_if(lacking, [&](std::size_t column) { return profile.columns[column].missing == profile.rows; });
    std::stable_sort(lacking.begin(), lacking.end(),
                     [&](std::size_t a, std::size_t b) { return profile.columns[a].missing > profile.columns[b].missing; });
    profile.missingTogether.leftOut = static_cast<std::int64_t>(lacking.size() - std::min(lacking.size(), mostColumns));
    if (lacking.size() > mostColumns) lacking.resize(mostColumns);
    fillTogether(table, removedBy, lacking, threads, profile);
    return {};
}

}  // namespace lamina
