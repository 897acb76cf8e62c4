#include "widgets/graph/graph_editor.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>

#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"
#include "widgets/graph/find_bar.h"
#include "widgets/graph/mini_map.h"

namespace lamina {
namespace {

constexpr const char* networkMimeType = "application/x-lamina-network";
constexpr double nudgeStep = 8, pasteStep = 32;
constexpr int nudgeMilliseconds = 600, overlayMargin = 12;

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

/// Links into ports in the order in which people read: upper before lower, left before right.
bool above(const NetworkNode& a, const NetworkNode& b) { return std::pair(a.y, a.x) < std::pair(b.y, b.x); }

}  // namespace

GraphEditor::GraphEditor(QWidget* parent)
    : QWidget(parent),
      m_scene(new GraphScene(this)),
      m_view(new GraphView(m_scene, this)),
      m_map(new MiniMap(m_view, this)),
      m_find(new FindBar(this)),
      m_hint(new QLabel(m_view->viewport())),
      m_actions(m_view) {
    setObjectName(QStringLiteral("graphEditor"));
    setFocusProxy(m_view);
    setMinimumSize(200, 160);
    m_hint->setObjectName(QStringLiteral("canvasHint"));
    m_hint->setProperty(ThemeRole::muted, true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_nudgeEnd.setSingleShot(true);
    m_nudgeEnd.setInterval(nudgeMilliseconds);
    connect(&m_nudgeEnd, &QTimer::timeout, this, &GraphEditor::commit);
    connect(m_view, &GraphView::viewChanged, this, &GraphEditor::placeOverlays);
    connectView();
    connectActions();
    retranslate();
    updateActions();
}

GraphEditor::~GraphEditor() {
    // Before the scene, whose end would make them look at it once more.
    delete m_map;
    delete m_view;
}

void GraphEditor::connectView() {
    connect(m_view, &GraphView::selectionChanged, this, [this] {
        commit();
        updateActions();
        updateDescription();
        emit selectionChanged();
    });
    connect(m_view, &GraphView::moveWanted, this, [this](double dx, double dy) {
        Network next = m_network;
        moveNodes(next, selected(), dx, dy);
        apply(NetworkEdit::Kind::Move, std::move(next), selected(), static_cast<int>(selected().size()));
    });
    connect(m_view, &GraphView::connectWanted, this, [this](const std::string& from, const std::string& to, int port) {
        Network next = m_network;
        if (connectNodes(next, from, to, port)) applyLink(NetworkEdit::Kind::Connect, std::move(next), {from, to, port});
    });
    connect(m_view, &GraphView::reconnectWanted, this, [this](const NetworkEdge& old, const std::string& to, int port) {
        Network next = m_network;
        disconnectEdge(next, old);
        if (connectNodes(next, old.from, to, port)) applyLink(NetworkEdit::Kind::Connect, std::move(next), {old.from, to, port});
    });
    connect(m_view, &GraphView::disconnectWanted, this, [this](const NetworkEdge& edge) {
        Network next = m_network;
        if (disconnectEdge(next, edge)) applyLink(NetworkEdit::Kind::Disconnect, std::move(next), edge);
    });
    connect(m_view, &GraphView::insertWanted, this, [this](const std::string& node, const NetworkEdge& edge) {
        Network next = m_network;
        if (insertOnEdge(next, node, edge)) apply(NetworkEdit::Kind::Insert, std::move(next), {node});
    });
    connect(m_view, &GraphView::layerDropped, this, &GraphEditor::dropLayer);
    connect(m_view, &GraphView::fixWanted, this, &GraphEditor::fixWanted);
    connect(m_view, &GraphView::propertiesWanted, this, &GraphEditor::propertiesWanted);
    connect(m_view, &GraphView::walkWanted, this, &GraphEditor::walk);
    connect(m_view, &GraphView::keyWanted, this, &GraphEditor::keyPressed);
    connect(m_view, &GraphView::menuWanted, this, &GraphEditor::openMenu);
    connect(m_find, &FindBar::textChanged, this, [this] { find(true, true); });
    connect(m_find, &FindBar::stepWanted, this, [this](bool forward) { find(forward, false); });
    connect(m_find, &FindBar::closed, this, [this] {
        m_find->hide();
        m_view->setFocus(Qt::OtherFocusReason);
    });
}

void GraphEditor::connectActions() {
    const auto on = [this](GraphAction action, auto act) { connect(m_actions[action], &QAction::triggered, this, act); };
    on(GraphAction::SelectAll, [this] {
        NodeIds all;
        for (const auto& node : m_network.nodes) all.insert(node.id);
        m_view->select(all);
    });
    on(GraphAction::Copy, [this] { copy(); });
    on(GraphAction::Cut, [this] {
        copy();
        remove(Removal::Rejoin);
    });
    on(GraphAction::Paste, [this] { paste(); });
    on(GraphAction::Duplicate, [this] { duplicate(); });
    on(GraphAction::Remove, [this] { remove(Removal::Rejoin); });
    on(GraphAction::CutOut, [this] { remove(Removal::Cut); });
    on(GraphAction::Connect, [this] { connectSelected(); });
    on(GraphAction::Disconnect, [this] { disconnectSelected(); });
    on(GraphAction::Arrange, [this] { arrange(); });
    on(GraphAction::ZoomIn, [this] { m_view->zoomBy(1.2); });
    on(GraphAction::ZoomOut, [this] { m_view->zoomBy(1 / 1.2); });
    on(GraphAction::ZoomOriginal, [this] { m_view->zoomTo(1); });
    on(GraphAction::Fit, [this] { m_view->fitAll(); });
    on(GraphAction::Find, [this] {
        m_find->open();
        placeOverlays();
    });
    on(GraphAction::Properties, [this] { emit propertiesWanted(); });
}

// What is shown.

void GraphEditor::setLayers(const std::vector<GraphLayer>& layers) {
    m_scene->setLayers(layers);
    m_map->redraw();
}

void GraphEditor::setNetwork(const Network& network) {
    const bool other = !m_shown || network.id != m_network.id;
    m_shown = true;
    m_view->cancelGesture();
    m_nudgeEnd.stop();
    m_nudged.clear();
    if (other) m_lastAdded.clear();
    display(network);
    if (!other) return;
    m_view->select({});
    m_view->showReadable();
    m_fitWhenShown = !isVisible();
}

void GraphEditor::display(const Network& network) {
    m_network = network;
    m_scene->setNetwork(network);
    m_view->updateRoom();
    const auto before = selected();
    const auto edge = m_view->selectedEdge();
    const bool edgeGone = edge && std::find(network.edges.begin(), network.edges.end(), *edge) == network.edges.end();
    const bool nodeGone = std::any_of(before.begin(), before.end(), [&](const auto& id) { return !network.node(id); });
    if (edgeGone || nodeGone) m_view->select(before, m_view->current());
    m_map->redraw();
    updateActions();
}

void GraphEditor::setNotes(const GraphNotes& notes) {
    m_scene->setNotes(notes);
    m_view->updateRoom();
    m_map->redraw();
    updateDescription();
}

void GraphEditor::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    m_view->setReadOnly(readOnly);
    updateActions();
}

std::vector<std::string> GraphEditor::selection() const {
    std::vector<std::string> nodes;
    if (!m_view->current().empty()) nodes.push_back(m_view->current());
    for (const auto& id : selected())
        if (id != m_view->current()) nodes.push_back(id);
    return nodes;
}

void GraphEditor::select(const NodeIds& nodes) { m_view->select(nodes); }

void GraphEditor::goTo(const std::string& node) {
    m_view->select({node}, node);
    m_view->centreOnNode(node);
}

// Edits.

std::string GraphEditor::nameOf(const NodeIds& nodes) const {
    for (const auto& node : m_network.nodes)
        if (nodes.count(node.id)) return node.name;
    return {};
}

void GraphEditor::announce(NetworkEdit edit) {
    edit.network = m_network;
    emit edited(edit);
}

void GraphEditor::apply(NetworkEdit::Kind kind, Network network, const NodeIds& about, int count) {
    if (m_readOnly || network == m_network) return;
    commit();
    // Removed nodes are known before, new ones after.
    const std::string before = nameOf(about);
    display(network);
    announce({kind, {}, before.empty() ? nameOf(about) : before, {}, count});
}

void GraphEditor::applyLink(NetworkEdit::Kind kind, Network network, const NetworkEdge& edge) {
    if (m_readOnly) return;
    commit();
    display(network);
    announce({kind, {}, nameOf({edge.from}), nameOf({edge.to}), 1});
}

std::string GraphEditor::addAt(Network& network, const std::string& type, QPointF place) const {
    const GraphLayer* layer = m_scene->layer(type);
    return addNode(network, type, layer ? layer->settings : nlohmann::json::object(), std::round(place.x()), std::round(place.y()));
}

/// Behind what is selected, or behind what was added last, or where the network ends.
std::string GraphEditor::placeToAdd() const {
    if (!m_view->current().empty()) return m_view->current();
    if (m_network.node(m_lastAdded)) return m_lastAdded;
    const NetworkNode* last = nullptr;
    for (const auto& node : m_network.nodes) {
        const bool feeds = std::any_of(m_network.edges.begin(), m_network.edges.end(), [&](const auto& edge) { return edge.from == node.id; });
        if (!feeds && (!last || above(*last, node))) last = &node;
    }
    return last ? last->id : std::string();
}

void GraphEditor::addLayer(const std::string& type) {
    if (m_readOnly) return;
    commit();
    const GraphLayer* layer = m_scene->layer(type);
    const std::string after = placeToAdd();
    Network next = m_network;
    QPointF place = m_view->visibleArea().center() - QPointF(NodeRoom::width / 2, NodeRoom::height / 2);
    if (m_network.nodes.empty()) place = {0, 0};
    const std::string id = addAt(next, type, place);
    if (layer && layer->maximumInputs > 0 && !after.empty()) insertAfter(next, id, after, true);
    m_lastAdded = id;
    apply(NetworkEdit::Kind::Add, std::move(next), {id});
    m_view->select({id}, id);
    m_view->showNode(id);
}

/// Beside what lies there already.
QPointF GraphEditor::freePlace(QPointF place) const {
    const auto taken = [&](const NetworkNode& node) {
        return std::abs(node.x - place.x()) < NodeRoom::width && std::abs(node.y - place.y()) < NodeRoom::height;
    };
    while (std::any_of(m_network.nodes.begin(), m_network.nodes.end(), taken)) place.rx() += NodeRoom::column / 2;
    return place;
}

void GraphEditor::dropLayer(const std::string& type, QPointF place, const NetworkEdge* edge) {
    Network next = m_network;
    const std::string id = addAt(next, type, freePlace(place - QPointF(NodeRoom::width / 2, NodeRoom::height / 2)));
    const bool inserted = edge && insertOnEdge(next, id, *edge);
    m_lastAdded = id;
    apply(inserted ? NetworkEdit::Kind::Insert : NetworkEdit::Kind::Add, std::move(next), {id});
    m_view->select({id}, id);
}

void GraphEditor::remove(Removal removal) {
    Network next = m_network;
    if (const auto edge = m_view->selectedEdge()) {
        if (disconnectEdge(next, *edge)) applyLink(NetworkEdit::Kind::Disconnect, std::move(next), *edge);
        return;
    }
    const NodeIds nodes = selected();
    if (nodes.empty()) return;
    const auto before = m_network.inputsOf(m_view->current());
    removeNodes(next, nodes, removal);
    apply(NetworkEdit::Kind::Remove, std::move(next), nodes, static_cast<int>(nodes.size()));
    // The keyboard goes on where it was.
    if (!before.empty() && m_network.node(before.front())) m_view->select({before.front()}, before.front());
}

void GraphEditor::copy() {
    const Network part = partOf(m_network, selected());
    if (part.nodes.empty()) return;
    const QByteArray text = QByteArray::fromStdString(networkToJson(part).dump());
    auto* data = new QMimeData;
    data->setData(QLatin1String(networkMimeType), text);
    data->setText(QString::fromUtf8(text));
    QGuiApplication::clipboard()->setMimeData(data);
    m_pastes = 0;
}

void GraphEditor::paste() {
    const auto part = networkFromClipboard();
    if (!part) return;
    QRectF place;
    for (const auto& node : part->nodes) place = place.united(QRectF(node.x, node.y, NodeRoom::width, NodeRoom::height));
    ++m_pastes;
    QPointF by(pasteStep * m_pastes, pasteStep * m_pastes);
    // From far away, or from another network: into what is seen.
    if (!m_view->visibleArea().intersects(place.translated(by))) by = m_view->visibleArea().center() - place.center();
    pasteOf(*part, std::round(by.x()), std::round(by.y()), NetworkEdit::Kind::Paste);
}

void GraphEditor::duplicate() {
    const Network part = partOf(m_network, selected());
    if (!part.nodes.empty()) pasteOf(part, NodeRoom::column, 0, NetworkEdit::Kind::Duplicate);
}

void GraphEditor::pasteOf(const Network& part, double dx, double dy, NetworkEdit::Kind kind) {
    if (m_readOnly) return;
    Network next = m_network;
    const NodeIds added = pastePart(next, part, dx, dy);
    apply(kind, std::move(next), added, static_cast<int>(added.size()));
    m_view->select(added);
}

void GraphEditor::connectSelected() {
    const NodeIds nodes = selected();
    if (nodes.size() != 2) return;
    const NetworkNode *first = m_network.node(*nodes.begin()), *second = m_network.node(*nodes.rbegin());
    if (above(*second, *first)) std::swap(first, second);
    const GraphLayer* layer = m_scene->layer(second->type);
    const int most = layer ? layer->maximumInputs : 1;
    if (most < 1) return;
    const NetworkEdge edge{first->id, second->id, std::min(freePort(m_network, second->id), most - 1)};
    Network next = m_network;
    if (connectNodes(next, edge.from, edge.to, edge.toPort)) applyLink(NetworkEdit::Kind::Connect, std::move(next), edge);
}

void GraphEditor::disconnectSelected() {
    Network next = m_network;
    const NodeIds nodes = selected();
    std::optional<NetworkEdge> first;
    for (const auto& edge : m_network.edges)
        if (nodes.count(edge.to) && !first) first = edge;
    if (!first) return;
    std::erase_if(next.edges, [&](const auto& edge) { return nodes.count(edge.to) > 0; });
    applyLink(NetworkEdit::Kind::Disconnect, std::move(next), *first);
}

void GraphEditor::arrange() {
    Network next = m_network;
    arrangeNodes(next);
    apply(NetworkEdit::Kind::Arrange, std::move(next), {}, static_cast<int>(m_network.nodes.size()));
    m_view->showReadable();
}

// Keys.

void GraphEditor::keyPressed(QKeyEvent* event) {
    const int key = event->key();
    const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
    if (!arrow) return;
    if (event->modifiers() & Qt::ControlModifier) return;  // scrolls
    event->accept();
    if (selected().empty() || (event->modifiers() & Qt::AltModifier)) return walkAlong(key, event->modifiers() & Qt::ShiftModifier);
    const double step = event->modifiers() & Qt::ShiftModifier ? 1 : nudgeStep;
    nudge(key == Qt::Key_Left ? -step : key == Qt::Key_Right ? step : 0, key == Qt::Key_Up ? -step : key == Qt::Key_Down ? step : 0);
}

void GraphEditor::nudge(double dx, double dy) {
    if (m_readOnly) return;
    m_nudged = selected();
    Network next = m_network;
    moveNodes(next, m_nudged, dx, dy);
    display(next);
    m_nudgeEnd.start();
}

void GraphEditor::commit() {
    if (m_nudged.empty()) return;
    m_nudgeEnd.stop();
    const NodeIds nudged = std::exchange(m_nudged, {});
    announce({NetworkEdit::Kind::Move, {}, nameOf(nudged), {}, static_cast<int>(nudged.size())});
}

std::vector<std::string> GraphEditor::runningOrder() const {
    std::vector<std::string> ids;
    if (const auto order = topologicalOrder(m_network))
        for (const auto index : *order) ids.push_back(m_network.nodes[index].id);
    else
        for (const auto& node : m_network.nodes) ids.push_back(node.id);
    return ids;
}

void GraphEditor::walk(bool forward) {
    const auto order = runningOrder();
    if (order.empty()) return;
    const auto at = std::find(order.begin(), order.end(), m_view->current());
    auto next = order.end();
    if (at == order.end()) next = forward ? order.begin() : order.end() - 1;
    else if (forward && at + 1 != order.end()) next = at + 1;
    else if (!forward && at != order.begin()) next = at - 1;
    if (next == order.end()) return;
    m_view->select({*next}, *next);
    m_view->showNode(*next);
}

/// To the nearest node in the direction of the arrow; up and down prefer what is linked.
void GraphEditor::walkAlong(int key, bool extend) {
    const NetworkNode* here = m_network.node(m_view->current());
    if (!here) return walk(true);
    const NetworkNode* best = nullptr;
    double bestCost = 1e18;
    for (const auto& node : m_network.nodes) {
        const double dx = node.x - here->x, dy = node.y - here->y;
        const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
        const double ahead = key == Qt::Key_Left ? -dx : key == Qt::Key_Right ? dx : key == Qt::Key_Up ? -dy : dy;
        if (ahead <= 0) continue;
        const bool linked = std::any_of(m_network.edges.begin(), m_network.edges.end(), [&](const auto& edge) {
            return (edge.from == here->id && edge.to == node.id) || (edge.to == here->id && edge.from == node.id);
        });
        const double cost = ahead + 3 * std::abs(sideways ? dy : dx) - (linked && !sideways ? 1e6 : 0);
        if (cost >= bestCost) continue;
        bestCost = cost;
        best = &node;
    }
    if (!best) return;
    NodeIds nodes = extend ? selected() : NodeIds{};
    nodes.insert(best->id);
    const std::string id = best->id;
    m_view->select(nodes, id);
    m_view->showNode(id);
}

void GraphEditor::openMenu(QPoint globalPlace, QPointF) {
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("canvasMenu"));
    using A = GraphAction;
    const std::vector<std::vector<A>> groups{{A::Properties},
                                             {A::Copy, A::Cut, A::Paste, A::Duplicate},
                                             {A::Remove, A::CutOut},
                                             {A::Connect, A::Disconnect},
                                             {A::SelectAll, A::Find, A::Arrange},
                                             {A::ZoomIn, A::ZoomOut, A::ZoomOriginal, A::Fit}};
    for (const auto& group : groups) {
        if (!menu.isEmpty()) menu.addSeparator();
        for (const A action : group) menu.addAction(m_actions[action]);
    }
    updateActions();
    menu.exec(globalPlace);
}

