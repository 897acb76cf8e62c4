// ONNX's protobuf graph under construction: free names, typed inputs and outputs, constants, nodes.
#pragma once

#include <onnx/onnx_pb.h>

#include <set>
#include <string>
#include <vector>

#include "core/onnx/node.h"

namespace lamina {

class OnnxGraphBuilder {
public:
    explicit OnnxGraphBuilder(onnx::GraphProto& graph) : m_graph(graph) {}

    /// Takes exactly this name; false where somebody has it.
    bool take(const std::string& name) { return m_names.insert(name).second; }
    /// Takes `wish`, or wish_2, wish_3 … where somebody has it.
    std::string freeName(const std::string& wish);

    /// Shapes are [N, item…], N being the batch. The name must be taken already.
    void input(const std::string& name, onnx::TensorProto::DataType type, const Shape& item);
    void output(const std::string& name, onnx::TensorProto::DataType type, const Shape& item);

    /// Constants; each gives its name.
    std::string constant(const std::string& wish, const OnnxTensor& tensor);
    std::string doubles(const std::string& wish, const Shape& shape, const std::vector<double>& numbers);
    /// A constant whose name is taken already.
    void initializer(const std::string& name, const OnnxTensor& tensor);

    /// A node with one output; gives the output's name: a free one made from `wish`.
    std::string add(const std::string& wish, const std::string& op, const std::vector<std::string>& inputs,
                    const std::map<std::string, OnnxAttribute>& attributes = {}, const std::string& domain = {});
    /// The same where the output's name is taken already.
    void addNamed(const std::string& output, const std::string& op, const std::vector<std::string>& inputs,
                  const std::map<std::string, OnnxAttribute>& attributes = {}, const std::string& domain = {});

private:
    onnx::GraphProto& m_graph;
    std::set<std::string> m_names;
};

}  // namespace lamina
