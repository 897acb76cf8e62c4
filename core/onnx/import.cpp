#include "core/onnx/import.h"

#include <algorithm>

#include "core/layers/operator.h"
#include "core/network/network_edits.h"
#include "core/onnx/joined_nodes.h"
#include "core/onnx/model_file.h"
#include "core/onnx/network_graph.h"
#include "core/onnx/operator_nodes.h"

namespace lamina {
namespace {

/// Every parameter and state of the network, from `tensors` by name, and nothing else.
Result<std::map<std::string, OnnxTensor>> parametersOf(const Network& network, const std::map<std::string, OnnxTensor>& tensors) {
    LAMINA_TRY(const NetworkGraph shapes, inferenceGraph(network, 1, GraphEnds::Any));
    std::map<std::string, OnnxTensor> parameters;
    for (const Value& value : shapes.graph.values) {
        if (value.role != ValueRole::Parameter && value.role != ValueRole::State) continue;
        const auto found = tensors.find(value.name);
        if (found == tensors.end()) return fail("onnx.parameter_missing", {{"parameter", value.name}});
        if (found->second.shape != value.shape || !std::holds_alternative<std::vector<float>>(found->second.data))
            return fail("onnx.parameter_shape", {{"parameter", value.name}, {"expected", shapeText(value.shape)}, {"found", shapeText(found->second.shape)}});
        parameters.insert(*found);
    }
    return parameters;
}

/// What the file says of its several outputs; nothing of it is taken on trust.
Result<std::vector<OnnxOutput>> ownOutputs(const nlohmann::json& said, const OnnxImport& model) {
    std::vector<OnnxOutput> outputs;
    const std::size_t targets = model.preparation ? 1 + model.preparation->moreTargets.size() : 0;
    for (const auto& one : said.is_array() ? said : nlohmann::json::array()) {
        const auto text = [&](const char* key) { return one.is_object() && one.contains(key) && one[key].is_string() ? one[key].get<std::string>() : std::string(); };
        const bool numbered = one.is_object() && one.contains("target") && one["target"].is_number_unsigned();
        OnnxOutput output{text("layer"), text("title"), numbered ? one["target"].get<std::size_t>() : targets};
        const bool known = std::any_of(model.network.nodes.begin(), model.network.nodes.end(), [&](const NetworkNode& node) { return node.name == output.layer; });
        if (!known || output.title.empty() || output.target >= targets) return fail("onnx.damaged", {{"file", ""}});
        outputs.push_back(std::move(output));
    }
    return outputs;
}

/// A file made by Lamina says itself which network it holds; its nodes are only needed by other programs.
Result<OnnxImport> ownNetwork(const OnnxFile& file) {
    auto parsed = [&](const char* key) {
        const auto text = file.metadata.find(key);
        return text == file.metadata.end() ? nlohmann::json() : nlohmann::json::parse(text->second, nullptr, false);
    };
    OnnxImport result;
    result.madeByLamina = true;
    LAMINA_TRY(result.network, networkFromJson(parsed("lamina.network")));
    result.network.origin = {};  // whatever it began with is not in this project
    LAMINA_TRY(result.parameters, parametersOf(result.network, file.constants));
    if (const auto preparation = parsed("lamina.preparation"); !preparation.is_null()) {
        LAMINA_TRY(result.preparation, preparationFromJson(preparation));
    }
    LAMINA_TRY(result.outputs, ownOutputs(parsed("lamina.outputs"), result));
    return result;
}

/// MatMul with constant weights followed by Add of a constant row is what many programs write for a dense layer.
void joinMatMulAndAdd(OnnxFile& file) {
    std::map<std::string, int> uses;
    for (const OnnxNode& node : file.nodes)
        for (const auto& input : node.inputs) ++uses[input];
    for (const auto& output : file.outputs) ++uses[output];
    for (std::size_t i = 0; i + 1 < file.nodes.size(); ++i) {
        OnnxNode& product = file.nodes[i];
        OnnxNode& sum = file.nodes[i + 1];
        if (product.op != "MatMul" || sum.op != "Add" || product.outputs.size() != 1 || sum.inputs.size() != 2) continue;
        const std::size_t side = sum.inputs[0] == product.outputs[0] ? 1 : 0;
        if (sum.inputs[1 - side] != product.outputs[0] || uses[product.outputs[0]] != 1 || !file.constants.count(sum.inputs[side])) continue;
        product.op = "Gemm";
        product.inputs.push_back(sum.inputs[side]);
        product.outputs = sum.outputs;
        file.nodes.erase(file.nodes.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
}

class NodeImport final : public OnnxImportContext {
public:
    NodeImport(const OnnxFile& file, const OnnxNode& node) : m_file(file), m_node(node) {}
    const OnnxTensor* constantInput(std::size_t i) const override {
        if (i >= m_node.inputs.size()) return nullptr;
        const auto found = m_file.constants.find(m_node.inputs[i]);
        return found == m_file.constants.end() ? nullptr : &found->second;
    }
    void parameter(const std::string& name, OnnxTensor tensor) override { parameters[name] = std::move(tensor); }

    std::map<std::string, OnnxTensor> parameters;

private:
    const OnnxFile& m_file;
    const OnnxNode& m_node;
};

/// Before opset 13 a softmax that names no axis goes over axis 1 (and what lies behind it, of which there is nothing in a classifier).
void nameSoftmaxAxes(OnnxFile& file, std::int64_t opset) {
    if (opset >= 13) return;
    for (OnnxNode& node : file.nodes)
        if (node.op == "Softmax" || node.op == "LogSoftmax") node.attributes.try_emplace("axis", std::int64_t{1});
}

class NodeReader {
public:
    NodeReader(const OnnxFile& file, std::int64_t opset) : m_file(file), m_opset(opset) {}

    Result<OnnxImport> read() {
        for (const auto& input : m_file.inputs) {
            if (!input.usable) return fail("onnx.input_form", {{"input", input.name}});
            m_givers[input.name] = m_result.network.append("input", {{"shape", input.item}});
            // Of several inputs people know which is which by their names; '/' and '#' mean something in names of parameters.
            if (m_file.inputs.size() > 1 && !input.name.empty() && input.name.find_first_of("/#") == std::string::npos)
                m_result.network.nodes.back().name = input.name;
        }
        for (const OnnxNode& node : m_file.nodes) LAMINA_CHECK(readNode(node));
        dropUnused();
        LAMINA_TRY(m_result.parameters, parametersOf(m_result.network, m_tensors));
        return std::move(m_result);
    }

private:
    /// What no output of the file needs would look like further outputs.
    void dropUnused() {
        NodeIds needed;
        for (const auto& output : m_file.outputs)
            if (const auto giver = m_givers.find(output); giver != m_givers.end()) needed.merge(upstreamOf(m_result.network, giver->second));
        NodeIds unused;
        for (const auto& node : m_result.network.nodes)
            if (!needed.count(node.id) && node.type != "input") unused.insert(node.id);
        if (!needed.empty()) removeNodes(m_result.network, unused, Removal::Cut);
    }

    Result<void> readNode(const OnnxNode& node) {
        if (node.outputs.empty()) return fail("onnx.unknown_op", {{"op", node.op}, {"node", node.name}});
        if (node.op == "Identity" && node.inputs.size() == 1 && m_givers.count(node.inputs[0])) {
            m_givers[node.outputs[0]] = m_givers[node.inputs[0]];
            return {};
        }
        Error reason = fail("onnx.unknown_op", {{"op", node.op}, {"node", node.name}});
        for (const LayerType* type : layerCatalogue()) {
            if (!node.domain.empty() || std::find(type->onnxOps.begin(), type->onnxOps.end(), node.op) == type->onnxOps.end()) continue;
            NodeImport context(m_file, node);
            auto settings = type->fromOnnx(node, context);
            if (settings) return append(*type, node, propertiesToJson(type->properties, *settings), context);
            reason = settings.takeError();
        }
        return appendOperator(node, std::move(reason));
    }

    /// Where no layer takes the node and Lamina does not have the operator either, `reason` says why.
    Result<void> appendOperator(const OnnxNode& node, Error reason) {
        NodeImport context(m_file, node);
        const auto call = operatorFor(node, m_file, m_opset, [&](const std::string& name, const OnnxTensor& tensor) { context.parameter(name, tensor); });
        if (!call) return reason;
        const OperatorSettings settings{node.op, call->opset, attributesText(call->node.node), inputsText(call->inputs)};
        return append(operatorLayer(), node, propertiesToJson(operatorLayer().properties, settings), context);
    }

    Result<void> append(const LayerType& type, const OnnxNode& node, nlohmann::json settings, NodeImport& context) {
        const std::string id = m_result.network.append(type.id, std::move(settings));
        const std::string name = m_result.network.node(id)->name;
        int port = 0;
        for (const auto& input : node.inputs) {
            if (input.empty() || m_file.constants.count(input)) continue;
            const auto giver = m_givers.find(input);
            if (giver == m_givers.end()) return fail("onnx.order", {{"node", node.name}, {"input", input}});
            m_result.network.edges.push_back({giver->second, id, port++});
        }
        for (auto& [parameter, tensor] : context.parameters) m_tensors[name + "/" + parameter] = std::move(tensor);
        m_givers[node.outputs[0]] = id;
        return {};
    }

    const OnnxFile& m_file;
    std::int64_t m_opset;
    OnnxImport m_result;
    std::map<std::string, std::string> m_givers;  ///< ONNX value name → id of the node that gives it
    std::map<std::string, OnnxTensor> m_tensors;
};

}  // namespace

Result<OnnxImport> importOnnx(const Path& path) try {
    LAMINA_TRY(OnnxFile file, readOnnxFile(path));
    if (file.metadata.count("lamina.network")) {
        auto own = ownNetwork(file);
        if (!own) return own.takeError().with("file", path.string());
        return own;
    }
    if (file.producer == "Lamina") return fail("onnx.damaged", {{"file", path.string()}});
    LAMINA_TRY(OperatorModel model, readOperatorModel(path));
    const std::int64_t opset = model.opset;
    makePlainer(file, std::move(model));
    nameSoftmaxAxes(file, opset);
    joinMatMulAndAdd(file);
    joinActivations(file);
    auto read = NodeReader(file, opset).read();
    if (!read) return read.takeError().with("file", path.string());
    return read;
} catch (const std::exception&) {
    return fail("onnx.damaged", {{"file", path.string()}});
}

}  // namespace lamina
