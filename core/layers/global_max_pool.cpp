#include "core/layers/window.h"

namespace lamina {
namespace {

struct GlobalMaxPool {};

/// One window over the whole picture: the maximum of ops::reduce has no gradient.
ValueId forward(const GlobalMaxPool&, LayerContext& context) {
    if (!isPictureOrSeries(context)) return noValue;
    const Shape picture = pictureShape(context.shape());
    WindowAttributes window;
    window.kernel = {picture[2], picture[3]};
    const ValueId y = ops::maxPool2d(context.graph, inputAsPicture(context), window);
    return ops::reshape(context.graph, y, {picture[0], picture[1]});
}

std::string toOnnx(const GlobalMaxPool&, OnnxLayerContext& context) {
    return context.add("Flatten", {context.add("GlobalMaxPool", {context.inputs()[0]})}, {{"axis", std::int64_t{1}}});
}

/// GlobalMaxPool keeps axes of size 1; what follows it (Flatten, Reshape) gives the same from [N,C].
Result<GlobalMaxPool> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    const auto axes = node.integers("axes", {});
    const bool overPicture = axes == std::vector<std::int64_t>{2, 3} || axes == std::vector<std::int64_t>{-2, -1};
    if (node.op == "ReduceMax" && (!overPicture || node.integer("keepdims", 1) != 0)) return fail("onnx.reduce_axes", {{"node", node.name}});
    return GlobalMaxPool{};
}

std::vector<LayerSample> samples() {
    return {{.settings = GlobalMaxPool{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = GlobalMaxPool{}, .inputs = {{1, 17, 1, 7}}},
            {.settings = GlobalMaxPool{}, .inputs = {{2, 5, 7}}}};
}

}  // namespace

const LayerType& global_max_pool_layer() {
    static const LayerType type = LayerDescriptor<GlobalMaxPool, forward, toOnnx>{
        .id = "global_max_pool",
        .title = "Global max pooling",
        .category = "pooling",
        .summary = "Turns every channel of a picture or series into one number, its largest: is the pattern there at all, no matter where?",
        .onnxOps = {"GlobalMaxPool", "ReduceMax"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
