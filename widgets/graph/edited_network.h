// The network on the canvas as it is edited: every edit is a whole new network with a name; steps of the arrow keys are joined into one.
#pragma once

#include <QObject>
#include <QTimer>

#include "core/network/network_edits.h"
#include "widgets/graph/graph_types.h"

namespace lamina {

/// GUI thread. While it is read-only nothing changes it but reset().
class EditedNetwork : public QObject {
    Q_OBJECT
public:
    explicit EditedNetwork(QObject* parent = nullptr);

    const Network& network() const { return m_network; }
    /// Another network, or the same as somebody else has changed it. Steps that still waited are forgotten.
    void reset(const Network& network);
    bool readOnly() const { return m_readOnly; }
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }

    /// `about`: the nodes after which the edit is called.
    void apply(NetworkEdit::Kind kind, Network network, const NodeIds& about, int count = 1);
    void applyLink(NetworkEdit::Kind kind, Network network, const NetworkEdge& edge);
    /// Moves at once; becomes an edit when no more steps come.
    void nudge(const NodeIds& nodes, double dx, double dy);
    /// Gives an edit that still waits now.
    void commit();
    /// Of the first of them; empty where none is there.
    std::string nameOf(const NodeIds& nodes) const;

signals:
    void changed();  ///< network() is another one
    void edited(const lamina::NetworkEdit& edit);

private:
    void show(Network network);
    void announce(NetworkEdit edit);

    Network m_network;
    bool m_readOnly = false;
    NodeIds m_nudged;
    QTimer m_nudgeEnd;
};

}  // namespace lamina
