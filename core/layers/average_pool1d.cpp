#include "core/layers/window.h"

namespace lamina {
namespace average_pool1d_layer_parts {

struct AveragePool1d {
    std::int64_t kernel = 2;
    std::int64_t stride = 2;
    std::string padding = "valid";
    std::array<std::int64_t, 2> margins{0, 0};
    bool partial = false;
    bool countPadding = false;
};

ValueId forward(const AveragePool1d& settings, LayerContext& context) {
    auto window = windowOn(context, windowOf(settings));
    if (!window) return noValue;
    window->countPadding = settings.countPadding;
    return pictureAsOutput(context, ops::averagePool2d(context.graph, inputAsPicture(context), *window));
}

std::string toOnnx(const AveragePool1d& settings, OnnxLayerContext& context) {
    auto attributes = windowToOnnx(windowOf(settings), context.inputShapes()[0]);
    attributes["count_include_pad"] = std::int64_t{settings.countPadding};
    return context.add("AveragePool", {context.inputs()[0]}, attributes);
}

Result<AveragePool1d> fromOnnx(const OnnxNode& node, OnnxImportContext&) {
    LAMINA_TRY(const WindowSettings window, windowFromOnnx(node, {}, false, 1));
    AveragePool1d settings;
    setWindow(settings, window);
    // ONNX never counts what lies beyond the margins it was given; without margins there is nothing else to count.
    settings.countPadding = node.integer("count_include_pad", 0) != 0 && !(window.partial && window.padding == "valid");
    if (settings.countPadding && window.partial) return fail("onnx.window_feature", {{"node", node.name}, {"op", node.op}});
    return settings;
}

std::vector<LayerSample> samples() {
    return {{.settings = AveragePool1d{}, .inputs = {{2, 3, 7}}},
            {.settings = AveragePool1d{.kernel = 3, .padding = "same", .countPadding = true}, .inputs = {{1, 17, 8}}},
            {.settings = AveragePool1d{.kernel = 4, .stride = 1, .padding = "same"}, .inputs = {{3, 1, 5}}},
            {.settings = AveragePool1d{.kernel = 3, .padding = "custom", .margins = {1, 2}}, .inputs = {{2, 2, 6}}},
            {.settings = AveragePool1d{.kernel = 3, .stride = 3, .partial = true}, .inputs = {{2, 3, 8}}},
            {.settings = AveragePool1d{.kernel = 3, .padding = "custom", .margins = {1, 0}, .partial = true}, .inputs = {{1, 17, 7}}}};
}

}  // namespace average_pool1d_layer_parts

const LayerType& average_pool1d_layer() {
    using namespace average_pool1d_layer_parts;
    static const LayerType type = LayerDescriptor<AveragePool1d, forward, toOnnx>{
        .id = "average_pool1d",
        .title = "Average pooling 1D",
        .category = "pooling",
        .summary = "Makes the series shorter: every small window becomes its average.",
        .properties = {property("kernel", &AveragePool1d::kernel, "Window", "How many steps of the series a window covers.", {.minimum = 1, .maximum = 1 << 16}),
                       property("stride", &AveragePool1d::stride, "Stride", "Steps between neighbouring windows. 2 halves the series.", {.minimum = 1, .maximum = 1 << 16}),
                       property("padding", &AveragePool1d::padding, "Padding",
                                "Whole only (valid): only whole windows count. "
                                "With edge (same): the series' ends count too. Own margins (custom): those below.",
                                {.choices = {"valid", "same", "custom"}}),
                       property("margins", &AveragePool1d::margins, "Margins", "Steps before the start and after the end. Used with custom padding only.",
                                {.minimum = 0, .maximum = 1 << 16}),
                       property("partial", &AveragePool1d::partial, "Keep the rest",
                                "Where windows do not come out even, an incomplete one at the end counts too. Off: the rest is left out."),
                       property("count_padding", &AveragePool1d::countPadding, "Count padding",
                                "Counts the places around the series as zeros. Off: the average is taken over real steps only.")},
        .onnxOps = {"AveragePool"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
