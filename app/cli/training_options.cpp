#include "app/cli/training_options.h"

#include <algorithm>

#include "app/cli/settings_words.h"
#include "core/base/files.h"
#include "core/data/augmentations/augmenter.h"
#include "core/losses/loss_type.h"
#include "core/optimizers/optimizer_type.h"
#include "core/schedules/schedule_type.h"

namespace lamina {
namespace {

/// Settings as typed, for a kind that is there; checked before a run is made of it.
template <class Type>
Result<nlohmann::json> typedSettings(const Type& type, const std::vector<std::string>& words) {
    LAMINA_TRY(auto settings, settingsFromWords(type.properties, type.defaults, words));
    std::any checked = type.defaults;
    LAMINA_CHECK(propertiesFromJson(type.properties, settings, checked));
    return settings;
}

/// A misspelt entry would otherwise be a setting that silently stays at its default.
Result<void> checkEntries(const std::string& file, const nlohmann::json& given, const nlohmann::json& known) {
    for (std::size_t i = 0; i < given.size() && i < known.size(); ++i) {
        for (const auto& entry : given[i].items())
            if (!known[i].contains(entry.key())) return fail("cli.phases_entry", {{"file", file}, {"entry", entry.key()}, {"phase", std::to_string(i + 1)}});
        for (const auto& objective : given[i].value("objectives", nlohmann::json::array()))
            for (const auto& entry : objective.items())
                if (!known[i]["objectives"][0].contains(entry.key()))
                    return fail("cli.phases_entry", {{"file", file}, {"entry", entry.key()}, {"phase", std::to_string(i + 1)}});
    }
    return {};
}

Result<std::vector<PlanPhase>> phasesFromFile(const std::string& file) {
    LAMINA_TRY(const auto bytes, readFile(file));
    const auto* text = reinterpret_cast<const char*>(bytes.data());
    const auto json = nlohmann::json::parse(text, text + bytes.size(), nullptr, false);
    if (json.is_discarded()) return fail("cli.phases_form", {{"file", file}});
    // How many epochs there will be is not known yet.
    const nlohmann::json given = json.is_object() && json.contains("phases") ? json["phases"] : json;
    const bool listed = given.is_array() && std::all_of(given.begin(), given.end(), [](const auto& phase) { return phase.is_object(); });
    if (!listed) return fail("cli.phases_form", {{"file", file}});
    LAMINA_TRY(auto plan, planFromJson({{"phases", given}, {"epochs", 1000000}}));
    LAMINA_CHECK(checkEntries(file, given, planToJson(plan)["phases"]));
    return std::move(plan.phases);
}

}  // namespace

void TrainingOptions::declare(Command& command) {
    command.option("epochs", plan.epochs).between(1, 1000000);
    command.option("batch", plan.batchSize).between(1, 1000000);
    command.option("optimizer", plan.phases[0].optimizer);
    command.option("learning-rate", learningRate).positive();
    command.option("optimizer-set", optimizerSettings);
    command.option("schedule", plan.phases[0].schedule);
    command.option("schedule-set", scheduleSettings);
    command.option("loss", plan.phases[0].objectives[0].loss);
    command.option("loss-set", lossSettings);
    command.option("l1", plan.l1).notNegative();
    command.option("l2", plan.l2).notNegative();
    command.option("clip-norm", plan.clipNorm).notNegative();
    command.option("clip-value", plan.clipValue).notNegative();
    command.option("ema", plan.ema).notNegative();
    command.option("head-epochs", headEpochs).notNegative();
    command.option("phases", phases);
    command.option("monitor", plan.monitor);
    command.option("patience", plan.patience).notNegative();
    command.option("seed", plan.seed);
    command.option("precision", plan.precision).oneOf(precisionNames());
    command.option("augment", augment);
    command.option("metrics-every", plan.metricsEvery).positive();
    command.option("threads", threads).between(0, 1024);
    command.option("device", device);
}

Result<TrainingPlan> TrainingOptions::toPlan() const {
    TrainingPlan result = plan;
    LAMINA_TRY(result.augmentation, augmentationsFromText(augment));
    PlanPhase& phase = result.phases[0];
    const OptimizerType* optimizer = findOptimizer(phase.optimizer);
    if (!optimizer) return fail("plan.unknown_optimizer", {{"optimizer", phase.optimizer}});
    auto optimizerWords = optimizerSettings;
    if (learningRate > 0) optimizerWords.push_back("learning_rate=" + nlohmann::json(learningRate).dump());
    LAMINA_TRY(phase.optimizerSettings, typedSettings(*optimizer, optimizerWords));
    const ScheduleType* schedule = findSchedule(phase.schedule);
    if (!schedule) return fail("plan.unknown_schedule", {{"schedule", phase.schedule}});
    LAMINA_TRY(phase.scheduleSettings, typedSettings(*schedule, scheduleSettings));
    PlanObjective& objective = phase.objectives[0];
    if (objective.loss.empty() && !lossSettings.empty()) return fail("cli.loss_set_without_loss");
    if (!objective.loss.empty()) {
        const LossType* loss = findLoss(objective.loss);
        if (!loss) return fail("plan.unknown_loss", {{"loss", objective.loss}});
        LAMINA_TRY(objective.settings, typedSettings(*loss, lossSettings));
    }
    if (headEpochs > 0) trainHeadFirst(result, headEpochs);
    if (!phases.empty()) {
        LAMINA_TRY(result.phases, phasesFromFile(phases));
    }
    return result;
}

}  // namespace lamina
