#include "core/tensor/random.h"

#include <numeric>

namespace lamina {

void shuffle(std::span<std::int64_t> items, const RandomStream& stream) {
    for (std::size_t i = items.size(); i-- > 1;) std::swap(items[i], items[stream.below(i, i + 1)]);
}

std::vector<std::int64_t> randomOrder(std::int64_t n, const RandomStream& stream) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    shuffle(order, stream);
    return order;
}

}  // namespace lamina
