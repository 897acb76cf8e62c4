#include "core/layers/layer_type.h"

namespace lamina {
namespace pixel_shuffle_layer_parts {

struct PixelShuffle {
    std::int64_t factor = 2;
};

/// [N, C·f·f, H, W] → [N, C, H·f, W·f]: the f·f channels of a place become its f × f pixels.
ValueId forward(const PixelShuffle& settings, LayerContext& context) {
    const Shape s = context.shape();
    const std::int64_t f = settings.factor;
    if (s.size() != 4) return context.refuse(fail("layer.needs_image", {{"shape", shapeText(s)}}));
    if (s[1] % (f * f) != 0)
        return context.refuse(fail("layer.shuffle_channels", {{"channels", std::to_string(s[1])}, {"factor", std::to_string(f)}, {"multiple", std::to_string(f * f)}}));
    const std::int64_t channels = s[1] / (f * f);
    const ValueId split = ops::reshape(context.graph, context.input(), {s[0], channels, f, f, s[2], s[3]});
    return ops::reshape(context.graph, ops::transpose(context.graph, split, {0, 1, 4, 2, 5, 3}), {s[0], channels, s[2] * f, s[3] * f});
}

std::string toOnnx(const PixelShuffle& settings, OnnxLayerContext& context) {
    return context.add("DepthToSpace", {context.inputs()[0]}, {{"blocksize", settings.factor}, {"mode", std::string("CRD")}});
}

Result<PixelShuffle> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    if (node.text("mode", "DCR") != "CRD") return fail("onnx.shuffle_order", {{"node", node.name}});
    return PixelShuffle{node.integer("blocksize", 1)};
}

std::vector<LayerSample> samples() {
    return {{.settings = PixelShuffle{}, .inputs = {{2, 8, 3, 5}}},
            {.settings = PixelShuffle{.factor = 3}, .inputs = {{1, 9, 2, 1}}},
            {.settings = PixelShuffle{.factor = 1}, .inputs = {{1, 17, 2, 3}}}};
}

}  // namespace pixel_shuffle_layer_parts

const LayerType& pixel_shuffle_layer() {
    using namespace pixel_shuffle_layer_parts;
    static const LayerType type = LayerDescriptor<PixelShuffle, forward, toOnnx>{
        .id = "pixel_shuffle",
        .title = "Channels to pixels",
        .category = "shape",
        .summary = "Makes a picture larger by laying channels out as pixels: a convolution before it learns what the new pixels show.",
        .properties = {property("factor", &PixelShuffle::factor, "Factor",
                                "How many times higher and wider the picture becomes. Its channels must be a multiple of the factor's square.",
                                {.minimum = 1, .maximum = 64})},
        .onnxOps = {"DepthToSpace"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
