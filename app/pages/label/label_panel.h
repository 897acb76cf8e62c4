// The seam for panels at the right of the Label page: each is a tab beside the classes, with a file of its own and a line in label_panel.cpp.
#pragma once

#include <QWidget>

#include "app/pages/label/label_desk.h"
#include "app/pages/label/label_gestures.h"

namespace lamina {

class Workspace;

/// GUI thread. A panel reads what it needs itself, in the background (Workspace::tasks()), and tells the page with its signals what is to be done. It says
/// its texts again on QEvent::LanguageChange.
class LabelPanel : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual QString title() const = 0;
    /// Another dataset, or something in the project that is about more than one item has changed; nullptr: none is open.
    virtual void setDesk(std::shared_ptr<const LabelDesk> desk) { Q_UNUSED(desk); }
    /// Another item, or its labels have changed and are on the disk; nullptr: none.
    virtual void showItem(const ShownItem* item) { Q_UNUSED(item); }
    /// Labels (their ids) that are selected on the canvas.
    virtual void showSelection(const std::vector<std::string>& labels) { Q_UNUSED(labels); }

signals:
    /// The page goes there; a shape with this label id is selected (empty: none).
    void goWanted(qint64 position, const QString& label);
    /// Only these positions (each once) are shown from now on, in this order, whatever the filter says; empty: as the filter says again. `why` is said to the person.
    void queueWanted(const std::vector<std::int64_t>& positions, const QString& why);
    /// An earlier revision is to count again.
    void restoreWanted(const lamina::AnnotationRecord& earlier, const lamina::AnnotationRecord& newest);
    /// Labels of the item on the screen are to be so; `tool` is noted with them.
    void changeWanted(const std::vector<lamina::LabelChange>& changes, const std::string& tool);
    void titleChanged();
};

/// One function per panel: makes it.
using MakeLabelPanel = LabelPanel* (*)(Workspace& workspace);
/// In the order of their tabs.
const std::vector<MakeLabelPanel>& labelPanels();

}  // namespace lamina
