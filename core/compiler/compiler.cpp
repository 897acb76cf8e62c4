#include "core/compiler/compiler.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "core/compiler/precision.h"
#include "core/engine/op_type.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace {

/// How a pass goes through the network.
struct Pass {
    std::int64_t batch = 1;
    bool training = false;
    std::string feed = {};       ///< TrainingObjective::feed
    Shape fedShape = {};         ///< where the feed is a node: what it gives, with the batch
    bool manyOutputs = false;    ///< more than one node may feed nobody

    bool standsInFor(const std::string& node) const { return feed == node && feed != "noise"; }
};

struct Followed {
    Graph graph;
    std::map<std::string, ValueId> valueOf;  ///< by node id
    NetworkReport report;
    std::vector<std::pair<std::string, ValueId>> inputs;  ///< by node name
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

/// A link that goes into an input that the layer does not have.
Result<void> checkPorts(const LayerType& type, const Network& network, const NetworkNode& node) {
    for (const NetworkEdge& edge : network.edges)
        if (edge.to == node.id && edge.toPort >= type.maximumInputs)
            return fail("network.no_such_port", {{"layer", node.name}, {"port", std::to_string(edge.toPort + 1)}, {"most", std::to_string(type.maximumInputs)}});
    return {};
}

/// An `input` node becomes an input of the graph: its own shape property, with the batch in front.
Result<ValueId> addNetworkInput(Followed& f, const NetworkNode& node, const LayerType& type, const std::any& settings, const Pass& pass) {
    Shape shape{pass.batch};
    for (const auto& property : type.properties) {
        if (property.id != "shape") continue;
        const PropertyValue sizes = property.get(settings);
        for (auto size : std::get<std::vector<std::int64_t>>(sizes)) shape.push_back(size);
    }
    if (shape.size() < 2 || checkedElementCount(shape, std::int64_t{1} << 40) <= 0)
        return fail("network.bad_input_shape", {{"layer", node.name}, {"shape", shapeText(Shape(shape.begin() + 1, shape.end()))}});
    const ValueId value = f.graph.input(pass.feed == "noise" ? node.name + "#noise" : node.name, shape);
    f.inputs.emplace_back(node.name, value);
    return value;
}

Result<ValueId> followNode(Followed& f, const Network& network, const NetworkNode& node, const Pass& pass) {
    if (pass.standsInFor(node.name)) {
        f.inputs.emplace_back(node.name, f.graph.input(node.name + "#rows", pass.fedShape));
        return f.inputs.back().second;
    }
    const LayerType* type = findLayer(node.type);
    if (!type) return fail("network.unknown_layer", {{"layer", node.name}, {"type", node.type}});
    LAMINA_TRY(const auto settings, layerSettings(*type, node));
    std::vector<ValueId> inputs;
    for (const auto& from : network.inputsOf(node.id)) inputs.push_back(f.valueOf.count(from) ? f.valueOf[from] : noValue);
    if (node.type == "input") {
        if (!inputs.empty()) return fail("network.input_is_fed", {{"layer", node.name}});
        LAMINA_TRY(const ValueId value, addNetworkInput(f, node, *type, settings, pass));
        inputs.push_back(value);
    }
    LAMINA_CHECK(checkInputCount(*type, node, inputs.size()));
    if (node.type != "input") LAMINA_CHECK(checkPorts(*type, network, node));
    for (ValueId input : inputs)
        if (input == noValue) return noValue;  // the problem was told where it arose
    LayerContext context(f.graph, node.name, inputs, pass.training && !node.frozen);
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

/// Node ids from which `edges` lead to one of `from` (backward) or that are led to (forward), these included; not past `end`.
std::set<std::string> reached(const Network& network, std::vector<std::string> from, bool forward, const std::string& end = {}) {
    std::set<std::string> found(from.begin(), from.end());
    while (!from.empty()) {
        const std::string at = std::move(from.back());
        from.pop_back();
        if (at == end) continue;
        for (const auto& edge : network.edges)
            if ((forward ? edge.from : edge.to) == at && found.insert(forward ? edge.to : edge.from).second) from.push_back(forward ? edge.to : edge.from);
    }
    return found;
}

std::set<std::string> feedingNodes(const Network& network) {
    std::set<std::string> feeding;
    for (const auto& edge : network.edges) feeding.insert(edge.from);
    return feeding;
}

const NetworkNode* nodeNamed(const Network& network, const std::string& name) {
    const auto found = std::find_if(network.nodes.begin(), network.nodes.end(), [&](const NetworkNode& node) { return node.name == name; });
    return found == network.nodes.end() ? nullptr : &*found;
}

/// Ids of the nodes that a pass goes through: all, or what follows the node that the rows stand in for.
std::set<std::string> nodesOf(const Network& network, const Pass& pass) {
    const NetworkNode* fed = pass.standsInFor(pass.feed) ? nodeNamed(network, pass.feed) : nullptr;
    std::set<std::string> all;
    for (const auto& node : network.nodes) all.insert(node.id);
    if (!fed) return all;
    const auto feeding = feedingNodes(network);
    std::vector<std::string> ends;
    for (const auto& id : reached(network, {fed->id}, true))
        if (!feeding.count(id)) ends.push_back(id);
    return reached(network, ends, false, fed->id);
}

void checkWhole(Followed& f, const Network& network, const Pass& pass) {
    auto& problems = f.report.problems;
    if (network.nodes.empty()) problems.push_back(fail("network.empty"));
    else if (f.report.ok() && f.inputs.empty()) problems.push_back(fail("network.no_input"));
    else if (f.report.ok() && f.inputs.size() > 1 && !pass.feed.empty()) problems.push_back(fail("network.several_inputs", {{"found", std::to_string(f.inputs.size())}}));
    else if (f.report.ok() && f.outputs.size() > 1 && !pass.manyOutputs)
        problems.push_back(fail("network.several_outputs", {{"found", std::to_string(f.outputs.size())}}));
}

/// Follows the whole network, appending to `graph`. Where a node fails, its report has the problem and the graph goes on without it.
Followed follow(const Network& network, const Pass& pass, Graph graph = {}) {
    Followed f;
    f.graph = std::move(graph);
    auto order = topologicalOrder(network);
    if (!order) {
        f.report.problems.push_back(order.takeError());
        return f;
    }
    const auto feeding = feedingNodes(network), passed = nodesOf(network, pass);
    for (auto index : *order) {
        const auto& node = network.nodes[index];
        if (!passed.count(node.id)) continue;
        const std::size_t firstValue = f.graph.values.size(), firstOp = f.graph.ops.size(), firstConstant = f.graph.constants.size();
        auto output = followNode(f, network, node, pass);
        if (!output) f.graph.truncate(firstValue, firstOp, firstConstant);
        const ValueId value = output ? *output : noValue;
        f.valueOf[node.id] = value;
        f.report.nodes.push_back(reportNode(f, node, firstValue, firstOp, value, pass.batch));
        if (!output) f.report.nodes.back().problems.push_back(output.takeError());
        f.report.parameters += f.report.nodes.back().parameters;
        f.report.flops += f.report.nodes.back().flops;
        if (!feeding.count(node.id)) f.outputs.push_back(value);
    }
    checkWhole(f, network, pass);
    return f;
}

Result<void> checkNodeName(const Network& network, const std::string& name, const char* what) {
    if (nodeNamed(network, name)) return {};
    std::string known;
    for (const auto& node : network.nodes) known += (known.empty() ? "" : ", ") + node.name;
    return fail("plan.unknown_node", {{"entry", what}, {"node", name}, {"known", known}});
}

/// What one way of feeding the network gives.
struct Fed {
    std::string feed;
    std::vector<std::pair<std::string, ValueId>> inputs;  ///< by node name
    std::map<std::string, ValueId> valueOf;  ///< by node name
    ValueId only = noValue;                  ///< the one node that feeds nobody
    std::string onlyName;
};

Result<Fed> feedNetwork(CompiledNetwork& compiled, const Network& network, Pass pass) {
    if (!pass.feed.empty() && pass.feed != "noise") {
        LAMINA_CHECK(checkNodeName(network, pass.feed, "feed"));
        const Followed plain = follow(network, {.batch = pass.batch, .training = false, .feed = {}, .fedShape = {}, .manyOutputs = true});
        if (!plain.report.ok()) return plain.report.firstProblem();
        pass.fedShape = plain.graph.shape(plain.valueOf.at(nodeNamed(network, pass.feed)->id));
    }
    Followed f = follow(network, pass, std::move(compiled.graph));
    compiled.graph = std::move(f.graph);
    if (!f.report.ok()) return f.report.firstProblem();
    Fed fed{pass.feed, f.inputs, {}, f.outputs.size() == 1 ? f.outputs.front() : noValue, {}};
    for (const auto& node : network.nodes)
        if (const auto found = f.valueOf.find(node.id); found != f.valueOf.end()) {
            fed.valueOf[node.name] = found->second;
            if (found->second == fed.only) fed.onlyName = node.name;
        }
    if (compiled.nodes.empty())
        for (const auto& report : f.report.nodes) compiled.nodes.emplace_back(report.node, fed.valueOf[report.node]);
    (pass.feed == "noise" ? compiled.noise : compiled.input) = f.inputs.front().second;
    if (pass.feed != "noise") compiled.inputs.insert(compiled.inputs.end(), f.inputs.begin(), f.inputs.end());
    return fed;
}

/// Where the value of one of the data's targets is kept.
ValueId& targetValue(CompiledNetwork& compiled, const std::string& column) {
    if (column.empty()) return compiled.target;
    for (auto& [name, value] : compiled.moreTargets)
        if (name == column) return value;
    return compiled.moreTargets.emplace_back(column, noValue).second;
}

/// One of the data's targets, as the loss wants it; the same value for all objectives that look at it.
Result<ValueId> dataTarget(CompiledNetwork& compiled, const std::string& column, TargetKind kind, const Shape& output) {
    Graph& g = compiled.graph;
    const bool classes = kind == TargetKind::ClassIndex;
    const Shape wanted = classes ? Shape{output[0]} : output;
    ValueId& target = targetValue(compiled, column);
    const std::string name = column.empty() ? "target" : "target " + column;
    if (target == noValue) target = classes ? g.input(name, wanted, DType::Int32) : g.input(name, wanted);
    if (g.shape(target) == wanted && (g.value(target).type == DType::Int32) == classes) return target;
    return fail("plan.targets_differ", {{"first", shapeText(g.shape(target))}, {"second", shapeText(wanted)}});
}

/// What an objective of the target "input" or "input:NAME" is to give again.
Result<ValueId> inputAgain(const Fed& fed, const std::string& target) {
    const std::string name = target == "input" ? "" : target.substr(target.find(':') + 1);
    std::string known;
    for (const auto& [layer, value] : fed.inputs) {
        if (layer == name || (name.empty() && fed.inputs.size() == 1)) return value;
        known += (known.empty() ? "input:" : ", input:") + layer;
    }
    return fail("plan.which_input", {{"target", target}, {"known", known}});
}

Result<ValueId> targetOf(CompiledNetwork& compiled, const Fed& fed, const TrainingObjective& objective, ValueId output) {
    Graph& g = compiled.graph;
    const Shape shape = g.shape(output);
    if (objective.target.empty()) return dataTarget(compiled, objective.column, objective.targetKind.value_or(objective.loss->target), shape);
    if (objective.loss->target == TargetKind::ClassIndex && !objective.loss->eitherTarget)
        return fail("plan.loss_needs_classes", {{"loss", objective.loss->id}, {"target", objective.target}});
    if (objective.target == "input" || objective.target.starts_with("input:")) {
        LAMINA_TRY(const ValueId input, inputAgain(fed, objective.target));
        if (elementCount(g.shape(input)) != elementCount(shape))
            return fail("plan.reconstruction_shape", {{"input", shapeText(g.shape(input))}, {"output", shapeText(shape)}});
        return ops::reshape(g, input, shape);
    }
    char* end = nullptr;
    const double number = std::strtod(objective.target.c_str(), &end);
    if (*end != '\0' || !std::isfinite(number)) return fail("plan.unknown_target", {{"target", objective.target}});
    return ops::broadcast(g, g.constant("target " + objective.target, Shape(shape.size(), 1), {number}), shape);
}

Result<ValueId> appendObjective(CompiledNetwork& compiled, const Network& network, const Fed& fed, const TrainingObjective& objective) {
    Graph& g = compiled.graph;
    if (!objective.output.empty()) LAMINA_CHECK(checkNodeName(network, objective.output, "output"));
    const auto named = fed.valueOf.find(objective.output);
    const ValueId output = objective.output.empty() ? fed.only : named == fed.valueOf.end() ? noValue : named->second;
    if (output == noValue) return fail("plan.no_output", {{"output", objective.output}, {"feed", objective.feed}});
    if (compiled.output == noValue) compiled.output = output;
    LAMINA_TRY(const ValueId target, targetOf(compiled, fed, objective, output));
    g.origin = "loss";
    ValueId loss = objective.loss->build(objective.settings, g, output, target);
    compiled.terms.push_back({objective.output.empty() ? fed.onlyName : objective.output, output, loss});
    if (objective.weight != 1) loss = ops::scale(g, loss, objective.weight);
    g.origin.clear();
    if (g.error()) return g.error()->with("layer", objective.output.empty() ? fed.onlyName : objective.output);
    return loss;
}

bool sameTerm(const TrainingObjective& a, const TrainingObjective& b) {
    return a.loss == b.loss && a.output == b.output && a.target == b.target && a.column == b.column && a.feed == b.feed;
}

Result<CompiledNetwork> compileForward(const Network& network, std::int64_t batch, bool training, std::span<const TrainingObjective> objectives) {
    CompiledNetwork compiled;
    const bool named = std::any_of(objectives.begin(), objectives.end(), [](const auto& o) { return !o.output.empty(); });
    std::map<std::string, Fed> ways;
    const auto way = [&](const std::string& feed) -> Result<const Fed*> {
        if (const auto found = ways.find(feed); found != ways.end()) return &found->second;
        LAMINA_TRY(ways[feed], feedNetwork(compiled, network, {.batch = batch, .training = training, .feed = feed, .fedShape = {}, .manyOutputs = named}));
        return &ways[feed];
    };
    if (objectives.empty()) {
        LAMINA_TRY(const Fed* fed, way(""));
        compiled.output = fed->only;
    }
    for (auto objective = objectives.begin(); objective != objectives.end(); ++objective) {
        if (std::any_of(objectives.begin(), objective, [&](const auto& other) { return sameTerm(other, *objective); }))
            return fail("plan.same_loss_twice", {{"loss", objective->loss->id}, {"output", objective->output}});
        LAMINA_TRY(const Fed* fed, way(objective->feed));
        LAMINA_TRY(const ValueId term, appendObjective(compiled, network, *fed, *objective));
        compiled.loss = compiled.loss == noValue ? term : ops::add(compiled.graph, compiled.loss, term);
    }
    if (compiled.graph.error()) return *compiled.graph.error();
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

/// Biases and the numbers of normalisation have one axis; pulling them towards 0 would only do harm.
bool isWeight(const Graph& g, ValueId parameter) { return g.shape(parameter).size() >= 2; }

ValueId withPenalties(Graph& g, ValueId loss, const std::vector<ValueId>& parameters, const UpdateRules& rules) {
    const auto add = [&](double factor, UnaryKind kind) {
        if (factor == 0) return;
        for (ValueId parameter : parameters)
            if (isWeight(g, parameter)) loss = ops::add(g, loss, ops::scale(g, ops::reduce(g, ReduceKind::Sum, ops::unary(g, kind, parameter), {}), factor));
    };
    add(rules.l1, UnaryKind::Abs);
    add(rules.l2, UnaryKind::Square);
    return loss;
}

/// Sum of neighbours, of their sums, …: the rounding does not grow with the number of parameters.
ValueId sumOf(Graph& g, std::vector<ValueId> terms) {
    while (terms.size() > 1) {
        std::vector<ValueId> sums;
        for (std::size_t i = 0; i < terms.size(); i += 2) sums.push_back(i + 1 < terms.size() ? ops::add(g, terms[i], terms[i + 1]) : terms[i]);
        terms = std::move(sums);
    }
    return terms.front();
}

/// Cuts each gradient, then scales all of them; the norm must be finite like the gradients.
void clip(Graph& g, std::vector<ValueId>& gradients, std::vector<ValueId>& checked, const UpdateRules& rules) {
    if (rules.clipValue > 0)
        for (ValueId& gradient : gradients)
            if (gradient != noValue) gradient = ops::clip(g, gradient, -rules.clipValue, rules.clipValue);
    if (rules.clipNorm <= 0) return;
    std::vector<ValueId> squares;
    for (ValueId gradient : gradients)
        if (gradient != noValue) squares.push_back(ops::reduce(g, ReduceKind::Sum, ops::unary(g, UnaryKind::Square, gradient), {}));
    const ValueId norm = ops::unary(g, UnaryKind::Sqrt, sumOf(g, std::move(squares)));
    checked.push_back(norm);
    const ValueId factor = ops::binary(g, BinaryKind::Divide, g.constant("clip norm", {}, {rules.clipNorm}), ops::offset(g, norm, 1e-6));
    const ValueId atMostOne = ops::binary(g, BinaryKind::Minimum, factor, g.constant("one", {}, {1.0}));
    for (ValueId& gradient : gradients)
        if (gradient != noValue) gradient = ops::multiply(g, gradient, atMostOne);
}

void appendUpdate(Graph& g, ValueId parameter, ValueId gradient, ValueId finite, const TrainingPhase& phase) {
    const Value value = g.value(parameter);
    std::vector<ValueId> slots;
    for (const auto& slot : phase.optimizer->slotNames(phase.optimizerSettings))
        slots.push_back(g.state(value.name + "#" + slot + phase.rules.slotMark, value.shape, 0));
    g.origin = value.name.substr(0, value.name.find('/'));
    ops::optimizerUpdate(g, parameter, gradient, slots, finite, phase.optimizer->attributes(phase.optimizerSettings));
    g.origin.clear();
}

void appendAverage(Graph& g, ValueId parameter, ValueId finite, double decay) {
    const Value value = g.value(parameter);
    g.origin = value.name.substr(0, value.name.find('/'));
    const ValueId average = g.state(value.name + "#ema", value.shape, 0);
    ops::optimizerUpdate(g, parameter, parameter, {average}, finite, {.kind = OptimizerKind::Ema, .beta2 = decay});
    g.origin.clear();
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

NetworkReport describeNetwork(const Network& network) { return follow(network, {}).report; }

std::vector<ValueId> CompiledNetwork::kept() const {
    std::vector<ValueId> kept;
    const auto keep = [&kept](ValueId value) {
        if (value != noValue && std::find(kept.begin(), kept.end(), value) == kept.end()) kept.push_back(value);
    };
    for (ValueId value : {output, loss, finite}) keep(value);
    for (const CompiledTerm& term : terms) {
        if (terms.size() < 2) break;
        keep(term.value);
        keep(term.loss);
    }
    return kept;
}

Result<CompiledNetwork> compileForInference(const Network& network, std::int64_t batch, const TrainingObjective* objective) {
    return compileForward(network, batch, false, {objective, objective ? std::size_t{1} : 0});
}

Result<CompiledNetwork> compileForInference(const Network& network, std::int64_t batch, std::span<const TrainingObjective> objectives) {
    return compileForward(network, batch, false, objectives);
}

Result<CompiledNetwork> compileForwardInTraining(const Network& network, std::int64_t batch, std::span<const TrainingObjective> objectives) {
    return compileForward(network, batch, true, objectives);
}

Result<CompiledNetwork> compileForTraining(const Network& network, std::int64_t batch, const TrainingPhase& phase) {
    LAMINA_TRY(auto compiled, compileForward(network, batch, true, phase.objectives));
    Graph& g = compiled.graph;
    const auto trainable = trainableParameters(network, g);
    if (trainable.empty()) return fail("network.nothing_to_train");
    auto gradients = appendGradients(g, withPenalties(g, compiled.loss, trainable, phase.rules), trainable);
    if (g.error()) return *g.error();
    std::vector<ValueId> checked{compiled.loss};
    for (auto gradient : gradients)
        if (gradient != noValue) checked.push_back(gradient);
    if (checked.size() == 1) return fail("network.nothing_to_train");
    clip(g, gradients, checked, phase.rules);
    compiled.finite = ops::allFinite(g, checked);
    for (std::size_t i = 0; i < trainable.size(); ++i)
        if (gradients[i] != noValue) appendUpdate(g, trainable[i], gradients[i], compiled.finite, phase);
    // After all updates: those of one kind that follow one another are one step of a device.
    for (std::size_t i = 0; i < trainable.size() && phase.rules.ema > 0; ++i)
        if (gradients[i] != noValue) appendAverage(g, trainable[i], compiled.finite, phase.rules.ema);
    if (g.error()) return *g.error();
    if (phase.precision == Precision::Bfloat16) multiplyInBfloat16(g);
    return compiled;
}

Result<CompiledNetwork> compileForTraining(const Network& network, std::int64_t batch, const TrainingObjective& objective, const OptimizerType& optimizer,
                                           const std::any& optimizerSettings) {
    return compileForTraining(network, batch, TrainingPhase{{objective}, &optimizer, optimizerSettings});
}

std::vector<NetworkInput> networkInputs(const Network& network) {
    std::vector<NetworkInput> inputs;
    const LayerType* type = findLayer("input");
    for (const auto& node : network.nodes) {
        if (node.type != "input") continue;
        const auto settings = layerSettings(*type, node);
        if (!settings) continue;
        const auto json = propertiesToJson(type->properties, *settings);
        inputs.push_back({node.name, json.at("columns").get<std::vector<std::string>>(), json.at("shape").get<Shape>()});
    }
    return inputs;
}

namespace {

/// Tries the way back once. The nodes whose parameters no gradient reaches; where an op without one stops it, all that lies before its node.
std::set<std::string> stoppedNodes(const Network& network) {
    Followed f = follow(network, {.batch = 2, .training = true, .feed = {}, .fedShape = {}, .manyOutputs = true});
    if (!f.report.ok()) return {};
    std::vector<ValueId> sums;
    for (const ValueId output : f.outputs)
        if (f.graph.value(output).type == DType::Float32) sums.push_back(ops::reduce(f.graph, ReduceKind::Sum, output, {}));
    const auto trainable = trainableParameters(network, f.graph);
    if (trainable.empty() || sums.empty()) return {};
    const auto gradients = appendGradients(f.graph, sumOf(f.graph, std::move(sums)), trainable);
    if (f.graph.error()) {
        const NetworkNode* at = nodeNamed(network, f.graph.error()->argument("node"));
        return at ? reached(network, {at->id}, false) : std::set<std::string>();
    }
    std::set<std::string> stopped, moved;
    for (std::size_t i = 0; i < trainable.size(); ++i) {
        const std::string& name = f.graph.value(trainable[i]).name;
        (gradients[i] == noValue ? stopped : moved).insert(nodeNamed(network, name.substr(0, name.find('/')))->id);
    }
    for (const auto& id : moved) stopped.erase(id);
    return stopped;
}

}  // namespace

std::vector<std::string> untrainableNodes(const Network& network) {
    Network rest = network;
    std::set<std::string> stopped;
    for (auto more = stoppedNodes(rest); !more.empty(); more = stoppedNodes(rest)) {
        const std::size_t before = stopped.size();
        stopped.merge(more);
        if (stopped.size() == before) break;
        for (auto& node : rest.nodes) node.frozen = node.frozen || stopped.count(node.id) > 0;
    }
    std::vector<std::string> names;
    for (const auto& report : describeNetwork(network).nodes)
        if (const NetworkNode* node = nodeNamed(network, report.node); report.parameters > 0 && !node->frozen && stopped.count(node->id))
            names.push_back(report.node);
    return names;
}

Result<Network> networkUpTo(const Network& network, const std::string& output) { return networkUpTo(network, std::vector<std::string>{output}); }

Result<Network> networkUpTo(const Network& network, const std::vector<std::string>& outputs) {
    std::vector<std::string> ends;
    for (const auto& output : outputs) {
        if (output.empty()) return network;
        LAMINA_CHECK(checkNodeName(network, output, "output"));
        ends.push_back(nodeNamed(network, output)->id);
    }
    const auto needed = reached(network, ends, false);
    Network part = network;
    std::erase_if(part.nodes, [&](const NetworkNode& node) { return !needed.count(node.id); });
    std::erase_if(part.edges, [&](const NetworkEdge& edge) { return !needed.count(edge.from) || !needed.count(edge.to); });
    return part;
}

}  // namespace lamina
