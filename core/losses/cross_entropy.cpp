#include "core/losses/class_weights.h"
#include "core/losses/loss_parts.h"

namespace lamina {
namespace cross_entropy_loss_parts {

using namespace loss_parts;

struct CrossEntropy : ClassWeights {
    double labelSmoothing = 0;
};

/// L = -1/N Σ log p[label], p = softmax output; computed from the logits before it (log-sum-exp). With weights w and smoothing ε (as PyTorch):
/// each row's target is q = (1-ε)·(1 at the label, or the shares given) + ε/C, L = -Σ w[c]·q[c]·log p[c] / Σ w[label]; with shares the divisor is N.
ValueId build(const std::any& settings, Graph& graph, ValueId output, ValueId target) {
    const auto& s = std::any_cast<const CrossEntropy&>(settings);
    const ValueId logits = beforeSoftmax(graph, output);
    if (logits == noValue) return needs(graph, "softmax", "cross_entropy");
    if (!isFlat(graph, output, "cross_entropy")) return noValue;
    const std::int64_t classes = graph.shape(output)[1];
    const auto weights = s.of(graph, "cross_entropy", classes);
    if (graph.error()) return noValue;
    const bool indexes = graph.value(target).type == DType::Int32;
    if (indexes && weights.empty() && s.labelSmoothing == 0) return ops::crossEntropy(graph, logits, target);

    const ValueId hard = asNumbers(graph, target, output);
    ValueId shares = hard;
    if (s.labelSmoothing > 0) shares = ops::offset(graph, ops::scale(graph, hard, 1 - s.labelSmoothing), s.labelSmoothing / static_cast<double>(classes));
    ValueId terms = ops::multiply(graph, shares, ops::unary(graph, UnaryKind::Negate, ops::logSoftmax(graph, logits)));
    if (weights.empty()) return perRow(graph, terms);
    const ValueId weight = graph.constant("class weights", {1, classes}, weights);
    terms = ops::multiply(graph, terms, weight);
    if (!indexes) return perRow(graph, terms);
    const ValueId divisor = ops::reduce(graph, ReduceKind::Sum, ops::multiply(graph, hard, weight), {});
    const ValueId safe = ops::binary(graph, BinaryKind::Maximum, divisor, number(graph, "least weight", 1e-12));
    return ops::binary(graph, BinaryKind::Divide, ops::reduce(graph, ReduceKind::Sum, terms, {}), safe);
}

std::vector<Property> properties() {
    std::vector<Property> list;
    addClassWeightProperties<CrossEntropy>(list);
    list.push_back(property("label_smoothing", &CrossEntropy::labelSmoothing, "Label smoothing",
                            "How much of each label is spread over all classes, so that the model stays less sure of itself.", {.minimum = 0, .maximum = 0.9}));
    return list;
}

}  // namespace cross_entropy_loss_parts

const LossType& cross_entropy_loss() {
    using namespace cross_entropy_loss_parts;
    static const LossType type{
        .id = "cross_entropy",
        .title = "Cross-entropy",
        .summary = "For choosing one class of several: how surprised the model is by the right class.",
        .target = TargetKind::ClassIndex,
        .eitherTarget = true,
        .properties = properties(),
        .defaults = CrossEntropy{},
        .build = build,
        .fit = [](std::any& settings, std::span<const std::int64_t> counts) { std::any_cast<CrossEntropy&>(settings).fit(counts); },
    };
    return type;
}

}  // namespace lamina
