// Any ONNX graph of operators that Lamina has, as a graph of the engine for inputs of given shapes.
#pragma once

#include <set>

#include "core/onnx/operator_model.h"

namespace lamina {

struct OperatorGraphOptions {
    std::map<std::string, Shape> shapes;            ///< of inputs, by name; needed where the file leaves an axis free
    std::map<std::string, TypedTensor> known;       ///< inputs whose numbers are known: they become part of the graph
};

struct OperatorGraph {
    Graph graph;
    std::map<std::string, ValueId> inputs;          ///< those that are not known
    std::map<std::string, Operand> outputs;         ///< where an output has no value, its numbers are known
    std::map<std::string, Operand> values;          ///< all that has a name in the file
    std::map<std::string, TypedTensor> weights;     ///< parameters of the graph by name, float32
};

/// Inputs that decide shapes (the shape of a Reshape, the borders of a Slice …), directly or through other nodes: they must be known.
std::set<std::string> inputsThatDecideShapes(const OperatorModel& model);

/// "onnx.operator_unknown" {op,node,opset} where the model names an operator that Lamina does not have, or an input or output is not a tensor of
/// numbers.
Result<void> expectOperators(const OperatorModel& model);

/// Fails with "onnx.operator_unknown" also where Lamina does not have an operator in this form (opset, types, attributes),
/// "onnx.input_form" {input}, "onnx.order" {node,input}, and the other errors of translateOperator.
Result<OperatorGraph> importGraph(const OperatorModel& model, const OperatorGraphOptions& options);

}  // namespace lamina
