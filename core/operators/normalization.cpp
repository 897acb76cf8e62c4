// Normalisations over batches, layers, instances, groups and neighbours.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/operators/indices.h"
#include "core/operators/pointwise.h"

namespace lamina {
namespace {

/// [1,C,1…] for a vector along axis 1.
Shape alongChannels(std::int64_t channels, std::size_t axes) {
    Shape shape(axes, 1);
    shape[1] = channels;
    return shape;
}

/// Mean and biased variance of every channel over all other axes.
struct Moments {
    std::vector<double> mean, variance;
};
Moments momentsOf(const std::vector<double>& x, const AxisSplit& split) {
    const auto channels = static_cast<std::size_t>(split.size), inner = static_cast<std::size_t>(split.inner);
    const double each = static_cast<double>(x.size()) / static_cast<double>(channels);
    Moments moments{std::vector<double>(channels), std::vector<double>(channels)};
    for (std::size_t i = 0; i < x.size(); ++i) moments.mean[i / inner % channels] += x[i] / each;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double distance = x[i] - moments.mean[i / inner % channels];
        moments.variance[i / inner % channels] += distance * distance / each;
    }
    return moments;
}

void normalizeChannels(double epsilon, const Moments& moments, std::span<const HostTensor> in, const HostTensor& out) {
    auto x = load<double>(in[0]);
    const auto scale = load<double>(in[1]), bias = load<double>(in[2]);
    const AxisSplit split(*in[0].shape, 1);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t c = i / static_cast<std::size_t>(split.inner) % static_cast<std::size_t>(split.size);
        x[i] = (x[i] - moments.mean[c]) / std::sqrt(moments.variance[c] + epsilon) * scale[c] + bias[c];
    }
    store(out, x);
}

/// With training_mode the batch's own statistics, and the running ones moved towards them.
Operands batchNormTraining(OperatorContext& context, double epsilon) {
    const double kept = context.node.number("momentum", 0.9);
    const Shape channels = context.shape(1);
    std::vector<OpType::Output> outputs{{context.shape(), context.type()}, {channels, context.type(3)}, {channels, context.type(4)}};
    return context.host(outputs, [epsilon, kept](auto in, auto out) {
        const Moments moments = momentsOf(load<double>(in[0]), AxisSplit(*in[0].shape, 1));
        normalizeChannels(epsilon, moments, in, out[0]);
        auto mean = load<double>(in[3]), variance = load<double>(in[4]);
        for (std::size_t c = 0; c < mean.size(); ++c) {
            mean[c] = kept * mean[c] + (1 - kept) * moments.mean[c];
            variance[c] = kept * variance[c] + (1 - kept) * moments.variance[c];
        }
        store(out[1], mean);
        store(out[2], variance);
    });
}

Operands batchNorm(OperatorContext& context) {
    const Shape& x = context.shape();
    if (x.size() < 2 || elementCount(x) == 0) return context.badShapes();
    for (std::size_t i = 1; i < 5; ++i)
        if (context.shape(i) != Shape{x[1]}) return context.badShapes();
    const double epsilon = context.node.number("epsilon", 1e-5);
    if (context.node.integer("training_mode", 0)) return batchNormTraining(context, epsilon);
    if (context.inOps()) {
        Graph& g = context.graph;
        const bool fits = x.size() == 2 || x.size() == 4;
        const ValueId flat = fits ? context.value() : ops::reshape(g, context.value(), {x[0], x[1], elementCount({x.begin() + 2, x.end()}), 1});
        BatchNormAttributes attributes;
        attributes.epsilon = epsilon;
        const ValueId y = ops::batchNormInference(g, flat, context.value(1), context.value(2), context.value(3), context.value(4), attributes);
        return context.ops(fits ? y : ops::reshape(g, y, x));
    }
    return context.host(x, context.type(), [epsilon](auto in, auto out) {
        normalizeChannels(epsilon, {load<double>(in[3]), load<double>(in[4])}, in, out[0]);
    });
}
bool takesBatchNorm(const OperatorNode& node, std::int64_t opset) { return opset >= 14 || node.node.outputs.size() == 1; }

/// Every row of x[rows, size] to mean 0 and variance 1, in ops.
ValueId normalizedRows(OperatorContext& context, std::int64_t rows, std::int64_t size, double epsilon) {
    LayerNormAttributes attributes;
    attributes.epsilon = epsilon;
    attributes.affine = false;
    return ops::layerNorm(context.graph, ops::reshape(context.graph, context.value(), {rows, size}), noValue, noValue, attributes).y;
}

