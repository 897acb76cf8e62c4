#include "core/data/profile/sorted_numbers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

#include "core/data/profile/row_mask.h"

namespace lamina {

namespace {

constexpr int digitBits = 11;
constexpr int digits = 6;
constexpr std::size_t digitValues = std::size_t{1} << digitBits;
constexpr std::uint64_t signBit = 1ull << 63;

/// An unsigned number in the order of the doubles.
std::uint64_t keyOfNumber(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value);
    return (bits & signBit) != 0 ? ~bits : bits | signBit;
}
double numberOfKey(std::uint64_t key) { return std::bit_cast<double>((key & signBit) != 0 ? key & ~signBit : ~key); }
std::uint64_t keyOfInteger(std::int64_t value) { return static_cast<std::uint64_t>(value) ^ signBit; }
double numberOfIntegerKey(std::uint64_t key) { return static_cast<double>(static_cast<std::int64_t>(key ^ signBit)); }

struct SortKeys {
    std::vector<std::uint64_t> keys;
    std::vector<std::uint32_t> rows;
    std::int64_t notFinite = 0;
};

template <class Key>
void collectKeys(const ColumnView& view, std::span<const std::uint16_t> removedBy, bool withRows, SortKeys& found, Key key) {
    found.keys.reserve(static_cast<std::size_t>(view.rows));
    if (withRows) found.rows.reserve(static_cast<std::size_t>(view.rows));
    for (std::int64_t row = 0; row < view.rows; ++row) {
        if (!rowIsThere(removedBy, row) || bitAt(view.missingBits, row)) continue;
        if (!key(row)) continue;
        if (withRows) found.rows.push_back(static_cast<std::uint32_t>(row));
    }
}

SortKeys keysOf(const ColumnView& view, std::span<const std::uint16_t> removedBy, bool withRows) {
    SortKeys found;
    if (view.kind == ColumnKind::Number) {
        collectKeys(view, removedBy, withRows, found, [&](std::int64_t row) {
            const double value = view.numbers[static_cast<std::size_t>(row)];
            if (!std::isfinite(value)) return found.notFinite += value == value, false;
            found.keys.push_back(keyOfNumber(value));
            return true;
        });
    } else if (view.kind == ColumnKind::Boolean) {
        collectKeys(view, removedBy, withRows, found, [&](std::int64_t row) {
            found.keys.push_back(keyOfInteger(view.booleans[static_cast<std::size_t>(row)]));
            return true;
        });
    } else {
        collectKeys(view, removedBy, withRows, found, [&](std::int64_t row) {
            found.keys.push_back(keyOfInteger(view.integers[static_cast<std::size_t>(row)]));
            return true;
        });
    }
    return found;
}

using DigitCounts = std::array<std::array<std::uint32_t, digitValues>, digits>;

std::size_t digitOf(std::uint64_t key, int digit) { return (key >> (digit * digitBits)) & (digitValues - 1); }

/// One stable pass over one digit; nothing to do where all values share it.
bool sortByDigit(const SortKeys& from, SortKeys& to, std::array<std::uint32_t, digitValues>& counts, int digit) {
    if (counts[digitOf(from.keys.front(), digit)] == from.keys.size()) return false;
    std::uint32_t place = 0;
    for (auto& count : counts) count = std::exchange(place, place + count);
    for (std::size_t i = 0; i < from.keys.size(); ++i) {
        const std::uint32_t at = counts[digitOf(from.keys[i], digit)]++;
        to.keys[at] = from.keys[i];
        if (!from.rows.empty()) to.rows[at] = from.rows[i];
    }
    return true;
}

Result<void> sortKeys(SortKeys& sorted, const CancelToken& cancel) {
    if (sorted.keys.empty()) return {};
    DigitCounts counts{};
    for (const std::uint64_t key : sorted.keys)
        for (int digit = 0; digit < digits; ++digit) ++counts[static_cast<std::size_t>(digit)][digitOf(key, digit)];
    SortKeys other;
    other.keys.resize(sorted.keys.size());
    other.rows.resize(sorted.rows.size());
    for (int digit = 0; digit < digits; ++digit) {
        if (cancel.cancelled()) return fail("job.cancelled");
        if (sortByDigit(sorted, other, counts[static_cast<std::size_t>(digit)], digit)) {
            sorted.keys.swap(other.keys);
            sorted.rows.swap(other.rows);
        }
    }
    return {};
}

}  // namespace

Result<SortedNumbers> SortedNumbers::of(const ColumnView& view, std::span<const std::uint16_t> removedBy, bool withRows, const CancelToken& cancel) {
    SortKeys keys = keysOf(view, removedBy, withRows);
    LAMINA_CHECK(sortKeys(keys, cancel));
    SortedNumbers sorted;
    sorted.m_notFinite = keys.notFinite;
    sorted.m_rows = std::move(keys.rows);
    sorted.m_values.resize(keys.keys.size());
    const bool numbers = view.kind == ColumnKind::Number;
    for (std::size_t i = 0; i < keys.keys.size(); ++i) {
        sorted.m_distinct += i == 0 || keys.keys[i] != keys.keys[i - 1];
        sorted.m_values[i] = numbers ? numberOfKey(keys.keys[i]) : numberOfIntegerKey(keys.keys[i]);
    }
    return sorted;
}

void readNumbersThere(const ColumnView& view, std::span<const std::uint16_t> removedBy, std::int64_t first, std::int64_t last, double* values) {
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    const auto from = [&](const auto& stored) { std::copy(stored.begin() + first, stored.begin() + last, values); };
    if (view.kind == ColumnKind::Number) from(view.numbers);
    else if (view.kind == ColumnKind::Boolean) from(view.booleans);
    else from(view.integers);
    for (std::int64_t row = first; row < last && !view.missingBits.empty(); ++row)
        if (bitAt(view.missingBits, row)) values[row - first] = nothing;
    for (std::int64_t row = first; row < last && !removedBy.empty(); ++row)
        if (removedBy[static_cast<std::size_t>(row)] != 0) values[row - first] = nothing;
}

std::vector<double> numbersThere(const ColumnView& view, std::span<const std::uint16_t> removedBy) {
    std::vector<double> values(static_cast<std::size_t>(view.rows));
    readNumbersThere(view, removedBy, 0, view.rows, values.data());
    return values;
}

std::int64_t SortedNumbers::below(double x) const { return std::lower_bound(m_values.begin(), m_values.end(), x) - m_values.begin(); }
std::int64_t SortedNumbers::upTo(double x) const { return std::upper_bound(m_values.begin(), m_values.end(), x) - m_values.begin(); }

double SortedNumbers::quantile(double q) const {
    const double place = q * static_cast<double>(m_values.size() - 1);
    const auto lower = static_cast<std::size_t>(place);
    const std::size_t upper = std::min(lower + 1, m_values.size() - 1);
    const double share = place - static_cast<double>(lower);
    const double a = m_values[lower], b = m_values[upper];
    // As numpy does it, so that both ends are exact.
    return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1.0 - share);
}

}  // namespace lamina
