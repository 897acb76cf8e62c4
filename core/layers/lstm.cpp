#include "core/layers/recurrence.h"

namespace lamina {
namespace lstm_layer_parts {

struct Lstm {
    std::int64_t units = 64;
    std::string direction = "forward";
    bool sequences = false;
    double forgetBias = 1;
};

Recurrence recurrenceOf(const Lstm& s) {
    return {.kind = RecurrentKind::Lstm, .units = s.units, .direction = s.direction, .sequences = s.sequences, .forgetBias = s.forgetBias};
}

ValueId forward(const Lstm& settings, LayerContext& context) { return buildRecurrence(recurrenceOf(settings), context); }

std::string toOnnx(const Lstm& settings, OnnxLayerContext& context) { return recurrenceToOnnx(recurrenceOf(settings), context); }

std::vector<LayerSample> samples() {
    return {{.settings = Lstm{.units = 4}, .inputs = {{3, 5, 2}}},
            {.settings = Lstm{.units = 3, .direction = "both", .sequences = true, .forgetBias = 0}, .inputs = {{2, 4, 3}}},
            {.settings = Lstm{.units = 1, .direction = "backward"}, .inputs = {{1, 3, 1}}},
            {.settings = Lstm{.units = 5, .direction = "both"}, .inputs = {{4, 6, 3}, {4, 1}}, .wholeNumbers = {0, 7}},
            {.settings = Lstm{.units = 17, .sequences = true}, .inputs = {{3, 4, 5}, {3, 1}}, .wholeNumbers = {0, 5}}};
}

}  // namespace lstm_layer_parts

const LayerType& lstm_layer() {
    using namespace lstm_layer_parts;
    static const LayerType type = LayerDescriptor<Lstm, forward, toOnnx>{
        .id = "lstm",
        .title = "LSTM",
        .category = "sequence",
        .summary = "Reads a sequence step by step and learns what to remember and what to forget on the way. A second input may give the length of each sequence.",
        .properties = {property("units", &Lstm::units, "Units", "How many numbers the layer remembers and gives at each step.", {.minimum = 1, .maximum = 1 << 16}),
                       property("direction", &Lstm::direction, "Direction",
                                "From the first step to the last, from the last to the first, or both side by side, which gives twice as many numbers.",
                                {.choices = recurrenceDirections()}),
                       property("sequences", &Lstm::sequences, "Give every step",
                                "On: the result of every step, for another layer that reads a sequence. Off: only the last result, for a Dense layer."),
                       property("forget_bias", &Lstm::forgetBias, "Forget bias",
                                "Added to the forget gate, so that the layer remembers at first; 1 is usual, 0 leaves it to training.",
                                {.minimum = -10, .maximum = 10})},
        .minimumInputs = 1,
        .maximumInputs = 2,
        .samples = samples};
    return type;
}

}  // namespace lamina
