// An import that is under way: how far, how long it will take, and how to stop it.
#pragma once

#include <QFrame>

#include "app/workspace/task_list.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace lamina {

class ElidedLabel;

/// Hidden until follow(); hides itself when the task ends.
class ImportBanner : public QFrame {
    Q_OBJECT
public:
    explicit ImportBanner(TaskList& tasks, QWidget* parent = nullptr);

    void follow(int task);
    bool following() const { return m_task != 0; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void read();
    void retranslate();
    void tell(const TaskInfo& info);

    TaskList& m_tasks;
    int m_task = 0;
    ElidedLabel* m_title;
    QLabel* m_detail;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
};

}  // namespace lamina
