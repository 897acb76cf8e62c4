#include "app/pages/use/use_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>

#include "app/pages/use/export_card.h"
#include "app/pages/use/predict_file_card.h"
#include "app/pages/use/try_card.h"
#include "app/settings/settings.h"
#include "app/workspace/workspace.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

bool isPicture(const QString& file) {
    static const QStringList endings{"png", "jpg", "jpeg", "bmp", "gif", "webp", "tif", "tiff"};
    return endings.contains(QFileInfo(file).suffix().toLower());
}

}  // namespace

UsePage::UsePage(Workspace& workspace, QWidget* parent)
    : Page(parent), m_workspace(workspace), m_stack(new QStackedWidget), m_empty(new EmptyState("use")), m_train(m_empty->addButton("use_train")),
      m_title(new QLabel), m_runLabel(new QLabel), m_runs(new QComboBox), m_notice(new Notice), m_try(new TryCard), m_predict(new PredictFileCard(workspace)),
      m_export(new ExportCard(workspace)) {
    build();
    connect(m_train, &QPushButton::clicked, this, [this] { m_workspace.show("train"); });
    connect(m_runs, &QComboBox::activated, this, [this](int row) { m_workspace.setRun(m_known[static_cast<std::size_t>(row)].id); });
    connect(m_try, &TryCard::itemWanted, this, [this](qint64 item) {
        ask([item](ReadyModel& ready) { return answerItem(ready, item); });
    });
    connect(m_try, &TryCard::rowTyped, this, [this](const std::vector<std::string>& texts) {
        ask([texts](ReadyModel& ready) { return answerTyped(ready, texts); });
    });
    connect(m_try, &TryCard::pictureWanted, this, &UsePage::choosePicture);
    const auto stale = [this] {
        m_stale = true;
        if (isVisible()) reload();
    };
    connect(&m_workspace, &Workspace::changed, this, stale);
    connect(&m_workspace, &Workspace::selectionChanged, this, stale);
    connect(&m_workspace, &Workspace::opened, this, stale);
    connect(&m_workspace, &Workspace::closed, this, &UsePage::forget);
    retranslate();
}

void UsePage::build() {
    m_title->setProperty(ThemeRole::heading, true);
    m_runs->setObjectName("use_run");
    m_runs->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_runs->setMinimumContentsLength(12);
    m_runLabel->setBuddy(m_runs);
    m_notice->hide();
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_runLabel);
    head->addWidget(m_runs);
    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(12);
    right->addWidget(m_export);
    right->addWidget(m_predict);
    right->addStretch(1);
    auto* rightSide = new QWidget;
    rightSide->setLayout(right);
    auto* rightArea = new QScrollArea;
    rightArea->setWidget(rightSide);
    rightArea->setWidgetResizable(true);
    rightArea->setFrameShape(QFrame::NoFrame);
    rightArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    rightArea->setMinimumWidth(300);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    columns->addWidget(m_try, 5);
    columns->addWidget(rightArea, 3);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->setSpacing(12);
    layout->addLayout(head);
    layout->addWidget(m_notice);
    layout->addLayout(columns, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
}

void UsePage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale) reload();
}

void UsePage::reload() {
    if (!m_workspace.isOpen()) return;
    m_stale = false;
    m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared()](TaskContext&) -> Result<std::vector<TrainedRun>> {
            LAMINA_TRY(const auto all, project->runs().all());
            std::vector<TrainedRun> runs;
            for (auto run = all.rbegin(); run != all.rend(); ++run)
                if (!run->best.is_null()) runs.push_back({run->id, run->name, run->best.dump()});
            return runs;
        },
        [this](Result<std::vector<TrainedRun>> runs) {
            if (!runs) return m_notice->say(Notice::Tone::Bad, Workspace::words(runs.error()));
            takeRuns(std::move(*runs));
        });
}

