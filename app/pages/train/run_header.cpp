#include "app/pages/train/run_header.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

#include <cmath>

#include <unistd.h>

#include "app/pages/train/augmentation_words.h"
#include "app/workspace/language.h"
#include "widgets/charts/axis_ticks.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int progressSteps = 1000;

QPushButton* makeButton(const char* objectName, const char* icon) {
    auto* button = new QPushButton;
    button->setObjectName(objectName);
    button->setIcon(themeIcon(icon));
    return button;
}

double progressOf(const TrainingSnapshot& snapshot) {
    if (snapshot.epochs <= 0) return 0;
    const double batches = static_cast<double>(snapshot.batches);
    const double inside = batches > 0 ? static_cast<double>(snapshot.batch) / batches : 0;
    return (static_cast<double>(std::max<std::int64_t>(1, snapshot.epoch)) - 1 + inside) / static_cast<double>(snapshot.epochs);
}

/// What a device says of itself, in the language in use: names and versions stay.
QString deviceWords(const QString& description) {
    static const QRegularExpression threads(QStringLiteral("^(\\d+) threads?$"));
    QStringList parts = description.split(QStringLiteral(", "));
    for (QString& part : parts) {
        if (part == QLatin1String("CPU")) part = RunHeader::tr("Processor");
        else if (part == QLatin1String("Reference")) part = RunHeader::tr("Reference");
        else if (const auto match = threads.match(part); match.hasMatch()) part = RunHeader::tr("%n thread(s)", nullptr, match.captured(1).toInt());
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace

qint64 memoryInUse() {
    QFile file("/proc/self/statm");
    if (!file.open(QIODevice::ReadOnly)) return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

RunHeader::RunHeader(QWidget* parent)
    : QFrame(parent),
      m_title(new ElidedLabel),
      m_state(new QLabel),
      m_augmented(new ElidedLabel),
      m_progress(new QProgressBar),
      m_pause(makeButton("train_pause", "pause")),
      m_goOn(makeButton("train_go_on", "play")),
      m_stopAfterEpoch(makeButton("train_stop_after_epoch", "stop")),
      m_stopNow(makeButton("train_stop_now", "stop")),
      m_resume(makeButton("train_resume", "play")),
      m_extend(makeButton("train_extend", "add")),
      m_review(makeButton("train_review", "review")),
      m_more(new QSpinBox) {
    setObjectName("run_header");
    setProperty(ThemeRole::card, true);
    m_title->setProperty(ThemeRole::section, true);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_state->setObjectName("train_state");
    m_state->setTextFormat(Qt::PlainText);
    m_augmented->setObjectName("train_augmented");
    m_augmented->setProperty(ThemeRole::muted, true);
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setObjectName("train_progress");
    m_more->setObjectName("train_more_epochs");
    m_more->setRange(1, 100000);
    m_more->setValue(5);
    m_more->setButtonSymbols(QAbstractSpinBox::NoButtons);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_state);
    auto* figures = new QHBoxLayout;
    figures->setSpacing(20);
    static const char* const names[] = {"epoch", "elapsed", "left", "speed", "device", "memory", "patience", "best"};
    for (int i = 0; i < figureCount; ++i) {
        auto* both = new QWidget;
        auto* title = new QLabel;
        auto* value = i == Device ? new ElidedLabel : new QLabel;
        value->setObjectName(QStringLiteral("train_figure_") + names[i]);
        value->setTextFormat(Qt::PlainText);
        title->setProperty(ThemeRole::muted, true);
        auto* box = new QVBoxLayout(both);
        box->setContentsMargins(0, 0, 0, 0);
        box->setSpacing(0);
        box->addWidget(title);
        box->addWidget(value);
        figures->addWidget(both, i == Device ? 1 : 0);
        m_figures.push_back({title, value, both});
    }
    figures->addStretch(0);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_actions = {m_pause, m_goOn, m_stopAfterEpoch, m_stopNow, m_resume, m_extend, m_more, m_review};
    for (QWidget* action : m_actions) buttons->addWidget(action);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_progress);
    layout->addLayout(figures);
    layout->addWidget(m_augmented);
    layout->addLayout(buttons);
    connect(m_pause, &QPushButton::clicked, this, &RunHeader::pauseWanted);
    connect(m_goOn, &QPushButton::clicked, this, &RunHeader::goOnWanted);
    connect(m_stopAfterEpoch, &QPushButton::clicked, this, &RunHeader::stopAfterEpochWanted);
    connect(m_stopNow, &QPushButton::clicked, this, &RunHeader::stopNowWanted);
    connect(m_resume, &QPushButton::clicked, this, &RunHeader::resumeWanted);
    connect(m_extend, &QPushButton::clicked, this, [this] { emit extendWanted(m_more->value()); });
    connect(m_review, &QPushButton::clicked, this, &RunHeader::reviewWanted);
    retranslate();
    // All of them at once would make the window wider.
    showButtons({});
    showNothing();
}

void RunHeader::showNothing() {
    m_run.reset();
    hide();
}

void RunHeader::showButtons(const std::vector<QWidget*>& buttons) {
    for (QWidget* action : m_actions) action->setVisible(std::find(buttons.begin(), buttons.end(), action) != buttons.end());
}

void RunHeader::setFigure(Figure figure, const QString& text) {
    const Pair& pair = m_figures[figure];
    pair.both->setVisible(!text.isEmpty());
    if (figure == Device) static_cast<ElidedLabel*>(pair.value)->setFullText(text);
    else pair.value->setText(text);
}

void RunHeader::showLive(TrainingController::State state, const TrainingSnapshot& snapshot, const TrainingPlan& plan, const QString& name,
                         const QString& device) {
    using State = TrainingController::State;
    m_run.reset();
    m_title->setFullText(name);
    const bool preparing = state == State::Preparing;
    m_state->setText(preparing                  ? tr("Preparing the data …")
                     : state == State::Paused   ? tr("Paused")
                     : state == State::Stopping ? tr("Stopping …")
                                                : tr("Training"));
    showAugmented(plan);
    m_progress->setVisible(true);
    m_progress->setRange(0, preparing ? 0 : progressSteps);
    m_progress->setValue(static_cast<int>(std::lround(progressOf(snapshot) * progressSteps)));
    setFigure(Epoch, preparing ? QString() : tr("%1 of %2").arg(snapshot.epoch).arg(snapshot.epochs));
    setFigure(Elapsed, preparing ? QString() : curveTime(snapshot.seconds));
    setFigure(Left, preparing || snapshot.secondsLeft <= 0 ? QString() : curveTime(snapshot.secondsLeft));
    setFigure(Speed,
              snapshot.samplesPerSecond > 0 ? tr("%1 rows/s").arg(QLocale().toString(static_cast<qlonglong>(snapshot.samplesPerSecond))) : QString());
    setFigure(Device, preparing ? QString() : deviceWords(device));
    setFigure(Memory, preparing ? QString() : QLocale().formattedDataSize(memoryInUse()));
    setFigure(Patience,
              plan.patience > 0 && snapshot.patienceLeft >= 0 ? tr("%n epoch(s)", nullptr, static_cast<int>(snapshot.patienceLeft)) : QString());
    setFigure(Best, {});
    switch (state) {
        case State::Running: showButtons({m_pause, m_stopAfterEpoch, m_stopNow}); break;
        case State::Paused: showButtons({m_goOn, m_stopAfterEpoch, m_stopNow}); break;
        case State::Stopping: showButtons({m_stopNow}); break;
        default: showButtons({m_stopNow}); break;
    }
    show();
}

void RunHeader::showAugmented(const TrainingPlan& plan) {
    m_augmented->setVisible(!plan.augmentation.empty());
    if (plan.augmentation.empty()) return;
    m_augmented->setFullText(tr("Training rows changed by: %1").arg(augmentationsDetails(plan.augmentation).replace(u'\n', QStringLiteral(" · "))));
}

void RunHeader::showRest(const RunState& run, bool readOnly) {
    m_run = run;
    m_readOnly = readOnly;
    m_title->setFullText(QString::fromStdString(run.record.name));
    const QString status = messageText("run.status." + runStatusId(run.record.status), QString::fromStdString(runStatusId(run.record.status)));
    const bool elsewhere = readOnly && run.record.status == RunStatus::Running;
    m_state->setText(run.interrupted ? tr("Interrupted") : elsewhere ? tr("Runs in another program") : status);
    m_progress->setVisible(false);
    for (int i = 0; i < figureCount; ++i) setFigure(static_cast<Figure>(i), {});
    showAugmented(run.plan);
    setFigure(Epoch, tr("%1 planned").arg(run.plan.epochs));
    if (run.record.best.is_object()) {
        const std::string metric = run.record.best.value("name", std::string("loss"));
        const QString title = metric == "loss" ? tr("Loss") : messageText("metric." + metric + ".title", QString::fromStdString(metric));
        setFigure(
            Best,
            tr("%1 %2 in epoch %3").arg(title, curveNumber(run.record.best.value("value", std::nan("")))).arg(run.record.best.value("epoch", 0)));
    }
    std::vector<QWidget*> buttons;
    if (run.resumable) buttons.push_back(m_resume);
    if (run.finished) buttons.insert(buttons.end(), {m_extend, m_more});
    buttons.push_back(m_review);
    showButtons(buttons);
    show();
}

void RunHeader::showEpoch(std::int64_t epoch) {
    if (!m_run || !m_readOnly || m_run->plan.epochs <= 0) return;
    const bool running = m_run->record.status == RunStatus::Running;
    setFigure(Epoch, running ? tr("%1 of %2").arg(epoch).arg(m_run->plan.epochs) : tr("%1 planned").arg(m_run->plan.epochs));
    m_progress->setVisible(running);
    m_progress->setRange(0, progressSteps);
    m_progress->setValue(static_cast<int>(progressSteps * (epoch - 1) / m_run->plan.epochs));
}

void RunHeader::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    retranslate();
    if (m_run) showRest(*m_run, m_readOnly);
}

