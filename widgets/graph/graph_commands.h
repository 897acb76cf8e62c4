// What can be done with the selected part of a network: add, remove, copy and paste, link, arrange.
#pragma once

#include "widgets/graph/edited_network.h"
#include "widgets/graph/graph_view.h"

namespace lamina {

/// Each command is one edit; where there is nothing to do, none. All that it is given must outlive it.
class GraphCommands {
public:
    GraphCommands(EditedNetwork& edited, GraphScene& scene, GraphView& view) : m_edited(edited), m_scene(scene), m_view(view) {}

    /// Another network came: what was added or copied last is no place to go on.
    void forget() { m_lastAdded.clear(); }
    /// Behind the selected layer, or behind what was added last, or where the network ends.
    void addLayer(const std::string& type);
    /// `edge`: the link it was let go on, or nullptr.
    void dropLayer(const std::string& type, QPointF place, const NetworkEdge* edge);
    /// The selected link or the selected nodes.
    void remove(Removal removal);
    void moveSelected(double dx, double dy);
    void link(const NetworkEdge& edge);
    void relink(const NetworkEdge& old, const NetworkEdge& edge);
    void unlink(const NetworkEdge& edge);
    /// Puts a loose node into a link.
    void insert(const std::string& node, const NetworkEdge& edge);
    void copy();
    void paste();
    void duplicate();
    void connectSelected();
    /// Takes everything off that feeds the selected nodes.
    void disconnectSelected();
    void arrange();

private:
    const Network& network() const { return m_edited.network(); }
    std::string placeToAdd() const;
    std::string addAt(Network& network, const std::string& type, QPointF place) const;
    QPointF freePlace(QPointF place) const;
    void pasteOf(const Network& part, double dx, double dy, NetworkEdit::Kind kind);

    EditedNetwork& m_edited;
    GraphScene& m_scene;
    GraphView& m_view;
    int m_pastes = 0;  ///< of the same copy: each lies a little further
    std::string m_lastAdded;
};

}  // namespace lamina
