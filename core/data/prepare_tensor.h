// The elements of a Tensor feature as the network reads them; what apply(), PreparedData and the fit have in common.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/data/preparation.h"

namespace lamina {

/// An element as stored (uint8 or float32) as a double.
double storedElement(const FeatureColumn& feature, const std::byte* bytes, std::int64_t element);
/// (x / divisor - mean) / deviation of the channel; 0 (the mean) where that is not finite.
float prepareElement(const FeatureColumn& feature, std::int64_t channel, double x);
/// All elements of one row: outputCount floats.
void prepareTensor(const FeatureColumn& feature, const std::byte* bytes, float* out);

}  // namespace lamina
