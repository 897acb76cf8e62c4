#include "core/operators/operator_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/operators/numbers.h"

namespace lamina {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t mostNumbers = 1 << 16;

Json tensorJson(const TypedTensor& tensor) {
    Json json{{"type", dtypeName(tensor.type)}, {"shape", tensor.shape}};
    if (tensor.type == DType::Int64) json["numbers"] = load<std::int64_t>(tensor.host());
    else json["numbers"] = load<double>(tensor.host());
    return json;
}

TypedTensor tensorFrom(const Json& json) {
    const Shape shape = json.at("shape").get<Shape>();
    const Json& numbers = json.at("numbers");
    const std::string type = json.at("type").get<std::string>();
    if (checkedElementCount(shape, mostNumbers) != static_cast<std::int64_t>(numbers.size())) throw std::runtime_error("size");
    if (type != "int64" && type != "float32") throw std::runtime_error("type");
    TypedTensor tensor(shape, type == "int64" ? DType::Int64 : DType::Float32);
    if (tensor.type == DType::Int64) store(tensor.host(), numbers.get<std::vector<std::int64_t>>());
    else store(tensor.host(), numbers.get<std::vector<double>>());
    return tensor;
}

OperatorInput inputFrom(const Json& json) {
    OperatorInput input;
    if (json.is_null()) input.kind = OperatorInput::Kind::Absent;
    else if (json.is_object() && json.contains("weight")) input = {OperatorInput::Kind::Weight, {}, json.at("weight").get<Shape>()};
    else if (json.is_object()) input = {OperatorInput::Kind::Known, tensorFrom(json), {}};
    else if (json != "node") throw std::runtime_error("input");
    if (checkedElementCount(input.shape, std::int64_t{1} << 31) < 0) throw std::runtime_error("size");
    return input;
}

OnnxAttribute attributeFrom(const Json& json) {
    if (json.is_string()) return json.get<std::string>();
    if (json.is_number_integer()) return json.get<std::int64_t>();
    if (json.is_number()) return json.get<double>();
    if (!json.is_array()) throw std::runtime_error("attribute");
    if (!json.empty() && json[0].is_string()) return json.get<std::vector<std::string>>();
    const bool real = std::any_of(json.begin(), json.end(), [](const Json& number) { return number.is_number_float(); });
    if (real) return json.get<std::vector<double>>();
    return json.get<std::vector<std::int64_t>>();
}

OperatorInput knownInput(TypedTensor tensor) { return {OperatorInput::Kind::Known, std::move(tensor), {}}; }

/// Operators whose meaning or form has changed: the opsets in which they say what they say in 17. None: 17 does not have them.
using Span = std::pair<std::int64_t, std::int64_t>;
constexpr Span none{99, 0};
const std::map<std::string, Span> sameAsIn17{{"Softmax", {13, 22}},
                                             {"LogSoftmax", {13, 22}},
                                             {"Hardmax", {13, 22}},
                                             {"Resize", {11, 22}},
                                             {"BatchNormalization", {9, 22}},
                                             {"Dropout", {12, 22}},
                                             {"TopK", {10, 22}},
                                             {"GridSample", {16, 19}},
                                             {"RoiAlign", {16, 22}},
                                             {"DFT", {17, 19}},
                                             {"Upsample", none},
                                             {"Scatter", none},
                                             {"GroupNormalization", none},
                                             {"Col2Im", none},
                                             {"CenterCropPad", none},
                                             {"AffineGrid", none},
                                             {"Gelu", none},
                                             {"Mish", none},
                                             {"BitwiseAnd", none},
                                             {"BitwiseOr", none},
                                             {"BitwiseXor", none},
                                             {"BitwiseNot", none}};

/// The attribute goes, its numbers come in as input `place`.
void attributeToInput(OperatorCall& call, const char* name, std::size_t place) {
    auto& attributes = call.node.node.attributes;
    const auto found = attributes.find(name);
    if (found == attributes.end()) return;
    if (call.inputs.size() <= place) call.inputs.resize(place + 1, {OperatorInput::Kind::Absent, {}, {}});
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&found->second)) call.inputs[place] = knownInput(integersTensor(*list));
    else if (const auto* number = std::get_if<double>(&found->second)) call.inputs[place] = knownInput(scalarTensor(*number, DType::Float32));
    attributes.erase(found);
}

