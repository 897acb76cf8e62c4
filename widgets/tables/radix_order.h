// Sorting by unsigned numbers, digit by digit: stable, in steps between which it can be stopped.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace lamina {

/// Moves the bits that differ between some numbers to the right end, without gaps: the order stays, and there are fewer digits to sort by.
class BitSqueeze {
public:
    explicit BitSqueeze(std::uint64_t differing) : m_bits(std::popcount(differing)) {
        for (int target = 0; differing != 0;) {
            const int from = std::countr_zero(differing), length = std::countr_one(differing >> from);
            m_pieces.push_back({length == 64 ? ~0ull : ((1ull << length) - 1) << target, from - target});
            target += length;
            differing = from + length == 64 ? 0 : differing >> (from + length) << (from + length);
        }
    }
    int bits() const { return m_bits; }
    std::uint64_t operator()(std::uint64_t value) const {
        std::uint64_t squeezed = 0;
        for (const Piece& piece : m_pieces) squeezed |= value >> piece.shift & piece.mask;
        return squeezed;
    }

private:
    struct Piece {
        std::uint64_t mask;
        int shift;
    };
    std::vector<Piece> m_pieces;
    int m_bits;
};

/// Sorts entries by their member `value` (which changes, but not in its order). goOn() is asked between the digits; false where it said so: then the
/// entries are in any order, but all there. `scratch`: at least as many entries.
template <class Entry, class GoOn>
bool radixSort(std::span<Entry> entries, std::span<Entry> scratch, GoOn goOn) {
    constexpr int digitBits = 11;
    constexpr std::uint64_t mask = (1u << digitBits) - 1;
    std::uint64_t differing = 0;
    for (const Entry& entry : entries) differing |= entry.value ^ entries.front().value;
    const BitSqueeze squeeze(differing);
    const int digits = (squeeze.bits() + digitBits - 1) / digitBits;
    std::vector<std::array<std::uint32_t, mask + 1>> counts(static_cast<std::size_t>(digits));
    for (Entry& entry : entries) {
        entry.value = squeeze(entry.value);
        for (int digit = 0; digit < digits; ++digit) ++counts[static_cast<std::size_t>(digit)][entry.value >> (digit * digitBits) & mask];
    }
    std::span<Entry> from = entries, to = scratch.first(entries.size());
    bool going = true;
    for (int digit = 0; digit < digits && (going = goOn()); ++digit) {
        auto& places = counts[static_cast<std::size_t>(digit)];
        std::exclusive_scan(places.begin(), places.end(), places.begin(), 0u);
        for (const Entry& entry : from) to[places[entry.value >> (digit * digitBits) & mask]++] = entry;
        std::swap(from, to);
    }
    if (from.data() != entries.data()) std::copy(from.begin(), from.end(), entries.begin());
    return going;
}

}  // namespace lamina
