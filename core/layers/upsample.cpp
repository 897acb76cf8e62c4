#include <cmath>

#include "core/layers/interpolation.h"
#include "core/layers/window.h"

namespace lamina {
namespace upsample_layer_parts {

struct Upsample {
    std::array<std::int64_t, 2> factor{2, 2};
    std::string method = "nearest";
};

/// A transposed convolution of every channel by itself with ones: each pixel fills a window of its own. Quicker than repeating along axes, and pictures
/// stay in the layout that the convolutions before and behind work in.
ValueId repeated(LayerContext& context, std::array<std::int64_t, 2> factor) {
    const Shape picture = pictureShape(context.shape());
    if (picture.size() != context.shape().size()) factor[0] = 1;
    WindowAttributes window;
    window.kernel = window.stride = factor;
    window.groups = picture[1];
    window.otherShape = {picture[0], picture[1], picture[2] * factor[0], picture[3] * factor[1]};
    const Shape ones{picture[1], 1, factor[0], factor[1]};
    const ValueId weights = context.graph.constant(context.path + "/ones", ones, std::vector<double>(static_cast<std::size_t>(elementCount(ones)), 1));
    return pictureAsOutput(context, ops::conv2dBackwardData(context.graph, inputAsPicture(context), weights, window));
}

ValueId forward(const Upsample& settings, LayerContext& context) {
    const Shape shape = context.shape();
    if (!isPictureOrSeries(context)) return noValue;
    if (settings.method == "nearest") return repeated(context, settings.factor);
    if (shape.size() == 3) return interpolated(context, settings.method, false, {shape[2] * settings.factor[1]});
    return interpolated(context, settings.method, false, {shape[2] * settings.factor[0], shape[3] * settings.factor[1]});
}

std::string toOnnx(const Upsample& settings, OnnxLayerContext& context) {
    std::vector<float> scales(context.inputShapes()[0].size(), 1);
    for (std::size_t axis = 2; axis < scales.size(); ++axis) scales[axis] = static_cast<float>(settings.factor[axis + 2 - scales.size()]);
    const auto axes = static_cast<std::int64_t>(scales.size());
    const std::string constant = context.constant("scales", {{axes}, scales});
    if (settings.method == "nearest")
        return context.add("Resize", {context.inputs()[0], "", constant},
                           {{"mode", std::string("nearest")}, {"coordinate_transformation_mode", std::string("asymmetric")}, {"nearest_mode", std::string("floor")}});
    return context.add("Resize", {context.inputs()[0], "", constant},
                       {{"mode", std::string("linear")}, {"coordinate_transformation_mode", std::string("half_pixel")}});
}

/// Whole factors of the last axes, 1 for batch and channels.
std::optional<std::array<std::int64_t, 2>> factorsOf(const OnnxTensor* scales) {
    const auto* numbers = scales ? std::get_if<std::vector<float>>(&scales->data) : nullptr;
    if (!numbers || (numbers->size() != 3 && numbers->size() != 4) || (*numbers)[0] != 1 || (*numbers)[1] != 1) return std::nullopt;
    std::array<std::int64_t, 2> factors{1, 1};
    for (std::size_t axis = 2; axis < numbers->size(); ++axis) {
        const float scale = (*numbers)[axis];
        if (!(scale >= 1 && scale <= 64) || scale != std::floor(scale)) return std::nullopt;
        factors[axis + 2 - numbers->size()] = static_cast<std::int64_t>(scale);
    }
    return factors;
}

Result<Upsample> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const bool old = node.op == "Upsample";
    const auto factors = factorsOf(context.constantInput(old ? 1 : 2));
    const std::string places = node.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel"), mode = node.text("mode", "nearest");
    const std::string rounding = node.text("nearest_mode", old ? "floor" : "round_prefer_floor");
    const bool middles = places == "half_pixel" || places == "pytorch_half_pixel";
    // With whole factors the nearest middle is that of the pixel itself.
    const bool nearest = mode == "nearest" && ((places == "asymmetric" && rounding == "floor") || (middles && rounding.starts_with("round")));
    if (!factors || (!nearest && !(mode == "linear" && middles))) return fail("onnx.resize_form", {{"node", node.name}});
    return Upsample{*factors, nearest ? "nearest" : "bilinear"};
}

std::vector<LayerSample> samples() {
    return {{.settings = Upsample{}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Upsample{.factor = {1, 3}}, .inputs = {{1, 17, 3, 2}}},
            {.settings = Upsample{.method = "bilinear"}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Upsample{.factor = {3, 2}, .method = "bilinear"}, .inputs = {{1, 1, 1, 7}}},
            {.settings = Upsample{.factor = {1, 3}}, .inputs = {{2, 3, 5}}},
            {.settings = Upsample{.factor = {1, 2}, .method = "bilinear"}, .inputs = {{2, 3, 5}}}};
}

}  // namespace upsample_layer_parts

const LayerType& upsample_layer() {
    using namespace upsample_layer_parts;
    static const LayerType type = LayerDescriptor<Upsample, forward, toOnnx>{
        .id = "upsample",
        .title = "Enlarge",
        .category = "shape",
        .summary = "Makes a picture or series a whole number of times larger, by repeating its numbers or smoothly; nothing is learned.",
        .properties = {property("factor", &Upsample::factor, "Factor", "How many times larger, in height and width. For a series the second number counts.",
                                {.minimum = 1, .maximum = 64}),
                       property("method", &Upsample::method, "In between",
                                "Repeat (nearest): every number is repeated, edges stay sharp. Smooth (bilinear): new numbers lie between their neighbours.",
                                {.choices = {"nearest", "bilinear"}})},
        .onnxOps = {"Resize", "Upsample"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
