#include "core/losses/loss_type.h"

namespace lamina {
namespace {

/// L = -mean(t·log p + (1-t)·log(1-p)), p = sigmoid output; computed from the logits before it.
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId targets) {
    const Op* last = output == noValue ? nullptr : graph.producer(output);
    if (!last || last->kind != OpKind::Unary || last->as<UnaryAttributes>().kind != UnaryKind::Sigmoid) {
        graph.refuse(fail("loss.needs_sigmoid", {{"loss", "binary_cross_entropy"}}));
        return noValue;
    }
    return ops::binaryCrossEntropy(graph, last->inputs[0], targets);
}

}  // namespace

const LossType& binary_cross_entropy_loss() {
    static const LossType type{
        .id = "binary_cross_entropy",
        .title = "Binary cross-entropy",
        .summary = "For yes/no answers, each on its own: how surprised the model is by the right answers.",
        .target = TargetKind::Numbers,
        .properties = {},
        .defaults = {},
        .build = build,
    };
    return type;
}

}  // namespace lamina
