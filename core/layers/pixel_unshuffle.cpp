#include "core/layers/layer_type.h"

namespace lamina {
namespace pixel_unshuffle_layer_parts {

struct PixelUnshuffle {
    std::int64_t factor = 2;
};

Shape splitShape(std::int64_t batch, const Shape& s, std::int64_t f) { return {batch, s[1], s[2] / f, f, s[3] / f, f}; }
Shape wholeShape(std::int64_t batch, const Shape& s, std::int64_t f) { return {batch, s[1] * f * f, s[2] / f, s[3] / f}; }
const std::vector<std::int64_t> order{0, 1, 3, 5, 2, 4};

/// [N, C, H, W] → [N, C·f·f, H/f, W/f]: every f × f pixels become channels of one place.
ValueId forward(const PixelUnshuffle& settings, LayerContext& context) {
    const Shape s = context.shape();
    const std::int64_t f = settings.factor;
    if (s.size() != 4) return context.refuse(fail("layer.needs_image", {{"shape", shapeText(s)}}));
    if (s[2] % f != 0 || s[3] % f != 0)
        return context.refuse(fail("layer.unshuffle_size", {{"image", shapeText({s[2], s[3]})}, {"factor", std::to_string(f)}}));
    const ValueId split = ops::reshape(context.graph, context.input(), splitShape(s[0], s, f));
    return ops::reshape(context.graph, ops::transpose(context.graph, split, order), wholeShape(s[0], s, f));
}

/// ONNX's SpaceToDepth orders the channels otherwise.
std::string toOnnx(const PixelUnshuffle& settings, OnnxLayerContext& context) {
    const Shape& s = context.inputShapes()[0];
    const Shape split = splitShape(0, s, settings.factor), whole = wholeShape(0, s, settings.factor);
    const std::string apart = context.add("Reshape", {context.inputs()[0], context.constant("split", {{6}, split})});
    return context.add("Reshape", {context.add("Transpose", {apart}, {{"perm", order}}), context.constant("whole", {{4}, whole})});
}

std::vector<LayerSample> samples() {
    return {{.settings = PixelUnshuffle{}, .inputs = {{2, 3, 4, 6}}},
            {.settings = PixelUnshuffle{.factor = 3}, .inputs = {{1, 1, 3, 9}}},
            {.settings = PixelUnshuffle{.factor = 1}, .inputs = {{1, 17, 2, 3}}}};
}

}  // namespace pixel_unshuffle_layer_parts

const LayerType& pixel_unshuffle_layer() {
    using namespace pixel_unshuffle_layer_parts;
    static const LayerType type = LayerDescriptor<PixelUnshuffle, forward, toOnnx>{
        .id = "pixel_unshuffle",
        .title = "Pixels to channels",
        .category = "shape",
        .summary = "Makes a picture smaller without losing a number: neighbouring pixels become channels of one place.",
        .properties = {property("factor", &PixelUnshuffle::factor, "Factor",
                                "How many times lower and narrower the picture becomes. Height and width must be multiples of it.", {.minimum = 1, .maximum = 64})},
        .samples = samples};
    return type;
}

}  // namespace lamina
