// The options that `train` and `road` share.
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/training/training_plan.h"

namespace lamina {

struct TrainingOptions {
    TrainingPlan plan;        ///< 0 epochs, a batch of 0: as the number of rows asks for
    double learningRate = 0;  ///< 0: the optimizer's own
    std::vector<std::string> optimizerSettings;
    int threads = 0;
    std::string device = "auto";

    TrainingOptions() { plan.epochs = plan.batchSize = 0; }
    void declare(Command& command);
    /// The plan with the optimizer's settings checked. "plan.unknown_optimizer" {optimizer}, "property.…".
    Result<TrainingPlan> toPlan() const;
};

}  // namespace lamina
