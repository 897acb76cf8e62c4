// What the point-wise and merging layers give and their gradients, against PyTorch (torch_numbers_activation.py made the list).
#include <fstream>
#include <sstream>

#include "tests/support/layer_battery.h"

using namespace lamina;

namespace {

using Numbers = std::vector<double>;

struct TorchCase {
    const char* name;
    const char* layer;
    nlohmann::json settings;
    std::vector<Shape> inputs{{3, 5}};
    double low = -4, high = 4;
};

std::vector<TorchCase> torchCases() {
    const Shape row{3, 5}, picture{2, 3, 2, 3};
    return {{"relu", "relu", {}},
            {"leaky_relu", "leaky_relu", {}},
            {"elu", "elu", {{"alpha", 0.7}}},
            {"selu", "selu", {}},
            {"gelu", "gelu", {}},
            {"gelu_tanh", "gelu", {{"form", "tanh"}}},
            {"silu", "silu", {}},
            {"mish", "mish", {}},
            {"softplus", "softplus", {}},
            {"sigmoid", "sigmoid", {}},
            {"hard_sigmoid", "hard_sigmoid", {{"slope", 1.0 / 6}}},
            {"hard_swish", "hard_swish", {}},
            {"tanh", "tanh", {}},
            {"softmax", "softmax", {}},
            {"clip", "clip", {{"lowest", -1.5}, {"highest", 2}}},
            {"abs", "abs", {}},
            {"exp", "exp", {}},
            {"cube", "pow", {{"exponent", 3}}},
            {"rescaling", "rescaling", {{"scale", 0.5}, {"offset", -3}}},
            {"log", "log", {}, {row}, 0.1, 5},
            {"root", "pow", {{"exponent", 0.5}}, {row}, 0.1, 5},
            {"prelu", "prelu", {}, {picture}},
            {"prelu_one", "prelu", {{"slopes", "one"}}},
            {"scale", "scale", {{"offset", true}}, {picture}},
            {"subtract", "subtract", {}, {row, row}},
            {"multiply", "multiply", {}, {picture, {2, 3, 1, 1}, {2, 1, 2, 3}}},
            {"maximum", "maximum", {}, {row, row, row}},
            {"average", "average", {}, {row, row, row}},
            {"normalization", "normalization", {{"mean", "0.485, 0.456, 0.406"}, {"deviation", "0.229, 0.224, 0.225"}}, {picture}, 0, 1}};
}

const Numbers& torchNumbers(const std::string& name) {
    static const auto all = [] {
        std::map<std::string, Numbers> numbers;
        std::ifstream file(LAMINA_SOURCE_DIR "/tests/core/layers/torch_numbers_activation.txt");
        for (std::string line; std::getline(file, line);) {
            std::istringstream words(line.substr(line.find(':') + 1));
            auto& list = numbers[line.substr(0, line.find(':'))];
            for (double number; words >> number;) list.push_back(number);
        }
        return numbers;
    }();
    static const Numbers none;
    const auto found = all.find(name);
    return found == all.end() ? none : found->second;
}

/// The formula of torch_numbers_activation.py.
Numbers activationPattern(const Shape& shape, int seed, double low, double high) {
    Numbers numbers(static_cast<std::size_t>(elementCount(shape)));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = low + (high - low) * (static_cast<double>((i * 7919 + static_cast<std::size_t>(seed) * 104729) % 997) / 997.0);
    return numbers;
}

/// What the layer gives, then the gradients of its inputs and its parameters.
std::vector<Numbers> laminaNumbers(const TorchCase& c) {
    Graph graph;
    std::vector<ValueId> kept{buildLayer(graph, layerCase(c.layer, c.settings, c.inputs), true)}, leaves;
    for (const auto role : {ValueRole::Input, ValueRole::Parameter})
        for (std::size_t i = 0; i < graph.values.size(); ++i)
            if (graph.values[i].role == role) leaves.push_back(static_cast<ValueId>(i));
    const ValueId weights = graph.input("weights", graph.shape(kept[0]));
    const ValueId loss = ops::reduce(graph, ReduceKind::Sum, ops::multiply(graph, kept[0], weights), {});
    for (const ValueId gradient : appendGradients(graph, loss, leaves)) kept.push_back(gradient);
    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    const auto program = Program::create(graph, *device, store, kept, 1);
    if (!program) {
        ADD_FAILURE() << program.error().debugText();
        return {};
    }
    int inputs = 0, parameters = 10;
    for (const ValueId leaf : leaves) {
        const bool input = graph.value(leaf).role == ValueRole::Input;
        const int seed = input ? ++inputs : ++parameters;
        (*program)->write(leaf, activationPattern(graph.shape(leaf), seed, input ? c.low : -1, input ? c.high : 1));
    }
    (*program)->write(weights, activationPattern(graph.shape(kept[0]), 99, -1, 1));
    (*program)->run({});
    std::vector<Numbers> numbers;
    for (const ValueId value : kept) numbers.push_back((*program)->read(value));
    return numbers;
}

}  // namespace

class LayerTorch : public ::testing::TestWithParam<TorchCase> {};
INSTANTIATE_TEST_SUITE_P(Pointwise, LayerTorch, ::testing::ValuesIn(torchCases()), [](const auto& info) { return std::string(info.param.name); });

TEST_P(LayerTorch, GivesTheNumbersAndGradientsOfPyTorch) {
    const auto found = laminaNumbers(GetParam());
    ASSERT_GE(found.size(), 2u);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::string name = GetParam().name + (i == 0 ? std::string() : " " + std::to_string(i));
        EXPECT_FALSE(torchNumbers(name).empty()) << name;
        EXPECT_LE(normRelative(found[i], torchNumbers(name)), 1e-12) << name;
    }
}
