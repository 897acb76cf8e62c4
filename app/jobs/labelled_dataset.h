// The classes that people gave whole pictures, as a dataset to train on. Blocks; any thread.
#pragma once

#include "app/jobs/dataset_jobs.h"

namespace lamina {

/// The rows that have a class as a whole, with a column of these classes as the target; what was the target before is no longer looked at. Proposals of
/// models that nobody accepted do not count. One edit. "labelling.none" {dataset}, "labelling.no_classes" {dataset}, errors of addDerivedDataset().
Result<ImportOutcome> datasetOfLabels(Project& project, const DatasetRecord& dataset, const ImportJob& job = {});

}  // namespace lamina
