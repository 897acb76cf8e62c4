// Rows with a key made of some columns, and what is typical of another column for each key: what groups learn and later rows look up.
#pragma once

#include <string>
#include <vector>

#include "core/data/cleaning/step_tools.h"

namespace lamina {

/// Groups of rows, in the order in which they first come. Without columns: one group of all rows.
struct KeyedRows {
    std::vector<std::int32_t> of;       ///< one per row; empty: all rows are in group 0
    std::vector<std::string> keys{""};  ///< what the cells of a group read, as one text: the same in every table
    std::size_t group(std::int64_t row) const { return of.empty() ? 0 : static_cast<std::size_t>(of[static_cast<std::size_t>(row)]); }
};
/// Missing cells are a value of their own. "cleaning.no_column", "cleaning.too_many_categories", "job.cancelled".
Result<KeyedRows> keyRows(const CleanTable& input, const std::vector<std::string>& columns, const StepContext& context);

enum class TypicalValue : std::uint8_t { Mean, Median, MostFrequent };
/// The typical value of each group's training rows and, as the last one, of all training rows; null where there is none. Number: a number, Integer
/// and Time: a number (MostFrequent: a whole one), Boolean: true or false, Text and Category: the text. Mean and Median are of Number, Integer and
/// Time columns only. Of several that are equally frequent the smallest.
std::vector<nlohmann::json> typicalValues(const CleanTable& input, const TableColumn& column, const KeyedRows& groups, TrainingRows training,
                                          TypicalValue what);

}  // namespace lamina
