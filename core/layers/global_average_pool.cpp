#include <nlohmann/json.hpp>

#include "core/layers/layer_type.h"

namespace lamina {
namespace {

struct GlobalAveragePool {};

ValueId forward(const GlobalAveragePool&, LayerContext& context) {
    if (context.shape().size() != 4) return context.refuse(fail("layer.needs_image", {{"shape", shapeText(context.shape())}}));
    return ops::reduce(context.graph, ReduceKind::Mean, context.input(), {2, 3});
}

std::string toOnnx(const GlobalAveragePool&, OnnxLayerContext& context) {
    return context.add("ReduceMean", {context.inputs()[0]}, {{"axes", std::vector<std::int64_t>{2, 3}}, {"keepdims", std::int64_t{0}}});
}

/// GlobalAveragePool keeps two axes of size 1; what follows it (Flatten, Reshape) gives the same from [N,C].
Result<nlohmann::json> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    const auto axes = node.integers("axes", {});
    const bool overPicture = axes == std::vector<std::int64_t>{2, 3} || axes == std::vector<std::int64_t>{-2, -1};
    if (node.op == "ReduceMean" && (!overPicture || node.integer("keepdims", 1) != 0)) return fail("onnx.reduce_axes", {{"node", node.name}});
    return nlohmann::json::object();
}

std::vector<LayerSample> samples() {
    return {{.settings = nlohmann::json::object(), .inputs = {{2, 3, 5, 4}}}, {.settings = nlohmann::json::object(), .inputs = {{1, 17, 1, 7}}}};
}

}  // namespace

const LayerType& global_average_pool_layer() {
    static const LayerType type = LayerDescriptor<GlobalAveragePool, forward, toOnnx>{
        .id = "global_average_pool",
        .title = "Global average pooling",
        .category = "pooling",
        .summary = "Turns every channel of the picture into one number, its average, so that pictures of any size give the same count.",
        .onnxOps = {"GlobalAveragePool", "ReduceMean"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
