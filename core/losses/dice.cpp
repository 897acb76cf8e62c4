#include "core/losses/loss_parts.h"

namespace lamina {
namespace dice_loss_parts {

struct Dice {
    double smoothing = 1;
};

/// L = 1 - mean over classes of (2·Σ p·t + s) / (Σ p + Σ t + s), sums over all items and places (Milletari et al. 2016, without squares).
ValueId build(const std::any& settings, Graph& graph, ValueId output, ValueId target) {
    const double smoothing = std::any_cast<const Dice&>(settings).smoothing;
    if (loss_parts::beforeSoftmax(graph, output) == noValue && loss_parts::beforeSigmoid(graph, output) == noValue)
        return loss_parts::needs(graph, "softmax", "dice");
    if (graph.value(target).type == DType::Int32 && !loss_parts::isFlat(graph, output, "dice")) return noValue;
    const ValueId numbers = loss_parts::asNumbers(graph, target, output);
    std::vector<std::int64_t> axes{0};
    for (std::size_t axis = 2; axis < graph.shape(output).size(); ++axis) axes.push_back(static_cast<std::int64_t>(axis));
    const auto sum = [&](ValueId values) { return ops::reduce(graph, ReduceKind::Sum, values, axes); };
    const ValueId common = ops::offset(graph, ops::scale(graph, sum(ops::multiply(graph, output, numbers)), 2), smoothing);
    const ValueId all = ops::offset(graph, ops::add(graph, sum(output), sum(numbers)), smoothing);
    const ValueId agreement = loss_parts::meanOf(graph, ops::binary(graph, BinaryKind::Divide, common, all));
    return ops::offset(graph, ops::unary(graph, UnaryKind::Negate, agreement), 1);
}

}  // namespace dice_loss_parts

const LossType& dice_loss() {
    using namespace dice_loss_parts;
    static const LossType type{
        .id = "dice",
        .title = "Dice",
        .summary = "How badly predicted and true classes overlap: for small things in a large background.",
        .target = TargetKind::ClassIndex,
        .eitherTarget = true,
        .properties = {property("smoothing", &Dice::smoothing, "Smoothing", "Added above and below the fraction, so that absent classes do no harm.",
                                {.minimum = 0, .maximum = 1e6, .exclusiveMinimum = true})},
        .defaults = Dice{},
        .build = build,
    };
    return type;
}

}  // namespace lamina
