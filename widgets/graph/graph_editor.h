// The network editor: canvas, mini-map, search and everything that can be done with a network.
#pragma once

#include <QTimer>
#include <QWidget>

#include "widgets/graph/graph_actions.h"
#include "widgets/graph/graph_view.h"

class QKeyEvent;
class QLabel;
class QMenu;

namespace lamina {

class FindBar;
class MiniMap;

/// Works on a Network value. Each edit of a person is shown at once and emitted as a whole new network with a name. GUI thread.
class GraphEditor : public QWidget {
    Q_OBJECT
public:
    explicit GraphEditor(QWidget* parent = nullptr);
    ~GraphEditor() override;

    /// What the palette offers and how nodes of each kind look. Again when the language changes.
    void setLayers(const std::vector<GraphLayer>& layers);
    /// Shows a network. The same network (by id) as before: selection, zoom and place stay; another one is shown whole.
    void setNetwork(const Network& network);
    const Network& network() const { return m_network; }
    /// By node id; nodes without one have a name only.
    void setNotes(const GraphNotes& notes);
    void setReadOnly(bool readOnly);

    /// The selected nodes, the one that was picked last first.
    std::vector<std::string> selection() const;
    void select(const NodeIds& nodes);
    /// Selects a node and brings it into view.
    void goTo(const std::string& node);
    /// Adds a layer behind the selected one (or where the network ends).
    void addLayer(const std::string& type);
    /// Gives an edit that still waits (moving with the arrow keys) now.
    void commit();

    QAction* action(GraphAction action) const { return m_actions[action]; }
    GraphView* view() const { return m_view; }

signals:
    void edited(const lamina::NetworkEdit& edit);
    void selectionChanged();
    void fixWanted(const std::string& node);
    /// Enter or a double click: the settings of what is selected.
    void propertiesWanted();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void connectView();
    void connectActions();
    void apply(NetworkEdit::Kind kind, Network network, const NodeIds& about, int count = 1);
    void applyLink(NetworkEdit::Kind kind, Network network, const NetworkEdge& edge);
    void display(const Network& network);
    void announce(NetworkEdit edit);
    NodeIds selected() const { return m_view->selection(); }
    std::string nameOf(const NodeIds& nodes) const;

    std::string addAt(Network& network, const std::string& type, QPointF place) const;
    QPointF freePlace(QPointF place) const;
    void dropLayer(const std::string& type, QPointF place, const NetworkEdge* edge);
    std::string placeToAdd() const;
    void remove(Removal removal);
    void copy();
    void paste();
    void duplicate();
    void pasteOf(const Network& part, double dx, double dy, NetworkEdit::Kind kind);
    void connectSelected();
    void disconnectSelected();
    void arrange();
    void keyPressed(QKeyEvent* event);
    void nudge(double dx, double dy);
    void walk(bool forward);
    void walkAlong(int key, bool extend);
    void openMenu(QPoint globalPlace, QPointF scenePlace);
    void find(bool forward, bool fromHere);
    std::vector<std::string> matches(const QString& text) const;
    std::vector<std::string> runningOrder() const;
    void updateActions();
    void updateDescription();
    void placeOverlays();
    void retranslate();

    GraphScene* m_scene;
    GraphView* m_view;
    MiniMap* m_map;
    FindBar* m_find;
    QLabel* m_hint;
    GraphActions m_actions;
    Network m_network;
    bool m_readOnly = false;
    bool m_shown = false;         ///< has a network been shown yet
    bool m_fitWhenShown = false;  ///< how large the canvas will be is only known then
    QTimer m_nudgeEnd;
    NodeIds m_nudged;
    int m_pastes = 0;  ///< of the same copy: each lies a little further
    std::string m_lastAdded;
};

}  // namespace lamina
