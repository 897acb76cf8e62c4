#include "app/jobs/learning_rate_job.h"

#include "app/jobs/clean_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/device_choice.h"
#include "app/jobs/initial_parameters.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "core/compiler/compiler.h"
#include "core/engine/device_failure.h"
#include "core/training/default_plan.h"
#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

Result<LearningRateSearch> search(const TrainingJob& job, const LearningRateRange& range, const CancelToken& cancel, const ProgressFunction& progress) {
    const auto tell = [&](int step) {
        if (progress) progress({"learning_rate", step, range.steps, "steps"});
    };
    try {
        return findLearningRate(job, range, cancel, tell);
    } catch (const DeviceFailure& failure) {
        return fail("cuda.failed", {{"call", failure.call()}, {"reason", failure.reason()}});
    }
}

}  // namespace

Result<LearningRateOutcome> searchLearningRate(Project& project, const TrainingRequest& request, const LearningRateRange& range,
                                               const ProgressFunction& progress) {
    LAMINA_TRY(const auto network, findNetwork(project, request.network));
    LAMINA_TRY(const auto dataset, findDataset(project, network.datasetId));
    LAMINA_TRY(const auto splitRecord, findSplit(project, dataset, request.split));
    CleanRequest how;
    how.split = splitRecord;
    how.cancel = request.cancel;
    LAMINA_TRY(const auto cleaned, cleanTable(project, dataset, how));
    LAMINA_TRY(const auto split, splitOfCleaned(project, splitRecord, cleaned));
    TrainingJob job;
    LAMINA_TRY(job.network, networkFromJson(network.document));
    LAMINA_TRY(const auto preparation,
               prepareDataset(cleaned.dataset, cleaned.clean.table, split, network.taskId, request.cancel, wishesOf(job.network, request.plan)));
    LAMINA_TRY(const auto data, PreparedData::create(cleaned.clean.table, preparation, split, preparedSettings(project, dataset.id), request.cancel));
    LearningRateOutcome outcome;
    outcome.network = network.name;
    outcome.issues = preparation.issues;
    job.task = findTask(preparation.task);
    if (!job.task) return fail("jobs.unknown_task", {{"task", preparation.task}});
    LAMINA_TRY(auto initial, initialParameters(project, job.network));
    job.startFrom = std::move(initial.numbers);
    job.plan = request.plan;
    fillPlan(job.plan, split.counts[static_cast<std::size_t>(Part::Training)], *job.task, describeNetwork(job.network).flops);
    job.data = &data;
    job.trainingRows = repeatedRows(data.rows(Part::Training), cleaned.clean);
    LAMINA_TRY(const auto phases, resolvePhases(job.plan, job.network, *job.task, &preparation));
    outcome.optimizer = phases.front().plan.optimizer;
    outcome.current = phases.front().training.optimizer->learningRate(phases.front().training.optimizerSettings);
    LAMINA_TRY(const auto device, chooseDeviceFor(job, request.device, request.threads, outcome.issues));
    outcome.device = device->description();
    LAMINA_TRY(outcome.search, search(job, range, request.cancel, progress));
    return outcome;
}

}  // namespace lamina
