// Convolutions, pools, resizing, dense layers, batch norm, merging and reshaping forward and backward against the numbers of PyTorch (torch_numbers_convolution.py made the list).
#include <fstream>
#include <sstream>

#include "tests/support/layer_battery.h"

using namespace lamina;

namespace {

using Json = nlohmann::json;

struct ConvolutionCase {
    const char* name;
    const char* layer;
    Json settings;
    Shape input, second = {};

    std::vector<Shape> inputs() const { return second.empty() ? std::vector<Shape>{input} : std::vector<Shape>{input, second}; }
};

std::vector<ConvolutionCase> convolutionCases() {
    return {
        {"conv1d", "conv1d", {{"filters", 6}, {"stride", 2}, {"padding", "custom"}, {"margins", {2, 2}}, {"dilation", 2}, {"groups", 2}}, {2, 4, 9}},
        {"conv1d_causal", "conv1d", {{"filters", 2}, {"padding", "causal"}, {"dilation", 2}}, {1, 3, 7}},
        {"conv2d", "conv2d",
         {{"filters", 6}, {"kernel", {3, 2}}, {"stride", {2, 1}}, {"padding", "custom"}, {"margins", {1, 2, 1, 2}}, {"dilation", {1, 2}}, {"groups", 2}}, {2, 4, 5, 6}},
        {"depthwise_conv2d", "depthwise_conv2d", {{"multiplier", 2}, {"stride", {1, 2}}, {"padding", "custom"}, {"margins", {1, 1, 1, 1}}}, {2, 3, 4, 5}},
        {"conv_transpose1d", "conv_transpose1d",
         {{"filters", 6}, {"kernel", 3}, {"stride", 3}, {"padding", "custom"}, {"margins", {1, 1}}, {"output_padding", 2}, {"dilation", 2}, {"groups", 2}}, {2, 4, 5}},
        {"conv_transpose2d", "conv_transpose2d",
         {{"filters", 2}, {"kernel", {3, 3}}, {"padding", "custom"}, {"margins", {1, 1, 1, 1}}, {"output_padding", {1, 1}}}, {2, 3, 3, 4}},
        {"conv_transpose2d_grouped", "conv_transpose2d",
         {{"filters", 4}, {"kernel", {2, 3}}, {"stride", {3, 2}}, {"padding", "custom"}, {"margins", {0, 1, 0, 1}}, {"output_padding", {2, 0}}, {"dilation", {1, 2}}, {"groups", 2}},
         {1, 4, 2, 3}},
        {"max_pool1d", "max_pool1d", {{"kernel", 3}, {"padding", "custom"}, {"margins", {1, 1}}}, {2, 3, 8}},
        {"average_pool1d", "average_pool1d", {{"kernel", 3}, {"padding", "custom"}, {"margins", {1, 1}}, {"count_padding", true}}, {2, 3, 8}},
        {"average_pool1d_real", "average_pool1d", {{"kernel", 3}, {"padding", "custom"}, {"margins", {1, 1}}}, {2, 3, 8}},
        {"max_pool2d", "max_pool2d", {{"kernel", {3, 2}}, {"stride", {2, 1}}, {"padding", "custom"}, {"margins", {1, 1, 1, 1}}}, {1, 2, 6, 5}},
        {"average_pool2d", "average_pool2d", {{"kernel", {3, 2}}, {"stride", {2, 1}}, {"padding", "custom"}, {"margins", {1, 1, 1, 1}}}, {1, 2, 6, 5}},
        {"global_average_pool", "global_average_pool", Json::object(), {2, 3, 4, 5}},
        {"global_max_pool", "global_max_pool", Json::object(), {2, 3, 7}},
        {"upsample_nearest", "upsample", {{"factor", {2, 3}}}, {1, 2, 3, 4}},
        {"upsample_bilinear", "upsample", {{"factor", {2, 3}}, {"method", "bilinear"}}, {1, 2, 3, 4}},
        {"resize_nearest", "resize", {{"size", {5, 3}}, {"method", "nearest"}}, {1, 2, 3, 7}},
        {"resize_bilinear", "resize", {{"size", {3, 9}}, {"antialias", false}}, {1, 2, 7, 5}},
        {"resize_bilinear_antialias", "resize", {{"size", {3, 9}}}, {1, 2, 7, 5}},
        {"resize_bicubic", "resize", {{"size", {3, 9}}, {"method", "bicubic"}, {"antialias", false}}, {1, 2, 7, 5}},
        {"resize_bicubic_antialias", "resize", {{"size", {3, 9}}, {"method", "bicubic"}}, {1, 2, 7, 5}},
        {"zero_pad", "zero_pad", {{"margins", {0, 1, 3, 2}}}, {1, 2, 3, 4}},
        {"max_pool1d_partial", "max_pool1d", {{"kernel", 3}, {"stride", 3}, {"partial", true}}, {2, 3, 8}},
        {"max_pool2d_partial", "max_pool2d", {{"kernel", {3, 3}}, {"padding", "custom"}, {"margins", {1, 1, 1, 1}}, {"partial", true}}, {1, 2, 6, 7}},
        {"average_pool2d_partial", "average_pool2d", {{"kernel", {3, 2}}, {"stride", {2, 3}}, {"partial", true}}, {1, 2, 6, 6}},
        {"separable_conv2d", "separable_conv2d", {{"filters", 4}, {"stride", {1, 2}}, {"padding", "custom"}, {"margins", {1, 1, 1, 1}}}, {2, 3, 4, 5}},
        {"pixel_shuffle", "pixel_shuffle", {{"factor", 2}}, {1, 8, 2, 3}},
        {"pixel_unshuffle", "pixel_unshuffle", {{"factor", 2}}, {1, 2, 4, 6}},
        {"dense", "dense", {{"units", 5}}, {3, 7}},
        {"flatten", "flatten", Json::object(), {2, 3, 2, 4}},
        {"reshape", "reshape", {{"shape", {3, -1}}}, {2, 3, 5, 2}},
        {"permute", "permute", {{"order", {2, 3, 1}}}, {2, 3, 2, 4}},
        {"slice", "slice", {{"axis", 2}, {"begin", 1}, {"end", -1}}, {2, 3, 5}},
        {"crop", "crop", {{"margins", {1, 0, 2, 1}}}, {1, 2, 5, 4}},
        {"batch_norm", "batch_norm", {{"epsilon", 1e-3}}, {3, 4, 2, 5}},
        {"add", "add", Json::object(), {2, 3, 2, 4}, {2, 3, 1, 1}},
        {"concat", "concat", Json::object(), {2, 3, 2}, {2, 2, 2}},
    };
}

std::vector<double> convolutionNumbers(const std::string& name) {
    std::ifstream file(LAMINA_SOURCE_DIR "/tests/core/layers/torch_numbers_convolution.txt");
    for (std::string line; std::getline(file, line);) {
        if (line.substr(0, line.find(':')) != name) continue;
        std::istringstream words(line.substr(line.find(':') + 1));
        std::vector<double> numbers;
        for (double number; words >> number;) numbers.push_back(number);
        return numbers;
    }
    return {};
}

/// The formula of torch_numbers_convolution.py.
std::vector<double> convolutionPattern(const Shape& shape, std::size_t seed) {
    std::vector<double> numbers(static_cast<std::size_t>(elementCount(shape)));
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = -1 + 2 * (static_cast<double>((i * 7919 + seed * 104729) % 997) / 997.0);
    return numbers;
}

/// What the layer gives, and the gradients of its input and parameters in their order.
std::vector<std::vector<double>> layerNumbersOn(const ConvolutionCase& c, Device& device) {
    Graph graph;
    const ValueId y = buildLayer(graph, layerCase(c.layer, c.settings, c.inputs()), true);
    if (graph.error()) throw std::runtime_error(graph.error()->debugText());
    std::vector<ValueId> wanted;
    for (std::size_t i = 0; i < graph.values.size(); ++i)
        if (graph.values[i].role == ValueRole::Input || graph.values[i].role == ValueRole::Parameter) wanted.push_back(static_cast<ValueId>(i));
    const ValueId weights = graph.input("weights of the sum", graph.shape(y));
    std::vector<ValueId> kept{y};
    for (const ValueId gradient : appendGradients(graph, ops::reduce(graph, ReduceKind::Sum, ops::multiply(graph, y, weights), {}), wanted)) kept.push_back(gradient);
    ParameterStore store(device);
    auto program = Program::create(graph, device, store, kept, 1);
    if (!program) throw std::runtime_error(program.error().debugText());
    for (std::size_t i = 0; i < wanted.size(); ++i) (*program)->write(wanted[i], convolutionPattern(graph.shape(wanted[i]), i + 1));
    (*program)->write(weights, convolutionPattern(graph.shape(y), 9));
    (*program)->run({.seed = 1, .step = 0, .learningRate = 0});
    std::vector<std::vector<double>> results;
    for (const ValueId value : kept) results.push_back((*program)->read(value));
    return results;
}

class TorchNumbersOfConvolution : public ::testing::TestWithParam<ConvolutionCase> {};
INSTANTIATE_TEST_SUITE_P(Layers, TorchNumbersOfConvolution, ::testing::ValuesIn(convolutionCases()), [](const auto& info) { return std::string(info.param.name); });

}  // namespace

TEST_P(TorchNumbersOfConvolution, ForwardAndBackwardAreThoseOfPyTorch) {
    const auto reference = makeReferenceDevice(DType::Float64), cpu = makeCpuDevice({});
    for (const auto& [device, tolerance] : {std::pair{reference.get(), 1e-8}, {cpu.get(), 1e-5}}) {
        const auto found = layerNumbersOn(GetParam(), *device);
        for (std::size_t i = 0; i < found.size(); ++i) {
            const auto expected = convolutionNumbers(std::string(GetParam().name) + "." + std::to_string(i));
            ASSERT_FALSE(expected.empty());
            EXPECT_LE(normRelative(found[i], expected), tolerance) << (i == 0 ? "output" : "gradient") << " " << i;
        }
        EXPECT_TRUE(convolutionNumbers(std::string(GetParam().name) + "." + std::to_string(found.size())).empty()) << "PyTorch has more gradients";
    }
}
