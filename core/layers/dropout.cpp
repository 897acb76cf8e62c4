#include "core/layers/layer_type.h"
#include "core/tensor/random.h"

namespace lamina {
namespace dropout_layer_parts {

struct Dropout {
    double rate = 0.5;
};

ValueId forward(const Dropout& settings, LayerContext& context) {
    if (!context.training || settings.rate == 0) return context.input();
    return ops::dropout(context.graph, context.input(), {settings.rate, streamOf("dropout:" + context.path)});
}

/// Nothing is dropped when a trained network is used.
std::string toOnnx(const Dropout&, OnnxLayerContext& context) { return context.inputs()[0]; }

Result<Dropout> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor* ratio = context.constantInput(1);
    const auto* numbers = ratio ? std::get_if<std::vector<float>>(&ratio->data) : nullptr;
    const double rate = numbers && !numbers->empty() ? numbers->front() : node.number("ratio", 0.5);
    if (!(rate >= 0 && rate <= 0.99)) return Dropout{.rate = 0};
    return Dropout{.rate = rate};
}

std::vector<LayerSample> samples() {
    return {{.settings = Dropout{.rate = 0.3}, .inputs = {{3, 7}}},
            {.settings = Dropout{.rate = 0.5}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Dropout{.rate = 0.0}, .inputs = {{1, 5}}}};
}

}  // namespace dropout_layer_parts

const LayerType& dropout_layer() {
    using namespace dropout_layer_parts;
    static const LayerType type = LayerDescriptor<Dropout, forward, toOnnx>{
        .id = "dropout",
        .title = "Dropout",
        .category = "regularization",
        .summary = "Switches random numbers off while training, so that the network does not lean on a few of them and learn the data by heart.",
        .properties = {property("rate", &Dropout::rate, "Rate", "Part of the numbers that is switched off: 0.2 to 0.5 is usual. 0 switches nothing off.",
                                {.minimum = 0, .maximum = 0.99})},
        .onnxOps = {"Dropout"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
