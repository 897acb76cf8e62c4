#include "core/tensor/random.h"

#include <numeric>

namespace lamina {

std::vector<std::int64_t> randomOrder(std::int64_t n, const RandomStream& stream) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    for (std::int64_t i = n - 1; i > 0; --i) {
        const auto j = stream.below(static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(i) + 1);
        std::swap(order[static_cast<std::size_t>(i)], order[j]);
    }
    return order;
}

}  // namespace lamina
