// Rows recognised by what is in them: a 64-bit hash of chosen cells, and exact comparison.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/cancel.h"
#include "core/data/table.h"

namespace lamina {

/// Of bytes; the same on every machine and in every version (it is not persisted, but splits and tests depend on it).
std::uint64_t hashBytes(std::string_view bytes);
/// Of one cell: equal values have equal hashes whatever their stored form (categories by their text, whole numbers and booleans as
/// numbers; -0.0 is 0.0; every missing value is alike).
std::uint64_t hashCell(const ColumnView& view, std::int64_t row);
bool cellsAreEqual(const ColumnView& a, std::int64_t rowA, const ColumnView& b, std::int64_t rowB);

/// One hash per row over these columns: the sum of what each column gives under its name, so that columns can be added and taken away again and
/// their order does not matter.
/// "job.cancelled".
Result<std::vector<std::uint64_t>> hashRows(const Table& table, const std::vector<std::size_t>& columns, int threads = 0,
                                            const CancelToken& cancel = {});
/// Adds (or takes away) what these columns give.
Result<void> addToHashes(std::vector<std::uint64_t>& hashes, const Table& table, const std::vector<std::size_t>& columns, bool takeAway,
                         int threads = 0, const CancelToken& cancel = {});
bool rowsAreEqual(const Table& table, const std::vector<std::size_t>& columns, std::int64_t a, std::int64_t b);

}  // namespace lamina
