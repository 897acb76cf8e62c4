#include "core/training/training_plan.h"

#include <algorithm>
#include <cmath>

#include "core/base/number_text.h"

namespace lamina {

// What a plan consists of, once for writing and for reading.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PlanObjective, loss, settings, weight, output, target, feed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PlanPhase, name, trainable, objectives, optimizer, optimizerSettings, schedule, scheduleSettings, every,
                                                from, until)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(AugmentationStep, type, settings, probability)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TrainingPlan, phases, epochs, extendedAt, batchSize, seed, monitor, monitorHigherIsBetter, patience,
                                                minimumImprovement, metricsEvery, checkpointSeconds, prefetch, clipValue, clipNorm, l1, l2, ema, augmentation, precision)

namespace {

/// 1000000, not 1e+06.
std::string readableNumber(double value) {
    const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
    return whole ? std::to_string(static_cast<std::int64_t>(value)) : shortestText(value);
}

Result<void> checkRange(const char* entry, double value, double least, double most) {
    if (value >= least && value <= most) return {};
    return fail("plan.out_of_range", {{"entry", entry}, {"value", readableNumber(value)}, {"least", readableNumber(least)}, {"most", readableNumber(most)}});
}

/// The same of an entry of one of several phases.
Result<void> checkRange(std::size_t phase, const char* entry, double value, double least, double most) {
    if (value >= least && value <= most) return {};
    return fail("plan.phase_out_of_range", {{"phase", std::to_string(phase + 1)}, {"entry", entry}, {"value", readableNumber(value)}, {"least", readableNumber(least)},
                                            {"most", readableNumber(most)}});
}

Result<void> checkPhase(std::size_t number, const PlanPhase& phase, std::int64_t epochs) {
    if (phase.objectives.empty()) return fail("plan.no_objective", {{"phase", phase.name}});
    LAMINA_CHECK(checkRange(number, "every", static_cast<double>(phase.every), 1, 1e6));
    LAMINA_CHECK(checkRange(number, "from", static_cast<double>(phase.from), 0, static_cast<double>(epochs - 1)));
    if (phase.until != 0) LAMINA_CHECK(checkRange(number, "until", static_cast<double>(phase.until), static_cast<double>(phase.from + 1), 1e6));
    for (const auto& objective : phase.objectives) LAMINA_CHECK(checkRange(number, "weight", objective.weight, -1e6, 1e6));
    return {};
}

Result<void> checkPhases(const TrainingPlan& plan) {
    constexpr std::size_t mostPhases = 16;
    if (plan.phases.empty() || plan.phases.size() > mostPhases)
        return fail("plan.phase_count", {{"found", std::to_string(plan.phases.size())}, {"most", std::to_string(mostPhases)}});
    for (std::size_t i = 0; i < plan.phases.size(); ++i) {
        LAMINA_CHECK(checkPhase(i, plan.phases[i], plan.epochs));
        for (std::size_t j = 0; j < i; ++j)
            if (plan.phases[i].name == plan.phases[j].name) return fail("plan.same_phase_twice", {{"phase", plan.phases[i].name}});
    }
    // Who takes part changes only where a phase begins or ends.
    std::vector<std::int64_t> edges{0};
    for (const auto& phase : plan.phases)
        if (phase.until != 0 && phase.until < plan.epochs) edges.push_back(phase.until);
    for (const std::int64_t epoch : edges)
        if (std::none_of(plan.phases.begin(), plan.phases.end(), [&](const auto& phase) { return takesPart(phase, epoch) && phase.every == 1; }))
            return fail("plan.idle_epoch", {{"epoch", std::to_string(epoch + 1)}});
    return {};
}

}  // namespace

bool takesPart(const PlanPhase& phase, std::int64_t epoch) { return epoch >= phase.from && (phase.until == 0 || epoch < phase.until); }

ScheduleCourse scheduleCourse(const TrainingPlan& plan, const PlanPhase& phase, std::int64_t epoch) {
    const ScheduleCourse course = scheduleCourse(plan, epoch);
    return {std::max(course.first, phase.from), phase.until == 0 ? course.last : std::min(course.last, phase.until)};
}

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

void trainHeadFirst(TrainingPlan& plan, std::int64_t epochs) {
    plan.phases = {plan.phases.front(), plan.phases.front()};
    plan.phases[0].name = plan.phases[0].trainable = "head";
    plan.phases[0].until = plan.phases[1].from = epochs;
}

Result<Precision> precisionOf(const TrainingPlan& plan) {
    if (plan.precision == "float32") return Precision::Float32;
    if (plan.precision == "bfloat16") return Precision::Bfloat16;
    return fail("plan.unknown_precision", {{"precision", plan.precision}});
}

const std::vector<std::string>& precisionNames() {
    static const std::vector<std::string> names{"float32", "bfloat16"};
    return names;
}

nlohmann::json planToJson(const TrainingPlan& plan) { return plan; }

Result<TrainingPlan> planFromJson(const nlohmann::json& json) {
    try {
        auto plan = json.get<TrainingPlan>();
        LAMINA_CHECK(checkPlan(plan));
        return plan;
    } catch (const nlohmann::json::exception& problem) {
        // Behind the name that the library has for its own kinds of problems.
        const std::string reason = problem.what();
        const auto words = reason.find("] ");
        return fail("plan.bad_json", {{"reason", words == std::string::npos ? reason : reason.substr(words + 2)}});
    }
}

Result<void> checkPlan(const TrainingPlan& plan) {
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
    LAMINA_CHECK(checkRange("clipValue", plan.clipValue, 0, 1e30));
    LAMINA_CHECK(checkRange("clipNorm", plan.clipNorm, 0, 1e30));
    LAMINA_CHECK(checkRange("l1", plan.l1, 0, 1e6));
    LAMINA_CHECK(checkRange("l2", plan.l2, 0, 1e6));
    LAMINA_CHECK(checkRange("ema", plan.ema, 0, 0.9999999));
    LAMINA_CHECK(precisionOf(plan));
    return checkPhases(plan);
}

}  // namespace lamina
