// The network as data: nodes with settings, edges between them. What the window draws and the project saves.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lamina {

struct NetworkNode {
    std::string id;    ///< UUID; stays when the node is renamed
    std::string name;  ///< unique in the network, also the path in the ParameterStore: "conv_1"
    std::string type;  ///< a layer's id: "conv2d"
    nlohmann::json settings = nlohmann::json::object();
    double x = 0, y = 0;  ///< place on the canvas
    bool frozen = false;  ///< its parameters are not trained

    bool operator==(const NetworkNode&) const = default;
};

struct NetworkEdge {
    std::string from, to;  ///< node ids
    int toPort = 0;        ///< which input of `to`
    bool operator==(const NetworkEdge&) const = default;
};

/// Of a network that was made elsewhere.
struct NetworkOrigin {
    std::string file;            ///< its name there, for people
    std::string parameters;      ///< content file with the numbers it begins with, by "node id/weight"; empty: it begins with random ones
    nlohmann::json preparation;  ///< what its inputs were made of, where the file says it; else null

    bool operator==(const NetworkOrigin&) const = default;
};

struct Network {
    std::string id;
    std::string name;
    std::vector<NetworkNode> nodes;
    std::vector<NetworkEdge> edges;
    NetworkOrigin origin = {};

    bool operator==(const Network&) const = default;
    const NetworkNode* node(const std::string& nodeId) const;
    /// Appends a node with a free name made from the type ("conv2d_2"), linked to `after` (empty: unlinked); gives its id.
    std::string append(const std::string& type, nlohmann::json settings, const std::string& after = {});
    /// Nodes that feed `nodeId`, by port.
    std::vector<std::string> inputsOf(const std::string& nodeId) const;
};

/// {"format": "lamina-network", "version": 1, "nodes": […], "edges": […]}; "origin" where it has one.
nlohmann::json networkToJson(const Network& network);
/// Checks names, ids and edges ("network.…" errors name the node).
Result<Network> networkFromJson(const nlohmann::json& json);
/// Node indices so that every node comes after what feeds it, stable; "network.cycle" names a node on it.
Result<std::vector<std::size_t>> topologicalOrder(const Network& network);

}  // namespace lamina
