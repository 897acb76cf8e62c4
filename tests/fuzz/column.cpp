// Any bytes as a column file: a column whose every value can be looked at, or an error, never a crash.
#include <cstdlib>
#include <string>

#include "core/data/column_file.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(column)(const std::uint8_t* data, std::size_t size) {
    const auto column = lamina::ColumnFile::open(memoryFile(data, size));
    if (!column) return 0;
    const auto view = column->view();
    const std::int64_t rows = std::min<std::int64_t>(view.rows, 1000);
    for (std::int64_t row = 0; row < rows; ++row) (void)lamina::displayText(view, column->info(), row);
    return 0;
}
