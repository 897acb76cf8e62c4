// Joins neighbouring ops of a graph where one launch can do the work of several: gemm and convolution with bias and activation, relu's gradient
// with what comes before it.
#pragma once

#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace lamina::cuda {

/// An op with what was joined to it.
struct FusedOp {
    Op op;
    ValueId mask = noValue;      ///< gemm: the result is 0 where this value is not > 0
    bool maskedByInput = false;  ///< max_pool2d_backward: the result is 0 where x is not > 0
    std::string name;            ///< "gemm+bias+relu"
};

/// The ops that are needed for `kept` and for updates, joined; every input is still made before it is used.
std::vector<FusedOp> fuse(const Graph& graph, const std::vector<bool>& kept);

}  // namespace lamina::cuda
