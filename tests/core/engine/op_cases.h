// Every op in every form that matters, as small graphs with the gradients of what they give: what a device is asked to compute like the reference.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/engine/formulas/optimizers.h"
#include "core/engine/op_type.h"
#include "core/engine/ops.h"
#include "core/engine/program.h"
#include "core/tensor/random.h"

namespace lamina::op_cases {

struct Case {
    std::string name;
    std::function<std::vector<ValueId>(Graph&)> build;  ///< gives what is compared
    double tolerance = 1e-5;
};

inline void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

/// Inputs are normal numbers (labels: 0, 1, 2); the same for every device.
inline void fillInputs(Program& program) {
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

struct Outcome {
    std::vector<std::vector<double>> values;
    std::vector<PlannedOp> plan;
};

inline Outcome compute(const Case& c, Device& device, int runs = 2) {
    Graph g;
    const auto kept = c.build(g);
    EXPECT_FALSE(g.error()) << g.error()->debugText();
    ParameterStore store(device);
    auto program = Program::create(g, device, store, kept, 3);
    EXPECT_TRUE(program.ok()) << (program.ok() ? "" : program.error().debugText());
    if (!program.ok()) return {};
    fillInputs(**program);
    for (int step = 0; step < runs; ++step) (*program)->run({5, static_cast<std::uint64_t>(step), 0.01});
    Outcome outcome{{}, (*program)->describe()};
    for (ValueId id : kept) outcome.values.push_back((*program)->read(id));
    for (const auto& [name, entry] : store.entries()) outcome.values.push_back(store.read(name));
    return outcome;
}

inline double relativeError(const std::vector<double>& a, const std::vector<double>& b) {
    double difference = 0, norm = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        difference += (a[i] - b[i]) * (a[i] - b[i]);
        norm += b[i] * b[i];
    }
    return std::sqrt(difference) / std::max(std::sqrt(norm), 1e-12);
}

inline void expectClose(const Outcome& found, const Outcome& expected, double tolerance) {
    ASSERT_EQ(found.values.size(), expected.values.size());
    for (std::size_t i = 0; i < found.values.size(); ++i) {
        ASSERT_EQ(found.values[i].size(), expected.values[i].size());
        EXPECT_LE(relativeError(found.values[i], expected.values[i]), tolerance) << "value " << i;
    }
}

inline ValueId parameter(Graph& g, const std::string& name, Shape shape) {
    return g.parameter(name, std::move(shape), {Initializer::Kind::Normal, 0.5});
}

/// The value, and the gradients of a weighted sum of it.
inline std::vector<ValueId> withGradients(Graph& g, ValueId y, const std::vector<ValueId>& wanted) {
    const ValueId weights = g.input("weights of the sum", g.shape(y));
    const ValueId loss = ops::reduce(g, ReduceKind::Sum, ops::multiply(g, y, weights), {});
    std::vector<ValueId> result{y};
    for (ValueId d : appendGradients(g, loss, wanted)) result.push_back(d);
    return result;
}

inline Case gemmCase(std::int64_t m, std::int64_t n, std::int64_t k, bool ta, bool tb) {
    return {"gemm_" + std::to_string(m) + "_" + std::to_string(n) + "_" + std::to_string(k) + (ta ? "_ta" : "") + (tb ? "_tb" : ""), [=](Graph& g) {
                const ValueId a = g.input("a", ta ? Shape{k, m} : Shape{m, k}), b = parameter(g, "b", tb ? Shape{n, k} : Shape{k, n});
                return withGradients(g, ops::gemm(g, a, b, ta, tb), {a, b});
            }};
}

inline Case denseCase(UnaryKind kind) {
    return {std::string("dense_") + unaryName(kind), [=](Graph& g) {
                const ValueId x = g.input("x", {37, 50});
                const ValueId h = ops::unary(g, kind, ops::addBias(g, ops::gemm(g, x, parameter(g, "w", {50, 45})), parameter(g, "b", {45})), 0.1);
                const ValueId y = ops::addBias(g, ops::gemm(g, h, parameter(g, "w2", {45, 3})), parameter(g, "b2", {3}));
                return withGradients(g, y, {x, 1, 2});
            }};
}

inline Case unaryCase(UnaryKind kind, Shape shape) {
    return {std::string("unary_") + unaryName(kind) + std::to_string(shape.size()), [=](Graph& g) {
                const ValueId given = g.input("x", shape);
                const bool positive = kind == UnaryKind::Log || kind == UnaryKind::Sqrt || kind == UnaryKind::Pow;
                const ValueId x = positive ? ops::add(g, ops::unary(g, UnaryKind::Square, given), g.constant("one", {1}, {1.0})) : given;
                return withGradients(g, ops::unary(g, kind, x, 0.3), {given});
            }};
}

inline Case binaryCase(BinaryKind kind, Shape a, Shape b) {
    std::string name = std::string("binary_") + binaryName(kind);
    for (auto s : a) name += "_" + std::to_string(s);
    for (auto s : b) name += "_" + std::to_string(s);
    return {name, [=](Graph& g) {
                const ValueId x = g.input("x", a), z = g.input("z", b);
                const ValueId y = ops::binary(g, kind, x, kind == BinaryKind::Divide ? ops::unary(g, UnaryKind::Exp, z) : z);
                return withGradients(g, y, {x, z});
            }};
}

inline Case reduceCase(ReduceKind kind, Shape shape, std::vector<std::int64_t> axes) {
    std::string name = kind == ReduceKind::Sum ? "sum" : kind == ReduceKind::Mean ? "mean" : "largest";
    for (auto s : shape) name += "_" + std::to_string(s);
    for (auto axis : axes) name += "_a" + std::to_string(axis);
    return {name, [=](Graph& g) {
                const ValueId x = g.input("x", shape);
                const ValueId y = ops::reduce(g, kind, x, axes);
                return kind == ReduceKind::Maximum ? std::vector<ValueId>{y} : withGradients(g, y, {x});
            }};
}

struct ConvolutionOf {
    const char* name;
    Shape x, w;
    WindowAttributes window;
    double tolerance = 1e-5;
};

inline Case convolutionCase(const ConvolutionOf& c) {
    return {std::string("conv_") + c.name,
            [=](Graph& g) {
                const ValueId x = g.input("x", c.x), w = parameter(g, "w", c.w), b = parameter(g, "b", {c.w[0]});
                const ValueId y = ops::unary(g, UnaryKind::Relu, ops::addBias(g, ops::conv2d(g, x, w, c.window), b));
                return withGradients(g, y, {x, w, b});
            },
            c.tolerance};
}

inline WindowAttributes window(std::array<std::int64_t, 2> kernel, std::array<std::int64_t, 2> stride, std::array<std::int64_t, 4> padding,
                               std::int64_t groups = 1, std::array<std::int64_t, 2> dilation = {1, 1}) {
    WindowAttributes a;
    a.kernel = kernel;
    a.stride = stride;
    a.padding = padding;
    a.groups = groups;
    a.dilation = dilation;
    return a;
}

/// A number for every channel of what a convolution gives (blocked layout).
inline Case perChannelCase(BinaryKind kind) {
    return {std::string("per_channel_") + binaryName(kind), [=](Graph& g) {
                const ValueId given = g.input("x", {3, 7, 9, 8}), numbers = g.input("numbers", {20, 1, 1});
                const ValueId x = ops::conv2d(g, given, parameter(g, "w", {20, 7, 3, 3}), window({3, 3}, {1, 1}, {1, 1, 1, 1}));
                const ValueId shifted = kind == BinaryKind::Divide ? ops::unary(g, UnaryKind::Exp, numbers) : numbers;
                return withGradients(g, ops::binary(g, kind, x, shifted), {given, numbers});
            }};
}

/// Pooling after a convolution (blocked layout) or on plain input.
inline Case poolCase(const char* name, bool maximum, bool afterConvolution, WindowAttributes attributes) {
    return {std::string(maximum ? "max_pool_" : "average_pool_") + name + (afterConvolution ? "_blocked" : ""), [=](Graph& g) {
                const ValueId given = g.input("x", {5, 6, 13, 11}), w = parameter(g, "w", {20, 6, 3, 3});
                const ValueId x = afterConvolution ? ops::conv2d(g, given, w, window({3, 3}, {1, 1}, {1, 1, 1, 1})) : ops::scale(g, given, 2);
                return withGradients(g, maximum ? ops::maxPool2d(g, x, attributes) : ops::averagePool2d(g, x, attributes), {given});
            }};
}

/// A point-wise op between two convolutions: 20 channels, so that blocks are padded.
inline Case betweenConvolutions(const std::string& name, std::function<ValueId(Graph&, ValueId)> middle) {
    return {"between_convolutions_" + name,
            [=](Graph& g) {
                const ValueId x = g.input("x", {4, 3, 9, 9}), w = parameter(g, "w", {20, 3, 3, 3}), w2 = parameter(g, "w2", {7, 20, 3, 3});
                const ValueId h = middle(g, ops::conv2d(g, x, w, window({3, 3}, {1, 1}, {1, 1, 1, 1})));
                return withGradients(g, ops::conv2d(g, h, w2, window({3, 3}, {1, 1}, {0, 0, 0, 0})), {x, w, w2});
            },
            2e-5};
}

inline Case matMulCase(Shape a, Shape b, bool ta, bool tb) {
    std::string name = std::string("mat_mul") + (ta ? "_ta" : "") + (tb ? "_tb" : "");
    for (auto s : a) name += "_" + std::to_string(s);
    for (auto s : b) name += "_" + std::to_string(s);
    return {name, [=](Graph& g) {
                const ValueId x = g.input("a", a), z = g.input("b", b);
                return withGradients(g, ops::matMul(g, x, z, ta, tb), {x, z});
            }};
}

inline Case transposeCase(Shape shape, std::vector<std::int64_t> axes) {
    std::string name = "transpose";
    for (auto s : shape) name += "_" + std::to_string(s);
    for (auto axis : axes) name += "_a" + std::to_string(axis);
    return {name, [=](Graph& g) {
                const ValueId x = g.input("x", shape);
                return withGradients(g, ops::transpose(g, x, axes), {x});
            }};
}

/// A table of few rows and one of many; a third of the indices lies outside.
inline Case gatherCase(Shape table, Shape indices, DType type) {
    return {"gather_" + std::to_string(table[0]) + "_" + std::to_string(table[1]) + "_" + dtypeName(type), [=](Graph& g) {
                const ValueId rows = g.input("rows", indices, type), x = parameter(g, "table", table);
                const ValueId places = type == DType::Int32 ? rows : ops::scale(g, rows, 1.7 * static_cast<double>(table[0]));
                auto results = withGradients(g, ops::gather(g, x, places), {x});
                results.push_back(ops::oneHot(g, places, table[0]));
                return results;
            }};
}

inline Case batchNormCase(Shape shape, bool training, bool blocked) {
    return {
        std::string("batch_norm_") + (training ? "training_" : "inference_") + std::to_string(shape.size()) + (blocked ? "_blocked" : ""),
        [=](Graph& g) {
            const ValueId given = g.input("x", shape);
            const std::int64_t c = blocked ? 20 : shape[1];
            const ValueId x = blocked ? ops::conv2d(g, given, parameter(g, "w", {c, shape[1], 3, 3}), window({3, 3}, {1, 1}, {1, 1, 1, 1})) : given;
            const ValueId gamma = parameter(g, "gamma", {c}), beta = parameter(g, "beta", {c}), mean = g.state("mean", {c}, 0),
                          variance = g.state("variance", {c}, 1);
            const ValueId y = training ? ops::batchNormTraining(g, x, gamma, beta, mean, variance, {}).y
                                       : ops::batchNormInference(g, x, gamma, beta, mean, variance, {});
            return withGradients(g, y, {given, gamma, beta});
        },
        3e-5};
}

/// Two convolutions, pools and dense layers, trained for two steps.
inline std::vector<ValueId> trainingStep(Graph& g, OptimizerAttributes optimizer, std::int64_t batch) {
    const ValueId x = g.input("x", {batch, 1, 16, 16}), labels = g.input("labels", {batch}, DType::Int32);
    WindowAttributes pool = window({2, 2}, {2, 2}, {0, 0, 0, 0});
    const auto conv = [&](ValueId v, const std::string& name, Shape w) {
        const std::int64_t channels = w[0];
        const ValueId y = ops::addBias(g, ops::conv2d(g, v, parameter(g, name, std::move(w)), window({3, 3}, {1, 1}, {0, 0, 0, 0})),
                                       parameter(g, name + "b", {channels}));
        return ops::maxPool2d(g, ops::unary(g, UnaryKind::Relu, y), pool);
    };
    ValueId h = conv(conv(x, "c1", {12, 1, 3, 3}), "c2", {20, 12, 3, 3});
    h = ops::reshape(g, h, {batch, 80});
    h = ops::unary(g, UnaryKind::Relu, ops::addBias(g, ops::gemm(g, h, parameter(g, "w3", {80, 33})), parameter(g, "b3", {33})));
    h = ops::addBias(g, ops::gemm(g, h, parameter(g, "w4", {33, 10})), parameter(g, "b4", {10}));
    const ValueId loss = ops::crossEntropy(g, h, labels);
    std::vector<ValueId> parameters;
    for (std::size_t i = 0; i < g.values.size(); ++i)
        if (g.values[i].role == ValueRole::Parameter) parameters.push_back(static_cast<ValueId>(i));
    const auto gradients = appendGradients(g, loss, parameters);
    const ValueId finite = ops::allFinite(g, gradients);
    const int slots = formulas::updateSlots(optimizer);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        std::vector<ValueId> states;
        for (int s = 0; s < slots; ++s) states.push_back(g.state(g.value(parameters[i]).name + "#" + std::to_string(s), g.shape(parameters[i]), 0));
        ops::optimizerUpdate(g, parameters[i], gradients[i], states, finite, optimizer);
    }
    return {loss, finite};
}

