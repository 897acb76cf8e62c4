#include "widgets/graph/graph_commands.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>
#include <cmath>

#include "widgets/graph/network_walk.h"

namespace lamina {
namespace {

constexpr const char* networkMimeType = "application/x-lamina-network";
constexpr double pasteStep = 32;

std::optional<Network> networkFromClipboard() {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (!data) return std::nullopt;
    const QByteArray own = data->data(QLatin1String(networkMimeType));
    const QByteArray text = own.isEmpty() ? data->text().toUtf8() : own;
    if (text.isEmpty()) return std::nullopt;
    auto network = networkFromJson(nlohmann::json::parse(text.toStdString(), nullptr, false));
    if (!network || network->nodes.empty()) return std::nullopt;
    return std::move(*network);
}

}  // namespace

std::string GraphCommands::addAt(Network& network, const std::string& type, QPointF place) const {
    const GraphLayer* layer = m_scene.layer(type);
    return addNode(network, type, layer ? layer->settings : nlohmann::json::object(), std::round(place.x()), std::round(place.y()));
}

std::string GraphCommands::placeToAdd() const {
    if (!m_view.current().empty()) return m_view.current();
    if (network().node(m_lastAdded)) return m_lastAdded;
    const NetworkNode* last = nullptr;
    for (const auto& node : network().nodes) {
        const bool feeds = std::any_of(network().edges.begin(), network().edges.end(), [&](const auto& edge) { return edge.from == node.id; });
        if (!feeds && (!last || readsBefore(*last, node))) last = &node;
    }
    return last ? last->id : std::string();
}

void GraphCommands::addLayer(const std::string& type) {
    if (m_edited.readOnly()) return;
    m_edited.commit();
    const GraphLayer* layer = m_scene.layer(type);
    const std::string after = placeToAdd();
    Network next = network();
    QPointF place = m_view.visibleArea().center() - QPointF(NodeRoom::width / 2, NodeRoom::height / 2);
    if (network().nodes.empty()) place = {0, 0};
    const std::string id = addAt(next, type, place);
    if (layer && layer->maximumInputs > 0 && !after.empty()) insertAfter(next, id, after, true);
    m_lastAdded = id;
    m_edited.apply(NetworkEdit::Kind::Add, std::move(next), {id});
    m_view.select({id}, id);
    m_view.showNode(id);
}

/// Beside what lies there already.
QPointF GraphCommands::freePlace(QPointF place) const {
    const auto taken = [&](const NetworkNode& node) {
        return std::abs(node.x - place.x()) < NodeRoom::width && std::abs(node.y - place.y()) < NodeRoom::height;
    };
    while (std::any_of(network().nodes.begin(), network().nodes.end(), taken)) place.rx() += NodeRoom::column / 2;
    return place;
}

void GraphCommands::dropLayer(const std::string& type, QPointF place, const NetworkEdge* edge) {
    Network next = network();
    const std::string id = addAt(next, type, freePlace(place - QPointF(NodeRoom::width / 2, NodeRoom::height / 2)));
    const bool inserted = edge && insertOnEdge(next, id, *edge);
    m_lastAdded = id;
    m_edited.apply(inserted ? NetworkEdit::Kind::Insert : NetworkEdit::Kind::Add, std::move(next), {id});
    m_view.select({id}, id);
}

void GraphCommands::remove(Removal removal) {
    if (const auto edge = m_view.selectedEdge()) return unlink(*edge);
    const NodeIds nodes = m_view.selection();
    if (nodes.empty()) return;
    Network next = network();
    const auto before = network().inputsOf(m_view.current());
    removeNodes(next, nodes, removal);
    m_edited.apply(NetworkEdit::Kind::Remove, std::move(next), nodes, static_cast<int>(nodes.size()));
    // The keyboard goes on where it was.
    if (!before.empty() && network().node(before.front())) m_view.select({before.front()}, before.front());
}

void GraphCommands::moveSelected(double dx, double dy) {
    const NodeIds nodes = m_view.selection();
    Network next = network();
    moveNodes(next, nodes, dx, dy);
    m_edited.apply(NetworkEdit::Kind::Move, std::move(next), nodes, static_cast<int>(nodes.size()));
}

void GraphCommands::link(const NetworkEdge& edge) {
    Network next = network();
    if (connectNodes(next, edge.from, edge.to, edge.toPort)) m_edited.applyLink(NetworkEdit::Kind::Connect, std::move(next), edge);
}

void GraphCommands::relink(const NetworkEdge& old, const NetworkEdge& edge) {
    Network next = network();
    disconnectEdge(next, old);
    if (connectNodes(next, edge.from, edge.to, edge.toPort)) m_edited.applyLink(NetworkEdit::Kind::Connect, std::move(next), edge);
}

void GraphCommands::unlink(const NetworkEdge& edge) {
    Network next = network();
    if (disconnectEdge(next, edge)) m_edited.applyLink(NetworkEdit::Kind::Disconnect, std::move(next), edge);
}

void GraphCommands::insert(const std::string& node, const NetworkEdge& edge) {
    Network next = network();
    if (insertOnEdge(next, node, edge)) m_edited.apply(NetworkEdit::Kind::Insert, std::move(next), {node});
}

void GraphCommands::copy() {
    const Network part = partOf(network(), m_view.selection());
    if (part.nodes.empty()) return;
    const QByteArray text = QByteArray::fromStdString(networkToJson(part).dump());
    auto* data = new QMimeData;
    data->setData(QLatin1String(networkMimeType), text);
    data->setText(QString::fromUtf8(text));
    QGuiApplication::clipboard()->setMimeData(data);
    m_pastes = 0;
}

void GraphCommands::paste() {
    const auto part = networkFromClipboard();
    if (!part) return;
    QRectF place;
    for (const auto& node : part->nodes) place = place.united(QRectF(node.x, node.y, NodeRoom::width, NodeRoom::height));
    ++m_pastes;
    QPointF by(pasteStep * m_pastes, pasteStep * m_pastes);
    // From far away, or from another network: into what is seen.
    if (!m_view.visibleArea().intersects(place.translated(by))) by = m_view.visibleArea().center() - place.center();
    pasteOf(*part, std::round(by.x()), std::round(by.y()), NetworkEdit::Kind::Paste);
}

void GraphCommands::duplicate() {
    const Network part = partOf(network(), m_view.selection());
    if (!part.nodes.empty()) pasteOf(part, NodeRoom::column, 0, NetworkEdit::Kind::Duplicate);
}

void GraphCommands::pasteOf(const Network& part, double dx, double dy, NetworkEdit::Kind kind) {
    if (m_edited.readOnly()) return;
    Network next = network();
    const NodeIds added = pastePart(next, part, dx, dy);
    m_edited.apply(kind, std::move(next), added, static_cast<int>(added.size()));
    m_view.select(added);
}

void GraphCommands::connectSelected() {
    const NodeIds nodes = m_view.selection();
    if (nodes.size() != 2) return;
    const NetworkNode *first = network().node(*nodes.begin()), *second = network().node(*nodes.rbegin());
    if (readsBefore(*second, *first)) std::swap(first, second);
    const GraphLayer* layer = m_scene.layer(second->type);
    const int most = layer ? layer->maximumInputs : 1;
    if (most < 1) return;
    const NetworkEdge edge{first->id, second->id, std::min(freePort(network(), second->id), most - 1)};
    link(edge);
}

void GraphCommands::disconnectSelected() {
    Network next = network();
    const NodeIds nodes = m_view.selection();
    std::optional<NetworkEdge> first;
    for (const auto& edge : network().edges)
        if (nodes.count(edge.to) && !first) first = edge;
    if (!first) return;
    std::erase_if(next.edges, [&](const auto& edge) { return nodes.count(edge.to) > 0; });
    m_edited.applyLink(NetworkEdit::Kind::Disconnect, std::move(next), *first);
}

void GraphCommands::arrange() {
    Network next = network();
    arrangeNodes(next);
    m_edited.apply(NetworkEdit::Kind::Arrange, std::move(next), {}, static_cast<int>(network().nodes.size()));
    m_view.showReadable();
}

}  // namespace lamina
