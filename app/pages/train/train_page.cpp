#include "app/pages/train/train_page.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/learning_rate_job.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/usual_split.h"
#include "app/pages/curves/fold_summary.h"
#include "app/pages/curves/metric_cards.h"
#include "app/pages/train/augmentation_dialog.h"
#include "app/pages/train/fold_training.h"
#include "app/pages/train/learning_rate_dialog.h"
#include "app/pages/train/output_rows.h"
#include "app/pages/train/run_header.h"
#include "app/pages/train/train_form.h"
#include "app/workspace/training_controller.h"
#include "app/workspace/workspace.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int formWidth = 336;
/// Figures that change more often cannot be read.
constexpr int headerMilliseconds = 200;

}  // namespace

TrainPage::TrainPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState("train")),
      m_firstStep(m_empty->addButton("train_first_step")),
      m_otherStep(m_empty->addButton("train_other_step")),
      m_title(new QLabel),
      m_notice(new Notice),
      m_problem(new Notice),
      m_form(new TrainForm),
      m_header(new RunHeader),
      m_cards(new MetricCards(workspace, "train")),
      m_folds(new FoldTraining(workspace, [this] { return wantedTraining(); })),
      m_foldSummary(new FoldSummary(workspace)),
      m_headerTimer(new QTimer(this)) {
    setObjectName("train_page");
    build();
    connectWorkspace();
    retranslate();
}

void TrainPage::build() {
    m_title->setProperty(ThemeRole::heading, true);
    m_notice->setObjectName("train_notice");
    m_problem->setObjectName("train_problem");
    m_form->setFixedWidth(formWidth);
    auto* right = new QVBoxLayout;
    right->setSpacing(12);
    right->addWidget(m_header);
    right->addWidget(m_foldSummary);
    right->addWidget(m_cards, 1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(16);
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_form, 1);
    left->addWidget(m_folds);
    columns->addLayout(left);
    columns->addLayout(right, 1);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_notice);
    layout->addWidget(m_problem);
    layout->addLayout(columns, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
}

void TrainPage::connectWorkspace() {
    TrainingController& training = m_workspace.training();
    connect(&m_workspace, &Workspace::changed, this, &TrainPage::makeStale);
    connect(&m_workspace, &Workspace::selectionChanged, this, &TrainPage::makeStale);
    connect(&m_workspace, &Workspace::opened, this, &TrainPage::makeStale);
    connect(&m_workspace, &Workspace::closed, this, &TrainPage::forget);
    connect(&training, &TrainingController::stateChanged, this, [this] {
        if (m_workspace.training().busy()) m_notice->hide();
        showRun();
        makeStale();
    });
    m_headerTimer->setSingleShot(true);
    m_headerTimer->setInterval(headerMilliseconds);
    connect(m_headerTimer, &QTimer::timeout, this, &TrainPage::showHeader);
    connect(&training, &TrainingController::snapshotChanged, this, [this] {
        if (isVisible() && !m_headerTimer->isActive()) m_headerTimer->start();
    });
    connect(&training, &TrainingController::epochEnded, this, [this] { m_cards->poll(); });
    connect(&training, &TrainingController::failed, this, [this](const QString& text) { m_notice->say(Notice::Tone::Bad, text); });
    connect(&training, &TrainingController::finished, this, [this](int end) {
        const auto how = static_cast<TrainingEnd>(end);
        if (how == TrainingEnd::Stopped)
            return m_notice->say(Notice::Tone::Info, tr("The training was stopped at a checkpoint. It can go on from there."));
        const QString text = how == TrainingEnd::StoppedEarly
                                 ? tr("The training stopped early: the validation did not become better any more. The best epoch is kept.")
                                 : tr("The training is finished. The best epoch is kept.");
        m_notice->say(Notice::Tone::Good, text);
    });
    connect(m_cards, &MetricCards::epochSeen, this, [this](const QString& run, qint64 epoch) {
        m_seenEpoch = {run.toStdString(), epoch};
        showSeenEpoch();
    });
    connect(m_form, &TrainForm::datasetChosen, this, [this](const QString& id) { m_workspace.setDataset(id.toStdString()); });
    connect(m_form, &TrainForm::networkChosen, this, [this](const QString& id) { m_workspace.setNetwork(id.toStdString()); });
    connect(m_form, &TrainForm::splitChosen, this, [this](const QString& id) {
        m_split = id.toStdString();
        makeStale();
    });
    connect(m_form, &TrainForm::startWanted, this, &TrainPage::start);
    connect(m_folds, &FoldTraining::failed, this, [this](const QString& text) { m_notice->say(Notice::Tone::Bad, text); });
    connect(m_folds, &FoldTraining::foldBegins, this, [this](const QString& text) { m_notice->say(Notice::Tone::Info, text); });
    connect(m_form, &TrainForm::findRateWanted, this, &TrainPage::findRate);
    connect(m_form, &TrainForm::augmentWanted, this, &TrainPage::augment);
    connect(m_header, &RunHeader::pauseWanted, &training, &TrainingController::pause);
    connect(m_header, &RunHeader::goOnWanted, &training, &TrainingController::goOn);
    connect(m_header, &RunHeader::stopNowWanted, &training, &TrainingController::stopNow);
    connect(m_header, &RunHeader::stopAfterEpochWanted, &training, &TrainingController::stopAfterEpoch);
    connect(m_header, &RunHeader::resumeWanted, this, [this] { resume(m_workspace.run(), 0); });
    connect(m_header, &RunHeader::extendWanted, this, [this](int epochs) { resume(m_workspace.run(), epochs); });
    connect(m_header, &RunHeader::reviewWanted, this, [this] { m_workspace.show("review"); });
    connect(m_firstStep, &QPushButton::clicked, this, [this] {
        switch (missing()) {
            case Missing::Split: return splitNow();
            case Missing::Network: return buildNow();
            default: return m_workspace.show("data");
        }
    });
    connect(m_otherStep, &QPushButton::clicked, this, [this] { m_workspace.show(missing() == Missing::Network ? "model" : "data"); });
}

