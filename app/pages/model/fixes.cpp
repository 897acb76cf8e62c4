#include "app/pages/model/fixes.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/layers/layer_type.h"
#include "core/network/network_edits.h"

namespace lamina {
namespace {

struct Case {
    const Error& problem;
    const Network& network;
    const NetworkNode* node;  ///< the problem's layer; nullptr: the network as a whole
    const NetworkNeeds* needs;
};
using Fixes = std::vector<Fix>;
using FixFunction = Fixes (*)(const Case&);

const NetworkNode* nodeNamed(const Network& network, const std::string& name) {
    const auto found = std::find_if(network.nodes.begin(), network.nodes.end(), [&](const auto& node) { return node.name == name; });
    return found == network.nodes.end() ? nullptr : &*found;
}

NetworkNode* nodeOf(Network& network, const std::string& id) { return const_cast<NetworkNode*>(network.node(id)); }

bool feedsAnything(const Network& network, const std::string& id) {
    return std::any_of(network.edges.begin(), network.edges.end(), [&](const auto& edge) { return edge.from == id; });
}

Fixes insertFlatten(const Case& c) {
    if (!c.node) return {};
    const auto edge = std::find_if(c.network.edges.begin(), c.network.edges.end(), [&](const auto& e) { return e.to == c.node->id; });
    if (edge == c.network.edges.end()) return {};
    Network mended = c.network;
    const std::string id = addNode(mended, "flatten", nlohmann::json::object(), c.node->x, c.node->y);
    if (!insertOnEdge(mended, id, NetworkEdge(*edge))) return {};
    return {{editName("fix.insert_flatten", {{"layer", c.node->name}}), editName("edit.insert_layer", {{"layer", mended.node(id)->name}}),
             std::move(mended)}};
}

/// The last Dense layer on the way back from the end.
const NetworkNode* lastDense(const Network& network, const NetworkNode* end) {
    for (std::size_t steps = 0; end && steps < network.nodes.size(); ++steps) {
        if (end->type == "dense") return end;
        const auto inputs = network.inputsOf(end->id);
        end = inputs.size() == 1 ? network.node(inputs.front()) : nullptr;
    }
    return nullptr;
}

Fixes setLastUnits(const Case& c) {
    const NetworkNode* dense = c.needs ? lastDense(c.network, c.node) : nullptr;
    if (!dense) return {};
    Network mended = c.network;
    nodeOf(mended, dense->id)->settings["units"] = c.needs->outputs;
    const std::string units = std::to_string(c.needs->outputs);
    return {{editName("fix.set_units", {{"layer", dense->name}, {"units", units}}),
             editName("edit.set_layer_setting", {{"setting", "units"}, {"layer", dense->name}, {"value", units}}), std::move(mended)}};
}

Fixes addLastDense(const Case& c) {
    if (!c.node || !c.needs) return {};
    Network mended = c.network;
    const std::string dense = addNode(mended, "dense", {{"units", c.needs->outputs}}, c.node->x, c.node->y);
    insertAfter(mended, dense, c.node->id, false);
    if (!c.needs->head.empty()) {
        const std::string head = addNode(mended, c.needs->head, nlohmann::json::object(), c.node->x, c.node->y);
        insertAfter(mended, head, dense, false);
    }
    return {{editName("fix.add_dense", {{"layer", c.node->name}, {"units", std::to_string(c.needs->outputs)}}),
             editName("edit.add_layer", {{"layer", mended.node(dense)->name}}), std::move(mended)}};
}

Fixes setInputShape(const Case& c) {
    if (!c.node || !c.needs) return {};
    const auto wanted = inputShapeFor(c.network, *c.needs, c.node->name);
    if (!wanted || wanted->empty()) return {};
    Network mended = c.network;
    nodeOf(mended, c.node->id)->settings["shape"] = *wanted;
    const std::string shape = shapeText(*wanted);
    return {{editName("fix.set_input_shape", {{"layer", c.node->name}, {"shape", shape}}),
             editName("edit.set_layer_setting", {{"setting", "shape"}, {"layer", c.node->name}, {"value", shape}}), std::move(mended)}};
}

/// Nodes that lead nowhere first, then all others; the nearest above before those below.
std::vector<const NetworkNode*> feedersFor(const Case& c) {
    std::vector<const NetworkNode*> nodes;
    const auto inputs = c.network.inputsOf(c.node->id);
    for (const auto& node : c.network.nodes) {
        const bool feedsAlready = std::find(inputs.begin(), inputs.end(), node.id) != inputs.end();
        if (!feedsAlready && !reaches(c.network, c.node->id, node.id)) nodes.push_back(&node);
    }
    const auto rank = [&](const NetworkNode* node) {
        const double dy = c.node->y - node->y;
        return std::tuple(feedsAnything(c.network, node->id), dy <= 0, std::abs(dy) + std::abs(c.node->x - node->x));
    };
    std::stable_sort(nodes.begin(), nodes.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
    if (nodes.size() > 4) nodes.resize(4);
    return nodes;
}

Fixes connectLooseInput(const Case& c) {
    Fixes fixes;
    if (!c.node) return fixes;
    for (const NetworkNode* from : feedersFor(c)) {
        Network mended = c.network;
        if (!connectNodes(mended, from->id, c.node->id, freePort(mended, c.node->id))) continue;
        fixes.push_back({editName("fix.connect", {{"from", from->name}, {"layer", c.node->name}}),
                         editName("edit.connect_layers", {{"from", from->name}, {"to", c.node->name}}), std::move(mended)});
    }
    return fixes;
}

Fixes removeUnreachable(const Case& c) {
    if (!c.node || !c.network.inputsOf(c.node->id).empty()) return {};
    Network mended = c.network;
    removeNodes(mended, {c.node->id}, Removal::Cut);
    return {
        {editName("fix.remove_unreachable", {{"layer", c.node->name}}), editName("edit.remove_layer", {{"layer", c.node->name}}), std::move(mended)}};
}

/// Keeps the end that most layers lead to and takes away what leads to other ends only.
Fixes removeDeadEnds(const Case& c) {
    std::vector<NodeIds> ends;
    for (const auto& node : c.network.nodes)
        if (!feedsAnything(c.network, node.id)) ends.push_back(upstreamOf(c.network, node.id));
    if (ends.size() < 2) return {};
    const auto main = std::max_element(ends.begin(), ends.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    NodeIds unused;
    for (const auto& node : c.network.nodes)
        if (!main->count(node.id)) unused.insert(node.id);
    Network mended = c.network;
    removeNodes(mended, unused, Removal::Cut);
    const std::string first = c.network.node(*unused.begin())->name, count = std::to_string(unused.size());
    if (unused.size() == 1)
        return {{editName("fix.remove_unreachable", {{"layer", first}}), editName("edit.remove_layer", {{"layer", first}}), std::move(mended)}};
    return {{editName("fix.remove_unused", {{"count", count}}), editName("edit.remove_layers", {{"count", count}}), std::move(mended)}};
}

Fixes addInput(const Case& c) {
    Network mended = c.network;
    const auto first =
        std::find_if(c.network.nodes.begin(), c.network.nodes.end(), [&](const auto& node) { return c.network.inputsOf(node.id).empty(); });
    const auto settings = c.needs && !c.needs->input.empty() ? nlohmann::json{{"shape", c.needs->input}} : nlohmann::json::object();
    const bool any = first != c.network.nodes.end();
    const std::string id = addNode(mended, "input", settings, any ? first->x : 0, any ? first->y - NodeRoom::row : 0);
    if (any) connectNodes(mended, id, first->id, 0);
    return {{editName("fix.add_input"), editName("edit.add_layer", {{"layer", mended.node(id)->name}}), std::move(mended)}};
}

Fixes removeLooseInputs(const Case& c) {
    NodeIds loose;
    for (const auto& node : c.network.nodes)
        if (node.type == "input" && !feedsAnything(c.network, node.id)) loose.insert(node.id);
    if (loose.empty()) return {};
    Network mended = c.network;
    removeNodes(mended, loose, Removal::Cut);
    const std::string name = c.network.node(*loose.begin())->name;
    return {{editName("fix.remove_unreachable", {{"layer", name}}), editName("edit.remove_layer", {{"layer", name}}), std::move(mended)}};
}

Fixes setPaddingSame(const Case& c) {
    if (!c.node) return {};
    Network mended = c.network;
    nodeOf(mended, c.node->id)->settings["padding"] = "same";
    return {{editName("fix.set_padding", {{"layer", c.node->name}}),
             editName("edit.set_layer_setting", {{"setting", "padding"}, {"layer", c.node->name}, {"value", "same"}}), std::move(mended)}};
}

Fixes removeExtraLinks(const Case& c) {
    const LayerType* type = c.node ? findLayer(c.node->type) : nullptr;
    if (!type) return {};
    const int most = c.node->type == "input" ? 0 : type->maximumInputs;
    const auto inputs = c.network.inputsOf(c.node->id);
    Network mended = c.network;
    int kept = 0;
    std::erase_if(mended.edges, [&](const auto& edge) { return edge.to == c.node->id && kept++ >= most; });
    if (mended == c.network) return {};
    return {
        {editName("fix.remove_links", {{"layer", c.node->name}}), editName("edit.disconnect_layer", {{"layer", c.node->name}}), std::move(mended)}};
}

const std::vector<std::pair<const char*, std::vector<FixFunction>>>& known() {
    static const std::vector<std::pair<const char*, std::vector<FixFunction>>> all{
        {"layer.needs_flat_input", {insertFlatten}},
        {"layer.needs_channels", {insertFlatten}},
        {"layer.window_too_large", {setPaddingSame}},
        {"training.output_shape", {setLastUnits, addLastDense}},
        {"training.input_shape", {setInputShape}},
        {"inputs.wrong_width", {setInputShape}},
        {"network.bad_input_shape", {setInputShape}},
        {"network.missing_input", {connectLooseInput, removeUnreachable}},
        {"network.too_many_inputs", {removeExtraLinks}},
        {"network.input_is_fed", {removeExtraLinks}},
        {"network.several_outputs", {removeDeadEnds}},
        {"network.several_inputs", {removeLooseInputs}},
        {"network.no_input", {addInput}},
        {"network.empty", {addInput}},
    };
    return all;
}

bool goes(const Error& problem, const Fix& fix, const NetworkNeeds* needs) {
    const auto left = problemsOf(fix.network, describeNetwork(fix.network), needs);
    const std::string layer = problem.argument("layer");
    return std::none_of(left.begin(), left.end(), [&](const Error& other) {
        return layer.empty() ? other.code == problem.code : other.argument("layer") == layer || other.code == problem.code;
    });
}

}  // namespace

std::vector<Error> problemsOf(const Network& network, const NetworkReport& report, const NetworkNeeds* needs) {
    std::vector<Error> problems;
    for (const auto& node : report.nodes) problems.insert(problems.end(), node.problems.begin(), node.problems.end());
    problems.insert(problems.end(), report.problems.begin(), report.problems.end());
    return problems.empty() && needs ? problemsWithData(network, report, *needs) : problems;
}

std::vector<Fix> fixesFor(const Error& problem, const Network& network, const NetworkNeeds* needs) {
    const Case c{problem, network, nodeNamed(network, problem.argument("layer")), needs};
    std::vector<Fix> good;
    for (const auto& [code, functions] : known()) {
        if (problem.code != code) continue;
        for (const FixFunction function : functions) {
            auto fixes = function(c);
            const auto found = std::find_if(fixes.begin(), fixes.end(), [&](const Fix& fix) { return goes(problem, fix, needs); });
            if (found != fixes.end()) good.push_back(std::move(*found));
        }
    }
    return good;
}

}  // namespace lamina
