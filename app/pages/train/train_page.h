// The stage Train: choose, start, watch, steer.
#pragma once

#include <optional>

#include "app/pages/common/page.h"
#include "app/jobs/training_run.h"
#include "app/pages/train/training_setup.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace lamina {

class EmptyState;
class FoldSummary;
class FoldTraining;
class MetricCards;
class Notice;
class RunHeader;
class TrainForm;
class Workspace;

class TrainPage : public Page {
    Q_OBJECT
public:
    explicit TrainPage(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Missing { Nothing, Project, Data, Split, Network };

    void build();
    void connectWorkspace();
    void retranslate();
    void makeStale();
    void reload();
    void take(const TrainingSetup& setup);
    void forget();
    Missing missing() const;
    void showMissing();
    QString runName() const;
    void showRun();
    void showHeader();
    void showSeenEpoch();
    void showProblems();
    void start();
    std::optional<TrainingRequest> wantedTraining();
    void findRate();
    void augment();
    void resume(const std::string& run, std::int64_t moreEpochs);
    void showProblem();
    void splitNow();
    void splitAgain();
    void buildNow();

    Workspace& m_workspace;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QPushButton *m_firstStep, *m_otherStep;
    QLabel* m_title;
    Notice* m_notice;   ///< how the last training ended, or what can be gone on with
    Notice* m_problem;  ///< why this network cannot be trained
    TrainForm* m_form;
    RunHeader* m_header;
    MetricCards* m_cards;
    FoldTraining* m_folds;
    FoldSummary* m_foldSummary;
    QTimer* m_headerTimer;
    std::optional<TrainingSetup> m_setup;
    std::string m_split;    ///< chosen here
    std::pair<std::string, qint64> m_seenEpoch;  ///< run and newest epoch in its curves
    std::string m_offered;  ///< interrupted run that was offered
    bool m_stale = true, m_loading = false, m_splitting = false;
};

}  // namespace lamina
