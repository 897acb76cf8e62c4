#include "core/layers/window.h"

namespace lamina {
namespace average_pool2d_layer_parts {

struct AveragePool2d {
    std::array<std::int64_t, 2> kernel{2, 2};
    std::array<std::int64_t, 2> stride{2, 2};
    std::string padding = "valid";
    std::array<std::int64_t, 4> margins{0, 0, 0, 0};
    bool partial = false;
    bool countPadding = false;
};

ValueId forward(const AveragePool2d& settings, LayerContext& context) {
    auto window = windowOn(context, windowOf(settings));
    if (!window) return noValue;
    window->countPadding = settings.countPadding;
    return ops::averagePool2d(context.graph, context.input(), *window);
}

std::string toOnnx(const AveragePool2d& settings, OnnxLayerContext& context) {
    auto attributes = windowToOnnx(windowOf(settings), context.inputShapes()[0]);
    attributes["count_include_pad"] = std::int64_t{settings.countPadding};
    return context.add("AveragePool", {context.inputs()[0]}, attributes);
}

Result<AveragePool2d> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    LAMINA_TRY(const WindowSettings window, windowFromOnnx(node, {}, false));
    AveragePool2d settings;
    setWindow(settings, window);
    // ONNX never counts what lies beyond the margins it was given; without margins there is nothing else to count.
    settings.countPadding = node.integer("count_include_pad", 0) != 0 && !(window.partial && window.padding == "valid");
    if (settings.countPadding && window.partial) return fail("onnx.window_feature", {{"node", node.name}, {"op", node.op}});
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = AveragePool2d{}, .inputs = {{2, 3, 6, 8}}},
            {.settings = AveragePool2d{.kernel = {3, 3}, .padding = "same"}, .inputs = {{1, 2, 7, 5}}},
            {.settings = AveragePool2d{.kernel = {3, 2}, .stride = {1, 2}, .padding = "same", .countPadding = true}, .inputs = {{2, 1, 5, 7}}},
            {.settings = AveragePool2d{.kernel = {3, 3}, .padding = "custom", .margins = {1, 1, 1, 1}}, .inputs = {{1, 17, 6, 6}}},
            {.settings = AveragePool2d{.kernel = {3, 3}, .partial = true}, .inputs = {{1, 3, 8, 7}}},
            {.settings = AveragePool2d{.kernel = {2, 3}, .stride = {3, 2}, .padding = "custom", .margins = {0, 1, 0, 1}, .partial = true}, .inputs = {{2, 2, 7, 6}}}};
}

}  // namespace average_pool2d_layer_parts

const LayerType& average_pool2d_layer() {
    using namespace average_pool2d_layer_parts;
    static const LayerType type = LayerDescriptor<AveragePool2d, forward, toOnnx>{
        .id = "average_pool2d",
        .title = "Average pooling 2D",
        .category = "pooling",
        .summary = "Makes the picture smaller: every small window becomes its average.",
        .properties = {property("kernel", &AveragePool2d::kernel, "Window", "Height and width of the window in pixels.", {.minimum = 1, .maximum = 1024}),
                       property("stride", &AveragePool2d::stride, "Stride", "Steps between neighbouring windows, down and across. 2, 2 halves the picture.",
                                {.minimum = 1, .maximum = 1024}),
                       property("padding", &AveragePool2d::padding, "Padding",
                                "Whole only (valid): only whole windows count. "
                                "With edge (same): the picture's edge counts too. Own margins (custom): those below.",
                                {.choices = {"valid", "same", "custom"}}),
                       property("margins", &AveragePool2d::margins, "Margins", "Rows and columns around the picture: top, left, bottom, right. Used with custom padding only.",
                                {.minimum = 0, .maximum = 1024}),
                       property("partial", &AveragePool2d::partial, "Keep the rest",
                                "Where windows do not come out even, incomplete ones at the bottom and right count too. Off: the rest is left out."),
                       property("count_padding", &AveragePool2d::countPadding, "Count padding",
                                "Counts the places around the picture as zeros. Off: the average is taken over real pixels only.")},
        .onnxOps = {"AveragePool"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
