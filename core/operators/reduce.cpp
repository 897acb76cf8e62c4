// Sums, means, products … along axes; the place of the largest number.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

enum class Kind { Sum, Mean, Max, Min, Prod, L1, L2, LogSum, LogSumExp, SumSquare };

/// Which axes go; `none`: the input is passed on as it is.
struct Reduction {
    std::vector<std::int64_t> axes;
    Shape shape, kept;  ///< of the result, without and with axes of size 1
    bool keep = true, none = false;
};

/// Axes are an attribute or, since an opset that differs between operators, an input.
Result<Reduction> reductionOf(const OperatorContext& context) {
    Reduction reduction;
    std::vector<std::int64_t> axes = context.node.integers("axes", {});
    if (context.has(1)) {
        LAMINA_TRY(axes, context.integers(1));
    }
    reduction.none = axes.empty() && context.node.integer("noop_with_empty_axes", 0) != 0;
    LAMINA_TRY(reduction.axes, context.axes(std::move(axes), context.rank()));
    reduction.keep = context.node.integer("keepdims", 1) != 0;
    reduction.kept = context.shape();
    for (std::int64_t axis = 0; axis < context.rank(); ++axis) {
        const bool reduced = reduction.axes.empty() || std::find(reduction.axes.begin(), reduction.axes.end(), axis) != reduction.axes.end();
        if (reduced) reduction.kept[static_cast<std::size_t>(axis)] = 1;
        if (!reduced) reduction.shape.push_back(context.shape()[static_cast<std::size_t>(axis)]);
    }
    if (reduction.keep) reduction.shape = reduction.kept;
    return reduction;
}

ValueId reduceInOps(OperatorContext& context, Kind kind, const Reduction& r) {
    Graph& g = context.graph;
    const ValueId x = context.value();
    const auto sum = [&](ValueId of) { return ops::reduce(g, ReduceKind::Sum, of, r.axes, r.keep); };
    switch (kind) {
        case Kind::Sum: return sum(x);
        case Kind::Mean: return ops::reduce(g, ReduceKind::Mean, x, r.axes, r.keep);
        case Kind::Max: return ops::reduce(g, ReduceKind::Maximum, x, r.axes, r.keep);
        case Kind::L1: return sum(ops::unary(g, UnaryKind::Abs, x));
        case Kind::L2: return ops::unary(g, UnaryKind::Sqrt, sum(ops::unary(g, UnaryKind::Square, x)));
        case Kind::SumSquare: return sum(ops::unary(g, UnaryKind::Square, x));
        case Kind::LogSum: return ops::unary(g, UnaryKind::Log, sum(x));
        default: return noValue;
    }
}

/// Starts with `start`, then f(result, x) for every element.
template <class N, class F>
std::vector<N> folded(const std::vector<N>& numbers, const std::vector<std::int64_t>& places, std::size_t count, N start, F f) {
    std::vector<N> results(count, start);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        results[static_cast<std::size_t>(places[i])] = f(results[static_cast<std::size_t>(places[i])], numbers[i]);
    return results;
}

template <class N> N magnitude(N x) {
    if constexpr (std::is_unsigned_v<N>) return x;
    else return x < 0 ? -x : x;
}

std::vector<double> logSumExp(const std::vector<double>& x, const std::vector<std::int64_t>& places, std::size_t count) {
    auto largest = folded(x, places, count, -std::numeric_limits<double>::infinity(), [](double a, double b) { return std::max(a, b); });
    std::vector<double> sums(count);
    for (std::size_t i = 0; i < x.size(); ++i)
        sums[static_cast<std::size_t>(places[i])] += std::exp(x[i] - largest[static_cast<std::size_t>(places[i])]);
    for (std::size_t i = 0; i < count; ++i) sums[i] = std::log(sums[i]) + largest[i];
    return sums;
}

template <class N> void reduceNumbers(Kind kind, const Shape& kept, const HostTensor& in, const HostTensor& out) {
    const auto x = load<N>(in);
    const auto places = broadcastIndices(kept, *in.shape);
    const auto count = static_cast<std::size_t>(out.count());
    const auto fold = [&](N start, auto f) { return folded(x, places, count, start, f); };
    const auto sum = [](N a, N b) { return a + b; };
    const auto squares = [](N a, N b) { return a + b * b; };
    using Limits = std::numeric_limits<N>;
    std::vector<N> result;
    switch (kind) {
        case Kind::Sum: case Kind::Mean: case Kind::LogSum: result = fold(0, sum); break;
        case Kind::Max:
            result = fold(Limits::has_infinity ? static_cast<N>(-Limits::infinity()) : Limits::lowest(), [](N a, N b) { return a > b ? a : b; });
            break;
        case Kind::Min: result = fold(Limits::has_infinity ? Limits::infinity() : Limits::max(), [](N a, N b) { return a < b ? a : b; }); break;
        case Kind::Prod: result = fold(1, [](N a, N b) { return a * b; }); break;
        case Kind::L1: result = fold(0, [](N a, N b) { return a + magnitude(b); }); break;
        case Kind::L2: case Kind::SumSquare: result = fold(0, squares); break;
        case Kind::LogSumExp: break;
    }
    const auto each = static_cast<N>(x.empty() ? 1 : x.size() / std::max<std::size_t>(1, count));
    for (N& number : result) {
        if (kind == Kind::Mean) number = number / each;
        if (kind == Kind::L2) number = static_cast<N>(std::sqrt(static_cast<double>(number)));
        if (kind == Kind::LogSum) number = static_cast<N>(std::log(static_cast<double>(number)));
    }
    store(out, result);
}

