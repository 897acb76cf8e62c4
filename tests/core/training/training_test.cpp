#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "core/engine/device_failure.h"
#include "core/training/session.h"
#include "tests/support/blob_data.h"

namespace lamina {
namespace {

/// Remembers all that a session gives; can ask for a stop after a number of metric points.
class MemorySink : public TrainingSink {
public:
    Result<void> metrics(std::vector<MetricPoint> added) override {
        points.insert(points.end(), added.begin(), added.end());
        return {};
    }
    Result<void> checkpoint(std::vector<std::byte> bytes, const TrainingState& state, bool isBest) override {
        last = bytes;
        states.push_back(state);
        if (isBest) best = std::move(bytes);
        if (failAfter >= 0 && static_cast<int>(states.size()) > failAfter) return fail("disk.full_while_writing", {{"file", "checkpoint"}, {"reason", "test"}});
        return {};
    }
    std::vector<MetricPoint> points;
    std::vector<std::byte> last, best;
    std::vector<TrainingState> states;
    int failAfter = -1;
};

/// Is lost in one step; from then on nothing works on it.
class DeviceThatIsLost : public Device {
public:
    explicit DeviceThatIsLost(std::uint64_t step) : m_step(step) {}
    std::string id() const override { return "fragile"; }
    std::string description() const override { return "Fragile device"; }
    void makeReadable(const void*) override {
        if (m_lost) throw DeviceFailure("download", "it is gone");
    }
    Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) override {
        LAMINA_TRY(auto plan, m_cpu->plan(graph, kept));
        return std::unique_ptr<DevicePlan>(std::make_unique<Plan>(*this, std::move(plan)));
    }

private:
    class Plan : public DevicePlan {
    public:
        Plan(DeviceThatIsLost& device, std::unique_ptr<DevicePlan> plan) : m_device(device), m_plan(std::move(plan)) {}
        const std::vector<Buffer>& buffers() const override { return m_plan->buffers(); }
        int stepCount() const override { return m_plan->stepCount(); }
        Result<void> bind(const std::vector<void*>& addresses) override { return m_plan->bind(addresses); }
        void run(const StepContext& context) override {
            if (context.step == m_device.m_step) m_device.m_lost = true;
            if (m_device.m_lost) throw DeviceFailure("launch", "it is gone");
            m_plan->run(context);
        }
        std::vector<PlannedOp> describe() const override { return m_plan->describe(); }

    private:
        DeviceThatIsLost& m_device;
        std::unique_ptr<DevicePlan> m_plan;
    };

    std::unique_ptr<Device> m_cpu = makeCpuDevice();
    std::uint64_t m_step;
    bool m_lost = false;
};

class Training : public ::testing::Test {
protected:
    void SetUp() override { blobs = test::makeBlobs(); }

    TrainingJob job(Device& device, TrainingSink* sink) {
        TrainingJob job;
        job.network = test::networkFor(*blobs->data, "table");
        job.task = findTask(blobs->data->preparation().target.classes ? "classification" : "regression");
        job.data = blobs->data.get();
        job.trainingRows = blobs->rows(Part::Training);
        job.validationRows = blobs->rows(Part::Validation);
        job.device = &device;
        job.sink = sink;
        job.plan.phases[0].objectives[0].loss = job.task->defaultLoss;
        job.plan.epochs = 5;
        job.plan.batchSize = 32;
        job.plan.metricsEvery = 3;
        return job;
    }

    TrainingJob impatientJob(Device& device, TrainingSink* sink, std::int64_t patience) {
        TrainingJob impatient = job(device, sink);
        impatient.plan.epochs = 500;
        impatient.plan.patience = patience;
        impatient.plan.minimumImprovement = 0.05;
        return impatient;
    }

