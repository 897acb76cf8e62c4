#include "app/studio/history_panel.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>

#include "app/studio/two_lines.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr std::int64_t mostEntries = 1000;

/// As many undos or redos, one after the other, as lead to the wanted state.
Result<int> walk(Project& project, int steps) {
    for (int i = 0; i < std::abs(steps); ++i) LAMINA_CHECK((steps > 0 ? project.undo() : project.redo()).get());
    return steps;
}

}  // namespace

HistoryPanel::HistoryPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_explanation(new QLabel), m_list(new QListWidget), m_go(new QPushButton) {
    setObjectName("history_panel");
    m_explanation->setProperty(ThemeRole::muted, true);
    m_explanation->setWordWrap(true);
    m_list->setObjectName("history_list");
    m_list->setWordWrap(true);
    m_go->setObjectName("history_go");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_explanation);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_go);
    connect(&workspace, &Workspace::historyChanged, this, [this] { if (isVisible()) read(); });
    connect(m_list, &QListWidget::itemActivated, this, &HistoryPanel::goToSelected);
    connect(m_go, &QPushButton::clicked, this, &HistoryPanel::goToSelected);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) { m_go->setEnabled(row >= 0 && !m_workspace.readOnly()); });
    retranslate();
}

void HistoryPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    read();
}

void HistoryPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void HistoryPanel::retranslate() {
    m_explanation->setText(tr("Everything is saved as you go. Choose a line and go back to it; what came after can be done again."));
    m_list->setAccessibleName(tr("Changes of this project, newest first"));
    m_go->setText(tr("Go back to here"));
    fill();
}

void HistoryPanel::read() {
    if (!m_workspace.isOpen()) {
        m_entries.clear();
        return fill();
    }
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared()](TaskContext&) { return project->history(mostEntries); },
        [this](Result<std::vector<JournalEntry>> entries) {
            if (!entries) return;
            m_entries.clear();
            for (auto& entry : *entries)
                if (entry.kind == EditKind::Normal && entry.state != EditState::Dropped) m_entries.push_back(std::move(entry));
            fill();
        });
}

void HistoryPanel::fill() {
    const int row = m_list->currentRow();
    m_list->clear();
    bool newestDone = true;
    for (const JournalEntry& entry : m_entries) {
        const QString time = QLocale().toString(QDateTime::fromMSecsSinceEpoch(entry.time), QLocale::ShortFormat);
        auto* item = new QListWidgetItem(Workspace::words(entry.name) + '\n' + time + QStringLiteral(" · ") + QString::fromStdString(entry.author));
        if (entry.state == EditState::Undone) item->setForeground(themeColours().mutedText);
        if (entry.state == EditState::Done && newestDone) {
            QFont bold = m_list->font();
            bold.setBold(true);
            item->setFont(bold);
            newestDone = false;
        }
        item->setSizeHint(twoLines(*item, *m_list));
        m_list->addItem(item);
    }
    m_list->setCurrentRow(row < m_list->count() ? row : -1);
    m_go->setEnabled(m_list->currentRow() >= 0 && !m_workspace.readOnly());
}

void HistoryPanel::goToSelected() {
    const int row = m_list->currentRow();
    if (row < 0 || m_workspace.readOnly() || !m_workspace.isOpen()) return;
    // Lines above the chosen one that are done have to be taken back; the chosen one and those below it that are undone done again.
    int steps = 0;
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i) {
        const bool done = m_entries[static_cast<std::size_t>(i)].state == EditState::Done;
        if (i < row && done) ++steps;
        if (i >= row && !done) --steps;
    }
    if (steps == 0) return;
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), steps](TaskContext&) { return walk(*project, steps); },
        [this](Result<int> walked) {
            if (!walked) emit m_workspace.problem(Workspace::words(walked.error()));
            m_workspace.noteEdit();
        });
}

}  // namespace lamina
