#include "app/pages/label/people_panel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTimer>

#include <algorithm>
#include <cmath>

#include "app/jobs/pack_jobs.h"
#include "app/pages/label/label_pace.h"
#include "app/pages/label/work_queue.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

QString figureText(double value) { return std::isnan(value) ? QString::fromUtf8("–") : QLocale().toString(value, 'f', 3); }

QString folderOf(const Workspace& workspace) { return QFileInfo(workspace.file()).absolutePath(); }

}  // namespace

PeoplePanel::PeoplePanel(Workspace& workspace)
    : m_workspace(workspace), m_about(new QLabel), m_packages(new QLabel), m_outcome(new QLabel), m_speed(new QLabel), m_person(new QLineEdit), m_items(new QComboBox), m_division(new QWidget), m_partText(new QLabel), m_partsText(new QLabel),
      m_part(new QSpinBox), m_parts(new QSpinBox), m_notOut(new QCheckBox), m_blind(new QCheckBox), m_pictures(new QCheckBox), m_share(new QCheckBox), m_people(new QWidget),
      m_send(new QPushButton), m_take(new QPushButton), m_compare(new QPushButton), m_back(new QPushButton) {
    build();
    const auto files = [this] { return tr("Packages to label (*%1)").arg(sessionEnding); };
    connect(m_person, &QLineEdit::textChanged, this, &PeoplePanel::showState);
    connect(m_parts, &QSpinBox::valueChanged, m_part, [this](int parts) { m_part->setMaximum(parts); });
    connect(m_send, &QPushButton::clicked, this, [this, files] {
        const QString file = QFileDialog::getSaveFileName(this, tr("Send a package"), folderOf(m_workspace) + '/' + m_person->text().trimmed() + sessionEnding, files());
        if (!file.isEmpty()) sendTo(file);
    });
    connect(m_take, &QPushButton::clicked, this, [this, files] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Take a package in"), folderOf(m_workspace), files());
        if (!file.isEmpty()) takeIn(file);
    });
    connect(m_back, &QPushButton::clicked, this, [this, files] {
        const QString file = QFileDialog::getSaveFileName(this, tr("Give it back"), folderOf(m_workspace) + '/' + m_workspace.name() + tr(" done") + sessionEnding, files());
        if (!file.isEmpty()) giveBack(file);
    });
    connect(m_compare, &QPushButton::clicked, this, [this] { compare(); });
    // A second opinion is asked for the same items.
    connect(m_blind, &QCheckBox::toggled, m_notOut, [this](bool blind) { m_notOut->setChecked(!blind); });
    retranslate();
}

void PeoplePanel::build() {
    setObjectName("label_people");
    m_person->setObjectName("label_people_person");
    m_items->setObjectName("label_people_items");
    m_notOut->setObjectName("label_people_not_out");
    m_notOut->setChecked(true);
    m_people->setObjectName("label_people_compared");
    (new QVBoxLayout(m_people))->setContentsMargins(0, 0, 0, 0);
    m_people->hide();
    m_blind->setObjectName("label_people_blind");
    m_pictures->setObjectName("label_people_pictures");
    m_speed->setObjectName("label_people_speed");
    m_share->setObjectName("label_people_share");
    m_send->setObjectName("label_people_send");
    m_take->setObjectName("label_people_take");
    m_compare->setObjectName("label_people_compare");
    m_back->setObjectName("label_people_back");
    m_outcome->setObjectName("label_people_outcome");
    m_part->setObjectName("label_people_part");
    m_parts->setObjectName("label_people_parts");
    m_part->setRange(1, 1);
    m_parts->setRange(1, 100);
    m_partText->setBuddy(m_part);
    m_partsText->setBuddy(m_parts);
    auto* division = new QHBoxLayout(m_division);
    division->setContentsMargins(0, 0, 0, 0);
    division->setSpacing(8);
    division->addWidget(m_partText);
    division->addWidget(m_part, 1);
    division->addWidget(m_partsText);
    division->addWidget(m_parts, 1);
    m_about->setProperty(ThemeRole::muted, true);
    for (int i = 0; i < 3; ++i) m_items->addItem(QString());
    for (auto* text : {m_about, m_packages, m_outcome, m_speed}) {
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_speed->setProperty(ThemeRole::muted, true);
    layout->addWidget(m_about);
    layout->addWidget(m_share);
    layout->addWidget(m_back);
    layout->addWidget(m_person);
    layout->addWidget(m_items);
    layout->addWidget(m_division);
    layout->addWidget(m_notOut);
    layout->addWidget(m_blind);
    layout->addWidget(m_pictures);
    layout->addWidget(m_send);
    layout->addWidget(m_take);
    layout->addWidget(m_packages);
    layout->addWidget(m_compare);
    layout->addWidget(m_people);
    layout->addWidget(m_outcome);
    layout->addStretch(1);
    layout->addWidget(m_speed);
}

QString PeoplePanel::title() const { return tr("People"); }

void PeoplePanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    if (!desk || !m_desk || desk->dataset.id != m_desk->dataset.id) {
        for (QCheckBox* tick : m_peopleTicks) tick->deleteLater();
        m_peopleTicks.clear();
    }
    m_desk = std::move(desk);
    showQueueWords();
    m_stale = true;
    if (isVisible()) read();
    showState();
}

