// The numbers with which parameters and states start.
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/graph.h"

namespace lamina {

/// A function of the value's initializer, shape and name and of the seed: RandomStream(seed, streamOf("initialize:" + name)).
std::vector<double> startNumbers(const Value& value, std::uint64_t seed);

}  // namespace lamina