// Search.

std::vector<std::string> GraphEditor::matches(const QString& text) const {
    std::vector<std::string> found;
    if (text.trimmed().isEmpty()) return found;
    for (const auto& id : runningOrder()) {
        const NetworkNode* node = m_network.node(id);
        const GraphLayer* layer = m_scene->layer(node->type);
        const QString words = QString::fromStdString(node->name + ' ' + node->type) + QLatin1Char(' ') + (layer ? layer->title : QString());
        if (words.contains(text.trimmed(), Qt::CaseInsensitive)) found.push_back(id);
    }
    return found;
}

void GraphEditor::find(bool forward, bool fromHere) {
    const auto found = matches(m_find->text());
    if (found.empty()) return m_find->setFound(0, 0);
    const auto here = std::find(found.begin(), found.end(), m_view->current());
    const auto count = static_cast<int>(found.size());
    int index = here == found.end() ? 0 : static_cast<int>(here - found.begin());
    if (here != found.end() && !fromHere) index = (index + (forward ? 1 : count - 1)) % count;
    goTo(found[static_cast<std::size_t>(index)]);
    m_find->setFound(index, count);
}

// Words.

void GraphEditor::updateActions() {
    const bool any = !selected().empty(), edge = m_view->selectedEdge().has_value(), edit = !m_readOnly;
    const auto enable = [this](GraphAction action, bool on) { m_actions[action]->setEnabled(on); };
    enable(GraphAction::Copy, any);
    enable(GraphAction::Cut, any && edit);
    enable(GraphAction::Paste, edit);
    enable(GraphAction::Duplicate, any && edit);
    enable(GraphAction::Remove, (any || edge) && edit);
    enable(GraphAction::CutOut, (any || edge) && edit);
    enable(GraphAction::Connect, selected().size() == 2 && edit);
    const bool fed =
        std::any_of(m_network.edges.begin(), m_network.edges.end(), [this](const auto& e) { return m_view->selection().count(e.to) > 0; });
    enable(GraphAction::Disconnect, fed && edit);
    enable(GraphAction::Arrange, edit && m_network.nodes.size() > 1);
    enable(GraphAction::SelectAll, !m_network.nodes.empty());
    enable(GraphAction::Find, !m_network.nodes.empty());
    enable(GraphAction::Properties, any);
    m_hint->setVisible(m_network.nodes.empty() && edit);
}

