#include "core/engine/ops.h"

#include "core/engine/formulas/activations.h"

namespace lamina::ops {

namespace {

/// The kernel's size is that of the weights, so that no caller can contradict them.
WindowAttributes withKernel(const Graph& g, const Shape* weights, WindowAttributes window) {
    if (!g.error() && weights && weights->size() == 4) window.kernel = {(*weights)[2], (*weights)[3]};
    return window;
}
const Shape* shapeOf(const Graph& g, ValueId id) { return id == noValue ? nullptr : &g.shape(id); }

std::int64_t fromEnd(const Graph& g, ValueId x, std::int64_t axis) {
    return axis >= 0 || x == noValue ? axis : axis + static_cast<std::int64_t>(g.shape(x).size());
}

}  // namespace

ValueId gemm(Graph& g, ValueId a, ValueId b, bool transposeA, bool transposeB) {
    GemmAttributes attributes;
    attributes.transposeA = transposeA;
    attributes.transposeB = transposeB;
    return g.addOne(OpKind::Gemm, {a, b}, attributes);
}

ValueId conv2d(Graph& g, ValueId x, ValueId w, WindowAttributes window) {
    return g.addOne(OpKind::Conv2d, {x, w}, withKernel(g, shapeOf(g, w), std::move(window)));
}
ValueId conv2dBackwardData(Graph& g, ValueId dy, ValueId w, WindowAttributes window) {
    return g.addOne(OpKind::Conv2dBackwardData, {dy, w}, withKernel(g, shapeOf(g, w), std::move(window)));
}
ValueId conv2dBackwardWeights(Graph& g, ValueId x, ValueId dy, WindowAttributes window) {
    const Shape weights = window.otherShape;
    return g.addOne(OpKind::Conv2dBackwardWeights, {x, dy}, withKernel(g, &weights, std::move(window)));
}

ValueId maxPool2d(Graph& g, ValueId x, WindowAttributes window) { return g.addOne(OpKind::MaxPool2d, {x}, std::move(window)); }
ValueId averagePool2d(Graph& g, ValueId x, WindowAttributes window) { return g.addOne(OpKind::AveragePool2d, {x}, std::move(window)); }
ValueId maxPool2dBackward(Graph& g, ValueId x, ValueId y, ValueId dy, WindowAttributes window) {
    return g.addOne(OpKind::MaxPool2dBackward, {x, y, dy}, std::move(window));
}
ValueId averagePool2dBackward(Graph& g, ValueId dy, WindowAttributes window) {
    return g.addOne(OpKind::AveragePool2dBackward, {dy}, std::move(window));
}

/// What works number by number does not mind the shape: in front of a reshape it can be joined to what made the numbers.
ValueId unary(Graph& g, UnaryKind kind, ValueId x, double alpha) {
    if (const Op* maker = g.producer(x); maker && maker->kind == OpKind::Reshape) {
        const Shape shape = g.shape(x);
        return reshape(g, unary(g, kind, maker->inputs[0], alpha), shape);
    }
    return g.addOne(OpKind::Unary, {x}, UnaryAttributes{kind, alpha});
}

// What the formula does not read is not named as an input, so that its memory is free: what it does read stands in its place.
ValueId unaryBackward(Graph& g, UnaryKind kind, ValueId x, ValueId y, ValueId dy, double alpha) {
    const auto reads = formulas::dispatchUnary(kind, [](auto formula) { return formula.reads; });
    const ValueId read = reads == formulas::Reads::Input ? x : reads == formulas::Reads::Output ? y : dy;
    return g.addOne(OpKind::UnaryBackward, {read, read, dy}, UnaryAttributes{kind, alpha});
}

ValueId binary(Graph& g, BinaryKind kind, ValueId a, ValueId b) { return g.addOne(OpKind::Binary, {a, b}, BinaryAttributes{kind}); }

ValueId addBias(Graph& g, ValueId x, ValueId bias) {
    if (x == noValue || bias == noValue) return add(g, x, bias);
    Shape shape(g.shape(x).size() < 2 ? 1 : g.shape(x).size() - 1, 1);
    shape.front() = elementCount(g.shape(bias));
    return add(g, x, shape == g.shape(bias) ? bias : reshape(g, bias, shape));
}

ValueId reduce(Graph& g, ReduceKind kind, ValueId x, std::vector<std::int64_t> axes, bool keepAxes) {
    for (auto& axis : axes) axis = fromEnd(g, x, axis);
    return g.addOne(OpKind::Reduce, {x}, ReduceAttributes{kind, std::move(axes), keepAxes});
}

ValueId broadcast(Graph& g, ValueId x, Shape shape) {
    if (x != noValue && g.shape(x).size() < shape.size()) {
        Shape aligned(shape.size() - g.shape(x).size(), 1);
        aligned.insert(aligned.end(), g.shape(x).begin(), g.shape(x).end());
        x = reshape(g, x, aligned);
    }
    return g.addOne(OpKind::Broadcast, {x}, ShapeAttributes{std::move(shape)});
}

ValueId reshape(Graph& g, ValueId x, Shape shape) { return g.addOne(OpKind::Reshape, {x}, ShapeAttributes{std::move(shape)}); }

ValueId concat(Graph& g, std::vector<ValueId> parts, std::int64_t axis) {
    if (!parts.empty()) axis = fromEnd(g, parts.front(), axis);
    return g.addOne(OpKind::Concat, std::move(parts), AxisAttributes{.axis = axis});
}
ValueId slice(Graph& g, ValueId x, std::int64_t axis, std::int64_t begin, std::int64_t length) {
    return g.addOne(OpKind::Slice, {x}, AxisAttributes{fromEnd(g, x, axis), begin, length});
}

ValueId softmax(Graph& g, ValueId x, std::int64_t axis) { return g.addOne(OpKind::Softmax, {x}, AxisAttributes{.axis = fromEnd(g, x, axis)}); }
ValueId softmaxBackward(Graph& g, ValueId y, ValueId dy, std::int64_t axis) {
    return g.addOne(OpKind::SoftmaxBackward, {y, dy}, AxisAttributes{.axis = fromEnd(g, y, axis)});
}

ValueId crossEntropy(Graph& g, ValueId logits, ValueId labels) { return g.addOne(OpKind::CrossEntropy, {logits, labels}); }
ValueId crossEntropyBackward(Graph& g, ValueId logits, ValueId labels, ValueId dLoss) {
    return g.addOne(OpKind::CrossEntropyBackward, {logits, labels, dLoss});
}
ValueId binaryCrossEntropy(Graph& g, ValueId logits, ValueId targets) { return g.addOne(OpKind::BinaryCrossEntropy, {logits, targets}); }
ValueId binaryCrossEntropyBackward(Graph& g, ValueId logits, ValueId targets, ValueId dLoss) {
    return g.addOne(OpKind::BinaryCrossEntropyBackward, {logits, targets, dLoss});
}

BatchNorm batchNormTraining(Graph& g, ValueId x, ValueId gamma, ValueId beta, ValueId runningMean, ValueId runningVariance,
                            BatchNormAttributes attributes) {
    const auto out = g.add(OpKind::BatchNormTraining, {x, gamma, beta, runningMean, runningVariance}, attributes);
    return {out[0], out[1], out[2]};
}
ValueId batchNormInference(Graph& g, ValueId x, ValueId gamma, ValueId beta, ValueId runningMean, ValueId runningVariance,
                           BatchNormAttributes attributes) {
    return g.addOne(OpKind::BatchNormInference, {x, gamma, beta, runningMean, runningVariance}, attributes);
}
BatchNormGradient batchNormBackward(Graph& g, ValueId x, ValueId dy, ValueId gamma, ValueId mean, ValueId rstd, BatchNormAttributes attributes) {
    const auto out = g.add(OpKind::BatchNormBackward, {x, dy, gamma, mean, rstd}, attributes);
    return {out[0], out[1], out[2]};
}

ValueId dropout(Graph& g, ValueId x, DropoutAttributes attributes) { return g.addOne(OpKind::Dropout, {x}, attributes); }

ValueId allFinite(Graph& g, std::vector<ValueId> inputs) { return g.addOne(OpKind::AllFinite, std::move(inputs)); }

void optimizerUpdate(Graph& g, ValueId parameter, ValueId gradient, std::vector<ValueId> slots, ValueId finite, OptimizerAttributes attributes) {
    std::vector<ValueId> inputs{parameter, gradient};
    inputs.insert(inputs.end(), slots.begin(), slots.end());
    inputs.push_back(finite);
    g.add(OpKind::OptimizerUpdate, std::move(inputs), attributes);
}

ValueId transpose(Graph& g, ValueId x, std::vector<std::int64_t> axes) { return g.addOne(OpKind::Transpose, {x}, TransposeAttributes{std::move(axes)}); }
ValueId pad(Graph& g, ValueId x, std::vector<std::int64_t> before, std::vector<std::int64_t> after, double value) {
    return g.addOne(OpKind::Pad, {x}, PadAttributes{std::move(before), std::move(after), value});
}
namespace {

/// Rows of all matrices of a under one another times b[K,N]: one product instead of many. noValue where it is none.
ValueId stacked(Graph& g, ValueId a, ValueId b, bool transposeB) {
    const Shape from = g.shape(a), &shapeB = g.shape(b);
    if (from.size() < 2 || shapeB.size() != 2 || from.back() != shapeB[transposeB ? 1 : 0] || from.back() == 0) return noValue;
    Shape to = from;
    to.back() = shapeB[transposeB ? 0 : 1];
    if (from.size() == 2) return gemm(g, a, b, false, transposeB);
    return reshape(g, gemm(g, reshape(g, a, {elementCount(from) / from.back(), from.back()}), b, false, transposeB), to);
}

}  // namespace

ValueId matMul(Graph& g, ValueId a, ValueId b, bool transposeA, bool transposeB) {
    if (!transposeA && a != noValue && b != noValue)
        if (const ValueId product = stacked(g, a, b, transposeB); product != noValue) return product;
    GemmAttributes attributes;
    attributes.transposeA = transposeA;
    attributes.transposeB = transposeB;
    return g.addOne(OpKind::MatMul, {a, b}, attributes);
}

ValueId gather(Graph& g, ValueId table, ValueId indices) { return g.addOne(OpKind::Gather, {table, indices}); }
ValueId gatherBackward(Graph& g, ValueId indices, ValueId dy, Shape table) {
    return g.addOne(OpKind::GatherBackward, {indices, dy}, ShapeAttributes{std::move(table)});
}
ValueId oneHot(Graph& g, ValueId indices, std::int64_t classes) {
    AxisAttributes attributes;
    attributes.length = classes;
    return g.addOne(OpKind::OneHot, {indices}, attributes);
}
ValueId clip(Graph& g, ValueId x, double lowest, double highest) {
    const ValueId raised = binary(g, BinaryKind::Maximum, x, g.constant("lowest", {}, {lowest}));
    return binary(g, BinaryKind::Minimum, raised, g.constant("highest", {}, {highest}));
}
ValueId logSoftmax(Graph& g, ValueId x, std::int64_t axis) {
    AxisAttributes attributes;
    attributes.axis = fromEnd(g, x, axis);
    return g.addOne(OpKind::LogSoftmax, {x}, attributes);
}

LayerNorm layerNorm(Graph& g, ValueId x, ValueId gamma, ValueId beta, LayerNormAttributes attributes) {
    std::vector<ValueId> inputs{x};
    if (attributes.affine) inputs.push_back(gamma);
    if (attributes.affine && attributes.centered) inputs.push_back(beta);
    const auto results = g.add(OpKind::LayerNorm, std::move(inputs), attributes);
    return {results[0], results[1], results[2]};
}
LayerNormGradient layerNormBackward(Graph& g, ValueId x, ValueId dy, ValueId gamma, ValueId mean, ValueId rstd, LayerNormAttributes attributes) {
    std::vector<ValueId> inputs{x, dy, mean, rstd};
    if (attributes.affine) inputs.push_back(gamma);
    const auto results = g.add(OpKind::LayerNormBackward, std::move(inputs), attributes);
    return {results[0], attributes.affine ? results[1] : noValue, attributes.affine && attributes.centered ? results[2] : noValue};
}

Recurrent recurrent(Graph& g, ValueId x, ValueId w, ValueId r, ValueId b, ValueId rb, ValueId lengths, RecurrentAttributes attributes) {
    std::vector<ValueId> inputs{x, w, r, b, rb};
    if (attributes.lengths) inputs.push_back(lengths);
    const auto results = g.add(OpKind::Recurrent, std::move(inputs), attributes);
    return {results[0], results[1]};
}

RecurrentGradient recurrentBackward(Graph& g, ValueId x, ValueId w, ValueId r, ValueId reserve, ValueId dy, ValueId lengths,
                                    RecurrentAttributes attributes) {
    std::vector<ValueId> inputs{x, w, r, reserve, dy};
    if (attributes.lengths) inputs.push_back(lengths);
    auto results = g.add(OpKind::RecurrentBackward, std::move(inputs), attributes);
    results.resize(5, noValue);
    return {results[0], results[1], results[2], results[3], results[4]};
}

ValueId gaussianNoise(Graph& g, ValueId x, NoiseAttributes attributes) { return g.addOne(OpKind::GaussianNoise, {x}, attributes); }

std::vector<ValueId> hostFunction(Graph& g, std::shared_ptr<const HostFunction> function, std::vector<ValueId> inputs) {
    return g.add(OpKind::HostFunction, std::move(inputs), HostFunctionAttributes{std::move(function)});
}

}  // namespace lamina::ops
