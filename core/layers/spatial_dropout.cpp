#include "core/layers/channels.h"
#include "core/layers/layer_type.h"
#include "core/tensor/random.h"

namespace lamina {
namespace spatial_dropout_layer_parts {

struct SpatialDropout {
    double rate = 0.2;
    std::string layout = "channels_first";
};

ValueId forward(const SpatialDropout& settings, LayerContext& context) {
    const Shape& shape = context.shape();
    if (shape.size() < 3) return context.refuse(fail("layer.needs_positions", {{"shape", shapeText(shape)}}));
    if (!context.training || settings.rate == 0) return context.input();
    Shape switches(shape.size(), 1);
    switches[0] = shape[0];
    const std::size_t channels = channelAxis(settings.layout, shape);
    switches[channels] = shape[channels];
    const std::vector<double> on(static_cast<std::size_t>(elementCount(switches)), 1.0);
    const ValueId ones = context.graph.constant("on", std::move(switches), on);
    return ops::multiply(context.graph, context.input(), ops::dropout(context.graph, ones, {settings.rate, streamOf("dropout:" + context.path)}));
}

/// Nothing is dropped when a trained network is used.
std::string toOnnx(const SpatialDropout&, OnnxLayerContext& context) { return context.inputs()[0]; }

std::vector<LayerSample> samples() {
    return {{.settings = SpatialDropout{.rate = 0.3}, .inputs = {{3, 7, 2, 5}}},
            {.settings = SpatialDropout{.rate = 0.5, .layout = "channels_last"}, .inputs = {{2, 3, 5}}},
            {.settings = SpatialDropout{.rate = 0.0}, .inputs = {{2, 3, 1, 1}}}};
}

}  // namespace spatial_dropout_layer_parts

const LayerType& spatial_dropout_layer() {
    using namespace spatial_dropout_layer_parts;
    static const LayerType type = LayerDescriptor<SpatialDropout, forward, toOnnx>{
        .id = "spatial_dropout",
        .title = "Spatial dropout",
        .category = "regularization",
        .summary = "Switches whole channels off at random while training: neighbouring pixels say so much the same that single ones would not be missed.",
        .properties = {property("rate", &SpatialDropout::rate, "Rate",
                                "Part of the channels that is switched off: 0.1 to 0.3 is usual. 0 switches nothing off.",
                                {.minimum = 0, .maximum = 0.99}),
                       property("layout", &SpatialDropout::layout, "Channels are",
                                "Where the channels lie: first in pictures, last in sequences such as words or readings.",
                                {.choices = layoutChoices})},
        .samples = samples};
    return type;
}

}  // namespace lamina
