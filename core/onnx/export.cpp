#include "core/onnx/export.h"

#include <onnx/checker.h>
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cstring>

#include "core/onnx/graph_builder.h"
#include "core/onnx/network_graph.h"
#include "core/onnx/preparation_nodes.h"

namespace lamina {
namespace {

/// Protobuf cannot write more than 2 GiB into one file.
constexpr std::int64_t largestExport = (std::int64_t{1} << 31) - (std::int64_t{1} << 24);

/// One layer's view of the file being written.
class LayerExport final : public OnnxLayerContext {
public:
    LayerExport(OnnxGraphBuilder& builder, const std::map<std::string, OnnxTensor>& parameters, std::string path, std::vector<std::string> inputs, std::vector<Shape> shapes)
        : m_builder(builder), m_parameters(parameters), m_path(std::move(path)), m_inputs(std::move(inputs)), m_shapes(std::move(shapes)) {}

    const std::string& path() const override { return m_path; }
    const std::vector<std::string>& inputs() const override { return m_inputs; }
    const std::vector<Shape>& inputShapes() const override { return m_shapes; }
    std::string parameter(const std::string& name) override {
        const std::string full = m_path + "/" + name;
        m_builder.initializer(full, m_parameters.at(full));
        return full;
    }
    std::string constant(const std::string& name, OnnxTensor tensor) override { return m_builder.constant(m_path + "/" + name, tensor); }
    std::string add(const std::string& op, std::vector<std::string> inputs, std::map<std::string, OnnxAttribute> attributes, const std::string& domain) override {
        return m_builder.add(m_path + "/" + op, op, inputs, attributes, domain);
    }

private:
    OnnxGraphBuilder& m_builder;
    const std::map<std::string, OnnxTensor>& m_parameters;
    const std::string m_path;
    const std::vector<std::string> m_inputs;
    const std::vector<Shape> m_shapes;
};

/// Everything that one export needs, in the order of its steps.
class Writer {
public:
    Writer(const Network& network, const std::map<std::string, OnnxTensor>& parameters, const OnnxExportOptions& options)
        : m_network(network), m_parameters(parameters), m_options(options), m_builder(*m_model.mutable_graph()) {}

    Result<void> build() {
        LAMINA_TRY(m_shapes, inferenceGraph(m_network, 1, m_options.outputs.empty() ? GraphEnds::One : GraphEnds::Any));
        writeHeader();
        LAMINA_CHECK(reserveParameters());
        for (const char* output : {"probabilities", "label", "value", "output"}) m_builder.take(output);
        for (const OnnxOutput& output : m_options.outputs)
            for (const char* what : {"probabilities", "label", "value"})
                if (!m_builder.take(output.name(what))) return fail("onnx.name_taken", {{"name", output.name(what)}});
        LAMINA_CHECK(addInputs());
        addLayers();
        LAMINA_CHECK(addOutputs());
        addMetadata();
        return {};
    }

    onnx::ModelProto& model() { return m_model; }

private:
    void writeHeader() {
        m_model.set_ir_version(8);
        m_model.set_producer_name("Lamina");
        m_model.set_producer_version(m_options.programVersion);
        m_model.mutable_graph()->set_name(m_network.name.empty() ? "network" : m_network.name);
        addOpset("", 17);
        addOpset("ai.onnx.ml", 3);
    }

    void addOpset(const char* domain, int version) {
        auto& opset = *m_model.add_opset_import();
        opset.set_domain(domain);
        opset.set_version(version);
    }

    Result<void> reserveParameters() {
        std::int64_t bytes = 0;
        for (const Value& value : m_shapes.graph.values) {
            if (value.role != ValueRole::Parameter && value.role != ValueRole::State) continue;
            const auto found = m_parameters.find(value.name);
            if (found == m_parameters.end()) return fail("onnx.parameter_missing", {{"parameter", value.name}});
            const auto* numbers = std::get_if<std::vector<float>>(&found->second.data);
            if (found->second.shape != value.shape || !numbers || static_cast<std::int64_t>(numbers->size()) != elementCount(value.shape))
                return fail("onnx.parameter_shape", {{"parameter", value.name}, {"expected", shapeText(value.shape)}, {"found", shapeText(found->second.shape)}});
            bytes += elementCount(value.shape) * static_cast<std::int64_t>(sizeof(float));
            if (!m_builder.take(value.name)) return fail("onnx.name_taken", {{"name", value.name}});
        }
        if (bytes > largestExport) return fail("onnx.too_large", {{"size", std::to_string(bytes)}});
        return {};
    }

