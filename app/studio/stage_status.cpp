#include "app/studio/stage_status.h"

#include <QCoreApplication>
#include <QLocale>

namespace lamina {
namespace {

struct StageWords {
    Q_DECLARE_TR_FUNCTIONS(StageStatus)
};

using State = StageStatus::State;

}  // namespace

Result<ProjectSummary> summarize(Project& project) {
    ProjectSummary summary;
    summary.open = true;
    LAMINA_TRY(const auto datasets, project.datasets().all());
    for (const auto& dataset : datasets) {
        summary.rows += dataset.rows;
        LAMINA_TRY(const auto splits, project.splits().ofDataset(dataset.id));
        summary.splits += static_cast<std::int64_t>(splits.size());
        LAMINA_TRY(const auto recipe, project.recipes().of(dataset.id));
        LAMINA_TRY(const auto labelling, project.labelItems().ofDataset(dataset.id));
        if (labelling) {
            LAMINA_TRY(const auto counts, project.labelItems().counts(labelling->key));
            summary.items += counts.items();
            summary.labelledItems += counts.items() - counts.states[static_cast<std::size_t>(ItemState::Unlabelled)];
        }
        summary.steps += static_cast<std::int64_t>(recipe.document.value("steps", nlohmann::json::array()).size());
    }
    LAMINA_TRY(const auto networks, project.networks().all());
    LAMINA_TRY(const auto runs, project.runs().all());
    summary.datasets = static_cast<std::int64_t>(datasets.size());
    summary.networks = static_cast<std::int64_t>(networks.size());
    summary.runs = static_cast<std::int64_t>(runs.size());
    for (const auto& run : runs) {
        summary.training = summary.training || run.status == RunStatus::Running;
        summary.trainedRuns += run.best.is_null() ? 0 : 1;
    }
    return summary;
}

std::map<QString, StageStatus> stageStatuses(const ProjectSummary& s) {
    const QLocale locale;
    if (!s.open) {
        const StageStatus closed{State::Locked, StageWords::tr("Open or create a project first.")};
        return {{"data", closed}, {"clean", closed}, {"label", closed}, {"model", closed}, {"train", closed}, {"review", closed}, {"use", closed}};
    }
    const StageStatus needsData{State::Locked, StageWords::tr("Import data first.")};
    std::map<QString, StageStatus> all;
    all["data"] = s.datasets ? StageStatus{State::Done, StageWords::tr("%1 rows or pictures imported.").arg(locale.toString(static_cast<qlonglong>(s.rows)))}
                             : StageStatus{State::Ready, StageWords::tr("Nothing imported yet.")};
    all["clean"] = !s.datasets ? needsData
                   : s.steps   ? StageStatus{State::Done, StageWords::tr("%n cleaning step(s).", nullptr, static_cast<int>(s.steps))}
                               : StageStatus{State::Ready, StageWords::tr("Nothing is changed yet.")};
    all["label"] = !s.datasets ? needsData
                   : s.labelledItems
                       ? StageStatus{State::Done, StageWords::tr("%1 of %2 labelled.").arg(locale.toString(qlonglong(s.labelledItems)), locale.toString(qlonglong(s.items)))}
                       : StageStatus{State::Ready, StageWords::tr("Nothing is labelled yet.")};
    all["model"] = s.networks ? StageStatus{State::Done, StageWords::tr("%n network(s) drawn.", nullptr, static_cast<int>(s.networks))}
                              : StageStatus{State::Ready, StageWords::tr("No network yet.")};
    all["train"] = !s.datasets   ? needsData
                   : !s.networks ? StageStatus{State::Locked, StageWords::tr("Draw a network first, or take a template.")}
                   : s.training  ? StageStatus{State::Busy, StageWords::tr("A training is running.")}
                   : s.runs      ? StageStatus{State::Done, StageWords::tr("%n training(s) so far.", nullptr, static_cast<int>(s.runs))}
                                 : StageStatus{State::Ready, StageWords::tr("Ready to train.")};
    const StageStatus needsRun{State::Locked, StageWords::tr("Train a network first.")};
    all["review"] = s.runs ? StageStatus{State::Ready, StageWords::tr("Look at the curves and at what was mistaken.")} : needsRun;
    all["use"] = s.trainedRuns ? StageStatus{State::Ready, StageWords::tr("Predict with the model or export it.")} : needsRun;
    return all;
}

}  // namespace lamina
