#include "app/pages/label/label_page.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QEvent>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTime>
#include <QToolButton>

#include <algorithm>
#include <utility>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/labelled_dataset.h"
#include "app/pages/label/class_list.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/label_draft.h"
#include "app/settings/settings.h"
#include "app/workspace/workspace.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/notice.h"

namespace lamina {

LabelPage::~LabelPage() = default;

void LabelPage::stale() {
    m_stale = true;
    if (isVisible() && m_saving == 0) reload();
}

void LabelPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale) reload();
}

void LabelPage::forget() {
    m_desk.reset();
    m_item.reset();
    m_pictures.clear();
    m_visited.clear();
    m_position = 0;
    m_moving = false;
    m_canvas->setPicture(nullptr, {});
    m_canvas->setShapes({});
}

void LabelPage::reload() {
    const auto project = m_workspace.shared();
    if (!project) return forget();
    m_stale = false;
    m_workspace.tasks().quietly(this, [project, wanted = m_workspace.dataset()](TaskContext&) { return openLabelDesk(*project, wanted); },
                                [this](Result<std::shared_ptr<const LabelDesk>> desk) {
                                    if (!desk) return m_notice->say(Notice::Tone::Bad, Workspace::words(desk.error()));
                                    takeDesk(std::move(*desk));
                                });
}

void LabelPage::takeDesk(std::shared_ptr<const LabelDesk> desk) {
    const bool other = !m_desk || !desk || m_desk->dataset.id != desk->dataset.id || m_desk->labelling.has_value() != desk->labelling.has_value();
    if (other) forget();
    m_desk = std::move(desk);
    const bool labelled = m_desk && m_desk->labelling;
    m_stack->setCurrentIndex(labelled ? 1 : 0);
    m_begin->setVisible(m_desk != nullptr && !labelled && !m_workspace.readOnly());
    m_data->setVisible(m_desk == nullptr);
    retranslate();
    if (!labelled) return;
    m_bar->setDataset(QString::fromStdString(m_desk->dataset.name));
    m_bar->setCounts(m_desk->counts);
    m_bar->setReadOnly(m_workspace.readOnly());
    m_classes->setReadOnly(m_workspace.readOnly());
    m_classes->setClasses(m_desk->classes, m_desk->counts.classes);
    chooseLabel();
    if (!other) return readAgain();
    const auto last = QSettings().value(QString("label/position/%1").arg(QString::fromStdString(m_desk->dataset.id)), 0).toLongLong();
    go(std::clamp<std::int64_t>(last, 0, std::max<std::int64_t>(m_desk->counts.items() - 1, 0)));
    m_moving = true;  // a second reading of the desk must not lead back to the first picture
}

/// What is on the screen may have changed; who is on the way to another item sees that one fresh anyway.
void LabelPage::readAgain() {
    if (!m_moving) go(m_position);
}

void LabelPage::begin() {
    const auto project = m_workspace.shared();
    if (!project || !m_desk) return;
    m_begin->setEnabled(false);
    const auto work = [project, dataset = m_desk->dataset](TaskContext& context) { return beginLabelling(*project, dataset, {context.progress, context.cancel}); };
    m_workspace.tasks().start(tr("Begin labelling"), this, work, [this](Result<LabellingRecord> begun) {
        m_begin->setEnabled(true);
        if (!begun) return emit m_workspace.problem(Workspace::words(begun.error()));
        m_workspace.noteEdit();
    });
}

void LabelPage::go(std::int64_t position) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || !m_desk->labelling) return;
    const int request = ++m_reading;
    m_workspace.tasks().quietly(this, [project, desk = m_desk, position](TaskContext&) { return readItem(*project, *desk, position); },
                                [this, request](Result<std::optional<ShownItem>> item) {
                                    if (request != m_reading) return;
                                    m_moving = false;
                                    if (!item) return m_notice->say(Notice::Tone::Bad, Workspace::words(item.error()));
                                    showItem(std::move(*item));
                                });
}

void LabelPage::goNext() { goNext(m_bar->filter()); }

