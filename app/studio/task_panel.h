// The tasks at the bottom of the window: what runs, how far it is, how long it still takes, a button to cancel. Of several one is shown, and how many
// others there are: the page above must not move by itself. Hidden while there are none.
#pragma once

#include <QFrame>

#include <map>

class QToolButton;
class QVBoxLayout;

namespace lamina {

class TaskList;
class TaskRow;

class TaskPanel : public QFrame {
    Q_OBJECT
public:
    explicit TaskPanel(TaskList& tasks, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    int foremost() const;
    void showRows();

    TaskList& m_tasks;
    QVBoxLayout* m_rows;
    QToolButton* m_more;  ///< how many others there are; shows and hides them
    std::map<int, TaskRow*> m_rowOf;
};

/// "3 s", "2 min 5 s", "1 h 4 min".
QString durationText(double seconds);

}  // namespace lamina