inline Case trainingCase(const char* name, OptimizerAttributes optimizer, std::int64_t batch) {
    return {std::string("training_step_") + name, [=](Graph& g) { return trainingStep(g, optimizer, batch); }, 1e-4};
}

inline Case layerNormCase(Shape shape, bool centered, bool affine) {
    std::string name = std::string(centered ? "layer_norm" : "rms_norm") + (affine ? "" : "_plain");
    for (auto s : shape) name += "_" + std::to_string(s);
    return {name, [=](Graph& g) {
                const ValueId x = g.input("x", shape), gamma = affine ? parameter(g, "gamma", {shape[1]}) : noValue;
                const ValueId beta = affine && centered ? parameter(g, "beta", {shape[1]}) : noValue;
                std::vector<ValueId> wanted{x};
                for (const ValueId learned : {gamma, beta})
                    if (learned != noValue) wanted.push_back(learned);
                const auto all = ops::layerNorm(g, ops::scale(g, x, 1), gamma, beta, {.epsilon = 1e-3, .centered = centered, .affine = affine});
                auto result = withGradients(g, all.y, wanted);
                result.insert(result.end(), {all.mean, all.rstd});
                return result;
            }};
}

struct RecurrentOf {
    const char* name;
    RecurrentKind kind;
    std::int64_t items, times, channels, units;
    bool reverse = false, relu = false;
    enum { All, Real, Whole } lengths = All;
};

