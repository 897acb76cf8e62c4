#include "app/bench/steps.h"

#include <stdexcept>

#include "core/compiler/compiler.h"
#include "core/engine/ops.h"
#include "core/tensor/random.h"

namespace lamina::bench {

namespace {

template <class T>
T take(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().debugText());
    return std::move(*result);
}

}  // namespace

Step::Step(int threads) : m_device(makeCpuDevice({threads, ""})), m_store(std::make_unique<ParameterStore>(*m_device)) {}

void Step::prepare(const Graph& graph, const std::vector<ValueId>& kept) { m_program = take(Program::create(graph, *m_device, *m_store, kept, 1)); }

void Step::fill(ValueId input, float scale, float shift) {
    const RandomStream numbers(1, streamOf("bench"));
    const auto x = m_program->span<float>(input);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = scale * (numbers.uniform(i) - shift);
}

Step Step::training(const MeasuredNetwork& measured, std::int64_t batch, int threads, Precision precision) {
    const OptimizerType& adam = *findOptimizer("adam");
    const LossType& loss = *findLoss(measured.loss);
    TrainingPhase phase{{{&loss, loss.defaults}}, &adam, adam.defaults};
    phase.precision = precision;
    const CompiledNetwork net = take(compileForTraining(measured.network, batch, phase));
    Step step(threads);
    step.prepare(net.graph, net.kept());
    step.fill(net.input, 1, 0);
    if (loss.target == TargetKind::ClassIndex) {
        const auto labels = step.m_program->span<std::int32_t>(net.target);
        for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::int32_t>(i % 10);
    } else {
        const auto targets = step.m_program->span<float>(net.target);
        for (std::size_t i = 0; i < targets.size(); ++i) targets[i] = static_cast<float>(i % 2);
    }
    return step;
}

Step Step::inference(const MeasuredNetwork& measured, std::int64_t batch, int threads) {
    const CompiledNetwork net = take(compileForInference(measured.network, batch));
    Step step(threads);
    step.prepare(net.graph, net.kept());
    step.fill(net.input, 1, 0);
    return step;
}

/// The gradient is an input, so that nothing but the update (and its guard, over one number) runs.
Step Step::adam(std::int64_t numbers, int threads) {
    Graph g;
    const Shape shape{numbers};
    const ValueId gradient = g.input("gradient", shape), weights = g.parameter("weights", shape, {Initializer::Kind::HeUniform, 0, 10, 1});
    const ValueId finite = ops::allFinite(g, {g.input("one", {1})});
    ops::optimizerUpdate(g, weights, gradient, {g.state("m", shape, 0), g.state("v", shape, 0)}, finite, {.kind = OptimizerKind::Adam});
    Step step(threads);
    step.prepare(g, {finite});
    step.fill(gradient, 1e-3f, 0.5f);
    return step;
}

void Step::run() {
    m_program->run(m_context);
    ++m_context.step;
}

CallTime Step::time(double seconds) {
    return timePerCall([this] { run(); }, seconds);
}

double Step::productFlops() const {
    double flops = 0;
    for (const PlannedOp& op : m_program->describe())
        if (op.op.rfind("gemm", 0) == 0 || op.op.rfind("conv2d", 0) == 0) flops += op.flops;
    return flops;
}

std::string Step::explain() const {
    std::string text;
    for (const PlannedOp& op : m_program->describe())
        text += op.op + " | " + op.origin + " | " + op.implementation + (op.note.empty() ? "" : " | " + op.note) + "\n";
    return text;
}

}  // namespace lamina::bench
