// Sequence and normalisation layers, forward and backward, against PyTorch's numbers (torch_numbers_sequence.py made the list).
#include <fstream>
#include <sstream>

#include "tests/support/layer_battery.h"

using namespace lamina;

namespace {

/// The formula of torch_numbers_sequence.py.
std::vector<double> wave(const std::string& name, std::int64_t count) {
    int sum = 0;
    for (const char c : name) sum += c;
    std::vector<double> numbers;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto x = static_cast<double>(i);
        numbers.push_back(0.8 * std::sin(sum % 97 + x + 0.61 * x * x));
    }
    return numbers;
}

using Tensors = std::map<std::string, std::vector<double>>;

/// Case → tensor → numbers.
const std::map<std::string, Tensors>& expectedSequences() {
    static const auto all = [] {
        std::map<std::string, Tensors> sequenceCases;
        std::ifstream file(LAMINA_SOURCE_DIR "/tests/core/layers/torch_numbers_sequence.txt");
        for (std::string line; std::getline(file, line);) {
            std::istringstream words(line);
            std::string name, tensor;
            words >> name >> tensor;
            auto& numbers = sequenceCases[name][tensor];
            for (double number; words >> number;) numbers.push_back(number);
        }
        return sequenceCases;
    }();
    return all;
}

struct SequenceCase {
    const char* name;
    const char* layer;
    nlohmann::json settings;
    std::vector<Shape> inputs;
    std::vector<double> last = {};  ///< the numbers of the last input, where they are no wave
};

void PrintTo(const SequenceCase& c, std::ostream* out) { *out << c.name; }

std::vector<SequenceCase> sequenceCases() {
    const nlohmann::json attention{{"heads", 2}};
    return {{"rnn_tanh", "simple_rnn", {{"units", 3}, {"sequences", true}}, {{2, 4, 3}}},
            {"rnn_relu_both", "simple_rnn", {{"units", 4}, {"direction", "both"}, {"activation", "relu"}}, {{2, 4, 2}}},
            {"lstm", "lstm", {{"units", 3}, {"sequences", true}}, {{2, 4, 3}}},
            {"lstm_backward", "lstm", {{"units", 2}, {"direction", "backward"}, {"forget_bias", 0.0}}, {{2, 3, 2}}},
            {"lstm_both", "lstm", {{"units", 2}, {"direction", "both"}}, {{2, 3, 2}}},
            {"lstm_both_packed", "lstm", {{"units", 2}, {"direction", "both"}, {"sequences", true}, {"forget_bias", 0.0}}, {{3, 4, 2}, {3}}, {4, 1, 3}},
            {"lstm_packed_last", "lstm", {{"units", 2}, {"direction", "both"}, {"forget_bias", 0.0}}, {{3, 4, 2}, {3, 1}}, {2, 4, 1}},
            {"gru", "gru", {{"units", 3}, {"sequences", true}}, {{2, 4, 3}}},
            {"gru_both_packed", "gru", {{"units", 2}, {"direction", "both"}}, {{3, 4, 2}, {3}}, {4, 1, 3}},
            {"layer_norm", "layer_norm", nlohmann::json::object(), {{3, 4, 5}}},
            {"layer_norm_axes", "layer_norm", {{"axes", 2}, {"epsilon", 1e-3}}, {{2, 3, 2, 3}}},
            {"rms_norm", "rms_norm", nlohmann::json::object(), {{3, 4, 5}}},
            {"group_norm", "group_norm", {{"groups", 3}}, {{2, 6, 2, 3}}},
            {"instance_norm", "instance_norm", nlohmann::json::object(), {{2, 3, 3, 2}}},
            {"attention", "multi_head_attention", attention, {{2, 3, 4}}},
            {"attention_causal", "multi_head_attention", {{"heads", 4}, {"causal", true}}, {{2, 3, 4}}},
            {"attention_cross", "multi_head_attention", attention, {{2, 2, 4}, {2, 4, 3}, {2}}, {4, 2}},
            {"embedding", "embedding", {{"vocabulary", 5}, {"width", 3}}, {{2, 3}}, {0, 4, 4, 2, 0, 1}}};
}

/// What the layer gives and all gradients, by name.
Tensors compute(const SequenceCase& c, Device& device) {
    Graph graph;
    const ValueId output = buildLayer(graph, layerCase(c.layer, c.settings, c.inputs), true);
    std::vector<ValueId> wanted, kept{output};
    for (std::size_t i = 0; i < graph.values.size(); ++i)
        if (graph.values[i].role == ValueRole::Input || graph.values[i].role == ValueRole::Parameter) wanted.push_back(static_cast<ValueId>(i));
    if (graph.error()) return {};
    const ValueId weights = graph.input("weights", graph.shape(output));
    const auto gradients = appendGradients(graph, ops::reduce(graph, ReduceKind::Sum, ops::multiply(graph, output, weights), {}), wanted);
    for (const ValueId gradient : gradients)
        if (gradient != noValue) kept.push_back(gradient);
    ParameterStore store(device);
    const auto program = Program::create(graph, device, store, kept, 1);
    if (!program) return {};
    const std::string last = "input_" + std::to_string(c.inputs.size());
    for (std::size_t i = 0; i < graph.values.size(); ++i)
        if (const Value& value = graph.values[i]; value.role == ValueRole::Input || value.role == ValueRole::Parameter)
            (*program)->write(static_cast<ValueId>(i), value.name == last && !c.last.empty() ? c.last : wave(value.name, elementCount(value.shape)));
    (*program)->run({});
    Tensors found{{"output", (*program)->read(output)}};
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (gradients[i] != noValue) found[graph.value(wanted[i]).name] = (*program)->read(gradients[i]);
    return found;
}

}  // namespace

class TorchNumbersSequence : public ::testing::TestWithParam<SequenceCase> {};
INSTANTIATE_TEST_SUITE_P(Cases, TorchNumbersSequence, ::testing::ValuesIn(sequenceCases()), [](const auto& info) { return std::string(info.param.name); });

TEST_P(TorchNumbersSequence, AreTheLayers) {
    ASSERT_TRUE(expectedSequences().count(GetParam().name));
    const Tensors& numbers = expectedSequences().at(GetParam().name);
    const auto reference = makeReferenceDevice(DType::Float64), cpu = makeCpuDevice({});
    for (auto [device, tolerance] : {std::pair{reference.get(), 1e-7}, std::pair{cpu.get(), 1e-5}}) {
        const Tensors found = compute(GetParam(), *device);
        ASSERT_EQ(found.size(), numbers.size());
        for (const auto& [name, list] : numbers) {
            ASSERT_TRUE(found.count(name)) << name;
            EXPECT_LE(normRelative(found.at(name), list), tolerance) << name << " on " << device->id();
        }
    }
}