void PeoplePanel::showEvent(QShowEvent* event) {
    LabelPanel::showEvent(event);
    showSpeed();
    if (m_stale) read();
}

void PeoplePanel::read() {
    const auto project = m_workspace.shared();
    if (!project) return;
    m_stale = false;
    m_workspace.tasks().quietly(this, [project](TaskContext&) { return project->labelSessions().all(); }, [this](Result<std::vector<LabelSessionRecord>> sessions) {
        if (!sessions) return;
        m_sessions = std::move(*sessions);
        showState();
    });
}

void PeoplePanel::showState() {
    const auto package = std::find_if(m_sessions.begin(), m_sessions.end(), [](const auto& session) { return session.isPackage; });
    const bool isPackage = package != m_sessions.end(), edits = !m_busy && !m_workspace.readOnly();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_person, m_items, m_division, m_notOut, m_blind, m_pictures, m_send, m_take, m_packages, m_compare}) widget->setVisible(!isPackage);
    m_pictures->setVisible(!isPackage && (!m_desk || m_desk->kind == DeskKind::Pictures));
    m_back->setVisible(isPackage);
    m_share->setVisible(isPackage);
    m_back->setEnabled(!m_busy);
    m_send->setEnabled(edits && !m_person->text().trimmed().isEmpty());
    m_take->setEnabled(edits);
    m_compare->setEnabled(!m_busy);
    m_people->setVisible(!isPackage && !m_peopleTicks.empty());
    m_people->setEnabled(!m_busy);
    if (isPackage) {
        m_about->setText(tr("This is a package for %1. When you are done, give it back: the file holds all that you labelled.")
                             .arg(QString::fromStdString(package->settings.value("annotator", std::string()))));
        return;
    }
    m_about->setText(tr("Send some of the items to somebody as a file. It opens the Label page alone, and comes back as revisions: nothing is overwritten."));
    QStringList lines;
    for (const auto& session : m_sessions) {
        const QString name = QString::fromStdString(session.settings.value("name", std::string())), items = QLocale().toString(qlonglong(session.settings.value("items", std::int64_t{0})));
        QString line = (session.merged != 0 ? tr("%1: %2 items, came back") : tr("%1: %2 items, not back yet")).arg(name, items);
        if (const auto speed = session.settings.find(sharedSpeed); speed != session.settings.end() && speed->is_number())
            line += QString::fromUtf8(" · ") + tr("%1 s each").arg(QLocale().toString(speed->get<double>(), 'f', 1));
        lines << line;
    }
    m_packages->setText(lines.join('\n'));
}

/// For the eyes of the person who works.
void PeoplePanel::showSpeed() {
    const double seconds = m_pace ? m_pace->secondsEach() : 0;
    m_speed->setVisible(seconds > 0);
    if (seconds > 0) m_speed->setText(tr("You: %Ln item(s) in this sitting, %1 s each. Only you see this.", nullptr, m_pace->items()).arg(QLocale().toString(seconds, 'f', 1)));
}

/// Where it is seen, however long the panel is.
void PeoplePanel::tell(const QString& outcome) {
    m_outcome->setText(outcome);
    constexpr int laidOut = 60;  // milliseconds: behind the layouts, one in another, that the new text asks for
    for (QWidget* up = parentWidget(); up; up = up->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(up)) QTimer::singleShot(laidOut, this, [this, area] { area->ensureWidgetVisible(m_outcome); });
}

