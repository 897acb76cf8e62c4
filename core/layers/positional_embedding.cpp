#include <cmath>

#include "core/layers/layer_type.h"

namespace lamina {
namespace positional_embedding_layer_parts {

struct PositionalEmbedding {
    std::string kind = "learned";
    std::int64_t length = 512;
};

/// Waves of ever greater length, sine and cosine by turns (Vaswani et al. 2017).
std::vector<double> waves(std::int64_t steps, std::int64_t width) {
    std::vector<double> numbers;
    for (std::int64_t t = 0; t < steps; ++t)
        for (std::int64_t i = 0; i < width; ++i) {
            const double angle = static_cast<double>(t) / std::pow(10000.0, static_cast<double>(i / 2 * 2) / static_cast<double>(width));
            numbers.push_back(i % 2 == 0 ? std::sin(angle) : std::cos(angle));
        }
    return numbers;
}

ValueId forward(const PositionalEmbedding& settings, LayerContext& context) {
    const Shape& shape = context.shape();
    if (shape.size() != 3) return context.refuse(fail("layer.needs_sequence", {{"shape", shapeText(shape)}}));
    const std::int64_t steps = shape[1], width = shape[2];
    Graph& g = context.graph;
    if (settings.kind == "sinusoidal") return ops::add(g, context.input(), g.constant("waves", {steps, width}, waves(steps, width)));
    if (steps > settings.length)
        return context.refuse(fail("layer.sequence_too_long", {{"steps", std::to_string(steps)}, {"longest", std::to_string(settings.length)}}));
    const ValueId table = context.parameter("positions", {settings.length, width}, {Initializer::Kind::Uniform, 0.05});
    return ops::add(g, context.input(), ops::slice(g, table, 0, 0, steps));
}

std::string toOnnx(const PositionalEmbedding& settings, OnnxLayerContext& context) {
    const Shape& shape = context.inputShapes()[0];
    const auto single = [&](const char* name, std::int64_t number) { return context.constant(name, {{1}, std::vector<std::int64_t>{number}}); };
    if (settings.kind == "sinusoidal") {
        const auto numbers = waves(shape[1], shape[2]);
        return context.add("Add", {context.inputs()[0], context.constant("waves", {{shape[1], shape[2]}, std::vector<float>(numbers.begin(), numbers.end())})});
    }
    const std::string positions = context.add("Slice", {context.parameter("positions"), single("begin", 0), single("end", shape[1]), single("axis", 0)});
    return context.add("Add", {context.inputs()[0], positions});
}

std::vector<LayerSample> samples() {
    return {{.settings = PositionalEmbedding{.length = 5}, .inputs = {{3, 4, 2}}},
            {.settings = PositionalEmbedding{.length = 3}, .inputs = {{2, 3, 17}}},
            {.settings = PositionalEmbedding{.kind = "sinusoidal"}, .inputs = {{2, 6, 5}}}};
}

}  // namespace positional_embedding_layer_parts

const LayerType& positional_embedding_layer() {
    using namespace positional_embedding_layer_parts;
    static const LayerType type = LayerDescriptor<PositionalEmbedding, forward, toOnnx>{
        .id = "positional_embedding",
        .title = "Positions",
        .category = "sequence",
        .summary = "Adds to every step numbers that tell where in the sequence it stands. Attention alone does not know the order.",
        .properties = {property("kind", &PositionalEmbedding::kind, "Kind",
                                "Learned numbers for every place, or fixed waves, which need no training and have no longest length.",
                                {.choices = {"learned", "sinusoidal"}}),
                       property("length", &PositionalEmbedding::length, "Longest sequence", "For how many steps numbers are learned.",
                                {.minimum = 1, .maximum = 1 << 20})},
        .samples = samples};
    return type;
}

}  // namespace lamina
