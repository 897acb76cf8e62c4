// The network editor: canvas, mini-map, search and everything that can be done with a network.
#pragma once

#include <QWidget>

#include <memory>

#include "widgets/graph/graph_actions.h"
#include "widgets/graph/graph_view.h"

class QKeyEvent;
class QLabel;
class QMenu;

namespace lamina {

class EditedNetwork;
class FindBar;
class GraphCommands;
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
    const Network& network() const;
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
    void display();
    NodeIds selected() const { return m_view->selection(); }
    void keyPressed(QKeyEvent* event);
    void walk(bool forward);
    void walkAlong(int key, bool extend);
    void stepTo(const std::string& id, NodeIds nodes);
    void openMenu(QPoint globalPlace, QPointF scenePlace);
    void find(bool forward, bool fromHere);
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
    EditedNetwork* m_edited;
    std::unique_ptr<GraphCommands> m_commands;
    bool m_shown = false;         ///< has a network been shown yet
    bool m_fitWhenShown = false;  ///< how large the canvas will be is only known then
};

}  // namespace lamina
