#include "app/pages/train/fold_training.h"

#include <QEvent>

#include <algorithm>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/fold_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/workspace/training_controller.h"
#include "app/workspace/workspace.h"

namespace lamina {
namespace fold_training_parts {

struct Plan {
    std::vector<SplitRecord> splits;
    std::string name;
};

Result<Plan> planFolds(Project& project, const TrainingRequest& request) {
    LAMINA_TRY(const auto network, findNetwork(project, request.network));
    LAMINA_TRY(const auto dataset, findDataset(project, network.datasetId));
    Plan plan;
    LAMINA_TRY(plan.splits, foldSplits(project, dataset, request.split));
    LAMINA_TRY(plan.name, freeSeriesName(project, network.name));
    return plan;
}

}  // namespace fold_training_parts

FoldTraining::FoldTraining(Workspace& workspace, std::function<std::optional<TrainingRequest>()> request, QWidget* parent)
    : QPushButton(parent), m_workspace(workspace), m_makeRequest(std::move(request)) {
    setObjectName("train_folds");
    hide();
    connect(this, &QPushButton::clicked, this, &FoldTraining::begin);
    connect(&workspace.training(), &TrainingController::finished, this, [this](int end) {
        if (!m_expecting) return;
        const auto how = static_cast<TrainingEnd>(end);
        if (how == TrainingEnd::Finished || how == TrainingEnd::StoppedEarly) return next();
        m_expecting = false;
        m_waiting.clear();
    });
    connect(&workspace.training(), &TrainingController::failed, this, [this] {
        m_expecting = false;
        m_waiting.clear();
    });
    connect(&workspace.training(), &TrainingController::stateChanged, this, [this] {
        // Somebody began another training: the folds are given up.
        if (m_starting || m_workspace.training().state() != TrainingController::State::Preparing) return;
        m_expecting = false;
        m_waiting.clear();
    });
    connect(&workspace, &Workspace::closed, this, [this] {
        m_expecting = false;
        m_waiting.clear();
        setSplit(nullptr);
    });
    retranslate();
}

void FoldTraining::setSplit(const SplitRecord* split) {
    m_folds = split ? settingsOf(*split).folds : 0;
    setVisible(m_folds >= 2);
    retranslate();
}

void FoldTraining::setReady(bool ready) { setEnabled(ready); }

void FoldTraining::begin() {
    const auto request = m_makeRequest();
    if (!request || m_workspace.training().busy() || !m_workspace.isOpen()) return;
    setEnabled(false);
    m_request = *request;
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), request = *request](TaskContext&) { return fold_training_parts::planFolds(*project, request); },
        [this](const Result<fold_training_parts::Plan>& plan) {
            setEnabled(true);
            if (!plan) return emit failed(Workspace::words(plan.error()));
            m_series = newUuid();
            m_name = plan->name;
            m_all = plan->splits.size();
            m_waiting.assign(plan->splits.rbegin(), plan->splits.rend());
            next();
        });
}

void FoldTraining::next() {
    m_expecting = false;
    if (m_waiting.empty() || m_workspace.training().busy()) return;
    const SplitRecord split = m_waiting.back();
    m_waiting.pop_back();
    TrainingRequest request = m_request;
    request.split = split.id;
    request.foldSeries = m_series;
    request.name = foldRunName(m_name, split);
    m_expecting = m_starting = true;
    m_workspace.training().start(std::move(request));
    m_starting = false;
    emit foldBegins(tr("Fold %1 of %2").arg(m_all - m_waiting.size()).arg(m_all));
}

void FoldTraining::retranslate() {
    setText(m_folds >= 2 ? tr("Train all %1 &folds").arg(m_folds) : tr("Train all &folds"));
    setToolTip(tr("One training for each fold, one after the other; at the end stand mean and standard deviation of their figures."));
}

void FoldTraining::changeEvent(QEvent* event) {
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lamina