void LabelPage::goNext(ItemFilter filter) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || !m_desk->labelling) return;
    const int request = ++m_reading;
    m_moving = true;
    const auto find = [project, desk = m_desk, filter, from = m_position + 1](TaskContext&) -> Result<std::optional<ShownItem>> {
        LAMINA_TRY(const auto next, project->labelItems().next(desk->labelling->key, filter, from));
        if (!next || next->position < 0) return std::optional<ShownItem>();
        return readItem(*project, *desk, next->position);
    };
    m_workspace.tasks().quietly(this, find, [this, request](Result<std::optional<ShownItem>> item) {
        if (request != m_reading) return;
        m_moving = false;
        if (!item) return m_notice->say(Notice::Tone::Bad, Workspace::words(item.error()));
        if (!*item) return m_notice->say(Notice::Tone::Good, tr("No picture of this kind is left."));
        m_visited.push_back(m_position);
        showItem(std::move(*item));
    });
}

void LabelPage::goBack() {
    if (!m_visited.empty()) {
        const std::int64_t before = m_visited.back();
        m_visited.pop_back();
        go(before);
        m_moving = true;
    } else if (m_position > 0) {
        go(m_position - 1);
        m_moving = true;
    }
}

void LabelPage::showItem(std::optional<ShownItem> item) {
    if (!item) return;
    const bool other = !m_item || m_item->item.key != item->item.key;
    if (!other && m_saving > 0) return;  // what was read is older than what is on the screen
    if (other) m_canvas->tool().cancel();
    m_item = std::move(item);
    m_position = m_item->item.position;
    m_bar->setItem(m_item->item);
    m_classes->setTicked(m_item->wholeClasses);
    if (other) m_canvas->select({});
    m_canvas->setShapes(m_item->shapes);
    if (!other) return;
    m_notice->hide();
    showPicture(m_position);
    QSettings().setValue(QString("label/position/%1").arg(QString::fromStdString(m_desk->dataset.id)), qlonglong(m_position));
    if (const auto drafted = m_draft->of(m_item->item.key)) {
        chooseTool(drafted->tool);
        m_canvas->tool().restore(drafted->shape);
    }
}

void LabelPage::showPicture(std::int64_t position) {
    if (const auto known = m_pictures.find(position); known != m_pictures.end()) {
        m_canvas->setPicture(known->second, known->second->size());
        return lookAhead();
    }
    m_canvas->setPicture(nullptr, QSize(static_cast<int>(m_item->item.width), static_cast<int>(m_item->item.height)));
    auto problem = std::make_shared<QString>();
    m_workspace.tasks().quietly(this, [desk = m_desk, position, problem](TaskContext&) -> Result<std::shared_ptr<const PicturePyramid>> { return readPicture(*desk, position, *problem); },
                                [this, position, problem](Result<std::shared_ptr<const PicturePyramid>> picture) {
                                    if (position != m_position || !m_desk) return;
                                    if (!picture || !*picture) return m_notice->say(Notice::Tone::Warning, problem->isEmpty() ? tr("This item has no picture.") : *problem);
                                    m_pictures[position] = *picture;
                                    m_canvas->setPicture(*picture, (*picture)->size());
                                    lookAhead();
                                });
}

/// The next picture is decoded while this one is looked at; what is not near is forgotten.
void LabelPage::lookAhead() {
    std::erase_if(m_pictures, [this](const auto& known) { return known.first < m_position - 1 || known.first > m_position + 1; });
    const std::int64_t next = m_position + 1;
    if (m_pictures.count(next) || next >= m_desk->table.rows()) return;
    m_workspace.tasks().quietly(this, [desk = m_desk, next](TaskContext&) -> Result<std::shared_ptr<const PicturePyramid>> {
        QString unsaid;
        return readPicture(*desk, next, unsaid);
    }, [this, next](Result<std::shared_ptr<const PicturePyramid>> picture) {
        if (picture && *picture && next == m_position + 1) m_pictures[next] = *picture;
    });
}

void LabelPage::edited(const CanvasEdit& edit) {
    if (!m_item || !m_desk) return;
    if (m_workspace.readOnly()) {
        m_notice->say(Notice::Tone::Warning, tr("This project is open for reading only: nothing can be labelled."));
        return go(m_position);
    }
    save(gestureOf(edit, m_item->item, m_desk->classes, m_canvas->toolType().name, m_item->heads));
}

