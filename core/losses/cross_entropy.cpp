#include "core/losses/loss_type.h"

namespace lamina {
namespace {

/// L = -1/N Σ log p[label], p = softmax output; computed from the logits before it (log-sum-exp).
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId labels) {
    const Op* last = output == noValue ? nullptr : graph.producer(output);
    if (!last || last->kind != OpKind::Softmax) {
        graph.refuse(fail("loss.needs_softmax", {{"loss", "cross_entropy"}}));
        return noValue;
    }
    if (graph.shape(output).size() != 2) {
        graph.refuse(fail("loss.needs_flat_output", {{"loss", "cross_entropy"}, {"shape", shapeText(graph.shape(output))}}));
        return noValue;
    }
    return ops::crossEntropy(graph, last->inputs[0], labels);
}

}  // namespace

const LossType& cross_entropy_loss() {
    static const LossType type{
        .id = "cross_entropy",
        .title = "Cross-entropy",
        .summary = "For choosing one class of several: how surprised the model is by the right class.",
        .target = TargetKind::ClassIndex,
        .properties = {},
        .defaults = {},
        .build = build,
    };
    return type;
}

}  // namespace lamina
