#include "core/engine/ops/inference.h"

#include <algorithm>

namespace lamina {

Result<void> expectCount(OpInputs inputs, std::size_t count) {
    if (inputs.size() == count) return {};
    return fail("op.input_count", {{"expected", std::to_string(count)}, {"found", std::to_string(inputs.size())}});
}

Result<void> expectAxes(OpInputs inputs, std::size_t index, std::size_t axes) {
    const Shape& shape = inputs[index]->shape;
    if (shape.size() == axes) return {};
    return fail("op.axis_count", {{"input", std::to_string(index + 1)}, {"expected", std::to_string(axes)}, {"shape", shapeText(shape)}});
}

Result<void> expectShape(OpInputs inputs, std::size_t index, const Shape& shape) {
    if (inputs[index]->shape == shape) return {};
    return fail("op.shape_differs", {{"input", std::to_string(index + 1)}, {"expected", shapeText(shape)}, {"shape", shapeText(inputs[index]->shape)}});
}

Result<void> expectReal(OpInputs inputs, std::size_t index) {
    if (inputs[index]->type == DType::Float32) return {};
    return fail("op.real_input", {{"input", std::to_string(index + 1)}, {"type", dtypeName(inputs[index]->type)}});
}

Result<void> expectIndices(OpInputs inputs, std::size_t index) {
    if (inputs[index]->type == DType::Float32 || inputs[index]->type == DType::Int32) return {};
    return fail("op.index_type", {{"input", std::to_string(index + 1)}, {"type", dtypeName(inputs[index]->type)}});
}

Result<void> expectAxis(const Shape& shape, std::int64_t axis) {
    if (axis >= 0 && axis < static_cast<std::int64_t>(shape.size())) return {};
    return fail("op.axis", {{"axis", std::to_string(axis)}, {"shape", shapeText(shape)}});
}

Result<std::array<std::int64_t, 2>> windowSizes(const Shape& x, const WindowAttributes& window) {
    std::array<std::int64_t, 2> sizes{};
    for (std::size_t i = 0; i < 2; ++i) {
        const std::int64_t before = window.padding[i], after = window.padding[i + 2];
        if (window.kernel[i] < 1 || window.stride[i] < 1 || window.dilation[i] < 1 || before < 0 || after < 0)
            return fail("op.window", {{"kernel", std::to_string(window.kernel[i])}, {"stride", std::to_string(window.stride[i])},
                                      {"dilation", std::to_string(window.dilation[i])}, {"padding", std::to_string(std::min(before, after))}});
        const std::int64_t extent = window.dilation[i] * (window.kernel[i] - 1) + 1, room = x[i + 2] + before + after;
        if (extent > room)
            return fail("op.window_too_large", {{"extent", std::to_string(extent)}, {"size", std::to_string(room)}, {"shape", shapeText(x)}});
        sizes[i] = (room - extent) / window.stride[i] + 1;
    }
    return sizes;
}

Result<Shape> broadcastShape(const Shape& a, const Shape& b) {
    Shape shape(std::max(a.size(), b.size()));
    for (std::size_t fromEnd = 1; fromEnd <= shape.size(); ++fromEnd) {
        const std::int64_t sizeA = fromEnd <= a.size() ? a[a.size() - fromEnd] : 1, sizeB = fromEnd <= b.size() ? b[b.size() - fromEnd] : 1;
        if (sizeA != sizeB && sizeA != 1 && sizeB != 1) return fail("op.broadcast", {{"a", shapeText(a)}, {"b", shapeText(b)}});
        shape[shape.size() - fromEnd] = sizeA == 1 ? sizeB : sizeA;
    }
    return shape;
}

ValueId sumTo(Graph& g, ValueId gradient, const Shape& shape) {
    if (gradient == noValue || g.shape(gradient) == shape) return gradient;
    const Shape from = g.shape(gradient);
    const std::size_t added = from.size() - shape.size();
    std::vector<std::int64_t> repeated;
    for (std::size_t axis = 0; axis < from.size(); ++axis)
        if (axis < added || (shape[axis - added] == 1 && from[axis] != 1)) repeated.push_back(static_cast<std::int64_t>(axis));
    const ValueId sum = repeated.empty() ? gradient : ops::reduce(g, ReduceKind::Sum, gradient, repeated, true);
    return sum == noValue || g.shape(sum) == shape ? sum : ops::reshape(g, sum, shape);
}

Shape alongChannels(std::int64_t channels, std::size_t axes) {
    Shape shape(axes, 1);
    shape[1] = channels;
    return shape;
}

double oncePerOutput(const Graph& g, const Op& op) { return static_cast<double>(elementCount(g.shape(op.outputs.front()))); }
double oncePerInput(const Graph& g, const Op& op) { return static_cast<double>(elementCount(g.shape(op.inputs.front()))); }
double noCost(const Graph&, const Op&) { return 0; }

}  // namespace lamina
