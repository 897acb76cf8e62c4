#include <algorithm>

#include "core/layers/trailing_axes.h"

namespace lamina {
namespace group_norm_layer_parts {

struct GroupNorm {
    std::int64_t groups = 8;
    double epsilon = 1e-5;
    bool affine = true;
};

ValueId forward(const GroupNorm& settings, LayerContext& context) {
    const Shape shape = context.shape();
    if (shape.size() < 2) return context.refuse(fail("layer.too_few_axes", {{"axes", "1"}, {"shape", shapeText(shape)}}));
    if (shape[1] % settings.groups != 0)
        return context.refuse(fail("layer.channel_groups", {{"channels", std::to_string(shape[1])}, {"groups", std::to_string(settings.groups)}}));
    Graph& g = context.graph;
    const std::int64_t rows = shape[0] * settings.groups;
    const ValueId x = ops::reshape(g, context.input(), {rows, elementCount(shape) / std::max<std::int64_t>(1, rows)});
    const ValueId y = ops::layerNorm(g, x, noValue, noValue, {.epsilon = settings.epsilon, .affine = false}).y;
    const ValueId back = ops::reshape(g, y, shape);
    return settings.affine ? scaleChannels(context, back) : back;
}

/// Groups as channels of an InstanceNormalization, then back.
std::string toOnnx(const GroupNorm& settings, OnnxLayerContext& context) {
    const auto count = static_cast<std::size_t>(settings.groups);
    const std::string ones = context.constant("ones", {{settings.groups}, std::vector<float>(count, 1.0f)});
    const std::string zeros = context.constant("zeros", {{settings.groups}, std::vector<float>(count, 0.0f)});
    const std::string grouped = context.constant("grouped", {{3}, std::vector<std::int64_t>{0, settings.groups, -1}});
    Shape shape = context.inputShapes()[0];
    shape[0] = -1;
    const std::string plain = context.constant("plain", {{static_cast<std::int64_t>(shape.size())}, shape});
    const std::string x = context.add("Reshape", {context.inputs()[0], grouped});
    const std::string y = context.add("Reshape", {context.add("InstanceNormalization", {x, ones, zeros}, {{"epsilon", settings.epsilon}}), plain});
    return settings.affine ? scaleChannelsToOnnx(context, y) : y;
}

std::vector<LayerSample> samples() {
    return {{.settings = GroupNorm{.groups = 2}, .inputs = {{2, 6, 3, 5}}},
            {.settings = GroupNorm{.groups = 1, .epsilon = 1e-3}, .inputs = {{3, 5, 4}}},
            {.settings = GroupNorm{.groups = 3, .affine = false}, .inputs = {{1, 9}}}};
}

}  // namespace group_norm_layer_parts

const LayerType& group_norm_layer() {
    using namespace group_norm_layer_parts;
    static const LayerType type = LayerDescriptor<GroupNorm, forward, toOnnx>{
        .id = "group_norm",
        .title = "Group normalisation",
        .category = "normalization",
        .summary = "Brings groups of channels of each item to mean 0 and spread 1. It replaces batch normalisation where batches are small.",
        .properties = {property("groups", &GroupNorm::groups, "Groups",
                                "Into how many groups the channels are split; it must divide their number. 1 takes all channels together.",
                                {.minimum = 1, .maximum = 1 << 16}),
                       property("epsilon", &GroupNorm::epsilon, "Epsilon", "A small number added before dividing, so that a group without spread does no harm.",
                                {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
                       property("affine", &GroupNorm::affine, "Learned scale", "Multiplies every channel by a learned number and adds another one afterwards.")},
        .samples = samples};
    return type;
}

}  // namespace lamina
