#include "app/studio/task_panel.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

#include <cmath>

#include "app/workspace/task_list.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int shownAfterEnd = 6000;  // milliseconds
constexpr int leastHeight = 44, taskMargin = 8;

bool underWay(const TaskInfo& info) { return info.state == TaskState::Waiting || info.state == TaskState::Running; }

QString stateText(const TaskInfo& info) {
    switch (info.state) {
        case TaskState::Waiting: return TaskPanel::tr("waiting");
        case TaskState::Running: return info.detail;
        case TaskState::Done: return TaskPanel::tr("done in %1").arg(durationText(info.seconds));
        case TaskState::Failed: return info.detail;
        case TaskState::Cancelled: return TaskPanel::tr("cancelled, nothing was changed");
    }
    return {};
}

}  // namespace

QString durationText(double seconds) {
    const auto whole = static_cast<long long>(std::llround(std::max(0.0, seconds)));
    if (whole < 60) return TaskPanel::tr("%1 s").arg(whole);
    if (whole < 3600) return TaskPanel::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return TaskPanel::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

class TaskRow : public QWidget {
public:
    TaskRow(TaskList& tasks, int id) : m_title(new ElidedLabel), m_bar(new QProgressBar), m_detail(new ElidedLabel), m_left(new QLabel), m_cancel(new QToolButton) {
        m_detail->setProperty(ThemeRole::muted, true);
        m_left->setProperty(ThemeRole::muted, true);
        m_bar->setFixedWidth(220);
        m_bar->setTextVisible(false);
        m_cancel->setIcon(themeIcon("close"));
        m_cancel->setObjectName("task_cancel");
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(12);
        layout->addWidget(m_title, 2);
        layout->addWidget(m_bar);
        layout->addWidget(m_detail, 2);
        layout->addWidget(m_left);
        layout->addWidget(m_cancel);
        connect(m_cancel, &QToolButton::clicked, this, [this, &tasks, id] { m_ended ? tasks.forget(id) : tasks.cancel(id); });
    }

    /// True when this is the first time that the task is seen ended.
    bool show(const TaskInfo& info) {
        const bool endsNow = !m_ended && !underWay(info);
        m_ended = !underWay(info);
        m_title->setFullText(info.title);
        const bool unknown = info.fraction < 0 && underWay(info);
        m_bar->setRange(0, unknown ? 0 : 1000);
        if (!unknown) m_bar->setValue(static_cast<int>(std::max(0.0, info.fraction) * 1000));
        m_bar->setAccessibleName(info.title);
        m_detail->setFullText(stateText(info));
        m_left->setText(underWay(info) && info.secondsLeft >= 0 ? TaskPanel::tr("%1 left").arg(durationText(info.secondsLeft)) : QString());
        m_cancel->setVisible(m_ended || info.cancellable);
        m_cancel->setAccessibleName(m_ended ? TaskPanel::tr("Close %1").arg(info.title) : TaskPanel::tr("Cancel %1").arg(info.title));
        m_cancel->setToolTip(m_ended ? TaskPanel::tr("Close") : TaskPanel::tr("Cancel"));
        return endsNow;
    }

private:
    ElidedLabel* m_title;
    QProgressBar* m_bar;
    ElidedLabel* m_detail;
    QLabel* m_left;
    QToolButton* m_cancel;
    bool m_ended = false;
};

TaskPanel::TaskPanel(TaskList& tasks, QWidget* parent) : QFrame(parent), m_tasks(tasks), m_rows(new QVBoxLayout), m_more(new QToolButton) {
    setObjectName("task_panel");
    setProperty(ThemeRole::card, true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, taskMargin, 12, taskMargin);
    layout->setSpacing(12);
    layout->addLayout(m_rows, 1);
    layout->addWidget(m_more, 0, Qt::AlignBottom);
    m_rows->setSpacing(6);
    m_more->setObjectName("task_more");
    m_more->setCheckable(true);
    m_more->setFixedHeight(leastHeight - 2 * taskMargin);
    connect(m_more, &QToolButton::toggled, this, &TaskPanel::showRows);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) connect(&tasks, signal, this, &TaskPanel::refresh);
    connect(&tasks, &QAbstractItemModel::modelReset, this, &TaskPanel::refresh);
    connect(&tasks, &QAbstractItemModel::dataChanged, this, &TaskPanel::refresh);
    refresh();
}

/// Room for one task at least, and for all that are shown.
QSize TaskPanel::minimumSizeHint() const { return QFrame::minimumSizeHint().expandedTo({0, leastHeight}); }

void TaskPanel::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

void TaskPanel::refresh() {
    setAccessibleName(tr("Tasks"));
    std::map<int, TaskRow*> there;
    for (int row = 0; row < m_tasks.rowCount(); ++row) {
        const TaskInfo info = m_tasks.info(row);
        TaskRow* widget = m_rowOf.count(info.id) ? m_rowOf[info.id] : nullptr;
        if (!widget) {
            widget = new TaskRow(m_tasks, info.id);
            m_rows->addWidget(widget);
        }
        // What went well is no longer of interest; what failed stays until somebody closes it.
        if (widget->show(info) && info.state != TaskState::Failed) QTimer::singleShot(shownAfterEnd, this, [this, id = info.id] { m_tasks.forget(id); });
        there[info.id] = widget;
    }
    for (const auto& [id, widget] : m_rowOf)
        if (!there.count(id)) widget->deleteLater();
    m_rowOf = std::move(there);
    showRows();
    setVisible(!m_rowOf.empty());
}

/// What runs before what failed before what is done; of those the newest.
int TaskPanel::foremost() const {
    const auto rank = [](const TaskInfo& info) { return underWay(info) ? 2 : info.state == TaskState::Failed ? 1 : 0; };
    int best = -1;
    for (int row = 0; row < m_tasks.rowCount(); ++row)
        if (best < 0 || rank(m_tasks.info(row)) >= rank(m_tasks.info(best))) best = row;
    return best < 0 ? -1 : m_tasks.info(best).id;
}

/// One task has its place; several take more of the page only where somebody asks for them.
void TaskPanel::showRows() {
    const int others = static_cast<int>(m_rowOf.size()) - 1, first = foremost();
    if (others < 1) m_more->setChecked(false);
    for (const auto& [id, widget] : m_rowOf) widget->setVisible(m_more->isChecked() || id == first);
    m_more->setVisible(others > 0);
    m_more->setText(m_more->isChecked() ? tr("Only one") : tr("%n more", nullptr, others));
    m_more->setAccessibleName(m_more->text());
}

}  // namespace lamina
