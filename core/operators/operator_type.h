// The contract of ONNX operators: families of them, one file each (operators.cmake is the list). An operator says what it takes and writes itself
// into a graph: in ops where all its numbers are float32 (then it can be trained and runs on every device), else as a function on host memory.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/engine/ops.h"
#include "core/onnx/node.h"
#include "core/operators/typed_tensor.h"

namespace lamina {

/// A set of number types.
using TypeSet = std::uint32_t;
namespace types {
constexpr TypeSet of(DType type) { return 1u << static_cast<unsigned>(type); }
constexpr TypeSet float32 = of(DType::Float32);
constexpr TypeSet reals = float32 | of(DType::Float64) | of(DType::Float16);
constexpr TypeSet signedWhole = of(DType::Int8) | of(DType::Int16) | of(DType::Int32) | of(DType::Int64);
constexpr TypeSet unsignedWhole = of(DType::UInt8) | of(DType::UInt16) | of(DType::UInt32) | of(DType::UInt64);
constexpr TypeSet bytes = of(DType::Int8) | of(DType::UInt8);
constexpr TypeSet whole = signedWhole | unsignedWhole;
constexpr TypeSet numbers = reals | whole;
constexpr TypeSet truth = of(DType::Bool);
constexpr TypeSet places = of(DType::Int32) | of(DType::Int64);  ///< indices, axes, shapes
constexpr TypeSet all = numbers | truth;
}  // namespace types

/// A node with its tensor attributes in their own types (`node.attributes` has none of them).
struct OperatorNode {
    OnnxNode node;
    std::map<std::string, TypedTensor> tensors;
    bool complete = true;  ///< false where an attribute is of a kind that no operator here reads (graphs, text tensors …)
};

/// A tensor that is known when the graph is made. It becomes a value of the graph only where an op reads it.
struct KnownTensor {
    TypedTensor tensor;
    std::string weight;           ///< not empty: becomes the parameter of this name instead of a constant (float32 only)
    mutable ValueId value = noValue;
};

/// What flows between operators.
struct Operand {
    Shape shape;
    DType type = DType::Float32;
    ValueId value = noValue;                   ///< in the graph
    std::shared_ptr<const KnownTensor> known;  ///< its numbers, where they are known

    bool given() const { return value != noValue || known; }
};
Operand operandOf(const Graph& graph, ValueId value);
Operand operandOf(TypedTensor tensor);

/// A kernel: `inputs` as the node has them, with no data where one is absent; it writes all `outputs`. One thread, no state.
using HostKernel = std::function<void(std::span<const HostTensor> inputs, std::span<const HostTensor> outputs)>;
using Operands = Result<std::vector<Operand>>;
/// Kernels keep indices of every number they give: a file must not ask for more than fits.
constexpr std::int64_t mostHostElements = std::int64_t{1} << 26;
/// Steps of the innermost loop that one kernel may take.
constexpr std::int64_t mostHostSteps = std::int64_t{1} << 34;

/// What an operator's translation works with.
class OperatorContext {
public:
    OperatorContext(Graph& graph, const OperatorNode& operatorNode, std::int64_t opset, std::vector<Operand> inputs);

    Graph& graph;
    const OnnxNode& node;
    const std::map<std::string, TypedTensor>& tensors;
    const std::int64_t opset;

    std::size_t inputs() const { return m_inputs.size(); }
    bool has(std::size_t i) const { return i < m_inputs.size() && m_inputs[i].given(); }
    const Operand& input(std::size_t i = 0) const { return m_inputs[i]; }
    const Shape& shape(std::size_t i = 0) const { return m_inputs[i].shape; }
    std::int64_t rank(std::size_t i = 0) const { return static_cast<std::int64_t>(shape(i).size()); }
    DType type(std::size_t i = 0) const { return m_inputs[i].type; }
    /// Outputs that somebody may read: up to the last that has a name.
    std::size_t outputs() const { return node.outputs.size(); }
    bool wantsOutput(std::size_t i) const { return i < node.outputs.size() && !node.outputs[i].empty(); }

    /// The input as a value of the graph.
    ValueId value(std::size_t i = 0);
    ValueId value(const Operand& operand);
    /// All inputs (or the first `count` of them) are float32 with at least one element, and not all are known: the operator can be written in ops.
    bool inOps(std::size_t count = 1000) const;
    Operands ops(ValueId value) const;  ///< what a translation in ops gives

    /// Numbers of an input that decides shapes; "onnx.operator_constant" where they are not known.
    Result<std::vector<std::int64_t>> integers(std::size_t i) const;
    Result<std::vector<double>> reals(std::size_t i) const;
    /// The axis counted from the front, or "onnx.operator_axis".
    Result<std::int64_t> axis(std::int64_t given, std::int64_t rank) const;
    Result<std::vector<std::int64_t>> axes(std::vector<std::int64_t> given,
                                           std::int64_t rank) const;  ///< also "onnx.operator_axis" where one comes twice

    /// Runs `kernel` at once where all inputs are known, else as a host function of the graph. "onnx.operator_size" where an output would be too
    /// large.
    Operands host(std::vector<OpType::Output> outputs, HostKernel kernel);
    Operands host(Shape shape, DType type, HostKernel kernel);
    /// The same for inputs that are not the node's own.
    Operands hostOn(std::vector<Operand> inputs, std::vector<OpType::Output> outputs, HostKernel kernel);
    /// The same elements under another shape.
    Operands reshaped(const Operand& operand, Shape shape);

    Error badShapes() const;                            ///< "onnx.operator_shapes" {op,node,shapes}
    Error tooLarge() const;                             ///< "onnx.operator_size" {op,node}
    Error badAttribute(const std::string& name) const;  ///< "onnx.operator_attribute" {op,node,attribute}

private:
    std::vector<Operand> m_inputs;
};

struct OperatorType {
    const char* name;   ///< "Conv"
    int since = 1;      ///< the oldest opset whose meaning this is
    /// Per input, the types it takes; the last one serves all further inputs.
    std::vector<TypeSet> types = {types::all};
    /// Inputs that decide shapes: they must be known when the graph is made.
    std::vector<std::size_t> constants = {};
    Operands (*translate)(OperatorContext& context) = nullptr;
    /// False where the attributes ask for a form that is not there.
    bool (*takes)(const OperatorNode& node, std::int64_t opset) = nullptr;
    int minimumInputs = 1;
};

struct OperatorFamily {
    std::vector<OperatorType> types;
};
/// All families of operators.cmake.
const std::vector<const OperatorFamily*>& operatorCatalogue();
/// nullptr where there is none.
const OperatorType* findOperator(const std::string& name);
/// The newest opset of ai.onnx whose operators are known.
constexpr std::int64_t newestOpset = 22;

/// Whether Lamina has this operator in this form; `types` of inputs that are absent count for nothing. Decided without looking at shapes or numbers.
bool claims(const OperatorNode& node, std::int64_t opset, std::span<const std::optional<DType>> types);
/// Writes the node into the graph: one operand per output; "onnx.operator_…" and "op.…" errors have {op} and {node}.
Operands translateOperator(Graph& graph, const OperatorNode& node, std::int64_t opset, std::vector<Operand> inputs);

}  // namespace lamina
