#include "core/layers/window.h"

namespace lamina {
namespace global_average_pool_layer_parts {

struct GlobalAveragePool {
    bool keep = false;
};

ValueId forward(const GlobalAveragePool& settings, LayerContext& context) {
    if (!isPictureOrSeries(context)) return noValue;
    const ValueId y = ops::reduce(context.graph, ReduceKind::Mean, inputAsPicture(context), {2, 3}, settings.keep);
    return settings.keep ? pictureAsOutput(context, y) : y;
}

/// Two nodes that mean the same for pictures and series; ReduceMean would name axes that only fit one of them.
std::string toOnnx(const GlobalAveragePool& settings, OnnxLayerContext& context) {
    const std::string y = context.add("GlobalAveragePool", {context.inputs()[0]});
    return settings.keep ? y : context.add("Flatten", {y}, {{"axis", std::int64_t{1}}});
}

Result<GlobalAveragePool> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    const auto axes = node.integers("axes", {});
    // Axes counted from the end would be height and width of a picture, but not of a series with its one place.
    if (node.op == "ReduceMean" && axes != std::vector<std::int64_t>{2, 3}) return fail("onnx.reduce_axes", {{"node", node.name}});
    return GlobalAveragePool{.keep = node.op == "GlobalAveragePool" || node.integer("keepdims", 1) != 0};
}

std::vector<LayerSample> samples() {
    return {{.settings = GlobalAveragePool{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = GlobalAveragePool{}, .inputs = {{1, 17, 1, 7}}},
            {.settings = GlobalAveragePool{}, .inputs = {{2, 5, 7}}},
            {.settings = GlobalAveragePool{.keep = true}, .inputs = {{2, 3, 4, 5}}},
            {.settings = GlobalAveragePool{.keep = true}, .inputs = {{1, 17, 3}}}};
}

}  // namespace global_average_pool_layer_parts

const LayerType& global_average_pool_layer() {
    using namespace global_average_pool_layer_parts;
    static const LayerType type = LayerDescriptor<GlobalAveragePool, forward, toOnnx>{
        .id = "global_average_pool",
        .title = "Global average pooling",
        .category = "pooling",
        .summary = "Turns every channel of a picture or series into one number, its average, so that items of any size give the same count.",
        .properties = {property("keep", &GlobalAveragePool::keep, "Keep the axes",
                                "What comes out stays a picture or series, of one place. Needed where convolutions follow; off: a row, as Dense layers need it.")},
        .onnxOps = {"GlobalAveragePool", "ReduceMean"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
