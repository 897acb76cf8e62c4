#include "core/optimizers/optimizer_type.h"

namespace lamina {
namespace {

struct Adagrad {
    double learningRate = 0.01;
    double epsilon = 1e-10;
    double weightDecay = 0;
};

}  // namespace

const OptimizerType& adagrad_optimizer() {
    static const OptimizerType type{
        .id = "adagrad",
        .title = "Adagrad",
        .summary = "Ever smaller steps for weights that were changed much: good where some inputs are rare.",
        .properties = {learningRateProperty<Adagrad>(),
                       property("epsilon", &Adagrad::epsilon, "Epsilon", "Keeps the division safe.", {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       weightDecayProperty<Adagrad>()},
        .defaults = Adagrad{},
        .attributes =
            [](const std::any& settings) {
                const auto& s = std::any_cast<const Adagrad&>(settings);
                OptimizerAttributes a;
                a.kind = OptimizerKind::Adagrad;
                a.epsilon = s.epsilon;
                a.weightDecay = s.weightDecay;
                return a;
            },
        .learningRate = [](const std::any& settings) { return std::any_cast<const Adagrad&>(settings).learningRate; },
        .slotNames = [](const std::any&) { return std::vector<std::string>{"adagrad_sum"}; },
    };
    return type;
}

}  // namespace lamina
