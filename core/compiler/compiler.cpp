#include "core/compiler/compiler.h"

#include <map>
#include <set>

#include "core/engine/op_type.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace {

struct Followed {
    Graph graph;
    std::map<std::string, ValueId> valueOf;  ///< by node id
    NetworkReport report;
    std::vector<ValueId> inputs;
    std::vector<ValueId> outputs;  ///< of nodes that feed nobody
};

Result<std::any> layerSettings(const LayerType& type, const NetworkNode& node) {
    std::any settings = type.defaults;
    if (auto read = propertiesFromJson(type.properties, node.settings, settings); !read) return read.takeError().with("layer", node.name);
    return settings;
}

Result<void> checkInputCount(const LayerType& type, const NetworkNode& node, std::size_t count) {
    const auto found = static_cast<int>(count);
    if (found >= type.minimumInputs && found <= type.maximumInputs) return {};
    return fail(found < type.minimumInputs ? "network.missing_input" : "network.too_many_inputs",
                {{"layer", node.name}, {"found", std::to_string(found)}, {"needed", std::to_string(found < type.minimumInputs ? type.minimumInputs : type.maximumInputs)}});
}

/// An `input` node becomes an input of the graph: its own shape property, with the batch in front.
Result<ValueId> addNetworkInput(Followed& f, const NetworkNode& node, const LayerType& type, const std::any& settings, std::int64_t batch) {
    Shape shape{batch};
    for (const auto& property : type.properties) {
        if (property.id != "shape") continue;
        const PropertyValue sizes = property.get(settings);
        for (auto size : std::get<std::vector<std::int64_t>>(sizes)) shape.push_back(size);
    }
    if (shape.size() < 2 || checkedElementCount(shape, std::int64_t{1} << 40) <= 0)
        return fail("network.bad_input_shape", {{"layer", node.name}, {"shape", shapeText(Shape(shape.begin() + 1, shape.end()))}});
    const ValueId value = f.graph.input(node.name, shape);
    f.inputs.push_back(value);
    return value;
}

Result<ValueId> followNode(Followed& f, const Network& network, const NetworkNode& node, std::int64_t batch, bool training) {
    const LayerType* type = findLayer(node.type);
    if (!type) return fail("network.unknown_layer", {{"layer", node.name}, {"type", node.type}});
    LAMINA_TRY(const auto settings, layerSettings(*type, node));
    std::vector<ValueId> inputs;
    for (const auto& from : network.inputsOf(node.id)) inputs.push_back(f.valueOf.count(from) ? f.valueOf[from] : noValue);
    if (node.type == "input") {
        if (!inputs.empty()) return fail("network.input_is_fed", {{"layer", node.name}});
        LAMINA_TRY(const ValueId value, addNetworkInput(f, node, *type, settings, batch));
        inputs.push_back(value);
    }
    LAMINA_CHECK(checkInputCount(*type, node, inputs.size()));
    for (ValueId input : inputs)
        if (input == noValue) return noValue;  // the problem was told where it arose
    LayerContext context(f.graph, node.name, inputs, training && !node.frozen);
    f.graph.origin = node.name;
    const ValueId output = type->forward(settings, context);
    f.graph.origin.clear();
    if (f.graph.error()) return f.graph.error()->with("layer", node.name);
    return output;
}

NodeReport reportNode(const Followed& f, const NetworkNode& node, std::size_t firstValue, std::size_t firstOp, ValueId output, std::int64_t batch) {
    NodeReport report{node.name, node.type, {}, 0, 0, {}};
    if (output != noValue) report.shape.assign(f.graph.shape(output).begin() + 1, f.graph.shape(output).end());
    for (std::size_t i = firstValue; i < f.graph.values.size(); ++i)
        if (f.graph.values[i].role == ValueRole::Parameter) report.parameters += elementCount(f.graph.values[i].shape);
    for (std::size_t i = firstOp; i < f.graph.ops.size(); ++i) {
        const auto& type = opType(f.graph.ops[i].kind);
        if (type.flops) report.flops += type.flops(f.graph, f.graph.ops[i]) / static_cast<double>(batch);
    }
    return report;
}

/// Follows the whole network. Where a node fails, its report has the problem and the graph goes on without it.
Followed follow(const Network& network, std::int64_t batch, bool training) {
    Followed f;
    auto order = topologicalOrder(network);
    if (!order) {
        f.report.problems.push_back(order.takeError());
        return f;
    }
    std::set<std::string> feeding;
    for (const auto& edge : network.edges) feeding.insert(edge.from);
    for (auto index : *order) {
        const auto& node = network.nodes[index];
        const std::size_t firstValue = f.graph.values.size(), firstOp = f.graph.ops.size(), firstConstant = f.graph.constants.size();
        auto output = followNode(f, network, node, batch, training);
        if (!output) f.graph.truncate(firstValue, firstOp, firstConstant);
        const ValueId value = output ? *output : noValue;
        f.valueOf[node.id] = value;
        f.report.nodes.push_back(reportNode(f, node, firstValue, firstOp, value, batch));
        if (!output) f.report.nodes.back().problems.push_back(output.takeError());
        f.report.parameters += f.report.nodes.back().parameters;
        f.report.flops += f.report.nodes.back().flops;
        if (!feeding.count(node.id)) f.outputs.push_back(value);
    }
    if (network.nodes.empty()) f.report.problems.push_back(fail("network.empty"));
    else if (f.report.ok() && f.inputs.empty()) f.report.problems.push_back(fail("network.no_input"));
    else if (f.report.ok() && f.inputs.size() > 1) f.report.problems.push_back(fail("network.several_inputs", {{"found", std::to_string(f.inputs.size())}}));
    else if (f.report.ok() && f.outputs.size() > 1) f.report.problems.push_back(fail("network.several_outputs", {{"found", std::to_string(f.outputs.size())}}));
    return f;
}

