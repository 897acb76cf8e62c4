// Functions of one number with settings of their own.
#include <cmath>

#include "core/operators/indices.h"
#include "core/operators/pointwise.h"

namespace lamina {
namespace {

Operands leakyRelu(OperatorContext& context) {
    const double alpha = context.node.number("alpha", 0.01);
    if (context.inOps()) return context.ops(ops::unary(context.graph, UnaryKind::LeakyRelu, context.value(), alpha));
    return mapReals(context, [alpha](double x) { return x < 0 ? alpha * x : x; });
}

Operands elu(OperatorContext& context) {
    const double alpha = context.node.number("alpha", 1);
    if (context.inOps()) return context.ops(ops::unary(context.graph, UnaryKind::Elu, context.value(), alpha));
    return mapReals(context, [alpha](double x) { return x < 0 ? alpha * std::expm1(x) : x; });
}

/// gamma · elu(x, alpha).
Operands selu(OperatorContext& context) {
    const double alpha = context.node.number("alpha", 1.67326319217681884765625), gamma = context.node.number("gamma", 1.05070102214813232421875);
    Graph& g = context.graph;
    if (context.inOps()) return context.ops(ops::scale(g, ops::unary(g, UnaryKind::Elu, context.value(), alpha), gamma));
    return mapReals(context, [=](double x) { return gamma * (x < 0 ? alpha * std::expm1(x) : x); });
}

/// alpha · elu(x / alpha, 1).
Operands celu(OperatorContext& context) {
    const double alpha = context.node.number("alpha", 1);
    if (alpha == 0) return context.badAttribute("alpha");
    Graph& g = context.graph;
    if (context.inOps() && alpha > 0)
        return context.ops(ops::scale(g, ops::unary(g, UnaryKind::Elu, ops::scale(g, context.value(), 1 / alpha), 1), alpha));
    return mapReals(context, [=](double x) { return std::fmax(0, x) + std::fmin(0, alpha * std::expm1(x / alpha)); });
}

ValueId hardSigmoidOf(OperatorContext& context, ValueId x, double alpha, double beta) {
    Graph& g = context.graph;
    const ValueId line = ops::unary(g, UnaryKind::Offset, ops::scale(g, x, alpha), beta);
    return ops::binary(g, BinaryKind::Minimum, ops::unary(g, UnaryKind::Relu, line), number(context, 1));
}

Operands hardSigmoid(OperatorContext& context) {
    const double alpha = context.node.number("alpha", 0.2), beta = context.node.number("beta", 0.5);
    if (context.inOps()) return context.ops(hardSigmoidOf(context, context.value(), alpha, beta));
    return mapReals(context, [=](double x) { return std::fmin(1, std::fmax(0, alpha * x + beta)); });
}

Operands hardSwish(OperatorContext& context) {
    if (context.inOps()) return context.ops(ops::multiply(context.graph, context.value(), hardSigmoidOf(context, context.value(), 1.0 / 6, 0.5)));
    return mapReals(context, [](double x) { return x * std::fmin(1, std::fmax(0, x / 6 + 0.5)); });
}

Operands thresholdedRelu(OperatorContext& context) {
    const double alpha = context.node.number("alpha", 1);
    return mapReals(context, [alpha](double x) { return x > alpha ? x : 0; });
}

Operands shrink(OperatorContext& context) {
    const double lambda = context.node.number("lambd", 0.5), bias = context.node.number("bias", 0);
    const auto f = [=](double x) { return x < -lambda ? x + bias : x > lambda ? x - bias : 0; };
    if (isReal(context.type())) return mapReals(context, f);
    return mapWhole(context, [f](std::int64_t x) { return static_cast<std::int64_t>(f(static_cast<double>(x))); });
}

/// x where it is not negative, else slope · x; the slope is broadcast to x.
Operands prelu(OperatorContext& context) {
    Shape shape = context.shape(0);
    if (!broadcastTo(shape, context.shape(1)) || shape != context.shape(0)) return context.badShapes();
    if (!context.inOps()) return combine(context, {.real = [](double x, double slope) { return x < 0 ? slope * x : x; },
                                                   .whole = [](std::int64_t x, std::int64_t slope) { return x < 0 ? slope * x : x; },
                                                   .natural = [](std::uint64_t x, std::uint64_t) { return x; }}, context.type());
    Graph& g = context.graph;
    const ValueId negative = ops::unary(g, UnaryKind::Relu, ops::unary(g, UnaryKind::Negate, context.value(0)));
    return context.ops(ops::subtract(g, ops::unary(g, UnaryKind::Relu, context.value(0)), ops::multiply(g, context.value(1), negative)));
}

template <class N> void clipNumbers(std::span<const HostTensor> in, const HostTensor& out) {
    auto numbers = load<N>(in[0]);
    const auto bound = [&](std::size_t i) { return i < in.size() && in[i].data ? load<N>(in[i]) : std::vector<N>{}; };
    const auto low = bound(1), high = bound(2);
    for (N& x : numbers) {
        if (!low.empty() && x < low[0]) x = low[0];
        if (!high.empty() && x > high[0]) x = high[0];
    }
    store(out, numbers);
}

/// Bounds are attributes before opset 11, inputs since then.
Operands clip(OperatorContext& context) {
    std::vector<Operand> inputs{context.input()};
    for (std::size_t i = 1; i < 3; ++i) {
        const char* name = i == 1 ? "min" : "max";
        if (context.opset < 11 && context.node.attributes.count(name))
            inputs.push_back(operandOf(scalarTensor(context.node.number(name, 0), context.type())));
        else inputs.push_back(context.opset >= 11 && context.has(i) ? context.input(i) : Operand{});
        if (inputs.back().given() && elementCount(inputs.back().shape) != 1) return context.badShapes();
    }
    if (!context.inOps(1))
        return context.hostOn(inputs, {{context.shape(), context.type()}},
                              [](auto in, auto out) { withFamily(out[0].type, [&]<class N>(N) { clipNumbers<N>(in, out[0]); }); });
    Graph& g = context.graph;
    ValueId x = context.value();
    const auto bound = [&](const Operand& operand) {
        return operand.shape.empty() ? context.value(operand) : ops::reshape(g, context.value(operand), {});
    };
    if (inputs[1].given()) x = ops::binary(g, BinaryKind::Maximum, x, bound(inputs[1]));
    if (inputs[2].given()) x = ops::binary(g, BinaryKind::Minimum, x, bound(inputs[2]));
    return context.ops(x);
}

}  // namespace

const OperatorFamily& activations_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "LeakyRelu", .since = 6, .types = {reals}, .translate = leakyRelu},
        {.name = "Elu", .since = 6, .types = {reals}, .translate = elu},
        {.name = "Selu", .since = 6, .types = {reals}, .translate = selu},
        {.name = "Celu", .since = 12, .types = {reals}, .translate = celu},
        {.name = "HardSigmoid", .since = 6, .types = {reals}, .translate = hardSigmoid},
        {.name = "HardSwish", .since = 14, .types = {reals}, .translate = hardSwish},
        {.name = "ThresholdedRelu", .since = 10, .types = {reals}, .translate = thresholdedRelu},
        {.name = "Shrink", .since = 9, .types = {numbers}, .translate = shrink},
        {.name = "PRelu", .since = 9, .types = {numbers}, .translate = prelu, .minimumInputs = 2},
        {.name = "Clip", .since = 6, .types = {numbers}, .translate = clip},
    }};
    return family;
}

}  // namespace lamina
