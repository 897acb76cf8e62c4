// A run's best model, loaded and ready: for evaluation, prediction and export.
#pragma once

#include <memory>
#include <string>

#include "core/data/table.h"
#include "core/evaluation/evaluation.h"
#include "core/evaluation/prediction.h"
#include "core/project/project.h"
#include "core/training/training_plan.h"

namespace lamina {

/// One thread at a time.
class TrainedModel {
public:
    /// `run`: id or name; empty: the newest run that has a best checkpoint. "jobs.no_trained_run", "checkpoint.damaged".
    static Result<TrainedModel> load(Project& project, const std::string& run, int threads = 0);

    RunRecord run;
    Network network;
    Preparation preparation;
    const TaskType* task = nullptr;
    TrainingPlan plan;
    std::int64_t epochs = 0;  ///< trained until the best checkpoint
    DatasetRecord dataset;    ///< it was trained on
    std::unique_ptr<Device> device;
    std::unique_ptr<ParameterStore> parameters;
};

/// The run's data: its table with its split, prepared as in training. Members refer to each other; not to be copied.
struct ModelData {
    Table table;
    std::unique_ptr<PreparedData> prepared;

    /// The dataset the run was trained on, with the run's split.
    static Result<std::unique_ptr<ModelData>> ofRun(Project& project, const TrainedModel& model, const CancelToken& cancel = {});
    /// The same dataset, every row to be predicted.
    static Result<std::unique_ptr<ModelData>> ofDataset(Project& project, const TrainedModel& model, const CancelToken& cancel = {});
};

/// Evaluates on one part of the run's split and keeps the result in the project; on Part::Test it is a counted final check.
struct EvaluationOutcome {
    Evaluation evaluation;
    EvaluationRecord record;
};
Result<EvaluationOutcome> evaluateRun(Project& project, TrainedModel& model, Part part, bool withBaselines, const CancelToken& cancel = {});
/// The same with ModelData::ofRun that is there already.
Result<EvaluationOutcome> evaluateRun(Project& project, TrainedModel& model, const ModelData& data, Part part, bool withBaselines, const CancelToken& cancel = {});

/// Predictions for a file that has the model's columns (the target may be missing). The project is not changed.
struct FilePredictions {
    std::vector<Prediction> predictions;
    std::vector<Issue> issues;
};
Result<FilePredictions> predictFile(const Project& project, TrainedModel& model, const Path& file, const CancelToken& cancel = {},
                                    const ProgressFunction& progress = {});
/// Predictions for rows of the run's dataset. "jobs.no_row" {row, rows}.
Result<FilePredictions> predictDatasetRows(Project& project, TrainedModel& model, std::vector<std::int64_t> rows, const CancelToken& cancel = {});

}  // namespace lamina
