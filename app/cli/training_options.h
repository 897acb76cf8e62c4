// The options that `train`, `road` and `find-learning-rate` share.
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/training/training_plan.h"

namespace lamina {

struct TrainingOptions {
    TrainingPlan plan;        ///< 0 epochs, a batch of 0: as the number of rows asks for
    double learningRate = 0;  ///< 0: the optimizer's own
    std::vector<std::string> optimizerSettings, scheduleSettings, lossSettings;
    std::int64_t headEpochs = 0;  ///< so long only the last layer with parameters is trained
    std::string phases;           ///< a file with the plan's phases, instead of the one that the options describe
    std::string augment;          ///< "flip,rotate=15": augmentationsFromText()
    int threads = 0;
    std::string device = "auto";

    TrainingOptions() { plan.epochs = plan.batchSize = 0; }
    void declare(Command& command);
    /// The plan with all settings checked. "plan.unknown_optimizer" {optimizer}, "property.…", "cli.phases_form" {file}.
    Result<TrainingPlan> toPlan() const;
};

}  // namespace lamina