    std::unique_ptr<test::BlobData> blobs;
};

double last(const std::vector<MetricPoint>& points, const std::string& split, const std::string& name) {
    for (auto p = points.rbegin(); p != points.rend(); ++p)
        if (p->split == split && p->name == name) return p->value;
    return std::nan("");
}

/// The tensors alone: the state also names the device, which differs between thread counts.
std::vector<std::vector<float>> numbersOf(const std::vector<std::byte>& bytes) {
    std::vector<std::vector<float>> all;
    auto checkpoint = checkpointFromBytes(bytes);
    EXPECT_TRUE(checkpoint.ok());
    for (auto& [name, tensor] : checkpoint->tensors) all.push_back(tensor.numbers);
    return all;
}

TEST_F(Training, LearnsTheBlobs) {
    auto device = makeCpuDevice();
    MemorySink sink;
    TrainingSession session(job(*device, &sink));
    const auto& result = session.wait();
    ASSERT_FALSE(result.error) << result.error->debugText();
    EXPECT_EQ(result.end, TrainingEnd::Finished);
    EXPECT_GT(last(sink.points, "validation", "accuracy"), 0.9);
    EXPECT_GT(last(sink.points, "training", "recall"), 0.8);
    EXPECT_FALSE(result.best.empty());
}

TEST_F(Training, LearnsNumbersInTheirOwnUnit) {
    blobs = test::makeBlobs(600, true);
    auto device = makeCpuDevice();
    MemorySink sink;
    auto j = job(*device, &sink);
    j.plan.epochs = 30;
    TrainingSession session(std::move(j));
    ASSERT_FALSE(session.wait().error);
    EXPECT_GT(last(sink.points, "validation", "r2"), 0.9);
    EXPECT_GT(last(sink.points, "validation", "mae"), 0.5);  // the target spreads over some 50 units
}

TEST_F(Training, GivesTheSameBitsForOneTwoAndThreeThreads) {
    std::vector<std::vector<float>> first;
    for (int threads : {1, 2, 3}) {
        auto device = makeCpuDevice({threads, ""});
        MemorySink sink;
        TrainingSession session(job(*device, &sink));
        ASSERT_FALSE(session.wait().error);
        if (threads == 1) first = numbersOf(sink.last);
        else EXPECT_EQ(numbersOf(sink.last), first) << threads << " threads";
    }
}

TEST_F(Training, PrefetchDoesNotChangeTheNumbers) {
    std::vector<std::vector<float>> first;
    for (int prefetch : {0, 1, 4}) {
        auto device = makeCpuDevice();
        MemorySink sink;
        auto j = job(*device, &sink);
        j.plan.prefetch = prefetch;
        TrainingSession session(std::move(j));
        ASSERT_FALSE(session.wait().error);
        if (prefetch == 0) first = numbersOf(sink.last);
        else EXPECT_EQ(numbersOf(sink.last), first) << prefetch;
    }
}


TEST_F(Training, GoesOnFromEveryCheckpointToTheSameBits) {
    auto device = makeCpuDevice();
    MemorySink whole;
    auto j = job(*device, &whole);
    j.plan.checkpointSeconds = 0;  // after every step
    TrainingSession(std::move(j)).wait();
    const auto expected = numbersOf(whole.last);
    ASSERT_GT(whole.states.size(), 20u);

    for (std::size_t at : {std::size_t{0}, whole.states.size() / 3, whole.states.size() / 2, whole.states.size() - 2}) {
        // Train again and keep the checkpoint of that moment.
        class KeepOne : public MemorySink {
        public:
            explicit KeepOne(std::size_t index) : m_index(index) {}
            Result<void> checkpoint(std::vector<std::byte> bytes, const TrainingState& state, bool best) override {
                if (states.size() == m_index) kept = bytes;
                return MemorySink::checkpoint(std::move(bytes), state, best);
            }
            std::vector<std::byte> kept;

        private:
            std::size_t m_index;
        } interrupted(at);
        auto again = job(*device, &interrupted);
        again.plan.checkpointSeconds = 0;
        TrainingSession(std::move(again)).wait();

        MemorySink resumed;
        auto rest = job(*device, &resumed);
        auto checkpoint = checkpointFromBytes(interrupted.kept);
        ASSERT_TRUE(checkpoint.ok());
        const auto sequence = checkpoint->state.sequence;
        rest.resumeFrom = std::move(*checkpoint);
        TrainingSession session(std::move(rest));
        ASSERT_FALSE(session.wait().error);
        EXPECT_EQ(numbersOf(resumed.last), expected) << "from checkpoint " << at;
        // Metrics before the checkpoint and after it, put together, are those of the undisturbed run.
        ASSERT_EQ(static_cast<std::size_t>(sequence) + resumed.points.size(), whole.points.size());
        for (std::size_t i = 0; i < resumed.points.size(); ++i) {
            const auto& a = resumed.points[i];
            const auto& b = whole.points[static_cast<std::size_t>(sequence) + i];
            EXPECT_EQ(std::tie(a.sequence, a.epoch, a.step, a.split, a.name, a.value), std::tie(b.sequence, b.epoch, b.step, b.split, b.name, b.value));
        }
    }
}

TEST_F(Training, StopsWhereItIsWithACheckpoint) {
    auto device = makeCpuDevice();
    MemorySink sink;
    auto j = job(*device, &sink);
    j.plan.epochs = 100000;
    TrainingSession session(std::move(j));
    while (!session.snapshots().take() && !session.done()) std::this_thread::yield();
    session.stop();
    const auto& result = session.wait();
    EXPECT_EQ(result.end, TrainingEnd::Stopped);
    ASSERT_FALSE(sink.states.empty());
    EXPECT_EQ(sink.states.back(), result.state);
}

TEST_F(Training, PausesAndGoesOn) {
    auto device = makeCpuDevice();
    MemorySink sink;
    auto j = job(*device, &sink);
    j.plan.epochs = 100000;
    TrainingSession session(std::move(j));
    session.pause();
    std::optional<TrainingSnapshot> seen;
    while ((!seen || !seen->paused) && !session.done()) {
        if (auto taken = session.snapshots().take()) seen = taken;
        std::this_thread::yield();
    }
    ASSERT_TRUE(seen && !session.done());
    const auto step = seen->step;
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    EXPECT_FALSE(session.snapshots().take().has_value());
    session.resume();
    while (seen->step <= step && !session.done()) {
        if (auto taken = session.snapshots().take()) seen = taken;
        std::this_thread::yield();
    }
    session.stop();
    EXPECT_EQ(session.wait().end, TrainingEnd::Stopped);
}

TEST_F(Training, StopsEarlyWhenNothingGetsBetter) {
    auto device = makeCpuDevice();
    MemorySink sink;
    TrainingSession session(impatientJob(*device, &sink, 2));
    const auto& result = session.wait();
    EXPECT_EQ(result.end, TrainingEnd::StoppedEarly);
    EXPECT_LT(result.state.epoch, 100);
    EXPECT_EQ(result.state.waited, 2);
    EXPECT_TRUE(result.state.finished);
}

TEST_F(Training, ExplodingValuesStopBeforeTheWeightsAreTouched) {
    auto device = makeCpuDevice();
    MemorySink sink;
    auto j = job(*device, &sink);
    j.plan.phases[0].optimizer = "sgd";
    j.plan.phases[0].optimizerSettings = {{"learning_rate", 1e6}};
    TrainingSession session(std::move(j));
    const auto& result = session.wait();
    EXPECT_EQ(result.end, TrainingEnd::Failed);
    ASSERT_TRUE(result.error);
    EXPECT_TRUE(result.error->code.starts_with("training.not_finite")) << result.error->code;
    EXPECT_FALSE(result.error->argument("step").empty());
    for (const auto& numbers : numbersOf(sink.last))
        for (float x : numbers) ASSERT_TRUE(std::isfinite(x));
}

TEST_F(Training, AFullDiskEndsTheTrainingWithItsReason) {
    auto device = makeCpuDevice();
    MemorySink sink;
    sink.failAfter = 1;
    TrainingSession session(job(*device, &sink));
    const auto& result = session.wait();
    EXPECT_EQ(result.end, TrainingEnd::Failed);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->code, "disk.full_while_writing");
}

