#include "core/training/training_loop.h"

#include <algorithm>
#include <cmath>

#include "core/base/clock.h"
#include "core/engine/device_failure.h"
#include "core/metrics/metric_type.h"
#include "core/schedules/schedule_type.h"
#include "core/training/forward_pass.h"

namespace lamina {

void TrainingControl::setPaused(bool paused) {
    const std::lock_guard lock(m_mutex);
    m_paused = paused;
    m_changed.notify_all();
}

void TrainingControl::waitWhilePaused() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_paused || stop; });
}

namespace {

class TrainingLoop {
public:
    TrainingLoop(TrainingJob& job, TrainingControl& control) : m_job(job), m_control(control), m_store(*job.device) {}

    /// Epochs of steps, a validation after each, until the plan is fulfilled, nothing gets better, or somebody says stop.
    Result<TrainingEnd> run() {
        LAMINA_CHECK(prepare());
        while (m_state.epoch < m_job.plan.epochs && !m_state.finished) {
            while (m_state.batch < m_loader->batchesPerEpoch()) {
                if (m_control.paused()) LAMINA_CHECK(rest());
                if (m_control.stop) return leave(TrainingEnd::Stopped);
                LAMINA_CHECK(step());
                if (m_sinceCheckpoint.seconds() > m_job.plan.checkpointSeconds) LAMINA_CHECK(saveCheckpoint(false));
                if (m_sinceSnapshot.seconds() > 0.05) showSnapshot();
            }
            LAMINA_CHECK(endEpoch());
            if (m_control.stopAfterEpoch && !m_state.finished && m_state.epoch < m_job.plan.epochs) return leave(TrainingEnd::Stopped);
        }
        return m_stoppedEarly ? TrainingEnd::StoppedEarly : TrainingEnd::Finished;
    }

    TrainingResult result(Result<TrainingEnd> end) {
        TrainingResult result;
        result.end = end ? *end : TrainingEnd::Failed;
        if (!end) result.error = end.takeError();
        result.state = m_state;
        result.best = std::move(m_best);
        result.samplesPerSecond = m_stepSeconds > 0 ? static_cast<double>(m_samples) / m_stepSeconds : 0;
        return result;
    }

    /// What the device held is lost with it: the last checkpoint is where the run goes on.
    TrainingResult stoppedBy(const DeviceFailure& failure) {
        TrainingResult stopped = result(TrainingEnd::Stopped);
        stopped.error = fail("training.device_failed", {{"device", m_job.device->description()}, {"epoch", std::to_string(m_state.epoch + 1)},
                                                        {"step", std::to_string(m_state.step + 1)}, {"reason", failure.what()}});
        return stopped;
    }

    Result<void> prepare() {
        const TrainingPlan& plan = m_job.plan;
        LAMINA_CHECK(checkPlan(plan));
        const auto& phase = plan.phases.front();
        const auto& objective = phase.objectives.front();
        m_objective.loss = findLoss(objective.loss);
        if (!m_objective.loss) return fail("plan.unknown_loss", {{"loss", objective.loss}});
        if (m_objective.loss->target != m_job.task->target) return fail("plan.loss_does_not_fit", {{"loss", objective.loss}, {"task", m_job.task->id}});
        m_objective.settings = m_objective.loss->defaults;
        LAMINA_CHECK(propertiesFromJson(m_objective.loss->properties, objective.settings, m_objective.settings));
        m_optimizer = findOptimizer(phase.optimizer);
        if (!m_optimizer) return fail("plan.unknown_optimizer", {{"optimizer", phase.optimizer}});
        m_optimizerSettings = m_optimizer->defaults;
        LAMINA_CHECK(propertiesFromJson(m_optimizer->properties, phase.optimizerSettings, m_optimizerSettings));
        m_schedule = findSchedule(phase.schedule);
        if (!m_schedule) return fail("plan.unknown_schedule", {{"schedule", phase.schedule}});
        m_scheduleSettings = m_schedule->defaults;
        LAMINA_CHECK(propertiesFromJson(m_schedule->properties, phase.scheduleSettings, m_scheduleSettings));
        const auto& metrics = m_job.task->metrics;
        if (plan.monitor != "loss" && std::find(metrics.begin(), metrics.end(), plan.monitor) == metrics.end())
            return fail("plan.unknown_monitor", {{"monitor", plan.monitor}, {"task", m_job.task->id}});
        LAMINA_CHECK(checkFit());
        if (m_job.resumeFrom) LAMINA_CHECK(restoreParameters(*m_job.resumeFrom, m_store));
        m_training.emplace([this](std::int64_t batch) { return compileForTraining(m_job.network, batch, m_objective, *m_optimizer, m_optimizerSettings); }, m_store,
                           plan.seed);
        m_validation.emplace(m_job.network, m_store, &m_objective);
        LAMINA_CHECK(prepareLoader());
        return makePrograms();
    }

private:
    /// A device that refuses one says so before the first step, not after the first epoch.
    Result<void> makePrograms() {
        LAMINA_CHECK(m_training->prepare(static_cast<std::int64_t>(m_job.trainingRows.size()), m_job.plan.batchSize));
        return m_validation->prepare(static_cast<std::int64_t>(m_job.validationRows.size()), validationBatch());
    }