void PeoplePanel::setBusy(bool busy) {
    m_busy = busy;
    if (busy) m_outcome->clear();
    showState();
}

void PeoplePanel::sendTo(const QString& file) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || m_busy) return;
    SessionRequest request;
    request.dataset = m_desk->dataset.id;
    request.person = m_person->text().trimmed().toStdString();
    request.blind = m_blind->isChecked();
    request.pictures = m_pictures->isChecked();
    if (m_items->currentIndex() == 1) request.state = ItemState::Unlabelled;
    if (m_items->currentIndex() == 2 && m_queue && m_queue->shown()) {
        request.rows = *m_queue->shown();
        if (request.rows.empty()) return tell(Workspace::words(fail("label_session.no_items")));
    }
    request.notOut = m_notOut->isChecked();
    request.part = m_part->value();
    request.parts = m_parts->value();
    setBusy(true);
    const auto work = [project, request, path = Path(file.toStdString())](TaskContext& context) { return sendSession(*project, path, request, {context.progress, context.cancel}); };
    m_workspace.tasks().start(tr("Send a package"), this, work, [this](Result<SessionOut> sent) {
        setBusy(false);
        if (!sent) return tell(Workspace::words(sent.error()));
        m_workspace.noteEdit();
        if (m_part->value() < m_parts->value()) m_part->setValue(m_part->value() + 1);  // the next person gets the next part
        m_person->clear();
        tell(tr("%Ln item(s) are in the file “%1” now.", nullptr, static_cast<int>(sent->items)).arg(QString::fromStdString(sent->file.filename().string())));
        read();
    });
}

void PeoplePanel::takeIn(const QString& file) {
    const auto project = m_workspace.shared();
    if (!project || m_busy) return;
    setBusy(true);
    const auto work = [project, path = Path(file.toStdString())](TaskContext& context) { return mergeSession(*project, path, {context.progress, context.cancel}); };
    m_workspace.tasks().start(tr("Take a package in"), this, work, [this](Result<SessionIn> in) {
        setBusy(false);
        if (!in) return tell(Workspace::words(in.error()));
        m_workspace.noteEdit();
        QString text = in->items == 0 ? tr("Nothing in it is new here.") : tr("%Ln item(s) have something new.", nullptr, static_cast<int>(in->items));
        if (in->disputes > 0) text += ' ' + tr("%Ln item(s) are disputed: see Disputes.", nullptr, static_cast<int>(in->disputes));
        tell(text);
        read();
    });
}

void PeoplePanel::giveBack(const QString& file) {
    const auto project = m_workspace.shared();
    if (!project || m_busy) return;
    setBusy(true);
    const double speed = m_share->isChecked() && m_pace ? m_pace->secondsEach() : 0;
    const auto work = [project, path = Path(file.toStdString()), speed](TaskContext& context) -> Result<PackOutcome> {
        if (speed > 0) LAMINA_CHECK(shareSpeed(*project, speed));
        return packProject(*project, path, {true, false, context.cancel, context.progress});
    };
    m_workspace.tasks().start(tr("Give it back"), this, work, [this, file](Result<PackOutcome> packed) {
        setBusy(false);
        tell(packed ? tr("All is in “%1”: send this file back.").arg(QFileInfo(file).fileName()) : Workspace::words(packed.error()));
    });
}

void PeoplePanel::setQueue(const WorkQueue* queue) {
    m_queue = queue;
    showQueueWords();
}

void PeoplePanel::showQueueWords() { m_items->setItemText(2, tr("What the queue shows (%1)").arg(QLocale().toString(qlonglong(m_queue ? m_queue->shownCount() : 0)))); }

/// Nobody named: all people who said something themselves.
void PeoplePanel::compare(std::vector<std::string> people) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || m_busy) return;
    setBusy(true);
    const auto work = [project, dataset = m_desk->dataset, people = std::move(people)](TaskContext& context) { return groupAgreement(*project, dataset, people, context.cancel); };
    m_workspace.tasks().quietly(this, work, [this](Result<GroupAgreement> group) {
        setBusy(false);
        if (!group) return tell(Workspace::words(group.error()));
        offerPeople(*group);
        showAgreement(*group);
    });
}

