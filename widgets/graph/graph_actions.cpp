#include "widgets/graph/graph_actions.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>

#include <algorithm>
#include <vector>

#include "widgets/common/icon.h"

namespace lamina {
namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(lamina::GraphActions)
};

struct Description {
    GraphAction action;
    const char* name;
    const char* icon;
    QList<QKeySequence> keys;
};

const std::vector<Description>& descriptions() {
    using A = GraphAction;
    static const std::vector<Description> all{
        {A::SelectAll, "selectAll", "", {QKeySequence::SelectAll}},
        {A::Copy, "copy", "copy", {QKeySequence::Copy}},
        {A::Cut, "cut", "", {QKeySequence::Cut}},
        {A::Paste, "paste", "paste", {QKeySequence::Paste}},
        {A::Duplicate, "duplicate", "", {QKeySequence(Qt::CTRL | Qt::Key_D)}},
        {A::Remove, "remove", "delete", {QKeySequence(Qt::Key_Backspace)}},
        {A::CutOut, "cutOut", "", {QKeySequence(Qt::Key_Delete)}},
        {A::Connect, "connect", "", {QKeySequence(Qt::Key_L)}},
        {A::Disconnect, "disconnect", "", {QKeySequence(Qt::SHIFT | Qt::Key_L)}},
        {A::Arrange, "arrange", "arrange", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)}},
        {A::ZoomIn, "zoomIn", "zoom_in", {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)}},
        {A::ZoomOut, "zoomOut", "zoom_out", {QKeySequence(Qt::CTRL | Qt::Key_Minus)}},
        {A::ZoomOriginal, "zoomOriginal", "", {QKeySequence(Qt::CTRL | Qt::Key_0)}},
        {A::Fit, "fit", "zoom_fit", {QKeySequence(Qt::Key_F)}},
        {A::Find, "find", "search", {QKeySequence::Find}},
        {A::Properties, "properties", "settings", {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::Key_F2)}},
    };
    return all;
}

QString textOf(GraphAction action) {
    switch (action) {
        case GraphAction::SelectAll: return Words::tr("Select &all");
        case GraphAction::Copy: return Words::tr("&Copy");
        case GraphAction::Cut: return Words::tr("Cu&t");
        case GraphAction::Paste: return Words::tr("&Paste");
        case GraphAction::Duplicate: return Words::tr("&Duplicate");
        case GraphAction::Remove: return Words::tr("&Remove and join the neighbours");
        case GraphAction::CutOut: return Words::tr("Remove with the &links");
        case GraphAction::Connect: return Words::tr("&Link the two selected layers");
        case GraphAction::Disconnect: return Words::tr("Remove the links into the &selected layers");
        case GraphAction::Arrange: return Words::tr("Arran&ge all layers");
        case GraphAction::ZoomIn: return Words::tr("Zoom &in");
        case GraphAction::ZoomOut: return Words::tr("Zoom &out");
        case GraphAction::ZoomOriginal: return Words::tr("Original si&ze");
        case GraphAction::Fit: return Words::tr("Show &everything");
        case GraphAction::Find: return Words::tr("&Find a layer…");
        case GraphAction::Properties: return Words::tr("Change the settin&gs");
        case GraphAction::Count: break;
    }
    return {};
}

}  // namespace

GraphActions::GraphActions(QWidget* owner) {
    for (const auto& description : descriptions()) {
        auto* action = new QAction(owner);
        action->setObjectName(QLatin1String(description.name));
        if (*description.icon) action->setIcon(themeIcon(QLatin1String(description.icon)));
        action->setShortcuts(description.keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setShortcutVisibleInContextMenu(true);
        owner->addAction(action);
        m_actions[static_cast<std::size_t>(description.action)] = action;
    }
    retranslate();
}

void GraphActions::addTo(QMenu& menu) const {
    using A = GraphAction;
    const std::vector<std::vector<A>> groups{{A::Properties},
                                             {A::Copy, A::Cut, A::Paste, A::Duplicate},
                                             {A::Remove, A::CutOut},
                                             {A::Connect, A::Disconnect},
                                             {A::SelectAll, A::Find, A::Arrange},
                                             {A::ZoomIn, A::ZoomOut, A::ZoomOriginal, A::Fit}};
    for (const auto& group : groups) {
        if (!menu.isEmpty()) menu.addSeparator();
        for (const A action : group) menu.addAction((*this)[action]);
    }
}

void GraphActions::enableFor(const Network& network, const NodeIds& selection, bool edgeSelected, bool editable) {
    const bool any = !selection.empty();
    const auto enable = [this](GraphAction action, bool on) { (*this)[action]->setEnabled(on); };
    enable(GraphAction::Copy, any);
    enable(GraphAction::Cut, any && editable);
    enable(GraphAction::Paste, editable);
    enable(GraphAction::Duplicate, any && editable);
    enable(GraphAction::Remove, (any || edgeSelected) && editable);
    enable(GraphAction::CutOut, (any || edgeSelected) && editable);
    enable(GraphAction::Connect, selection.size() == 2 && editable);
    const bool fed = std::any_of(network.edges.begin(), network.edges.end(), [&](const auto& edge) { return selection.count(edge.to) > 0; });
    enable(GraphAction::Disconnect, fed && editable);
    enable(GraphAction::Arrange, editable && network.nodes.size() > 1);
    enable(GraphAction::SelectAll, !network.nodes.empty());
    enable(GraphAction::Find, !network.nodes.empty());
    enable(GraphAction::Properties, any);
}

void GraphActions::retranslate() {
    for (const auto& description : descriptions()) {
        QAction* action = (*this)[description.action];
        const QString text = textOf(description.action);
        action->setText(text);
        QString plain = text;
        plain.remove(QLatin1Char('&'));
        action->setToolTip(QStringLiteral("%1 (%2)").arg(plain, action->shortcut().toString(QKeySequence::NativeText)));
    }
}

}  // namespace lamina