    std::int64_t validationBatch() const { return std::max<std::int64_t>(m_job.plan.batchSize, 256); }

    /// Rows of a class that training has never seen cannot be scored; they are left out here and told by PreparedData::issues().
    void dropUnknownClasses(std::vector<std::int64_t>& rows) const {
        if (m_job.data->preparation().target.classes) std::erase_if(rows, [this](std::int64_t row) { return m_job.data->label(row) < 0; });
    }

    Result<void> checkFit() {
        LAMINA_TRY(const Shape wanted, networkInputShape(m_job.network));
        if (wanted != m_job.data->inputShape())
            return fail("training.input_shape", {{"network", shapeText(wanted)}, {"data", shapeText(m_job.data->inputShape())}});
        LAMINA_TRY(const auto compiled, compileForInference(m_job.network, 1));
        const Shape& output = compiled.graph.shape(compiled.output);
        const auto needed = m_job.data->preparation().outputCount();
        if (output.size() != 2 || output[1] != needed)
            return fail("training.output_shape", {{"network", shapeText(Shape(output.begin() + 1, output.end()))}, {"needed", std::to_string(needed)}});
        return {};
    }

    Result<void> prepareLoader() {
        dropUnknownClasses(m_job.trainingRows);
        dropUnknownClasses(m_job.validationRows);
        LoaderSettings settings;
        settings.batchSize = m_job.plan.batchSize;
        settings.seed = m_job.plan.seed;
        settings.prefetch = m_job.plan.prefetch;
        LAMINA_TRY(auto loader, Loader::create(*m_job.data, m_job.trainingRows, settings));
        m_loader.emplace(std::move(loader));
        if (m_job.resumeFrom) m_state = m_job.resumeFrom->state;
        else resetSums();
        m_state.device = m_job.device->description();
        if (m_state.finished) m_state.waited = 0;  // a plan that was extended goes on, with all its patience
        m_state.finished = m_state.epoch >= m_job.plan.epochs;
        m_loader->setPosition({m_state.epoch, m_state.batch});
        m_firstStep = m_state.step;
        return {};
    }

    ItemSums emptySums() const {
        ItemSums sums;
        if (m_job.data->preparation().target.classes) sums.confusion = ConfusionMatrix(m_job.data->preparation().outputCount());
        return sums;
    }

    void resetSums() { m_state.sums = m_state.window = emptySums(); }

    /// One optimizer update. A loss or gradient that is not finite has touched nothing: the state before it is kept and told.
    Result<void> step() {
        const Stopwatch watch;
        const Batch& batch = m_loader->next();
        LAMINA_TRY(auto* cached, m_training->get(batch.count));
        feedBatch(*cached, batch);
        StepContext context;
        context.seed = m_job.plan.seed;
        context.step = static_cast<std::uint64_t>(m_state.step);
        context.learningRate = learningRate();
        cached->program->run(context);
        if (cached->program->span<float>(cached->network.finite)[0] == 0) return stopNotFinite();
        addBatch(*cached, batch);
        ++m_state.step;
        ++m_state.batch;
        m_samples += batch.count;
        m_stepSeconds += watch.seconds();
        return m_state.step % m_job.plan.metricsEvery == 0 ? addWindowRows() : Result<void>();
    }

