#include "core/layers/trailing_axes.h"

#include <algorithm>

namespace lamina {

Shape trailingAxes(LayerContext& context, std::int64_t axes) {
    const Shape& shape = context.shape();
    const auto items = static_cast<std::int64_t>(shape.size()) - 1;
    if (items < 1 || axes > items) {
        context.refuse(fail("layer.too_few_axes", {{"axes", std::to_string(axes)}, {"shape", shapeText(shape)}}));
        return {};
    }
    return {shape.end() - static_cast<std::ptrdiff_t>(axes == 0 ? items : axes), shape.end()};
}

ValueId normaliseTrailing(LayerContext& context, std::int64_t axes, const LayerNormAttributes& attributes) {
    const Shape shape = context.shape(), last = trailingAxes(context, axes);
    if (last.empty()) return noValue;
    Graph& g = context.graph;
    const std::int64_t size = elementCount(last);
    ValueId gamma = noValue, beta = noValue;
    if (attributes.affine) gamma = ops::reshape(g, context.parameter("gamma", last, {Initializer::Kind::Constant, 1}), {size});
    if (attributes.affine && attributes.centered) beta = ops::reshape(g, context.parameter("beta", last, {}), {size});
    const ValueId rows = ops::reshape(g, context.input(), {elementCount(shape) / std::max<std::int64_t>(1, size), size});
    return ops::reshape(g, ops::layerNorm(g, rows, gamma, beta, attributes).y, shape);
}

namespace {

/// [C, 1, 1 …]: aligned at the right, it goes along axis 1.
Shape besideChannels(const Shape& shape) {
    Shape along(shape.size() - 1, 1);
    along[0] = shape[1];
    return along;
}

}  // namespace

ValueId scaleChannels(LayerContext& context, ValueId y) {
    Graph& g = context.graph;
    const Shape along = besideChannels(context.shape());
    const ValueId gamma = context.parameter("gamma", {along[0]}, {Initializer::Kind::Constant, 1}), beta = context.parameter("beta", {along[0]}, {});
    return ops::add(g, ops::multiply(g, y, ops::reshape(g, gamma, along)), ops::reshape(g, beta, along));
}

std::string scaleChannelsToOnnx(OnnxLayerContext& context, const std::string& y) {
    const Shape along = besideChannels(context.inputShapes()[0]);
    const std::string shape = context.constant("along", {{static_cast<std::int64_t>(along.size())}, along});
    const std::string gamma = context.add("Reshape", {context.parameter("gamma"), shape}), beta = context.add("Reshape", {context.parameter("beta"), shape});
    return context.add("Add", {context.add("Mul", {y, gamma}), beta});
}

}  // namespace lamina
