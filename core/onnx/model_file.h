// An ONNX file as plain values: tensors checked against their bytes, nodes, inputs. The one place that reads protobuf.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/onnx/node.h"

namespace lamina {

struct OnnxFile {
    struct Input {
        std::string name;
        Shape item;          ///< without the batch axis
        bool usable = false; ///< float32, every axis but the first of a known size
    };
    std::vector<Input> inputs;
    std::vector<OnnxNode> nodes;
    std::map<std::string, OnnxTensor> constants;  ///< initializers and Constant nodes
    std::vector<std::string> outputs;
    std::map<std::string, std::string> metadata;
    std::string producer;
};

Result<OnnxFile> readOnnxFile(const Path& path);

}  // namespace lamina
