#include "widgets/graph/network_walk.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lamina {
namespace {

bool areLinked(const Network& network, const std::string& a, const std::string& b) {
    return std::any_of(network.edges.begin(), network.edges.end(),
                       [&](const auto& edge) { return (edge.from == a && edge.to == b) || (edge.to == a && edge.from == b); });
}

/// How far a node is in the direction of the key; nothing where it lies elsewhere. What is aside counts three times.
double wayTo(const NetworkNode& from, const NetworkNode& to, int key) {
    const double dx = to.x - from.x, dy = to.y - from.y;
    const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
    const double ahead = key == Qt::Key_Left ? -dx : key == Qt::Key_Right ? dx : key == Qt::Key_Up ? -dy : dy;
    return ahead <= 0 ? -1 : ahead + 3 * std::abs(sideways ? dy : dx);
}

}  // namespace

bool readsBefore(const NetworkNode& a, const NetworkNode& b) { return std::pair(a.y, a.x) < std::pair(b.y, b.x); }

std::vector<std::string> runningOrder(const Network& network) {
    std::vector<std::string> ids;
    if (const auto order = topologicalOrder(network))
        for (const auto index : *order) ids.push_back(network.nodes[index].id);
    else
        for (const auto& node : network.nodes) ids.push_back(node.id);
    return ids;
}

std::string nextNode(const Network& network, const std::string& current, bool forward) {
    const auto order = runningOrder(network);
    if (order.empty()) return {};
    const auto at = std::find(order.begin(), order.end(), current);
    if (at == order.end()) return forward ? order.front() : order.back();
    if (forward) return at + 1 == order.end() ? std::string() : *(at + 1);
    return at == order.begin() ? std::string() : *(at - 1);
}

std::string neighbour(const Network& network, const std::string& current, int key) {
    const NetworkNode* here = network.node(current);
    if (!here) return {};
    const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
    std::string best;
    double bestCost = 1e18;
    for (const auto& node : network.nodes) {
        const double way = wayTo(*here, node, key);
        if (way < 0) continue;
        const double cost = way - (!sideways && areLinked(network, current, node.id) ? 1e6 : 0);
        if (cost >= bestCost) continue;
        bestCost = cost;
        best = node.id;
    }
    return best;
}

std::vector<std::string> nodesNamed(const Network& network, const QString& text, const std::function<QString(const std::string& type)>& titleOf) {
    std::vector<std::string> found;
    const QString wanted = text.trimmed();
    if (wanted.isEmpty()) return found;
    for (const auto& id : runningOrder(network)) {
        const NetworkNode* node = network.node(id);
        const QString words = QString::fromStdString(node->name + ' ' + node->type) + QLatin1Char(' ') + titleOf(node->type);
        if (words.contains(wanted, Qt::CaseInsensitive)) found.push_back(id);
    }
    return found;
}

}  // namespace lamina
