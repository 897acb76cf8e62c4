// The items of a network: kept in step with the value, found by place, told how to look.
#pragma once

#include <QGraphicsScene>

#include <map>
#include <optional>

#include "core/network/network_edits.h"
#include "widgets/graph/edge_item.h"
#include "widgets/graph/graph_types.h"
#include "widgets/graph/node_item.h"

namespace lamina {

class ProblemItem;

class GraphScene : public QGraphicsScene {
    Q_OBJECT
public:
    explicit GraphScene(QObject* parent = nullptr);

    void setLayers(const std::vector<GraphLayer>& layers);
    /// nullptr where the palette does not know it.
    const GraphLayer* layer(const std::string& type) const;
    /// Items of nodes and links that stay are kept.
    void setNetwork(const Network& network);
    const Network& network() const { return m_network; }
    void setNotes(const GraphNotes& notes);
    const GraphNotes& notes() const { return m_notes; }
    void refresh();

    NodeItem* node(const std::string& id) const;
    /// All nodes; empty where there are none.
    QRectF bounds() const;

    // By place; `reach`: how far beside it still counts, in the scene's units.
    NodeItem* nodeAt(QPointF place) const;
    std::optional<std::string> outputPortAt(QPointF place, double reach) const;
    struct InputPort {
        std::string node;
        int port = 0;
    };
    std::optional<InputPort> inputPortAt(QPointF place, double reach) const;
    const NetworkEdge* edgeAt(QPointF place, double reach) const;
    /// The link that a card with this middle would cover.
    const NetworkEdge* edgeUnderCard(QPointF middle) const;
    std::optional<std::string> fixAt(QPointF place) const;
    NodeIds nodesIn(const QRectF& area) const;
    const NetworkEdge* edgeInto(const std::string& node, int port) const;

    // How things look.
    void setSelection(const NodeIds& nodes, const std::string& current, const std::optional<NetworkEdge>& edge);
    /// While a link is drawn: only these light up, the others step back. nullptr: all as usual.
    void setTargets(const NodeIds* targets);
    void setEdgeTarget(const NetworkEdge* edge);
    /// Moves items only; the network stays.
    void showMoved(const NodeIds& nodes, QPointF by);
    void showLooseEdge(QPointF from, QPointF to);
    void hideLooseEdge();
    void hideEdge(const NetworkEdge* edge);

private:
    using EdgeKey = std::pair<std::string, int>;  ///< an input has one link
    void updateNodes();
    void updateEdges();
    void updateEnds();
    void updateLooks();
    void updateProblem(NodeItem* item);
    int portsOf(const NetworkNode& node, int used) const;

    std::map<std::string, GraphLayer> m_layers;
    GraphLayer m_unknown;
    Network m_network;
    GraphNotes m_notes;
    std::map<std::string, NodeItem*> m_nodes;
    std::map<std::string, ProblemItem*> m_problems;
    std::map<EdgeKey, EdgeItem*> m_edges;
    EdgeItem* m_loose;
    NodeIds m_selected;
    std::string m_current;
    std::optional<NetworkEdge> m_selectedEdge, m_edgeTarget;
    std::optional<NodeIds> m_targets;
};

}  // namespace lamina
