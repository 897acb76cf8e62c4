#include "core/losses/loss_parts.h"

namespace lamina {
namespace binary_cross_entropy_loss_parts {

/// L = -mean(t·log p + (1-t)·log(1-p)), p = sigmoid output; computed from the logits before it.
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId target) {
    const ValueId logits = loss_parts::beforeSigmoid(graph, output);
    if (logits == noValue) return loss_parts::needs(graph, "sigmoid", "binary_cross_entropy");
    return ops::binaryCrossEntropy(graph, logits, loss_parts::asNumbers(graph, target, output));
}

}  // namespace binary_cross_entropy_loss_parts

const LossType& binary_cross_entropy_loss() {
    using namespace binary_cross_entropy_loss_parts;
    static const LossType type{
        .id = "binary_cross_entropy",
        .title = "Binary cross-entropy",
        .summary = "For yes/no answers, each on its own: how surprised the model is by the right answers.",
        .target = TargetKind::Numbers,
        .eitherTarget = true,
        .properties = {},
        .defaults = {},
        .build = build,
    };
    return type;
}

}  // namespace lamina
