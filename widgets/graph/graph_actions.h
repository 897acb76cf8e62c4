// What can be done on the canvas, as actions with texts and keys: context menu, tool bar and shortcuts share them.
#pragma once

#include <QAction>
#include <QWidget>

#include <array>

#include "core/network/network_edits.h"

class QMenu;

namespace lamina {

enum class GraphAction {
    SelectAll,
    Copy,
    Cut,
    Paste,
    Duplicate,
    Remove,
    CutOut,
    Connect,
    Disconnect,
    Arrange,
    ZoomIn,
    ZoomOut,
    ZoomOriginal,
    Fit,
    Find,
    Properties,
    Count
};

class GraphActions {
public:
    /// Actions of `owner`, which their keys work in.
    explicit GraphActions(QWidget* owner);

    QAction* operator[](GraphAction action) const { return m_actions[static_cast<std::size_t>(action)]; }
    /// All of them, in groups.
    void addTo(QMenu& menu) const;
    /// Enables what makes sense with this selection.
    void enableFor(const Network& network, const NodeIds& selection, bool edgeSelected, bool editable);
    void retranslate();

private:
    std::array<QAction*, static_cast<std::size_t>(GraphAction::Count)> m_actions{};
};

}  // namespace lamina
