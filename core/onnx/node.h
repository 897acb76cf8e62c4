// ONNX nodes as plain values: what layers write their export and import in. On base and tensor alone; protobuf stays in core/onnx.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/tensor/shape.h"

namespace lamina {

/// A tensor in an ONNX file: numbers as float32, int64 or text, row-major.
struct OnnxTensor {
    Shape shape;
    std::variant<std::vector<float>, std::vector<std::int64_t>, std::vector<std::string>> data;
};

using OnnxAttribute = std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>, OnnxTensor>;

struct OnnxNode {
    std::string op;      ///< "Conv"
    std::string domain;  ///< "" or "ai.onnx.ml"
    std::string name;
    std::vector<std::string> inputs, outputs;
    std::map<std::string, OnnxAttribute> attributes;

    std::int64_t integer(const std::string& attribute, std::int64_t otherwise) const;
    double number(const std::string& attribute, double otherwise) const;
    std::string text(const std::string& attribute, const std::string& otherwise) const;
    std::vector<std::int64_t> integers(const std::string& attribute, std::vector<std::int64_t> otherwise) const;
};

/// What a layer's export works with: names of its inputs, its parameters, and where to put nodes.
class OnnxLayerContext {
public:
    virtual ~OnnxLayerContext() = default;
    virtual const std::string& path() const = 0;
    virtual const std::vector<std::string>& inputs() const = 0;
    /// Shapes as the layer sees them, with batch (the batch size itself is not to be written into the file).
    virtual const std::vector<Shape>& inputShapes() const = 0;
    /// Puts the parameter or state "path/name" into the file as an initializer; gives its ONNX name.
    virtual std::string parameter(const std::string& name) = 0;
    virtual std::string constant(const std::string& name, OnnxTensor tensor) = 0;
    /// Appends a node with one output; gives the output's name.
    virtual std::string add(const std::string& op, std::vector<std::string> inputs, std::map<std::string, OnnxAttribute> attributes = {}, const std::string& domain = {}) = 0;
};

/// What a layer's import may ask for: constant inputs of the node (weights), which it takes as parameters "name".
class OnnxImportContext {
public:
    virtual ~OnnxImportContext() = default;
    /// The constant tensor behind input `i`, or nullptr where it is not constant or absent.
    virtual const OnnxTensor* constantInput(std::size_t i) const = 0;
    /// Takes numbers as the layer's parameter `name`.
    virtual void parameter(const std::string& name, OnnxTensor tensor) = 0;
};

}  // namespace lamina
