// How good a trained model is on some rows, beside what the simplest models would reach.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/tasks/task_type.h"
#include "core/training/forward_pass.h"

namespace lamina {

struct ClassScores {
    std::string name;
    std::int64_t items = 0;      ///< of this class
    std::int64_t predicted = 0;  ///< called this class
    double precision = 0, recall = 0, f1 = 0;
};

/// The task's metrics by id, in the order of its list.
using Scores = std::vector<std::pair<std::string, double>>;

struct Evaluation {
    std::string task;
    std::int64_t items = 0;
    std::int64_t skipped = 0;  ///< rows whose class the model has never seen
    double loss = 0;
    Scores scores;
    ConfusionMatrix confusion;         ///< classification; classes in the order of `classes`
    std::vector<ClassScores> classes;  ///< classification
    /// What simple models reach on the same rows: "most_frequent" or "mean", and "linear".
    std::vector<std::pair<std::string, Scores>> baselines;

    double score(const std::string& metric) const;
};

Result<Evaluation> evaluate(const Network& network, ParameterStore& store, const TaskType& task, const TrainingObjective& objective, const PreparedData& data,
                            std::vector<std::int64_t> rows, const CancelToken& cancel = {});

/// The most frequent class (or the mean), and a linear model trained by the same engine, both fitted on trainingRows.
Result<std::vector<std::pair<std::string, Scores>>> computeBaselines(const TaskType& task, const PreparedData& data, std::vector<std::int64_t> trainingRows,
                                                                     std::vector<std::int64_t> rows, Device& device, const CancelToken& cancel = {});

nlohmann::json evaluationToJson(const Evaluation& evaluation);

}  // namespace lamina
