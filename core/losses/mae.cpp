#include "core/losses/loss_parts.h"

namespace lamina {
namespace mae_loss_parts {

/// L = mean(|output - target|).
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId targets) {
    return loss_parts::meanOf(graph, ops::unary(graph, UnaryKind::Abs, ops::subtract(graph, output, targets)));
}

}  // namespace mae_loss_parts

const LossType& mae_loss() {
    using namespace mae_loss_parts;
    static const LossType type{
        .id = "mae",
        .title = "Mean absolute error",
        .summary = "For predicting numbers where some are far off: big misses weigh no more than their size.",
        .target = TargetKind::Numbers,
        .properties = {},
        .defaults = {},
        .build = build,
    };
    return type;
}

}  // namespace lamina
