// How good a trained model is on some rows, beside what the simplest models would reach.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/tasks/task_type.h"
#include "core/training/forward_pass.h"
#include "core/training/item_metrics.h"

namespace lamina {

struct ClassScores {
    std::string name;
    std::int64_t items = 0;      ///< of this class
    std::int64_t predicted = 0;  ///< called this class
    double precision = 0, recall = 0, f1 = 0, specificity = 0;
    double rocArea = 0, averagePrecision = 0;  ///< against all other classes; NaN where one side has no item
};

/// How finding a class goes at some hundred thresholds, from strict to lax: what ROC and precision-recall curves are drawn from.
struct ClassCurve {
    std::size_t place = 0;  ///< of the class in Evaluation::classes
    std::vector<double> recall, falseAlarms, precision;  ///< shares, one of each per point
};

struct Evaluation {
    std::string output;  ///< of several: what it is called
    std::string target;  ///< the column it learned; only with several outputs
    std::string task;
    std::int64_t items = 0;
    std::int64_t skipped = 0;  ///< rows whose class the model has never seen
    double loss = 0;
    Scores scores;  ///< all that the task knows, exact (core/metrics/score_sums.h says up to which size); the task's short list first
    ConfusionMatrix confusion;         ///< classification; classes in the order of `classes`
    std::vector<ClassScores> classes;  ///< classification
    /// Of every class that has items on both sides; of the 20 with the smallest area under the ROC curve where there are more.
    std::vector<ClassCurve> curves;
    /// What simple models reach on the same rows: "most_frequent" or "mean", for windows of a series "last_value", and "linear".
    std::vector<std::pair<std::string, Scores>> baselines;

    std::vector<Evaluation> more;  ///< of the model's further outputs

    double score(const std::string& metric) const;
};

Result<Evaluation> evaluate(const Network& network, ParameterStore& store, const TaskType& task, const TrainingObjective& objective, const PreparedData& data,
                            std::vector<std::int64_t> rows, const CancelToken& cancel = {});

/// The most frequent class (or the mean), of forecasts from windows the newest known value, and a linear model trained by the same engine, both fitted on trainingRows.
Result<std::vector<std::pair<std::string, Scores>>> computeBaselines(const TaskType& task, const PreparedData& data, std::vector<std::int64_t> trainingRows,
                                                                     std::vector<std::int64_t> rows, Device& device, const CancelToken& cancel = {});

nlohmann::json evaluationToJson(const Evaluation& evaluation);

}  // namespace lamina
