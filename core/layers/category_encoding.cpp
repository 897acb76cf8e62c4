#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace category_encoding_layer_parts {

struct CategoryEncoding {
    std::int64_t classes = 10;
    std::string form = "columns";
};

constexpr std::int64_t mostClasses = 1 << 20;

ValueId forward(const CategoryEncoding& settings, LayerContext& context) {
    const Shape& shape = context.shape();
    if (shape.size() != 2) return context.refuse(fail("layer.needs_indices", {{"shape", shapeText(shape)}}));
    const std::int64_t rows = shape[0], columns = shape[1];
    const ValueId encoded = ops::oneHot(context.graph, context.input(), settings.classes);
    return settings.form == "columns" ? ops::reshape(context.graph, encoded, {rows, columns * settings.classes}) : encoded;
}

/// OneHot counts negative numbers from the end; PRelu makes numbers of them that are too large, so that they stand for no class there, too.
std::string toOnnx(const CategoryEncoding& settings, OnnxLayerContext& context) {
    const auto count = static_cast<float>(settings.classes);
    const std::string outside = context.add("PRelu", {context.inputs()[0], context.constant("outside", {{1}, std::vector<float>{-count}})});
    const std::string depth = context.constant("classes", {{}, std::vector<float>{count}});
    const std::string encoded = context.add("OneHot", {outside, depth, context.constant("off_on", {{2}, std::vector<float>{0, 1}})}, {{"axis", std::int64_t{-1}}});
    return settings.form == "columns" ? context.add("Flatten", {encoded}, {{"axis", std::int64_t{1}}}) : encoded;
}

/// The one number behind input `i`, or -1.
double numberOf(const OnnxImportContext& context, std::size_t i) {
    const OnnxTensor* tensor = context.constantInput(i);
    if (!tensor || elementCount(tensor->shape) != 1) return -1;
    if (const auto* floats = std::get_if<std::vector<float>>(&tensor->data)) return floats->front();
    const auto* integers = std::get_if<std::vector<std::int64_t>>(&tensor->data);
    return integers ? static_cast<double>(integers->front()) : -1;
}

bool offAndOn(const OnnxTensor* values) {
    const auto* floats = values ? std::get_if<std::vector<float>>(&values->data) : nullptr;
    return floats && *floats == std::vector<float>{0, 1};
}

Result<CategoryEncoding> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const double classes = numberOf(context, 1);
    if (!(classes >= 1 && classes <= mostClasses) || !offAndOn(context.constantInput(2)) || node.integer("axis", -1) != -1) return otherForm(node);
    return CategoryEncoding{.classes = static_cast<std::int64_t>(classes), .form = "sequence"};
}

std::vector<LayerSample> samples() {
    return {{.settings = CategoryEncoding{.classes = 5}, .inputs = {{4, 1}}, .wholeNumbers = {5}},
            {.settings = CategoryEncoding{.classes = 3}, .inputs = {{2, 7}}, .wholeNumbers = {4}},
            {.settings = CategoryEncoding{.classes = 4, .form = "sequence"}, .inputs = {{3, 5}}, .wholeNumbers = {4}},
            {.settings = CategoryEncoding{.classes = 3, .form = "sequence"}, .inputs = {{2, 5}}, .lift = -1, .wholeNumbers = {5}}};
}

}  // namespace category_encoding_layer_parts

const LayerType& category_encoding_layer() {
    using namespace category_encoding_layer_parts;
    static const LayerType type = LayerDescriptor<CategoryEncoding, forward, toOnnx>{
        .id = "category_encoding",
        .title = "Category encoding",
        .category = "preprocessing",
        .summary = "Turns numbers of categories into columns: 1 in the column of the category, 0 elsewhere. Lamina does this by itself for columns of text.",
        .properties = {property("classes", &CategoryEncoding::classes, "Categories", "How many there are, numbered from 0. A number outside gives zeros only.",
                                {.minimum = 1, .maximum = mostClasses}),
                       property("form", &CategoryEncoding::form, "Gives", "One long row for layers such as Dense, or a row for each position for layers such as LSTM.",
                                {.choices = {"columns", "sequence"}})},
        .onnxOps = {"OneHot"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
