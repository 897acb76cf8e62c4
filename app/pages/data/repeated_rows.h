// The same item in training and in the parts that check it: scores would look better than they are.
#pragma once

#include "core/data/split.h"
#include "core/data/table.h"
#include "core/project/dataset_record.h"

namespace lamina {

struct RepeatedRows {
    std::int64_t validation = 0, test = 0;  ///< rows of the part whose features are all equal to those of a training row
};

/// Compares all columns with the role "feature". Equal means: the same 64-bit hash. "job.cancelled". Not in the GUI thread.
Result<RepeatedRows> findRepeatedRows(const Table& table, const DatasetRecord& record, const Split& split, const CancelToken& cancel);

}  // namespace lamina