void TrainPage::makeStale() {
    m_stale = true;
    if (isVisible()) reload();
}

void TrainPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale) reload();
    showRun();
}

void TrainPage::reload() {
    if (!m_workspace.isOpen()) return forget();
    if (m_loading) return;
    m_loading = true;
    m_stale = false;
    const TrainingController& training = m_workspace.training();
    const SetupWish wish{m_workspace.dataset(), m_split, m_workspace.network(), m_workspace.run(), training.busy() ? training.run() : std::string()};
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), wish](TaskContext& context) { return readTrainingSetup(*project, wish, context.cancel); },
        [this](const Result<TrainingSetup>& setup) {
            m_loading = false;
            if (!m_workspace.isOpen()) return;
            if (!setup) m_problem->say(Notice::Tone::Bad, Workspace::words(setup.error()));
            else take(*setup);
            if (m_stale) reload();
        });
}

void TrainPage::take(const TrainingSetup& setup) {
    m_setup = setup;
    m_form->setSetup(setup);
    const auto split = std::find_if(setup.splits.begin(), setup.splits.end(), [&](const SplitRecord& record) { return record.id == setup.split; });
    m_folds->setSplit(split == setup.splits.end() ? nullptr : &*split);
    std::vector<std::string> metrics{"loss"};
    if (const TaskType* task = findTask(setup.task)) metrics.insert(metrics.end(), task->metrics.begin(), task->metrics.end());
    m_cards->setExpected(metrics);
    showMissing();
    showProblems();
    showRun();
}

void TrainPage::forget() {
    m_setup.reset();
    m_stale = true;
    m_loading = false;
    m_split.clear();
    m_offered.clear();
    m_notice->hide();
    m_problem->hide();
    m_header->showNothing();
    m_cards->setRuns({});
    showMissing();
}

TrainPage::Missing TrainPage::missing() const {
    if (!m_workspace.isOpen()) return Missing::Project;
    if (!m_setup) return Missing::Nothing;
    if (m_setup->run || m_workspace.training().busy()) return Missing::Nothing;
    if (m_setup->datasets.empty()) return Missing::Data;
    if (m_setup->splits.empty()) return Missing::Split;
    return m_setup->networks.empty() ? Missing::Network : Missing::Nothing;
}

void TrainPage::showMissing() {
    const Missing what = missing();
    const bool reader = m_workspace.readOnly();
    m_stack->setCurrentIndex(what == Missing::Nothing ? 1 : 0);
    m_firstStep->setVisible(what != Missing::Project && !(reader && what != Missing::Data));
    m_otherStep->setVisible(what == Missing::Split || what == Missing::Network);
    switch (what) {
        case Missing::Nothing: break;
        case Missing::Project:
            m_empty->setTexts(tr("No project is open"), tr("Here a network learns from your data. Open or create a project first."));
            break;
        case Missing::Data:
            m_empty->setTexts(tr("There is no data yet"),
                              tr("Here a network learns from your data, and you watch how well it does. Import data first."));
            m_firstStep->setText(tr("Go to Data"));
            break;
        case Missing::Split:
            m_empty->setTexts(tr("The data is not divided yet"), tr("A network learns from one part of the data and is tested on rows it has never "
                                                                    "seen. Usual are 80 % for training, 10 % for validation and 10 % for the test."));
            m_firstStep->setText(tr("Divide the data"));
            m_otherStep->setText(tr("Choose how"));
            break;
        case Missing::Network:
            m_empty->setTexts(tr("There is no network yet"), tr("Take the template that fits your data, or draw a network yourself."));
            m_firstStep->setText(tr("Take the template"));
            m_otherStep->setText(tr("Draw a network"));
            break;
    }
}

