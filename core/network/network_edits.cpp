#include "core/network/network_edits.h"

#include <algorithm>
#include <map>

#include "core/base/uuid.h"

namespace lamina {
namespace {

NetworkNode* nodeOf(Network& network, const std::string& id) { return const_cast<NetworkNode*>(network.node(id)); }

bool hasEdges(const Network& network, const std::string& id) {
    return std::any_of(network.edges.begin(), network.edges.end(), [&](const auto& edge) { return edge.from == id || edge.to == id; });
}

/// Everything at or below `y` in the same column of work, moved down.
void makeRoom(Network& network, double x, double y, const std::string& except) {
    const auto inTheWay = [&](const NetworkNode& node) {
        return node.id != except && std::abs(node.x - x) < NodeRoom::width && node.y + NodeRoom::height > y && node.y < y + NodeRoom::height;
    };
    if (std::none_of(network.nodes.begin(), network.nodes.end(), inTheWay)) return;
    for (auto& node : network.nodes)
        if (node.id != except && node.y + NodeRoom::height > y) node.y += NodeRoom::row;
}

/// Everything from `to` on, moved down until a node fits between it and `from`.
void spread(Network& network, const NetworkNode& from, const std::string& to) {
    const double missing = from.y + 2 * NodeRoom::row - network.node(to)->y;
    if (missing <= 0 || missing > 2 * NodeRoom::row) return;
    const double top = from.y + NodeRoom::height / 2;
    for (auto& node : network.nodes)
        if (node.y > top) node.y += missing;
}

std::string baseOf(const std::string& name) {
    const auto end = name.find_last_of('_');
    const bool numbered = end != std::string::npos && end + 1 < name.size() && name.find_first_not_of("0123456789", end + 1) == std::string::npos;
    return numbered ? name.substr(0, end) : name;
}

using Neighbours = std::multimap<std::string, std::string>;

NodeIds followed(const Neighbours& neighbours, const std::string& id) {
    std::vector<std::string> open{id};
    NodeIds seen{id};
    while (!open.empty()) {
        const std::string next = open.back();
        open.pop_back();
        for (auto [it, end] = neighbours.equal_range(next); it != end; ++it)
            if (seen.insert(it->second).second) open.push_back(it->second);
    }
    return seen;
}

void rejoin(Network& network, const std::string& id) {
    const auto inputs = network.inputsOf(id);
    for (auto& edge : network.edges) {
        if (edge.from != id || inputs.empty()) continue;
        const bool twice = std::any_of(network.edges.begin(), network.edges.end(), [&](const auto& other) {
            return other.from == inputs.front() && other.to == edge.to && other.toPort == edge.toPort;
        });
        if (!twice) edge.from = inputs.front();
    }
}

}  // namespace

std::string freeNodeName(const Network& network, const std::string& type) {
    for (int number = 1;; ++number) {
        const std::string name = type + "_" + std::to_string(number);
        if (std::none_of(network.nodes.begin(), network.nodes.end(), [&](const auto& node) { return node.name == name; })) return name;
    }
}

NodeIds upstreamOf(const Network& network, const std::string& id) {
    Neighbours fedBy;
    for (const auto& edge : network.edges) fedBy.emplace(edge.to, edge.from);
    return followed(fedBy, id);
}

NodeIds downstreamOf(const Network& network, const std::string& id) {
    Neighbours feeds;
    for (const auto& edge : network.edges) feeds.emplace(edge.from, edge.to);
    return followed(feeds, id);
}

bool reaches(const Network& network, const std::string& from, const std::string& to) { return upstreamOf(network, to).count(from) > 0; }

bool canConnect(const Network& network, const std::string& from, const std::string& to, int toPort) {
    if (!network.node(from) || !network.node(to) || toPort < 0) return false;
    const NetworkEdge wanted{from, to, toPort};
    if (std::find(network.edges.begin(), network.edges.end(), wanted) != network.edges.end()) return false;
    return !reaches(network, to, from);
}

bool connectNodes(Network& network, const std::string& from, const std::string& to, int toPort) {
    if (!canConnect(network, from, to, toPort)) return false;
    std::erase_if(network.edges, [&](const auto& edge) { return edge.to == to && edge.toPort == toPort; });
    network.edges.push_back({from, to, toPort});
    return true;
}

bool disconnectEdge(Network& network, const NetworkEdge& edge) { return std::erase(network.edges, edge) > 0; }

int freePort(const Network& network, const std::string& to) {
    std::set<int> taken;
    for (const auto& edge : network.edges)
        if (edge.to == to) taken.insert(edge.toPort);
    int port = 0;
    while (taken.count(port)) ++port;
    return port;
}

std::string addNode(Network& network, const std::string& type, nlohmann::json settings, double x, double y) {
    NetworkNode node;
    node.id = newUuid();
    node.name = freeNodeName(network, type);
    node.type = type;
    node.settings = std::move(settings);
    node.x = x;
    node.y = y;
    network.nodes.push_back(std::move(node));
    return network.nodes.back().id;
}

bool insertOnEdge(Network& network, const std::string& nodeId, const NetworkEdge& edge) {
    NetworkNode* node = nodeOf(network, nodeId);
    const auto found = std::find(network.edges.begin(), network.edges.end(), edge);
    if (!node || found == network.edges.end() || hasEdges(network, nodeId)) return false;
    const NetworkNode from = *network.node(edge.from);
    const double wantedY = from.y + NodeRoom::row;
    node->y = -1e9;  // not in the way of the room made for it
    spread(network, from, edge.to);
    node->x = network.node(edge.to)->x == from.x ? from.x : (network.node(edge.to)->x + from.x) / 2;
    node->y = wantedY;
    makeRoom(network, node->x, node->y, nodeId);
    found->from = nodeId;
    network.edges.push_back({edge.from, nodeId, 0});
    return true;
}

bool insertAfter(Network& network, const std::string& nodeId, const std::string& after, bool feedsOn) {
    NetworkNode* node = nodeOf(network, nodeId);
    const NetworkNode* before = network.node(after);
    if (!node || !before || nodeId == after || hasEdges(network, nodeId)) return false;
    node->x = before->x;
    node->y = before->y + NodeRoom::row;
    makeRoom(network, node->x, node->y, nodeId);
    if (feedsOn)
        for (auto& edge : network.edges)
            if (edge.from == after) edge.from = nodeId;
    network.edges.push_back({after, nodeId, 0});
    return true;
}

void removeNodes(Network& network, const NodeIds& ids, Removal removal) {
    if (removal == Removal::Rejoin)
        for (const auto& id : ids) rejoin(network, id);
    std::erase_if(network.edges, [&](const auto& edge) { return ids.count(edge.from) || ids.count(edge.to); });
    std::erase_if(network.nodes, [&](const auto& node) { return ids.count(node.id) > 0; });
}

void moveNodes(Network& network, const NodeIds& ids, double dx, double dy) {
    for (auto& node : network.nodes) {
        if (!ids.count(node.id)) continue;
        node.x += dx;
        node.y += dy;
    }
}

Network partOf(const Network& network, const NodeIds& ids) {
    Network part;
    part.name = network.name;
    for (const auto& node : network.nodes)
        if (ids.count(node.id)) part.nodes.push_back(node);
    for (const auto& edge : network.edges)
        if (ids.count(edge.from) && ids.count(edge.to)) part.edges.push_back(edge);
    return part;
}

NodeIds pastePart(Network& network, const Network& part, double dx, double dy) {
    std::map<std::string, std::string> newIdOf;
    NodeIds added;
    for (NetworkNode node : part.nodes) {
        const std::string id = newUuid();
        newIdOf[node.id] = id;
        added.insert(id);
        const bool taken = std::any_of(network.nodes.begin(), network.nodes.end(), [&](const auto& other) { return other.name == node.name; });
        if (taken) node.name = freeNodeName(network, baseOf(node.name));
        node.id = id;
        node.x += dx;
        node.y += dy;
        network.nodes.push_back(std::move(node));
    }
    for (const auto& edge : part.edges)
        if (newIdOf.count(edge.from) && newIdOf.count(edge.to)) network.edges.push_back({newIdOf[edge.from], newIdOf[edge.to], edge.toPort});
    return added;
}

}  // namespace lamina
