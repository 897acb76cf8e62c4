// Several tables with the same columns as one, the rows one below the other.
#pragma once

#include "core/data/importers/importer.h"
#include "core/data/table.h"

namespace lamina {

struct NamedTable {
    std::string name;  ///< the cell of its rows in the column that tells the tables apart
    Table table;
};

/// The columns of the first table in their order, then `nameColumn` (a category; "_2" … behind its name where that is taken). Kinds that differ become
/// the narrowest that holds both: integers and numbers numbers, categories and texts texts, anything else text. "import.columns_differ"
/// {first, second, column}, "job.cancelled". Nothing is published on an error.
Result<ImportedTable> concatenateTables(const std::vector<NamedTable>& tables, const std::string& nameColumn, const Path& folder, const ImportJob& job);

}  // namespace lamina
