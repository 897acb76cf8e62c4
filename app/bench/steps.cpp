#include "app/bench/steps.h"

#include <stdexcept>

#include "app/bench/machine.h"
#include "core/engine/op_type.h"
#include "core/engine/ops.h"
#include "core/tensor/random.h"

namespace lamina::bench {

namespace {

struct Net {
    Graph g;
    ValueId input = noValue, labels = noValue, loss = noValue;
    std::vector<ValueId> parameters;

    ValueId parameter(const std::string& name, Shape shape, std::int64_t fanIn) {
        const auto kind = fanIn > 0 ? Initializer::Kind::HeUniform : Initializer::Kind::Constant;
        parameters.push_back(g.parameter(name, std::move(shape), {kind, 0, fanIn, 1}));
        return parameters.back();
    }
    ValueId dense(ValueId x, const std::string& name, std::int64_t units, bool relu) {
        const std::int64_t inputs = g.shape(x)[1];
        const ValueId w = parameter(name + "/weight", {inputs, units}, inputs), b = parameter(name + "/bias", {units}, 0);
        const ValueId y = ops::addBias(g, ops::gemm(g, x, w), b);
        return relu ? ops::unary(g, UnaryKind::Relu, y) : y;
    }
    ValueId convolution(ValueId x, const std::string& name, std::int64_t channels) {
        const std::int64_t inputs = g.shape(x)[1];
        const ValueId w = parameter(name + "/weight", {channels, inputs, 3, 3}, inputs * 9), b = parameter(name + "/bias", {channels}, 0);
        WindowAttributes pool;
        pool.kernel = pool.stride = {2, 2};
        return ops::maxPool2d(g, ops::unary(g, UnaryKind::Relu, ops::addBias(g, ops::conv2d(g, x, w, {}), b)), pool);
    }
    void update(const std::vector<ValueId>& gradients) {
        const ValueId finite = ops::allFinite(g, gradients);
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const std::string name = g.value(parameters[i]).name;
            const Shape shape = g.shape(parameters[i]);
            ops::optimizerUpdate(g, parameters[i], gradients[i], {g.state(name + "#adam_m", shape, 0), g.state(name + "#adam_v", shape, 0)}, finite,
                                 {.kind = OptimizerKind::Adam});
        }
    }
};

void addClassifier(Net& n, ValueId logits, std::int64_t batch) {
    n.labels = n.g.input("labels", {batch}, DType::Int32);
    n.loss = ops::crossEntropy(n.g, logits, n.labels);
    n.update(appendGradients(n.g, n.loss, n.parameters));
}

Net mlp(std::int64_t batch) {
    Net n;
    n.input = n.g.input("x", {batch, 784});
    const ValueId h = n.dense(n.dense(n.input, "dense_1", 1024, true), "dense_2", 512, true);
    addClassifier(n, n.dense(h, "dense_3", 10, false), batch);
    return n;
}

Net lenet(std::int64_t batch) {
    Net n;
    n.input = n.g.input("x", {batch, 1, 28, 28});
    const ValueId h = n.convolution(n.convolution(n.input, "conv_1", 32), "conv_2", 64);
    const ValueId flat = ops::reshape(n.g, h, {batch, 1600});
    addClassifier(n, n.dense(n.dense(flat, "dense_1", 128, true), "dense_2", 10, false), batch);
    return n;
}

/// The gradient is an input, so that nothing but the update (and its guard, over one number) runs.
Net adamOnly(std::int64_t numbers) {
    Net n;
    n.input = n.g.input("gradient", {numbers});
    n.parameter("weights", {numbers}, 10);
    n.loss = ops::allFinite(n.g, {n.g.input("one", {1})});
    const Shape shape{numbers};
    ops::optimizerUpdate(n.g, n.parameters[0], n.input, {n.g.state("m", shape, 0), n.g.state("v", shape, 0)}, n.loss, {.kind = OptimizerKind::Adam});
    return n;
}

Net netOf(StepKind kind, std::int64_t batch) { return kind == StepKind::Mlp ? mlp(batch) : kind == StepKind::Lenet ? lenet(batch) : adamOnly(batch); }

}  // namespace

TrainingStep::TrainingStep(StepKind kind, std::int64_t batch, int threads, const std::string& instructionSet)
    : m_device(makeCpuDevice({threads, instructionSet})), m_store(std::make_unique<ParameterStore>(*m_device)) {
    const Net net = netOf(kind, batch);
    auto program = Program::create(net.g, *m_device, *m_store, {net.loss}, 1);
    if (!program) throw std::runtime_error(program.error().debugText());
    m_program = std::move(*program);
    const RandomStream numbers(1, streamOf("bench"));
    const auto x = m_program->span<float>(net.input);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = kind == StepKind::AdamOnly ? 1e-3f * (numbers.uniform(i) - 0.5f) : numbers.uniform(i);
    if (net.labels == noValue) return;
    const auto labels = m_program->span<std::int32_t>(net.labels);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::int32_t>(i % 10);
}

void TrainingStep::run() {
    m_program->run(m_context);
    ++m_context.step;
}

double TrainingStep::measure(double seconds) {
    return secondsPerCall([this] { run(); }, seconds);
}

double TrainingStep::productFlops() const {
    double flops = 0;
    for (const PlannedOp& op : m_program->describe())
        if (op.op.rfind("gemm", 0) == 0 || op.op.rfind("conv2d", 0) == 0) flops += op.flops;
    return flops;
}

std::string TrainingStep::explain() const {
    std::string text;
    for (const PlannedOp& op : m_program->describe()) text += op.op + " | " + op.implementation + (op.note.empty() ? "" : " | " + op.note) + "\n";
    return text;
}

}  // namespace lamina::bench
