// Functions of two numbers with broadcasting, and of any number of tensors.
#include <cmath>

#include "core/operators/indices.h"
#include "core/operators/pointwise.h"

namespace lamina {
namespace {

using Signed = std::int64_t;
using Unsigned = std::uint64_t;

/// Whole numbers wrap around as they do in every runtime.
Signed wrapped(Unsigned x) { return static_cast<Signed>(x); }

constexpr Pairs addition{[](double a, double b) { return a + b; }, [](Signed a, Signed b) { return wrapped(Unsigned(a) + Unsigned(b)); },
                         [](Unsigned a, Unsigned b) { return a + b; }};
constexpr Pairs subtraction{[](double a, double b) { return a - b; }, [](Signed a, Signed b) { return wrapped(Unsigned(a) - Unsigned(b)); },
                            [](Unsigned a, Unsigned b) { return a - b; }};
constexpr Pairs multiplication{[](double a, double b) { return a * b; }, [](Signed a, Signed b) { return wrapped(Unsigned(a) * Unsigned(b)); },
                               [](Unsigned a, Unsigned b) { return a * b; }};
/// A whole number divided by 0 gives 0; the smallest by -1 wraps around.
constexpr Pairs division{[](double a, double b) { return a / b; },
                         [](Signed a, Signed b) { return b == 0 ? 0 : b == -1 ? wrapped(0 - Unsigned(a)) : a / b; },
                         [](Unsigned a, Unsigned b) { return b == 0 ? 0 : a / b; }};
constexpr Pairs largest{[](double a, double b) { return std::isnan(a) || a > b ? a : b; }, [](Signed a, Signed b) { return a > b ? a : b; },
                        [](Unsigned a, Unsigned b) { return a > b ? a : b; }};
constexpr Pairs smallest{[](double a, double b) { return std::isnan(a) || a < b ? a : b; }, [](Signed a, Signed b) { return a < b ? a : b; },
                         [](Unsigned a, Unsigned b) { return a < b ? a : b; }};
/// The remainder has the sign of the divisor (as in Python), with fmod that of the dividend.
constexpr Pairs remainderOfPython{[](double a, double b) { return a - std::floor(a / b) * b; },
                                  [](Signed a, Signed b) { return b == 0 || b == -1 ? 0 : a % b + (a % b != 0 && (a % b < 0) != (b < 0) ? b : 0); },
                                  [](Unsigned a, Unsigned b) { return b == 0 ? 0 : a % b; }};
constexpr Pairs remainderOfC{[](double a, double b) { return std::fmod(a, b); }, [](Signed a, Signed b) { return b == 0 || b == -1 ? 0 : a % b; },
                             [](Unsigned a, Unsigned b) { return b == 0 ? 0 : a % b; }};
constexpr Pairs equality{[](double a, double b) { return double(a == b); }, [](Signed a, Signed b) { return Signed(a == b); },
                         [](Unsigned a, Unsigned b) { return Unsigned(a == b); }};
constexpr Pairs greater{[](double a, double b) { return double(a > b); }, [](Signed a, Signed b) { return Signed(a > b); },
                        [](Unsigned a, Unsigned b) { return Unsigned(a > b); }};
constexpr Pairs less{[](double a, double b) { return double(a < b); }, [](Signed a, Signed b) { return Signed(a < b); },
                     [](Unsigned a, Unsigned b) { return Unsigned(a < b); }};
constexpr Pairs greaterOrEqual{[](double a, double b) { return double(a >= b); }, [](Signed a, Signed b) { return Signed(a >= b); },
                               [](Unsigned a, Unsigned b) { return Unsigned(a >= b); }};
constexpr Pairs lessOrEqual{[](double a, double b) { return double(a <= b); }, [](Signed a, Signed b) { return Signed(a <= b); },
                            [](Unsigned a, Unsigned b) { return Unsigned(a <= b); }};
constexpr Pairs bitAnd{nullptr, [](Signed a, Signed b) { return a & b; }, [](Unsigned a, Unsigned b) { return a & b; }};
constexpr Pairs bitOr{nullptr, [](Signed a, Signed b) { return a | b; }, [](Unsigned a, Unsigned b) { return a | b; }};
constexpr Pairs bitXor{nullptr, [](Signed a, Signed b) { return a ^ b; }, [](Unsigned a, Unsigned b) { return a ^ b; }};
constexpr Pairs shiftLeft{nullptr, nullptr, [](Unsigned a, Unsigned b) { return b > 63 ? 0 : a << b; }};
constexpr Pairs shiftRight{nullptr, nullptr, [](Unsigned a, Unsigned b) { return b > 63 ? 0 : a >> b; }};

template <BinaryKind Kind, const Pairs& pairs> Operands arithmetic(OperatorContext& context) {
    Shape shape = context.shape(0);
    if (!context.inOps() || !broadcastTo(shape, context.shape(1))) return combine(context, pairs, context.type());
    return context.ops(ops::binary(context.graph, Kind, context.value(0), context.value(1)));
}

template <const Pairs& pairs> Operands comparison(OperatorContext& context) { return combine(context, pairs, DType::Bool); }
template <const Pairs& pairs> Operands bitwise(OperatorContext& context) { return combine(context, pairs, context.type()); }

Operands shift(OperatorContext& context) {
    const std::string direction = context.node.text("direction", "");
    if (direction != "LEFT" && direction != "RIGHT") return context.badAttribute("direction");
    return combine(context, direction == "LEFT" ? shiftLeft : shiftRight, context.type());
}

Operands modulo(OperatorContext& context) {
    return combine(context, context.node.integer("fmod", 0) ? remainderOfC : remainderOfPython, context.type());
}

std::int64_t wholePower(std::int64_t base, std::int64_t exponent) {
    if (exponent < 0) return base == 1 ? 1 : base == -1 ? (exponent % 2 ? -1 : 1) : 0;
    Unsigned result = 1;
    for (Unsigned factor = Unsigned(base); exponent > 0; exponent /= 2, factor *= factor)
        if (exponent % 2) result *= factor;
    return wrapped(result);
}

/// The exponent may have another type than the base, whose type the result has.
Operands power(OperatorContext& context) {
    Shape shape = context.shape(0);
    if (!broadcastTo(shape, context.shape(1))) return context.badShapes();
    const bool plain = context.input(1).known && elementCount(context.shape(1)) == 1 && shape == context.shape(0);
    if (plain && context.inOps(1)) {
        LAMINA_TRY(const auto exponent, context.reals(1));
        if (exponent[0] == 2) return context.ops(ops::unary(context.graph, UnaryKind::Square, context.value()));
        if (exponent[0] == 0.5) return context.ops(ops::unary(context.graph, UnaryKind::Sqrt, context.value()));
        return context.ops(ops::unary(context.graph, UnaryKind::Pow, context.value(), exponent[0]));
    }
    const bool whole = !isReal(context.type(0)) && !isReal(context.type(1));
    return context.host(shape, context.type(), [whole](auto in, auto out) {
        const auto left = broadcastIndices(*in[0].shape, *out[0].shape), right = broadcastIndices(*in[1].shape, *out[0].shape);
        const auto each = [&]<class N>(auto f, N) {
            const auto base = load<N>(in[0]), exponent = load<N>(in[1]);
            std::vector<N> result(left.size());
            for (std::size_t i = 0; i < left.size(); ++i) result[i] = f(base[std::size_t(left[i])], exponent[std::size_t(right[i])]);
            store(out[0], result);
        };
        if (whole) each(wholePower, Signed{});
        else each([](double a, double b) { return std::pow(a, b); }, double{});
    });
}

/// All inputs combined from left to right; `mean` divides by their number at the end.
Operands variadic(OperatorContext& context, BinaryKind kind, const Pairs& pairs, bool mean = false) {
    Shape shape;
    for (std::size_t i = 0; i < context.inputs(); ++i)
        if (!context.has(i) || context.type(i) != context.type(0) || !broadcastTo(shape, context.shape(i))) return context.badShapes();
    Graph& g = context.graph;
    const auto count = static_cast<double>(context.inputs());
    if (context.inOps()) {
        ValueId result = context.value(0);
        for (std::size_t i = 1; i < context.inputs(); ++i) result = ops::binary(g, kind, result, context.value(i));
        return context.ops(mean ? ops::scale(g, result, 1 / count) : result);
    }
    return context.host(shape, context.type(), [pairs, mean, count](auto in, auto out) {
        const auto fold = [&]<class N>(auto f, N) {
            std::vector<N> result;
            for (const HostTensor& tensor : in) {
                const auto numbers = load<N>(tensor);
                const auto indices = broadcastIndices(*tensor.shape, *out[0].shape);
                const bool first = result.empty();
                result.resize(indices.size());
                for (std::size_t i = 0; i < indices.size(); ++i)
                    result[i] = first ? numbers[std::size_t(indices[i])] : f(result[i], numbers[std::size_t(indices[i])]);
            }
            if (mean)
                for (N& number : result) number = static_cast<N>(static_cast<double>(number) / count);
            store(out[0], result);
        };
        switch (familyOf(out[0].type)) {
            case Family::Real: return fold(pairs.real, double{});
            case Family::Signed: return fold(pairs.whole, Signed{});
            case Family::Unsigned: return fold(pairs.natural, Unsigned{});
        }
    });
}

Operands maximum(OperatorContext& context) { return variadic(context, BinaryKind::Maximum, largest); }
Operands minimum(OperatorContext& context) { return variadic(context, BinaryKind::Minimum, smallest); }
Operands sum(OperatorContext& context) { return variadic(context, BinaryKind::Add, addition); }
Operands mean(OperatorContext& context) { return variadic(context, BinaryKind::Add, addition, true); }

}  // namespace

const OperatorFamily& binary_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "Add", .since = 7, .types = {numbers}, .translate = arithmetic<BinaryKind::Add, addition>, .minimumInputs = 2},
        {.name = "Sub", .since = 7, .types = {numbers}, .translate = arithmetic<BinaryKind::Subtract, subtraction>, .minimumInputs = 2},
        {.name = "Mul", .since = 7, .types = {numbers}, .translate = arithmetic<BinaryKind::Multiply, multiplication>, .minimumInputs = 2},
        {.name = "Div", .since = 7, .types = {numbers}, .translate = arithmetic<BinaryKind::Divide, division>, .minimumInputs = 2},
        {.name = "Pow", .since = 7, .types = {numbers}, .translate = power, .minimumInputs = 2},
        {.name = "Mod", .since = 10, .types = {numbers}, .translate = modulo, .minimumInputs = 2},
        {.name = "Equal", .since = 7, .types = {all}, .translate = comparison<equality>, .minimumInputs = 2},
        {.name = "Greater", .since = 7, .types = {numbers}, .translate = comparison<greater>, .minimumInputs = 2},
        {.name = "Less", .since = 7, .types = {numbers}, .translate = comparison<less>, .minimumInputs = 2},
        {.name = "GreaterOrEqual", .since = 12, .types = {numbers}, .translate = comparison<greaterOrEqual>, .minimumInputs = 2},
        {.name = "LessOrEqual", .since = 12, .types = {numbers}, .translate = comparison<lessOrEqual>, .minimumInputs = 2},
        {.name = "And", .since = 7, .types = {truth}, .translate = bitwise<bitAnd>, .minimumInputs = 2},
        {.name = "Or", .since = 7, .types = {truth}, .translate = bitwise<bitOr>, .minimumInputs = 2},
        {.name = "Xor", .since = 7, .types = {truth}, .translate = bitwise<bitXor>, .minimumInputs = 2},
        {.name = "BitwiseAnd", .since = 18, .types = {whole}, .translate = bitwise<bitAnd>, .minimumInputs = 2},
        {.name = "BitwiseOr", .since = 18, .types = {whole}, .translate = bitwise<bitOr>, .minimumInputs = 2},
        {.name = "BitwiseXor", .since = 18, .types = {whole}, .translate = bitwise<bitXor>, .minimumInputs = 2},
        {.name = "BitShift", .since = 11, .types = {unsignedWhole}, .translate = shift, .minimumInputs = 2},
        {.name = "Max", .since = 8, .types = {numbers}, .translate = maximum},
        {.name = "Min", .since = 8, .types = {numbers}, .translate = minimum},
        {.name = "Sum", .since = 8, .types = {reals}, .translate = sum},
        {.name = "Mean", .since = 8, .types = {reals}, .translate = mean},
    }};
    return family;
}

}  // namespace lamina
