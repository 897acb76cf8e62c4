// One operator with what does not come from other nodes, as text: how a network keeps operators that no layer of Lamina stands for.
#pragma once

#include "core/operators/operator_type.h"

namespace lamina {

/// Where an input of the operator comes from.
struct OperatorInput {
    enum class Kind : std::uint8_t { Node, Known, Weight, Absent } kind = Kind::Node;
    TypedTensor tensor;  ///< Known: its numbers; float32 or int64
    Shape shape;         ///< Weight: a trainable tensor of this shape
};

struct OperatorCall {
    OperatorNode node;  ///< its name and its inputs' names do not count
    std::int64_t opset = 17;
    std::vector<OperatorInput> inputs;
};

/// Attributes as a JSON object {"axis": 1, "mode": "linear", "scales": [1.0, 2.0]}: whole numbers, real numbers, text and lists of one kind. Tensors
/// are not among them.
std::string attributesText(const OnnxNode& node);
/// Inputs as a JSON list: "node", null, {"type": "int64", "shape": [2], "numbers": [0, -1]}, {"weight": [3, 1, 1]}.
std::string inputsText(const std::vector<OperatorInput>& inputs);
/// From the texts; "onnx.operator_text" {op} where they are not of that form.
Result<OperatorCall> operatorCall(const std::string& op, std::int64_t opset, const std::string& attributes, const std::string& inputs);

/// The same meaning in opset 17: what was an attribute and is an input now, or the other way round. False where opset 17 says it otherwise.
bool toOpset17(OperatorCall& call);

}  // namespace lamina
