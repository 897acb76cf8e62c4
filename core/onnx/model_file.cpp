#include "core/onnx/model_file.h"

#include <onnx/onnx_pb.h>

#include <cstring>

namespace lamina {
namespace {

constexpr std::uint64_t largestFile = (1ull << 31) - 1;

/// Elements from raw bytes or from the field of their type, whichever the file uses; `count` is checked against what is there.
template <class To, class From, class Field>
Result<std::vector<To>> numbers(const onnx::TensorProto& tensor, std::int64_t count, const Field& field) {
    const auto size = static_cast<std::size_t>(count);
    if (tensor.has_raw_data()) {
        if (tensor.raw_data().size() != size * sizeof(From)) return fail("onnx.tensor_size", {{"tensor", tensor.name()}});
        std::vector<From> raw(size);
        if (size != 0) std::memcpy(raw.data(), tensor.raw_data().data(), size * sizeof(From));
        return std::vector<To>(raw.begin(), raw.end());
    }
    if (static_cast<std::size_t>(field.size()) != size) return fail("onnx.tensor_size", {{"tensor", tensor.name()}});
    return std::vector<To>(field.begin(), field.end());
}

template <class T> Result<OnnxTensor> withShape(Shape shape, Result<std::vector<T>> data) {
    if (!data) return data.takeError();
    return OnnxTensor{std::move(shape), std::move(*data)};
}

Result<OnnxTensor> readTensor(const onnx::TensorProto& tensor) {
    if (tensor.data_location() == onnx::TensorProto::EXTERNAL || tensor.external_data_size() > 0)
        return fail("onnx.external_data", {{"tensor", tensor.name()}});
    Shape shape(tensor.dims().begin(), tensor.dims().end());
    const std::int64_t count = checkedElementCount(shape, static_cast<std::int64_t>(largestFile));
    if (count < 0) return fail("onnx.tensor_size", {{"tensor", tensor.name()}});
    switch (tensor.data_type()) {
        case onnx::TensorProto::FLOAT: return withShape(std::move(shape), numbers<float, float>(tensor, count, tensor.float_data()));
        case onnx::TensorProto::DOUBLE: return withShape(std::move(shape), numbers<float, double>(tensor, count, tensor.double_data()));
        case onnx::TensorProto::INT32: return withShape(std::move(shape), numbers<std::int64_t, std::int32_t>(tensor, count, tensor.int32_data()));
        case onnx::TensorProto::INT64: return withShape(std::move(shape), numbers<std::int64_t, std::int64_t>(tensor, count, tensor.int64_data()));
        case onnx::TensorProto::STRING:
            if (tensor.string_data_size() != count) return fail("onnx.tensor_size", {{"tensor", tensor.name()}});
            return OnnxTensor{std::move(shape), std::vector<std::string>(tensor.string_data().begin(), tensor.string_data().end())};
        default: return fail("onnx.tensor_type", {{"tensor", tensor.name()}});
    }
}

/// Attributes of kinds that no layer reads (subgraphs, sparse tensors …) are left out: a node that needs them is refused by its op.
Result<void> readAttribute(const onnx::AttributeProto& proto, std::map<std::string, OnnxAttribute>& attributes) {
    auto& value = attributes[proto.name()];
    switch (proto.type()) {
        case onnx::AttributeProto::INT: value = proto.i(); break;
        case onnx::AttributeProto::FLOAT: value = static_cast<double>(proto.f()); break;
        case onnx::AttributeProto::STRING: value = proto.s(); break;
        case onnx::AttributeProto::INTS: value = std::vector<std::int64_t>(proto.ints().begin(), proto.ints().end()); break;
        case onnx::AttributeProto::FLOATS: value = std::vector<double>(proto.floats().begin(), proto.floats().end()); break;
        case onnx::AttributeProto::STRINGS: value = std::vector<std::string>(proto.strings().begin(), proto.strings().end()); break;
        case onnx::AttributeProto::TENSOR: {
            LAMINA_TRY(value, readTensor(proto.t()));
            break;
        }
        default: attributes.erase(proto.name());
    }
    return {};
}

Result<OnnxNode> readNode(const onnx::NodeProto& proto) {
    OnnxNode node{proto.op_type(), proto.domain(), proto.name(), {proto.input().begin(), proto.input().end()}, {proto.output().begin(), proto.output().end()}, {}};
    for (const auto& attribute : proto.attribute()) LAMINA_CHECK(readAttribute(attribute, node.attributes));
    if (node.name.empty() && !node.outputs.empty()) node.name = node.outputs[0];
    return node;
}

OnnxFile::Input readInput(const onnx::ValueInfoProto& proto) {
    OnnxFile::Input input{proto.name(), {}, false};
    const auto& tensor = proto.type().tensor_type();
    input.usable = tensor.elem_type() == onnx::TensorProto::FLOAT && tensor.shape().dim_size() > 1;
    for (int axis = 1; axis < tensor.shape().dim_size(); ++axis) {
        input.item.push_back(tensor.shape().dim(axis).dim_value());
        if (input.item.back() < 1) input.usable = false;
    }
    return input;
}

Result<OnnxFile> readGraph(const onnx::ModelProto& model) {
    OnnxFile file;
    file.producer = model.producer_name();
    for (const auto& property : model.metadata_props()) file.metadata[property.key()] = property.value();
    for (const auto& tensor : model.graph().initializer()) {
        LAMINA_TRY(file.constants[tensor.name()], readTensor(tensor));
    }
    for (const auto& proto : model.graph().node()) {
        LAMINA_TRY(OnnxNode node, readNode(proto));
        const auto value = node.attributes.find("value");
        const auto* tensor = node.op == "Constant" && value != node.attributes.end() ? std::get_if<OnnxTensor>(&value->second) : nullptr;
        if (tensor && node.outputs.size() == 1) file.constants[node.outputs[0]] = *tensor;
        else file.nodes.push_back(std::move(node));
    }
    for (const auto& input : model.graph().input())
        if (!file.constants.count(input.name())) file.inputs.push_back(readInput(input));
    for (const auto& output : model.graph().output()) file.outputs.push_back(output.name());
    return file;
}

}  // namespace

Result<OnnxFile> readOnnxFile(const Path& path) try {
    LAMINA_TRY(const auto bytes, readFile(path, largestFile));
    onnx::ModelProto model;
    const bool parsed = model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    if (!parsed || !model.has_graph() || model.graph().output_size() == 0 || model.opset_import_size() == 0)
        return fail("onnx.damaged", {{"file", path.string()}});
    auto file = readGraph(model);
    if (!file) return file.takeError().with("file", path.string());
    return file;
} catch (const std::exception&) {
    return fail("onnx.damaged", {{"file", path.string()}});
}

}  // namespace lamina
