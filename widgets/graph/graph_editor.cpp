#include "widgets/graph/graph_editor.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QTimer>

#include <algorithm>

#include "widgets/common/theme.h"
#include "widgets/graph/find_bar.h"
#include "widgets/graph/graph_commands.h"
#include "widgets/graph/mini_map.h"
#include "widgets/graph/network_walk.h"
#include "widgets/graph/spoken_place.h"

namespace lamina {
namespace {

constexpr double nudgeStep = 8;
constexpr int overlayMargin = 12;

}  // namespace

GraphEditor::GraphEditor(QWidget* parent)
    : QWidget(parent),
      m_scene(new GraphScene(this)),
      m_view(new GraphView(m_scene, this)),
      m_map(new MiniMap(m_view, this)),
      m_find(new FindBar(this)),
      m_hint(new QLabel(m_view->viewport())),
      m_actions(m_view),
      m_edited(new EditedNetwork(this)),
      m_commands(std::make_unique<GraphCommands>(*m_edited, *m_scene, *m_view)) {
    setObjectName(QStringLiteral("graphEditor"));
    setFocusProxy(m_view);
    setMinimumSize(200, 160);
    m_hint->setObjectName(QStringLiteral("canvasHint"));
    m_hint->setProperty(ThemeRole::muted, true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(m_edited, &EditedNetwork::changed, this, &GraphEditor::display);
    connect(m_edited, &EditedNetwork::edited, this, &GraphEditor::edited);
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
    GraphCommands& commands = *m_commands;
    connect(m_view, &GraphView::moveWanted, this, [&commands](double dx, double dy) { commands.moveSelected(dx, dy); });
    connect(m_view, &GraphView::connectWanted, this,
            [&commands](const std::string& from, const std::string& to, int port) { commands.link({from, to, port}); });
    connect(m_view, &GraphView::reconnectWanted, this,
            [&commands](const NetworkEdge& old, const std::string& to, int port) { commands.relink(old, {old.from, to, port}); });
    connect(m_view, &GraphView::disconnectWanted, this, [&commands](const NetworkEdge& edge) { commands.unlink(edge); });
    connect(m_view, &GraphView::insertWanted, this, [&commands](const std::string& node, const NetworkEdge& edge) { commands.insert(node, edge); });
    connect(m_view, &GraphView::layerDropped, this, 
            [&commands](const std::string& type, QPointF place, const NetworkEdge* edge) { commands.dropLayer(type, place, edge); });
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
        for (const auto& node : network().nodes) all.insert(node.id);
        m_view->select(all);
    });
    on(GraphAction::Copy, [this] { m_commands->copy(); });
    on(GraphAction::Cut, [this] {
        m_commands->copy();
        m_commands->remove(Removal::Rejoin);
    });
    on(GraphAction::Paste, [this] { m_commands->paste(); });
    on(GraphAction::Duplicate, [this] { m_commands->duplicate(); });
    on(GraphAction::Remove, [this] { m_commands->remove(Removal::Rejoin); });
    on(GraphAction::CutOut, [this] { m_commands->remove(Removal::Cut); });
    on(GraphAction::Connect, [this] { m_commands->connectSelected(); });
    on(GraphAction::Disconnect, [this] { m_commands->disconnectSelected(); });
    on(GraphAction::Arrange, [this] { m_commands->arrange(); });
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

void GraphEditor::setNetwork(const Network& shown) {
    const bool other = !m_shown || shown.id != network().id;
    m_shown = true;
    m_view->cancelGesture();
    if (other) m_commands->forget();
    m_edited->reset(shown);
    if (!other) return;
    m_view->select({});
    m_view->showReadable();
    m_fitWhenShown = !isVisible();
}

const Network& GraphEditor::network() const { return m_edited->network(); }
void GraphEditor::addLayer(const std::string& type) { m_commands->addLayer(type); }
void GraphEditor::commit() { m_edited->commit(); }

/// Brings the canvas up to the network as it is now.
void GraphEditor::display() {
    m_scene->setNetwork(network());
    m_view->updateRoom();
    const auto before = selected();
    const auto edge = m_view->selectedEdge();
    const auto& edges = network().edges;
    const bool edgeGone = edge && std::find(edges.begin(), edges.end(), *edge) == edges.end();
    const bool nodeGone = std::any_of(before.begin(), before.end(), [&](const auto& id) { return !network().node(id); });
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
    m_edited->setReadOnly(readOnly);
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

// Keys.

void GraphEditor::keyPressed(QKeyEvent* event) {
    const int key = event->key();
    const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
    if (!arrow) return;
    if (event->modifiers() & Qt::ControlModifier) return;  // scrolls
    event->accept();
    if (selected().empty() || (event->modifiers() & Qt::AltModifier)) return walkAlong(key, event->modifiers() & Qt::ShiftModifier);
    const double step = event->modifiers() & Qt::ShiftModifier ? 1 : nudgeStep;
    const double dx = key == Qt::Key_Left ? -step : key == Qt::Key_Right ? step : 0;
    m_edited->nudge(selected(), dx, key == Qt::Key_Up ? -step : key == Qt::Key_Down ? step : 0);
}

void GraphEditor::walk(bool forward) { stepTo(nextNode(network(), m_view->current(), forward), {}); }

void GraphEditor::walkAlong(int key, bool extend) {
    if (m_view->current().empty()) return walk(true);
    stepTo(neighbour(network(), m_view->current(), key), extend ? selected() : NodeIds{});
}

/// Selects a node (and what was selected before) and shows it; an empty id: stays.
void GraphEditor::stepTo(const std::string& id, NodeIds nodes) {
    if (id.empty()) return;
    nodes.insert(id);
    m_view->select(nodes, id);
    m_view->showNode(id);
}

void GraphEditor::openMenu(QPoint globalPlace, QPointF) {
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("canvasMenu"));
    m_actions.addTo(menu);
    updateActions();
    menu.exec(globalPlace);
}

// Search.

void GraphEditor::find(bool forward, bool fromHere) {
    const auto titleOf = [this](const std::string& type) {
        const GraphLayer* layer = m_scene->layer(type);
        return layer ? layer->title : QString();
    };
    const auto found = nodesNamed(network(), m_find->text(), titleOf);
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
    const bool edit = !m_edited->readOnly();
    m_actions.enableFor(network(), selected(), m_view->selectedEdge().has_value(), edit);
    m_hint->setVisible(network().nodes.empty() && edit);
}

void GraphEditor::updateDescription() {
    const QString text = spokenPlace(*m_scene, m_view->current(), m_view->selectedEdge());
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
