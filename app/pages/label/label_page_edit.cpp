// What the Label page changes: shapes, classes, states. Noted in memory at once, on the disk as soon as it can be.
#include <QCheckBox>
#include <QInputDialog>
#include <QKeyEvent>
#include <QPushButton>
#include <QTime>

#include <algorithm>
#include <limits>
#include <utility>

#include "app/jobs/labelled_dataset.h"
#include "app/pages/label/class_list.h"
#include "app/pages/label/item_desk.h"
#include "app/pages/label/kind_words.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/label_page.h"
#include "app/pages/label/label_panel.h"
#include "app/pages/label/queue_view.h"
#include "app/pages/label/whole_classes.h"
#include "app/workspace/workspace.h"
#include "core/base/clock.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/notice.h"

namespace lamina {

void LabelPage::edited(const CanvasEdit& edit) {
    if (!m_item || !m_desk) return;
    if (m_workspace.readOnly()) {
        m_notice->say(Notice::Tone::Warning, tr("This project is open for reading only: nothing can be labelled."));
        m_canvas->setShapes(m_item->shapes);
        return;
    }
    if (!m_slip.isEmpty() && m_notice->text() == m_slip) m_notice->hide();
    m_slip.clear();
    save(gestureOf(edit, m_item->item, m_desk->known, m_canvas->toolType().name, m_item->heads));
}

/// Queued at once, in the order of the gestures; called saved only when it is on the disk.
void LabelPage::save(NamedGesture named) {
    if (!m_item || (named.gesture.revisions.empty() && !named.gesture.state)) return;
    m_item->item.state = stateAfter(named.gesture, m_item->item.state, m_item->heads);
    m_item->wholeClasses = wholeClassesOf(m_item->heads, m_desk->known);
    m_queue.noteLabels(named.classes, named.proposals);
    m_classes->setCounts(countsOfNow(m_desk->known, m_queue.counts()));
    m_classes->setTicked(m_item->wholeClasses);
    noteItem();
    if (m_itemDesk) showOnDesk();
    write([name = std::move(named.name), gesture = std::move(named.gesture)](Project& project) { return project.annotations().apply(name, gesture); });
}

void LabelPage::write(LabelSaver::Begin begin) {
    m_saver.write(std::move(begin));
}

/// The item on the screen is other than the queue knows.
void LabelPage::noteItem() {
    const auto& item = m_item->item;
    m_queue.note({item.key, item.position, item.state, item.flagged, !item.comment.empty()});
    m_queueView->itemChanged(item.position);
    showHead();
}

void LabelPage::showSaved() {
    if (m_saver.kept() > 0) m_bar->setSaved(tr("%Ln not saved", nullptr, m_saver.kept()));
    else if (m_saver.waiting() > 0) m_bar->setSaved(tr("saving …"));
    else m_bar->setSaved(tr("saved %1").arg(QTime::currentTime().toString("hh:mm:ss")));
    if (m_saver.kept() == 0 && m_saver.isIdle() && std::exchange(m_trouble, false)) m_notice->hide();
    if (!m_saver.isIdle()) return;
    lookAtReserve();
    m_ahead.settle();
    if (m_item)
        for (auto* panel : m_panels) panel->showItem(&*m_item);
    for (const auto& act : std::exchange(m_whenIdle, {})) act();
    if (m_stale && isVisible()) look();
}

/// What is on the screen is not what the project says: all that was noted is read again.
void LabelPage::refused(const Error& error) {
    m_notice->say(Notice::Tone::Bad, Workspace::words(error));
    m_bar->setSaved(tr("not saved"));
    m_whenIdle.push_back([this] { reload(); });
}

/// Keeps some room on the disk while labels are made, and says when it is in use.
void LabelPage::lookAtReserve() {
    const auto project = m_workspace.shared();
    if (!project || m_workspace.readOnly()) return;
    const auto state = project->reserve().state();
    if (state == DiskReserve::State::GivenUp && !m_trouble) {
        if (!std::exchange(m_lowRoom, true))
            m_notice->say(Notice::Tone::Warning, tr("The disk is full. Your labels are saved in the room that Lamina had put aside, but it does not last for long: make room on the disk."));
        m_roomTimer.start();
    }
    if (state == DiskReserve::State::Made || (state == DiskReserve::State::GivenUp && m_roomTimer.remainingTime() > 0)) return;
    m_workspace.tasks().quietly(this, [project](TaskContext&) { return project->reserve().make(); }, [this](const Result<void>& made) {
        if (!made) return m_roomTimer.start();
        if (std::exchange(m_lowRoom, false)) m_notice->say(Notice::Tone::Good, tr("There is room on the disk again."));
    });
}

void LabelPage::setState(ItemState state, const QString& reason) {
    if (!m_item || m_workspace.readOnly()) return;
    m_item->item.state = state;
    m_item->item.reason = reason.toStdString();
    noteItem();
    write([key = m_item->item.key, state, reason = reason.toStdString()](Project& project) { return project.labelItems().setState({key}, state, reason); });
}

void LabelPage::flag(bool flagged) {
    if (!m_item || m_workspace.readOnly()) return;
    m_item->item.flagged = flagged;
    noteItem();
    write([key = m_item->item.key, flagged](Project& project) { return project.labelItems().setFlagged({key}, flagged); });
}

void LabelPage::comment() {
    if (!m_item || m_workspace.readOnly()) return;
    bool agreed = false;
    const QString text = QInputDialog::getText(this, tr("Comment"), kindWords(KindPhrase::Comment, kind()), QLineEdit::Normal, QString::fromStdString(m_item->item.comment), &agreed);
    if (!agreed) return;
    m_item->item.comment = text.trimmed().toStdString();
    noteItem();
    write([key = m_item->item.key, words = m_item->item.comment](Project& project) { return project.labelItems().setComment(key, words); });
}

/// What is half drawn is a shape where it can be one; else nothing is checked or left before somebody has decided about it.
bool LabelPage::finishDraft() {
    if (m_itemDesk || !m_canvas->tool().draft()) return true;
    const QKeyEvent finish(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
    m_canvas->tool().key(finish);
    if (!m_canvas->tool().draft()) return true;
    m_notice->say(Notice::Tone::Warning, m_keys.filled(tr("Something is half drawn here. Finish it first, or drop it with {drop}.")));
    return false;
}

/// Space: proposals become a person's labels, the picture is checked, the next one comes.
void LabelPage::accept() {
    if (!m_item || !m_desk || isOnTheWay()) return;  // the picture that is meant is not there yet
    if (!m_workspace.readOnly()) {
        if (!finishDraft()) return;
        save(acceptance(m_item->item, m_desk->known, m_item->heads));
        auto shapes = m_canvas->shapes();
        for (auto& shape : shapes) shape.proposed = false;
        m_canvas->setShapes(std::move(shapes));
        setState(m_item->heads.empty() ? ItemState::CheckedEmpty : ItemState::Checked);
        m_pace.finished(clock().steadyNanoseconds());
    }
    goNext();
}

void LabelPage::pickAt(std::size_t place) {
    if (place < m_classes->classes().size()) pick(m_classes->classes()[place].number);
}

/// A digit or a click: selected shapes get the class; else, where whole items are labelled, the item does and the next one comes (with several classes it
/// stays); else it is the class of the next shape.
void LabelPage::pick(std::int64_t number) {
    m_classes->choose(number);
    chooseLabel();
    if (!m_item || !m_desk || number == 0) return;
    if (m_itemDesk && m_itemDesk->takeClass(number)) return;
    const auto selected = m_canvas->selectedShapes();
    if (!selected.empty()) {
        const CanvasLabel label = labelOf(m_desk->classes, number);
        CanvasEdit edit{CanvasEdit::Kind::Reshape, {}, {}};
        for (const auto& shape : selected) {
            if (shape.locked || shape.shape.label == label.name.toStdString()) continue;
            edit.before.push_back(shape);
            edit.after.push_back(shape);
            edit.after.back().shape.label = label.name.toStdString();
            edit.after.back().colour = label.colour;
            edit.after.back().caption = label.name;
            edit.after.back().skeleton = label.skeleton;
        }
        if (!edit.after.empty()) m_canvas->commit(std::move(edit));
        return;
    }
    if (!takesWholeItems() || m_workspace.readOnly() || isOnTheWay()) return;
    if (m_several->isChecked()) return save(toggledClass(number, m_item->item, m_desk->known, m_item->heads));
    save(onlyClass(number, m_item->item, m_desk->known, m_item->heads));
    m_pace.finished(clock().steadyNanoseconds());
    goNext();
}

void LabelPage::chooseLabel() {
    const std::int64_t number = m_classes->chosen();
    if (m_itemDesk) m_itemDesk->setClass(number);
    m_canvas->setLabel(number == 0 || !m_desk ? CanvasLabel() : labelOf(m_desk->classes, number));
}

/// Classes are few and seldom changed: the desk is read again.
void LabelPage::addClass(const QString& name) {
    if (m_workspace.readOnly()) return;
    LabelClassRecord record;
    record.name = name.toStdString();
    record.order = static_cast<std::int64_t>(m_classes->classes().size());
    m_whenIdle.push_back([this] { reload(); });
    write([record](Project& project) { return project.labelClasses().add(record); });
}

void LabelPage::renameClass(std::int64_t number, const QString& name) {
    const auto& all = m_classes->classes();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& record) { return record.number == number; });
    if (m_workspace.readOnly() || found == all.end() || QString::fromStdString(found->name) == name) return;
    m_whenIdle.push_back([this] { reload(); });
    write([id = found->id, to = name.toStdString()](Project& project) { return project.labelClasses().rename(id, to); });
}

