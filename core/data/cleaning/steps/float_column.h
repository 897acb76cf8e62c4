// A column that holds an array of numbers in each row, made by a step: what networks read as a whole (windows, word weights).
#pragma once

#include <string>
#include <vector>

#include "core/data/cleaning/column_roles.h"
#include "core/data/cleaning/step_tools.h"

namespace lamina {

/// At most so many bytes are made by one step.
inline constexpr std::uint64_t mostFloatBytes = std::uint64_t{4} << 30;
/// Do rows × each floats fit into them?
inline bool floatsFit(std::int64_t rows, std::int64_t each) {
    return rows == 0 || static_cast<std::uint64_t>(each) <= mostFloatBytes / sizeof(float) / static_cast<std::uint64_t>(rows);
}

/// A Tensor column of float32 that owns its values: rows × elements of `shape`, 0 where missing. `missing`: one per row, or empty: none is.
TableColumn floatColumn(std::vector<float> values, Shape shape, const std::vector<std::uint8_t>& missing, std::string id, std::string name);

}  // namespace lamina
