#include "core/layers/recurrence.h"

namespace lamina {
namespace simple_rnn_layer_parts {

struct SimpleRnn {
    std::int64_t units = 64;
    std::string direction = "forward";
    bool sequences = false;
    std::string activation = "tanh";
};

Recurrence recurrenceOf(const SimpleRnn& s) {
    return {.kind = RecurrentKind::Simple, .units = s.units, .direction = s.direction, .sequences = s.sequences, .relu = s.activation == "relu"};
}

ValueId forward(const SimpleRnn& settings, LayerContext& context) { return buildRecurrence(recurrenceOf(settings), context); }

std::string toOnnx(const SimpleRnn& settings, OnnxLayerContext& context) { return recurrenceToOnnx(recurrenceOf(settings), context); }

std::vector<LayerSample> samples() {
    return {{.settings = SimpleRnn{.units = 4}, .inputs = {{3, 5, 2}}},
            {.settings = SimpleRnn{.units = 3, .direction = "both", .sequences = true}, .inputs = {{2, 4, 3}}},
            {.settings = SimpleRnn{.units = 5, .direction = "backward", .activation = "relu"}, .inputs = {{2, 3, 3}}},
            {.settings = SimpleRnn{.units = 17, .direction = "both"}, .inputs = {{4, 6, 3}, {4, 1}}, .wholeNumbers = {0, 7}}};
}

}  // namespace simple_rnn_layer_parts

const LayerType& simple_rnn_layer() {
    using namespace simple_rnn_layer_parts;
    static const LayerType type = LayerDescriptor<SimpleRnn, forward, toOnnx>{
        .id = "simple_rnn",
        .title = "Simple RNN",
        .category = "sequence",
        .summary = "Reads a sequence step by step, mixing each step with the last result. Good for short sequences; LSTM and GRU remember longer.",
        .properties = {property("units", &SimpleRnn::units, "Units", "How many numbers the layer remembers and gives at each step.", {.minimum = 1, .maximum = 1 << 16}),
                       property("direction", &SimpleRnn::direction, "Direction",
                                "From the first step to the last, from the last to the first, or both side by side, which gives twice as many numbers.",
                                {.choices = recurrenceDirections()}),
                       property("sequences", &SimpleRnn::sequences, "Give every step",
                                "On: the result of every step, for another layer that reads a sequence. Off: only the last result, for a Dense layer."),
                       property("activation", &SimpleRnn::activation, "Activation",
                                "What is done with the sums of each step: tanh keeps them between -1 and 1, ReLU lets them grow.",
                                {.choices = {"tanh", "relu"}})},
        .minimumInputs = 1,
        .maximumInputs = 2,
        .samples = samples};
    return type;
}

}  // namespace lamina
