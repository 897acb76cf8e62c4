// What is in a table, in figures: one summary per column, and how the classes are spread over the parts of a split.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/data/column.h"
#include "core/data/split.h"

namespace lamina {

class Table;

struct ColumnSummary {
    std::string name;
    ColumnKind kind = ColumnKind::Number;
    std::int64_t rows = 0, missing = 0, notFinite = 0;
    std::int64_t distinct = 0;      ///< distinct values that are there; not counted for Tensors
    bool distinctIsAtLeast = false; ///< counting stopped at 100,000
    /// Numbers, integers, booleans (0 and 1) and the elements of tensors, without those that are not finite.
    bool hasMoments = false;
    double mean = 0.0, deviation = 0.0, minimum = 0.0, maximum = 0.0;
    std::string shape;              ///< Tensor: "uint8 1×28×28"
    Shape elementShape;             ///< Tensor: {1, 28, 28}
    /// Category and Boolean: rows per value in the order of the dictionary (the first 1000).
    std::vector<std::pair<std::string, std::int64_t>> values;
};

/// One pass over each column; memory does not grow with the rows. Fails with "job.cancelled".
Result<std::vector<ColumnSummary>> describeTable(const Table& table, const CancelToken& cancel = {});

/// The same of one column.
Result<ColumnSummary> describeColumn(const Table& table, std::size_t column, const CancelToken& cancel = {});

nlohmann::json toJson(const ColumnSummary& summary);
/// {"training": 48000, …, "classes": [{"name", "training", …}]}
nlohmann::json countsToJson(const Split& split);

/// How uneven the classes of a part are: largest ÷ smallest class that occurs at all in the split; 0 where a class is missing in the part.
struct ClassBalance {
    std::string smallest, largest;
    std::int64_t smallestRows = 0, largestRows = 0;
    double ratio = 0.0;
};
ClassBalance classBalance(const Split& split, Part part);

}  // namespace lamina
