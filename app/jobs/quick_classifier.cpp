#include "app/jobs/quick_classifier.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/compiler/compiler.h"
#include "core/tasks/task_type.h"
#include "core/training/default_plan.h"
#include "core/training/forward_pass.h"
#include "core/training/session.h"

namespace lamina {
namespace {

constexpr std::int64_t quickBatch = 64, quickEpochs = 60, askedAtOnce = 256;

/// Keeps the newest checkpoint, whichever was best: rows held out may not choose.
class LastCheckpoint final : public TrainingSink {
public:
    Result<void> metrics(std::vector<MetricPoint> points) override {
        for (const MetricPoint& point : points)
            if (point.split == "validation" && point.name == "accuracy") accuracy = point.value;
        return {};
    }
    Result<void> checkpoint(std::vector<std::byte> given, const TrainingState&, bool) override {
        bytes = std::move(given);
        return {};
    }
    std::vector<std::byte> bytes;
    double accuracy = std::numeric_limits<double>::quiet_NaN();
};

TrainingPlan quickPlan(const QuickLesson& lesson, const TaskType& task) {
    TrainingPlan plan;
    const auto rows = std::max<std::int64_t>(std::ssize(lesson.rows), 1);
    plan.batchSize = std::clamp<std::int64_t>(rows / 8, 8, quickBatch);
    const std::int64_t perEpoch = (rows + plan.batchSize - 1) / plan.batchSize;
    plan.epochs = std::clamp<std::int64_t>((lesson.steps + perEpoch / 2) / perEpoch, 1, quickEpochs);
    plan.seed = lesson.seed;
    plan.checkpointSeconds = 3600;
    plan.phases[0].optimizerSettings = {{"learning_rate", lesson.rate}};
    fillPlan(plan, rows, task);
    plan.monitor = "accuracy";
    plan.monitorHigherIsBetter = true;
    return plan;
}

/// Waits for the end, hands cancelling on and tells how far it is.
void watchQuickly(TrainingSession& session, const CancelToken& cancel, const ProgressFunction& progress) {
    while (!session.done()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (cancel.cancelled()) session.stop();
        const auto snapshot = session.snapshots().take();
        if (snapshot && progress) progress({"learn", snapshot->step, snapshot->epochs * snapshot->batches, "steps"});
    }
}

}  // namespace

Network quickNetwork(const Preparation& preparation) {
    Network network;
    network.id = newUuid();
    network.name = "quick";
    const Shape shape = preparation.inputShape();
    std::string at = network.append("input", {{"shape", shape}});
    const auto then = [&](const char* type, nlohmann::json settings = nlohmann::json::object()) { at = network.append(type, std::move(settings), at); };
    const bool picture = preparation.isImage() && shape.size() == 3 && std::min(shape[1], shape[2]) >= 8;
    if (picture) {
        const int rounds = std::min(shape[1], shape[2]) > 32 ? 3 : 2;
        for (int round = 0; round < rounds; ++round) {
            then("conv2d", {{"filters", round == 0 ? 16 : 32}, {"kernel", {3, 3}}, {"padding", "same"}});
            then("relu");
            then("max_pool2d", {{"kernel", {2, 2}}, {"stride", {2, 2}}});
        }
    }
    if (shape.size() > 1) then("flatten");
    then("dense", {{"units", 64}});
    then("relu");
    then("dropout", {{"rate", 0.2}});
    then("dense", {{"units", preparation.outputCount()}});
    then("softmax");
    return network;
}

Result<QuickModel> trainQuickly(const LabelPool& pool, const Network& network, const QuickLesson& lesson, Device& device, const CancelToken& cancel,
                                const ProgressFunction& progress) {
    LastCheckpoint sink;
    TrainingJob job;
    job.network = network;
    job.task = findTask(pool.preparation.task);
    if (!job.task) return fail("jobs.unknown_task", {{"task", pool.preparation.task}});
    job.plan = quickPlan(lesson, *job.task);
    job.data = pool.data.get();
    job.trainingRows = lesson.rows;
    job.validationRows = lesson.heldOut;
    job.device = &device;
    job.sink = &sink;
    job.startFrom = lesson.from;
    TrainingSession session(std::move(job));
    watchQuickly(session, cancel, progress);
    const TrainingResult& result = session.wait();
    if (cancel.cancelled()) return fail("job.cancelled");
    if (result.error) return *result.error;
    QuickModel model;
    LAMINA_TRY(auto numbers, checkpointFromBytes(sink.bytes));
    model.numbers = std::make_shared<const Checkpoint>(std::move(numbers));
    model.accuracy = sink.accuracy;
    return model;
}

Result<RowNumbers> askQuickly(const LabelPool& pool, const Network& network, const Checkpoint& numbers, const std::vector<std::int64_t>& rows, Device& device,
                              const std::string& layer, const CancelToken& cancel, const ProgressFunction& progress) {
    ParameterStore store(device);
    LAMINA_CHECK(restoreForUse(numbers, store));
    LAMINA_TRY(const Network part, networkUpTo(network, layer));
    ForwardPass pass(part, store, nullptr);
    RowNumbers result;
    std::size_t done = 0;
    const auto take = [&](const Batch& batch, std::span<const float> output) {
        result.width = output.size() / static_cast<std::size_t>(batch.count);
        result.numbers.reserve(rows.size() * result.width);
        result.numbers.insert(result.numbers.end(), output.begin(), output.end());
        done += static_cast<std::size_t>(batch.count);
        if (progress) progress({"predict", static_cast<std::int64_t>(done), std::ssize(rows), "items"});
    };
    LAMINA_CHECK(pass.run(*pool.data, rows, askedAtOnce, take, cancel));
    return result;
}

}  // namespace lamina
