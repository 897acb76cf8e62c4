// A link while it is being drawn: where it may end, and how it looks until it is let go.
#pragma once

#include <QPointF>

#include <optional>

#include "widgets/graph/graph_scene.h"

namespace lamina {

class LinkDrawing {
public:
    explicit LinkDrawing(GraphScene& graph) : m_graph(graph) {}

    /// From the port at a place, if there is one within `reach`: forward from an output, backward from an empty input; a link is taken off
    /// its input. Lights up where it may end.
    bool beginAt(QPointF place, double reach);
    void follow(QPointF place, double reach);
    /// Without an effect on the network.
    void cancel();

    /// What letting go at `place` means; `target` empty: nothing is there.
    struct End {
        std::string from, target;  ///< from: where the drawing began
        int port = 0;
        bool forward = true;
        std::optional<NetworkEdge> lifted;  ///< a link taken off its input
    };
    End endAt(QPointF place, double reach) const;

private:
    void begin(const std::string& node, bool forward);
    NodeIds targetsOf(const std::string& node, bool forward) const;
    std::string targetAt(QPointF place, double reach) const;
    int portAt(const std::string& node, QPointF place, double reach) const;

    GraphScene& m_graph;
    std::string m_node;
    bool m_forward = true;  ///< from an output; else from an input backwards
    int m_port = 0;
    std::optional<NetworkEdge> m_lifted;
    NodeIds m_targets;
};

}  // namespace lamina
