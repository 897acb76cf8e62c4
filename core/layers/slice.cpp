#include <algorithm>
#include <limits>

#include "core/layers/layer_type.h"

namespace lamina {
namespace slice_layer_parts {

struct Slice {
    std::int64_t axis = 1;
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// A place counted from the start; negative numbers count from the end, and what lies beyond becomes the end.
std::int64_t placeOf(std::int64_t number, std::int64_t size) { return std::clamp<std::int64_t>(number < 0 ? number + size : number, 0, size); }

ValueId forward(const Slice& settings, LayerContext& context) {
    const Shape shape = context.shape();
    const auto axes = static_cast<std::int64_t>(shape.size());
    const std::int64_t axis = settings.axis < 0 ? settings.axis + axes : settings.axis;
    if (axis < 1 || axis >= axes) return context.refuse(fail("layer.slice_axis", {{"axis", std::to_string(settings.axis)}, {"shape", shapeText(shape)}}));
    const std::int64_t size = shape[static_cast<std::size_t>(axis)];
    const std::int64_t begin = placeOf(settings.begin, size), end = settings.end == 0 ? size : placeOf(settings.end, size);
    if (begin >= end)
        return context.refuse(fail("layer.slice_empty", {{"begin", std::to_string(settings.begin)}, {"end", std::to_string(settings.end)}, {"size", std::to_string(size)}}));
    return ops::slice(context.graph, context.input(), axis, begin, end - begin);
}

std::string toOnnx(const Slice& settings, OnnxLayerContext& context) {
    const std::int64_t end = settings.end == 0 ? std::numeric_limits<std::int64_t>::max() : settings.end;
    const auto one = [&](const char* name, std::int64_t number) { return context.constant(name, {{1}, std::vector<std::int64_t>{number}}); };
    return context.add("Slice", {context.inputs()[0], one("starts", settings.begin), one("ends", end), one("axes", settings.axis)});
}

/// The only number of a constant input.
std::optional<std::int64_t> numberOf(OnnxImportContext& context, std::size_t input) {
    const OnnxTensor* tensor = context.constantInput(input);
    const auto* numbers = tensor ? std::get_if<std::vector<std::int64_t>>(&tensor->data) : nullptr;
    return numbers && numbers->size() == 1 ? std::optional(numbers->front()) : std::nullopt;
}

Result<Slice> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const auto begin = numberOf(context, 1), end = numberOf(context, 2), axis = numberOf(context, 3);
    const bool everyStep = node.inputs.size() < 5 || node.inputs[4].empty() || numberOf(context, 4) == 1;
    // 0 as the end would be an empty slice there and stands for "to the end" here.
    if (!begin || !end || *end == 0 || !axis || *axis == 0 || !everyStep) return fail("onnx.slice_form", {{"node", node.name}});
    return Slice{*axis, *begin, *end >= std::numeric_limits<std::int32_t>::max() ? 0 : *end};
}

std::vector<LayerSample> samples() {
    return {{.settings = Slice{.begin = 1, .end = 3}, .inputs = {{2, 5, 3, 4}}},
            {.settings = Slice{.axis = -1, .begin = -2}, .inputs = {{1, 17, 3, 7}}},
            {.settings = Slice{.axis = 2, .begin = 1, .end = -1}, .inputs = {{2, 3, 5}}},
            {.settings = Slice{.axis = 1, .begin = 3, .end = 100}, .inputs = {{3, 7}}}};
}

}  // namespace slice_layer_parts

const LayerType& slice_layer() {
    using namespace slice_layer_parts;
    static const LayerType type = LayerDescriptor<Slice, forward, toOnnx>{
        .id = "slice",
        .title = "Take a part",
        .category = "shape",
        .summary = "Keeps only a part along one axis: some of the channels, the last steps of a series, a few columns of a row.",
        .properties = {property("axis", &Slice::axis, "Axis", "Which axis: 1 is the channels or columns, -1 the last one. The batch, 0, stays whole.",
                                {.minimum = -8, .maximum = 8}),
                       property("begin", &Slice::begin, "From", "The first place that is kept; the first of all is 0. Negative numbers count from the end: -1 is the last.",
                                {.minimum = -2147483648.0, .maximum = 2147483647.0}),
                       property("end", &Slice::end, "Up to", "The first place that is no longer kept. Negative numbers count from the end; 0 keeps everything to the end.",
                                {.minimum = -2147483648.0, .maximum = 2147483647.0})},
        .onnxOps = {"Slice"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
