// The CSV importer's reading without a project: a whole file as typed columns in memory (small tables, tests, measurements).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/data/importers/csv_settings.h"
#include "core/data/importers/importer.h"

namespace lamina {

struct CsvTable {
    std::vector<std::string> names;
    std::vector<ColumnData> columns;
    std::int64_t rows = 0;
    nlohmann::json detected;  ///< the settings that were found
    std::vector<Issue> issues;
};

/// Reads the file on `threads` threads (0: one per core); the same code as the import, the same errors. The result does not
/// depend on the number of threads.
Result<CsvTable> parseCsv(const Path& path, const CsvSettings& settings = {}, int threads = 0);
/// The same for a text; errors have no {file}.
Result<CsvTable> parseCsvText(std::string_view text, const CsvSettings& settings = {}, int threads = 1);

const ImporterType& csv_importer();

}  // namespace lamina
