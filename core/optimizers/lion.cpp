#include "core/optimizers/optimizer_type.h"

namespace lamina {
namespace {

struct Lion {
    double learningRate = 0.0001;
    double beta1 = 0.9;
    double beta2 = 0.99;
    double weightDecay = 0;
};

}  // namespace

const OptimizerType& lion_optimizer() {
    static const OptimizerType type{
        .id = "lion",
        .title = "Lion",
        .summary = "Steps of one size in the direction of the sign: needs little memory and a learning rate about ten times smaller than Adam's.",
        .properties = {learningRateProperty<Lion>(),
                       property("beta1", &Lion::beta1, "Beta 1", "How much the direction of a step keeps of the earlier gradients.", {.minimum = 0, .maximum = 0.99999}),
                       property("beta2", &Lion::beta2, "Beta 2", "How long the average of gradients remembers.", {.minimum = 0, .maximum = 0.9999999}),
                       weightDecayProperty<Lion>()},
        .defaults = Lion{},
        .attributes =
            [](const std::any& settings) {
                const auto& s = std::any_cast<const Lion&>(settings);
                OptimizerAttributes a;
                a.kind = OptimizerKind::Lion;
                a.beta1 = s.beta1;
                a.beta2 = s.beta2;
                a.weightDecay = s.weightDecay;
                return a;
            },
        .learningRate = [](const std::any& settings) { return std::any_cast<const Lion&>(settings).learningRate; },
        .slotNames = [](const std::any&) { return std::vector<std::string>{"lion_m"}; },
    };
    return type;
}

}  // namespace lamina
