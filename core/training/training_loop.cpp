#include "core/training/training_loop.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include "core/base/clock.h"
#include "core/engine/device_failure.h"
#include "core/engine/step_trace.h"
#include "core/metrics/metric_type.h"
#include "core/training/forward_pass.h"
#include "core/training/item_metrics.h"
#include "core/training/resolved_phase.h"

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
    TrainingLoop(TrainingJob& job, TrainingControl& control) : m_job(job), m_control(control), m_store(*job.device), m_averaged(*job.device) {}

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

    const ParameterStore& parameters() const { return m_store; }

    Result<void> prepare() {
        LAMINA_CHECK(fitPlan(m_job.plan, *m_job.task, *m_job.data, m_job.trainingRows));
        const TrainingPlan& plan = m_job.plan;
        LAMINA_TRY(auto phases, resolvePhases(plan, m_job.network, *m_job.task, &m_job.data->preparation()));
        m_outputs = phaseOutputs(phases.back(), m_job.data->preparation());
        for (auto& phase : phases) m_phases.emplace_back(std::move(phase), m_store, plan.seed);
        LAMINA_CHECK(checkMonitor());
        LAMINA_CHECK(checkFit());
        if (m_job.resumeFrom) LAMINA_CHECK(restoreParameters(*m_job.resumeFrom, m_store));
        else if (m_job.startFrom) LAMINA_CHECK(restoreParameters(*m_job.startFrom, m_store));
        m_validation.emplace(m_job.network, plan.ema > 0 ? m_averaged : m_store, m_phases.back().resolved.training.objectives);
        LAMINA_CHECK(prepareLoader());
        return makePrograms();
    }

