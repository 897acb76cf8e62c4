// What the rows of a dataset are recognised by when they are labelled, and after the dataset was read again.
#pragma once

#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/data/table.h"
#include "core/project/project.h"

namespace lamina {

/// One for each row, no two alike: the name of its picture; of tables a hash of what is in the row, but for the target (rows alike are numbered).
/// "job.cancelled".
Result<std::vector<std::string>> itemIdentities(const DatasetRecord& dataset, const Table& table, const CancelToken& cancel = {});

}  // namespace lamina