TEST_F(Training, ADeviceThatIsLostStopsTheTrainingAtItsLastCheckpoint) {
    DeviceThatIsLost fragile(37);
    MemorySink sink;
    auto j = job(fragile, &sink);
    const auto batches = (static_cast<std::int64_t>(j.trainingRows.size()) + 31) / 32;
    const auto result = TrainingSession(std::move(j)).wait();
    EXPECT_EQ(result.end, TrainingEnd::Stopped);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->code, "training.device_failed");
    EXPECT_EQ(result.error->argument("device"), "Fragile device");
    EXPECT_EQ(result.error->argument("step"), "38");
    EXPECT_EQ(result.error->argument("epoch"), std::to_string(37 / batches + 1));
    EXPECT_EQ(result.error->argument("reason"), "launch: it is gone");
    ASSERT_FALSE(sink.states.empty());
    EXPECT_EQ(sink.states.back().step, 37 / batches * batches) << "the end of the last whole epoch";
    EXPECT_LT(sink.states.back().step, 37);
}

TEST_F(Training, WhatALostDeviceLeftIsTrainedToTheSameBitsOnAnother) {
    auto device = makeCpuDevice();
    MemorySink whole, before, after;
    TrainingSession(job(*device, &whole)).wait();
    DeviceThatIsLost fragile(37);
    TrainingSession(job(fragile, &before)).wait();
    auto rest = job(*device, &after);
    rest.resumeFrom = *checkpointFromBytes(before.last);
    const auto result = TrainingSession(std::move(rest)).wait();
    ASSERT_FALSE(result.error) << result.error->debugText();
    EXPECT_EQ(numbersOf(after.last), numbersOf(whole.last));
}

