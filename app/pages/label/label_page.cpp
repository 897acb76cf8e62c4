// What the Label page reads: the desk, what others changed, and the way through the queue.
#include "app/pages/label/label_page.h"

#include <QCheckBox>
#include <QInputDialog>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/jobs/annotation_jobs.h"
#include "app/pages/label/class_list.h"
#include "app/pages/label/item_desk.h"
#include "app/pages/label/kind_words.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/label_draft.h"
#include "app/pages/label/label_panel.h"
#include "app/pages/label/queue_view.h"
#include "app/workspace/next_steps.h"
#include "app/workspace/workspace.h"
#include "core/project/label_edits.h"
#include "widgets/canvas/canvas_view.h"
#include "app/settings/settings.h"
#include "widgets/common/notice.h"

namespace lamina {

namespace {

constexpr std::int64_t news = 64;  // edits that are looked at one by one; more of them: everything is read again

QString positionSetting(const LabelDesk& desk) { return QString("label/position/%1").arg(QString::fromStdString(desk.dataset.id)); }

/// What people chose to label, where a dataset could be looked at in several ways.
std::map<std::string, std::string> chosenKinds() {
    std::map<std::string, std::string> kinds;
    const QVariantMap kept = settings::value("label/kinds").toMap();
    for (auto entry = kept.begin(); entry != kept.end(); ++entry) kinds[entry.key().toStdString()] = entry.value().toString().toStdString();
    return kinds;
}

}  // namespace

LabelPage::~LabelPage() = default;

void LabelPage::stale() {
    m_stale = true;
    if (isVisible() && m_saver.isIdle()) look();
}

void LabelPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale) look();
}

/// What settings write waits for the disk twice: not while somebody waits for the next picture.
void LabelPage::keepPlace() {
    if (!m_desk) return;
    const auto keep = [name = positionSetting(*m_desk), position = m_position](TaskContext&) -> Result<bool> {
        QSettings().setValue(name, qlonglong(position));
        return true;
    };
    m_workspace.tasks().quietly(this, keep, [](const Result<bool>&) {});
}

void LabelPage::forget() {
    if (m_desk && m_placeTimer.isActive()) QSettings().setValue(positionSetting(*m_desk), qlonglong(m_position));
    m_placeTimer.stop();
    m_desk.reset();
    m_item.reset();
    m_queue = {};
    m_ahead.setDesk(nullptr);
    m_saver.forget();
    m_visited.clear();
    m_whenIdle.clear();
    m_whenShown.clear();
    m_steps.clear();
    m_stepping = false;
    m_canvas->tool().cancel();  // the draft stays beside the project
    m_draft->flush();
    m_before.clear();
    m_position = 0;
    m_going = -1;
    m_canvas->setPicture(nullptr, {});
    m_canvas->setShapes({});
    for (const auto& [kind, desk] : m_itemDesks) desk->setDesk(nullptr);
    m_queueView->setDesk(nullptr);
    for (auto* panel : m_panels) {
        panel->setDesk(nullptr);
        panel->showItem(nullptr);
    }
}

/// The journal says what happened; what was done here is known already.
void LabelPage::look() {
    const auto project = m_workspace.shared();
    if (!project) return forget();
    const bool other = !m_desk || !m_desk->labelling || (!m_workspace.dataset().empty() && m_workspace.dataset() != m_desk->dataset.id && m_workspace.dataset() != m_desk->asked);
    if (other) return reload();
    if (m_looking) return;
    m_looking = true;
    m_stale = false;
    m_workspace.tasks().quietly(this, [project](TaskContext&) { return project->history(news); }, [this](Result<std::vector<JournalEntry>> entries) {
        m_looking = false;
        if (!m_desk || !entries) return;
        if (!m_saver.isIdle()) {  // asked again when all is on the disk
            m_stale = true;
            return;
        }
        takeNews(*entries);
    });
}

void LabelPage::takeNews(const std::vector<JournalEntry>& entries) {
    std::vector<std::int64_t> items;
    bool all = entries.size() == news && entries.back().sequence > m_journal + 1;
    const std::int64_t known = m_journal;
    for (const auto& entry : entries) {
        if (entry.sequence <= known || m_saver.takeOwn(entry.sequence)) continue;
        const std::int64_t item = itemOfEdit(entry.name);
        if (item == 0) all = true;
        else items.push_back(item);
    }
    if (!entries.empty()) m_journal = std::max(m_journal, entries.front().sequence);
    if (all) return reload();
    if (!items.empty()) readItems(items);
}

