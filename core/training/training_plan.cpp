#include "core/training/training_plan.h"

namespace lamina {
namespace {

nlohmann::json phaseToJson(const PlanPhase& phase) {
    nlohmann::json objectives = nlohmann::json::array();
    for (const auto& o : phase.objectives) objectives.push_back({{"loss", o.loss}, {"settings", o.settings}, {"weight", o.weight}});
    return {{"name", phase.name},           {"trainable", phase.trainable},
            {"objectives", objectives},     {"optimizer", phase.optimizer},
            {"optimizerSettings", phase.optimizerSettings}, {"schedule", phase.schedule},
            {"scheduleSettings", phase.scheduleSettings}, {"every", phase.every}};
}

PlanPhase phaseFromJson(const nlohmann::json& json) {
    PlanPhase phase;
    phase.name = json.value("name", phase.name);
    phase.trainable = json.value("trainable", phase.trainable);
    phase.optimizer = json.value("optimizer", phase.optimizer);
    phase.optimizerSettings = json.value("optimizerSettings", phase.optimizerSettings);
    phase.schedule = json.value("schedule", phase.schedule);
    phase.scheduleSettings = json.value("scheduleSettings", phase.scheduleSettings);
    phase.every = json.value("every", phase.every);
    if (json.contains("objectives")) {
        phase.objectives.clear();
        for (const auto& entry : json.at("objectives"))
            phase.objectives.push_back({entry.value("loss", std::string("cross_entropy")), entry.value("settings", nlohmann::json::object()), entry.value("weight", 1.0)});
    }
    return phase;
}

Result<void> checkRange(const char* entry, double value, double least, double most) {
    if (value >= least && value <= most) return {};
    return fail("plan.out_of_range", {{"entry", entry}, {"value", nlohmann::json(value).dump()}, {"least", nlohmann::json(least).dump()}, {"most", nlohmann::json(most).dump()}});
}

}  // namespace

nlohmann::json planToJson(const TrainingPlan& plan) {
    nlohmann::json phases = nlohmann::json::array();
    for (const auto& phase : plan.phases) phases.push_back(phaseToJson(phase));
    return {{"phases", phases},
            {"epochs", plan.epochs},
            {"batchSize", plan.batchSize},
            {"seed", plan.seed},
            {"monitor", plan.monitor},
            {"monitorHigherIsBetter", plan.monitorHigherIsBetter},
            {"patience", plan.patience},
            {"minimumImprovement", plan.minimumImprovement},
            {"metricsEvery", plan.metricsEvery},
            {"checkpointSeconds", plan.checkpointSeconds},
            {"prefetch", plan.prefetch}};
}

Result<TrainingPlan> planFromJson(const nlohmann::json& json) {
    try {
        TrainingPlan plan;
        if (json.contains("phases")) {
            plan.phases.clear();
            for (const auto& entry : json.at("phases")) plan.phases.push_back(phaseFromJson(entry));
        }
        plan.epochs = json.value("epochs", plan.epochs);
        plan.batchSize = json.value("batchSize", plan.batchSize);
        plan.seed = json.value("seed", plan.seed);
        plan.monitor = json.value("monitor", plan.monitor);
        plan.monitorHigherIsBetter = json.value("monitorHigherIsBetter", plan.monitorHigherIsBetter);
        plan.patience = json.value("patience", plan.patience);
        plan.minimumImprovement = json.value("minimumImprovement", plan.minimumImprovement);
        plan.metricsEvery = json.value("metricsEvery", plan.metricsEvery);
        plan.checkpointSeconds = json.value("checkpointSeconds", plan.checkpointSeconds);
        plan.prefetch = json.value("prefetch", plan.prefetch);
        LAMINA_CHECK(checkPlan(plan));
        return plan;
    } catch (const nlohmann::json::exception& problem) {
        return fail("plan.bad_json", {{"reason", problem.what()}});
    }
}

Result<void> checkPlan(const TrainingPlan& plan) {
    if (plan.phases.size() != 1) return fail("plan.several_phases", {{"found", std::to_string(plan.phases.size())}});
    if (plan.phases[0].objectives.size() != 1) return fail("plan.several_objectives", {{"found", std::to_string(plan.phases[0].objectives.size())}});
    LAMINA_CHECK(checkRange("epochs", static_cast<double>(plan.epochs), 1, 1e6));
    LAMINA_CHECK(checkRange("batchSize", static_cast<double>(plan.batchSize), 1, 1e6));
    LAMINA_CHECK(checkRange("patience", static_cast<double>(plan.patience), 0, 1e6));
    LAMINA_CHECK(checkRange("metricsEvery", static_cast<double>(plan.metricsEvery), 1, 1e9));
    LAMINA_CHECK(checkRange("prefetch", plan.prefetch, 0, 64));
    return {};
}

}  // namespace lamina