TEST_F(Training, MismatchesAreToldBeforeTheFirstStep) {
    auto device = makeCpuDevice();
    auto wrongInput = job(*device, nullptr);
    wrongInput.network.nodes[0].settings = {{"shape", {5}}};
    EXPECT_EQ(TrainingSession(std::move(wrongInput)).wait().error->code, "training.input_shape");
    auto wrongOutput = job(*device, nullptr);
    wrongOutput.network.nodes[wrongOutput.network.nodes.size() - 2].settings = {{"units", 7}};
    EXPECT_EQ(TrainingSession(std::move(wrongOutput)).wait().error->code, "training.output_shape");
    auto wrongLoss = job(*device, nullptr);
    wrongLoss.plan.phases[0].objectives[0].loss = "mse";
    EXPECT_EQ(TrainingSession(std::move(wrongLoss)).wait().error->code, "plan.loss_does_not_fit");
    auto wrongMonitor = job(*device, nullptr);
    wrongMonitor.plan.monitor = "r2";
    EXPECT_EQ(TrainingSession(std::move(wrongMonitor)).wait().error->code, "plan.unknown_monitor");
    auto wrongRate = job(*device, nullptr);
    wrongRate.plan.phases[0].optimizerSettings = {{"learning_rate", -1}};
    EXPECT_EQ(TrainingSession(std::move(wrongRate)).wait().error->code, "property.out_of_range");
}

TEST_F(Training, AnExtendedPlanGoesOnWhereItEnded) {
    auto device = makeCpuDevice();
    MemorySink sink;
    TrainingSession(job(*device, &sink)).wait();
    auto longer = job(*device, &sink);
    extendPlan(longer.plan, 5, 2);
    longer.resumeFrom = *checkpointFromBytes(sink.last);
    TrainingSession session(std::move(longer));
    EXPECT_EQ(session.wait().state.epoch, 7);
}

TEST_F(Training, AnExtensionThatIsInterruptedEndsAtTheSameBits) {
    auto device = makeCpuDevice();
    MemorySink first;
    TrainingSession(job(*device, &first)).wait();
    const auto extended = [&](const std::vector<std::byte>& from, MemorySink& sink, bool stopAfterEpoch) {
        auto longer = job(*device, &sink);
        extendPlan(longer.plan, 5, 3);
        longer.resumeFrom = *checkpointFromBytes(from);
        TrainingSession session(std::move(longer));
        if (stopAfterEpoch) session.stopAfterEpoch();
        return session.wait().state.epoch;
    };
    MemorySink whole, half, rest;
    EXPECT_EQ(extended(first.last, whole, false), 8);
    EXPECT_LT(extended(first.last, half, true), 8);
    EXPECT_EQ(extended(half.last, rest, false), 8);
    EXPECT_EQ(numbersOf(rest.last), numbersOf(whole.last));
}

TEST_F(Training, AnExtensionHasAllItsPatienceAgain) {
    auto device = makeCpuDevice();
    MemorySink sink;
    const auto stopped = TrainingSession(impatientJob(*device, &sink, 3)).wait().state;
    ASSERT_EQ(stopped.waited, 3);
    auto longer = impatientJob(*device, &sink, 3);
    extendPlan(longer.plan, stopped.epoch, 2);
    longer.resumeFrom = *checkpointFromBytes(sink.last);
    TrainingSession session(std::move(longer));
    EXPECT_EQ(session.wait().state.epoch, stopped.epoch + 2);
}

}  // namespace
}  // namespace lamina
