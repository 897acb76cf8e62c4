#include "core/onnx/operator_nodes.h"

#include <algorithm>

#include "core/layers/operator.h"
#include "core/onnx/graph_import.h"
#include "core/operators/numbers.h"

namespace lamina {
namespace {

OnnxTensor plainTensor(const TypedTensor& tensor) {
    if (!isReal(tensor.type)) return {tensor.shape, load<std::int64_t>(tensor.host())};
    const auto numbers = load<double>(tensor.host());
    return {tensor.shape, std::vector<float>(numbers.begin(), numbers.end())};
}

TypedTensor typedFrom(const OnnxTensor& tensor) {
    const auto* whole = std::get_if<std::vector<std::int64_t>>(&tensor.data);
    TypedTensor typed(tensor.shape, whole ? DType::Int64 : DType::Float32);
    if (whole) store(typed.host(), *whole);
    else if (const auto* reals = std::get_if<std::vector<float>>(&tensor.data))
        store(typed.host(), std::vector<double>(reals->begin(), reals->end()));
    return typed;
}

/// One item, whatever batch the file was written for.
Result<OperatorGraph> graphOfOneItem(OperatorModel& model) {
    OperatorGraphOptions options;
    for (auto& input : model.inputs) {
        if (!input.shaped || input.shape.empty()) continue;
        input.shape[0] = -1;
        options.shapes[input.name] = input.shape;
        options.shapes[input.name][0] = 1;
    }
    return importGraph(model, options);
}

bool foldIfKnown(OnnxFile& file, const OnnxNode& node, const OperatorGraph& graph) {
    for (const std::string& name : node.outputs)
        if (const auto value = graph.values.find(name); !name.empty() && (value == graph.values.end() || !value->second.known)) return false;
    for (const std::string& name : node.outputs)
        if (!name.empty()) file.constants[name] = plainTensor(graph.values.at(name).known->tensor);
    return true;
}

std::string constantFor(OnnxFile& file, const std::string& name, std::int64_t number) {
    file.constants[name] = {{1}, std::vector<std::int64_t>{number}};
    return name;
}

std::vector<OnnxNode> slicesOf(OnnxFile& file, const OnnxNode& split, const OperatorGraph& graph) {
    std::vector<OnnxNode> slices;
    std::int64_t begin = 0, axis = split.integer("axis", 0);
    for (const std::string& name : split.outputs) {
        const auto part = graph.values.find(name);
        if (part == graph.values.end()) return {split};
        const auto axes = static_cast<std::int64_t>(part->second.shape.size());
        if (axis < 0) axis += axes;
        if (axis < 0 || axis >= axes) return {split};
        const std::int64_t size = part->second.shape[static_cast<std::size_t>(axis)];
        slices.push_back({"Slice",
                          "",
                          name,
                          {split.inputs[0], constantFor(file, name + "#start", begin), constantFor(file, name + "#end", begin + size),
                           constantFor(file, name + "#axis", axis)},
                          {name},
                          {}});
        begin += size;
    }
    return slices;
}

}  // namespace

void makePlainer(OnnxFile& file, OperatorModel model) {
    const auto graph = graphOfOneItem(model);
    if (!graph) return;
    std::vector<OnnxNode> nodes;
    for (OnnxNode& node : file.nodes) {
        if (foldIfKnown(file, node, *graph)) continue;
        if (node.op == "Split" && node.domain.empty() && !node.inputs.empty())
            for (OnnxNode& slice : slicesOf(file, node, *graph)) nodes.push_back(std::move(slice));
        else nodes.push_back(std::move(node));
    }
    file.nodes = std::move(nodes);
}

std::optional<OperatorCall> operatorFor(const OnnxNode& node, const OnnxFile& file, std::int64_t opset,
                                        const std::function<void(const std::string& name, const OnnxTensor& tensor)>& weight) {
    OperatorCall call;
    call.node.node = node;
    call.opset = opset;
    bool readsNode = false;
    for (std::size_t place = 0; place < node.inputs.size(); ++place) {
        const auto constant = file.constants.find(node.inputs[place]);
        OperatorInput input;
        if (node.inputs[place].empty()) {
            input.kind = OperatorInput::Kind::Absent;
        } else if (constant == file.constants.end()) {
            readsNode = true;
        } else if (const OnnxTensor& tensor = constant->second; std::holds_alternative<std::vector<std::string>>(tensor.data)) {
            return std::nullopt;
        } else if (std::holds_alternative<std::vector<float>>(tensor.data) && elementCount(tensor.shape) > 1) {
            input = {OperatorInput::Kind::Weight, {}, tensor.shape};
            weight(operatorWeight(place), tensor);
        } else {
            input = {OperatorInput::Kind::Known, typedFrom(tensor), {}};
        }
        call.inputs.push_back(std::move(input));
    }
    const bool one = std::all_of(node.outputs.begin() + 1, node.outputs.end(), [](const std::string& name) { return name.empty(); });
    const bool tensors = std::any_of(node.attributes.begin(), node.attributes.end(),
                                     [](const auto& entry) { return std::holds_alternative<OnnxTensor>(entry.second); });
    const bool there = node.domain.empty() && findOperator(node.op);
    if (!there || !one || tensors || !readsNode || !toOpset17(call)) return std::nullopt;
    return call;
}

}  // namespace lamina
