#include "widgets/graph/graph_scene.h"

#include <QLineF>

#include "widgets/graph/problem_item.h"

namespace lamina {

GraphScene::GraphScene(QObject* parent) : QGraphicsScene(parent), m_loose(new EdgeItem({})) {
    // A few hundred items that move: a list is as fast as a tree that has to be kept.
    setItemIndexMethod(NoIndex);
    m_loose->setZValue(3);
    m_loose->hide();
    addItem(m_loose);
}

void GraphScene::setLayers(const std::vector<GraphLayer>& layers) {
    m_layers.clear();
    for (const auto& layer : layers) m_layers[layer.id] = layer;
    updateNodes();
    updateEnds();
}

const GraphLayer* GraphScene::layer(const std::string& type) const {
    const auto found = m_layers.find(type);
    return found == m_layers.end() ? nullptr : &found->second;
}

void GraphScene::setNetwork(const Network& network) {
    m_network = network;
    updateNodes();
    updateEdges();
    updateEnds();
    updateLooks();
}

int GraphScene::portsOf(const NetworkNode& node, int used) const {
    const GraphLayer* kind = layer(node.type);
    if (!kind) return std::max(1, used);
    // A layer that joins shows one port more than it needs, for the next link.
    const int open = kind->maximumInputs > 1 ? std::min(kind->maximumInputs, used + 1) : kind->maximumInputs;
    return std::max({kind->minimumInputs, open, used});
}

void GraphScene::updateNodes() {
    std::map<std::string, NodeItem*> kept;
    std::map<std::string, int> used;
    for (const auto& edge : m_network.edges) used[edge.to] = std::max(used[edge.to], edge.toPort + 1);
    for (const auto& node : m_network.nodes) {
        auto found = m_nodes.extract(node.id);
        NodeItem* item = found.empty() ? new NodeItem(node.id) : found.mapped();
        if (!item->scene()) addItem(item);
        const GraphLayer* kind = layer(node.type);
        item->setNode(node, kind ? *kind : m_unknown, portsOf(node, used[node.id]));
        kept[node.id] = item;
    }
    for (auto& [id, item] : m_nodes) {
        m_problems.erase(id);
        delete item;
    }
    m_nodes = std::move(kept);
    for (auto& [id, item] : m_nodes) {
        const auto note = m_notes.find(id);
        item->setNote(note == m_notes.end() ? GraphNote{} : note->second);
        updateProblem(item);
    }
}

void GraphScene::updateProblem(NodeItem* item) {
    const auto note = m_notes.find(item->id());
    const bool wanted = note != m_notes.end() && !note->second.problem.isEmpty();
    auto& problem = m_problems[item->id()];
    if (wanted && !problem) problem = new ProblemItem(item);
    if (wanted) problem->setTexts(note->second.problem, note->second.fix);
    if (wanted) return;
    delete problem;
    m_problems.erase(item->id());
}

void GraphScene::updateEdges() {
    std::map<EdgeKey, EdgeItem*> kept;
    for (const auto& edge : m_network.edges) {
        const EdgeKey key{edge.to, edge.toPort};
        auto found = m_edges.extract(key);
        EdgeItem* item = found.empty() ? nullptr : found.mapped();
        if (item && item->edge() != edge) {
            delete item;
            item = nullptr;
        }
        if (!item) addItem(item = new EdgeItem(edge));
        item->show();
        kept[key] = item;
    }
    for (auto& [key, item] : m_edges) delete item;
    m_edges = std::move(kept);
}

void GraphScene::updateEnds() {
    for (auto& [key, item] : m_edges) {
        const NodeItem *from = node(item->edge().from), *to = node(item->edge().to);
        if (from && to) item->setEnds(from->outputPort(), to->inputPort(item->edge().toPort));
    }
}

void GraphScene::setNotes(const GraphNotes& notes) {
    m_notes = notes;
    for (auto& [id, item] : m_nodes) {
        const auto note = m_notes.find(id);
        item->setNote(note == m_notes.end() ? GraphNote{} : note->second);
        updateProblem(item);
    }
}

void GraphScene::refresh() {
    for (auto& [id, item] : m_nodes) item->refresh();
    update();
}

NodeItem* GraphScene::node(const std::string& id) const {
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : found->second;
}

QRectF GraphScene::bounds() const {
    QRectF all;
    for (auto& [id, item] : m_nodes) all = all.united(item->card());
    for (auto& [id, item] : m_problems) all = all.united(item->sceneBoundingRect());
    return all;
}

NodeItem* GraphScene::nodeAt(QPointF place) const {
    NodeItem* found = nullptr;
    for (auto& [id, item] : m_nodes)
        if (item->card().contains(place) && (!found || item->zValue() >= found->zValue())) found = item;
    return found;
}

std::optional<std::string> GraphScene::outputPortAt(QPointF place, double reach) const {
    for (auto& [id, item] : m_nodes)
        if (QLineF(place, item->outputPort()).length() <= reach) return id;
    return std::nullopt;
}

std::optional<GraphScene::InputPort> GraphScene::inputPortAt(QPointF place, double reach) const {
    for (auto& [id, item] : m_nodes) {
        if (!item->card().adjusted(-reach, -reach, reach, reach).contains(place)) continue;
        for (int port = 0; port < item->ports(); ++port)
            if (QLineF(place, item->inputPort(port)).length() <= reach) return InputPort{id, port};
    }
    return std::nullopt;
}

const NetworkEdge* GraphScene::edgeAt(QPointF place, double reach) const {
    const EdgeItem* nearest = nullptr;
    double best = reach;
    for (auto& [key, item] : m_edges) {
        const double distance = item->distanceTo(place);
        if (distance > best) continue;
        best = distance;
        nearest = item;
    }
    return nearest ? &nearest->edge() : nullptr;
}

const NetworkEdge* GraphScene::edgeUnderCard(QPointF middle) const {
    const QRectF card(middle.x() - 0.4 * NodeRoom::width, middle.y() - NodeRoom::height / 2, 0.8 * NodeRoom::width, NodeRoom::height);
    const EdgeItem* nearest = nullptr;
    double best = 1e9;
    for (auto& [key, item] : m_edges) {
        const double distance = item->distanceWithin(card);
        if (distance >= best) continue;
        best = distance;
        nearest = item;
    }
    return nearest ? &nearest->edge() : nullptr;
}

std::optional<std::string> GraphScene::fixAt(QPointF place) const {
    for (auto& [id, item] : m_problems)
        if (item->button().contains(place)) return id;
    return std::nullopt;
}

NodeIds GraphScene::nodesIn(const QRectF& area) const {
    NodeIds found;
    for (auto& [id, item] : m_nodes)
        if (item->card().intersects(area)) found.insert(id);
    return found;
}

const NetworkEdge* GraphScene::edgeInto(const std::string& node, int port) const {
    const auto found = m_edges.find({node, port});
    return found == m_edges.end() ? nullptr : &found->second->edge();
}

void GraphScene::setSelection(const NodeIds& nodes, const std::string& current, const std::optional<NetworkEdge>& edge) {
    m_selected = nodes;
    m_current = current;
    m_selectedEdge = edge;
    updateLooks();
}

void GraphScene::setTargets(const NodeIds* targets) {
    m_targets = targets ? std::optional(*targets) : std::nullopt;
    updateLooks();
}

void GraphScene::setEdgeTarget(const NetworkEdge* edge) {
    m_edgeTarget = edge ? std::optional(*edge) : std::nullopt;
    updateLooks();
}

void GraphScene::updateLooks() {
    for (auto& [id, item] : m_nodes) {
        const bool target = m_targets && m_targets->count(id);
        item->setLook({.selected = m_selected.count(id) > 0,
                       .current = m_selected.size() > 1 && id == m_current,
                       .dimmed = m_targets && !target,
                       .target = target});
    }
    for (auto& [key, item] : m_edges)
        item->setLook({.selected = m_selectedEdge == item->edge(), .target = m_edgeTarget == item->edge(), .dimmed = m_targets.has_value()});
}

void GraphScene::showMoved(const NodeIds& nodes, QPointF by) {
    for (const auto& node : m_network.nodes)
        if (nodes.count(node.id)) m_nodes.at(node.id)->setPos(QPointF(node.x, node.y) + by);
    for (auto& [key, item] : m_edges) {
        if (!nodes.count(item->edge().from) && !nodes.count(item->edge().to)) continue;
        item->setEnds(m_nodes.at(item->edge().from)->outputPort(), m_nodes.at(item->edge().to)->inputPort(item->edge().toPort));
    }
}

void GraphScene::showLooseEdge(QPointF from, QPointF to) {
    m_loose->setEnds(from, to);
    m_loose->setLook({.selected = true});
    m_loose->setZValue(3);
    m_loose->show();
}

void GraphScene::hideLooseEdge() { m_loose->hide(); }

void GraphScene::hideEdge(const NetworkEdge* edge) {
    for (auto& [key, item] : m_edges) item->setVisible(!edge || item->edge() != *edge);
}

}  // namespace lamina