    Shape itemShape(const std::string& nodeId) const {
        const Shape& shape = m_shapes.graph.shape(m_shapes.values.at(nodeId));
        return {shape.begin() + 1, shape.end()};
    }

    Result<void> addInputs() {
        if (!m_options.preparation) {
            for (const std::string& id : m_shapes.inputs) {
                m_names[id] = m_builder.freeName(m_network.node(id)->name);
                m_builder.input(m_names[id], onnx::TensorProto::FLOAT, itemShape(id));
            }
            return {};
        }
        LAMINA_TRY(const auto names, addPreparation(m_builder, *m_options.preparation));
        for (const std::string& id : m_shapes.inputs) {
            const std::string& layer = m_network.node(id)->name;
            const auto& parts = m_options.preparation->inputs;
            const auto part = std::find_if(parts.begin(), parts.end(), [&](const InputPart& p) { return p.layer == layer; });
            const bool only = parts.empty() && m_shapes.inputs.size() == 1;
            const Shape prepared = part != parts.end() ? part->shape : only ? m_options.preparation->inputShape() : Shape();
            if (itemShape(id) != prepared) return fail("onnx.preparation_shape", {{"expected", shapeText(itemShape(id))}, {"found", shapeText(prepared)}});
            m_names[id] = names[part == parts.end() ? 0 : static_cast<std::size_t>(part - parts.begin())];
        }
        return {};
    }

    void addLayers() {
        for (const std::size_t index : m_shapes.order) {
            const NetworkNode& node = m_network.nodes[index];
            if (node.type == "input") continue;
            std::vector<std::string> names;
            std::vector<Shape> shapes;
            for (const std::string& from : m_network.inputsOf(node.id)) {
                names.push_back(m_names[from]);
                shapes.push_back(m_shapes.graph.shape(m_shapes.values[from]));
            }
            LayerExport context(m_builder, m_parameters, node.name, std::move(names), std::move(shapes));
            m_names[node.id] = findLayer(node.type)->toOnnx(m_shapes.settings[node.id], context);
        }
    }

    Result<void> addOutputs() {
        if (!m_options.preparation) {
            m_builder.addNamed("output", "Identity", {m_names[m_shapes.output]});
            m_builder.output("output", onnx::TensorProto::FLOAT, itemShape(m_shapes.output));
            return {};
        }
        if (m_options.outputs.empty()) return addOutput(*m_network.node(m_shapes.output), {});
        for (const OnnxOutput& output : m_options.outputs)
            for (const NetworkNode& node : m_network.nodes)
                if (node.name == output.layer) LAMINA_CHECK(addOutput(node, output));
        return {};
    }

    Result<void> addOutput(const NetworkNode& node, const OnnxOutput& output) {
        const Shape item = itemShape(node.id), expected{m_options.preparation->outputCountOf(output.target)};
        if (item != expected) return fail("onnx.outcome_shape", {{"expected", shapeText(expected)}, {"found", shapeText(item)}});
        addOutcome(m_builder, m_options.preparation->targetAt(output.target), output, m_names[node.id], node.type == "softmax");
        return {};
    }

    void addProperty(const std::string& key, const std::string& value) {
        auto& property = *m_model.add_metadata_props();
        property.set_key(key);
        property.set_value(value);
    }

    /// The network comes last: a file that was cut off has none, and the reader refuses it.
    void addMetadata() {
        if (const auto& preparation = m_options.preparation) {
            addProperty("lamina.preparation", toJson(*preparation).dump());
            addProperty("task", preparation->task);
            addProperty("target", preparation->target.name);
            if (preparation->target.classes) addProperty("class_names", nlohmann::json(preparation->target.classNames).dump());
        }
        auto outputs = nlohmann::json::array();
        for (const OnnxOutput& output : m_options.outputs) outputs.push_back({{"layer", output.layer}, {"title", output.title}, {"target", output.target}});
        if (!outputs.empty()) addProperty("lamina.outputs", outputs.dump());
        Network plain = m_network;
        plain.origin = {};
        addProperty("lamina.network", networkToJson(plain).dump());
    }