/// The same on host memory; mean and 1/deviation of every row where they are asked for.
void normalizeRows(std::vector<double>& x, std::size_t rows, double epsilon, std::vector<double>* means = nullptr,
                   std::vector<double>* factors = nullptr) {
    const std::size_t size = x.size() / std::max<std::size_t>(1, rows);
    for (std::size_t r = 0; r < rows; ++r) {
        const auto begin = x.begin() + static_cast<std::ptrdiff_t>(r * size), end = begin + static_cast<std::ptrdiff_t>(size);
        const double mean = std::accumulate(begin, end, 0.0) / static_cast<double>(size);
        double squares = 0;
        for (auto i = begin; i != end; ++i) squares += (*i - mean) * (*i - mean);
        const double factor = 1 / std::sqrt(squares / static_cast<double>(size) + epsilon);
        for (auto i = begin; i != end; ++i) *i = (*i - mean) * factor;
        if (means) means->push_back(mean);
        if (factors) factors->push_back(factor);
    }
}

/// x · scale + bias with scale and bias broadcast under the shape given to them.
void scaleAndShift(std::vector<double>& x, const Shape& shape, const HostTensor& scale, const HostTensor& bias, const Shape& as) {
    const auto places = broadcastIndices(as, shape);
    const auto factors = load<double>(scale), shifts = bias.data ? load<double>(bias) : std::vector<double>(factors.size(), 0);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = x[i] * factors[static_cast<std::size_t>(places[i])] + shifts[static_cast<std::size_t>(places[i])];
}

/// Groups of channels of every item have their own mean; one group per channel is instance normalisation.
Operands groupNormOf(OperatorContext& context, std::int64_t groups, bool perGroup) {
    const Shape& x = context.shape();
    if (x.size() < 2 || elementCount(x) == 0 || groups < 1 || x[1] % groups != 0) return context.badShapes();
    const Shape expected{perGroup ? groups : x[1]};
    if (context.shape(1) != expected || context.shape(2) != expected) return context.badShapes();
    const double epsilon = context.node.number("epsilon", 1e-5);
    const std::int64_t rows = x[0] * groups;
    const Shape split = perGroup ? Shape{x[0], groups, elementCount(x) / rows} : x;
    const Shape scale = alongChannels(expected[0], split.size());
    if (context.inOps()) {
        Graph& g = context.graph;
        const ValueId y = ops::reshape(g, normalizedRows(context, rows, elementCount(x) / rows, epsilon), split);
        const ValueId scaled = ops::add(g, ops::multiply(g, y, ops::reshape(g, context.value(1), scale)), ops::reshape(g, context.value(2), scale));
        return context.ops(split == x ? scaled : ops::reshape(g, scaled, x));
    }
    return context.host(x, context.type(), [=](auto in, auto out) {
        auto numbers = load<double>(in[0]);
        normalizeRows(numbers, static_cast<std::size_t>(rows), epsilon);
        scaleAndShift(numbers, split, in[1], in[2], scale);
        store(out[0], numbers);
    });
}

Operands instanceNorm(OperatorContext& context) { return groupNormOf(context, context.rank() > 1 ? context.shape()[1] : 1, false); }
/// Scale and bias are per group in opset 18 to 20, per channel since then.
Operands groupNorm(OperatorContext& context) { return groupNormOf(context, context.node.integer("num_groups", 0), context.opset < 21); }

/// Over all axes from `axis` on; outputs Y, mean and 1/deviation.
Operands layerNorm(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", -1), context.rank()));
    const Shape& x = context.shape();
    if (elementCount(x) == 0) return context.badShapes();
    const Shape normal(x.begin() + axis, x.end());
    Shape statistics(x.begin(), x.begin() + axis);
    const std::int64_t rows = elementCount(statistics), size = elementCount(normal);
    statistics.resize(x.size(), 1);
    const double epsilon = context.node.number("epsilon", 1e-5);
    const bool plain = context.shape(1) == normal && (!context.has(2) || context.shape(2) == normal);
    if (context.inOps() && plain) {
        Graph& g = context.graph;
        LayerNormAttributes attributes;
        attributes.epsilon = epsilon;
        const ValueId gamma = ops::reshape(g, context.value(1), {size});
        const ValueId beta = context.has(2) ? ops::reshape(g, context.value(2), {size}) : ops::scale(g, gamma, 0);
        const auto norm = ops::layerNorm(g, ops::reshape(g, context.value(), {rows, size}), gamma, beta, attributes);
        std::vector<Operand> results;
        for (const auto& [value, shape] : {std::pair(norm.y, x), {norm.mean, statistics}, {norm.rstd, statistics}})
            results.push_back(operandOf(g, ops::reshape(g, value, shape)));
        if (g.error()) return *g.error();
        return results;
    }
    Shape fitted = x;
    for (std::size_t i = 1; i < 3; ++i)
        if (context.has(i) && (!broadcastTo(fitted, context.shape(i)) || fitted != x)) return context.badShapes();
    if (context.has(2) && context.shape(2) != context.shape(1)) return context.badShapes();
    std::vector<OpType::Output> outputs{{x, context.type()}};
    if (context.outputs() > 1) outputs.push_back({statistics, DType::Float32});
    if (context.outputs() > 2) outputs.push_back({statistics, DType::Float32});
    return context.host(outputs, [rows, epsilon](auto in, auto out) {
        auto numbers = load<double>(in[0]);
        std::vector<double> means, factors;
        normalizeRows(numbers, static_cast<std::size_t>(rows), epsilon, &means, &factors);
        scaleAndShift(numbers, *in[0].shape, in[1], in.size() > 2 ? in[2] : HostTensor{}, *in[1].shape);
        store(out[0], numbers);
        if (out.size() > 1) store(out[1], means);
        if (out.size() > 2) store(out[2], factors);
    });
}

