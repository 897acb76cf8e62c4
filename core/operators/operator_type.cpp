#include "core/operators/operator_type.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"

namespace lamina {
namespace {

/// Beyond this a known result is not worked out when the graph is made but in every run.
constexpr std::int64_t mostFolded = std::int64_t{1} << 24;

std::int64_t elementsOf(const std::vector<OpType::Output>& outputs) {
    std::int64_t total = 0;
    for (const auto& output : outputs) {
        const std::int64_t count = checkedElementCount(output.shape, mostHostElements);
        if (count < 0) return -1;
        total += count;
    }
    return total;
}

/// A kernel with its inputs in the node's places: known ones are kept here and never become values of the graph.
class KernelFunction final : public HostFunction {
public:
    KernelFunction(std::string name, const std::vector<Operand>& operands, std::vector<OpType::Output> outputs, HostKernel kernel)
        : m_name(std::move(name)), m_outputs(std::move(outputs)), m_kernel(std::move(kernel)) {
        for (const Operand& operand : operands) m_known.push_back(operand.known && operand.known->value == noValue ? operand.known : nullptr);
        for (std::size_t i = 0; i < operands.size(); ++i) m_taken.push_back(operands[i].given() && !m_known[i]);
    }
    std::string name() const override { return m_name; }
    Result<std::vector<OpType::Output>> infer(std::span<const Value* const>) const override { return m_outputs; }
    void run(std::span<const HostTensor> inputs, std::span<const HostTensor> outputs) const override {
        std::vector<HostTensor> places;
        auto next = inputs.begin();
        for (std::size_t i = 0; i < m_taken.size(); ++i)
            places.push_back(m_known[i] ? m_known[i]->tensor.host() : m_taken[i] ? *next++ : HostTensor{});
        m_kernel(places, outputs);
    }

private:
    std::string m_name;
    std::vector<OpType::Output> m_outputs;
    HostKernel m_kernel;
    std::vector<std::shared_ptr<const KnownTensor>> m_known;
    std::vector<bool> m_taken;
};

std::vector<Operand> runNow(const std::vector<Operand>& inputs, const std::vector<OpType::Output>& outputs, const HostKernel& kernel) {
    std::vector<TypedTensor> results;
    for (const auto& output : outputs) results.emplace_back(output.shape, output.type);
    std::vector<HostTensor> from, to;
    for (const Operand& operand : inputs) from.push_back(operand.known ? operand.known->tensor.host() : HostTensor{});
    for (const TypedTensor& result : results) to.push_back(result.host());
    kernel(from, to);
    std::vector<Operand> operands;
    for (TypedTensor& result : results) operands.push_back(operandOf(std::move(result)));
    return operands;
}

Error located(Error error, const OperatorNode& node) { return std::move(error).with("op", node.node.op).with("node", node.node.name); }

}  // namespace

Operand operandOf(const Graph& graph, ValueId value) {
    if (value == noValue) return {};
    return {graph.shape(value), graph.value(value).type, value, nullptr};
}

Operand operandOf(TypedTensor tensor) {
    Operand operand{tensor.shape, tensor.type, noValue, nullptr};
    operand.known = std::make_shared<const KnownTensor>(KnownTensor{std::move(tensor), {}, noValue});
    return operand;
}

OperatorContext::OperatorContext(Graph& graphOf, const OperatorNode& operatorNode, std::int64_t opsetOf, std::vector<Operand> inputs)
    : graph(graphOf), node(operatorNode.node), tensors(operatorNode.tensors), opset(opsetOf), m_inputs(std::move(inputs)) {}

ValueId OperatorContext::value(std::size_t i) { return value(m_inputs[i]); }

ValueId OperatorContext::value(const Operand& operand) {
    if (operand.value != noValue || !operand.known) return operand.value;
    const KnownTensor& known = *operand.known;
    if (known.value != noValue) return known.value;
    const bool weight = !known.weight.empty() && operand.type == DType::Float32;
    if (weight) {
        known.value = graph.parameter(known.weight, operand.shape, {});
    } else {
        known.value = graph.addValue({node.name + "/constant", operand.shape, operand.type, ValueRole::Constant, {}});
        if (known.value != noValue) graph.constants.emplace_back(known.value, load<double>(known.tensor.host()));
    }
    return known.value;
}

bool OperatorContext::inOps(std::size_t count) const {
    bool known = true;
    for (std::size_t i = 0; i < std::min(count, m_inputs.size()); ++i) {
        const Operand& operand = m_inputs[i];
        if (!operand.given()) continue;
        if (operand.type != DType::Float32 || elementCount(operand.shape) == 0) return false;
        known = known && operand.known;
    }
    return !known;
}

Operands OperatorContext::ops(ValueId result) const { return std::vector<Operand>{operandOf(graph, result)}; }

Result<std::vector<std::int64_t>> OperatorContext::integers(std::size_t i) const {
    if (!has(i) || !m_inputs[i].known)
        return fail("onnx.operator_constant", {{"op", node.op}, {"node", node.name}, {"input", std::to_string(i + 1)}});
    return load<std::int64_t>(m_inputs[i].known->tensor.host());
}

Result<std::vector<double>> OperatorContext::reals(std::size_t i) const {
    if (!has(i) || !m_inputs[i].known)
        return fail("onnx.operator_constant", {{"op", node.op}, {"node", node.name}, {"input", std::to_string(i + 1)}});
    return load<double>(m_inputs[i].known->tensor.host());
}

Result<std::int64_t> OperatorContext::axis(std::int64_t given, std::int64_t rank) const {
    if (given < -rank || given >= rank)
        return fail("onnx.operator_axis", {{"op", node.op}, {"node", node.name}, {"axis", std::to_string(given)}, {"axes", std::to_string(rank)}});
    return given < 0 ? given + rank : given;
}

Result<std::vector<std::int64_t>> OperatorContext::axes(std::vector<std::int64_t> given, std::int64_t rank) const {
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::int64_t asked = given[i];
        LAMINA_TRY(given[i], axis(asked, rank));
        if (std::find(given.begin(), given.begin() + static_cast<std::ptrdiff_t>(i), given[i]) != given.begin() + static_cast<std::ptrdiff_t>(i))
            return fail("onnx.operator_axis",
                        {{"op", node.op}, {"node", node.name}, {"axis", std::to_string(asked)}, {"axes", std::to_string(rank)}});
    }
    return given;
}

