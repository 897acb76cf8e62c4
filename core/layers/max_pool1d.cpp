#include "core/layers/window.h"

namespace lamina {
namespace max_pool1d_layer_parts {

struct MaxPool1d {
    std::int64_t kernel = 2;
    std::int64_t stride = 2;
    std::string padding = "valid";
    std::array<std::int64_t, 2> margins{0, 0};
    bool partial = false;
};

ValueId forward(const MaxPool1d& settings, LayerContext& context) {
    const auto window = windowOn(context, windowOf(settings));
    if (!window) return noValue;
    return pictureAsOutput(context, ops::maxPool2d(context.graph, inputAsPicture(context), *window));
}

std::string toOnnx(const MaxPool1d& settings, OnnxLayerContext& context) {
    return context.add("MaxPool", {context.inputs()[0]}, windowToOnnx(windowOf(settings), context.inputShapes()[0]));
}

Result<MaxPool1d> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    LAMINA_TRY(const WindowSettings window, windowFromOnnx(node, {}, false, 1));
    MaxPool1d settings;
    setWindow(settings, window);
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = MaxPool1d{}, .inputs = {{2, 3, 7}}},
            {.settings = MaxPool1d{.kernel = 3, .padding = "same"}, .inputs = {{1, 17, 8}}},
            {.settings = MaxPool1d{.kernel = 4, .stride = 1, .padding = "same"}, .inputs = {{3, 1, 5}}},
            {.settings = MaxPool1d{.kernel = 3, .padding = "custom", .margins = {1, 2}}, .inputs = {{2, 2, 6}}},
            {.settings = MaxPool1d{.kernel = 3, .stride = 3, .partial = true}, .inputs = {{2, 3, 8}}},
            {.settings = MaxPool1d{.kernel = 3, .padding = "custom", .margins = {1, 0}, .partial = true}, .inputs = {{1, 17, 7}}}};
}

}  // namespace max_pool1d_layer_parts

const LayerType& max_pool1d_layer() {
    using namespace max_pool1d_layer_parts;
    static const LayerType type = LayerDescriptor<MaxPool1d, forward, toOnnx>{
        .id = "max_pool1d",
        .title = "Max pooling 1D",
        .category = "pooling",
        .summary = "Makes the series shorter: of every small window only the largest number stays.",
        .properties = {property("kernel", &MaxPool1d::kernel, "Window", "How many steps of the series a window covers.", {.minimum = 1, .maximum = 1 << 16}),
                       property("stride", &MaxPool1d::stride, "Stride", "Steps between neighbouring windows. 2 halves the series.", {.minimum = 1, .maximum = 1 << 16}),
                       property("padding", &MaxPool1d::padding, "Padding",
                                "Whole only (valid): only whole windows count. "
                                "With edge (same): the series' ends count too. Own margins (custom): those below.",
                                {.choices = {"valid", "same", "custom"}}),
                       property("margins", &MaxPool1d::margins, "Margins", "Steps before the start and after the end. They never win. Used with custom padding only.",
                                {.minimum = 0, .maximum = 1 << 16}),
                       property("partial", &MaxPool1d::partial, "Keep the rest",
                                "Where windows do not come out even, an incomplete one at the end counts too. Off: the rest is left out.")},
        .onnxOps = {"MaxPool"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