/// Single items that somebody else changed, and what is counted of them.
void LabelPage::readItems(const std::vector<std::int64_t>& keys) {
    struct News {
        std::vector<ItemMark> marks;
        LabelCounts counts;
    };
    const auto read = [project = m_workspace.shared(), keys, labelling = m_desk->labelling->key](TaskContext&) -> Result<News> {
        News read;
        LAMINA_TRY(read.counts, project->labelItems().counts(labelling));
        for (const std::int64_t key : keys) {
            const auto item = project->labelItems().find(key);
            if (item) read.marks.push_back({item->key, item->position, item->state, item->flagged, !item->comment.empty()});
        }
        return read;
    };
    m_workspace.tasks().quietly(this, read, [this](Result<News> read) {
        if (!read || !m_desk) return;
        for (const auto& mark : read->marks) {
            m_queue.note(mark);
            m_ahead.dropLabels(mark.position);
            m_queueView->itemChanged(mark.position);
        }
        if (m_saver.isIdle()) m_queue.setCounts(read->counts);
        m_classes->setCounts(countsOfNow(m_desk->known, m_queue.counts()));
        const bool here = m_item && std::any_of(read->marks.begin(), read->marks.end(), [&](const ItemMark& mark) { return mark.key == m_item->item.key; });
        if (here && m_going < 0) go(m_position);
        else lookAhead();
    });
}

void LabelPage::reload() {
    const auto project = m_workspace.shared();
    if (!project) return forget();
    m_stale = false;
    m_workspace.tasks().quietly(this, [project, wanted = m_workspace.dataset(), kinds = chosenKinds()](TaskContext&) { return openLabelDesk(*project, wanted, kinds); },
                                [this](Result<std::shared_ptr<const LabelDesk>> desk) {
                                    if (!desk) return m_notice->say(Notice::Tone::Bad, Workspace::words(desk.error()));
                                    if (!m_saver.isIdle() && m_desk) {  // older than what is on the screen
                                        m_stale = true;
                                        return;
                                    }
                                    takeDesk(std::move(*desk));
                                });
}

void LabelPage::takeDesk(std::shared_ptr<const LabelDesk> desk) {
    const bool other = !m_desk || !desk || m_desk->dataset.id != desk->dataset.id || m_desk->labelling.has_value() != desk->labelling.has_value() || m_desk->kind != desk->kind;
    if (other) forget();
    m_desk = std::move(desk);
    const bool labelled = m_desk && m_desk->labelling;
    m_stack->setCurrentIndex(labelled ? 1 : 0);
    const bool begins = m_desk != nullptr && !labelled && !m_workspace.readOnly();
    m_begin->setVisible(begins);
    m_beginFiles->setVisible(begins && !m_desk->annotations.empty());
    m_beginColumn->setVisible(begins && !m_desk->classColumn.empty());
    m_data->setVisible(m_desk == nullptr);
    retranslate();
    if (!labelled) return;
    chooseDesk();
    m_journal = m_desk->journal;
    const auto shown = m_queue.shown();
    m_queue = WorkQueue(m_desk->marks, m_desk->counts);
    if (!other) m_queue.setShown(shown);
    m_bar->setDataset(QString::fromStdString(m_desk->dataset.name));
    m_bar->setReadOnly(m_workspace.readOnly());
    m_classes->setReadOnly(m_workspace.readOnly());
    std::vector<LabelClassRecord> retired;
    for (const auto& record : m_desk->known)
        if (record.retired && record.mergedInto == 0) retired.push_back(record);
    m_classes->setRetired(std::move(retired));
    m_classes->setClasses(m_desk->classes, countsOfNow(m_desk->known, m_desk->counts));
    if (other) m_ahead.setDesk(m_desk);
    else m_ahead.renewDesk(m_desk);
    m_queueView->setDesk(m_desk);
    for (auto* panel : m_panels) panel->setDesk(m_desk);
    chooseLabel();
    if (other) lookAtReserve();
    if (other && isVisible()) workplace()->setFocus();  // its keys work at once
    if (!other) return go(m_going >= 0 ? m_going : m_position);
    m_unplaced = !QSettings().contains(positionSetting(*m_desk));
    const auto last = QSettings().value(positionSetting(*m_desk), 0).toLongLong();
    go(std::clamp<std::int64_t>(last, 0, std::max<std::int64_t>(std::ssize(m_queue.marks()) - 1, 0)));
}

