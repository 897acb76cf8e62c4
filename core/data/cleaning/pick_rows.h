// New rows made of a table's rows.
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/cleaning/step_type.h"

namespace lamina {

/// Row i of the column is row rows[i] of `column`; -1: missing. The same id, name and role.
/// Decoded pictures are copied into memory ("cleaning.arrays_too_large" {column, rows, need, available}), unless all rows are taken in their order.
Result<TableColumn> pickRows(const TableColumn& column, const std::vector<std::int64_t>& rows, const CleaningContext& context);

}  // namespace lamina
