// The outputs of a trained network that answer questions about the data: what each is called, learned, and is cut out as.
#pragma once

#include <string>
#include <vector>

#include "core/compiler/compiler.h"
#include "core/data/preparation.h"
#include "core/tasks/task_type.h"
#include "core/training/training_plan.h"

namespace lamina {

struct ModelOutput {
    std::string layer;   ///< of the trained network; empty: its only output
    std::string title;   ///< for people: the column it learned, or the layer where several learned the same
    TargetColumn target;
    const TaskType* task = nullptr;
    Network network;     ///< the trained one without what this output does not need
    TrainingObjective objective;  ///< of data that have `target` in front (PreparedData::asking())
};

/// Of the plan's last phase, in the order of its objectives; the first one there is, whatever it learns, and further ones that learn one of the data's
/// targets. `preparation`: as it was trained. Errors of resolveObjective() and networkUpTo(), "jobs.unknown_task".
Result<std::vector<ModelOutput>> modelOutputs(const TrainingPlan& plan, const Network& trained, const Preparation& preparation);

/// "shade, price": for people.
std::string outputTitles(const std::vector<ModelOutput>& outputs);

}  // namespace lamina
