// The contract of a page: one stage of the rail.
#pragma once

#include <QString>
#include <QWidget>

namespace lamina {

/// What the rail shows at a stage.
struct StageStatus {
    enum class State { Ready, Done, Busy, Locked };
    State state = State::Ready;
    QString text;  ///< in words: what is done, what is missing, why it is locked ("Import data first.")
};

/// Pages are made when first shown, live as long as the window and get the Workspace in their constructor. A page that is hidden does no work:
/// it remembers that something changed and reads when it is shown again.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// The panel at the right of the window while this page is shown (properties of what is selected); nullptr: none. The frame takes it
    /// into its dock; the page owns what is in it.
    virtual QWidget* sidePanel() { return nullptr; }
    /// Files and folders dropped on the page. false: the frame takes them (import, opening a project).
    virtual bool dropFiles(const QStringList& files) { Q_UNUSED(files); return false; }
};

}  // namespace lamina
