#include "core/onnx/network_graph.h"

#include <set>

namespace lamina {
namespace {

constexpr std::int64_t largestInput = std::int64_t{1} << 40;

Result<const LayerType*> typeOf(const NetworkNode& node) {
    const LayerType* type = findLayer(node.type);
    if (!type) return fail("onnx.unknown_layer", {{"layer", node.name}, {"type", node.type}});
    return type;
}

Result<ValueId> graphInput(NetworkGraph& result, const LayerType& type, const NetworkNode& node, std::int64_t batch) {
    Shape shape{batch};
    const nlohmann::json settings = propertiesToJson(type.properties, result.settings[node.id]);
    for (const auto& size : settings.at("shape")) shape.push_back(size.get<std::int64_t>());
    if (checkedElementCount(shape, largestInput) < 0) return fail("onnx.input_size", {{"layer", node.name}});
    result.inputs.push_back(node.id);
    return result.graph.input(node.name, shape);
}

Result<std::vector<ValueId>> inputsOf(NetworkGraph& result, const Network& network, const LayerType& type, const NetworkNode& node, std::int64_t batch) {
    if (node.type == "input") {
        LAMINA_TRY(const ValueId input, graphInput(result, type, node, batch));
        return std::vector<ValueId>{input};
    }
    std::vector<ValueId> inputs;
    for (const std::string& from : network.inputsOf(node.id)) inputs.push_back(result.values[from]);
    if (static_cast<int>(inputs.size()) < type.minimumInputs || static_cast<int>(inputs.size()) > type.maximumInputs)
        return fail("onnx.input_count", {{"layer", node.name}, {"found", std::to_string(inputs.size())}});
    return inputs;
}

Result<void> addNode(NetworkGraph& result, const Network& network, const NetworkNode& node, std::int64_t batch) {
    LAMINA_TRY(const LayerType* type, typeOf(node));
    std::any& settings = result.settings.emplace(node.id, type->defaults).first->second;
    if (auto filled = propertiesFromJson(type->properties, node.settings, settings); !filled) return filled.takeError().with("layer", node.name);
    LAMINA_TRY(const std::vector<ValueId> inputs, inputsOf(result, network, *type, node, batch));
    LayerContext context(result.graph, node.name, inputs, false);
    result.graph.origin = node.name;
    result.values[node.id] = type->forward(settings, context);
    if (result.graph.error()) return Error(*result.graph.error()).with("layer", node.name);
    return {};
}

}  // namespace

Result<NetworkGraph> inferenceGraph(const Network& network, std::int64_t batch, GraphEnds wanted) {
    NetworkGraph result;
    LAMINA_TRY(result.order, topologicalOrder(network));
    for (const std::size_t index : result.order) LAMINA_CHECK(addNode(result, network, network.nodes[index], batch));

    std::set<std::string> feeding;
    for (const NetworkEdge& edge : network.edges) feeding.insert(edge.from);
    std::size_t ends = 0;
    for (const NetworkNode& node : network.nodes) {
        if (feeding.count(node.id)) continue;
        ++ends;
        result.output = node.id;
    }
    if (result.inputs.empty()) return fail("onnx.no_input");
    if (ends != 1 && wanted == GraphEnds::One) return fail("onnx.one_output", {{"count", std::to_string(ends)}});
    return result;
}

}  // namespace lamina
