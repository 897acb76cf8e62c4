#include "core/engine/ops/pool2d.h"

namespace lamina {

Result<Shape> pooledShape(const Shape& x, const WindowAttributes& window) {
    LAMINA_TRY(const auto sizes, windowSizes(x, window));
    for (std::size_t i = 0; i < 4; ++i) {
        const std::int64_t extent = window.dilation[i % 2] * (window.kernel[i % 2] - 1) + 1;
        if (window.padding[i] >= extent)
            return fail("op.pool_padding", {{"padding", std::to_string(window.padding[i])}, {"extent", std::to_string(extent)}});
    }
    return Shape{x[0], x[1], sizes[0], sizes[1]};
}

OpOutputs inferPool(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    LAMINA_CHECK(expectAxes(inputs, 0, 4));
    LAMINA_TRY(auto shape, pooledShape(inputs[0]->shape, op.as<WindowAttributes>()));
    return outputs(std::move(shape));
}

OpOutputs inferPoolBackward(const Op& op, OpInputs inputs, std::size_t dy) {
    const auto& window = op.as<WindowAttributes>();
    LAMINA_CHECK(expectCount(inputs, dy + 1));
    if (window.otherShape.size() != 4) return fail("op.pool_other_shape", {{"shape", shapeText(window.otherShape)}});
    LAMINA_TRY(const auto pooled, pooledShape(window.otherShape, window));
    LAMINA_CHECK(expectShape(inputs, dy, pooled));
    return outputs(window.otherShape);
}

double poolFlops(const Graph& g, const Op& op, ValueId small) {
    const auto& kernel = op.as<WindowAttributes>().kernel;
    return static_cast<double>(elementCount(g.shape(small))) * static_cast<double>(kernel[0] * kernel[1]);
}

}  // namespace lamina
