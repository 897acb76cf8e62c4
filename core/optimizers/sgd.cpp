#include "core/optimizers/optimizer_type.h"

namespace lamina {
namespace {

struct Sgd {
    double learningRate = 0.05;
    double momentum = 0.9;
    bool nesterov = false;
    double weightDecay = 0;
};

}  // namespace

const OptimizerType& sgd_optimizer() {
    static const OptimizerType type{
        .id = "sgd",
        .title = "SGD",
        .summary = "Steps against the gradient, with momentum. Needs its learning rate tuned, often generalises best.",
        .properties = {learningRateProperty<Sgd>(),
                       property("momentum", &Sgd::momentum, "Momentum", "How much of the last step is kept in the next one.", {.minimum = 0, .maximum = 0.9999}),
                       property("nesterov", &Sgd::nesterov, "Nesterov", "The momentum looks one step ahead: often a little quicker."),
                       weightDecayProperty<Sgd>()},
        .defaults = Sgd{},
        .attributes =
            [](const std::any& settings) {
                const auto& s = std::any_cast<const Sgd&>(settings);
                OptimizerAttributes a;
                a.kind = OptimizerKind::Sgd;
                a.momentum = s.momentum;
                a.nesterov = s.nesterov;
                a.weightDecay = s.weightDecay;
                return a;
            },
        .learningRate = [](const std::any& settings) { return std::any_cast<const Sgd&>(settings).learningRate; },
        .slotNames =
            [](const std::any& settings) {
                return std::any_cast<const Sgd&>(settings).momentum > 0 ? std::vector<std::string>{"sgd_momentum"} : std::vector<std::string>{};
            },
    };
    return type;
}

}  // namespace lamina
