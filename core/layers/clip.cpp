#include <charconv>
#include <limits>

#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace clip_layer_parts {

constexpr double largest = std::numeric_limits<float>::max();

struct Clip {
    double lowest = -1;
    double highest = 1;
};

std::string numberText(double number) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

ValueId forward(const Clip& settings, LayerContext& context) {
    if (settings.lowest >= settings.highest)
        return context.refuse(fail("layer.clip_limits", {{"lowest", numberText(settings.lowest)}, {"highest", numberText(settings.highest)}}));
    return ops::clip(context.graph, context.input(), settings.lowest, settings.highest);
}

std::string toOnnx(const Clip& settings, OnnxLayerContext& context) {
    const auto limit = [&](const char* name, double value) { return context.constant(name, {{}, std::vector<float>{static_cast<float>(value)}}); };
    return context.add("Clip", {context.inputs()[0], limit("lowest", settings.lowest), limit("highest", settings.highest)});
}

/// The limit in input `i`, in an attribute (files of older opsets), or none.
Result<double> limitOf(const OnnxNode& node, const OnnxImportContext& context, std::size_t i, const char* attribute, double none) {
    if (node.inputs.size() <= i || node.inputs[i].empty()) return node.number(attribute, none);
    const OnnxTensor* tensor = context.constantInput(i);
    const auto* numbers = tensor ? std::get_if<std::vector<float>>(&tensor->data) : nullptr;
    if (!numbers || numbers->size() != 1) return otherForm(node);
    return static_cast<double>(numbers->front());
}

Result<Clip> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    if (node.op != "Clip") {
        const ConstantOperand limit = constantOperand(node, context);
        if (!limit.isOneNumber()) return otherForm(node);
        return node.op == "Max" ? Clip{limit.numbers().front(), largest} : Clip{-largest, limit.numbers().front()};
    }
    LAMINA_TRY(const double lowest, limitOf(node, context, 1, "min", -largest));
    LAMINA_TRY(const double highest, limitOf(node, context, 2, "max", largest));
    return Clip{lowest, highest};
}

std::vector<LayerSample> samples() {
    return {{.settings = Clip{-0.4, 0.5}, .inputs = {{3, 7}}}, {.settings = Clip{0, 6}, .inputs = {{2, 3, 5, 1}}, .kinkMargin = 0.05}};
}

}  // namespace clip_layer_parts

const LayerType& clip_layer() {
    using namespace clip_layer_parts;
    static const LayerType type = LayerDescriptor<Clip, forward, toOnnx>{
        .id = "clip",
        .title = "Clip",
        .category = "math",
        .summary = "Keeps every number within two limits: what lies outside becomes the nearer limit. 0 and 6 make it a ReLU6.",
        .properties = {property("lowest", &Clip::lowest, "Lowest", "Smaller numbers become this one.", {.minimum = -largest, .maximum = largest}),
                       property("highest", &Clip::highest, "Highest", "Larger numbers become this one.", {.minimum = -largest, .maximum = largest})},
        .onnxOps = {"Clip", "Max", "Min"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
