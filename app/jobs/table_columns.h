// Which column of a table file is which of the model's.
#pragma once

#include <string>
#include <vector>

#include "app/jobs/trained_model.h"
#include "core/data/importers/csv_source.h"

namespace lamina {

struct TableColumns {
    CsvLayout layout;                    ///< of the file; its names are those of its header, or of the training data
    std::vector<std::size_t> ofFeature;  ///< for each of the model's inputs, in the file
    bool byPosition = false;             ///< the file has no header
};

/// By name, in any order and among others; in a file without a header by position, where its columns are as many as those of the training data,
/// those without the target, or the features. `settings`: what was set at the import of the training data; header and decimal mark are found in the file,
/// the delimiter where none was chosen, or the chosen one does not do. "predict.needs_pictures", "predict.missing_columns" {columns, known}, "predict.no_header" {found, expected}, those of csvLayout().
Result<TableColumns> findTableColumns(const TrainedModel& model, const CsvSource& source, const CsvSettings& settings);

}  // namespace lamina
