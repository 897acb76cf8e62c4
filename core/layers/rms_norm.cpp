#include "core/layers/trailing_axes.h"

namespace lamina {
namespace rms_norm_layer_parts {

struct RmsNorm {
    std::int64_t axes = 1;
    double epsilon = 1e-6;
    bool affine = true;
};

ValueId forward(const RmsNorm& settings, LayerContext& context) {
    return normaliseTrailing(context, settings.axes, {.epsilon = settings.epsilon, .centered = false, .affine = settings.affine});
}

/// x / sqrt(mean(x²) + epsilon) · gamma: opset 17 has no operator of its own for it.
std::string toOnnx(const RmsNorm& settings, OnnxLayerContext& context) {
    const auto items = static_cast<std::int64_t>(context.inputShapes()[0].size()) - 1;
    std::vector<std::int64_t> axes;
    for (std::int64_t axis = settings.axes == 0 ? items : settings.axes; axis > 0; --axis) axes.push_back(-axis);
    const std::string& x = context.inputs()[0];
    const std::string mean = context.add("ReduceMean", {context.add("Mul", {x, x})}, {{"axes", axes}, {"keepdims", std::int64_t{1}}});
    const std::string epsilon = context.constant("epsilon", {{}, std::vector<float>{static_cast<float>(settings.epsilon)}});
    const std::string y = context.add("Div", {x, context.add("Sqrt", {context.add("Add", {mean, epsilon})})});
    return settings.affine ? context.add("Mul", {y, context.parameter("gamma")}) : y;
}

std::vector<LayerSample> samples() {
    return {{.settings = RmsNorm{}, .inputs = {{3, 7}}},
            {.settings = RmsNorm{.axes = 2, .epsilon = 1e-3}, .inputs = {{2, 5, 4}}},
            {.settings = RmsNorm{.axes = 0, .affine = false}, .inputs = {{1, 2, 17}}}};
}

}  // namespace rms_norm_layer_parts

const LayerType& rms_norm_layer() {
    using namespace rms_norm_layer_parts;
    static const LayerType type = LayerDescriptor<RmsNorm, forward, toOnnx>{
        .id = "rms_norm",
        .title = "RMS normalisation",
        .category = "normalization",
        .summary = "Divides the numbers of each item (or of each step) by their typical size. Like layer normalisation without the mean, and a little faster.",
        .properties = {property("axes", &RmsNorm::axes, "Axes",
                                "How many of the last axes are normalised together: 1 takes the features of each step, 0 the whole item.",
                                {.minimum = 0, .maximum = 7}),
                       property("epsilon", &RmsNorm::epsilon, "Epsilon", "A small number added before dividing, so that numbers close to 0 do no harm.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       property("affine", &RmsNorm::affine, "Learned scale", "Multiplies by a learned number afterwards.")},
        .samples = samples};
    return type;
}

}  // namespace lamina