    double learningRate() const {
        const auto course = scheduleCourse(m_job.plan, m_state.epoch);
        const auto batches = m_loader->batchesPerEpoch();
        const double factor = m_schedule->factor(m_scheduleSettings, m_state.step - course.first * batches, (course.last - course.first) * batches);
        return m_optimizer->learningRate(m_optimizerSettings) * factor;
    }

    void addBatch(const CachedProgram& cached, const Batch& batch) {
        const double loss = static_cast<double>(cached.program->span<float>(cached.network.loss)[0]) * static_cast<double>(batch.count);
        const auto output = cached.program->span<float>(cached.network.output);
        for (ItemSums* sums : {&m_state.sums, &m_state.window}) {
            sums->loss += loss;
            addOutputs(*sums, *m_job.data, batch, output);
        }
    }

    Result<void> stopNotFinite() {
        const Error error = fail("training.not_finite", {{"epoch", std::to_string(m_state.epoch + 1)}, {"step", std::to_string(m_state.step + 1)},
                                                         {"learning_rate", nlohmann::json(learningRate()).dump()}});
        LAMINA_CHECK(saveCheckpoint(false));
        return error;
    }

    void addPoint(const std::string& split, const std::string& name, double value) {
        m_points.push_back({m_state.sequence++, m_state.epoch + 1, m_state.step, split, name, value});
    }

    Result<void> addWindowRows() {
        addPoint("training", "batch_loss", m_state.window.meanLoss());
        if (m_state.window.confusion.classes > 0) addPoint("training", "batch_accuracy", findMetric("accuracy")->ofClasses(m_state.window.confusion));
        m_state.window = emptySums();
        return m_points.size() >= 500 || m_sincePoints.seconds() > 0.5 ? sendPoints() : Result<void>();
    }

    Result<void> sendPoints() {
        m_sincePoints = Stopwatch();
        if (m_points.empty() || !m_job.sink) {
            m_points.clear();
            return {};
        }
        return m_job.sink->metrics(std::exchange(m_points, {}));
    }

    void addSums(const std::string& split, const ItemSums& sums) {
        addPoint(split, "loss", sums.meanLoss());
        for (const auto& id : m_job.task->metrics) addPoint(split, id, valueOf(id, sums));
    }

    Result<ItemSums> validate() {
        ItemSums sums = emptySums();
        LAMINA_TRY(sums.loss, m_validation->run(*m_job.data, m_job.validationRows, validationBatch(),
                                                [&](const Batch& batch, std::span<const float> output) { addOutputs(sums, *m_job.data, batch, output); }));
        return sums;
    }

    static double valueOf(const std::string& metric, const ItemSums& sums) {
        if (metric == "loss") return sums.meanLoss();
        const auto* type = findMetric(metric);
        return type->ofClasses ? type->ofClasses(sums.confusion) : type->ofNumbers(sums.numbers);
    }

    Result<void> endEpoch() {
        const Stopwatch watch;
        addSums("training", m_state.sums);
        LAMINA_TRY(const ItemSums validation, validate());
        if (validation.items > 0) addSums("validation", validation);
        m_snapshot.validationLoss = validation.items > 0 ? validation.meanLoss() : -1;
        if (validation.items > 0) m_snapshot.validationHeadline = valueOf(m_job.task->headline, validation);
        const bool better = judge(valueOf(m_job.plan.monitor, validation.items > 0 ? validation : m_state.sums));
        showSnapshot();
        ++m_state.epoch;
        m_state.batch = 0;
        resetSums();
        m_stoppedEarly = m_job.plan.patience > 0 && m_state.waited >= m_job.plan.patience && m_state.epoch < m_job.plan.epochs;
        m_state.finished = m_stoppedEarly || m_state.epoch >= m_job.plan.epochs;
        LAMINA_CHECK(sendPoints());
        LAMINA_CHECK(saveCheckpoint(better));
        m_epochEndSeconds = watch.seconds();
        return {};
    }

