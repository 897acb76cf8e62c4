// What people do to a network, as plain functions on the value: the window, the command line and the tests share them.
// None of them makes a network that networkFromJson() would refuse. Ids that are not there are passed over.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace lamina {

using NodeIds = std::set<std::string>;

/// Room that a node takes on the canvas, and the distance between the tops of two nodes in a chain.
struct NodeRoom {
    static constexpr double width = 216, height = 66, column = 264, row = 96;
};

/// "dense_3": the first number that no node of this type has.
std::string freeNodeName(const Network& network, const std::string& type);
/// The node itself and all that feed it, directly or through others.
NodeIds upstreamOf(const Network& network, const std::string& id);
/// The node itself and all that it feeds, directly or through others.
NodeIds downstreamOf(const Network& network, const std::string& id);
/// Is there a way along the edges from one node to the other? A node reaches itself.
bool reaches(const Network& network, const std::string& from, const std::string& to);
/// Could an edge be drawn: both are there, it closes no circle, and it is not there already at this port?
bool canConnect(const Network& network, const std::string& from, const std::string& to, int toPort);
/// Draws the edge; what fed this port before no longer does. false, and nothing changed, where it cannot be.
bool connectNodes(Network& network, const std::string& from, const std::string& to, int toPort);
bool disconnectEdge(Network& network, const NetworkEdge& edge);
/// The lowest port of `to` that nothing feeds.
int freePort(const Network& network, const std::string& to);

/// A new node at a place, linked to nothing; gives its id.
std::string addNode(Network& network, const std::string& type, nlohmann::json settings, double x, double y);
/// Puts a node that has no edges between the two ends of an edge and makes room for it below. false where it cannot be.
bool insertOnEdge(Network& network, const std::string& nodeId, const NetworkEdge& edge);
/// Puts a node that has no edges behind `after`: it takes over what `after` fed, and a place below it with room. `feedsOn` false: it is only linked.
bool insertAfter(Network& network, const std::string& nodeId, const std::string& after, bool feedsOn);

enum class Removal {
    Rejoin,  ///< what fed a removed node now feeds what it fed
    Cut      ///< the edges go with the nodes
};
void removeNodes(Network& network, const NodeIds& ids, Removal removal);
void moveNodes(Network& network, const NodeIds& ids, double dx, double dy);

/// Only these nodes and the edges between them.
Network partOf(const Network& network, const NodeIds& ids);
/// Adds the nodes of a part under new ids and, where taken, new names; gives the new ids.
NodeIds pastePart(Network& network, const Network& part, double dx, double dy);

/// Places in layers from top to bottom in the direction of the edges: every node below all that feed it, few crossings, nothing overlaps.
/// The same network gives the same places; the upper left corner of the whole stays. On a circle nothing moves.
void arrangeNodes(Network& network);

}  // namespace lamina
