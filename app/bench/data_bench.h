// The parts of the data benchmark.
#pragma once

#include "app/bench/report.h"
#include "core/data/table.h"

namespace lamina::bench {

/// A million rows (or so many) of twenty columns: numbers, whole numbers, categories, texts, dates as texts, times; one value in twenty is missing.
Table makeMixedTable(std::int64_t rows);

/// Cleaning steps one by one against pandas, and the profile.
std::vector<Figure> measureCleaning(const Settings& settings);
/// Sorting and filtering as the window does.
std::vector<Figure> measureRowQueries();
/// What a process that imports one file into column files of `folder` says about itself, as JSON: seconds, rows, peak of memory.
std::string importCsvReport(const std::string& path, const std::string& folder, int threads);

}  // namespace lamina::bench
