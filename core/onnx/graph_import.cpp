#include "core/onnx/graph_import.h"

#include <algorithm>

namespace lamina {
namespace {

Result<Shape> shapeOf(const OperatorModel::Port& input, const OperatorGraphOptions& options) {
    const auto given = options.shapes.find(input.name);
    const Shape& shape = given == options.shapes.end() ? input.shape : given->second;
    const bool free = given == options.shapes.end() && (!input.shaped || std::count(shape.begin(), shape.end(), -1) > 0);
    bool fits = !free && (!input.shaped || input.shape.size() == shape.size());
    for (std::size_t axis = 0; fits && input.shaped && axis < shape.size(); ++axis) fits = input.shape[axis] < 0 || input.shape[axis] == shape[axis];
    if (!fits || checkedElementCount(shape, std::int64_t{1} << 40) < 0) return fail("onnx.input_form", {{"input", input.name}});
    return shape;
}

class Importer {
public:
    Importer(const OperatorModel& model, const OperatorGraphOptions& options) : m_model(model), m_options(options) {}

    Result<OperatorGraph> import() {
        LAMINA_CHECK(expectOperators(m_model));
        for (const auto& input : m_model.inputs) LAMINA_CHECK(addInput(input));
        for (const auto& [name, tensor] : m_model.constants) addWeight(name, tensor);
        for (const OperatorNode& node : m_model.nodes) LAMINA_CHECK(addNode(node));
        for (const auto& output : m_model.outputs) {
            const auto found = m_operands.find(output.name);
            if (found == m_operands.end()) return fail("onnx.order", {{"node", "Output"}, {"input", output.name}});
            m_result.outputs[output.name] = found->second;
        }
        keepUsedWeights();
        m_result.values = std::move(m_operands);
        return std::move(m_result);
    }

private:
    Result<void> addInput(const OperatorModel::Port& input) {
        if (const auto known = m_options.known.find(input.name); known != m_options.known.end()) {
            if (known->second.type != *input.type) return fail("onnx.input_form", {{"input", input.name}});
            m_operands[input.name] = operandOf(known->second);
            return {};
        }
        LAMINA_TRY(Shape shape, shapeOf(input, m_options));
        const ValueId value = m_result.graph.input(input.name, std::move(shape), *input.type);
        if (m_result.graph.error()) return *m_result.graph.error();
        m_result.inputs[input.name] = value;
        m_operands[input.name] = operandOf(m_result.graph, value);
        return {};
    }

    void addWeight(const std::string& name, const TypedTensor& tensor) {
        Operand operand = operandOf(tensor);
        operand.known = std::make_shared<const KnownTensor>(KnownTensor{tensor, name, noValue});
        m_operands[name] = std::move(operand);
    }

    Result<void> addNode(const OperatorNode& node) {
        std::vector<Operand> inputs;
        for (const std::string& name : node.node.inputs) {
            const auto found = m_operands.find(name);
            if (!name.empty() && found == m_operands.end()) return fail("onnx.order", {{"node", node.node.name}, {"input", name}});
            inputs.push_back(name.empty() ? Operand{} : found->second);
        }
        LAMINA_TRY(const auto results, translateOperator(m_result.graph, node, m_model.opset, std::move(inputs)));
        for (std::size_t i = 0; i < node.node.outputs.size(); ++i) {
            if (node.node.outputs[i].empty()) continue;
            if (i >= results.size() || !results[i].given())
                return fail("onnx.operator_unknown", {{"op", node.node.op}, {"node", node.node.name}, {"opset", std::to_string(m_model.opset)}});
            m_operands[node.node.outputs[i]] = results[i];
        }
        return {};
    }

    void keepUsedWeights() {
        for (const Value& value : m_result.graph.values)
            if (value.role == ValueRole::Parameter) m_result.weights[value.name] = m_model.constants.at(value.name);
    }

    const OperatorModel& m_model;
    const OperatorGraphOptions& m_options;
    OperatorGraph m_result;
    std::map<std::string, Operand> m_operands;
};

}  // namespace

std::set<std::string> inputsThatDecideShapes(const OperatorModel& model) {
    std::set<std::string> needed;
    for (auto node = model.nodes.rbegin(); node != model.nodes.rend(); ++node) {
        const OnnxNode& n = node->node;
        const bool all = n.op != "Shape" && n.op != "Size" &&
                         std::any_of(n.outputs.begin(), n.outputs.end(), [&](const std::string& name) { return needed.count(name); });
        const OperatorType* type = findOperator(n.op);
        for (std::size_t i = 0; i < n.inputs.size(); ++i)
            if (all || (type && std::count(type->constants.begin(), type->constants.end(), i))) needed.insert(n.inputs[i]);
    }
    std::set<std::string> inputs;
    for (const auto& input : model.inputs)
        if (needed.count(input.name)) inputs.insert(input.name);
    return inputs;
}

Result<void> expectOperators(const OperatorModel& model) {
    const auto unknown = [&](const std::string& op, const std::string& node) {
        return fail("onnx.operator_unknown", {{"op", op}, {"node", node}, {"opset", std::to_string(model.opset)}});
    };
    for (const OperatorNode& node : model.nodes)
        if (!node.node.domain.empty() || !node.complete || !findOperator(node.node.op) || node.node.outputs.empty())
            return unknown(node.node.op, node.node.name);
    for (const auto* ports : {&model.inputs, &model.outputs})
        for (const auto& port : *ports)
            if (!port.type) return unknown("Tensor", port.name);
    return {};
}

Result<OperatorGraph> importGraph(const OperatorModel& model, const OperatorGraphOptions& options) { return Importer(model, options).import(); }

}  // namespace lamina
