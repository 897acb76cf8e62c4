#include <algorithm>
#include <optional>

#include "core/layers/layer_type.h"

namespace lamina {
namespace reshape_layer_parts {

struct Reshape {
    std::vector<std::int64_t> shape{-1};
};

/// The sizes after the batch with 0 (as it is) and -1 (what is left) filled in; nothing where the numbers do not come out.
std::optional<Shape> filledShape(const std::vector<std::int64_t>& wanted, const Shape& input) {
    Shape shape{input[0]};
    const std::int64_t count = elementCount({input.begin() + 1, input.end()});
    std::int64_t known = 1;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == 0 && i + 1 >= input.size()) return std::nullopt;
        shape.push_back(wanted[i] == 0 ? input[i + 1] : wanted[i]);
        if (wanted[i] != -1) known *= shape.back();
        if (known > count) return std::nullopt;
    }
    const auto open = std::find(shape.begin() + 1, shape.end(), -1);
    if (open != shape.end() && known > 0 && count % known == 0) *open = count / known;
    return checkedElementCount({shape.begin() + 1, shape.end()}, count) == count ? std::optional(shape) : std::nullopt;
}

std::string text(const std::vector<std::int64_t>& sizes) {
    std::string all;
    for (const auto size : sizes) all += (all.empty() ? "" : ", ") + std::to_string(size);
    return all;
}

ValueId forward(const Reshape& settings, LayerContext& context) {
    const Shape& input = context.shape();
    if (input.empty()) return context.refuse(fail("layer.needs_batch", {{"shape", shapeText(input)}}));
    const auto shape = filledShape(settings.shape, input);
    if (!shape) return context.refuse(fail("layer.reshape_count", {{"wanted", text(settings.shape)}, {"shape", shapeText(input)}}));
    return ops::reshape(context.graph, context.input(), *shape);
}

/// A leading 0 takes the batch over, whatever its size.
std::string toOnnx(const Reshape& settings, OnnxLayerContext& context) {
    auto sizes = *filledShape(settings.shape, context.inputShapes()[0]);
    sizes[0] = 0;
    return context.add("Reshape", {context.inputs()[0], context.constant("shape", {{static_cast<std::int64_t>(sizes.size())}, sizes})});
}

/// The first size stands for the batch: 0, -1, or the batch for which the file was written.
Result<Reshape> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor* target = context.constantInput(1);
    const auto* sizes = target ? std::get_if<std::vector<std::int64_t>>(&target->data) : nullptr;
    if (!sizes || sizes->size() < 2 || node.integer("allowzero", 0) != 0) return fail("onnx.reshape_form", {{"node", node.name}});
    return Reshape{{sizes->begin() + 1, sizes->end()}};
}

std::vector<LayerSample> samples() {
    return {{.settings = Reshape{.shape = {3, -1}}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Reshape{.shape = {1, 7, 1}}, .inputs = {{3, 7}}},
            {.settings = Reshape{.shape = {0, 2, -1}}, .inputs = {{1, 17, 3, 4}}},
            {.settings = Reshape{}, .inputs = {{2, 3, 5}}}};
}

}  // namespace reshape_layer_parts

const LayerType& reshape_layer() {
    using namespace reshape_layer_parts;
    static const LayerType type = LayerDescriptor<Reshape, forward, toOnnx>{
        .id = "reshape",
        .title = "Reshape",
        .category = "shape",
        .summary = "Arranges the same numbers under other sizes, in the same order: 64 numbers become a picture of 1 × 8 × 8, for example.",
        .properties = {property("shape", &Reshape::shape, "Sizes",
                                "The sizes afterwards, without the batch: channels, height, width for a picture. -1 at one place takes what is left, 0 keeps the size.",
                                {.minimum = -1, .maximum = 1 << 30})},
        .onnxOps = {"Reshape"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
