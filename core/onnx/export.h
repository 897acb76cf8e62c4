// Writes a network as an ONNX file (opset 17, IR version 8, ai.onnx.ml 3) that any runtime can use on raw data.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/data/preparation.h"
#include "core/network/network.h"
#include "core/onnx/node.h"
#include "core/onnx/onnx_output.h"

namespace lamina {

struct OnnxExportOptions {
    /// With it the file takes raw data and says what people want to know:
    ///   images: input "image" float32 [N,C,H,W], pixels as stored (0…255); other tensors: "input";
    ///   of several input layers those that read a picture or an array are named like the layer;
    ///   tables: one input per column, named like it (onnxInputName): numbers float32 [N,1], NaN = missing; categories string [N,1], "" = missing;
    ///   classification: outputs "probabilities" float32 [N,classes] and "label" string [N]; regression: "value" float32 [N,1].
    /// Without it the inputs are the network's own, one per input layer and named like it, and the output is "output".
    std::optional<Preparation> preparation;
    std::string programVersion;
    /// With a preparation: the outputs of a network that has several, each a layer of it; what the file says of each begins with its title.
    std::vector<OnnxOutput> outputs = {};
};

/// `parameters` by "node/weight" (ParameterStore's names), all that the layers need at inference. The file is there whole or not at all.
/// Fails with the errors of inferenceGraph, "onnx.parameter_missing" {parameter}, "onnx.parameter_shape" {parameter,expected,found},
/// "onnx.preparation_shape" {expected,found}, "onnx.outcome_shape" {expected,found}, "onnx.name_taken" {name}, "onnx.too_large" {size},
/// "onnx.not_valid" {reason} (ONNX's own checker), and the file errors.
Result<void> exportOnnx(const Network& network, const std::map<std::string, OnnxTensor>& parameters, const OnnxExportOptions& options, const Path& path);

/// The model input that a column becomes: its own name, but for names that the outputs have.
std::string onnxInputName(const FeatureColumn& feature);
/// The same of a feature by its place: with several input layers a picture or array has the name of the layer that reads it.
std::string onnxInputName(const Preparation& preparation, std::size_t feature);

/// Rows of raw values (features in the preparation's order) as the exported model's inputs.
std::map<std::string, OnnxTensor> onnxInputs(const Preparation& preparation, const std::vector<std::vector<RawValue>>& rows);

}  // namespace lamina
