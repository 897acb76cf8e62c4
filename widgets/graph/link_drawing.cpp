#include "widgets/graph/link_drawing.h"

#include <algorithm>

namespace lamina {
namespace {

/// Ports are taken within 9 pixels, ends are found within 14, and within as many of the scene's units where that is more.
constexpr double linkReach = 9, endReach = 14;

}  // namespace

bool LinkDrawing::beginAt(QPointF place, double reach) {
    const double near = std::max(linkReach, reach * linkReach);
    if (const auto port = m_graph.outputPortAt(place, near)) {
        m_lifted.reset();
        begin(*port, true);
    } else if (const auto input = m_graph.inputPortAt(place, near)) {
        const NetworkEdge* edge = m_graph.edgeInto(input->node, input->port);
        m_lifted = edge ? std::optional(*edge) : std::nullopt;
        m_port = input->port;
        begin(edge ? edge->from : input->node, edge != nullptr);
    } else {
        return false;
    }
    follow(place, reach);
    return true;
}

void LinkDrawing::begin(const std::string& node, bool forward) {
    m_node = node;
    m_forward = forward;
    m_targets = targetsOf(node, forward);
    m_graph.setTargets(&m_targets);
    if (m_lifted) m_graph.hideEdge(&*m_lifted);
}

NodeIds LinkDrawing::targetsOf(const std::string& node, bool forward) const {
    const Network& network = m_graph.network();
    // Forward, whatever feeds the source would close a circle; backward, whatever the target feeds.
    const NodeIds circle = forward ? upstreamOf(network, node) : downstreamOf(network, node);
    NodeIds targets;
    for (const auto& candidate : network.nodes) {
        const GraphLayer* layer = m_graph.layer(candidate.type);
        const bool takes = !layer || layer->maximumInputs > 0;
        if (!circle.count(candidate.id) && (takes || !forward)) targets.insert(candidate.id);
    }
    return targets;
}

std::string LinkDrawing::targetAt(QPointF place, double reach) const {
    const double near = std::max(endReach, reach * endReach);
    if (m_forward)
        if (const auto input = m_graph.inputPortAt(place, near); input && m_targets.count(input->node)) return input->node;
    if (!m_forward)
        if (const auto output = m_graph.outputPortAt(place, near); output && m_targets.count(*output)) return *output;
    const auto* item = m_graph.nodeAt(place);
    return item && m_targets.count(item->id()) ? item->id() : std::string();
}

int LinkDrawing::portAt(const std::string& node, QPointF place, double reach) const {
    const auto input = m_graph.inputPortAt(place, std::max(endReach, reach * endReach));
    if (input && input->node == node) return input->port;
    const GraphLayer* layer = m_graph.layer(m_graph.network().node(node)->type);
    const int free = freePort(m_graph.network(), node);
    return layer && free >= layer->maximumInputs ? std::max(0, layer->maximumInputs - 1) : free;
}

void LinkDrawing::follow(QPointF place, double reach) {
    const std::string target = targetAt(place, reach);
    QPointF end = place;
    if (!target.empty()) end = m_forward ? m_graph.node(target)->inputPort(portAt(target, place, reach)) : m_graph.node(target)->outputPort();
    const auto* node = m_graph.node(m_node);
    if (m_forward) m_graph.showLooseEdge(node->outputPort(), end);
    else m_graph.showLooseEdge(end, node->inputPort(m_port));
}

LinkDrawing::End LinkDrawing::endAt(QPointF place, double reach) const {
    const std::string target = targetAt(place, reach);
    return {m_node, target, target.empty() || !m_forward ? m_port : portAt(target, place, reach), m_forward, m_lifted};
}

void LinkDrawing::cancel() {
    m_lifted.reset();
    m_graph.hideLooseEdge();
    m_graph.hideEdge(nullptr);
    m_graph.setTargets(nullptr);
}

}  // namespace lamina
