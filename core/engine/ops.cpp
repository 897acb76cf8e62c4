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

ValueId unary(Graph& g, UnaryKind kind, ValueId x, double alpha) { return g.addOne(OpKind::Unary, {x}, UnaryAttributes{kind, alpha}); }

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

}  // namespace lamina::ops