void UsePage::takeRuns(std::vector<TrainedRun> runs) {
    m_known = std::move(runs);
    m_stack->setCurrentIndex(m_known.empty() ? 0 : 1);
    if (m_known.empty()) return;
    const QSignalBlocker quiet(m_runs);
    m_runs->clear();
    for (const TrainedRun& run : m_known) m_runs->addItem(QString::fromStdString(run.name));
    const std::string chosen = chosenRun();
    for (std::size_t i = 0; i < m_known.size(); ++i)
        if (m_known[i].id == chosen) m_runs->setCurrentIndex(static_cast<int>(i));
    loadModel();
}

std::string UsePage::chosenRun() const {
    const auto found = std::find_if(m_known.begin(), m_known.end(), [&](const TrainedRun& run) { return run.id == m_workspace.run(); });
    return found != m_known.end() ? found->id : m_known.front().id;
}

void UsePage::loadModel() {
    const auto run = std::find_if(m_known.begin(), m_known.end(), [chosen = chosenRun()](const TrainedRun& r) { return r.id == chosen; });
    if (m_loaded == run->id + run->best) return;
    m_loaded = run->id + run->best;
    m_workspace.tasks().quietly(
        this,
        [desk = m_desk, project = m_workspace.shared(), id = run->id](TaskContext& context) {
            return desk->use(*project, id, context.cancel, [](ReadyModel& ready) -> Result<ModelFacts> { return factsOf(ready); });
        },
        [this, wanted = m_loaded](Result<ModelFacts> facts) {
            if (wanted != m_loaded) return;
            if (!facts) {
                m_loaded.clear();
                return m_notice->say(Notice::Tone::Bad, Workspace::words(facts.error()));
            }
            m_notice->hide();
            m_facts = std::move(*facts);
            m_predict->setRun(m_facts->run, m_facts->preparation.isImage(), m_facts->cleaningSteps);
            m_export->setModel(*m_facts);
            m_try->setModel(*m_facts);
        });
}

void UsePage::ask(Question question) {
    m_waiting = std::move(question);
    if (!m_asking) askNext();
}

void UsePage::askNext() {
    if (!m_waiting || !m_facts || !m_workspace.isOpen()) return;
    m_asking = true;
    m_workspace.tasks().quietly(
        this,
        [desk = m_desk, project = m_workspace.shared(), run = m_facts->run, question = std::exchange(m_waiting, nullptr)](TaskContext& context) {
            return desk->use(*project, run, context.cancel, question);
        },
        [this](Result<UseAnswer> answer) {
            m_asking = false;
            if (answer) m_try->showAnswer(*answer);
            else m_try->showError(Workspace::words(answer.error()));
            askNext();
        });
}

void UsePage::choosePicture() {
    const QString folder = settings::value("use/picture_folder", QDir::homePath()).toString();
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a picture"), folder,
                                                      tr("Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff);;All files (*)"));
    if (file.isEmpty()) return;
    settings::setValue("use/picture_folder", QFileInfo(file).absolutePath());
    dropFiles({file});
}

bool UsePage::dropFiles(const QStringList& files) {
    if (!m_facts || files.isEmpty()) return false;
    const QString file = files.front();
    const bool image = m_facts->preparation.isImage();
    if (image && QFileInfo(file).isFile()) {
        ask([path = Path(file.toStdString())](ReadyModel& ready) { return answerPicture(ready, path); });
        return true;
    }
    if (isPicture(file)) {
        m_notice->say(Notice::Tone::Warning, tr("This model reads the columns of a table, not pictures."));
        return true;
    }
    m_predict->predict(file);
    return true;
}

void UsePage::forget() {
    m_known.clear();
    m_facts.reset();
    m_loaded.clear();
    m_waiting = nullptr;
    m_asking = false;
    m_stale = true;
    m_desk = std::make_shared<ModelDesk>();
    m_predict->setRun({}, false, 0);
    m_export->clearModel();
    m_stack->setCurrentIndex(0);
}

void UsePage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void UsePage::retranslate() {
    m_title->setText(tr("Use the model"));
    m_runLabel->setText(tr("&Trained run:"));
    m_runs->setAccessibleName(tr("Trained run"));
    m_empty->setTexts(tr("No trained model yet"), tr("Here a trained model is tried out, answers for whole files and is exported for other programs. Train one first; "
                                                     "its best state then appears here by itself."));
    m_train->setText(tr("Go to Train"));
}

}  // namespace lamina
