#include "core/layers/window.h"

namespace lamina {
namespace global_max_pool_layer_parts {

struct GlobalMaxPool {
    bool keep = false;
};

/// One window over the whole picture: the maximum of ops::reduce has no gradient.
ValueId forward(const GlobalMaxPool& settings, LayerContext& context) {
    if (!isPictureOrSeries(context)) return noValue;
    const Shape picture = pictureShape(context.shape());
    WindowAttributes window;
    window.kernel = {picture[2], picture[3]};
    const ValueId y = ops::maxPool2d(context.graph, inputAsPicture(context), window);
    return settings.keep ? pictureAsOutput(context, y) : ops::reshape(context.graph, y, {picture[0], picture[1]});
}

std::string toOnnx(const GlobalMaxPool& settings, OnnxLayerContext& context) {
    const std::string y = context.add("GlobalMaxPool", {context.inputs()[0]});
    return settings.keep ? y : context.add("Flatten", {y}, {{"axis", std::int64_t{1}}});
}

Result<GlobalMaxPool> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    const auto axes = node.integers("axes", {});
    // Axes counted from the end would be height and width of a picture, but not of a series with its one place.
    if (node.op == "ReduceMax" && axes != std::vector<std::int64_t>{2, 3}) return fail("onnx.reduce_axes", {{"node", node.name}});
    return GlobalMaxPool{.keep = node.op == "GlobalMaxPool" || node.integer("keepdims", 1) != 0};
}

std::vector<LayerSample> samples() {
    return {{.settings = GlobalMaxPool{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = GlobalMaxPool{}, .inputs = {{1, 17, 1, 7}}},
            {.settings = GlobalMaxPool{}, .inputs = {{2, 5, 7}}},
            {.settings = GlobalMaxPool{.keep = true}, .inputs = {{2, 3, 4, 5}}},
            {.settings = GlobalMaxPool{.keep = true}, .inputs = {{1, 17, 3}}}};
}

}  // namespace global_max_pool_layer_parts

const LayerType& global_max_pool_layer() {
    using namespace global_max_pool_layer_parts;
    static const LayerType type = LayerDescriptor<GlobalMaxPool, forward, toOnnx>{
        .id = "global_max_pool",
        .title = "Global max pooling",
        .category = "pooling",
        .summary = "Turns every channel of a picture or series into one number, its largest: is the pattern there at all, no matter where?",
        .properties = {property("keep", &GlobalMaxPool::keep, "Keep the axes",
                                "What comes out stays a picture or series, of one place. Needed where convolutions follow; off: a row, as Dense layers need it.")},
        .onnxOps = {"GlobalMaxPool", "ReduceMax"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
