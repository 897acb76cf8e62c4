#include "core/onnx/graph_builder.h"

namespace lamina {
namespace {

void describe(onnx::ValueInfoProto& value, const std::string& name, onnx::TensorProto::DataType type, const Shape& item) {
    value.set_name(name);
    auto* tensor = value.mutable_type()->mutable_tensor_type();
    tensor->set_elem_type(type);
    tensor->mutable_shape()->add_dim()->set_dim_param("N");
    for (const auto size : item) tensor->mutable_shape()->add_dim()->set_dim_value(size);
}

template <class T> void setRaw(onnx::TensorProto& proto, const std::vector<T>& numbers) {
    proto.set_raw_data(numbers.data(), numbers.size() * sizeof(T));
}

void fillTensor(onnx::TensorProto& proto, const std::string& name, const OnnxTensor& tensor) {
    proto.set_name(name);
    for (const auto size : tensor.shape) proto.add_dims(size);
    if (const auto* floats = std::get_if<std::vector<float>>(&tensor.data)) {
        proto.set_data_type(onnx::TensorProto::FLOAT);
        setRaw(proto, *floats);
    } else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&tensor.data)) {
        proto.set_data_type(onnx::TensorProto::INT64);
        setRaw(proto, *integers);
    } else {
        proto.set_data_type(onnx::TensorProto::STRING);
        for (const auto& text : std::get<std::vector<std::string>>(tensor.data)) proto.add_string_data(text);
    }
}

/// Sets the attribute's value and kind from whatever it holds.
struct AttributeFiller {
    onnx::AttributeProto& proto;

    void operator()(std::int64_t value) const {
        proto.set_type(onnx::AttributeProto::INT);
        proto.set_i(value);
    }
    void operator()(double value) const {
        proto.set_type(onnx::AttributeProto::FLOAT);
        proto.set_f(static_cast<float>(value));
    }
    void operator()(const std::string& value) const {
        proto.set_type(onnx::AttributeProto::STRING);
        proto.set_s(value);
    }
    void operator()(const std::vector<std::int64_t>& values) const {
        proto.set_type(onnx::AttributeProto::INTS);
        for (const auto value : values) proto.add_ints(value);
    }
    void operator()(const std::vector<double>& values) const {
        proto.set_type(onnx::AttributeProto::FLOATS);
        for (const auto value : values) proto.add_floats(static_cast<float>(value));
    }
    void operator()(const std::vector<std::string>& values) const {
        proto.set_type(onnx::AttributeProto::STRINGS);
        for (const auto& value : values) proto.add_strings(value);
    }
    void operator()(const OnnxTensor& value) const {
        proto.set_type(onnx::AttributeProto::TENSOR);
        fillTensor(*proto.mutable_t(), "", value);
    }
};

}  // namespace

std::string OnnxGraphBuilder::freeName(const std::string& wish) {
    std::string name = wish;
    for (int i = 2; !take(name); ++i) name = wish + "_" + std::to_string(i);
    return name;
}

void OnnxGraphBuilder::input(const std::string& name, onnx::TensorProto::DataType type, const Shape& item) {
    describe(*m_graph.add_input(), name, type, item);
}

void OnnxGraphBuilder::output(const std::string& name, onnx::TensorProto::DataType type, const Shape& item) {
    describe(*m_graph.add_output(), name, type, item);
}

std::string OnnxGraphBuilder::constant(const std::string& wish, const OnnxTensor& tensor) {
    const std::string name = freeName(wish);
    initializer(name, tensor);
    return name;
}

std::string OnnxGraphBuilder::doubles(const std::string& wish, const Shape& shape, const std::vector<double>& numbers) {
    const std::string name = freeName(wish);
    auto& proto = *m_graph.add_initializer();
    proto.set_name(name);
    for (const auto size : shape) proto.add_dims(size);
    proto.set_data_type(onnx::TensorProto::DOUBLE);
    setRaw(proto, numbers);
    return name;
}

void OnnxGraphBuilder::initializer(const std::string& name, const OnnxTensor& tensor) { fillTensor(*m_graph.add_initializer(), name, tensor); }

std::string OnnxGraphBuilder::add(const std::string& wish, const std::string& op, const std::vector<std::string>& inputs,
                                  const std::map<std::string, OnnxAttribute>& attributes, const std::string& domain) {
    const std::string output = freeName(wish);
    addNamed(output, op, inputs, attributes, domain);
    return output;
}

void OnnxGraphBuilder::addNamed(const std::string& output, const std::string& op, const std::vector<std::string>& inputs,
                                const std::map<std::string, OnnxAttribute>& attributes, const std::string& domain) {
    auto& node = *m_graph.add_node();
    node.set_name(output);
    node.set_op_type(op);
    if (!domain.empty()) node.set_domain(domain);
    for (const auto& name : inputs) node.add_input(name);
    node.add_output(output);
    for (const auto& [name, value] : attributes) {
        auto& attribute = *node.add_attribute();
        attribute.set_name(name);
        std::visit(AttributeFiller{attribute}, value);
    }
}

}  // namespace lamina