/// Queued at once, in the order of the gestures; called saved only when it is on the disk.
void LabelPage::save(NamedGesture named) {
    const auto project = m_workspace.shared();
    if (!project || (named.gesture.revisions.empty() && !named.gesture.state)) return;
    writeDone(project->annotations().apply(std::move(named.name), std::move(named.gesture)));
}

void LabelPage::writeDone(EditFuture future) {
    ++m_saving;
    m_bar->setSaved(tr("saving …"));
    m_workspace.tasks().quietly(this, [project = m_workspace.shared(), waiting = std::make_shared<EditFuture>(std::move(future))](TaskContext&) { return waiting->get(); },
                                [this](Result<EditReceipt> receipt) { saved(receipt ? nullptr : &receipt.error()); });
}

void LabelPage::saved(const Error* error) {
    --m_saving;
    if (error) {
        m_saveFailed = true;
        m_bar->setSaved(tr("not saved"));
        m_notice->say(Notice::Tone::Bad, Workspace::words(*error));
    } else {
        m_workspace.noteEdit();
        if (std::exchange(m_saveFailed, false)) m_notice->hide();
    }
    if (m_saving > 0) return;
    if (!error) m_bar->setSaved(tr("saved %1").arg(QTime::currentTime().toString("hh:mm:ss")));
    m_stale = true;
    reload();
}

void LabelPage::setState(ItemState state, const QString& reason) {
    const auto project = m_workspace.shared();
    if (!project || !m_item || m_workspace.readOnly()) return;
    writeDone(project->labelItems().setState({m_item->item.key}, state, reason.toStdString()));
}

/// Space: proposals become a person's labels, the picture is checked, the next one comes.
void LabelPage::accept() {
    if (!m_item || !m_desk) return;
    if (!m_workspace.readOnly()) {
        save(acceptance(m_item->item, m_desk->classes, m_item->heads));
        setState(m_item->heads.empty() ? ItemState::CheckedEmpty : ItemState::Checked);
    }
    goNext();
}

/// A digit or a click: selected shapes get the class; else, where whole pictures are labelled, the picture does and the next one comes; else it is the
/// class of the next shape.
void LabelPage::pick(std::int64_t number) {
    m_classes->choose(number);
    chooseLabel();
    if (!m_item || !m_desk || number == 0) return;
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
        }
        if (!edit.after.empty()) m_canvas->commit(std::move(edit));
        return;
    }
    if (!m_whole->isChecked() || m_workspace.readOnly()) return;
    save(wholeClass(number, m_item->item, m_desk->classes, m_item->heads));
    goNext();
}

void LabelPage::chooseLabel() {
    const std::int64_t number = m_classes->chosen();
    m_canvas->setLabel(number == 0 || !m_desk ? CanvasLabel() : labelOf(m_desk->classes, number));
}

void LabelPage::addClass(const QString& name) {
    const auto project = m_workspace.shared();
    if (!project || m_workspace.readOnly()) return;
    LabelClassRecord record;
    record.name = name.toStdString();
    record.order = static_cast<std::int64_t>(m_classes->classes().size());
    writeDone(project->labelClasses().add(std::move(record)));
}

void LabelPage::renameClass(std::int64_t number, const QString& name) {
    const auto project = m_workspace.shared();
    const auto& all = m_classes->classes();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& record) { return record.number == number; });
    if (!project || m_workspace.readOnly() || found == all.end() || QString::fromStdString(found->name) == name) return;
    writeDone(project->labelClasses().rename(found->id, name.toStdString()));
}

void LabelPage::comment() {
    const auto project = m_workspace.shared();
    if (!project || !m_item || m_workspace.readOnly()) return;
    bool agreed = false;
    const QString text = QInputDialog::getText(this, tr("Comment"), tr("What should others know about this picture?"), QLineEdit::Normal, QString::fromStdString(m_item->item.comment), &agreed);
    if (agreed) writeDone(project->labelItems().setComment(m_item->item.key, text.trimmed().toStdString()));
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
        const auto text = tr("%n picture(s) with their classes are the data set “%1” now: divide it and train on it.", nullptr, static_cast<int>(made->dataset.rows))
                              .arg(QString::fromStdString(made->dataset.name));
        m_notice->say(Notice::Tone::Good, text, tr("Go to Data"), [this, id = made->dataset.id] {
            m_workspace.setDataset(id);
            m_workspace.show("data");
        });
    });
}

}  // namespace lamina