    const Network& m_network;
    const std::map<std::string, OnnxTensor>& m_parameters;
    const OnnxExportOptions& m_options;
    onnx::ModelProto m_model;
    OnnxGraphBuilder m_builder;
    NetworkGraph m_shapes;
    std::map<std::string, std::string> m_names;  ///< by node id: the ONNX name of what it gives
};

OnnxTensor tensorInput(const FeatureColumn& feature, std::size_t column, const std::vector<std::vector<RawValue>>& rows) {
    const auto count = static_cast<std::size_t>(elementCount(feature.elementShape));
    std::vector<float> numbers(rows.size() * count);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto bytes = rows[row][column].tensor;
        for (std::size_t i = 0; i < count && i < bytes.size() / dtypeSize(feature.elementType); ++i) {
            float number = 0;
            if (feature.elementType == DType::UInt8) number = static_cast<float>(bytes[i]);
            else std::memcpy(&number, bytes.data() + i * sizeof(float), sizeof(float));
            numbers[row * count + i] = number;
        }
    }
    Shape shape{static_cast<std::int64_t>(rows.size())};
    shape.insert(shape.end(), feature.elementShape.begin(), feature.elementShape.end());
    return {shape, std::move(numbers)};
}

OnnxTensor columnInput(const FeatureColumn& feature, std::size_t column, const std::vector<std::vector<RawValue>>& rows) {
    const Shape shape{static_cast<std::int64_t>(rows.size()), 1};
    if (feature.kind == FeatureKind::Number) {
        std::vector<float> numbers;
        for (const auto& row : rows) numbers.push_back(static_cast<float>(row[column].number));
        return {shape, std::move(numbers)};
    }
    std::vector<std::string> texts;
    for (const auto& row : rows) texts.emplace_back(row[column].text);
    return {shape, std::move(texts)};
}

}  // namespace

Result<void> exportOnnx(const Network& network, const std::map<std::string, OnnxTensor>& parameters, const OnnxExportOptions& options, const Path& path) try {
    Writer writer(network, parameters, options);
    LAMINA_CHECK(writer.build());
    try {
        onnx::checker::check_model(writer.model());
    } catch (const std::exception& e) {
        return fail("onnx.not_valid", {{"file", path.string()}, {"reason", e.what()}});
    }
    std::string bytes;
    if (!writer.model().SerializeToString(&bytes)) return fail("onnx.too_large", {{"size", std::to_string(writer.model().ByteSizeLong())}});
    return writeFileAtomically(path, bytes);
} catch (const std::exception& e) {
    return fail("onnx.not_valid", {{"file", path.string()}, {"reason", e.what()}});
}

std::string onnxInputName(const FeatureColumn& feature) {
    if (feature.kind == FeatureKind::Tensor) return feature.elementShape.size() == 3 ? "image" : "input";
    for (const char* output : {"", "probabilities", "label", "value", "output"})
        if (feature.name == output) return "input:" + feature.name;
    return feature.name;
}

std::string onnxInputName(const Preparation& preparation, std::size_t feature) {
    if (preparation.features[feature].kind == FeatureKind::Tensor)
        for (const InputPart& part : preparation.inputs)
            if (part.firstFeature == feature) return part.layer;
    return onnxInputName(preparation.features[feature]);
}

std::map<std::string, OnnxTensor> onnxInputs(const Preparation& preparation, const std::vector<std::vector<RawValue>>& rows) {
    std::map<std::string, OnnxTensor> inputs;
    for (std::size_t column = 0; column < preparation.features.size(); ++column) {
        const FeatureColumn& feature = preparation.features[column];
        inputs[onnxInputName(preparation, column)] =
            feature.kind == FeatureKind::Tensor ? tensorInput(feature, column, rows) : columnInput(feature, column, rows);
    }
    return inputs;
}

}  // namespace lamina
