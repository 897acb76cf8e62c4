// Running sums, the largest numbers in order, soft and hard maxima.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

template <class N> void addUp(bool exclusive, bool reverse, const AxisSplit& split, const HostTensor& in, const HostTensor& out) {
    const auto x = load<N>(in);
    std::vector<N> sums(x.size());
    for (std::int64_t o = 0; o < split.outer; ++o)
        for (std::int64_t i = 0; i < split.inner; ++i) {
            N sum{};
            for (std::int64_t k = 0; k < split.size; ++k) {
                const auto at = static_cast<std::size_t>((o * split.size + (reverse ? split.size - 1 - k : k)) * split.inner + i);
                sums[at] = exclusive ? sum : sum + x[at];
                sum += x[at];
            }
        }
    store(out, sums);
}

Operands cumulativeSum(OperatorContext& context) {
    LAMINA_TRY(const auto given, context.integers(1));
    if (given.size() != 1) return context.badShapes();
    LAMINA_TRY(const std::int64_t axis, context.axis(given[0], context.rank()));
    const bool exclusive = context.node.integer("exclusive", 0) != 0, reverse = context.node.integer("reverse", 0) != 0;
    return context.host(context.shape(), context.type(), [=](auto in, auto out) {
        withFamily(out[0].type, [&]<class N>(N) { addUp<N>(exclusive, reverse, AxisSplit(*in[0].shape, axis), in[0], out[0]); });
    });
}

template <class N> void pickOrdered(bool largest, std::int64_t axis, std::span<const HostTensor> in, std::span<const HostTensor> out) {
    const auto x = load<N>(in[0]);
    const AxisSplit split(*in[0].shape, axis), picked(*out[0].shape, axis);
    std::vector<std::int64_t> indices(static_cast<std::size_t>(out[0].count())), places(indices.size()), order(static_cast<std::size_t>(split.size));
    for (std::int64_t o = 0; o < split.outer; ++o)
        for (std::int64_t i = 0; i < split.inner; ++i) {
            const auto at = [&](std::int64_t k) { return (o * split.size + k) * split.inner + i; };
            const auto before = [&](std::int64_t a, std::int64_t b) {
                const N left = x[static_cast<std::size_t>(at(a))], right = x[static_cast<std::size_t>(at(b))];
                return left == right ? a < b : largest ? left > right : left < right;
            };
            std::iota(order.begin(), order.end(), 0);
            std::sort(order.begin(), order.end(), before);
            for (std::int64_t k = 0; k < picked.size; ++k) {
                const auto target = static_cast<std::size_t>((o * picked.size + k) * split.inner + i);
                indices[target] = order[static_cast<std::size_t>(k)];
                places[target] = at(indices[target]);
            }
        }
    gatherElements(in[0], out[0], places);
    store(out[1], indices);
}

/// Always in order; of equal ones the first comes first. NaN counts as smaller than everything.
Operands topK(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", -1), context.rank()));
    LAMINA_TRY(const auto counts, context.has(1) ? context.integers(1) : std::vector<std::int64_t>{context.node.integer("k", -1)});
    Shape shape = context.shape();
    auto& size = shape[static_cast<std::size_t>(axis)];
    if (counts.size() != 1 || counts[0] < 0 || counts[0] > size) return context.badShapes();
    size = counts[0];
    const bool largest = context.node.integer("largest", 1) != 0;
    return context.host(std::vector<OpType::Output>{{shape, context.type()}, {shape, DType::Int64}}, [=](auto in, auto out) {
        if (!isReal(in[0].type)) {
            if (familyOf(in[0].type) == Family::Signed) return pickOrdered<std::int64_t>(largest, axis, in, out);
            return pickOrdered<std::uint64_t>(largest, axis, in, out);
        }
        auto numbers = load<double>(in[0]);
        for (double& x : numbers)
            if (std::isnan(x)) x = -std::numeric_limits<double>::infinity();
        const HostTensor ordered{numbers.data(), DType::Float64, in[0].shape};
        pickOrdered<double>(largest, axis, {&ordered, 1}, out);
    });
}

/// Before opset 13 all axes from `axis` on count as one.
struct SoftmaxForm {
    Shape shape;
    std::int64_t axis = 0;
};
Result<SoftmaxForm> softmaxForm(const OperatorContext& context) {
    const bool flat = context.opset < 13;
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", flat ? 1 : -1), context.rank()));
    if (!flat) return SoftmaxForm{context.shape(), axis};
    const Shape& x = context.shape();
    return SoftmaxForm{{elementCount({x.begin(), x.begin() + axis}), elementCount({x.begin() + axis, x.end()})}, 1};
}

/// f(numbers of one row) in place, along the axis.
template <class F> HostKernel alongAxis(const SoftmaxForm& form, F f) {
    return [form, f](auto in, auto out) {
        auto x = load<double>(in[0]);
        const AxisSplit split(form.shape, form.axis);
        std::vector<double> row(static_cast<std::size_t>(split.size));
        for (std::int64_t o = 0; o < split.outer; ++o)
            for (std::int64_t i = 0; i < split.inner; ++i) {
                const auto at = [&](std::size_t k) -> double& {
                    return x[static_cast<std::size_t>((o * split.size + static_cast<std::int64_t>(k)) * split.inner + i)];
                };
                for (std::size_t k = 0; k < row.size(); ++k) row[k] = at(k);
                if (!row.empty()) f(row);
                for (std::size_t k = 0; k < row.size(); ++k) at(k) = row[k];
            }
        store(out[0], x);
    };
}

double logSum(const std::vector<double>& row) {
    const double largest = *std::max_element(row.begin(), row.end());
    double sum = 0;
    for (const double x : row) sum += std::exp(x - largest);
    return largest + std::log(sum);
}

template <bool logarithm> Operands softmax(OperatorContext& context) {
    LAMINA_TRY(const SoftmaxForm form, softmaxForm(context));
    Graph& g = context.graph;
    if (context.inOps()) {
        const bool same = form.shape == context.shape();
        const ValueId x = same ? context.value() : ops::reshape(g, context.value(), form.shape);
        const ValueId y = logarithm ? ops::logSoftmax(g, x, form.axis) : ops::softmax(g, x, form.axis);
        return context.ops(same ? y : ops::reshape(g, y, context.shape()));
    }
    return context.host(context.shape(), context.type(), alongAxis(form, [](std::vector<double>& row) {
        const double sum = logSum(row);
        for (double& x : row) x = logarithm ? x - sum : std::exp(x - sum);
    }));
}

Operands hardmax(OperatorContext& context) {
    LAMINA_TRY(const SoftmaxForm form, softmaxForm(context));
    return context.host(context.shape(), context.type(), alongAxis(form, [](std::vector<double>& row) {
        const auto best = std::max_element(row.begin(), row.end()) - row.begin();
        std::fill(row.begin(), row.end(), 0);
        row[static_cast<std::size_t>(best)] = 1;
    }));
}

}  // namespace

const OperatorFamily& order_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "CumSum", .since = 11, .types = {numbers, places}, .constants = {1}, .translate = cumulativeSum, .minimumInputs = 2},
        {.name = "TopK", .types = {numbers, places}, .constants = {1}, .translate = topK},
        {.name = "Softmax", .types = {reals}, .translate = softmax<false>},
        {.name = "LogSoftmax", .types = {reals}, .translate = softmax<true>},
        {.name = "Hardmax", .types = {reals}, .translate = hardmax},
    }};
    return family;
}

}  // namespace lamina
