// An ONNX file as the operators see it: every node with all its attributes, every tensor in its own type.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/operators/operator_type.h"

namespace lamina {

struct OperatorModel {
    struct Port {
        std::string name;
        std::optional<DType> type;          ///< nullopt: text, a sequence, an optional value …
        std::vector<std::int64_t> shape;    ///< -1 where an axis is free
        bool shaped = false;                ///< the file says how many axes there are
    };
    std::vector<OperatorNode> nodes;        ///< in the order of the file: each after what feeds it
    std::map<std::string, TypedTensor> constants;  ///< initializers
    std::vector<Port> inputs, outputs;      ///< inputs without those that are initializers
    std::int64_t opset = 0;                 ///< of ai.onnx
};

/// "onnx.damaged" {file}, the errors of tensors (with {file}), the file errors.
Result<OperatorModel> readOperatorModel(const Path& path);
/// A file with one TensorProto (ONNX's test data). The same errors.
Result<TypedTensor> readTensorFile(const Path& path);

}  // namespace lamina