Operands OperatorContext::hostOn(std::vector<Operand> inputs, std::vector<OpType::Output> outputs, HostKernel kernel) {
    const std::int64_t elements = elementsOf(outputs);
    if (elements < 0) return tooLarge();
    const bool known = std::all_of(inputs.begin(), inputs.end(), [](const Operand& operand) { return operand.known || !operand.given(); });
    if (known && elements <= mostFolded) return runNow(inputs, outputs, kernel);
    std::vector<ValueId> values;
    for (const Operand& operand : inputs)
        if (const ValueId id = operand.value != noValue ? operand.value : operand.known ? operand.known->value : noValue; id != noValue)
            values.push_back(id);
    const std::size_t count = outputs.size();
    auto function = std::make_shared<KernelFunction>(node.op, inputs, std::move(outputs), std::move(kernel));
    const auto results = ops::hostFunction(graph, std::move(function), std::move(values));
    if (graph.error()) return *graph.error();
    std::vector<Operand> operands;
    for (std::size_t i = 0; i < count; ++i) operands.push_back(operandOf(graph, results[i]));
    return operands;
}

Operands OperatorContext::host(std::vector<OpType::Output> outputs, HostKernel kernel) {
    return hostOn(m_inputs, std::move(outputs), std::move(kernel));
}

Operands OperatorContext::host(Shape shape, DType type, HostKernel kernel) {
    return host(std::vector<OpType::Output>{{std::move(shape), type}}, std::move(kernel));
}

Operands OperatorContext::reshaped(const Operand& operand, Shape shape) {
    if (checkedElementCount(shape, std::int64_t{1} << 40) != elementCount(operand.shape)) return badShapes();
    if (operand.shape == shape) return std::vector<Operand>{operand};
    if (!operand.known && operand.type == DType::Float32 && elementCount(shape) > 0) return ops(ops::reshape(graph, operand.value, std::move(shape)));
    return hostOn({operand}, {{std::move(shape), operand.type}}, [](auto in, auto out) { copyElements(in[0], out[0]); });
}

Error OperatorContext::badShapes() const {
    std::string shapes;
    for (const Operand& operand : m_inputs) {
        if (!shapes.empty()) shapes += ", ";
        shapes += operand.given() ? shapeText(operand.shape) : "–";
    }
    return fail("onnx.operator_shapes", {{"op", node.op}, {"node", node.name}, {"shapes", shapes}});
}

Error OperatorContext::tooLarge() const { return fail("onnx.operator_size", {{"op", node.op}, {"node", node.name}}); }

Error OperatorContext::badAttribute(const std::string& name) const {
    return fail("onnx.operator_attribute", {{"op", node.op}, {"node", node.name}, {"attribute", name}});
}

const OperatorType* findOperator(const std::string& name) {
    static const auto byName = [] {
        std::map<std::string, const OperatorType*> all;
        for (const OperatorFamily* family : operatorCatalogue())
            for (const OperatorType& type : family->types) all[type.name] = &type;
        return all;
    }();
    const auto found = byName.find(name);
    return found == byName.end() ? nullptr : found->second;
}

bool claims(const OperatorNode& node, std::int64_t opset, std::span<const std::optional<DType>> inputTypes) {
    const OperatorType* type = node.node.domain.empty() ? findOperator(node.node.op) : nullptr;
    if (!type || !node.complete || opset < type->since || opset > newestOpset || static_cast<int>(inputTypes.size()) < type->minimumInputs)
        return false;
    for (std::size_t i = 0; i < inputTypes.size(); ++i) {
        const TypeSet accepted = type->types.empty() ? 0 : type->types[std::min(i, type->types.size() - 1)];
        if (inputTypes[i] && !(accepted & types::of(*inputTypes[i]))) return false;
    }
    return !type->takes || type->takes(node, opset);
}

Operands translateOperator(Graph& graph, const OperatorNode& node, std::int64_t opset, std::vector<Operand> inputs) {
    const OperatorType* type = findOperator(node.node.op);
    std::vector<std::optional<DType>> inputTypes;
    for (const Operand& input : inputs) inputTypes.push_back(input.given() ? std::optional(input.type) : std::nullopt);
    for (int i = 0; type && i < type->minimumInputs; ++i)
        if (static_cast<std::size_t>(i) >= inputs.size() || !inputs[static_cast<std::size_t>(i)].given()) type = nullptr;
    if (!type || !claims(node, opset, inputTypes))
        return fail("onnx.operator_unknown", {{"op", node.node.op}, {"node", node.node.name}, {"opset", std::to_string(opset)}});
    graph.origin = node.node.name;
    OperatorContext context(graph, node, opset, std::move(inputs));
    auto results = type->translate(context);
    if (!results) return located(results.takeError(), node);
    if (graph.error()) return located(*graph.error(), node);
    return results;
}

}  // namespace lamina
