#include "app/jobs/model_outputs.h"

#include <algorithm>

#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

/// The column, where no other output learned the same; else the layer.
void giveTitles(std::vector<ModelOutput>& outputs) {
    for (ModelOutput& output : outputs) {
        const auto same = std::count_if(outputs.begin(), outputs.end(), [&](const ModelOutput& other) { return other.target.name == output.target.name; });
        output.title = same == 1 ? output.target.name : output.layer;
    }
}

}  // namespace

Result<std::vector<ModelOutput>> modelOutputs(const TrainingPlan& plan, const Network& trained, const Preparation& preparation) {
    const TaskType* mainTask = findTask(preparation.task);
    if (!mainTask) return fail("jobs.unknown_task", {{"task", preparation.task}});
    std::vector<ModelOutput> outputs;
    for (const PlanObjective& wanted : plan.phases.back().objectives) {
        LAMINA_TRY(auto objective, resolveObjective(wanted, *mainTask, &preparation));
        const bool answers = objective.feed.empty() && objective.target.empty();
        const bool known = std::any_of(outputs.begin(), outputs.end(), [&](const ModelOutput& output) { return output.layer == objective.output; });
        if (known || (!answers && !outputs.empty())) continue;
        ModelOutput output{objective.output, {}, preparation.target, mainTask, {}, {}};
        if (!objective.column.empty()) output.target = preparation.targetAt(static_cast<std::size_t>(preparation.targetPlace(objective.column)));
        if (!objective.column.empty()) output.task = taskOf(output.target);
        objective.column.clear();
        LAMINA_TRY(output.network, networkUpTo(trained, objective.output));
        output.objective = std::move(objective);
        outputs.push_back(std::move(output));
    }
    giveTitles(outputs);
    return outputs;
}

std::string outputTitles(const std::vector<ModelOutput>& outputs) {
    std::string titles;
    for (const ModelOutput& output : outputs) titles += (titles.empty() ? "" : ", ") + output.title;
    return titles;
}

}  // namespace lamina
