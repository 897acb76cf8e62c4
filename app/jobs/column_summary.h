// What a column holds, in a few numbers. Reads the whole column once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/data/table.h"

namespace lamina {

struct ColumnSummary {
    std::string name;
    ColumnKind kind = ColumnKind::Number;
    Shape elementShape;         ///< tensors
    std::int64_t rows = 0, missing = 0;
    double minimum = 0, maximum = 0, mean = 0, deviation = 0;  ///< numbers and integers; NaN where there is no value
    std::vector<std::pair<std::string, std::int64_t>> counts;  ///< categories and booleans: how many rows have each value
};

ColumnSummary summarizeColumn(const Table& table, std::size_t column);

}  // namespace lamina
