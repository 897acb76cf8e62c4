#include "core/network/network.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/uuid.h"

namespace lamina {

const NetworkNode* Network::node(const std::string& nodeId) const {
    for (const auto& candidate : nodes)
        if (candidate.id == nodeId) return &candidate;
    return nullptr;
}

std::string Network::append(const std::string& type, nlohmann::json settings, const std::string& after) {
    auto taken = [this](const std::string& name) { return std::any_of(nodes.begin(), nodes.end(), [&](const auto& n) { return n.name == name; }); };
    int number = 1;
    while (taken(type + "_" + std::to_string(number))) ++number;
    NetworkNode node;
    node.id = newUuid();
    node.name = type + "_" + std::to_string(number);
    node.type = type;
    node.settings = std::move(settings);
    node.y = nodes.empty() ? 0 : nodes.back().y + 96;
    // The edge first: `after` may be the id inside a node that moves when the list grows.
    if (!after.empty()) edges.push_back({after, node.id, 0});
    nodes.push_back(node);
    return node.id;
}

std::vector<std::string> Network::inputsOf(const std::string& nodeId) const {
    std::map<int, std::string> byPort;
    for (const auto& edge : edges)
        if (edge.to == nodeId) byPort[edge.toPort] = edge.from;
    std::vector<std::string> inputs;
    for (auto& [port, from] : byPort) inputs.push_back(from);
    return inputs;
}

nlohmann::json networkToJson(const Network& network) {
    nlohmann::json nodes = nlohmann::json::array(), edges = nlohmann::json::array();
    for (const auto& node : network.nodes) {
        nlohmann::json entry{{"id", node.id}, {"name", node.name}, {"type", node.type}, {"settings", node.settings}, {"x", node.x}, {"y", node.y}};
        if (node.frozen) entry["frozen"] = true;
        nodes.push_back(std::move(entry));
    }
    for (const auto& edge : network.edges) edges.push_back({{"from", edge.from}, {"to", edge.to}, {"toPort", edge.toPort}});
    nlohmann::json json{{"format", "lamina-network"}, {"version", 1}, {"id", network.id}, {"name", network.name}, {"nodes", nodes}, {"edges", edges}};
    if (const NetworkOrigin& origin = network.origin; origin != NetworkOrigin())
        json["origin"] = {{"file", origin.file}, {"parameters", origin.parameters}, {"preparation", origin.preparation}};
    return json;
}

namespace {

Result<void> checkNetwork(const Network& network) {
    std::set<std::string> ids, names;
    for (const auto& node : network.nodes) {
        if (node.id.empty() || node.name.empty() || node.type.empty())
            return fail("network.node_incomplete", {{"node", node.name.empty() ? node.id : node.name}});
        if (node.name.find_first_of("/#") != std::string::npos) return fail("network.bad_name", {{"node", node.name}});
        if (!ids.insert(node.id).second || !names.insert(node.name).second) return fail("network.name_taken", {{"node", node.name}});
    }
    std::set<std::pair<std::string, int>> ports;
    for (const auto& edge : network.edges) {
        const auto* to = network.node(edge.to);
        if (!to || !network.node(edge.from)) return fail("network.edge_without_node", {{"from", edge.from}, {"to", edge.to}});
        if (edge.toPort < 0 || !ports.insert({edge.to, edge.toPort}).second)
            return fail("network.port_taken", {{"node", to->name}, {"port", std::to_string(edge.toPort)}});
    }
    return {};
}

}  // namespace

Result<Network> networkFromJson(const nlohmann::json& json) {
    try {
        if (!json.is_object() || json.value("format", "") != "lamina-network") return fail("network.not_a_network", {{"found", json.is_object() ? json.value("format", std::string("no entry \"format\"")) : json.type_name()}});
        if (json.value("version", 0) > 1) return fail("network.newer_version", {{"version", std::to_string(json.value("version", 0))}});
        Network network;
        network.id = json.value("id", "");
        network.name = json.value("name", "");
        for (const auto& entry : json.at("nodes")) {
            NetworkNode node;
            node.id = entry.at("id").get<std::string>();
            node.name = entry.at("name").get<std::string>();
            node.type = entry.at("type").get<std::string>();
            node.settings = entry.value("settings", nlohmann::json::object());
            node.x = entry.value("x", 0.0);
            node.y = entry.value("y", 0.0);
            node.frozen = entry.value("frozen", false);
            network.nodes.push_back(std::move(node));
        }
        for (const auto& entry : json.at("edges"))
            network.edges.push_back({entry.at("from").get<std::string>(), entry.at("to").get<std::string>(), entry.value("toPort", 0)});
        if (const auto origin = json.find("origin"); origin != json.end())
            network.origin = {origin->value("file", ""), origin->value("parameters", ""), origin->value("preparation", nlohmann::json())};
        if (const std::string& hash = network.origin.parameters; !hash.empty() && (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos))
            return fail("network.bad_json", {{"reason", "origin"}});
        LAMINA_CHECK(checkNetwork(network));
        return network;
    } catch (const nlohmann::json::exception& problem) {
        return fail("network.bad_json", {{"reason", problem.what()}});
    }
}

namespace {

/// Every node that still waits is fed by one that waits too: going back along those must come round.
std::vector<std::size_t> circleAmong(const std::vector<int>& waiting, const std::vector<std::vector<std::size_t>>& feeds) {
    std::vector<std::size_t> feeder(waiting.size(), 0), path;
    for (std::size_t from = waiting.size(); from-- > 0;)
        for (auto to : feeds[from])
            if (waiting[from] > 0) feeder[to] = from;
    std::vector<bool> seen(waiting.size(), false);
    auto at = static_cast<std::size_t>(std::find_if(waiting.begin(), waiting.end(), [](int count) { return count > 0; }) - waiting.begin());
    for (; !seen[at]; at = feeder[at]) {
        seen[at] = true;
        path.push_back(at);
    }
    path.erase(path.begin(), std::find(path.begin(), path.end(), at));
    std::reverse(path.begin(), path.end());
    std::rotate(path.begin(), std::min_element(path.begin(), path.end()), path.end());
    return path;
}

Error circleError(const Network& network, const std::vector<int>& waiting, const std::vector<std::vector<std::size_t>>& feeds) {
    const auto circle = circleAmong(waiting, feeds);
    std::string names;
    for (auto index : circle) names += network.nodes[index].name + " → ";
    const std::string& first = network.nodes[circle.front()].name;
    return fail("network.cycle", {{"node", first}, {"layer", first}, {"circle", names + first}});
}

}  // namespace

Result<std::vector<std::size_t>> topologicalOrder(const Network& network) {
    std::map<std::string, std::size_t> indexOf;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) indexOf[network.nodes[i].id] = i;
    std::vector<int> waiting(network.nodes.size(), 0);
    std::vector<std::vector<std::size_t>> feeds(network.nodes.size());
    for (const auto& edge : network.edges) {
        if (!indexOf.count(edge.from) || !indexOf.count(edge.to)) return fail("network.edge_without_node", {{"from", edge.from}, {"to", edge.to}});
        ++waiting[indexOf[edge.to]];
        feeds[indexOf[edge.from]].push_back(indexOf[edge.to]);
    }
    std::set<std::size_t> ready;
    for (std::size_t i = 0; i < waiting.size(); ++i)
        if (waiting[i] == 0) ready.insert(i);
    std::vector<std::size_t> order;
    while (!ready.empty()) {
        const std::size_t next = *ready.begin();
        ready.erase(ready.begin());
        order.push_back(next);
        for (auto fed : feeds[next])
            if (--waiting[fed] == 0) ready.insert(fed);
    }
    if (order.size() == network.nodes.size()) return order;
    return circleError(network, waiting, feeds);
}

}  // namespace lamina
