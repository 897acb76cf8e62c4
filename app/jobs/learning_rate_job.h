// The learning-rate finder on a project's network and data.
#pragma once

#include "app/jobs/training_run.h"
#include "core/training/learning_rate_finder.h"

namespace lamina {

/// Of the request count network, split, plan, threads, device and cancel. The project is only read. Progress in steps. "training.device_failed" …
struct LearningRateOutcome {
    LearningRateSearch search;
    std::string network, optimizer, device;
    double current = 0;  ///< the plan's own learning rate
    std::vector<Issue> issues;
};
Result<LearningRateOutcome> searchLearningRate(Project& project, const TrainingRequest& request, const LearningRateRange& range,
                                               const ProgressFunction& progress = {});

}  // namespace lamina
