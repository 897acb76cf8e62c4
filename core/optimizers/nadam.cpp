#include "core/optimizers/optimizer_type.h"

namespace lamina {
namespace {

struct Nadam {
    double learningRate = 0.002;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0;
};

}  // namespace

const OptimizerType& nadam_optimizer() {
    static const OptimizerType type{
        .id = "nadam",
        .title = "Nadam",
        .summary = "Adam that looks one step ahead, as Nesterov's momentum does: sometimes quicker than Adam.",
        .properties = {learningRateProperty<Nadam>(),
                       property("beta1", &Nadam::beta1, "Beta 1", "How long the average of gradients remembers.", {.minimum = 0, .maximum = 0.99999}),
                       property("beta2", &Nadam::beta2, "Beta 2", "How long the average of squared gradients remembers.", {.minimum = 0, .maximum = 0.9999999}),
                       property("epsilon", &Nadam::epsilon, "Epsilon", "Keeps the division safe.", {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       weightDecayProperty<Nadam>()},
        .defaults = Nadam{},
        .attributes =
            [](const std::any& settings) {
                const auto& s = std::any_cast<const Nadam&>(settings);
                OptimizerAttributes a;
                a.kind = OptimizerKind::Nadam;
                a.beta1 = s.beta1;
                a.beta2 = s.beta2;
                a.epsilon = s.epsilon;
                a.weightDecay = s.weightDecay;
                return a;
            },
        .learningRate = [](const std::any& settings) { return std::any_cast<const Nadam&>(settings).learningRate; },
        .slotNames = [](const std::any&) { return std::vector<std::string>{"nadam_m", "nadam_v"}; },
    };
    return type;
}

}  // namespace lamina
