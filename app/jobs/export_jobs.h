// A trained model as an ONNX file, with the proof that the file gives the same answers. Blocks; any thread.
#pragma once

#include "app/jobs/trained_model.h"
#include "core/onnx/proof.h"

namespace lamina {

struct ExportRequest {
    Path file;                      ///< empty: beside the project, with the run's name
    bool replace = false;           ///< "jobs.file_exists" where the file is there and this is false
    std::int64_t proofItems = 1000; ///< held-out items (test part, else validation, else training); 0: no proof
    CancelToken cancel;
    bool mainOnly = false;          ///< of several outputs the model's first alone; else all of them go into the file
};

struct ExportOutcome {
    Path file;
    std::uint64_t bytes = 0;
    ProofReport proof;
    Path recipe;                ///< beside the file, where the run has a recipe: what is to be done with rows before the model reads them
    std::vector<Issue> issues;  ///< "onnx.begins_cleaned" {file, recipe}
};

/// Of several outputs the names begin with the output's title ("price_value"). Writes the file with preparation and class names inside, then runs it on raw held-out items and compares with Lamina's own answers.
/// Where the proof fails to run the file is removed again.
Result<ExportOutcome> exportRun(Project& project, TrainedModel& model, const ExportRequest& request);

}  // namespace lamina
