// The title of a docked panel: its name and a button that closes it. Dragging it moves the panel.
#pragma once

#include <QWidget>

class QDockWidget;
class QLabel;
class QToolButton;

namespace lamina {

class DockTitle : public QWidget {
    Q_OBJECT
public:
    /// Follows the window title of `dock`.
    explicit DockTitle(QDockWidget* dock);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QDockWidget* m_dock;
    QLabel* m_name;
    QToolButton* m_close;
};

}  // namespace lamina