void PeoplePanel::showAgreement(const GroupAgreement& group) {
    QStringList lines{tr("Fleiss' kappa: %1 (%Ln item(s) that everybody gave a class)", nullptr, static_cast<int>(group.complete)).arg(figureText(group.fleiss)),
                      tr("Krippendorff's alpha: %1").arg(figureText(group.krippendorff))};
    if (group.matched > 0) lines << tr("Overlap of matching shapes: %1").arg(figureText(group.overlap));
    for (const auto& pair : group.pairs) {
        QString line = tr("%1 and %2: Cohen's kappa %3").arg(QString::fromStdString(pair.a), QString::fromStdString(pair.b), figureText(pair.report.cohen));
        if (pair.report.matched > 0) line += QString::fromUtf8(" · ") + tr("overlap %1 of %Ln matching shape(s)", nullptr, static_cast<int>(pair.report.matched)).arg(figureText(pair.report.overlap));
        lines << line;
    }
    tell(lines.join('\n'));
}

/// Who is compared can be chosen once the figures are there: models and what came with the data, too.
void PeoplePanel::offerPeople(const GroupAgreement& group) {
    std::vector<std::string> offered;
    for (const QCheckBox* tick : m_peopleTicks) offered.push_back(tick->property("who").toString().toStdString());
    if (offered != group.known) {
        for (QCheckBox* tick : m_peopleTicks) tick->deleteLater();
        m_peopleTicks.clear();
        for (const std::string& who : group.known) {
            auto* tick = new QCheckBox(QString::fromStdString(who).replace('&', "&&"));
            tick->setProperty("who", QString::fromStdString(who));
            connect(tick, &QCheckBox::clicked, this, &PeoplePanel::comparePeopleTicked);
            m_people->layout()->addWidget(tick);
            m_peopleTicks.push_back(tick);
        }
    }
    for (QCheckBox* tick : m_peopleTicks) tick->setChecked(std::find(group.people.begin(), group.people.end(), tick->property("who").toString().toStdString()) != group.people.end());
    showState();
}

void PeoplePanel::comparePeopleTicked() {
    std::vector<std::string> people;
    for (const QCheckBox* tick : m_peopleTicks)
        if (tick->isChecked()) people.push_back(tick->property("who").toString().toStdString());
    if (people.size() < 2) return tell(tr("Tick two or more to compare them."));
    compare(std::move(people));
}

void PeoplePanel::retranslate() {
    m_person->setPlaceholderText(tr("Who is going to label"));
    m_person->setAccessibleName(tr("Who is going to label"));
    m_items->setItemText(0, tr("All items"));
    m_items->setItemText(1, tr("Items that are not labelled yet"));
    showQueueWords();
    m_items->setAccessibleName(tr("Which items go out"));
    m_notOut->setText(tr("Not what is out with somebody"));
    m_notOut->setToolTip(tr("Items of packages that have not come back yet stay out of this one"));
    m_people->setAccessibleName(tr("Who is compared"));
    m_partText->setText(tr("Part", "of the items, before a number"));
    m_partsText->setText(tr("of", "part 1 of 3"));
    m_part->setAccessibleName(tr("Which part of the items goes out"));
    m_parts->setAccessibleName(tr("Into how many parts the items are divided"));
    m_division->setToolTip(tr("For several people: part 1 of 3 to the first, part 2 of 3 to the second … No item is in two parts"));
    m_blind->setText(tr("Blind: a second opinion"));
    m_blind->setToolTip(tr("Nothing of what others said goes with the items"));
    m_pictures->setText(tr("With the pictures"));
    m_pictures->setToolTip(tr("Pictures that lie outside the project go into the file, too: for somebody at another computer"));
    m_send->setText(tr("Send a package …"));
    m_take->setText(tr("Take a package in …"));
    m_compare->setText(tr("How far do we agree?"));
    m_back->setText(tr("Give it back …"));
    m_share->setText(tr("With how quickly I worked"));
    m_share->setToolTip(tr("The seconds that you took for an item go with the package. Without this nobody sees them but you"));
    showSpeed();
    showState();
}

}  // namespace lamina