/// The classes of whole pictures become the target of a data set of its own; the rest of the window looks at that one.
void LabelPage::useClasses() {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || m_workspace.readOnly()) return;
    m_use->setEnabled(false);
    const auto work = [project, dataset = m_desk->dataset](TaskContext& context) { return datasetOfLabels(*project, dataset, {context.progress, context.cancel}); };
    m_workspace.tasks().start(tr("Classes as a data set"), this, work, [this](Result<ImportOutcome> made) {
        m_use->setEnabled(true);
        if (!made) return m_notice->say(Notice::Tone::Warning, Workspace::words(made.error()));
        m_workspace.noteEdit();
        const auto text = tr("%Ln labelled item(s) are the data set “%1” now: divide it and train on it.", nullptr, static_cast<int>(made->dataset.rows))
                              .arg(QString::fromStdString(made->dataset.name));
        m_notice->say(Notice::Tone::Good, text, tr("Go to Data"), [this, id = made->dataset.id] {
            m_workspace.setDataset(id);
            m_workspace.show("data");
        });
    });
}

void LabelPage::copyShapes() {
    m_copied = m_canvas->selectedShapes();
    if (m_copied.empty()) m_copied = m_canvas->shapes();
}

/// Those of the picture that was left last; what is here already at the same place is not doubled.
void LabelPage::propagate() {
    std::vector<CanvasShape> missing;
    const auto here = m_canvas->shapes();
    for (const auto& shape : m_before)
        if (std::none_of(here.begin(), here.end(), [&](const auto& known) { return known.shape == shape.shape; })) missing.push_back(shape);
    m_canvas->paste(missing);
}

void LabelPage::restore(const AnnotationRecord& earlier, const AnnotationRecord& newest) {
    if (!m_item || !m_desk || m_workspace.readOnly() || earlier.item != m_item->item.key) return;
    auto named = restoration(earlier, newest, m_item->item, m_desk->known, m_item->heads);
    if (named.gesture.revisions.empty()) return;
    readAgainWhenIdle();
    save(std::move(named));
}

/// Classes that are hidden or locked are so on every picture.
void LabelPage::applyLooks() {
    if (!m_desk || (m_classes->hidden().empty() && m_classes->locked().empty() && !m_looked)) return;
    m_looked = !m_classes->hidden().empty() || !m_classes->locked().empty();
    const auto looks = [this](const std::string& label) -> std::pair<bool, bool> {
        const auto found = std::find_if(m_desk->classes.begin(), m_desk->classes.end(), [&](const auto& record) { return record.name == label; });
        if (found == m_desk->classes.end()) return {false, false};
        return {m_classes->hidden().count(found->number) > 0, m_classes->locked().count(found->number) > 0};
    };
    m_canvas->setClassLooks(looks);
}

}  // namespace lamina
