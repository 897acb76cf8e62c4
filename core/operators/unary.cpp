// Functions of one number.
#include <cmath>

#include "core/operators/pointwise.h"

namespace lamina {
namespace {

double absolute(double x) { return std::fabs(x); }
double negated(double x) { return -x; }
double signOf(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
double rectified(double x) { return x < 0 ? 0 : x; }
double reciprocal(double x) { return 1 / x; }
double sigmoid(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }
double softplus(double x) { return std::fmax(x, 0) + std::log1p(std::exp(-std::fabs(x))); }
double softsign(double x) { return x / (1 + std::fabs(x)); }
double mish(double x) { return x * std::tanh(softplus(x)); }

std::int64_t wholeAbsolute(std::int64_t x) { return x < 0 ? static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(x)) : x; }
std::int64_t wholeNegated(std::int64_t x) { return static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(x)); }
std::int64_t wholeSign(std::int64_t x) { return (x > 0) - (x < 0); }
std::int64_t wholeRectified(std::int64_t x) { return x < 0 ? 0 : x; }

/// On host memory, for reals and (where W is there) whole numbers.
template <double (*F)(double), std::int64_t (*W)(std::int64_t) = nullptr> Operands onHost(OperatorContext& context) {
    if (isReal(context.type())) return mapReals(context, F);
    if (familyOf(context.type()) == Family::Unsigned) return std::vector<Operand>{context.input()};  // the sign of a natural number: see sign()
    if constexpr (W != nullptr) return mapWhole(context, W);
    return context.badShapes();
}

template <UnaryKind Kind, double (*F)(double), std::int64_t (*W)(std::int64_t) = nullptr> Operands inOps(OperatorContext& context) {
    if (!context.inOps()) return onHost<F, W>(context);
    return context.ops(ops::unary(context.graph, Kind, context.value()));
}

Operands sign(OperatorContext& context) {
    if (!isReal(context.type())) return mapWhole(context, wholeSign);
    return mapReals(context, signOf);
}

Operands invert(OperatorContext& context) {
    if (!context.inOps()) return mapReals(context, reciprocal);
    return context.ops(ops::binary(context.graph, BinaryKind::Divide, number(context, 1), context.value()));
}

Operands softSign(OperatorContext& context) {
    if (!context.inOps()) return mapReals(context, softsign);
    Graph& g = context.graph;
    const ValueId x = context.value();
    return context.ops(ops::binary(g, BinaryKind::Divide, x, ops::unary(g, UnaryKind::Offset, ops::unary(g, UnaryKind::Abs, x), 1)));
}

Operands gelu(OperatorContext& context) {
    const bool tanhForm = context.node.text("approximate", "none") == "tanh";
    if (context.inOps()) return context.ops(ops::unary(context.graph, tanhForm ? UnaryKind::GeluTanh : UnaryKind::Gelu, context.value()));
    if (tanhForm) return mapReals(context, [](double x) { return 0.5 * x * (1 + std::tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))); });
    return mapReals(context, [](double x) { return 0.5 * x * std::erfc(-x * 0.7071067811865476); });
}

Operands isNan(OperatorContext& context) {
    return context.host(context.shape(), DType::Bool, [](auto in, auto out) {
        auto numbers = load<double>(in[0]);
        for (double& x : numbers) x = std::isnan(x);
        store(out[0], numbers);
    });
}

Operands isInfinite(OperatorContext& context) {
    const bool positive = context.node.integer("detect_positive", 1) != 0, negative = context.node.integer("detect_negative", 1) != 0;
    return context.host(context.shape(), DType::Bool, [=](auto in, auto out) {
        auto numbers = load<double>(in[0]);
        for (double& x : numbers) x = std::isinf(x) && (x > 0 ? positive : negative);
        store(out[0], numbers);
    });
}

Operands logicalNot(OperatorContext& context) { return mapWhole(context, [](std::int64_t x) { return std::int64_t{x == 0}; }); }
Operands bitwiseNot(OperatorContext& context) { return mapWhole(context, [](std::int64_t x) { return ~x; }); }

}  // namespace

const OperatorFamily& unary_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "Abs", .since = 6, .types = {numbers}, .translate = inOps<UnaryKind::Abs, absolute, wholeAbsolute>},
        {.name = "Neg", .since = 6, .types = {reals | signedWhole}, .translate = inOps<UnaryKind::Negate, negated, wholeNegated>},
        {.name = "Relu", .since = 6, .types = {reals | signedWhole}, .translate = inOps<UnaryKind::Relu, rectified, wholeRectified>},
        {.name = "Sign", .since = 9, .types = {numbers}, .translate = sign},
        {.name = "Sigmoid", .since = 6, .types = {reals}, .translate = inOps<UnaryKind::Sigmoid, sigmoid>},
        {.name = "Tanh", .since = 6, .types = {reals}, .translate = inOps<UnaryKind::Tanh, std::tanh>},
        {.name = "Exp", .since = 6, .types = {reals}, .translate = inOps<UnaryKind::Exp, std::exp>},
        {.name = "Log", .since = 6, .types = {reals}, .translate = inOps<UnaryKind::Log, std::log>},
        {.name = "Sqrt", .since = 6, .types = {reals}, .translate = inOps<UnaryKind::Sqrt, std::sqrt>},
        {.name = "Softplus", .types = {reals}, .translate = inOps<UnaryKind::Softplus, softplus>},
        {.name = "Mish", .since = 18, .types = {reals}, .translate = inOps<UnaryKind::Mish, mish>},
        {.name = "Gelu", .since = 20, .types = {reals}, .translate = gelu},
        {.name = "Softsign", .types = {reals}, .translate = softSign},
        {.name = "Reciprocal", .since = 6, .types = {reals}, .translate = invert},
        {.name = "Ceil", .since = 6, .types = {reals}, .translate = onHost<std::ceil>},
        {.name = "Floor", .since = 6, .types = {reals}, .translate = onHost<std::floor>},
        {.name = "Round", .since = 11, .types = {reals}, .translate = onHost<std::nearbyint>},
        {.name = "Erf", .since = 9, .types = {reals}, .translate = onHost<std::erf>},
        {.name = "Sin", .since = 7, .types = {reals}, .translate = onHost<std::sin>},
        {.name = "Cos", .since = 7, .types = {reals}, .translate = onHost<std::cos>},
        {.name = "Tan", .since = 7, .types = {reals}, .translate = onHost<std::tan>},
        {.name = "Asin", .since = 7, .types = {reals}, .translate = onHost<std::asin>},
        {.name = "Acos", .since = 7, .types = {reals}, .translate = onHost<std::acos>},
        {.name = "Atan", .since = 7, .types = {reals}, .translate = onHost<std::atan>},
        {.name = "Sinh", .since = 9, .types = {reals}, .translate = onHost<std::sinh>},
        {.name = "Cosh", .since = 9, .types = {reals}, .translate = onHost<std::cosh>},
        {.name = "Asinh", .since = 9, .types = {reals}, .translate = onHost<std::asinh>},
        {.name = "Acosh", .since = 9, .types = {reals}, .translate = onHost<std::acosh>},
        {.name = "Atanh", .since = 9, .types = {reals}, .translate = onHost<std::atanh>},
        {.name = "IsNaN", .since = 9, .types = {reals}, .translate = isNan},
        {.name = "IsInf", .since = 10, .types = {reals}, .translate = isInfinite},
        {.name = "Not", .types = {truth}, .translate = logicalNot},
        {.name = "BitwiseNot", .since = 18, .types = {whole}, .translate = bitwiseNot},
    }};
    return family;
}

}  // namespace lamina