/// The data's come first: without them nothing of the network can be said.
void TrainPage::showProblem() {
    if (!m_setup || (!m_setup->dataProblem && !m_setup->networkProblem)) return m_problem->hide();
    if (m_setup->splitOutdated) {
        const QString text = tr("The recipe gives other rows now than those that were divided into training, validation and test. Divide them again, by the "
                                "same settings, before you train.");
        if (m_workspace.readOnly() || m_splitting) m_problem->say(Notice::Tone::Warning, text);
        else m_problem->say(Notice::Tone::Warning, text, tr("Divide again"), [this] { splitAgain(); });
    } else if (m_setup->dataProblem) {
        m_problem->say(Notice::Tone::Warning, tr("This data cannot be trained on yet. %1").arg(Workspace::words(*m_setup->dataProblem)), tr("Go to the steps"),
                       [this] { m_workspace.show("clean"); });
    } else {
        m_problem->say(Notice::Tone::Warning, tr("This network cannot be trained yet. %1").arg(Workspace::words(*m_setup->networkProblem)),
                       tr("Go to the network"), [this] { m_workspace.show("model"); });
    }
}

void TrainPage::showProblems() {
    const TrainingController& training = m_workspace.training();
    showProblem();
    if (!m_setup || !m_setup->interrupted || training.busy()) return;
    // The one that is looked at has its button beside its name; the others are offered once.
    const RunRecord& record = m_setup->interrupted->record;
    if (record.id == m_workspace.run() || record.id == m_offered) return;
    m_offered = record.id;
    m_notice->say(Notice::Tone::Warning,
                  tr("The training “%1” was interrupted. It can go on where it stopped.").arg(QString::fromStdString(record.name)),
                  tr("Go on with it"), [this, id = record.id] { resume(id, 0); });
}

void TrainPage::showRun() {
    TrainingController& training = m_workspace.training();
    const bool busy = training.busy(), reader = m_workspace.readOnly();
    const bool ready = m_setup && !m_setup->network.empty() && !m_setup->split.empty() && !m_setup->networkProblem && !m_setup->dataProblem;
    m_form->setLocked(busy || reader, ready && !busy && !reader,
                      busy     ? tr("A training is running.")
                      : reader ? tr("The project is open in another window or program; this one only looks on.")
                               : tr("Data, split and a network without problems are needed."));
    const bool known = m_setup && m_setup->run, preparing = training.state() == TrainingController::State::Preparing;
    const std::string run = busy && !preparing ? training.run() : m_workspace.run();
    const bool curves = !preparing && (busy || known);
    m_folds->setReady(ready && !busy && !reader);
    m_foldSummary->setRun(curves && !busy ? run : std::string());
    m_cards->setRuns(curves ? std::vector<ShownRun>{{run, runName(), 0}} : std::vector<ShownRun>());
    showHeader();
    if (busy && m_stack->currentIndex() == 0) showMissing();
}

QString TrainPage::runName() const {
    const TrainingController& training = m_workspace.training();
    const bool preparing = training.state() == TrainingController::State::Preparing;
    const std::string run = training.busy() ? (preparing ? std::string() : training.run()) : m_workspace.run();
    return m_setup && m_setup->run && m_setup->run->record.id == run ? QString::fromStdString(m_setup->run->record.name) : tr("Training");
}

void TrainPage::showHeader() {
    TrainingController& training = m_workspace.training();
    if (training.busy()) m_header->showLive(training.state(), training.snapshot(), training.plan(), runName(), training.device());
    else if (m_setup && m_setup->run) m_header->showRest(*m_setup->run, m_workspace.readOnly());
    else m_header->showNothing();
    showSeenEpoch();
}

void TrainPage::showSeenEpoch() {
    if (m_setup && m_setup->run && m_setup->run->record.id == m_seenEpoch.first) m_header->showEpoch(m_seenEpoch.second);
}

