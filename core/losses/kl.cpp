#include "core/losses/loss_parts.h"

namespace lamina {
namespace kl_loss_parts {

using namespace loss_parts;

/// L = 1/N Σ t·(log t - log p), p = softmax output; computed from the logits before it. 0·log 0 = 0.
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId target) {
    const ValueId logits = beforeSoftmax(graph, output);
    if (logits == noValue) return needs(graph, "softmax", "kl");
    const ValueId shares = asNumbers(graph, target, output);
    const ValueId logs = ops::unary(graph, UnaryKind::Log, ops::binary(graph, BinaryKind::Maximum, shares, number(graph, "least share", 1e-30)));
    return perRow(graph, ops::multiply(graph, shares, ops::subtract(graph, logs, ops::logSoftmax(graph, logits))));
}

}  // namespace kl_loss_parts

const LossType& kl_loss() {
    using namespace kl_loss_parts;
    static const LossType type{
        .id = "kl",
        .title = "Kullback-Leibler divergence",
        .summary = "How far the predicted shares of the classes are from given shares.",
        .target = TargetKind::Numbers,
        .eitherTarget = true,
        .properties = {},
        .defaults = {},
        .build = build,
    };
    return type;
}

}  // namespace lamina
