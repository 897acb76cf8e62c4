// What a trained model says about every item of a part, beside the truth: what stands behind the cells of a confusion matrix.
#pragma once

#include <vector>

#include "app/jobs/trained_model.h"

namespace lamina {

struct JudgedItem {
    std::int64_t row = 0;          ///< of the dataset
    std::int32_t actual = -1;      ///< classification: class index
    std::int32_t predicted = -1;
    float probability = 0;         ///< of the predicted class
    double target = 0, value = 0;  ///< regression: truth and prediction in the target's own unit
};

/// In the order of rows. Loads the run's best model. "jobs.no_trained_run", "jobs.part_is_empty", "job.cancelled". Blocks; any thread.
Result<std::vector<JudgedItem>> judgeItems(Project& project, const std::string& run, Part part, const CancelToken& cancel = {});
/// The same with a model and its ModelData::ofRun that are loaded already. `output`: of several, by its title; empty: the first. "jobs.no_output".
Result<std::vector<JudgedItem>> judgeItems(TrainedModel& model, const ModelData& data, Part part, const CancelToken& cancel = {},
                                           const std::string& output = {});

}  // namespace lamina
