#include "core/optimizers/optimizer_type.h"

namespace lamina {
namespace {

struct AdamW {
    double learningRate = 0.001;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0.01;
};

}  // namespace

const OptimizerType& adamw_optimizer() {
    static const OptimizerType type{
        .id = "adamw",
        .title = "AdamW",
        .summary = "Adam with weight decay apart from the gradient: a good choice where the model overfits.",
        .properties = {learningRateProperty<AdamW>(),
                       property("beta1", &AdamW::beta1, "Beta 1", "How long the average of gradients remembers.", {.minimum = 0, .maximum = 0.99999}),
                       property("beta2", &AdamW::beta2, "Beta 2", "How long the average of squared gradients remembers.", {.minimum = 0, .maximum = 0.9999999}),
                       property("epsilon", &AdamW::epsilon, "Epsilon", "Keeps the division safe.", {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       weightDecayProperty<AdamW>()},
        .defaults = AdamW{},
        .attributes =
            [](const std::any& settings) {
                const auto& s = std::any_cast<const AdamW&>(settings);
                OptimizerAttributes a;
                a.kind = OptimizerKind::AdamW;
                a.beta1 = s.beta1;
                a.beta2 = s.beta2;
                a.epsilon = s.epsilon;
                a.weightDecay = s.weightDecay;
                return a;
            },
        .learningRate = [](const std::any& settings) { return std::any_cast<const AdamW&>(settings).learningRate; },
        .slotNames = [](const std::any&) { return std::vector<std::string>{"adam_m", "adam_v"}; },
    };
    return type;
}

}  // namespace lamina