inline Case recurrentCase(const RecurrentOf& c) {
    return {std::string("recurrent_") + c.name, [=](Graph& g) {
                const std::int64_t rows = c.units * (c.kind == RecurrentKind::Lstm ? 4 : c.kind == RecurrentKind::Gru ? 3 : 1);
                const ValueId x = g.input("x", {c.items, c.times, c.channels});
                const auto normal = [&](const char* name, Shape shape) { return g.parameter(name, std::move(shape), {Initializer::Kind::Normal, 0.2}); };
                const ValueId w = normal("w", {rows, c.channels}), r = normal("r", {rows, c.units}), b = normal("b", {rows}), rb = normal("rb", {rows});
                std::vector<double> some;
                for (std::int64_t item = 0; item < c.items; ++item) some.push_back(static_cast<double>(item % (c.times + 1)));
                const ValueId lengths = c.lengths == RecurrentOf::All    ? noValue
                                        : c.lengths == RecurrentOf::Real ? g.constant("lengths", {c.items}, some)
                                                                         : g.input("lengths", {c.items}, DType::Int32);
                const RecurrentAttributes attributes{c.kind, c.reverse, lengths != noValue, c.relu};
                return withGradients(g, ops::recurrent(g, x, w, r, b, rb, lengths, attributes).y, {x, w, r, b, rb});
            }};
}

