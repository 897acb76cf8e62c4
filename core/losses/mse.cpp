#include "core/losses/loss_type.h"

namespace lamina {
namespace {

/// L = mean((output - target)²).
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId targets) {
    const ValueId difference = ops::subtract(graph, output, targets);
    return ops::reduce(graph, ReduceKind::Mean, ops::unary(graph, UnaryKind::Square, difference), {});
}

}  // namespace

const LossType& mse_loss() {
    static const LossType type{
        .id = "mse",
        .title = "Mean squared error",
        .summary = "For predicting numbers: the average of the squared differences.",
        .target = TargetKind::Numbers,
        .properties = {},
        .defaults = {},
        .build = build,
    };
    return type;
}

}  // namespace lamina
