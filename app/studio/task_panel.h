// The tasks at the bottom of the window: what runs, how far it is, how long it still takes, a button to cancel. Hidden while there are none.
#pragma once

#include <QFrame>

#include <map>

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

    TaskList& m_tasks;
    QVBoxLayout* m_rows;
    std::map<int, TaskRow*> m_rowOf;
};

/// "3 s", "2 min 5 s", "1 h 4 min".
QString durationText(double seconds);

}  // namespace lamina
