#include <limits>

#include "core/layers/margins.h"
#include "core/layers/window.h"

namespace lamina {
namespace crop_layer_parts {

struct Crop {
    Margins margins{1, 1, 1, 1};
};

ValueId forward(const Crop& settings, LayerContext& context) {
    if (!isPictureOrSeries(context)) return noValue;
    const Shape shape = context.shape();
    ValueId y = context.input();
    for (const auto& [axis, before, after] : marginsByAxis(settings.margins, shape.size())) {
        const std::int64_t length = shape[static_cast<std::size_t>(axis)] - before - after;
        if (length < 1) return context.refuse(fail("layer.crop_all", {{"shape", shapeText(shape)}}));
        if (before != 0 || after != 0) y = ops::slice(context.graph, y, axis, before, length);
    }
    return y;
}

std::string toOnnx(const Crop& settings, OnnxLayerContext& context) {
    std::vector<std::int64_t> axes, starts, ends;
    for (const AxisMargin& margin : marginsByAxis(settings.margins, context.inputShapes()[0].size())) {
        axes.push_back(margin.axis);
        starts.push_back(margin.before);
        ends.push_back(margin.after == 0 ? std::numeric_limits<std::int64_t>::max() : -margin.after);
    }
    const Shape shape{static_cast<std::int64_t>(axes.size())};
    return context.add("Slice", {context.inputs()[0], context.constant("starts", {shape, starts}), context.constant("ends", {shape, ends}),
                                 context.constant("axes", {shape, axes})});
}

/// The whole numbers of a constant input, two of them; empty where it is none.
std::vector<std::int64_t> pairOf(OnnxImportContext& context, std::size_t input) {
    const OnnxTensor* tensor = context.constantInput(input);
    const auto* numbers = tensor ? std::get_if<std::vector<std::int64_t>>(&tensor->data) : nullptr;
    return numbers && numbers->size() == 2 ? *numbers : std::vector<std::int64_t>{};
}

/// Height and width together, counted from both ends; other parts are the Slice layer's.
Result<Crop> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const auto starts = pairOf(context, 1), ends = pairOf(context, 2), axes = pairOf(context, 3), steps = pairOf(context, 4);
    const bool everyStep = node.inputs.size() < 5 || steps == std::vector<std::int64_t>{1, 1};
    if (starts.empty() || ends.empty() || axes != std::vector<std::int64_t>{2, 3} || !everyStep) return fail("onnx.slice_form", {{"node", node.name}});
    Margins margins{starts[0], starts[1], 0, 0};
    for (std::size_t i = 0; i < 2; ++i) {
        const bool toTheEnd = ends[i] >= std::numeric_limits<std::int32_t>::max();
        if (starts[i] < 0 || (ends[i] >= 0 && !toTheEnd)) return fail("onnx.slice_form", {{"node", node.name}});
        margins[i + 2] = toTheEnd ? 0 : -ends[i];
    }
    return Crop{margins};
}

std::vector<LayerSample> samples() {
    return {{.settings = Crop{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Crop{.margins = {0, 3, 2, 0}}, .inputs = {{1, 17, 3, 7}}},
            {.settings = Crop{.margins = {0, 2, 0, 1}}, .inputs = {{2, 3, 5}}},
            {.settings = Crop{.margins = {0, 0, 0, 3}}, .inputs = {{2, 1, 4}}}};
}

}  // namespace crop_layer_parts

const LayerType& crop_layer() {
    using namespace crop_layer_parts;
    static const LayerType type = LayerDescriptor<Crop, forward, toOnnx>{
        .id = "crop",
        .title = "Crop",
        .category = "shape",
        .summary = "Cuts rows and columns off the edges of a picture, or steps off the ends of a series.",
        .properties = {property("margins", &Crop::margins, "Margins",
                                "How many rows and columns at the top, left, bottom and right. For a series only left (start) and right (end) count.",
                                {.minimum = 0, .maximum = 8192})},
        .onnxOps = {"Slice"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
