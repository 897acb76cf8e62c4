#include "app/pages/label/shape_history.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QCoreApplication>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

#include "app/pages/label/kind_words.h"
#include "app/workspace/workspace.h"
#include "widgets/canvas/canvas_tool.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

/// The name of a tool as people know it; others as they are.
QString toolWords(const std::string& tool) {
    if (const std::string_view import = "import:"; tool.starts_with(import)) return ShapeHistory::tr("imported (%1)").arg(QString::fromStdString(tool.substr(import.size())));
    if (const std::string_view column = "column:"; tool.starts_with(column)) return ShapeHistory::tr("from the column “%1”").arg(QString::fromStdString(tool.substr(column.size())));
    if (tool.starts_with("proposer:")) return ShapeHistory::tr("proposed");
    static const std::pair<const char*, const char*> acts[] = {
        {"span", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "marked")},
        {"arrow", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "arrow")},
        {"value", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "value")},
        {"range", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "stretch")},
        {"interpolate", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "between pictures")},
        {"class", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "as a whole")},
        {"accept", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "accepted")},
        {"reject", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "rejected")},
        {"suspect", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "among the suspects")},
        {"restore", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "brought back")},
        {"attributes", QT_TRANSLATE_NOOP("lamina::ShapeHistory", "attributes")},
        {AnnotationRepository::settlingTool, QT_TRANSLATE_NOOP("lamina::ShapeHistory", "settled")}};
    for (const auto& [name, words] : acts)
        if (tool == name) return ShapeHistory::tr(words);
    const auto* type = canvasTool(tool);
    return type ? QCoreApplication::translate("CanvasTool", type->title) : QString::fromStdString(tool);
}

}  // namespace

ShapeHistory::ShapeHistory(Workspace& workspace, QWidget* parent) : LabelPanel(parent), m_workspace(workspace), m_about(new QLabel), m_list(new QListWidget), m_restore(new QPushButton) {
    setObjectName("label_history");
    m_about->setWordWrap(true);
    m_about->setProperty(ThemeRole::muted, true);
    m_list->setObjectName("label_history_list");
    m_list->setWordWrap(true);
    m_list->setSpacing(2);
    m_list->setMinimumHeight(80);
    m_restore->setObjectName("label_history_restore");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_about);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_restore);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        const auto* line = m_list->item(row);
        m_restore->setEnabled(line && line->data(Qt::UserRole + 1).toBool() && !m_workspace.readOnly());
    });
    connect(m_restore, &QPushButton::clicked, this, &ShapeHistory::restore);
    retranslate();
}

QString ShapeHistory::title() const { return tr("History"); }

void ShapeHistory::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    if (!m_desk) showItem(nullptr);
}

void ShapeHistory::showItem(const ShownItem* item) {
    if (!item || item->item.key != m_item) {
        m_revisions.clear();
        m_labels.clear();
        fill();
    }
    m_item = item ? item->item.key : 0;
    m_stale = true;
    if (isVisible()) read();
}

void ShapeHistory::showSelection(const std::vector<std::string>& labels) {
    if (labels == m_labels) return;
    m_labels = labels;
    fill();
}

void ShapeHistory::showEvent(QShowEvent* event) {
    LabelPanel::showEvent(event);
    if (m_stale) read();
}

void ShapeHistory::read() {
    const auto project = m_workspace.shared();
    m_stale = false;
    if (!project || m_item == 0) return;
    m_workspace.tasks().quietly(this, [project, item = m_item](TaskContext&) { return project->annotations().history(item); },
                                [this, item = m_item](Result<std::vector<AnnotationRecord>> revisions) {
                                    if (item != m_item || !revisions) return;
                                    m_revisions = std::move(*revisions);
                                    fill();
                                });
}

/// Newest first: who did what, with what.
void ShapeHistory::fill() {
    const QVariant chosen = m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole) : QVariant();
    m_list->clear();
    m_restore->setEnabled(false);
    for (auto revision = m_revisions.rbegin(); revision != m_revisions.rend(); ++revision) {
        if (!m_labels.empty() && std::find(m_labels.begin(), m_labels.end(), revision->label) == m_labels.end()) continue;
        auto* line = new QListWidgetItem(words(*revision), m_list);
        const auto* newest = newestOf(revision->label);
        const bool counts = newest && newest->id == revision->id && !revision->removed;
        line->setData(Qt::UserRole, QString::fromStdString(revision->id));
        line->setData(Qt::UserRole + 1, !counts && !revision->removed);
        if (counts) {
            QFont font = line->font();
            font.setBold(true);
            line->setFont(font);
        }
        if (line->data(Qt::UserRole) == chosen) m_list->setCurrentItem(line);
    }
    m_about->setText(m_labels.empty() ? kindWords(KindPhrase::History, m_desk ? m_desk->kind : DeskKind::Pictures) : tr("What became of what is selected. The state that counts is bold."));
}

QString ShapeHistory::words(const AnnotationRecord& revision) const {
    const QString name = m_desk ? labelWords(m_desk->known, revision) : QString::number(revision.classNumber);
    const QString what = revision.removed ? tr("%1 removed").arg(name) : revision.parent.empty() ? tr("%1 made").arg(name) : tr("%1 changed").arg(name);
    const QString when = QLocale().toString(QDateTime::fromMSecsSinceEpoch(revision.time), QLocale::ShortFormat);
    const QString who = revision.model.empty() ? QString::fromStdString(revision.annotator) : tr("a model (%1)").arg(QString::fromStdString(revision.model).left(12));
    QString line = what + "\n" + when + QString::fromUtf8(" · ") + who;
    if (!revision.tool.empty()) line += QString::fromUtf8(" · ") + toolWords(revision.tool);
    if (revision.confidence == revision.confidence) line += QString::fromUtf8(" · ") + QLocale().toString(revision.confidence, 'f', 2);
    return line;
}

const AnnotationRecord* ShapeHistory::newestOf(const std::string& label) const {
    const auto live = std::find_if(m_revisions.rbegin(), m_revisions.rend(), [&](const auto& revision) { return revision.label == label && revision.live && !revision.removed; });
    if (live != m_revisions.rend()) return &*live;
    const auto newest = std::find_if(m_revisions.rbegin(), m_revisions.rend(), [&](const auto& revision) { return revision.label == label; });
    return newest == m_revisions.rend() ? nullptr : &*newest;
}

void ShapeHistory::restore() {
    const auto* line = m_list->currentItem();
    const std::string id = line ? line->data(Qt::UserRole).toString().toStdString() : std::string();
    const auto earlier = std::find_if(m_revisions.begin(), m_revisions.end(), [&](const auto& revision) { return revision.id == id; });
    if (earlier == m_revisions.end()) return;
    if (const auto* newest = newestOf(earlier->label)) emit restoreWanted(*earlier, *newest);
}

void ShapeHistory::retranslate() {
    m_list->setAccessibleName(tr("What was done, newest first"));
    m_restore->setText(tr("Bring this state back"));
    m_restore->setToolTip(tr("The label becomes again what it was then. Nothing is lost: what it is now stays in its history"));
    fill();
    emit titleChanged();
}

}  // namespace lamina
