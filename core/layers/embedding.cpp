#include "core/layers/layer_type.h"

namespace lamina {
namespace embedding_layer_parts {

struct Embedding {
    std::int64_t vocabulary = 10000;
    std::int64_t width = 64;
};

ValueId forward(const Embedding& settings, LayerContext& context) {
    const ValueId table = context.parameter("table", {settings.vocabulary, settings.width}, {Initializer::Kind::Uniform, 0.05});
    return ops::gather(context.graph, table, context.input());
}

std::string toOnnx(const Embedding&, OnnxLayerContext& context) {
    const std::string whole = context.add("Cast", {context.add("Round", {context.inputs()[0]})}, {{"to", std::int64_t{6}}});
    return context.add("Gather", {context.parameter("table"), whole}, {{"axis", std::int64_t{0}}});
}

Result<Embedding> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor* table = context.constantInput(0);
    if (!table || context.constantInput(1) || table->shape.size() != 2 || node.integer("axis", 0) != 0 || !std::holds_alternative<std::vector<float>>(table->data))
        return fail("onnx.gather_form", {{"node", node.name}});
    context.parameter("table", *table);
    return Embedding{.vocabulary = table->shape[0], .width = table->shape[1]};
}

std::vector<LayerSample> samples() {
    return {{.settings = Embedding{.vocabulary = 7, .width = 3}, .inputs = {{3, 5}}, .wholeNumbers = {7}},
            {.settings = Embedding{.vocabulary = 1, .width = 17}, .inputs = {{2, 1}}, .wholeNumbers = {1}},
            {.settings = Embedding{.vocabulary = 11, .width = 1}, .inputs = {{2, 3, 4}}, .wholeNumbers = {11}}};
}

}  // namespace embedding_layer_parts

const LayerType& embedding_layer() {
    using namespace embedding_layer_parts;
    static const LayerType type = LayerDescriptor<Embedding, forward, toOnnx>{
        .id = "embedding",
        .title = "Embedding",
        .category = "sequence",
        .summary = "Gives every word or category, which arrives as a whole number from 0, a learned row of numbers.",
        .properties = {property("vocabulary", &Embedding::vocabulary, "Vocabulary",
                                "How many different words or categories there are. Numbers beyond give zeros.", {.minimum = 1, .maximum = 1 << 26}),
                       property("width", &Embedding::width, "Width", "How many numbers stand for each of them. 16 to 256 is usual.",
                                {.minimum = 1, .maximum = 1 << 16})},
        .onnxOps = {"Gather"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
