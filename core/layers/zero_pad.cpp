#include "core/layers/margins.h"
#include "core/layers/window.h"

namespace lamina {
namespace zero_pad_layer_parts {

struct ZeroPad {
    Margins margins{1, 1, 1, 1};
};

ValueId forward(const ZeroPad& settings, LayerContext& context) {
    if (!isPictureOrSeries(context)) return noValue;
    std::vector<std::int64_t> before(context.shape().size(), 0), after = before;
    for (const AxisMargin& margin : marginsByAxis(settings.margins, before.size())) {
        before[static_cast<std::size_t>(margin.axis)] = margin.before;
        after[static_cast<std::size_t>(margin.axis)] = margin.after;
    }
    return ops::pad(context.graph, context.input(), before, after);
}

std::string toOnnx(const ZeroPad& settings, OnnxLayerContext& context) {
    const std::size_t axes = context.inputShapes()[0].size();
    std::vector<std::int64_t> pads(2 * axes, 0);
    for (const AxisMargin& margin : marginsByAxis(settings.margins, axes)) {
        pads[static_cast<std::size_t>(margin.axis)] = margin.before;
        pads[static_cast<std::size_t>(margin.axis) + axes] = margin.after;
    }
    return context.add("Pad", {context.inputs()[0], context.constant("pads", {{static_cast<std::int64_t>(pads.size())}, pads})});
}

/// Zeros around picture or series alone.
bool fits(const std::vector<std::int64_t>& pads) {
    if (pads.size() != 6 && pads.size() != 8) return false;
    for (std::size_t i = 0; i < pads.size(); ++i)
        if (pads[i] < 0 || (pads[i] != 0 && i % (pads.size() / 2) < 2)) return false;
    return true;
}

bool addsZeros(const OnnxNode& node, OnnxImportContext& context) {
    if (node.text("mode", "constant") != "constant" || node.inputs.size() > 3) return false;
    if (node.inputs.size() < 3 || node.inputs[2].empty()) return true;
    const OnnxTensor* value = context.constantInput(2);
    const auto* numbers = value ? std::get_if<std::vector<float>>(&value->data) : nullptr;
    return numbers && numbers->size() == 1 && numbers->front() == 0;
}

Result<ZeroPad> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor* tensor = context.constantInput(1);
    const auto* pads = tensor ? std::get_if<std::vector<std::int64_t>>(&tensor->data) : nullptr;
    if (!pads || !fits(*pads) || !addsZeros(node, context)) return fail("onnx.pad_form", {{"node", node.name}});
    if (pads->size() == 6) return ZeroPad{{0, (*pads)[2], 0, (*pads)[5]}};
    return ZeroPad{{(*pads)[2], (*pads)[3], (*pads)[6], (*pads)[7]}};
}

std::vector<LayerSample> samples() {
    return {{.settings = ZeroPad{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = ZeroPad{.margins = {0, 3, 2, 0}}, .inputs = {{1, 17, 1, 7}}},
            {.settings = ZeroPad{.margins = {0, 2, 0, 1}}, .inputs = {{2, 3, 5}}}};
}

}  // namespace zero_pad_layer_parts

const LayerType& zero_pad_layer() {
    using namespace zero_pad_layer_parts;
    static const LayerType type = LayerDescriptor<ZeroPad, forward, toOnnx>{
        .id = "zero_pad",
        .title = "Add margins",
        .category = "shape",
        .summary = "Puts rows and columns of zeros around a picture, or steps of zeros at the ends of a series.",
        .properties = {property("margins", &ZeroPad::margins, "Margins",
                                "How many rows and columns at the top, left, bottom and right. For a series only left (start) and right (end) count.",
                                {.minimum = 0, .maximum = 8192})},
        .onnxOps = {"Pad"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
