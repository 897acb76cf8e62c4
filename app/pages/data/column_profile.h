// What is in one column, in figures and a small picture of their distribution.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/data/describe.h"
#include "core/data/table.h"

namespace lamina {

struct ColumnProfile {
    ColumnSummary summary;
    std::vector<std::int64_t> bins;  ///< rows per step between minimum and maximum; empty for texts, categories and pictures
    std::vector<std::pair<std::string, std::int64_t>> frequent;  ///< the most frequent values, most rows first; empty where all differ
};

/// Reads the whole column; "job.cancelled". Not in the GUI thread.
Result<ColumnProfile> profileColumn(const Table& table, std::size_t column, const CancelToken& cancel);

}  // namespace lamina
