#include "widgets/graph/edited_network.h"

#include <utility>

namespace lamina {
namespace {

constexpr int nudgeMilliseconds = 600;

}  // namespace

EditedNetwork::EditedNetwork(QObject* parent) : QObject(parent) {
    m_nudgeEnd.setSingleShot(true);
    m_nudgeEnd.setInterval(nudgeMilliseconds);
    connect(&m_nudgeEnd, &QTimer::timeout, this, &EditedNetwork::commit);
}

void EditedNetwork::show(Network network) {
    m_network = std::move(network);
    emit changed();
}

void EditedNetwork::reset(const Network& network) {
    m_nudgeEnd.stop();
    m_nudged.clear();
    show(network);
}

std::string EditedNetwork::nameOf(const NodeIds& nodes) const {
    for (const auto& node : m_network.nodes)
        if (nodes.count(node.id)) return node.name;
    return {};
}

void EditedNetwork::announce(NetworkEdit edit) {
    edit.network = m_network;
    emit edited(edit);
}

void EditedNetwork::apply(NetworkEdit::Kind kind, Network network, const NodeIds& about, int count) {
    if (m_readOnly || network == m_network) return;
    commit();
    // Removed nodes are known before, new ones after.
    const std::string before = nameOf(about);
    show(std::move(network));
    announce({kind, {}, before.empty() ? nameOf(about) : before, {}, count});
}

void EditedNetwork::applyLink(NetworkEdit::Kind kind, Network network, const NetworkEdge& edge) {
    if (m_readOnly) return;
    commit();
    show(std::move(network));
    announce({kind, {}, nameOf({edge.from}), nameOf({edge.to}), 1});
}

void EditedNetwork::nudge(const NodeIds& nodes, double dx, double dy) {
    if (m_readOnly) return;
    m_nudged = nodes;
    Network next = m_network;
    moveNodes(next, m_nudged, dx, dy);
    show(std::move(next));
    m_nudgeEnd.start();
}

void EditedNetwork::commit() {
    if (m_nudged.empty()) return;
    m_nudgeEnd.stop();
    const NodeIds nudged = std::exchange(m_nudged, {});
    announce({NetworkEdit::Kind::Move, {}, nameOf(nudged), {}, static_cast<int>(nudged.size())});
}

}  // namespace lamina