inline std::vector<Case> recurrentCases() {
    using enum RecurrentKind;
    std::vector<Case> cases;
    for (const RecurrentOf& c : {RecurrentOf{"simple", Simple, 5, 4, 3, 17}, RecurrentOf{"simple_relu", Simple, 33, 3, 5, 8, true, true},
                                 RecurrentOf{"simple_lengths", Simple, 6, 4, 2, 5, true, false, RecurrentOf::Real},
                                 RecurrentOf{"lstm", Lstm, 37, 5, 9, 33}, RecurrentOf{"lstm_reverse", Lstm, 3, 6, 1, 20, true},
                                 RecurrentOf{"lstm_lengths", Lstm, 20, 5, 3, 7, false, false, RecurrentOf::Real},
                                 RecurrentOf{"lstm_reverse_lengths", Lstm, 9, 5, 3, 7, true, false, RecurrentOf::Whole},
                                 RecurrentOf{"lstm_wide", Lstm, 2, 2, 4, 70}, RecurrentOf{"lstm_one_item", Lstm, 1, 7, 3, 5},
                                 RecurrentOf{"lstm_one_time", Lstm, 4, 1, 3, 5}, RecurrentOf{"lstm_one", Lstm, 1, 1, 1, 1},
                                 RecurrentOf{"gru", Gru, 37, 5, 9, 33}, RecurrentOf{"gru_lengths", Gru, 20, 5, 3, 7, false, false, RecurrentOf::Real},
                                 RecurrentOf{"gru_reverse_lengths", Gru, 5, 4, 3, 18, true, false, RecurrentOf::Real}, RecurrentOf{"gru_wide", Gru, 2, 2, 4, 130}})
        cases.push_back(recurrentCase(c));
    return cases;
}

