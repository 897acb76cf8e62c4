// Stretches of a series with their classes: where they lie on its axis, as a table out of a project and into it. Blocks; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/jobs/dataset_jobs.h"

namespace lamina {

/// Where the steps of a series (the rows of a table) lie: at the times of its first Time column whose values never go back, else at their numbers from 0.
class SeriesAxis {
public:
    explicit SeriesAxis(const Table& table);

    bool isTime() const { return m_column.has_value(); }
    std::int64_t rows() const { return m_table.rows(); }
    /// Milliseconds since 1970, or the row's number.
    double placeOf(std::int64_t row) const;
    /// The first row at or behind a place, the last one at or before it; within the series.
    std::int64_t firstRow(double place) const;
    std::int64_t lastRow(double place) const;
    /// "2024-03-01 12:30:00"; of numbers, as people count, from 1.
    std::string textOf(std::int64_t row) const;
    std::string textAt(double place) const;

private:
    Table m_table;
    std::optional<std::size_t> m_column;
};

struct RangesOutcome {
    std::int64_t ranges = 0;
    std::vector<std::string> newClasses;
    std::vector<EditReceipt> receipts;  ///< of an import
};

/// A CSV file with the columns start, end and class; both ends belong to the stretch. Models' proposals that nobody accepted are left out.
/// "labelling.none" {dataset}, "file.*".
Result<RangesOutcome> exportRanges(Project& project, const DatasetRecord& dataset, const Path& file);
/// The same back, as one edit: stretches that are there already are not doubled, unknown classes are added. "labelling.none" {dataset},
/// "label_ranges.columns" {file}, "label_ranges.bad_row" {file, row}, errors of reading a CSV file.
Result<RangesOutcome> importRanges(Project& project, const DatasetRecord& dataset, const Path& file, const ImportJob& job = {});

}  // namespace lamina
