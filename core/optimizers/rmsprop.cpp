#include "core/optimizers/optimizer_type.h"

namespace lamina {
namespace {

struct RmsProp {
    double learningRate = 0.001;
    double kept = 0.99;
    double momentum = 0;
    double epsilon = 1e-8;
    double weightDecay = 0;
};

}  // namespace

const OptimizerType& rmsprop_optimizer() {
    static const OptimizerType type{
        .id = "rmsprop",
        .title = "RMSprop",
        .summary = "Divides each step by how large the gradients have lately been: steady on noisy problems and recurrent networks.",
        .properties = {learningRateProperty<RmsProp>(),
                       property("kept", &RmsProp::kept, "Memory", "How long the average of squared gradients remembers.", {.minimum = 0, .maximum = 0.9999999}),
                       property("momentum", &RmsProp::momentum, "Momentum", "How much of the last step is kept in the next one.", {.minimum = 0, .maximum = 0.9999}),
                       property("epsilon", &RmsProp::epsilon, "Epsilon", "Keeps the division safe.", {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       weightDecayProperty<RmsProp>()},
        .defaults = RmsProp{},
        .attributes =
            [](const std::any& settings) {
                const auto& s = std::any_cast<const RmsProp&>(settings);
                OptimizerAttributes a;
                a.kind = OptimizerKind::RmsProp;
                a.beta2 = s.kept;
                a.momentum = s.momentum;
                a.epsilon = s.epsilon;
                a.weightDecay = s.weightDecay;
                return a;
            },
        .learningRate = [](const std::any& settings) { return std::any_cast<const RmsProp&>(settings).learningRate; },
        .slotNames =
            [](const std::any& settings) {
                return std::any_cast<const RmsProp&>(settings).momentum > 0 ? std::vector<std::string>{"rmsprop_v", "rmsprop_momentum"}
                                                                            : std::vector<std::string>{"rmsprop_v"};
            },
    };
    return type;
}

}  // namespace lamina
