#include "core/onnx/operator_model.h"

#include "core/onnx/tensor_proto.h"
#include "core/operators/type_codes.h"

namespace lamina {
namespace {

constexpr std::uint64_t largestModel = (1ull << 31) - 1;

/// Tensors that cannot be read are left out and the node is not complete; where one is wrong the file is.
Result<void> readTensorAttribute(const onnx::AttributeProto& proto, OperatorNode& node) {
    auto tensor = typedTensor(proto.t());
    if (tensor) node.tensors[proto.name()] = std::move(*tensor);
    else if (tensor.error().code == "onnx.tensor_type") node.complete = false;
    else return tensor.takeError();
    return {};
}

Result<void> readOperatorAttribute(const onnx::AttributeProto& proto, OperatorNode& node) {
    auto& attributes = node.node.attributes;
    switch (proto.type()) {
        case onnx::AttributeProto::INT: attributes[proto.name()] = proto.i(); break;
        case onnx::AttributeProto::FLOAT: attributes[proto.name()] = static_cast<double>(proto.f()); break;
        case onnx::AttributeProto::STRING: attributes[proto.name()] = proto.s(); break;
        case onnx::AttributeProto::INTS: attributes[proto.name()] = std::vector<std::int64_t>(proto.ints().begin(), proto.ints().end()); break;
        case onnx::AttributeProto::FLOATS: attributes[proto.name()] = std::vector<double>(proto.floats().begin(), proto.floats().end()); break;
        case onnx::AttributeProto::STRINGS:
            attributes[proto.name()] = std::vector<std::string>(proto.strings().begin(), proto.strings().end());
            break;
        case onnx::AttributeProto::TENSOR: return readTensorAttribute(proto, node);
        default: node.complete = false;
    }
    return {};
}

Result<OperatorNode> readOperatorNode(const onnx::NodeProto& proto) {
    OperatorNode node;
    node.node = {proto.op_type(), proto.domain() == "ai.onnx" ? "" : proto.domain(), proto.name(), {proto.input().begin(), proto.input().end()},
                 {proto.output().begin(), proto.output().end()}, {}};
    if (node.node.name.empty()) node.node.name = node.node.outputs.empty() ? node.node.op : node.node.outputs[0];
    for (const auto& attribute : proto.attribute()) LAMINA_CHECK(readOperatorAttribute(attribute, node));
    return node;
}

OperatorModel::Port readPort(const onnx::ValueInfoProto& proto) {
    OperatorModel::Port port;
    port.name = proto.name();
    if (!proto.type().has_tensor_type()) return port;
    const auto& tensor = proto.type().tensor_type();
    port.type = typeOfCode(tensor.elem_type());
    port.shaped = tensor.has_shape();
    for (const auto& axis : tensor.shape().dim()) port.shape.push_back(axis.has_dim_value() && axis.dim_value() >= 0 ? axis.dim_value() : -1);
    return port;
}

Result<OperatorModel> readModel(const onnx::ModelProto& proto) {
    OperatorModel model;
    for (const auto& set : proto.opset_import())
        if (set.domain().empty() || set.domain() == "ai.onnx") model.opset = set.version();
    for (const auto& tensor : proto.graph().initializer()) {
        LAMINA_TRY(model.constants[tensor.name()], typedTensor(tensor));
    }
    for (const auto& node : proto.graph().node()) {
        LAMINA_TRY(auto read, readOperatorNode(node));
        model.nodes.push_back(std::move(read));
    }
    for (const auto& input : proto.graph().input())
        if (!model.constants.count(input.name())) model.inputs.push_back(readPort(input));
    for (const auto& output : proto.graph().output()) model.outputs.push_back(readPort(output));
    return model;
}

/// Reads the file as one message of protobuf and gives it to `use`; "onnx.damaged" where it is none.
template <class Message, class Use> auto readMessage(const Path& path, Use use) -> decltype(use(Message{})) try {
    LAMINA_TRY(const auto bytes, readFile(path, largestModel));
    Message message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return fail("onnx.damaged", {{"file", path.string()}});
    auto result = use(message);
    if (!result) return result.takeError().with("file", path.string());
    return result;
} catch (const std::exception&) {
    return fail("onnx.damaged", {{"file", path.string()}});
}

}  // namespace

Result<OperatorModel> readOperatorModel(const Path& path) {
    return readMessage<onnx::ModelProto>(path, [](const onnx::ModelProto& proto) -> Result<OperatorModel> {
        if (!proto.has_graph() || proto.opset_import_size() == 0 || proto.graph().sparse_initializer_size() > 0) return fail("onnx.damaged");
        return readModel(proto);
    });
}

Result<TypedTensor> readTensorFile(const Path& path) { return readMessage<onnx::TensorProto>(path, typedTensor); }

}  // namespace lamina
