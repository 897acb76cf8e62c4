// The table that reading is measured with.
#pragma once

#include <cstdint>

#include "core/base/files.h"

namespace lamina::bench {

/// Twenty mixed columns, 236 bytes per row: a block of 20,000 random rows, again and again.
void writeMixedCsv(const Path& path, std::int64_t rows);

}  // namespace lamina::bench
