// A run's best model, loaded and ready: for evaluation, prediction and export.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/model_outputs.h"
#include "core/data/table.h"
#include "core/evaluation/evaluation.h"
#include "core/evaluation/prediction.h"
#include "core/project/project.h"
#include "core/training/training_plan.h"

namespace lamina {

/// One thread at a time.
class TrainedModel {
public:
    /// `run`: id or name; empty: the newest run that has a best checkpoint. `output`: which of several comes first, by title or layer; empty: the plan's
    /// first. "jobs.no_trained_run", "jobs.no_output" {output, known}, "checkpoint.damaged".
    static Result<TrainedModel> load(Project& project, const std::string& run, int threads = 0, const std::string& output = {});

    RunRecord run;
    std::vector<ModelOutput> outputs;  ///< never empty; the one asked for comes first
    Network network;                   ///< of the first output, its question and task
    Preparation preparation;
    const TaskType* task = nullptr;
    TrainingPlan plan;
    std::int64_t epochs = 0;  ///< trained until the best checkpoint
    DatasetRecord dataset;    ///< it was trained on
    FrozenRecipe recipe;      ///< the run's own
    /// What a row to be answered consists of: the features, or the original columns that the recipe makes them from, where it makes a row of a row. Pictures:
    /// the one feature.
    std::vector<FeatureColumn> inputs;
    Project* project = nullptr;  ///< it comes from; for recipes that look at other tables
    /// Are new rows cleaned before they are prepared? Pictures are read as they are; arrays that a step makes (windows, numbers of words) come of rows.
    bool cleansRows() const;
    /// Does the recipe make rows of its own, which are answered instead of those that come in?
    bool makesRows() const;
    /// Of this title or layer; empty: the first. nullptr: there is none.
    const ModelOutput* output(const std::string& name) const;
    std::unique_ptr<Device> device;
    std::unique_ptr<ParameterStore> parameters;
};

/// The data with this output's target in front.
PreparedData dataFor(const PreparedData& data, const ModelOutput& output);

/// The run's data: its table with its split, prepared as in training. Members refer to each other; not to be copied.
struct ModelData {
    Table table;   ///< as the run's recipe cleaned it
    CleanedData cleaned;
    std::unique_ptr<PreparedData> prepared;

    /// The dataset the run was trained on, with the run's split.
    static Result<std::unique_ptr<ModelData>> ofRun(Project& project, const TrainedModel& model, const CancelToken& cancel = {});
    /// The same dataset, every row to be predicted.
    static Result<std::unique_ptr<ModelData>> ofDataset(Project& project, const TrainedModel& model, const CancelToken& cancel = {});
};

/// Evaluates all outputs on one part of the run's split and keeps the result in the project; on Part::Test it is a counted final check.
struct EvaluationOutcome {
    Evaluation evaluation;
    EvaluationRecord record;
    std::vector<Issue> issues;  ///< pictures that could not be read
};
Result<EvaluationOutcome> evaluateRun(Project& project, TrainedModel& model, Part part, bool withBaselines, const CancelToken& cancel = {});
/// The same with ModelData::ofRun that is there already.
Result<EvaluationOutcome> evaluateRun(Project& project, TrainedModel& model, const ModelData& data, Part part, bool withBaselines, const CancelToken& cancel = {});

/// A row that a step of the recipe removed.
struct UnansweredRow {
    std::int64_t row = 0;
    Error why;  ///< "predict.removed_by_step" {which, number}
};

/// Predictions for a file that has the model's columns (the target may be missing). The project is not changed.
struct FilePredictions {
    std::vector<Prediction> predictions;  ///< of the rows that are answered, in their order
    std::vector<Issue> issues;
    std::vector<UnansweredRow> unanswered;
    Table made;  ///< the rows that were answered, where the recipe makes rows of its own; else without columns
};
Result<FilePredictions> predictFile(Project& project, TrainedModel& model, const Path& file, const CancelToken& cancel = {},
                                    const ProgressFunction& progress = {});
/// The same for a table that is imported already.
Result<FilePredictions> predictTable(Project& project, TrainedModel& model, const Table& table, const CancelToken& cancel = {});
/// Predictions for rows of the run's dataset. "jobs.no_row" {row, rows}.
Result<FilePredictions> predictDatasetRows(Project& project, TrainedModel& model, std::vector<std::int64_t> rows, const CancelToken& cancel = {});

}  // namespace lamina
