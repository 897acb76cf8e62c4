#include "core/training/learning_rate_finder.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/number_text.h"
#include "core/training/forward_pass.h"
#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

/// So many times the best smoothed loss counts as exploded.
constexpr double explosion = 4;
/// The averages of the first steps hang on single batches.
constexpr std::size_t settled = 5;

Result<void> checkRange(const LearningRateRange& range) {
    const auto refuse = [](const char* entry, double value, const char* least, const char* most) {
        return fail("plan.out_of_range", {{"entry", entry}, {"value", shortestText(value)}, {"least", least}, {"most", most}});
    };
    if (!(range.lowest > 0 && range.lowest < range.highest && range.highest <= 1e6)) return refuse("learning rate", range.lowest, "0", "1e6");
    if (range.steps < 10 || range.steps > 10000) return refuse("steps", range.steps, "10", "10000");
    return {};
}

/// One step's loss into the curve; false where it has exploded.
bool add(LearningRateSearch& search, double rate, double loss, double& average, double& best, double smoothing) {
    average = smoothing * average + (1 - smoothing) * loss;
    const double smoothed = average / (1 - std::pow(smoothing, static_cast<double>(search.points.size() + 1)));
    search.points.push_back({rate, loss, smoothed});
    best = search.points.size() == 1 ? smoothed : std::min(best, smoothed);
    return search.points.size() < settled || smoothed <= explosion * std::abs(best);
}

}  // namespace

double steepestRate(const std::vector<LearningRatePoint>& points) {
    if (points.size() < 2 * settled) return 0;
    // Over a tenth of the curve: between neighbours there is mostly noise.
    const std::size_t reach = std::max<std::size_t>(1, points.size() / 20);
    std::size_t lowest = settled;
    for (std::size_t i = settled; i < points.size(); ++i)
        if (points[i].smoothed < points[lowest].smoothed) lowest = i;
    double steepest = 0, rate = 0;
    for (std::size_t i = settled + reach; i + reach <= lowest; ++i) {
        const auto &before = points[i - reach], &after = points[i + reach];
        const double slope = (after.smoothed - before.smoothed) / std::log(after.rate / before.rate);
        if (slope >= steepest) continue;
        steepest = slope;
        rate = points[i].rate;
    }
    return rate;
}

Result<LearningRateSearch> findLearningRate(const TrainingJob& job, const LearningRateRange& range, const CancelToken& cancel,
                                            const std::function<void(int)>& progress) {
    LAMINA_CHECK(checkRange(range));
    TrainingPlan plan = job.plan;
    LAMINA_CHECK(fitPlan(plan, *job.task, *job.data, job.trainingRows));
    LAMINA_TRY(const auto phases, resolvePhases(plan, job.network, *job.task, &job.data->preparation()));
    const ResolvedPhase& phase = phases.front();
    ParameterStore store(*job.device);
    if (job.resumeFrom) LAMINA_CHECK(restoreParameters(*job.resumeFrom, store));
    else if (job.startFrom) LAMINA_CHECK(restoreParameters(*job.startFrom, store));
    ProgramCache programs([&](std::int64_t batch) { return compileForTraining(phase.network, batch, phase.training); }, store, plan.seed);
    LoaderSettings settings;
    settings.batchSize = plan.batchSize;
    settings.seed = plan.seed;
    auto rows = job.trainingRows;
    if (job.data->preparation().target.classes) std::erase_if(rows, [&](std::int64_t row) { return job.data->label(row) < 0; });
    LAMINA_TRY(auto augmenter, Augmenter::create(plan.augmentation, job.data->preparation()));
    if (!augmenter.empty()) settings.augmenter = std::make_shared<const Augmenter>(std::move(augmenter));
    LAMINA_TRY(auto loader, Loader::create(*job.data, rows, settings));

    LearningRateSearch search;
    double average = 0, best = 0;
    for (int step = 0; step < range.steps && !search.exploded; ++step) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const Batch& batch = loader.next();
        LAMINA_TRY(auto* cached, programs.get(batch.count));
        StepContext context;
        context.seed = plan.seed;
        context.step = static_cast<std::uint64_t>(step);
        context.learningRate = range.lowest * std::pow(range.highest / range.lowest, static_cast<double>(step) / (range.steps - 1));
        feedBatch(*cached, batch, context.seed, context.step);
        cached->program->run(context);
        const auto loss = static_cast<double>(cached->program->span<float>(cached->network.loss)[0]);
        const bool finite = cached->program->span<float>(cached->network.finite)[0] != 0 && std::isfinite(loss);
        search.exploded = !finite || !add(search, context.learningRate, loss, average, best, range.smoothing);
        if (progress) progress(step + 1);
    }
    search.suggestion = steepestRate(search.points);
    return search;
}

nlohmann::json learningRateSearchToJson(const LearningRateSearch& search) {
    auto points = nlohmann::json::array();
    for (const auto& point : search.points) points.push_back({{"rate", point.rate}, {"loss", point.loss}, {"smoothed", point.smoothed}});
    nlohmann::json json{{"points", points}, {"exploded", search.exploded}, {"suggestion", nullptr}};
    if (search.suggestion > 0) json["suggestion"] = search.suggestion;
    return json;
}

}  // namespace lamina
