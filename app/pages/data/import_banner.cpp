#include "app/pages/data/import_banner.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

#include "widgets/common/elided_label.h"
#include "widgets/common/theme.h"

namespace lamina {

ImportBanner::ImportBanner(TaskList& tasks, QWidget* parent)
    : QFrame(parent), m_tasks(tasks), m_title(new ElidedLabel), m_detail(new QLabel), m_progress(new QProgressBar), m_cancel(new QPushButton) {
    setObjectName("import_banner");
    setProperty(ThemeRole::card, true);
    m_detail->setObjectName("import_banner_detail");
    m_detail->setProperty(ThemeRole::muted, true);
    m_progress->setObjectName("import_banner_progress");
    m_progress->setTextVisible(false);
    m_progress->setMinimumWidth(120);
    m_cancel->setObjectName("import_banner_cancel");
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(12);
    layout->addWidget(m_title, 2);
    layout->addWidget(m_progress, 2);
    layout->addWidget(m_detail, 1);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_tasks.cancel(m_task); });
    connect(&m_tasks, &QAbstractItemModel::modelReset, this, &ImportBanner::read);
    connect(&m_tasks, &QAbstractItemModel::dataChanged, this, &ImportBanner::read);
    retranslate();
    hide();
}

void ImportBanner::retranslate() {
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the import"));
    m_progress->setAccessibleName(tr("Import"));
}

void ImportBanner::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ImportBanner::follow(int task) {
    m_task = task;
    read();
}

void ImportBanner::read() {
    if (m_task == 0) return;
    for (int row = 0; row < m_tasks.rowCount(); ++row)
        if (const TaskInfo info = m_tasks.info(row); info.id == m_task) return tell(info);
    m_task = 0;
    hide();
}

void ImportBanner::tell(const TaskInfo& info) {
    const bool going = info.state == TaskState::Waiting || info.state == TaskState::Running;
    if (!going) m_task = 0;
    setVisible(going);
    if (!going) return;
    m_title->setFullText(info.title);
    m_progress->setRange(0, info.fraction < 0 ? 0 : 1000);
    if (info.fraction >= 0) m_progress->setValue(static_cast<int>(info.fraction * 1000));
    QString detail = info.detail;
    if (info.secondsLeft >= 1) detail += QStringLiteral(" · ") + tr("%n second(s) left", nullptr, static_cast<int>(std::lround(info.secondsLeft)));
    m_detail->setText(detail);
}

}  // namespace lamina
