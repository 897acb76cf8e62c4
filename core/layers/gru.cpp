#include "core/layers/recurrence.h"

namespace lamina {
namespace gru_layer_parts {

struct Gru {
    std::int64_t units = 64;
    std::string direction = "forward";
    bool sequences = false;
};

Recurrence recurrenceOf(const Gru& s) {
    return {.kind = RecurrentKind::Gru, .units = s.units, .direction = s.direction, .sequences = s.sequences};
}

ValueId forward(const Gru& settings, LayerContext& context) { return buildRecurrence(recurrenceOf(settings), context); }

std::string toOnnx(const Gru& settings, OnnxLayerContext& context) { return recurrenceToOnnx(recurrenceOf(settings), context); }

std::vector<LayerSample> samples() {
    return {{.settings = Gru{.units = 4}, .inputs = {{3, 5, 2}}},
            {.settings = Gru{.units = 3, .direction = "both", .sequences = true}, .inputs = {{2, 4, 3}}},
            {.settings = Gru{.units = 1, .direction = "backward"}, .inputs = {{1, 3, 1}}},
            {.settings = Gru{.units = 17, .direction = "both"}, .inputs = {{4, 6, 3}, {4, 1}}, .wholeNumbers = {0, 7}}};
}

}  // namespace gru_layer_parts

const LayerType& gru_layer() {
    using namespace gru_layer_parts;
    static const LayerType type = LayerDescriptor<Gru, forward, toOnnx>{
        .id = "gru",
        .title = "GRU",
        .category = "sequence",
        .summary = "Reads a sequence step by step and remembers what matters, with fewer gates than an LSTM. A second input may give the length of each sequence.",
        .properties = {property("units", &Gru::units, "Units", "How many numbers the layer remembers and gives at each step.", {.minimum = 1, .maximum = 1 << 16}),
                       property("direction", &Gru::direction, "Direction",
                                "From the first step to the last, from the last to the first, or both side by side, which gives twice as many numbers.",
                                {.choices = recurrenceDirections()}),
                       property("sequences", &Gru::sequences, "Give every step",
                                "On: the result of every step, for another layer that reads a sequence. Off: only the last result, for a Dense layer.")},
        .minimumInputs = 1,
        .maximumInputs = 2,
        .samples = samples};
    return type;
}

}  // namespace lamina
