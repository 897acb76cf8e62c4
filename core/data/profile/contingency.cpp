#include "core/data/profile/contingency.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/data/profile/value_counts.h"

namespace lamina {

namespace {

constexpr std::int64_t largestField = 1 << 22;
constexpr std::size_t pairStride = 1 << 16;

std::size_t placesOfY(std::span<const PairCount> pairs) {
    std::int32_t last = -1;
    for (const PairCount& pair : pairs) last = std::max(last, pair.y);
    return static_cast<std::size_t>(last) + 1;
}

/// Of the pairs with x ≥ 0.
struct Margins {
    std::vector<std::int64_t> y;  ///< by code
    std::int64_t xCodes = 0, yCodes = 0, rows = 0;
};

Margins marginsOf(std::span<const PairCount> pairs) {
    Margins margins{std::vector<std::int64_t>(placesOfY(pairs)), 0, 0, 0};
    std::int32_t before = -1;
    for (const PairCount& pair : pairs) {
        if (pair.x < 0) continue;
        margins.xCodes += std::exchange(before, pair.x) != pair.x;
        std::int64_t& ofY = margins.y[static_cast<std::size_t>(pair.y)];
        margins.yCodes += ofY == 0;
        ofY += pair.rows();
        margins.rows += pair.rows();
    }
    return margins;
}

/// visit(rows with both codes, with this x, with this y) for every pair with x ≥ 0, in their order.
template <class Visit>
void eachWithMargins(std::span<const PairCount> pairs, const Margins& margins, Visit visit) {
    for (std::size_t first = 0, last = 0; first < pairs.size(); first = last) {
        std::int64_t ofX = 0;
        for (last = first; last < pairs.size() && pairs[last].x == pairs[first].x; ++last) ofX += pairs[last].rows();
        if (pairs[first].x < 0) continue;
        for (std::size_t i = first; i < last; ++i)
            visit(static_cast<double>(pairs[i].rows()), static_cast<double>(ofX), static_cast<double>(margins.y[static_cast<std::size_t>(pairs[i].y)]));
    }
}

template <class Count>
Result<void> eachPair(std::span<const std::int32_t> x, std::span<const std::int32_t> y, const CancelToken& cancel, Count count) {
    for (std::size_t row = 0; row < y.size(); ++row) {
        if (row % pairStride == 0 && cancel.cancelled()) return fail("job.cancelled");
        if (y[row] >= 0) count(x[row], y[row], static_cast<std::size_t>(halfOfRow(static_cast<std::int64_t>(row))));
    }
    return {};
}

/// Both dimensions are small: a field of counters.
Result<std::vector<PairCount>> countInField(std::span<const std::int32_t> x, std::int32_t xCount, std::span<const std::int32_t> y,
                                            std::int32_t yCount, const CancelToken& cancel) {
    const auto width = static_cast<std::size_t>(yCount);
    std::vector<std::array<std::int64_t, 2>> field((static_cast<std::size_t>(xCount) + 1) * width);
    LAMINA_CHECK(eachPair(x, y, cancel, [&](std::int32_t a, std::int32_t b, std::size_t half) {
        ++field[static_cast<std::size_t>(a + 1) * width + static_cast<std::size_t>(b)][half];
    }));
    std::vector<PairCount> pairs;
    for (std::size_t at = 0; at < field.size(); ++at)
        if (field[at][0] + field[at][1] > 0)
            pairs.push_back({static_cast<std::int32_t>(at / width) - 1, static_cast<std::int32_t>(at % width), field[at]});
    return pairs;
}

Result<std::vector<PairCount>> countInTable(std::span<const std::int32_t> x, std::span<const std::int32_t> y, const CancelToken& cancel) {
    KeyNumbers numbers;
    std::vector<PairCount> pairs;
    LAMINA_CHECK(eachPair(x, y, cancel, [&](std::int32_t a, std::int32_t b, std::size_t half) {
        const std::int32_t at = numbers.add((static_cast<std::uint64_t>(static_cast<std::uint32_t>(a)) << 32) | static_cast<std::uint32_t>(b));
        if (static_cast<std::size_t>(at) == pairs.size()) pairs.push_back({a, b, {}});
        ++pairs[static_cast<std::size_t>(at)].halves[half];
    }));
    std::sort(pairs.begin(), pairs.end(), [](const PairCount& a, const PairCount& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    return pairs;
}

/// The most frequent y of each half; of those that are equally frequent the first.
std::array<std::int32_t, 2> mostFrequentInHalves(std::span<const PairCount> pairs) {
    std::vector<std::array<std::int64_t, 2>> classes(placesOfY(pairs));
    for (const PairCount& pair : pairs)
        for (std::size_t half = 0; half < 2; ++half) classes[static_cast<std::size_t>(pair.y)][half] += pair.halves[half];
    std::array<std::int32_t, 2> best{-1, -1};
    std::array<std::int64_t, 2> most{-1, -1};
    for (std::size_t y = 0; y < classes.size(); ++y)
        for (std::size_t half = 0; half < 2; ++half) {
            const bool occurs = classes[y][0] + classes[y][1] > 0;
            if (occurs && classes[y][half] > most[half]) best[half] = static_cast<std::int32_t>(y), most[half] = classes[y][half];
        }
    return best;
}

}  // namespace

Result<std::vector<PairCount>> countPairs(std::span<const std::int32_t> x, std::int32_t xCount, std::span<const std::int32_t> y, std::int32_t yCount,
                                          const CancelToken& cancel) {
    if ((std::int64_t{xCount} + 1) * yCount <= largestField) return countInField(x, xCount, y, yCount, cancel);
    return countInTable(x, y, cancel);
}

double cramersV(std::span<const PairCount> pairs) {
    const Margins margins = marginsOf(pairs);
    const double n = static_cast<double>(margins.rows), r = static_cast<double>(margins.xCodes), k = static_cast<double>(margins.yCodes);
    if (r < 2 || k < 2) return 0;
    // χ² / n = Σ n_xy² / (n_x n_y) - 1
    double sum = 0;
    eachWithMargins(pairs, margins, [&](double both, double ofX, double ofY) { sum += both / ofX * (both / ofY); });
    const double corrected = std::max(0.0, sum - 1 - (r - 1) * (k - 1) / (n - 1));
    const double rows = r - (r - 1) * (r - 1) / (n - 1), columns = k - (k - 1) * (k - 1) / (n - 1);
    const double most = std::min(rows - 1, columns - 1);
    return most > 0 ? std::min(1.0, std::sqrt(corrected / most)) : 0;
}

double mutualInformation(std::span<const PairCount> pairs) {
    const Margins margins = marginsOf(pairs);
    const double n = static_cast<double>(margins.rows);
    double information = 0;
    eachWithMargins(pairs, margins, [&](double both, double ofX, double ofY) { information += both / n * std::log(both * n / (ofX * ofY)); });
    return std::max(0.0, information);
}

double entropyOfY(std::span<const PairCount> pairs) {
    const Margins margins = marginsOf(pairs);
    double entropy = 0;
    for (const std::int64_t rows : margins.y) {
        if (rows == 0) continue;
        const double share = static_cast<double>(rows) / static_cast<double>(margins.rows);
        entropy -= share * std::log(share);
    }
    return entropy;
}

double classesAlone(std::span<const PairCount> pairs) {
    const auto usual = mostFrequentInHalves(pairs);
    std::int64_t right = 0, guessed = 0, all = 0;
    for (std::size_t first = 0; first < pairs.size();) {
        std::size_t last = first + 1;
        while (last < pairs.size() && pairs[last].x == pairs[first].x) ++last;
        for (std::size_t half = 0; half < 2; ++half) {
            // The answer for this half comes from the other.
            std::int32_t answer = usual[1 - half];
            std::int64_t most = 0;
            for (std::size_t i = first; i < last; ++i)
                if (pairs[i].halves[1 - half] > most) answer = pairs[i].y, most = pairs[i].halves[1 - half];
            for (std::size_t i = first; i < last; ++i) {
                all += pairs[i].halves[half];
                if (pairs[i].y == answer) right += pairs[i].halves[half];
                if (pairs[i].y == usual[1 - half]) guessed += pairs[i].halves[half];
            }
        }
        first = last;
    }
    return all == guessed ? 0 : static_cast<double>(right - guessed) / static_cast<double>(all - guessed);
}

}  // namespace lamina
