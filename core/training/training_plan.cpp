#include "core/training/training_plan.h"

namespace lamina {

// What a plan consists of, once for writing and for reading.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PlanObjective, loss, settings, weight)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PlanPhase, name, trainable, objectives, optimizer, optimizerSettings, schedule, scheduleSettings, every)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TrainingPlan, phases, epochs, extendedAt, batchSize, seed, monitor, monitorHigherIsBetter, patience,
                                                minimumImprovement, metricsEvery, checkpointSeconds, prefetch)

namespace {

Result<void> checkRange(const char* entry, double value, double least, double most) {
    if (value >= least && value <= most) return {};
    return fail("plan.out_of_range", {{"entry", entry}, {"value", nlohmann::json(value).dump()}, {"least", nlohmann::json(least).dump()}, {"most", nlohmann::json(most).dump()}});
}

}  // namespace

ScheduleCourse scheduleCourse(const TrainingPlan& plan, std::int64_t epoch) {
    ScheduleCourse course{0, plan.epochs};
    for (const std::int64_t extended : plan.extendedAt) {
        if (extended > epoch) return {course.first, extended};
        course.first = extended;
    }
    return course;
}

void extendPlan(TrainingPlan& plan, std::int64_t done, std::int64_t more) {
    std::erase_if(plan.extendedAt, [done](std::int64_t epoch) { return epoch >= done; });
    if (done > 0) plan.extendedAt.push_back(done);
    plan.epochs = done + more;
}

nlohmann::json planToJson(const TrainingPlan& plan) { return plan; }

Result<TrainingPlan> planFromJson(const nlohmann::json& json) {
    try {
        auto plan = json.get<TrainingPlan>();
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
    std::int64_t after = 0;
    for (const std::int64_t epoch : plan.extendedAt) {
        LAMINA_CHECK(checkRange("extendedAt", static_cast<double>(epoch), static_cast<double>(after + 1), static_cast<double>(plan.epochs - 1)));
        after = epoch;
    }
    LAMINA_CHECK(checkRange("batchSize", static_cast<double>(plan.batchSize), 1, 1e6));
    LAMINA_CHECK(checkRange("patience", static_cast<double>(plan.patience), 0, 1e6));
    LAMINA_CHECK(checkRange("metricsEvery", static_cast<double>(plan.metricsEvery), 1, 1e9));
    LAMINA_CHECK(checkRange("prefetch", plan.prefetch, 0, 64));
    return {};
}

}  // namespace lamina
