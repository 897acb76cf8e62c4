// The preparation as ONNX nodes: from raw pixels or raw columns to the network's input, and from its output to what people read.
#pragma once

#include "core/data/preparation.h"
#include "core/onnx/graph_builder.h"
#include "core/onnx/onnx_output.h"

namespace lamina {

/// Adds the model's inputs and the nodes that prepare them; gives the name of what the network's input reads, of several inputs in their order.
/// Fails with "onnx.name_taken" {name} where two columns (or a column and a parameter) have one name.
Result<std::vector<std::string>> addPreparation(OnnxGraphBuilder& builder, const Preparation& preparation);

/// Adds the model's outputs for one of the network's: "probabilities" and "label", or "value", named as `output` says. `ready`: what the network gives
/// are probabilities already.
void addOutcome(OnnxGraphBuilder& builder, const TargetColumn& target, const OnnxOutput& output, const std::string& networkOutput, bool ready);

}  // namespace lamina
