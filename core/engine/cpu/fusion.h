// What the CPU joins besides the chains of every device: the sum of a convolution's bias gradient with its weights' gradient, a gradient that is
// a product with the update it is for, batch norm on running statistics with the convolution before it.
#pragma once

#include "core/engine/fusion.h"

namespace lamina::cpu {

/// The ops that are needed for `kept` and for updates, joined; every input is still made before it is used.
std::vector<FusedOp> fuse(const Graph& graph, const std::vector<bool>& kept);

}  // namespace lamina::cpu