void TrainPage::start() {
    if (auto request = wantedTraining()) m_workspace.training().start(std::move(*request));
}

std::optional<TrainingRequest> TrainPage::wantedTraining() {
    if (!m_setup || m_setup->network.empty() || m_workspace.training().busy()) return std::nullopt;
    const TrainingChoice choice = m_form->choice();
    TrainingRequest request;
    request.network = m_setup->network;
    request.split = m_setup->split;
    request.plan = planOf(choice);
    request.threads = choice.threads;
    request.device = choice.device;
    return request;
}

void TrainPage::findRate() {
    if (!m_setup || m_setup->network.empty() || m_workspace.training().busy()) return;
    const TrainingChoice choice = m_form->choice();
    TrainingRequest request;
    request.network = m_setup->network;
    request.split = m_setup->split;
    request.plan = withTrainedOutputs(choice.plan);
    request.threads = choice.threads;
    request.device = choice.device;
    m_workspace.tasks().start(
        tr("Find a learning rate"), this,
        [project = m_workspace.shared(), request](TaskContext& context) mutable {
            request.cancel = context.cancel;
            return searchLearningRate(*project, request, {}, context.progress);
        },
        [this](const Result<LearningRateOutcome>& outcome) {
            if (!outcome) {
                if (outcome.error().code != "job.cancelled") m_notice->say(Notice::Tone::Bad, Workspace::words(outcome.error()));
                return;
            }
            auto* dialog = new LearningRateDialog(outcome->search, outcome->current, this);
            connect(dialog, &LearningRateDialog::taken, m_form, &TrainForm::setLearningRate);
            dialog->open();
        });
}

void TrainPage::augment() {
    if (!m_setup || m_setup->network.empty() || m_workspace.training().busy()) return;
    AugmentationChoice choice{m_form->choice().plan.augmentation, m_setup->usual, m_setup->augmented, m_setup->network, m_setup->split};
    auto* dialog = new AugmentationDialog(m_workspace, std::move(choice), this);
    connect(dialog, &AugmentationDialog::taken, m_form, &TrainForm::setAugmentation);
    dialog->open();
}

void TrainPage::resume(const std::string& run, std::int64_t moreEpochs) {
    const TrainingChoice choice = m_form->choice();
    TrainingRequest request;
    request.moreEpochs = moreEpochs;
    request.threads = choice.threads;
    request.device = choice.device;
    m_workspace.training().resume(run, std::move(request));
}

void TrainPage::splitNow() {
    m_workspace.tasks().start(
        tr("Divide the data"), this,
        [project = m_workspace.shared(), id = m_setup->dataset](TaskContext& context) -> Result<SplitOutcome> {
            LAMINA_TRY(const auto dataset, findDataset(*project, id));
            LAMINA_TRY(const auto settings, usualSplit(*project, dataset, context.cancel));
            return splitDataset(*project, dataset, settings, context.cancel);
        },
        [this](const Result<SplitOutcome>& outcome) {
            if (outcome) m_workspace.noteEdit();
        });
}

void TrainPage::splitAgain() {
    m_splitting = true;
    showProblem();
    m_workspace.tasks().start(
        tr("Divide the data again"), this,
        [project = m_workspace.shared(), dataset = m_setup->dataset, split = m_setup->split](TaskContext& context) -> Result<SplitOutcome> {
            LAMINA_TRY(const auto record, findDataset(*project, dataset));
            LAMINA_TRY(const auto old, project->splits().find(split));
            return redrawSplit(*project, record, old, {}, context.cancel);
        },
        [this](const Result<SplitOutcome>& outcome) {
            m_splitting = false;
            if (!outcome) return showProblem();
            m_split = outcome->record.id;
            m_workspace.noteEdit();
            makeStale();
        });
}

void TrainPage::buildNow() {
    m_workspace.tasks().start(
        tr("Build a network from the template"), this,
        [project = m_workspace.shared(), dataset = m_setup->dataset, split = m_setup->split](TaskContext& context) -> Result<BuildOutcome> {
            BuildRequest request;
            request.dataset = dataset;
            request.split = split;
            request.cancel = context.cancel;
            return buildNetwork(*project, request);
        },
        [this](const Result<BuildOutcome>& outcome) {
            if (!outcome) return;
            m_workspace.noteEdit();
            m_workspace.setNetwork(outcome->record.id);
        });
}

void TrainPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void TrainPage::retranslate() {
    m_title->setText(tr("Train"));
    showMissing();
    if (m_setup) {
        showProblems();
        showRun();
    }
}

}  // namespace lamina
