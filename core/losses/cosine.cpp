#include "core/losses/loss_parts.h"

namespace lamina {
namespace cosine_loss_parts {

/// L = mean over rows of 1 - o·t / (|o|·|t|); the lengths are kept away from 0.
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId targets) {
    if (!loss_parts::isFlat(graph, output, "cosine")) return noValue;
    if (graph.shape(output)[1] < 2) {
        graph.refuse(fail("loss.needs_directions", {{"loss", "cosine"}}));
        return noValue;
    }
    const auto sum = [&](ValueId values) { return ops::reduce(graph, ReduceKind::Sum, values, {1}); };
    const auto length = [&](ValueId x) { return ops::unary(graph, UnaryKind::Sqrt, ops::offset(graph, sum(ops::unary(graph, UnaryKind::Square, x)), 1e-16)); };
    const ValueId common = sum(ops::multiply(graph, output, targets));
    const ValueId cosine = ops::binary(graph, BinaryKind::Divide, common, ops::multiply(graph, length(output), length(targets)));
    return ops::offset(graph, ops::unary(graph, UnaryKind::Negate, loss_parts::meanOf(graph, cosine)), 1);
}

}  // namespace cosine_loss_parts

const LossType& cosine_loss() {
    using namespace cosine_loss_parts;
    static const LossType type{
        .id = "cosine",
        .title = "Cosine",
        .summary = "For predicting directions: how far several numbers together point elsewhere; their size does not count.",
        .target = TargetKind::Numbers,
        .properties = {},
        .defaults = {},
        .build = build,
    };
    return type;
}

}  // namespace lamina