/// What a screen reader says of the canvas: where one is and what it is like there.
void GraphEditor::updateDescription() {
    QString text;
    if (const NetworkNode* node = m_network.node(m_view->current())) {
        const GraphLayer* layer = m_scene->layer(node->type);
        const auto note = m_scene->notes().find(node->id);
        text = tr("%1, %2").arg(QString::fromStdString(node->name), layer ? layer->title : QString::fromStdString(node->type));
        if (note != m_scene->notes().end() && !note->second.shape.isEmpty()) text += tr(", gives %1").arg(note->second.shape);
        if (note != m_scene->notes().end() && !note->second.problem.isEmpty()) text += tr(". Problem: %1").arg(note->second.problem);
    } else if (const auto edge = m_view->selectedEdge()) {
        text = tr("Link from %1 to %2").arg(QString::fromStdString(nameOf({edge->from})), QString::fromStdString(nameOf({edge->to})));
    }
    if (m_view->accessibleDescription() == text) return;
    m_view->setAccessibleDescription(text);
    QAccessibleEvent event(m_view, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void GraphEditor::placeOverlays() {
    m_view->setGeometry(rect());
    const QSize map = m_map->size();
    m_map->move(m_view->viewport()->width() - map.width() - overlayMargin, m_view->viewport()->height() - map.height() - overlayMargin);
    m_map->raise();
    m_hint->setGeometry(m_view->viewport()->rect().adjusted(40, 0, -40, 0));
    m_find->adjustSize();
    m_find->move(m_view->viewport()->width() - m_find->width() - overlayMargin, overlayMargin);
}

void GraphEditor::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeOverlays();
}

void GraphEditor::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!std::exchange(m_fitWhenShown, false)) return;
    QTimer::singleShot(0, m_view, &GraphView::showReadable);
}

void GraphEditor::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange) QTimer::singleShot(0, m_map, &MiniMap::redraw);
    QWidget::changeEvent(event);
}

void GraphEditor::retranslate() {
    m_actions.retranslate();
    m_map->retranslate();
    m_hint->setText(tr("Drag a layer here, or double-click one in the list at the left."));
    m_view->setAccessibleName(tr("Network canvas"));
    m_view->setWhatsThis(tr("Tab walks from layer to layer, Alt and the arrow keys to neighbours, the arrow keys move what is selected."));
    updateDescription();
}

}  // namespace lamina
