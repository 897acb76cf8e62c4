// ARFF, the format of Weka and OpenML: a header that names every column and its kind, then rows.
#pragma once

#include "core/data/importers/cell_table.h"
#include "core/data/source_file.h"

namespace lamina {

const ImporterType& arff_importer();

/// All rows into `cells`; rows and values that do not fit the header are counted (arff.rows_skipped, arff.values_became_missing). Errors:
/// "arff.header" {line, reason}, "arff.no_data", "arff.not_utf8" {line}; the caller adds {file}.
Result<void> readArff(const SourceFile& file, CellTable& cells);

}  // namespace lamina
