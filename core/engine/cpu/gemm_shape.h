// What a matrix product multiplies, and how it is cut into passes and blocks.
#pragma once

#include "core/engine/graph.h"

namespace lamina::cpu {

/// Depth of one pass: a panel of B of this depth stays near while all tiles of a block use it.
constexpr std::int64_t passDepth = 512;

struct GemmShape {
    std::int64_t m, n, k;
    bool transposeA, transposeB;
    std::int64_t strideA, strideB;
};

inline GemmShape gemmShape(const Graph& graph, const Op& op) {
    const auto& attributes = op.as<GemmAttributes>();
    const Shape &a = graph.shape(op.inputs[0]), &b = graph.shape(op.inputs[1]);
    return {attributes.transposeA ? a[1] : a[0],
            attributes.transposeB ? b[0] : b[1],
            attributes.transposeA ? a[0] : a[1],
            attributes.transposeA,
            attributes.transposeB,
            a[1],
            b[1]};
}

/// The smallest size of blocks that still makes as many as blocks of `size` would.
inline std::int64_t evenSize(std::int64_t total, std::int64_t size) {
    const std::int64_t blocks = (total + size - 1) / size;
    return (total + blocks - 1) / blocks;
}

}  // namespace lamina::cpu
