// What the mixing augmentations have in common.
#pragma once

#include <cmath>

#include "core/data/augmentations/augmentation.h"

namespace lamina {

/// From Beta(alpha, alpha) (Jöhnk 1964), in logarithms, since small alphas give next to nothing.
inline double drawShare(double alpha, RandomDraw& draw) {
    for (int attempt = 0; attempt < 64; ++attempt) {
        const double x = std::log(draw.uniform() + 0x1p-25) / alpha, y = std::log(draw.uniform() + 0x1p-25) / alpha;
        const double larger = std::max(x, y), sum = larger + std::log(std::exp(x - larger) + std::exp(y - larger));
        if (sum <= 0) return std::exp(x - sum);
    }
    return 0.5;
}

}  // namespace lamina
