#include "core/layers/window.h"

namespace lamina {
namespace {

struct GlobalAveragePool {};

ValueId forward(const GlobalAveragePool&, LayerContext& context) {
    if (!isPictureOrSeries(context)) return noValue;
    return ops::reduce(context.graph, ReduceKind::Mean, inputAsPicture(context), {2, 3});
}

/// Two nodes that mean the same for pictures and series; ReduceMean would name axes that only fit one of them.
std::string toOnnx(const GlobalAveragePool&, OnnxLayerContext& context) {
    return context.add("Flatten", {context.add("GlobalAveragePool", {context.inputs()[0]})}, {{"axis", std::int64_t{1}}});
}

/// GlobalAveragePool keeps two axes of size 1; what follows it (Flatten, Reshape) gives the same from [N,C].
Result<GlobalAveragePool> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    const auto axes = node.integers("axes", {});
    const bool overPicture = axes == std::vector<std::int64_t>{2, 3} || axes == std::vector<std::int64_t>{-2, -1};
    if (node.op == "ReduceMean" && (!overPicture || node.integer("keepdims", 1) != 0)) return fail("onnx.reduce_axes", {{"node", node.name}});
    return GlobalAveragePool{};
}

std::vector<LayerSample> samples() {
    return {{.settings = GlobalAveragePool{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = GlobalAveragePool{}, .inputs = {{1, 17, 1, 7}}},
            {.settings = GlobalAveragePool{}, .inputs = {{2, 5, 7}}}};
}

}  // namespace

const LayerType& global_average_pool_layer() {
    static const LayerType type = LayerDescriptor<GlobalAveragePool, forward, toOnnx>{
        .id = "global_average_pool",
        .title = "Global average pooling",
        .category = "pooling",
        .summary = "Turns every channel of a picture or series into one number, its average, so that items of any size give the same count.",
        .onnxOps = {"GlobalAveragePool", "ReduceMean"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
