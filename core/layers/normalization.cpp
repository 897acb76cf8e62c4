#include <algorithm>
#include <charconv>
#include <optional>

#include "core/layers/channels.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace normalization_layer_parts {

/// More than that belongs into a parameter, not into a text field.
constexpr std::size_t mostNumbers = 4096;

struct Normalization {
    std::string mean = "0";
    std::string deviation = "1";
    std::string layout = "channels_first";
};

/// Numbers with commas, semicolons or blanks between them; nothing where one of them is no number.
std::vector<double> numbersOf(const std::string& text) {
    constexpr const char* between = ",; \t";
    std::vector<double> numbers;
    for (std::size_t at = text.find_first_not_of(between); at != std::string::npos; at = text.find_first_not_of(between, at)) {
        const std::size_t end = std::min(text.find_first_of(between, at), text.size());
        double number = 0;
        const auto read = std::from_chars(text.data() + at, text.data() + end, number);
        if (read.ec != std::errc() || read.ptr != text.data() + end) return {};
        numbers.push_back(number);
        at = end;
    }
    return numbers;
}

/// One number for all channels or one for each, as a constant that fits the input.
ValueId tableOf(LayerContext& context, const char* name, const std::vector<double>& numbers, const Shape& channels) {
    return context.graph.constant(name, numbers.size() == 1 ? Shape{1} : channels, numbers);
}

std::optional<Error> problemOf(const char* setting, const std::vector<double>& numbers, std::int64_t channels) {
    if (numbers.empty()) return fail("layer.number_list", {{"setting", setting}});
    if (numbers.size() != 1 && static_cast<std::int64_t>(numbers.size()) != channels)
        return fail("layer.numbers_per_channel", {{"setting", setting}, {"found", std::to_string(numbers.size())}, {"channels", std::to_string(channels)}});
    return std::nullopt;
}

ValueId forward(const Normalization& settings, LayerContext& context) {
    const Shape channels = perChannel(settings.layout, context.shape());
    const auto mean = numbersOf(settings.mean);
    auto factor = numbersOf(settings.deviation);
    if (const auto problem = problemOf("mean", mean, elementCount(channels))) return context.refuse(*problem);
    if (const auto problem = problemOf("deviation", factor, elementCount(channels))) return context.refuse(*problem);
    for (double& number : factor) {
        if (!(number > 0)) return context.refuse(fail("layer.deviation_positive"));
        number = 1 / number;
    }
    const ValueId centred = ops::subtract(context.graph, context.input(), tableOf(context, "mean", mean, channels));
    return ops::multiply(context.graph, centred, tableOf(context, "factor", factor, channels));
}

std::string toOnnx(const Normalization& settings, OnnxLayerContext& context) {
    const auto table = [&](const char* name, const std::string& text) {
        const auto numbers = numbersOf(text);
        const Shape shape = numbers.size() == 1 ? Shape{1} : perChannel(settings.layout, context.inputShapes()[0]);
        return context.constant(name, {shape, std::vector<float>(numbers.begin(), numbers.end())});
    };
    const std::string centred = context.add("Sub", {context.inputs()[0], table("mean", settings.mean)});
    return context.add("Div", {centred, table("deviation", settings.deviation)});
}

std::string textOf(const std::vector<float>& numbers) {
    std::string text;
    for (const float number : numbers) {
        char digits[32];
        const auto written = std::to_chars(digits, digits + sizeof digits, number);
        text += (text.empty() ? "" : ", ") + std::string(digits, written.ptr);
    }
    return text;
}

/// x - mean or x / deviation with a stored number for each channel.
Result<Normalization> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const ConstantOperand constant = constantOperand(node, context);
    if (!constant.tensor || constant.first || constant.numbers().size() > mostNumbers) return otherForm(node);
    const SharedConstant shared = sharedConstant(*constant.tensor);
    if (!shared.isCertain()) return otherForm(node);
    const char* layout = shared.sharing == "last" ? "channels_last" : "channels_first";
    if (node.op == "Sub") return Normalization{.mean = textOf(constant.numbers()), .layout = layout};
    for (const float number : constant.numbers())
        if (!(number > 0)) return otherForm(node);
    return Normalization{.deviation = textOf(constant.numbers()), .layout = layout};
}

std::vector<LayerSample> samples() {
    return {{.settings = Normalization{"0.1, -0.2, 0.3", "0.5; 0.25 2"}, .inputs = {{2, 3, 5, 4}}},
            {.settings = Normalization{"0.5", "0.25"}, .inputs = {{3, 7}}},
            {.settings = Normalization{"1, 2", "3", "channels_last"}, .inputs = {{2, 5, 2}}}};
}

}  // namespace normalization_layer_parts

const LayerType& normalization_layer() {
    using namespace normalization_layer_parts;
    static const LayerType type = LayerDescriptor<Normalization, forward, toOnnx>{
        .id = "normalization",
        .title = "Fixed normalisation",
        .category = "preprocessing",
        .summary = "Takes known means away and divides by known deviations, as a network trained elsewhere expects it. Lamina's own data is normalised already.",
        .properties = {property("mean", &Normalization::mean, "Mean",
                                "One number for all, or one for each channel or column, with commas between them: 0.485, 0.456, 0.406."),
                       property("deviation", &Normalization::deviation, "Deviation",
                                "What is divided by, in the same form: 0.229, 0.224, 0.225. All above 0."),
                       property("layout", &Normalization::layout, "Channels are",
                                "Where the channels lie: first in pictures, last in sequences such as words or readings.",
                                {.choices = layoutChoices})},
        .onnxOps = {"Sub", "Div"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