/// x / (bias + alpha / size · sum of squares of the neighbouring channels) ^ beta.
Operands localResponse(OperatorContext& context) {
    const std::int64_t size = context.node.integer("size", 0);
    const double alpha = context.node.number("alpha", 1e-4), beta = context.node.number("beta", 0.75), bias = context.node.number("bias", 1);
    if (size < 1 || size > (std::int64_t{1} << 31)) return context.badAttribute("size");
    if (context.rank() < 3) return context.badShapes();
    return context.host(context.shape(), context.type(), [=](auto in, auto out) {
        const auto x = load<double>(in[0]);
        std::vector<double> y(x.size());
        const AxisSplit split(*in[0].shape, 1);
        for (std::int64_t n = 0; n < split.outer; ++n)
            for (std::int64_t c = 0; c < split.size; ++c)
                for (std::int64_t i = 0; i < split.inner; ++i) {
                    const auto at = [&](std::int64_t channel) { return static_cast<std::size_t>((n * split.size + channel) * split.inner + i); };
                    double squares = 0;
                    const std::int64_t last = std::min(split.size - 1, c + size / 2);
                    for (std::int64_t k = std::max<std::int64_t>(0, c - (size - 1) / 2); k <= last; ++k) squares += x[at(k)] * x[at(k)];
                    y[at(c)] = x[at(c)] / std::pow(bias + alpha / static_cast<double>(size) * squares, beta);
                }
        store(out[0], y);
    });
}

/// (x - mean) / (deviation + 1e-9) over the axes.
Operands meanVariance(OperatorContext& context) {
    LAMINA_TRY(const auto axes, context.axes(context.node.integers("axes", {0, 2, 3}), context.rank()));
    Graph& g = context.graph;
    if (elementCount(context.shape()) == 0) return std::vector<Operand>{context.input()};
    const ValueId distance = ops::subtract(g, context.value(), ops::reduce(g, ReduceKind::Mean, context.value(), axes, true));
    const ValueId variance = ops::reduce(g, ReduceKind::Mean, ops::unary(g, UnaryKind::Square, distance), axes, true);
    const ValueId deviation = ops::unary(g, UnaryKind::Offset, ops::unary(g, UnaryKind::Sqrt, variance), 1e-9);
    return context.ops(ops::binary(g, BinaryKind::Divide, distance, deviation));
}

/// x / its norm along the axis.
Operands normalize(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", -1), context.rank()));
    const std::int64_t p = context.node.integer("p", 2);
    if (p != 1 && p != 2) return context.badAttribute("p");
    return context.host(context.shape(), context.type(), [axis, p](auto in, auto out) {
        auto x = load<double>(in[0]);
        const AxisSplit split(*in[0].shape, axis);
        for (std::int64_t o = 0; o < split.outer; ++o)
            for (std::int64_t i = 0; i < split.inner; ++i) {
                const auto at = [&](std::int64_t k) -> double& { return x[static_cast<std::size_t>((o * split.size + k) * split.inner + i)]; };
                double sum = 0;
                for (std::int64_t k = 0; k < split.size; ++k) sum += p == 1 ? std::fabs(at(k)) : at(k) * at(k);
                const double norm = p == 1 ? sum : std::sqrt(sum);
                for (std::int64_t k = 0; k < split.size && norm != 0; ++k) at(k) /= norm;
            }
        store(out[0], x);
    });
}

}  // namespace

const OperatorFamily& normalization_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "BatchNormalization", .since = 9, .types = {reals}, .translate = batchNorm, .takes = takesBatchNorm, .minimumInputs = 5},
        {.name = "InstanceNormalization", .since = 6, .types = {reals}, .translate = instanceNorm, .minimumInputs = 3},
        {.name = "GroupNormalization", .since = 18, .types = {reals}, .translate = groupNorm, .minimumInputs = 3},
        {.name = "LayerNormalization", .since = 17, .types = {reals}, .translate = layerNorm, .minimumInputs = 2},
        {.name = "LRN", .types = {reals}, .translate = localResponse},
        {.name = "MeanVarianceNormalization", .since = 9, .types = {float32}, .translate = meanVariance},
        {.name = "LpNormalization", .types = {reals}, .translate = normalize},
    }};
    return family;
}

}  // namespace lamina
