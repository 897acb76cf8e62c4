// What the Clean page shows of the state that was computed: the head, the step's panel, marks, remarks on the split.
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

#include <algorithm>

#include "app/jobs/split_jobs.h"
#include "app/pages/clean/clean_menu.h"
#include "app/pages/clean/clean_page.h"
#include "app/pages/clean/state_view.h"
#include "app/pages/clean/step_list.h"
#include "app/pages/clean/step_panel.h"
#include "app/pages/clean/step_picker.h"
#include "app/pages/clean/step_words.h"
#include "app/pages/clean/suggestion_list.h"
#include "app/pages/clean/table_look.h"
#include "app/pages/clean/target_choice.h"
#include "core/data/tensor_picture.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/notice.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

QString counted(std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); }

std::int64_t rowsThere(const CleanTable& clean) {
    if (!clean.removedBy) return clean.table.rows();
    return std::count(clean.removedBy->begin(), clean.removedBy->end(), std::uint16_t{0});
}

}  // namespace

void CleanPage::showContent() {
    const bool open = m_workspace.isOpen();
    m_stack->setCurrentWidget(!open ? static_cast<QWidget*>(m_closed) : m_opened || !m_loaded ? m_content : static_cast<QWidget*>(m_empty));
    m_content->setVisible(open && m_opened);
    m_model->setEditable(editable());
    m_view->table().setEditable(editable());
    m_picker->setEnabled(editable());
    m_target->setEditable(editable());
    m_panel->setReadOnly(!editable());
    m_suggestions->setReadOnly(!editable());
    m_menu->setEditable(editable());
    showHead();
}

void CleanPage::showDatasets() {
    const QSignalBlocker quiet(m_datasets);
    bool same = m_datasets->count() == static_cast<int>(m_opened->all.size());
    for (int i = 0; same && i < m_datasets->count(); ++i)
        same = m_datasets->itemText(i).toStdString() == m_opened->all[static_cast<std::size_t>(i)].second;
    if (!same) m_datasets->clear();
    for (std::size_t i = 0; !same && i < m_opened->all.size(); ++i)
        m_datasets->addItem(QString::fromStdString(m_opened->all[i].second), QString::fromStdString(m_opened->all[i].first));
    m_datasets->setCurrentIndex(m_datasets->findData(QString::fromStdString(m_opened->dataset.id)));
    m_datasets->setVisible(m_datasets->count() > 1);
}

void CleanPage::showHead() {
    m_teach->setVisible(m_recipe.steps.empty());
    m_steps->setMaximumHeight(m_recipe.steps.empty() ? 3 * fontMetrics().height() + 24 : QWIDGETSIZE_MAX);
    if (!m_opened) return;
    const QString name = QString::fromStdString(m_opened->dataset.name);
    showDatasets();
    m_picker->setPictures(pictureColumn(m_opened->table).has_value());
    m_model->setSource(
        tr("%1 rows, %2 columns").arg(counted(m_opened->dataset.rows), counted(static_cast<std::int64_t>(m_opened->table.columnCount()))));
    QString words = tr("not changed yet");
    if (m_result && !m_recipe.steps.empty())
        words = tr("cleaned: %1 rows, %2 columns")
                    .arg(counted(rowsThere(m_result->clean)), counted(static_cast<std::int64_t>(m_result->clean.table.columnCount())));
    // Where there are several, the list beside it names it already.
    m_details->setFullText(m_opened->all.size() > 1 ? words : tr("%1 · %2").arg(name, words));
}

/// Says in words what is looked at.
void CleanPage::showPlace() {
    if (!m_state) return m_view->setPlace({});
    if (m_state->steps == 0) return m_view->setPlace(tr("You look at the data as it was imported. It never changes."));
    if (m_state->steps > m_recipe.steps.size()) return;
    const RecipeStep& step = m_recipe.steps[m_state->steps - 1];
    const QString did = m_state->result.error ? tr("this step could not run") : reportWords(step, m_state->result.report);
    const QString title = tr("After step %1, %2").arg(m_state->steps).arg(stepTitle(step));
    m_view->setPlace(did.isEmpty() ? title : tr("%1: %2").arg(title, did));
}

void CleanPage::showPanel() {
    if (m_wanted == 0 || m_wanted > m_recipe.steps.size() || !m_opened) return m_panel->setNoStep();
    StepSurroundings around;
    for (const std::string& name : m_opened->others) around.datasets << QString::fromStdString(name);
    const bool fresh = m_state && m_state->steps == m_wanted;
    around.known = fresh && !m_state->waits;
    around.input = fresh ? m_state->before.table : m_state && m_state->steps + 1 == m_wanted ? m_state->after.table : m_opened->table;
    if (fresh) around.other = m_state->other;
    m_panel->setStep(m_recipe.steps[m_wanted - 1], around);
}

void CleanPage::showState(std::shared_ptr<const ShownState> state) {
    const auto before = std::exchange(m_state, std::move(state));
    m_look->forgetSketches();
    m_view->setState(*m_state, before.get());
    showMarks();
    showPlace();
    showPanel();
    if (m_state->steps > 0) {
        m_model->setResult(m_state->steps - 1, m_state->result);
        m_panel->setResult(m_state->result);
    }
}

void CleanPage::showMarks() {
    if (!m_state) return;
    QStringList marks;
    for (std::size_t column = 0; column < m_state->after.table.columnCount(); ++column) {
        const std::string& name = m_state->after.table.info(column).name;
        marks << (name == m_opened->target ? tr("target") : m_state->source->isNew(static_cast<int>(column)) ? tr("new") : QString());
    }
    m_view->table().model().setMarks(marks);
}

void CleanPage::lookAtTable() {
    if (!m_state || !m_result || !m_opened) return;
    m_look->look(m_state->after, m_result->clean, *m_opened);
}

/// Rows that a step makes are divided by a split of their own.
void CleanPage::lookAtSplit() {
    const bool whole = m_result && std::none_of(m_result->steps.begin(), m_result->steps.end(), [](const StepResult& step) { return step.error.has_value(); });
    const bool outdated = whole && m_opened && m_opened->split && rowsKeyIn(m_opened->split->method) != m_result->clean.rowsKey;
    if (!outdated) return m_splitNotice->hide();
    const QString text = tr("The recipe gives other rows now than those that were divided into training, validation and test. Training begins only when they are "
                            "divided again.");
    if (editable()) m_splitNotice->say(Notice::Tone::Warning, text, tr("Divide again"), [this] { splitAgain(); });
    else m_splitNotice->say(Notice::Tone::Warning, text);
}

void CleanPage::splitAgain() {
    if (!editable() || !m_opened->split) return;
    m_splitNotice->hide();
    m_workspace.tasks().start(
        tr("Divide the data again"), this,
        [project = m_workspace.shared(), dataset = m_opened->dataset, old = *m_opened->split](TaskContext& context) {
            return redrawSplit(*project, dataset, old, {}, context.cancel);
        },
        [this](const Result<SplitOutcome>& outcome) {
            m_workspace.noteEdit();
            if (!outcome) return lookAtSplit();
            const auto& counts = outcome->record.counts;
            m_notice->say(Notice::Tone::Good, tr("Divided again: %1 training, %2 validation, %3 test.").arg(counted(counts[0]), counted(counts[1]), counted(counts[2])));
        });
}

}  // namespace lamina