void RunHeader::retranslate() {
    const QString titles[] = {tr("Epoch"),  tr("Elapsed"), tr("Remaining"),     tr("Speed"),
                              tr("Device"), tr("Memory"),  tr("Patience left"), tr("Best validation")};
    for (int i = 0; i < figureCount; ++i) {
        m_figures[static_cast<std::size_t>(i)].title->setText(titles[i]);
        m_figures[static_cast<std::size_t>(i)].value->setAccessibleName(titles[i]);
    }
    m_progress->setAccessibleName(tr("Progress of the training"));
    m_pause->setText(tr("&Pause"));
    m_goOn->setText(tr("&Go on"));
    m_stopAfterEpoch->setText(tr("Stop after this &epoch"));
    m_stopNow->setText(tr("Stop no&w"));
    m_stopNow->setToolTip(tr("Stops at a checkpoint. The training can go on from there later."));
    m_resume->setText(tr("&Go on with this training"));
    m_extend->setText(tr("Train &longer"));
    m_extend->setToolTip(tr("The learning rate takes its course once more over the added epochs."));
    m_more->setAccessibleName(tr("How many epochs more"));
    m_more->setPrefix(tr("+ "));
    m_more->setSuffix(tr(" epochs"));
    m_review->setText(tr("Look at the &results"));
}

}  // namespace lamina