template <Kind kind> Operands reduce(OperatorContext& context) {
    LAMINA_TRY(const Reduction reduction, reductionOf(context));
    if (reduction.none) return std::vector<Operand>{context.input()};
    const bool written = kind != Kind::Min && kind != Kind::Prod && kind != Kind::LogSumExp;
    if (written && context.inOps(1) && context.rank() > 0) return context.ops(reduceInOps(context, kind, reduction));
    return context.host(reduction.shape, context.type(), [kept = reduction.kept](auto in, auto out) {
        if (kind == Kind::LogSumExp)
            return store(out[0], logSumExp(load<double>(in[0]), broadcastIndices(kept, *in[0].shape), static_cast<std::size_t>(out[0].count())));
        const bool through = kind == Kind::LogSum;
        if (through || isReal(in[0].type)) return reduceNumbers<double>(kind, kept, in[0], out[0]);
        if (familyOf(in[0].type) == Family::Signed) return reduceNumbers<std::int64_t>(kind, kept, in[0], out[0]);
        reduceNumbers<std::uint64_t>(kind, kept, in[0], out[0]);
    });
}

template <bool largest, class N> void findPlaces(bool last, const AxisSplit& split, const HostTensor& in, const HostTensor& out) {
    const auto x = load<N>(in);
    std::vector<std::int64_t> places;
    for (std::int64_t o = 0; o < split.outer; ++o)
        for (std::int64_t i = 0; i < split.inner; ++i) {
            const auto at = [&](std::int64_t k) { return x[static_cast<std::size_t>((o * split.size + k) * split.inner + i)]; };
            std::int64_t best = 0;
            for (std::int64_t k = 1; k < split.size; ++k) {
                const bool better = largest ? at(k) > at(best) : at(k) < at(best);
                if (better || (last && at(k) == at(best))) best = k;
            }
            places.push_back(best);
        }
    store(out, places);
}

template <bool largest> Operands place(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", 0), context.rank()));
    Shape shape = context.shape();
    if (shape[static_cast<std::size_t>(axis)] == 0) return context.badShapes();
    if (context.node.integer("keepdims", 1)) shape[static_cast<std::size_t>(axis)] = 1;
    else shape.erase(shape.begin() + axis);
    const bool last = context.node.integer("select_last_index", 0) != 0;
    return context.host(shape, DType::Int64, [axis, last](auto in, auto out) {
        const AxisSplit split(*in[0].shape, axis);
        withFamily(in[0].type, [&]<class N>(N) { findPlaces<largest, N>(last, split, in[0], out[0]); });
    });
}

}  // namespace

const OperatorFamily& reduce_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "ReduceSum", .types = {numbers, places}, .constants = {1}, .translate = reduce<Kind::Sum>},
        {.name = "ReduceMean", .types = {numbers, places}, .constants = {1}, .translate = reduce<Kind::Mean>},
        {.name = "ReduceMax", .types = {all, places}, .constants = {1}, .translate = reduce<Kind::Max>},
        {.name = "ReduceMin", .types = {all, places}, .constants = {1}, .translate = reduce<Kind::Min>},
        {.name = "ReduceProd", .types = {numbers, places}, .constants = {1}, .translate = reduce<Kind::Prod>},
        {.name = "ReduceL1", .types = {numbers, places}, .constants = {1}, .translate = reduce<Kind::L1>},
        {.name = "ReduceL2", .types = {numbers, places}, .constants = {1}, .translate = reduce<Kind::L2>},
        {.name = "ReduceLogSum", .types = {numbers, places}, .constants = {1}, .translate = reduce<Kind::LogSum>},
        {.name = "ReduceLogSumExp", .types = {reals, places}, .constants = {1}, .translate = reduce<Kind::LogSumExp>},
        {.name = "ReduceSumSquare", .types = {numbers, places}, .constants = {1}, .translate = reduce<Kind::SumSquare>},
        {.name = "ArgMax", .types = {numbers}, .translate = place<true>},
        {.name = "ArgMin", .types = {numbers}, .translate = place<false>},
    }};
    return family;
}

}  // namespace lamina
