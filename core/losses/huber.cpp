#include "core/losses/loss_parts.h"

namespace lamina {
namespace huber_loss_parts {

struct Huber {
    double delta = 1;
};

/// With a = |output - target|: a²/2 up to delta, delta·(a - delta/2) beyond (as PyTorch's huber_loss); the mean of all. Both are c·(a - c/2) with
/// c = min(a, delta).
ValueId build(const std::any& settings, Graph& graph, ValueId output, ValueId targets) {
    const double delta = std::any_cast<const Huber&>(settings).delta;
    const ValueId distance = ops::unary(graph, UnaryKind::Abs, ops::subtract(graph, output, targets));
    const ValueId near = ops::binary(graph, BinaryKind::Minimum, distance, loss_parts::number(graph, "delta", delta));
    return loss_parts::meanOf(graph, ops::multiply(graph, near, ops::subtract(graph, distance, ops::scale(graph, near, 0.5))));
}

}  // namespace huber_loss_parts

const LossType& huber_loss() {
    using namespace huber_loss_parts;
    static const LossType type{
        .id = "huber",
        .title = "Huber",
        .summary = "For predicting numbers: squared for small differences, absolute for big ones, so that outliers weigh less.",
        .target = TargetKind::Numbers,
        .properties = {property("delta", &Huber::delta, "Delta", "Up to this difference (of the standardised target) errors are squared.",
                                {.minimum = 0, .maximum = 1e6, .exclusiveMinimum = true})},
        .defaults = Huber{},
        .build = build,
    };
    return type;
}

}  // namespace lamina
