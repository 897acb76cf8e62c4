#include "core/layers/window.h"

namespace lamina {
namespace max_pool2d_layer_parts {

struct MaxPool2d {
    std::array<std::int64_t, 2> kernel{2, 2};
    std::array<std::int64_t, 2> stride{2, 2};
    std::string padding = "valid";
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};
    bool partial = false;
};

ValueId forward(const MaxPool2d& settings, LayerContext& context) {
    const auto window = windowOn(context, windowOf(settings));
    return window ? ops::maxPool2d(context.graph, context.input(), *window) : noValue;
}

std::string toOnnx(const MaxPool2d& settings, OnnxLayerContext& context) {
    return context.add("MaxPool", {context.inputs()[0]}, windowToOnnx(windowOf(settings), context.inputShapes()[0]));
}

Result<MaxPool2d> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    LAMINA_TRY(const WindowSettings window, windowFromOnnx(node, {}, false));
    MaxPool2d settings;
    setWindow(settings, window);
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = MaxPool2d{}, .inputs = {{2, 3, 6, 8}}},
            {.settings = MaxPool2d{.kernel = {3, 3}, .padding = "same"}, .inputs = {{1, 2, 7, 5}}},
            {.settings = MaxPool2d{.kernel = {3, 2}, .stride = {1, 2}}, .inputs = {{2, 1, 5, 7}}},
            {.settings = MaxPool2d{.kernel = {3, 3}, .padding = "custom", .margins = {1, 1, 1, 1}}, .inputs = {{1, 17, 6, 6}}},
            {.settings = MaxPool2d{.kernel = {3, 3}, .partial = true}, .inputs = {{1, 3, 8, 7}}},
            {.settings = MaxPool2d{.kernel = {2, 3}, .stride = {3, 2}, .padding = "custom", .margins = {0, 1, 0, 1}, .partial = true}, .inputs = {{2, 2, 7, 6}}}};
}

}  // namespace max_pool2d_layer_parts

const LayerType& max_pool2d_layer() {
    using namespace max_pool2d_layer_parts;
    static const LayerType type = LayerDescriptor<MaxPool2d, forward, toOnnx>{
        .id = "max_pool2d",
        .title = "Max pooling 2D",
        .category = "pooling",
        .summary = "Makes the picture smaller: of every small window only the largest number stays.",
        .properties = {property("kernel", &MaxPool2d::kernel, "Window", "Height and width of the window in pixels.", {.minimum = 1, .maximum = 1024}),
                       property("stride", &MaxPool2d::stride, "Stride", "Steps between neighbouring windows, down and across. 2, 2 halves the picture.",
                                {.minimum = 1, .maximum = 1024}),
                       property("padding", &MaxPool2d::padding, "Padding",
                                "Whole only (valid): only whole windows count. "
                                "With edge (same): the picture's edge counts too. Own margins (custom): those below.",
                                {.choices = {"valid", "same", "custom"}}),
                       property("margins", &MaxPool2d::margins, "Margins", "Rows and columns around the picture: top, left, bottom, right. They never win. Used with custom padding only.",
                                {.minimum = 0, .maximum = 1024}),
                       property("partial", &MaxPool2d::partial, "Keep the rest",
                                "Where windows do not come out even, incomplete ones at the bottom and right count too. Off: the rest is left out.")},
        .onnxOps = {"MaxPool"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
