#include "core/losses/loss_parts.h"

namespace lamina {
namespace quantile_loss_parts {

struct Quantile {
    double quantile = 0.5;
};

/// With d = target - output: the mean of max(q·d, (q-1)·d) (Koenker & Bassett 1978).
ValueId build(const std::any& settings, Graph& graph, ValueId output, ValueId targets) {
    const double q = std::any_cast<const Quantile&>(settings).quantile;
    const ValueId missing = ops::subtract(graph, targets, output);
    return loss_parts::meanOf(graph, ops::binary(graph, BinaryKind::Maximum, ops::scale(graph, missing, q), ops::scale(graph, missing, q - 1)));
}

}  // namespace quantile_loss_parts

const LossType& quantile_loss() {
    using namespace quantile_loss_parts;
    static const LossType type{
        .id = "quantile",
        .title = "Quantile",
        .summary = "For predicting a number that so many of the true ones stay below: 0.9 gives a careful upper bound, 0.5 the median.",
        .target = TargetKind::Numbers,
        .properties = {property("quantile", &Quantile::quantile, "Quantile", "The share of true numbers that shall be below the predicted one.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true})},
        .defaults = Quantile{},
        .build = build,
    };
    return type;
}

}  // namespace lamina
