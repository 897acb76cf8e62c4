#include "core/layers/operator.h"

#include "core/operators/numbers.h"

namespace lamina {
namespace operator_layer_parts {

Result<OperatorCall> callOf(const OperatorSettings& settings) {
    return operatorCall(settings.op, settings.opset, settings.attributes, settings.inputs);
}

ValueId forward(const OperatorSettings& settings, LayerContext& context) {
    auto call = callOf(settings);
    if (!call) return context.refuse(call.takeError());
    call->node.node.name = context.path;
    std::vector<Operand> inputs;
    std::size_t next = 0;
    for (std::size_t place = 0; place < call->inputs.size(); ++place) {
        const OperatorInput& input = call->inputs[place];
        Operand operand;
        if (input.kind == OperatorInput::Kind::Known) operand = operandOf(input.tensor);
        if (input.kind == OperatorInput::Kind::Weight)
            operand = operandOf(context.graph, context.parameter(operatorWeight(place).c_str(), input.shape, {}));
        if (input.kind == OperatorInput::Kind::Node && next < context.inputs.size()) operand = operandOf(context.graph, context.inputs[next++]);
        inputs.push_back(std::move(operand));
    }
    auto results = translateOperator(context.graph, call->node, call->opset, std::move(inputs));
    if (!results) return context.refuse(results.takeError());
    const ValueId value = results->front().value;
    return value == noValue ? context.refuse(fail("onnx.operator_known", {{"op", settings.op}, {"node", context.path}})) : value;
}

OnnxTensor onnxTensor(const TypedTensor& tensor) {
    if (tensor.type == DType::Int64) return {tensor.shape, load<std::int64_t>(tensor.host())};
    const auto numbers = load<double>(tensor.host());
    return {tensor.shape, std::vector<float>(numbers.begin(), numbers.end())};
}

/// The settings were read when the network was made: what cannot be read gives the input as it is.
std::string toOnnx(const OperatorSettings& settings, OnnxLayerContext& context) {
    const auto call = callOf(settings);
    if (!call) return context.inputs().front();
    std::vector<std::string> names;
    std::size_t next = 0;
    for (std::size_t place = 0; place < call->inputs.size(); ++place) {
        const OperatorInput& input = call->inputs[place];
        if (input.kind == OperatorInput::Kind::Absent) names.emplace_back();
        if (input.kind == OperatorInput::Kind::Known)
            names.push_back(context.constant("constant_" + std::to_string(place), onnxTensor(input.tensor)));
        if (input.kind == OperatorInput::Kind::Weight) names.push_back(context.parameter(operatorWeight(place)));
        if (input.kind == OperatorInput::Kind::Node) names.push_back(context.inputs()[next++]);
    }
    return context.add(settings.op, names, call->node.node.attributes);
}

std::vector<LayerSample> samples() { return {}; }

}  // namespace operator_layer_parts

std::string operatorWeight(std::size_t place) {
    using namespace operator_layer_parts;
    return "weight_" + std::to_string(place);
}

const LayerType& operatorLayer() {
    using namespace operator_layer_parts;
    static const LayerType type = LayerDescriptor<OperatorSettings, forward, toOnnx>{
        .id = "operator",
        .title = "ONNX operator",
        .category = "operator",
        .summary = "An operator from an imported ONNX file that no layer of Lamina stands for. It computes what the file says.",
        .properties = {property("op", &OperatorSettings::op, "Operator", "ONNX's name of the operator."),
                       property("opset", &OperatorSettings::opset, "Opset", "The version of ONNX's operators that is meant.",
                                {.minimum = 1, .maximum = newestOpset}),
                       property("attributes", &OperatorSettings::attributes, "Attributes", "The operator's settings as the file has them, as JSON."),
                       property("inputs", &OperatorSettings::inputs, "Inputs",
                                "Which inputs come from other layers and which the file gives, as JSON.")},
        .minimumInputs = 1,
        .maximumInputs = 64,
        .samples = samples};
    return type;
}

}  // namespace lamina
