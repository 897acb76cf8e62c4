#include "core/layers/layer_type.h"

namespace lamina {
namespace input_layer_parts {

struct Input {
    std::vector<std::int64_t> shape{1, 28, 28};
    std::vector<std::string> columns{};
};

ValueId forward(const Input& settings, LayerContext& context) {
    const Shape& given = context.shape();
    const Shape item(given.begin() + (given.empty() ? 0 : 1), given.end());
    if (item != settings.shape) return context.refuse(fail("layer.input_shape", {{"expected", shapeText(settings.shape)}, {"found", shapeText(item)}}));
    return context.input();
}

std::string toOnnx(const Input&, OnnxLayerContext& context) { return context.inputs()[0]; }

std::vector<LayerSample> samples() {
    return {{.settings = Input{.shape = {3, 5, 4}}, .inputs = {{2, 3, 5, 4}}}, {.settings = Input{.shape = {7}}, .inputs = {{3, 7}}}};
}

}  // namespace input_layer_parts

const LayerType& input_layer() {
    using namespace input_layer_parts;
    static const LayerType type = LayerDescriptor<Input, forward, toOnnx>{
        .id = "input",
        .title = "Input",
        .category = "core",
        .summary = "Where the data enters the network: one picture or one row of the table at a time.",
        .properties = {property("shape", &Input::shape, "Shape",
                                "Sizes of one item, without the batch: channels, height, width for pictures; the number of columns for tables.",
                                {.minimum = 1, .maximum = 1 << 24}),
                       property("columns", &Input::columns, "Columns",
                                "Names of the table's columns that come in here; empty: all that no other Input names.", {.meaning = "column"})},
        .samples = samples};
    return type;
}

}  // namespace lamina
