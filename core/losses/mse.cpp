#include "core/losses/loss_type.h"

namespace lamina {
namespace mse_loss_parts {

/// L = mean((output - target)²).
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId targets) {
    const ValueId difference = ops::subtract(graph, output, targets);
    return ops::reduce(graph, ReduceKind::Mean, ops::unary(graph, UnaryKind::Square, difference), {});
}

}  // namespace mse_loss_parts

const LossType& mse_loss() {
    using namespace mse_loss_parts;
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
