// The classes and values that people gave whole pictures, texts and rows, as a dataset to train on. Blocks; any thread.
#pragma once

#include <optional>

#include "app/jobs/dataset_jobs.h"

namespace lamina {

/// The rows that have a class as a whole, with a column of these classes as the target; where more rows have a value (the attribute labelledValue) than a
/// class, those rows, with a column of these numbers. Where some item has several classes: a column of "yes" and "no" for each class, the most frequent one as the
/// target and the others ignored (further outputs of a network may learn them), also of items that were checked and have none. What was the target before is no longer looked at. Proposals of models that nobody accepted do not
/// count. One edit. "labelling.none" {dataset}, "labelling.no_classes" {dataset}, errors of addDerivedDataset().
Result<ImportOutcome> datasetOfLabels(Project& project, const DatasetRecord& dataset, const ImportJob& job = {});

/// The attribute of an item that holds the number which a person gave it: {"attributes": {"value": "3.5"}}.
inline constexpr const char* labelledValue = "value";

/// The column whose texts people read and mark: the Text column called "text", else the one with the longest texts; none: there is no Text column.
std::optional<std::size_t> labelledTextColumn(const Table& table);

}  // namespace lamina
