#include "core/onnx/preparation_nodes.h"

#include "core/onnx/export.h"

namespace lamina {
namespace {

constexpr auto floatType = onnx::TensorProto::FLOAT;

std::string cast(OnnxGraphBuilder& builder, const std::string& wish, const std::string& input, onnx::TensorProto::DataType type) {
    return builder.add(wish, "Cast", {input}, {{"to", std::int64_t{type}}});
}

OnnxTensor one(double number) { return {{1}, std::vector<float>{static_cast<float>(number)}}; }

/// Where `number` is NaN or infinite.
std::string notFinite(OnnxGraphBuilder& builder, const std::string& at, const std::string& number) {
    const std::string notNumber = builder.add(at + "not_a_number", "IsNaN", {number});
    const std::string infinite = builder.add(at + "infinite", "IsInf", {number});
    return builder.add(at + "missing", "Or", {notNumber, infinite});
}

/// (x - mean) / deviation in float64, as the preparation computes it; what is not finite after that counts as missing.
void addNumber(OnnxGraphBuilder& builder, const FeatureColumn& feature, const std::string& input, std::vector<std::string>& parts) {
    const std::string at = "prepare/" + feature.name + "/";
    const std::string x = cast(builder, at + "float64", input, onnx::TensorProto::DOUBLE);
    const std::string centred = builder.add(at + "centred", "Sub", {x, builder.doubles(at + "mean", {1}, {feature.mean})});
    const std::string scaled = builder.add(at + "scaled", "Div", {centred, builder.doubles(at + "deviation", {1}, {feature.deviation})});
    const std::string number = cast(builder, at + "float32", scaled, floatType);
    const std::string missing = notFinite(builder, at, number);
    const std::string fill = builder.constant(at + "fill", one((feature.fill - feature.mean) / feature.deviation));
    parts.push_back(builder.add(at + "filled", "Where", {missing, fill, number}));
    if (feature.hasMissingFlag) parts.push_back(cast(builder, at + "flag", missing, floatType));
}

void addCategory(OnnxGraphBuilder& builder, const FeatureColumn& feature, const std::string& input, std::vector<std::string>& parts) {
    const std::string at = "prepare/" + feature.name + "/";
    const std::string encoded =
        builder.add(at + "one_hot", "OneHotEncoder", {input}, {{"cats_strings", feature.categories}, {"zeros", std::int64_t{1}}}, "ai.onnx.ml");
    parts.push_back(builder.add(at + "row", "Flatten", {encoded}, {{"axis", std::int64_t{1}}}));
}

OnnxTensor perChannel(const std::vector<double>& numbers, std::size_t axes) {
    Shape shape(axes + 1, 1);
    shape[1] = static_cast<std::int64_t>(numbers.size());
    return {shape, std::vector<float>(numbers.begin(), numbers.end())};
}

/// (x / divisor - channelMean) / channelDeviation; floats that are not finite become the mean.
std::string addTensor(OnnxGraphBuilder& builder, const FeatureColumn& feature, const std::string& input) {
    const std::size_t axes = feature.elementShape.size();
    const std::string unit = builder.add("prepare/unit", "Div", {input, builder.constant("prepare/divisor", one(feature.divisor))});
    const std::string mean = builder.constant("prepare/mean", perChannel(feature.channelMean, axes));
    const std::string centred = builder.add("prepare/centred", "Sub", {unit, mean});
    const std::string deviation = builder.constant("prepare/deviation", perChannel(feature.channelDeviation, axes));
    const std::string scaled = builder.add("prepare/scaled", "Div", {centred, deviation});
    if (feature.elementType == DType::UInt8) return scaled;
    const std::string missing = notFinite(builder, "prepare/", scaled);
    return builder.add("prepare/filled", "Where", {missing, builder.constant("prepare/fill", one(0)), scaled});
}

}  // namespace

namespace {

/// What the input reads that these features belong to.
std::string addPart(OnnxGraphBuilder& builder, const Preparation& preparation, std::size_t first, std::size_t count) {
    std::vector<std::string> parts;
    for (std::size_t place = first; place < first + count; ++place) {
        const FeatureColumn& feature = preparation.features[place];
        const std::string input = onnxInputName(preparation, place);
        if (feature.kind == FeatureKind::Tensor) {
            builder.input(input, floatType, feature.elementShape);
            return addTensor(builder, feature, input);
        }
        const bool number = feature.kind == FeatureKind::Number;
        builder.input(input, number ? floatType : onnx::TensorProto::STRING, {1});
        number ? addNumber(builder, feature, input, parts) : addCategory(builder, feature, input, parts);
    }
    return builder.add("prepare/row", "Concat", parts, {{"axis", std::int64_t{1}}});
}

}  // namespace

Result<std::vector<std::string>> addPreparation(OnnxGraphBuilder& builder, const Preparation& preparation) {
    for (std::size_t place = 0; place < preparation.features.size(); ++place)
        if (!builder.take(onnxInputName(preparation, place))) return fail("onnx.name_taken", {{"name", preparation.features[place].name}});
    if (preparation.inputs.empty()) return std::vector{addPart(builder, preparation, 0, preparation.features.size())};
    std::vector<std::string> names;
    for (const InputPart& part : preparation.inputs) names.push_back(addPart(builder, preparation, part.firstFeature, part.featureCount));
    return names;
}

void addOutcome(OnnxGraphBuilder& builder, const TargetColumn& target, const OnnxOutput& output, const std::string& networkOutput, bool ready) {
    const std::string path = output.title.empty() ? "outcome/" : "outcome/" + output.title + "/";
    if (!target.classes) {
        const std::string deviation = builder.constant(path + "deviation", one(target.deviation));
        const std::string mean = builder.constant(path + "mean", one(target.mean));
        const std::string scaled = builder.add(path + "scaled", "Mul", {networkOutput, deviation});
        builder.addNamed(output.name("value"), "Add", {scaled, mean});
        builder.output(output.name("value"), floatType, {1});
        return;
    }
    const std::string probabilities = output.name("probabilities"), label = output.name("label");
    const auto classes = static_cast<std::int64_t>(target.classNames.size());
    if (ready) builder.addNamed(probabilities, "Identity", {networkOutput});
    else builder.addNamed(probabilities, "Softmax", {networkOutput}, {{"axis", std::int64_t{1}}});
    const std::string names = builder.constant(path + "class_names", {{classes}, target.classNames});
    const std::string best = builder.add(path + "best", "ArgMax", {probabilities}, {{"axis", std::int64_t{1}}, {"keepdims", std::int64_t{0}}});
    builder.addNamed(label, "Gather", {names, best}, {{"axis", std::int64_t{0}}});
    builder.output(probabilities, floatType, {classes});
    builder.output(label, onnx::TensorProto::STRING, {});
}

}  // namespace lamina
