// The GPU proves itself where it is used for the first time: nobody has tried this card, driver and library together before.
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/engine/cuda/cuda_device.h"
#include "core/engine/formulas/optimizers.h"
#include "core/engine/op_type.h"
#include "core/engine/ops.h"
#include "core/engine/program.h"
#include "core/tensor/random.h"

namespace lamina {

namespace {

using Values = std::vector<ValueId>;

struct Family {
    const char* name;
    std::function<Values(Graph&)> build;  ///< gives what is compared
    double limit = 2e-5;
    double tf32Limit = limit;
};

ValueId weights(Graph& g, const std::string& name, Shape shape) { return g.parameter(name, std::move(shape), {Initializer::Kind::Normal, 0.3}); }

/// The value and the gradients of a weighted sum of it.
Values withGradients(Graph& g, ValueId y, const Values& wanted) {
    const ValueId loss = ops::reduce(g, ReduceKind::Sum, ops::multiply(g, y, g.input("weights", g.shape(y))), {});
    Values result{y};
    for (ValueId gradient : appendGradients(g, loss, wanted)) result.push_back(gradient);
    return result;
}

WindowAttributes window(std::int64_t kernel, std::int64_t stride, std::int64_t padding, std::int64_t groups = 1) {
    WindowAttributes attributes;
    attributes.kernel = {kernel, kernel};
    attributes.stride = {stride, stride};
    attributes.padding = {padding, padding, padding, padding};
    attributes.groups = groups;
    return attributes;
}

Values products(Graph& g) {
    const ValueId x = g.input("x", {37, 50}), w = weights(g, "w", {50, 45}), b = weights(g, "b", {45}), w2 = weights(g, "w2", {9, 45});
    const ValueId h = ops::unary(g, UnaryKind::Relu, ops::addBias(g, ops::gemm(g, x, w), b));
    return withGradients(g, ops::gemm(g, h, w2, false, true), {x, w, b, w2});
}

Values convolutions(Graph& g) {
    const ValueId x = g.input("x", {3, 4, 11, 10}), w = weights(g, "w", {12, 4, 3, 3}), b = weights(g, "b", {12}),
                  w2 = weights(g, "w2", {6, 6, 3, 3});
    const ValueId h = ops::unary(g, UnaryKind::Relu, ops::addBias(g, ops::conv2d(g, x, w, window(3, 1, 1)), b));
    return withGradients(g, ops::conv2d(g, h, w2, window(3, 2, 1, 2)), {x, w, b, w2});
}

Values pools(Graph& g) {
    const ValueId x = g.input("x", {3, 4, 11, 10});
    const ValueId y = ops::maxPool2d(g, x, window(3, 2, 1));
    return withGradients(g, ops::averagePool2d(g, y, window(2, 2, 0)), {x});
}

Values pointwise(Graph& g) {
    const ValueId x = g.input("x", {7, 33}), row = g.input("row", {33});
    ValueId y = ops::binary(g, BinaryKind::Divide, x, ops::unary(g, UnaryKind::Exp, row));
    for (auto kind : {UnaryKind::LeakyRelu, UnaryKind::Tanh, UnaryKind::Sigmoid, UnaryKind::Square, UnaryKind::Abs}) y = ops::unary(g, kind, y, 0.1);
    return withGradients(g, ops::dropout(g, y, {0.3, 5}), {x, row});
}

Values moves(Graph& g) {
    const ValueId x = g.input("x", {3, 4, 5}), y = g.input("y", {3, 2, 5});
    const ValueId both = ops::slice(g, ops::concat(g, {x, y}, 1), 1, 1, 4);
    return withGradients(g, ops::broadcast(g, ops::reshape(g, both, {3, 1, 20}), {3, 2, 20}), {x, y});
}

Values reductions(Graph& g) {
    const ValueId x = g.input("x", {6, 7, 40});
    Values results = withGradients(g, ops::softmax(g, ops::reduce(g, ReduceKind::Mean, x, {1}), 1), {x});
    results.push_back(ops::reduce(g, ReduceKind::Sum, x, {0, 2}));
    return results;
}

Values batchNorm(Graph& g) {
    const ValueId x = g.input("x", {5, 6, 7, 3}), gamma = weights(g, "gamma", {6}), beta = weights(g, "beta", {6});
    const ValueId mean = g.state("mean", {6}, 0), variance = g.state("variance", {6}, 1);
    Values results = withGradients(g, ops::batchNormTraining(g, x, gamma, beta, mean, variance, {}).y, {x, gamma, beta});
    results.push_back(ops::batchNormInference(g, x, gamma, beta, mean, variance, {}));
    return results;
}

Values losses(Graph& g) {
    const ValueId x = g.input("x", {65, 10}), labels = g.input("labels", {65}, DType::Int32);
    const ValueId targets = ops::unary(g, UnaryKind::Sigmoid, g.input("t", {65, 10}));
    const ValueId loss = ops::add(g, ops::crossEntropy(g, x, labels), ops::binaryCrossEntropy(g, x, targets));
    return {loss, appendGradients(g, loss, {x})[0]};
}

Values updates(Graph& g) {
    Values finite;
    for (auto kind : {OptimizerKind::Sgd, OptimizerKind::Adam, OptimizerKind::AdamW, OptimizerKind::Nadam, OptimizerKind::RmsProp, OptimizerKind::Adagrad,
                      OptimizerKind::Lion, OptimizerKind::Ema}) {
        const std::string name = "p" + std::to_string(static_cast<int>(kind));
        const ValueId p = weights(g, name, {300}), gradient = g.input("g" + name, {300});
        Values slots;
        const OptimizerAttributes attributes{.kind = kind, .momentum = 0.9, .epsilon = 1e-3, .weightDecay = 0.01};
        for (int i = 0; i < formulas::updateSlots(attributes); ++i) slots.push_back(g.state(name + std::to_string(i), {300}, 0));
        finite.push_back(ops::allFinite(g, {gradient}));
        ops::optimizerUpdate(g, p, kind == OptimizerKind::Ema ? p : gradient, slots, finite.back(), attributes);
    }
    return finite;
}

const std::vector<Family>& families() {
    // Products of ten bits of mantissa are off by 3e-4 each, and here some are made of others. Convolutions do not use the tensor cores.
    static const std::vector<Family> all{
        {"gemm", products, 2e-5, 2e-3}, {"conv2d", convolutions}, {"pooling", pools}, {"pointwise", pointwise}, {"moves", moves},
        {"reductions", reductions}, {"batch_norm", batchNorm, 5e-5}, {"losses", losses}, {"updates", updates}};
    return all;
}

void fillInputs(Program& program) {
    const Graph& g = program.graph();
    for (std::size_t i = 0; i < g.values.size(); ++i) {
        const Value& value = g.values[i];
        if (value.role != ValueRole::Input) continue;
        const RandomStream stream(7, streamOf(value.name));
        std::vector<double> numbers(static_cast<std::size_t>(elementCount(value.shape)));
        for (std::size_t k = 0; k < numbers.size(); ++k)
            numbers[k] = value.type == DType::Int32 ? static_cast<double>(stream.below(k, 3)) : static_cast<double>(stream.normal(k));
        program.write(static_cast<ValueId>(i), numbers);
    }
}

/// Kept values, then parameters and states, after three steps: on a GPU the first is launched op by op, later ones are replayed.
Result<std::vector<std::vector<double>>> compute(const Family& family, Device& device) {
    Graph g;
    const Values kept = family.build(g);
    ParameterStore store(device);
    LAMINA_TRY(const auto program, Program::create(std::move(g), device, store, kept, 3));
    fillInputs(*program);
    for (std::uint64_t step = 0; step < 3; ++step) program->run({5, step, 0.01});
    std::vector<std::vector<double>> results;
    for (ValueId id : kept) results.push_back(program->read(id));
    for (const auto& [name, entry] : store.entries()) results.push_back(store.read(name));
    return results;
}

double relativeError(const std::vector<double>& found, const std::vector<double>& expected) {
    double difference = 0, norm = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        difference += (found[i] - expected[i]) * (found[i] - expected[i]);
        norm += expected[i] * expected[i];
    }
    const double error = std::sqrt(difference) / std::max(std::sqrt(norm), 1e-12);
    return error == error ? error : HUGE_VAL;
}

}  // namespace

Result<std::vector<SelfTestLine>> testAgainstReference(Device& device, bool tf32) {
    const auto reference = makeReferenceDevice(DType::Float32);
    std::vector<SelfTestLine> lines;
    for (const Family& family : families()) {
        LAMINA_TRY(const auto expected, compute(family, *reference));
        LAMINA_TRY(const auto found, compute(family, device));
        SelfTestLine line{family.name, 0, tf32 ? family.tf32Limit : family.limit};
        for (std::size_t i = 0; i < expected.size(); ++i) line.error = std::max(line.error, relativeError(found[i], expected[i]));
        lines.push_back(line);
    }
    return lines;
}

}  // namespace lamina