/// Reductions have their axes as an input since opset 18, ReduceSum since 13.
bool inputToAxes(OperatorCall& call) {
    if (call.inputs.size() < 2) return true;
    if (call.inputs[1].kind != OperatorInput::Kind::Known || call.node.node.integer("noop_with_empty_axes", 0))
        return call.inputs[1].kind == OperatorInput::Kind::Absent;
    call.node.node.attributes["axes"] = load<std::int64_t>(call.inputs[1].tensor.host());
    call.inputs.resize(1);
    return true;
}

}  // namespace

std::string attributesText(const OnnxNode& node) {
    Json json = Json::object();
    for (const auto& [name, attribute] : node.attributes)
        std::visit([&, &key = name](const auto& value) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, OnnxTensor>) json[key] = value;
        }, attribute);
    return json.dump();
}

std::string inputsText(const std::vector<OperatorInput>& inputs) {
    Json json = Json::array();
    for (const OperatorInput& input : inputs) {
        if (input.kind == OperatorInput::Kind::Node) json.push_back("node");
        if (input.kind == OperatorInput::Kind::Absent) json.push_back(nullptr);
        if (input.kind == OperatorInput::Kind::Known) json.push_back(tensorJson(input.tensor));
        if (input.kind == OperatorInput::Kind::Weight) json.push_back({{"weight", input.shape}});
    }
    return json.dump();
}

Result<OperatorCall> operatorCall(const std::string& op, std::int64_t opset, const std::string& attributes, const std::string& inputs) try {
    OperatorCall call;
    call.opset = opset;
    call.node.node.op = op;
    call.node.node.outputs = {"output"};
    const Json settings = Json::parse(attributes);
    for (const auto& [name, value] : settings.items()) call.node.node.attributes[name] = attributeFrom(value);
    for (const Json& input : Json::parse(inputs)) call.inputs.push_back(inputFrom(input));
    return call;
} catch (const std::exception&) {
    return fail("onnx.operator_text", {{"op", op}});
}

bool toOpset17(OperatorCall& call) {
    const std::string& op = call.node.node.op;
    const auto& attributes = call.node.node.attributes;
    if (call.opset == 17) return true;
    if (const auto span = sameAsIn17.find(op); span != sameAsIn17.end() && (call.opset < span->second.first || call.opset > span->second.second))
        return false;
    for (const char* later : {"antialias", "axes", "keep_aspect_ratio_policy", "num_outputs"})
        if ((op == "Resize" || op == "Split") && attributes.count(later)) return false;
    if ((op == "AveragePool" && attributes.count("dilations")) || (op == "Pad" && call.node.node.text("mode", "") == "wrap")) return false;
    if (op.starts_with("Reduce") && op != "ReduceSum" && !inputToAxes(call)) return false;
    if (op == "Squeeze" || op == "Unsqueeze" || op == "ReduceSum") attributeToInput(call, "axes", 1);
    if (op == "Clip") {
        attributeToInput(call, "min", 1);
        attributeToInput(call, "max", 2);
    }
    if (op == "Slice")
        for (const auto& [name, place] : {std::pair("starts", 1), {"ends", 2}, {"axes", 3}})
            attributeToInput(call, name, static_cast<std::size_t>(place));
    if (op == "Pad") {
        if (call.inputs.size() > 3 && call.inputs[3].kind != OperatorInput::Kind::Absent) return false;
        attributeToInput(call, "pads", 1);
        attributeToInput(call, "value", 2);
    }
    call.opset = 17;
    return true;
}

}  // namespace lamina
