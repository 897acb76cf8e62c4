#include "core/operators/pointwise.h"

#include "core/operators/indices.h"

namespace lamina {
namespace {

template <class N, class F> void combineNumbers(F f, std::span<const HostTensor> in, const HostTensor& out) {
    const auto a = load<N>(in[0]), b = load<N>(in[1]);
    const auto left = broadcastIndices(*in[0].shape, *out.shape), right = broadcastIndices(*in[1].shape, *out.shape);
    std::vector<N> result(left.size());
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = f(a[static_cast<std::size_t>(left[i])], b[static_cast<std::size_t>(right[i])]);
    store(out, result);
}

}  // namespace

Operands mapReals(OperatorContext& context, std::function<double(double)> f) {
    return context.host(context.shape(), context.type(), [f = std::move(f)](auto in, auto out) {
        auto numbers = load<double>(in[0]);
        for (double& x : numbers) x = f(x);
        store(out[0], numbers);
    });
}

Operands mapWhole(OperatorContext& context, std::function<std::int64_t(std::int64_t)> f) {
    return context.host(context.shape(), context.type(), [f = std::move(f)](auto in, auto out) {
        auto numbers = load<std::int64_t>(in[0]);
        for (std::int64_t& x : numbers) x = f(x);
        store(out[0], numbers);
    });
}

ValueId number(OperatorContext& context, double value) { return context.graph.constant(context.node.name + "/number", {}, {value}); }

Operands combine(OperatorContext& context, const Pairs& pairs, DType result) {
    Shape shape = context.shape(0);
    if (context.type(0) != context.type(1) || !broadcastTo(shape, context.shape(1))) return context.badShapes();
    return context.host(shape, result, [pairs](auto in, auto out) {
        switch (familyOf(in[0].type)) {
            case Family::Real: return combineNumbers<double>(pairs.real, in, out[0]);
            case Family::Signed: return combineNumbers<std::int64_t>(pairs.whole, in, out[0]);
            case Family::Unsigned: return combineNumbers<std::uint64_t>(pairs.natural, in, out[0]);
        }
    });
}

}  // namespace lamina
