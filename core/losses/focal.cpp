#include "core/losses/class_weights.h"
#include "core/losses/loss_parts.h"

namespace lamina {
namespace focal_loss_parts {

using namespace loss_parts;

struct Focal : ClassWeights {
    double gamma = 2;
};

/// (1 - p)^gamma; kept away from 0, where the power has no derivative for small gammas.
ValueId doubt(Graph& graph, ValueId probability, double gamma) {
    const ValueId missing = ops::offset(graph, ops::unary(graph, UnaryKind::Negate, probability), 1);
    return ops::unary(graph, UnaryKind::Pow, ops::binary(graph, BinaryKind::Maximum, missing, number(graph, "least doubt", 1e-7)), gamma);
}

/// Lin et al. 2017. After a softmax: L = -1/N Σ w[label]·(1-p)^gamma·log p, p the label's. After a sigmoid, each output on its own:
/// L = mean of (1-p)^gamma·(-log p), p the probability of the right answer. Computed from the logits.
ValueId build(const std::any& settings, Graph& graph, ValueId output, ValueId target) {
    const auto& s = std::any_cast<const Focal&>(settings);
    if (!isFlat(graph, output, "focal")) return noValue;
    const ValueId numbers = asNumbers(graph, target, output);
    const auto weights = s.of(graph, "focal", graph.shape(output)[1]);
    if (graph.error()) return noValue;
    const auto weighted = [&](ValueId terms) {
        return weights.empty() ? terms : ops::multiply(graph, terms, graph.constant("class weights", {1, graph.shape(output)[1]}, weights));
    };
    if (const ValueId logits = beforeSoftmax(graph, output); logits != noValue) {
        const ValueId logs = ops::logSoftmax(graph, logits), surprise = ops::unary(graph, UnaryKind::Negate, logs);
        const ValueId terms = ops::multiply(graph, doubt(graph, ops::unary(graph, UnaryKind::Exp, logs), s.gamma), surprise);
        return perRow(graph, weighted(ops::multiply(graph, numbers, terms)));
    }
    const ValueId logits = beforeSigmoid(graph, output);
    if (logits == noValue) return needs(graph, "softmax", "focal");
    const ValueId surprise = ops::subtract(graph, ops::unary(graph, UnaryKind::Softplus, logits), ops::multiply(graph, logits, numbers));
    // p·t + (1-p)·(1-t) = 1 - p - t + 2·p·t
    const ValueId both = ops::scale(graph, ops::multiply(graph, output, numbers), 2);
    const ValueId right = ops::offset(graph, ops::subtract(graph, both, ops::add(graph, output, numbers)), 1);
    return meanOf(graph, weighted(ops::multiply(graph, doubt(graph, right, s.gamma), surprise)));
}

std::vector<Property> properties() {
    std::vector<Property> list{property("gamma", &Focal::gamma, "Gamma", "How little the items count that the model is already sure of; 0: like cross-entropy.",
                                        {.minimum = 0, .maximum = 10})};
    addClassWeightProperties<Focal>(list);
    return list;
}

}  // namespace focal_loss_parts

const LossType& focal_loss() {
    using namespace focal_loss_parts;
    static const LossType type{
        .id = "focal",
        .title = "Focal loss",
        .summary = "Cross-entropy that looks at the hard items: for classes of very different size.",
        .target = TargetKind::ClassIndex,
        .eitherTarget = true,
        .properties = properties(),
        .defaults = Focal{},
        .build = build,
        .fit = [](std::any& settings, std::span<const std::int64_t> counts) { std::any_cast<Focal&>(settings).fit(counts); },
    };
    return type;
}

}  // namespace lamina