/// Nothing is labelled, or what was said elsewhere comes in at once.
void LabelPage::beginWith(std::function<Result<bool>(Project& project, const DatasetRecord& dataset, const ImportJob& job)> work) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk) return;
    const auto enable = [this](bool enabled) {
        for (auto* button : {m_begin, m_beginFiles, m_beginColumn}) button->setEnabled(enabled);
    };
    enable(false);
    const auto run = [project, dataset = m_desk->dataset, work = std::move(work)](TaskContext& context) { return work(*project, dataset, {context.progress, context.cancel}); };
    m_workspace.tasks().start(tr("Begin labelling"), this, run, [this, enable](Result<bool> begun) {
        enable(true);
        if (!begun) return begun.error().code == "job.cancelled" ? void() : emit m_workspace.problem(Workspace::words(begun.error()));
        m_workspace.noteEdit();
    });
}

/// An undo of something that is not on the screen shows it first. What is still on its way to the disk comes before.
bool LabelPage::guardStep(bool redo, std::function<void()> act) {
    if (m_saver.kept() > 0) {
        m_notice->say(Notice::Tone::Warning, tr("Some of your work is not on the disk yet. Nothing can be undone until it is."));
        return true;
    }
    if (!m_desk || !m_desk->labelling) return false;
    m_steps.push_back({redo, std::move(act)});
    nextStep();
    return true;
}

/// One after the other: each takes back what the one before it has left.
void LabelPage::nextStep() {
    if (m_stepping || m_steps.empty()) return;
    if (!m_saver.isIdle()) return m_whenIdle.push_back([this] { nextStep(); });
    m_stepping = true;
    const Step step = std::move(m_steps.front());
    m_steps.pop_front();
    m_workspace.tasks().quietly(this, [project = m_workspace.shared()](TaskContext&) { return nextSteps(*project); }, [this, step](Result<NextSteps> next) {
        const auto target = !next ? std::nullopt : step.redo ? next->redo : next->undo;
        const std::int64_t item = target ? itemOfEdit(target->name) : 0;
        const bool here = isVisible() && m_item && m_item->item.key == item && !isOnTheWay();
        const QString name = target ? Workspace::words(target->name) : QString(), what = step.redo ? tr("Done again: %1").arg(name) : tr("Taken back: %1").arg(name);
        if (item == 0 || here || !m_desk || !m_queue.ofKey(item)) {
            const bool unseen = target && !here && isVisible();
            if (!m_trouble && !m_lowRoom) m_notice->hide();  // what it says of the step before is no news any more
            if (unseen && !m_trouble && !m_lowRoom) m_notice->say(Notice::Tone::Info, what);
            return step.act();
        }
        stepTo(item, what, step);
    });
}

void LabelPage::stepTo(std::int64_t item, const QString& what, Step step) {
    if (!isVisible()) m_workspace.show("label");
    m_whenShown.push_back([this, item, what, step = std::move(step)] {
        if (m_item && m_item->item.key != item) {  // somebody went on meanwhile
            m_steps.push_front(step);
            m_stepping = false;
            return nextStep();
        }
        m_notice->say(Notice::Tone::Info, what);
        step.act();
    });
    const auto* mark = m_queue.ofKey(item);
    m_visited.push_back(m_position);
    go(mark->position);
}

/// What is half drawn is kept beside the project; what found no room on the disk is not kept anywhere.
QString LabelPage::lossOnClosing() const {
    if (m_saver.kept() == 0) return {};
    return tr("%Ln change(s) of your labels could not be saved yet. If you close now, they are lost. Make room on the disk and wait until “saved” is said.", nullptr, m_saver.kept());
}

/// At once where it was made ready ahead.
void LabelPage::go(std::int64_t position) {
    if (!m_desk || !m_desk->labelling) return;
    if (m_itemDesk && m_itemDesk->isOneItem()) position = 0;
    m_going = position;
    if (auto known = m_ahead.item(position)) return showItem(std::move(*known));
    lookAhead();
}

/// Of the item on the screen, what was read while something of it was on its way to the disk is older than what is seen.
void LabelPage::arrived(std::int64_t position) {
    auto item = m_ahead.item(position);
    if (!item) return;
    if (position == m_position && m_going < 0 && m_item && m_item->isPreview) return sharpen(*item);
    if (position != m_going) return;
    if (m_saver.isIdle() || !m_item || m_item->item.key != item->item.key) return showItem(std::move(*item));
    m_going = -1;
    readAgainWhenIdle();
}

/// The picture whose preview is on the screen is there; what was drawn on the preview stays.
void LabelPage::sharpen(const ShownItem& item) {
    if (item.isPreview || item.item.key != m_item->item.key) return;
    m_item->picture = item.picture;
    m_item->problem = item.problem;
    m_item->isPreview = false;
    showPicture();
    lookAhead();
}

