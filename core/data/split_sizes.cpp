#include "core/data/split_sizes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lamina {

namespace {

/// n × fraction, with the rounding noise of fractions like 0.1 + 0.2 taken away.
double quota(std::int64_t n, double fraction) {
    const double exact = static_cast<double>(n) * fraction, whole = std::round(exact);
    return std::abs(exact - whole) < 1e-6 ? whole : exact;
}

Shares floors(std::int64_t n, const std::array<double, 3>& fractions) {
    Shares share;
    for (std::size_t part = 0; part < 3; ++part) share[part] = static_cast<std::int64_t>(std::floor(quota(n, fractions[part])));
    return share;
}

std::int64_t sum(const Shares& share) { return share[0] + share[1] + share[2]; }

/// Shares of n by the method of largest remainders; ties go to the earlier part.
Shares largestRemainder(std::int64_t n, const std::array<double, 3>& fractions) {
    Shares share = floors(n, fractions);
    std::array<std::size_t, 3> parts{0, 1, 2};
    const auto rest = [&](std::size_t part) { return quota(n, fractions[part]) - static_cast<double>(share[part]); };
    std::stable_sort(parts.begin(), parts.end(), [&](std::size_t a, std::size_t b) { return rest(a) > rest(b); });
    const std::int64_t missing = n - sum(share);
    for (std::int64_t i = 0; i < missing; ++i) ++share[parts[static_cast<std::size_t>(i % 3)]];
    return share;
}

std::size_t largest(const Shares& share) { return static_cast<std::size_t>(std::max_element(share.begin(), share.end()) - share.begin()); }

/// Moves one row of class `c` into the empty part, and in another class one row the other way, so that the totals stay.
void fillPart(std::vector<Shares>& shares, std::size_t c, std::size_t part) {
    const std::size_t donor = largest(shares[c]);
    --shares[c][donor];
    ++shares[c][part];
    std::size_t richest = c;
    for (std::size_t other = 0; other < shares.size(); ++other) {
        if (other != c && shares[other][part] > 1 && (richest == c || shares[other][part] > shares[richest][part])) richest = other;
    }
    if (richest == c) return;
    --shares[richest][part];
    ++shares[richest][donor];
}

/// Rows that the floors left over, one class after the other, each to the parts that still lack most (Gale and Ryser 1957: this always comes out
/// even).
void shareRemainders(std::span<const std::int64_t> sizes, Shares lacking, std::vector<Shares>& shares) {
    for (std::size_t c = 0; c < shares.size(); ++c) {
        std::array<std::size_t, 3> parts{0, 1, 2};
        std::stable_sort(parts.begin(), parts.end(), [&](std::size_t a, std::size_t b) { return lacking[a] > lacking[b]; });
        const std::int64_t rest = sizes[c] - sum(shares[c]);
        for (std::int64_t i = 0; i < rest; ++i) {
            const std::size_t part = parts[static_cast<std::size_t>(i)];
            ++shares[c][part];
            --lacking[part];
        }
    }
}

}  // namespace

std::vector<Shares> shareOut(std::span<const std::int64_t> sizes, const std::array<double, 3>& fractions) {
    const std::int64_t rows = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
    Shares lacking = largestRemainder(rows, fractions);
    std::vector<Shares> shares;
    for (const std::int64_t size : sizes) {
        shares.push_back(floors(size, fractions));
        for (std::size_t part = 0; part < 3; ++part) lacking[part] -= shares.back()[part];
    }
    shareRemainders(sizes, lacking, shares);
    const auto wanted = std::count_if(fractions.begin(), fractions.end(), [](double f) { return f > 0.0; });
    for (std::size_t c = 0; c < shares.size(); ++c) {
        for (std::size_t part = 0; part < 3 && sizes[c] >= wanted; ++part) {
            if (fractions[part] > 0.0 && shares[c][part] == 0) fillPart(shares, c, part);
        }
    }
    return shares;
}

}  // namespace lamina
