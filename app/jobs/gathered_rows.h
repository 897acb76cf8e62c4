// Some rows of a table as a table of their own.
#pragma once

#include <span>

#include "core/base/cancel.h"
#include "core/data/table.h"

namespace lamina {

/// The values of these rows, in their order, in memory. Any kind but Tensor.
ColumnData gatheredColumn(const ColumnView& column, std::span<const std::int64_t> rows);
/// All columns but tensors, with their ids, names and roles. "job.cancelled".
Result<Table> gatheredRows(const Table& table, std::span<const std::int64_t> rows, const CancelToken& cancel = {});

}  // namespace lamina