/// Where even its head could not be read, the picture is as large as the project says.
void LabelPage::showPicture() {
    if (m_item->picture) m_item->size = m_item->isPreview ? m_item->size : m_item->picture->size();
    else m_item->size = QSize(static_cast<int>(m_item->item.width), static_cast<int>(m_item->item.height));
    m_canvas->setPicture(m_item->picture, m_item->size);
    if (!m_item->picture) m_notice->say(Notice::Tone::Warning, m_item->problem.isEmpty() ? tr("This item has no picture.") : m_item->problem);
}

void LabelPage::readAgainWhenIdle() {
    m_whenIdle.push_back([this] {
        if (m_going >= 0) return;
        m_ahead.dropLabels(m_position);
        go(m_position);
    });
}

void LabelPage::goNext(int step) {
    ItemFilter filter = m_queueView->filter().items;
    goNext(filter, step);
}

void LabelPage::goNext(const ItemFilter& filter, int step) {
    if (!m_desk || !m_desk->labelling || (m_itemDesk && m_itemDesk->isOneItem())) return;
    const std::int64_t from = m_going >= 0 ? m_going : m_position;
    const auto next = m_queue.next(from, filter, step);
    if (!next) return m_notice->say(Notice::Tone::Good, tr("Nothing of this kind is left."));
    m_visited.push_back(from);
    const bool round = step > 0 ? m_queue.place(*next) < m_queue.place(from) : m_queue.place(*next) > m_queue.place(from);
    if (round && m_queue.place(from) >= 0)
        m_whenShown.push_back([this, text = step > 0 ? tr("That was the last one: it goes on with the first.") : tr("That was the first one: it goes on with the last.")] {
            if (!m_trouble && !m_lowRoom) m_notice->say(Notice::Tone::Info, text);
        });
    go(*next);
}

void LabelPage::goBack() {
    if (!m_visited.empty()) {
        const std::int64_t before = m_visited.back();
        m_visited.pop_back();
        return go(before);
    }
    if (m_position > 0) go(m_position - 1);
}

/// A number is a place among all pictures, anything else a part of a name or a comment: the next one that has it.
void LabelPage::jump() {
    if (!m_desk || !m_desk->labelling) return;
    bool agreed = false;
    const QString text = QInputDialog::getText(this, kindWords(KindPhrase::JumpTitle, kind()), tr("Its number, or a part of its name or comment:"), QLineEdit::Normal, {}, &agreed).trimmed();
    if (!agreed || text.isEmpty()) return;
    bool isNumber = false;
    const qlonglong number = text.toLongLong(&isNumber);
    if (isNumber && m_queue.at(number - 1)) {
        m_visited.push_back(m_position);
        return go(number - 1);
    }
    QueueFilter filter;
    filter.search = text.toStdString();
    const auto find = [project = m_workspace.shared(), desk = m_desk, filter](TaskContext& context) { return positionsOf(*project, *desk, filter, context.cancel); };
    m_workspace.tasks().quietly(this, find, [this, text](Result<std::vector<std::int64_t>> found) {
        if (!found || found->empty()) return m_notice->say(Notice::Tone::Warning, kindWords(KindPhrase::NotFound, kind()).arg(text));
        const auto next = std::upper_bound(found->begin(), found->end(), m_position);
        m_visited.push_back(m_position);
        go(next == found->end() ? found->front() : *next);
    });
}

void LabelPage::refilter() {
    if (!m_desk || !m_desk->labelling) return;
    const int number = ++m_filtering;
    const auto filter = m_queueView->filter();
    if (filter.isNone()) return takeShown(std::nullopt);
    const auto find = [project = m_workspace.shared(), desk = m_desk, filter](TaskContext& context) { return positionsOf(*project, *desk, filter, context.cancel); };
    m_workspace.tasks().quietly(this, find, [this, number](Result<std::vector<std::int64_t>> found) {
        if (number != m_filtering) return;
        if (!found) return m_notice->say(Notice::Tone::Bad, Workspace::words(found.error()));
        takeShown(std::move(*found));
    });
}

void LabelPage::takeShown(std::optional<std::vector<std::int64_t>> positions) {
    m_queue.setShown(std::move(positions));
    m_queueView->queueChanged();
    for (auto* panel : m_panels) panel->setQueue(&m_queue);
    showHead();
    if (m_queue.shownCount() == 0 && !m_queue.marks().empty())
        m_notice->say(Notice::Tone::Info, tr("Nothing is like this."), tr("Show all again"), [this] { m_queueView->clearFilter(); });
    if (m_queue.shownCount() > 0 && m_queue.place(m_position) < 0) return goNext({}, 1);
    lookAhead();
}