private:
    /// A phase and its programs, which all share one store. Never moved: its programs keep referring to it.
    struct RunningPhase {
        RunningPhase(ResolvedPhase phase, ParameterStore& store, std::uint64_t seed)
            : resolved(std::move(phase)),
              programs([this](std::int64_t batch) { return compileForTraining(resolved.network, batch, resolved.training); }, store, seed) {}
        const ResolvedPhase resolved;
        ProgramCache programs;
    };

    /// A device that refuses one says so before the first step, not after the first epoch.
    Result<void> makePrograms() {
        for (auto& phase : m_phases)
            LAMINA_CHECK(phase.programs.prepare(static_cast<std::int64_t>(m_job.trainingRows.size()), m_job.plan.batchSize));
        if (m_job.plan.ema > 0) LAMINA_CHECK(copyForUse(m_store, m_averaged));
        return m_validation->prepare(static_cast<std::int64_t>(m_job.validationRows.size()), validationBatch());
    }

    /// Not so large that it would need more memory than the training steps.
    std::int64_t validationBatch() const { return std::max(m_job.plan.batchSize, std::min<std::int64_t>(4 * m_job.plan.batchSize, 256)); }

    Result<void> checkMonitor() const {
        const std::string& monitor = m_job.plan.monitor;
        if (!knowsMetric(*m_job.task, monitor)) return fail("plan.unknown_monitor", {{"monitor", monitor}, {"task", m_job.task->id}});
        if (needsScores(monitor) && m_job.validationRows.empty()) return fail("plan.monitor_needs_validation", {{"monitor", monitor}});
        return {};
    }

    /// Rows of a class that training has never seen cannot be scored; they are left out here and told by PreparedData::issues().
    void dropUnknownClasses(std::vector<std::int64_t>& rows) const {
        const Preparation& preparation = m_job.data->preparation();
        for (std::size_t place = 0; place <= preparation.moreTargets.size(); ++place)
            if (preparation.targetAt(place).classes) std::erase_if(rows, [&](std::int64_t row) { return m_job.data->label(row, place) < 0; });
    }

    /// Whether the rows fit the phases before the last is seen when they are compiled.
    Result<void> checkFit() {
        const ResolvedPhase& last = m_phases.back().resolved;
        if (!last.predicts()) return {};
        LAMINA_CHECK(checkInputs());
        LAMINA_CHECK(checkOutput(last.training.objectives[0].output, 0));
        for (const PhaseOutput& output : m_outputs)
            if (output.target >= 0) LAMINA_CHECK(checkOutput(output.layer, static_cast<std::size_t>(output.target)));
        return {};
    }

    Result<void> checkInputs() const {
        const Preparation& preparation = m_job.data->preparation();
        const auto inputs = networkInputs(m_job.network);
        if (inputs.size() == 1 && inputs[0].shape == preparation.inputShape()) return {};
        for (const NetworkInput& input : inputs) {
            const auto part = std::find_if(preparation.inputs.begin(), preparation.inputs.end(), [&](const InputPart& p) { return p.layer == input.layer; });
            const Shape found = part == preparation.inputs.end() ? preparation.inputShape() : part->shape;
            if (input.shape != found)
                return fail("training.input_shape", {{"network", shapeText(input.shape)}, {"data", shapeText(found)}, {"layer", input.layer}});
        }
        return {};
    }

    Result<void> checkOutput(const std::string& layer, std::size_t target) const {
        LAMINA_TRY(const Network used, networkUpTo(m_job.network, layer));
        LAMINA_TRY(const auto compiled, compileForInference(used, 1));
        const Shape& output = compiled.graph.shape(compiled.output);
        const auto needed = m_job.data->preparation().outputCountOf(target);
        if (output.size() != 2 || output[1] != needed)
            return fail("training.output_shape",
                        {{"network", shapeText(Shape(output.begin() + 1, output.end()))}, {"needed", std::to_string(needed)}, {"layer", layer}});
        return {};
    }

    Result<void> prepareLoader() {
        dropUnknownClasses(m_job.trainingRows);
        dropUnknownClasses(m_job.validationRows);
        LoaderSettings settings;
        settings.batchSize = m_job.plan.batchSize;
        settings.seed = m_job.plan.seed;
        settings.prefetch = m_job.plan.prefetch;
        LAMINA_TRY(auto augmenter, Augmenter::create(m_job.plan.augmentation, m_job.data->preparation()));
        if (!augmenter.empty()) settings.augmenter = std::make_shared<const Augmenter>(std::move(augmenter));
        LAMINA_TRY(auto loader, Loader::create(*m_job.data, m_job.trainingRows, settings));
        m_loader.emplace(std::move(loader));
        if (m_job.resumeFrom) m_state = m_job.resumeFrom->state;
        else resetSums();
        m_state.device = m_job.device->description();
        if (m_state.updates.empty()) m_state.updates = {m_state.step};
        m_state.updates.resize(m_phases.size(), 0);
        m_state.schedules.resize(m_phases.size());
        if (m_state.outputs.size() != m_outputs.size()) m_state.outputs = emptyOutputs();
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

    std::vector<ItemSums> emptyOutputs() const {
        std::vector<ItemSums> all(m_outputs.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            if (m_outputs[i].task && targetOf(m_outputs[i]).classes) all[i].confusion = ConfusionMatrix(std::ssize(targetOf(m_outputs[i]).classNames));
        return all;
    }

    const TargetColumn& targetOf(const PhaseOutput& output) const { return m_job.data->preparation().targetAt(static_cast<std::size_t>(output.target)); }

    void resetSums() {
        m_state.sums = m_state.window = emptySums();
        m_state.outputs = emptyOutputs();
    }

    /// One batch: an update of each phase whose turn it is. The last of them is what the curves show.
    Result<void> step() {
        const Stopwatch watch;
        const Batch& batch = m_loader->next();
        CachedProgram* shown = nullptr;
        for (std::size_t i = 0; i < m_phases.size(); ++i) {
            const PlanPhase& phase = m_phases[i].resolved.plan;
            if (!takesPart(phase, m_state.epoch) || m_state.step % phase.every != 0) continue;
            LAMINA_TRY(shown, update(i, batch));
            m_shown = i;
        }
        addBatch(*shown, batch);
        ++m_state.step;
        ++m_state.batch;
        m_samples += batch.count;
        m_stepSeconds += watch.seconds();
        return m_state.step % m_job.plan.metricsEvery == 0 ? addWindowRows() : Result<void>();
    }

    /// One optimizer update. A loss or gradient that is not finite has touched nothing: the state before it is kept and told.
    Result<CachedProgram*> update(std::size_t index, const Batch& batch) {
        RunningPhase& phase = m_phases[index];
        LAMINA_TRY(auto* cached, phase.programs.get(batch.count));
        StepContext context;
        context.seed = m_job.plan.seed + index;
        context.step = static_cast<std::uint64_t>(m_state.updates[index]);
        context.learningRate = learningRate(index);
        feedBatch(*cached, batch, context.seed, context.step);
        runStep(*cached, context);
        if (cached->program->span<float>(cached->network.finite)[0] == 0) return stopNotFinite(phase.resolved, batch, context);
        ++m_state.updates[index];
        return cached;
    }

    /// Of the first steps the last one stays recorded: by then memory and caches are warm.
    void runStep(const CachedProgram& cached, const StepContext& context) {
        constexpr std::int64_t warmUp = 20;
        if (!m_job.trace || m_state.step - m_firstStep > warmUp) return cached.program->run(context);
        const TraceScope recording(*m_job.trace);
        cached.program->run(context);
        m_job.trace->step = m_state.step + 1;
    }

    double learningRate(std::size_t index) const {
        const ResolvedPhase& phase = m_phases[index].resolved;
        const auto course = scheduleCourse(m_job.plan, phase.plan, m_state.epoch);
        const auto batches = m_loader->batchesPerEpoch();
        const double factor = phase.schedule->factor(phase.scheduleSettings, m_state.step - course.first * batches, (course.last - course.first) * batches);
        return phase.training.optimizer->learningRate(phase.training.optimizerSettings) * factor * m_state.schedules[index].factor;
    }

    void addBatch(const CachedProgram& cached, const Batch& batch) {
        const double loss = static_cast<double>(cached.program->span<float>(cached.network.loss)[0]) * static_cast<double>(batch.count);
        const auto output = cached.program->span<float>(cached.network.output);
        for (ItemSums* sums : {&m_state.sums, &m_state.window}) {
            sums->loss += loss;
            addItems(*sums, m_phases[m_shown].resolved, batch, output);
        }
        if (m_shown + 1 == m_phases.size()) addToOutputs(m_state.outputs, cached, batch);
    }

    /// Each output of the last phase, by itself.
    void addToOutputs(std::vector<ItemSums>& all, const CachedProgram& cached, const Batch& batch) const {
        for (std::size_t i = 0; i < m_outputs.size(); ++i) {
            const PhaseOutput& output = m_outputs[i];
            for (const std::size_t term : output.terms)
                all[i].loss += static_cast<double>(cached.program->span<float>(cached.network.terms[term].loss)[0]) * static_cast<double>(batch.count);
            if (output.target < 0) {
                all[i].items += batch.count;
                continue;
            }
            const BatchAnswers answers = output.target == 0 ? BatchAnswers{batch.labels, batch.targets} : batch.more[static_cast<std::size_t>(output.target) - 1];
            addAnswers(all[i], targetOf(output), answers, batch.count, cached.program->span<float>(cached.network.terms[output.terms[0]].value));
        }
    }

    void addItems(ItemSums& sums, const ResolvedPhase& phase, const Batch& batch, std::span<const float> output) const {
        if (phase.predicts()) addOutputs(sums, *m_job.data, batch, output);
        else sums.items += batch.count;
    }

    Error stopNotFinite(const ResolvedPhase& phase, const Batch& batch, const StepContext& context) {
        if (auto saved = saveCheckpoint(false); !saved) return saved.takeError();
        const std::string layer = firstNotFinite(phase, batch, context);
        const std::string epoch = std::to_string(m_state.epoch + 1), step = std::to_string(m_state.step + 1), rate = nlohmann::json(context.learningRate).dump();
        if (layer.empty()) return fail("training.not_finite", {{"epoch", epoch}, {"step", step}, {"learning_rate", rate}});
        return fail("training.not_finite_at", {{"layer", layer}, {"epoch", epoch}, {"step", step}, {"learning_rate", rate}});
    }

    /// The first layer that gives something not finite for this batch; empty where all are finite, and only the loss or a gradient is not.
    std::string firstNotFinite(const ResolvedPhase& phase, const Batch& batch, const StepContext& context) {
        auto compiled = compileForwardInTraining(phase.network, batch.count, phase.training.objectives);
        if (!compiled) return {};
        CachedProgram looking{std::move(*compiled), nullptr};
        std::vector<ValueId> kept;
        for (const auto& [node, value] : looking.network.nodes) kept.push_back(value);
        auto program = Program::create(std::move(looking.network.graph), *m_job.device, m_store, kept, m_job.plan.seed);
        if (!program) return {};
        looking.program = std::move(*program);
        feedBatch(looking, batch, context.seed, context.step);
        looking.program->run(context);
        for (const auto& [node, value] : looking.network.nodes) {
            const auto numbers = looking.program->read(value);
            if (!std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); })) return node;
        }
        return {};
    }

    void addPoint(const std::string& split, const std::string& name, double value) {
        m_points.push_back({m_state.sequence++, m_state.epoch + 1, m_state.step, split, name, value});
    }

    Result<void> addWindowRows() {
        addPoint("training", "batch_loss", m_state.window.meanLoss());
        if (m_state.window.confusion.total() > 0) addPoint("training", "batch_accuracy", findMetric("accuracy")->ofClasses(m_state.window.confusion));
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
        if (!m_phases.back().resolved.predicts()) return;
        auto ids = m_job.task->metrics;
        if (const auto& monitor = m_job.plan.monitor; monitor != "loss" && std::find(ids.begin(), ids.end(), monitor) == ids.end()) ids.push_back(monitor);
        for (const auto& [id, value] : metricsOf(ids, sums))
            if (!needsScores(id) || sums.scores.items() > 0) addPoint(split, id, value);
    }

    /// "loss@layer" and what the output's task knows.
    void addOutputPoints(const std::string& split, const std::vector<ItemSums>& all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::string at = "@" + m_outputs[i].layer;
            addPoint(split, "loss" + at, all[i].meanLoss());
            if (!m_outputs[i].task) continue;
            for (const auto& [id, value] : metricsOf(m_outputs[i].task->metrics, all[i]))
                if (!needsScores(id)) addPoint(split, id + at, value);
        }
    }

    Result<ItemSums> validate(std::vector<ItemSums>& outputs) {
        ItemSums sums = emptySums();
        outputs = emptyOutputs();
        if (needsScores(m_job.plan.monitor)) sums.scores = ScoreSums(sums.confusion.classes);
        if (m_job.plan.ema > 0) LAMINA_CHECK(copyForUse(m_store, m_averaged));
        LAMINA_TRY(sums.loss, m_validation->look(*m_job.data, m_job.validationRows, validationBatch(), [&](const Batch& batch, const CachedProgram& cached) {
            addItems(sums, m_phases.back().resolved, batch, cached.program->span<float>(cached.network.output));
            addToOutputs(outputs, cached, batch);
        }));
        return sums;
    }

    Result<void> endEpoch() {
        const Stopwatch watch;
        addSums("training", m_state.sums);
        addOutputPoints("training", m_state.outputs);
        std::vector<ItemSums> outputs;
        LAMINA_TRY(const ItemSums validation, validate(outputs));
        if (validation.items > 0) addSums("validation", validation);
        if (validation.items > 0) addOutputPoints("validation", outputs);
        m_snapshot.validationLoss = validation.items > 0 ? validation.meanLoss() : -1;
        if (validation.items > 0) m_snapshot.validationHeadline = metricOf(m_job.task->headline, validation);
        const double monitor = metricOf(m_job.plan.monitor, validation.items > 0 ? validation : m_state.sums);
        const bool better = judge(monitor);
        judgeSchedules(m_job.plan.monitorHigherIsBetter ? -monitor : monitor);
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

    void judgeSchedules(double monitor) {
        for (std::size_t i = 0; i < m_phases.size(); ++i)
            if (const ResolvedPhase& phase = m_phases[i].resolved; phase.schedule->judge && takesPart(phase.plan, m_state.epoch))
                phase.schedule->judge(phase.scheduleSettings, m_state.schedules[i], monitor);
    }

    /// Is this epoch the best so far? Keeps score and patience.
    bool judge(double value) {
        const double sign = m_job.plan.monitorHigherIsBetter ? 1 : -1;
        const bool better = m_state.bestEpoch < 0 || (std::isnan(m_state.best) && !std::isnan(value)) || sign * (value - m_state.best) > m_job.plan.minimumImprovement;
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
        if (m_state.sums.items > 0) s.headlineSoFar = metricOf(s.headline, m_state.sums);
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
    ParameterStore m_averaged;  ///< what validation uses where running averages are kept
    std::deque<RunningPhase> m_phases;
    std::vector<PhaseOutput> m_outputs;  ///< of the last phase, where it has several
    std::size_t m_shown = 0;    ///< the phase whose loss and outputs are shown
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

Result<void> tryTraining(TrainingJob& job, const std::function<void(const ParameterStore&)>& look) {
    TrainingControl control;
    TrainingLoop loop(job, control);
    LAMINA_CHECK(loop.prepare());
    if (look) look(loop.parameters());
    return {};
}

}  // namespace lamina
