#include "core/compiler/precision.h"

#include <algorithm>

namespace lamina {
namespace {

/// Rows, columns or terms, channels.
constexpr std::int64_t leastSide = 16;

bool productPays(const Graph& graph, const Op& op) {
    const Shape &a = graph.shape(op.inputs[0]), &b = graph.shape(op.inputs[1]);
    return std::min({a[a.size() - 2], a.back(), b[b.size() - 2], b.back()}) >= leastSide;
}

/// The shapes of a convolution that computes w's gradient, x's gradient or y.
struct Convolved {
    const Shape &x, &w, &y;
};

Convolved convolvedOf(const Graph& graph, const Op& op) {
    const Shape &first = graph.shape(op.inputs[0]), &second = graph.shape(op.inputs[1]), &made = graph.shape(op.outputs[0]);
    if (op.kind == OpKind::Conv2dBackwardData) return {made, second, first};
    return op.kind == OpKind::Conv2d ? Convolved{first, second, made} : Convolved{first, made, second};
}

/// As the CPU device chooses Winograd's form, about.
bool hasQuickFloat32(const Convolved& c, const WindowAttributes& window) {
    constexpr std::int64_t leastChannels = 64, leastSize = 8;
    const bool plain3x3 = window.kernel == std::array<std::int64_t, 2>{3, 3} && window.stride == std::array<std::int64_t, 2>{1, 1} &&
                          window.dilation == std::array<std::int64_t, 2>{1, 1};
    return plain3x3 && std::min(c.w[0], c.w[1]) >= leastChannels && c.w[0] % 16 == 0 && c.w[1] % 16 == 0 && std::min(c.y[2], c.y[3]) >= leastSize;
}

bool convolutionPays(const Graph& graph, const Op& op) {
    const auto& window = op.as<WindowAttributes>();
    const Convolved c = convolvedOf(graph, op);
    return window.groups == 1 && std::min(c.w[0], c.w[1]) >= leastSide && !hasQuickFloat32(c, window);
}

}  // namespace

bool paysInBfloat16(const Graph& graph, const Op& op) {
    switch (op.kind) {
        case OpKind::Gemm:
        case OpKind::MatMul: return productPays(graph, op);
        case OpKind::Conv2d:
        case OpKind::Conv2dBackwardData:
        case OpKind::Conv2dBackwardWeights: return convolutionPays(graph, op);
        default: return false;
    }
}

void multiplyInBfloat16(Graph& graph) {
    for (Op& op : graph.ops) {
        if (!paysInBfloat16(graph, op)) continue;
        if (auto* product = std::get_if<GemmAttributes>(&op.attributes)) product->precision = Precision::Bfloat16;
        else op.as<WindowAttributes>().precision = Precision::Bfloat16;
    }
}

}  // namespace lamina