inline std::vector<Case> allCases() {
    std::vector<Case> cases;
    for (bool ta : {false, true})
        for (bool tb : {false, true})
            for (auto [m, n, k] :
                 {std::array<std::int64_t, 3>{1, 1, 1}, {3, 5, 7}, {14, 32, 16}, {64, 100, 129}, {130, 33, 64}, {1, 256, 300}, {9, 70, 2100}})
                cases.push_back(gemmCase(m, n, k, ta, tb));
    for (auto kind : {UnaryKind::Relu, UnaryKind::LeakyRelu, UnaryKind::Sigmoid, UnaryKind::Tanh, UnaryKind::Exp, UnaryKind::Square,
                      UnaryKind::Elu, UnaryKind::Gelu, UnaryKind::GeluTanh, UnaryKind::Silu, UnaryKind::Softplus, UnaryKind::Mish, UnaryKind::Offset})
        cases.push_back(denseCase(kind));
    for (int kind = 0; kind <= static_cast<int>(lastUnaryKind); ++kind) {
        cases.push_back(unaryCase(static_cast<UnaryKind>(kind), {7, 11}));
        cases.push_back(unaryCase(static_cast<UnaryKind>(kind), {2, 3, 80, 90}));
    }
    for (int kind = 0; kind <= static_cast<int>(BinaryKind::Minimum); ++kind)
        for (const auto& [a, b] : {std::pair<Shape, Shape>{{4, 5}, {4, 5}},
                                   {{200, 300}, {300}},
                                   {{6, 1, 4}, {5, 1}},
                                   {{2, 3, 4, 5}, {3, 1, 1}},
                                   {{40000}, {1}},
                                   {{3, 4}, {}}})
            cases.push_back(binaryCase(static_cast<BinaryKind>(kind), a, b));
    for (auto kind : {BinaryKind::Add, BinaryKind::Subtract, BinaryKind::Multiply, BinaryKind::Divide, BinaryKind::Maximum, BinaryKind::Minimum})
        cases.push_back(perChannelCase(kind));
    for (auto kind : {ReduceKind::Sum, ReduceKind::Mean, ReduceKind::Maximum})
        for (const auto& [shape, axes] : {std::pair<Shape, std::vector<std::int64_t>>{{3, 4, 5}, {}},
                                          {{300, 700}, {0}},
                                          {{300, 700}, {1}},
                                          {{5, 6, 7, 8}, {0, 2, 3}},
                                          {{5, 6, 7, 8}, {1, 3}},
                                          {{5, 6, 7, 8}, {0, 2}},
                                          {{4, 70000}, {1}},
                                          {{3}, {0}},
                                          {{}, {}}})
            cases.push_back(reduceCase(kind, shape, axes));
    for (const auto& c : {ConvolutionOf{"first", {9, 1, 28, 28}, {32, 1, 3, 3}, window({3, 3}, {1, 1}, {0, 0, 0, 0})},
                          ConvolutionOf{"winograd", {16, 64, 16, 16}, {64, 64, 3, 3}, window({3, 3}, {1, 1}, {1, 1, 1, 1}), 1e-4},
                          ConvolutionOf{"strided", {5, 7, 15, 14}, {20, 7, 3, 3}, window({3, 3}, {2, 2}, {1, 1, 1, 1})},
                          ConvolutionOf{"point", {3, 18, 5, 5}, {30, 18, 1, 1}, window({1, 1}, {1, 1}, {0, 0, 0, 0})},
                          ConvolutionOf{"dilated", {2, 16, 12, 12}, {16, 16, 3, 3}, window({3, 3}, {1, 1}, {2, 2, 2, 2}, 1, {2, 2})},
                          ConvolutionOf{"depthwise", {3, 16, 9, 9}, {16, 1, 3, 3}, window({3, 3}, {1, 1}, {1, 1, 1, 1}, 16)},
                          ConvolutionOf{"grouped", {3, 12, 9, 9}, {18, 4, 3, 3}, window({3, 3}, {1, 1}, {1, 1, 1, 1}, 3)},
                          ConvolutionOf{"uneven", {1, 3, 10, 7}, {5, 3, 4, 2}, window({4, 2}, {3, 1}, {0, 1, 2, 0})}})
        cases.push_back(convolutionCase(c));
    WindowAttributes counted = window({3, 3}, {2, 2}, {1, 1, 1, 1});
    counted.countPadding = true;
    for (bool maximum : {true, false})
        for (bool blocked : {false, true}) {
            cases.push_back(poolCase("two", maximum, blocked, window({2, 2}, {2, 2}, {0, 0, 0, 0})));
            cases.push_back(poolCase("padded", maximum, blocked, window({3, 3}, {2, 2}, {1, 1, 1, 1})));
            cases.push_back(poolCase("overlapping", maximum, blocked, window({3, 2}, {1, 1}, {2, 0, 1, 1})));
            cases.push_back(poolCase("dilated", maximum, blocked, window({3, 3}, {2, 1}, {1, 1, 1, 1}, 1, {2, 2})));
            cases.push_back(poolCase("counted", maximum, blocked, counted));
        }
    for (int kind = 0; kind <= static_cast<int>(lastUnaryKind); ++kind) {
        const auto k = static_cast<UnaryKind>(kind);
        if (k == UnaryKind::Log || k == UnaryKind::Sqrt || k == UnaryKind::Pow) continue;
        cases.push_back(betweenConvolutions(unaryName(k), [=](Graph& g, ValueId x) { return ops::unary(g, k, x, 0.2); }));
    }
    cases.push_back(betweenConvolutions("add", [](Graph& g, ValueId x) { return ops::add(g, x, ops::unary(g, UnaryKind::Tanh, x)); }));
    cases.push_back(
        betweenConvolutions("divide", [](Graph& g, ValueId x) { return ops::binary(g, BinaryKind::Divide, x, ops::unary(g, UnaryKind::Exp, x)); }));
    cases.push_back(betweenConvolutions("scale_channels", [](Graph& g, ValueId x) {
        return ops::multiply(g, x, ops::unary(g, UnaryKind::Sigmoid, ops::reduce(g, ReduceKind::Mean, x, {2, 3}, true)));
    }));
    cases.push_back(betweenConvolutions("concat", [](Graph& g, ValueId x) {
        return ops::concat(g, {ops::slice(g, x, 1, 0, 12), ops::slice(g, x, 1, 12, 8)}, 1);
    }));
    cases.push_back(betweenConvolutions("dropout", [](Graph& g, ValueId x) { return ops::dropout(g, x, {0.4, 77}); }));
    cases.push_back({"dropout", [](Graph& g) {
                         const ValueId x = g.input("x", {63, 801});
                         return withGradients(g, ops::dropout(g, x, {0.3, 99}), {x});
                     }});
    cases.push_back(betweenConvolutions("transpose", [](Graph& g, ValueId x) { return ops::transpose(g, x, {0, 1, 3, 2}); }));
    cases.push_back(betweenConvolutions("pad", [](Graph& g, ValueId x) { return ops::pad(g, x, {0, 0, 1, 0}, {0, 0, 2, 1}, 0.5); }));
    cases.push_back(betweenConvolutions("gaussian_noise", [](Graph& g, ValueId x) { return ops::gaussianNoise(g, x, {0.4, 78}); }));
    for (const auto& [a, b] : {std::pair<Shape, Shape>{{3, 5, 7}, {3, 7, 4}},
                               {{40, 9, 16}, {40, 16, 9}},
                               {{2, 4, 33, 20}, {2, 4, 20, 35}},
                               {{2, 130, 300}, {2, 300, 140}},
                               {{5, 6, 7}, {7, 4}},
                               {{6, 7}, {5, 7, 4}}})
        cases.push_back(matMulCase(a, b, false, false));
    cases.push_back(matMulCase({4, 20, 33}, {4, 20, 35}, true, false));
    cases.push_back(matMulCase({4, 33, 20}, {4, 35, 20}, false, true));
    cases.push_back(matMulCase({2, 530, 50}, {2, 60, 530}, true, true));
    cases.push_back(matMulCase({4, 20, 33}, {35, 20}, true, true));
    cases.push_back(transposeCase({300, 200}, {1, 0}));
    cases.push_back(transposeCase({3, 50, 40, 3}, {0, 3, 1, 2}));
    cases.push_back(transposeCase({4, 30, 6, 17}, {0, 2, 1, 3}));
    cases.push_back(transposeCase({7, 1, 9, 33}, {3, 2, 1, 0}));
    cases.push_back(transposeCase({5, 6, 7}, {2, 0, 1}));
    cases.push_back(transposeCase({5, 1, 7}, {1, 0, 2}));
    cases.push_back(transposeCase({2, 3, 4, 5, 6, 7}, {5, 1, 3, 0, 2, 4}));
    for (const auto& [before, after] : {std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>{{0, 0, 0}, {0, 0, 0}},
                                        {{1, 0, 0}, {0, 0, 0}},
                                        {{0, 2, 0}, {3, 0, 0}},
                                        {{1, 2, 3}, {4, 5, 6}}})
        cases.push_back({"pad" + std::to_string(before[0]) + std::to_string(before[1]) + std::to_string(before[2]), [=](Graph& g) {
                             const ValueId x = g.input("x", {7, 13, 300});
                             return withGradients(g, ops::pad(g, x, before, after, -0.5), {x});
                         }});
    for (DType type : {DType::Int32, DType::Float32}) {
        cases.push_back(gatherCase({2, 5}, {300}, type));
        cases.push_back(gatherCase({900, 33}, {20, 30}, type));
    }
    for (std::int64_t axis : {0, 1, 2})
        cases.push_back({"log_softmax_axis" + std::to_string(axis), [=](Graph& g) {
                             const ValueId x = g.input("x", {5, 70, 9});
                             return withGradients(g, ops::logSoftmax(g, x, axis), {x});
                         }});
    cases.push_back({"softmax_long", [](Graph& g) {
                         const ValueId x = g.input("x", {3, 5003});
                         auto results = withGradients(g, ops::softmax(g, ops::scale(g, x, 4)), {x});
                         results.push_back(ops::logSoftmax(g, x));
                         return results;
                     }});
    cases.push_back({"upsample", [](Graph& g) {
                         const ValueId x = g.input("x", {2, 3, 5, 4}), wide = ops::broadcast(g, ops::reshape(g, x, {2, 3, 5, 1, 4, 1}), {2, 3, 5, 3, 4, 2});
                         return withGradients(g, ops::reshape(g, wide, {2, 3, 15, 8}), {x});
                     }});
    cases.push_back({"six_axes", [](Graph& g) {
                         const ValueId x = g.input("x", {3, 1, 4, 1, 5, 2}), z = g.input("z", {2, 1, 6, 1, 2});
                         return withGradients(g, ops::reduce(g, ReduceKind::Mean, ops::multiply(g, x, z), {1, 3, 4}), {x, z});
                     }});
    cases.push_back({"clip", [](Graph& g) {
                         const ValueId x = g.input("x", {63, 801});
                         return withGradients(g, ops::clip(g, x, -0.7, 1.2), {x});
                     }});
    cases.push_back({"gaussian_noise", [](Graph& g) {
                         const ValueId x = g.input("x", {63, 801});
                         return withGradients(g, ops::gaussianNoise(g, x, {0.3, 98}), {x});
                     }});
    cases.push_back({"concat_slice", [](Graph& g) {
                         const ValueId a = g.input("a", {3, 4, 5}), b = g.input("b", {3, 2, 5});
                         const ValueId y = ops::concat(g, {a, b, a}, 1);
                         return withGradients(g, ops::slice(g, y, 1, 2, 5), {a, b});
                     }});
    cases.push_back({"broadcast", [](Graph& g) {
                         const ValueId a = g.input("a", {3, 1, 5, 1});
                         return withGradients(g, ops::broadcast(g, a, {3, 4, 5, 6}), {a});
                     }});
    for (std::int64_t axis : {0, 1, 2})
        cases.push_back({"softmax_axis" + std::to_string(axis), [=](Graph& g) {
                             const ValueId x = g.input("x", {5, 70, 9});
                             return withGradients(g, ops::softmax(g, x, axis), {x});
                         }});
    cases.push_back({"cross_entropy", [](Graph& g) {
                         const ValueId x = g.input("x", {301, 10}), labels = g.input("labels", {301}, DType::Int32);
                         const ValueId loss = ops::crossEntropy(g, x, labels);
                         return std::vector<ValueId>{loss, appendGradients(g, loss, {x})[0]};
                     }});
    cases.push_back({"cross_entropy_with_labels_outside", [](Graph& g) {
                         const ValueId x = g.input("x", {301, 2}), labels = g.input("labels", {301}, DType::Int32);
                         const ValueId loss = ops::crossEntropy(g, x, labels);
                         return std::vector<ValueId>{loss, appendGradients(g, loss, {x})[0]};
                     }});
    cases.push_back({"binary_cross_entropy", [](Graph& g) {
                         const ValueId x = g.input("x", {301, 20}), t = ops::unary(g, UnaryKind::Sigmoid, g.input("t", {301, 20}));
                         const ValueId loss = ops::binaryCrossEntropy(g, x, t);
                         return std::vector<ValueId>{loss, appendGradients(g, loss, {x})[0]};
                     }});
    for (bool training : {true, false}) {
        cases.push_back(batchNormCase({70, 33}, training, false));
        cases.push_back(batchNormCase({9, 5, 6, 7}, training, false));
        cases.push_back(batchNormCase({9, 5, 6, 7}, training, true));
    }
    for (bool centered : {true, false})
        for (bool affine : {true, false}) {
            cases.push_back(layerNormCase({70, 33}, centered, affine));
            cases.push_back(layerNormCase({3, 5000}, centered, affine));
            cases.push_back(layerNormCase({1000, 1}, centered, affine));
        }
    for (const Case& c : recurrentCases()) cases.push_back(c);
    cases.push_back(trainingCase("sgd", {.kind = OptimizerKind::Sgd, .weightDecay = 0.01}, 19));
    cases.push_back(trainingCase("momentum", {.kind = OptimizerKind::Sgd, .momentum = 0.9}, 64));
    cases.push_back(trainingCase("adam", {.kind = OptimizerKind::Adam, .epsilon = 1e-3, .weightDecay = 0.01}, 32));
    cases.push_back(trainingCase("adamw", {.kind = OptimizerKind::AdamW, .epsilon = 1e-3, .weightDecay = 0.01}, 7));
    cases.push_back(trainingCase("nadam", {.kind = OptimizerKind::Nadam, .epsilon = 1e-3}, 32));
    cases.push_back(trainingCase("rmsprop", {.kind = OptimizerKind::RmsProp, .momentum = 0.9, .epsilon = 1e-3}, 32));
    cases.push_back(trainingCase("adagrad", {.kind = OptimizerKind::Adagrad, .epsilon = 1e-3}, 32));
    return cases;
}

}  // namespace lamina::op_cases