/// True: something was half drawn on the picture that is left.
bool LabelPage::putDraftAside() {
    const auto draft = m_canvas->tool().draft();
    m_canvas->tool().cancel();
    if (!draft || !m_item) return false;
    m_draft->note(m_item->item.key, DraftedShape{m_canvas->toolType().name, *draft});
    return true;
}

/// What is on the screen is kept as it is: its edits may not be on the disk yet.
void LabelPage::leave() {
    if (!m_item) return;
    m_item->shapes = m_canvas->shapes();
    m_before = m_item->shapes;
    m_ahead.keep(*m_item);
}

void LabelPage::showItem(ShownItem item) {
    const bool other = !m_item || m_item->item.key != item.item.key;
    m_going = -1;
    bool begun = false;
    if (other) {
        begun = putDraftAside();
        leave();
    }
    m_item = std::move(item);
    m_position = m_item->item.position;
    m_classes->setTicked(m_item->wholeClasses);
    m_several->setChecked(m_several->isChecked() || takesSeveral());
    if (other) m_canvas->select({});
    m_canvas->setShapes(m_item->shapes);
    applyLooks();
    showHead();
    if (m_itemDesk) {
        if (other && !m_trouble && !m_lowRoom) m_notice->hide();
        showOnDesk();
    } else if (other || !m_canvas->isSharp()) {
        if (other && !m_trouble && !m_lowRoom) m_notice->hide();
        showPicture();
    }
    if (other) {
        if (!m_placeTimer.isActive()) m_placeTimer.start();
        m_queueView->showPosition(m_position);
        if (const auto drafted = m_itemDesk ? std::nullopt : m_draft->of(m_item->item.key)) {
            chooseTool(drafted->tool);
            m_canvas->tool().restore(drafted->shape);
        }
    }
    if (begun) m_notice->say(Notice::Tone::Info, tr("What you had begun to draw is kept: it is there again when you come back to that picture."));
    for (auto* panel : m_panels) panel->showItem(&*m_item);
    // Behind that: another item takes its selection from the panels, and they are told of this one.
    if (!m_wantedLabel.isEmpty() && m_itemDesk) m_itemDesk->select(m_wantedLabel.toStdString());
    if (!m_wantedLabel.isEmpty() && m_canvas->shape(m_wantedLabel)) m_canvas->select({m_wantedLabel});
    m_wantedLabel.clear();
    lookAhead();
    for (const auto& act : std::exchange(m_whenShown, {})) act();
}

/// The class that a model says of the whole: it is no label before somebody accepts it.
QString LabelPage::proposalWords() const {
    for (const auto& [label, head] : m_item->heads) {
        if (!head.document.empty() || head.model.empty() || head.classNumber == 0) continue;
        const QString name = labelOf(m_desk->known, head.classNumber).name;
        if (!std::isfinite(head.confidence)) return tr("proposed: %1").arg(name);
        return tr("proposed: %1, %2 %").arg(name, QLocale().toString(100 * head.confidence, 'f', 0));
    }
    return {};
}

/// "12 of 540", the item's state.
void LabelPage::showHead() {
    if (m_item) {
        auto shown = m_item->item;
        if (shown.identity.find('.') == std::string::npos) shown.identity.clear();  // what tells rows and pictures without a file apart is no name
        if (m_workspace.isPackage()) shown.identity.erase(0, shown.identity.rfind('/') + 1);      // folders may say what others said
        m_bar->setItem(shown);
        m_bar->setProposal(proposalWords());
    }
    if (m_itemDesk && m_itemDesk->isOneItem()) return m_bar->setPlace(0, 1, 1);
    m_bar->setPlace(m_queue.place(m_position), m_queue.shownCount(), std::ssize(m_queue.marks()));
}

void LabelPage::lookAhead() {
    std::vector<std::int64_t> wanted;
    const auto filter = m_queueView->filter().items;
    if (m_going >= 0) wanted.push_back(m_going);
    wanted.push_back(m_position);
    if (const auto next = m_queue.next(m_position, filter)) {
        wanted.push_back(*next);
        if (const auto second = m_queue.next(*next, filter); second && *second != m_position) wanted.push_back(*second);
    }
    if (!m_visited.empty()) wanted.push_back(m_visited.back());
    else if (m_position > 0) wanted.push_back(m_position - 1);
    m_ahead.want(wanted);
}

}  // namespace lamina
