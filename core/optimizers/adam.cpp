#include "core/optimizers/optimizer_type.h"

namespace lamina {
namespace {

struct Adam {
    double learningRate = 0.001;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0;
};

}  // namespace

const OptimizerType& adam_optimizer() {
    static const OptimizerType type{
        .id = "adam",
        .title = "Adam",
        .summary = "Adapts the step of every weight by itself. A good first choice.",
        .properties = {learningRateProperty<Adam>(),
                       property("beta1", &Adam::beta1, "Beta 1", "How long the average of gradients remembers.", {.minimum = 0, .maximum = 0.99999}),
                       property("beta2", &Adam::beta2, "Beta 2", "How long the average of squared gradients remembers.", {.minimum = 0, .maximum = 0.9999999}),
                       property("epsilon", &Adam::epsilon, "Epsilon", "Keeps the division safe.", {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       weightDecayProperty<Adam>()},
        .defaults = Adam{},
        .attributes =
            [](const std::any& settings) {
                const auto& s = std::any_cast<const Adam&>(settings);
                OptimizerAttributes a;
                a.kind = OptimizerKind::Adam;
                a.beta1 = s.beta1;
                a.beta2 = s.beta2;
                a.epsilon = s.epsilon;
                a.weightDecay = s.weightDecay;
                return a;
            },
        .learningRate = [](const std::any& settings) { return std::any_cast<const Adam&>(settings).learningRate; },
        .slotNames = [](const std::any&) { return std::vector<std::string>{"adam_m", "adam_v"}; },
    };
    return type;
}

}  // namespace lamina
