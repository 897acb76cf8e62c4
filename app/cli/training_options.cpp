#include "app/cli/training_options.h"

#include "app/cli/settings_words.h"
#include "core/optimizers/optimizer_type.h"
#include "core/schedules/schedule_type.h"

namespace lamina {

void TrainingOptions::declare(Command& command) {
    command.option("epochs", plan.epochs).between(1, 1000000);
    command.option("batch", plan.batchSize).between(1, 1000000);
    command.option("optimizer", plan.phases[0].optimizer);
    command.option("learning-rate", learningRate).positive();
    command.option("optimizer-set", optimizerSettings);
    command.option("schedule", plan.phases[0].schedule);
    command.option("patience", plan.patience).notNegative();
    command.option("seed", plan.seed);
    command.option("metrics-every", plan.metricsEvery).positive();
    command.option("threads", threads).between(0, 1024);
    command.option("device", device);
}

Result<TrainingPlan> TrainingOptions::toPlan() const {
    TrainingPlan result = plan;
    const OptimizerType* optimizer = findOptimizer(plan.phases[0].optimizer);
    if (!optimizer) return fail("plan.unknown_optimizer", {{"optimizer", plan.phases[0].optimizer}});
    LAMINA_TRY(auto settings, settingsFromWords(optimizer->properties, optimizer->defaults, optimizerSettings));
    if (learningRate > 0) settings["learning_rate"] = learningRate;
    std::any checked = optimizer->defaults;
    LAMINA_CHECK(propertiesFromJson(optimizer->properties, settings, checked));  // before a run is made of it
    if (!findSchedule(plan.phases[0].schedule)) return fail("plan.unknown_schedule", {{"schedule", plan.phases[0].schedule}});
    result.phases[0].optimizerSettings = std::move(settings);
    return result;
}

}  // namespace lamina
