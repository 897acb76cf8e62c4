// Reads an ONNX file as a network of layers: files made by Lamina exactly as they were, others where every node is a known layer.
// Files are not trusted: every size in them is checked against the bytes that are there before anything is made of it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/base/files.h"
#include "core/data/preparation.h"
#include "core/network/network.h"
#include "core/onnx/node.h"
#include "core/onnx/onnx_output.h"

namespace lamina {

struct OnnxImport {
    Network network;
    std::map<std::string, OnnxTensor> parameters;  ///< by "node/weight"; exactly those that the network's layers have, in their shapes
    std::optional<Preparation> preparation;        ///< of files made by Lamina on raw data
    std::vector<OnnxOutput> outputs = {};          ///< of such a file, where its network has several
    bool madeByLamina = false;
};

/// Fails with "onnx.damaged" (also a file of Lamina that was cut off), "onnx.tensor_size" {tensor}, "onnx.tensor_type" {tensor}, "onnx.external_data" {tensor},
/// "onnx.unknown_op" {op,node}, "onnx.input_form" {input}, "onnx.parameter_missing", "onnx.parameter_shape", what a layer's import refuses
/// and the errors of inferenceGraph; each with {file}.
Result<OnnxImport> importOnnx(const Path& path);

}  // namespace lamina
