#include "core/tensor/random.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace lamina {

void shuffle(std::span<std::int64_t> items, const RandomStream& stream) {
    // Whom a place changes with is known before: of many items, those of the next places are fetched while these are swapped.
    constexpr std::size_t ahead = 16;
    std::array<std::size_t, ahead> partners;
    for (std::size_t left = items.size(); left > 1;) {
        const std::size_t count = std::min(ahead, left - 1);
        for (std::size_t k = 0; k < count; ++k) {
            partners[k] = stream.below(left - 1 - k, left - k);
            __builtin_prefetch(&items[partners[k]], 1);
        }
        for (std::size_t k = 0; k < count; ++k) std::swap(items[left - 1 - k], items[partners[k]]);
        left -= count;
    }
}

std::vector<std::int64_t> randomOrder(std::int64_t n, const RandomStream& stream) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    shuffle(order, stream);
    return order;
}

}  // namespace lamina