Result<void> appendObjective(CompiledNetwork& compiled, const TrainingObjective& objective) {
    Graph& g = compiled.graph;
    const Shape& output = g.shape(compiled.output);
    compiled.target = objective.loss->target == TargetKind::ClassIndex ? g.input("target", {output[0]}, DType::Int32) : g.input("target", output);
    g.origin = "loss";
    compiled.loss = objective.loss->build(objective.settings, g, compiled.output, compiled.target);
    g.origin.clear();
    if (g.error()) return *g.error();
    return {};
}

Result<CompiledNetwork> compileForward(const Network& network, std::int64_t batch, bool training, const TrainingObjective* objective) {
    Followed f = follow(network, batch, training);
    if (!f.report.ok()) return f.report.firstProblem();
    CompiledNetwork compiled;
    compiled.graph = std::move(f.graph);
    compiled.input = f.inputs.front();
    compiled.output = f.outputs.front();
    if (objective) LAMINA_CHECK(appendObjective(compiled, *objective));
    return compiled;
}

std::vector<ValueId> trainableParameters(const Network& network, const Graph& g) {
    std::set<std::string> frozen;
    for (const auto& node : network.nodes)
        if (node.frozen) frozen.insert(node.name);
    std::vector<ValueId> trainable;
    for (std::size_t i = 0; i < g.values.size(); ++i) {
        const auto& value = g.values[i];
        if (value.role == ValueRole::Parameter && !frozen.count(value.name.substr(0, value.name.find('/')))) trainable.push_back(static_cast<ValueId>(i));
    }
    return trainable;
}

}  // namespace

bool NetworkReport::ok() const {
    for (const auto& node : nodes)
        if (!node.problems.empty()) return false;
    return problems.empty();
}

const Error& NetworkReport::firstProblem() const {
    for (const auto& node : nodes)
        if (!node.problems.empty()) return node.problems.front();
    return problems.front();
}

NetworkReport describeNetwork(const Network& network) { return follow(network, 1, false).report; }

std::vector<ValueId> CompiledNetwork::kept() const {
    std::vector<ValueId> kept{output};
    if (loss != noValue) kept.push_back(loss);
    if (finite != noValue) kept.push_back(finite);
    return kept;
}

Result<CompiledNetwork> compileForInference(const Network& network, std::int64_t batch, const TrainingObjective* objective) {
    return compileForward(network, batch, false, objective);
}

Result<CompiledNetwork> compileForTraining(const Network& network, std::int64_t batch, const TrainingObjective& objective, const OptimizerType& optimizer,
                                           const std::any& optimizerSettings) {
    LAMINA_TRY(auto compiled, compileForward(network, batch, true, &objective));
    Graph& g = compiled.graph;
    const auto trainable = trainableParameters(network, g);
    if (trainable.empty()) return fail("network.nothing_to_train");
    const auto gradients = appendGradients(g, compiled.loss, trainable);
    if (g.error()) return *g.error();
    std::vector<ValueId> checked{compiled.loss};
    for (auto gradient : gradients)
        if (gradient != noValue) checked.push_back(gradient);
    compiled.finite = ops::allFinite(g, checked);
    const auto attributes = optimizer.attributes(optimizerSettings);
    for (std::size_t i = 0; i < trainable.size(); ++i) {
        if (gradients[i] == noValue) continue;  // the loss does not depend on it
        const Value parameter = g.value(trainable[i]);
        std::vector<ValueId> slots;
        for (const auto& slot : optimizer.slotNames(optimizerSettings)) slots.push_back(g.state(parameter.name + "#" + slot, parameter.shape, 0));
        g.origin = parameter.name.substr(0, parameter.name.find('/'));
        ops::optimizerUpdate(g, trainable[i], gradients[i], slots, compiled.finite, attributes);
        g.origin.clear();
    }
    if (g.error()) return *g.error();
    return compiled;
}

Result<Shape> networkInputShape(const Network& network) {
    const Followed f = follow(network, 1, false);
    if (!f.report.ok()) return f.report.firstProblem();
    const Shape& shape = f.graph.shape(f.inputs.front());
    return Shape(shape.begin() + 1, shape.end());
}

}  // namespace lamina
