// The seam for panels at the right of the Label page: each has a file of its own and stands in one of the groups that label_panel.cpp names.
#pragma once

#include <QWidget>

#include "app/pages/label/label_desk.h"
#include "app/pages/label/label_gestures.h"

class QPushButton;

namespace lamina {

class LabelKeys;
class LabelPace;
class WorkQueue;
class Workspace;

/// GUI thread. A panel reads what it needs itself, in the background (Workspace::tasks()), and tells the page with its signals what is to be done.
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
    /// The keys of the page are these now; they outlive the panel.
    virtual void setKeys(const LabelKeys* keys);
    /// How quickly the person works; it outlives the panel.
    virtual void setPace(const LabelPace* pace) { Q_UNUSED(pace); }
    /// The items and which of them are shown; it outlives the panel. Said again when others are shown.
    virtual void setQueue(const WorkQueue* queue) { Q_UNUSED(queue); }

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

protected:
    void changeEvent(QEvent* event) override;
    /// All texts, in the language in use; also when the keys have changed.
    virtual void retranslate() {}
    /// These have the first, the second … key for answers. Heard while the panel is seen, wherever the keyboard is; text fields keep their letters.
    void giveKeys(std::vector<QPushButton*> buttons) { m_answers = std::move(buttons); }
    /// "Accept (Alt+J)".
    QString keyed(const QString& text, int place) const;

private:
    std::vector<QPushButton*> m_answers;
    std::vector<QObject*> m_shortcuts;
    const LabelKeys* m_keys = nullptr;
};

/// One function per group of panels: makes it.
using MakeLabelPanel = LabelPanel* (*)(Workspace& workspace);
/// In the order of their tabs.
const std::vector<MakeLabelPanel>& labelPanels();

}  // namespace lamina
