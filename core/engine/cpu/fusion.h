// Joins neighbouring ops of a graph into the forms that have one step: gemm + bias + activation, relu backward with what comes before it,
// a gradient that is a product with the update it is for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace lamina::cpu {

/// An op with what was joined to it.
struct FusedOp {
    Op op;
    ValueId mask = noValue;          ///< gemm: the result is 0 where this value is not > 0
    bool maskedByInput = false;      ///< max_pool2d_backward: the result is 0 where x is not > 0
    ValueId biasGradient = noValue;  ///< conv2d_backward_weights: also gives this sum of dy over all axes but 1
    std::optional<Op> update;        ///< gemm: its result is the gradient of this update and nobody else reads it
    std::vector<Op> products;        ///< all_finite: gemms that run later, with their updates; their results count as inputs too
    std::string name;                ///< "gemm+bias+relu"
    std::string note;                ///< optimizer_update: why it was not joined to what makes its gradient
};

/// The ops that are needed for `kept` and for updates, joined; every input is still made before it is used.
std::vector<FusedOp> fuse(const Graph& graph, const std::vector<bool>& kept);

}  // namespace lamina::cpu