    /// Is this epoch the best so far? Keeps score and patience.
    bool judge(double value) {
        const double sign = m_job.plan.monitorHigherIsBetter ? 1 : -1;
        const bool better = m_state.bestEpoch < 0 || sign * (value - m_state.best) > m_job.plan.minimumImprovement;
        if (better) {
            m_state.best = value;
            m_state.bestEpoch = m_state.epoch;
            m_state.waited = 0;
        } else {
            ++m_state.waited;
        }
        return better;
    }

    Result<void> saveCheckpoint(bool best) {
        m_sinceCheckpoint = Stopwatch();
        auto bytes = checkpointToBytes(m_state, m_store);
        if (best) m_best = bytes;
        if (!m_job.sink) return {};
        LAMINA_CHECK(sendPoints());
        return m_job.sink->checkpoint(std::move(bytes), m_state, best);
    }

    Result<TrainingEnd> leave(TrainingEnd end) {
        showSnapshot();
        LAMINA_CHECK(saveCheckpoint(false));
        return end;
    }

    Result<void> rest() {
        m_snapshot.paused = true;
        showSnapshot();
        LAMINA_CHECK(saveCheckpoint(false));
        m_control.waitWhilePaused();
        m_snapshot.paused = false;
        return {};
    }

    void showSnapshot() {
        m_sinceSnapshot = Stopwatch();
        TrainingSnapshot& s = m_snapshot;
        const auto batches = m_loader->batchesPerEpoch();
        s.epoch = std::min(m_state.epoch + 1, m_job.plan.epochs);
        s.epochs = m_job.plan.epochs;
        s.batch = m_state.batch;
        s.batches = batches;
        s.step = m_state.step;
        s.samplesPerSecond = m_stepSeconds > 0 ? static_cast<double>(m_samples) / m_stepSeconds : 0;
        s.loss = m_state.sums.meanLoss();
        s.headline = m_job.task->headline;
        if (m_state.sums.items > 0) s.headlineSoFar = valueOf(s.headline, m_state.sums);
        s.seconds = m_sinceStart.seconds();
        const auto stepsLeft = m_job.plan.epochs * batches - m_state.epoch * batches - m_state.batch;
        const auto stepsDone = std::max<std::int64_t>(1, m_state.step - m_firstStep);
        s.secondsLeft = static_cast<double>(stepsLeft) * m_stepSeconds / static_cast<double>(stepsDone) +
                        static_cast<double>(m_job.plan.epochs - m_state.epoch) * m_epochEndSeconds;
        s.patienceLeft = m_job.plan.patience > 0 ? m_job.plan.patience - m_state.waited : -1;
        m_control.snapshots.put(s);
    }

    TrainingJob& m_job;
    TrainingControl& m_control;
    ParameterStore m_store;
    TrainingState m_state;
    TrainingObjective m_objective;
    const OptimizerType* m_optimizer = nullptr;
    std::any m_optimizerSettings;
    const ScheduleType* m_schedule = nullptr;
    std::any m_scheduleSettings;
    std::optional<ProgramCache> m_training;
    std::optional<ForwardPass> m_validation;
    std::optional<Loader> m_loader;
    std::vector<MetricPoint> m_points;
    std::vector<std::byte> m_best;
    TrainingSnapshot m_snapshot;
    bool m_stoppedEarly = false;
    Stopwatch m_sinceStart, m_sinceCheckpoint, m_sinceSnapshot, m_sincePoints;
    double m_stepSeconds = 0, m_epochEndSeconds = 0;
    std::int64_t m_samples = 0, m_firstStep = 0;
};

}  // namespace

TrainingResult runTraining(TrainingJob& job, TrainingControl& control) {
    TrainingLoop loop(job, control);
    try {
        return loop.result(loop.run());
    } catch (const DeviceFailure& failure) {
        return loop.stoppedBy(failure);
    }
}

Result<void> tryTraining(TrainingJob& job) {
    TrainingControl control;
    return TrainingLoop(job, control).prepare();
}

}  // namespace lamina
