#include "core/losses/loss_parts.h"

namespace lamina {
namespace {

/// L = mean(|output - target|).
ValueId build(const std::any&, Graph& graph, ValueId output, ValueId targets) {
    return loss_parts::meanOf(graph, ops::unary(graph, UnaryKind::Abs, ops::subtract(graph, output, targets)));
}

}  // namespace

const LossType& mae_loss() {
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
