// Reads all records of a CSV text into typed columns: blocks of a fixed size, cut one after the other and read by several threads,
// handed on in the order of the file. Kinds come from the whole file: a column that a later block shows to need a wider kind is read
// again, alone. Memory is bounded by the blocks in work, whatever the size of the file, as far as the sinks keep nothing.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/importers/csv_columns.h"
#include "core/data/importers/csv_source.h"
#include "core/data/importers/importer.h"

namespace lamina {

/// Takes the blocks of one column, in order; one thread at a time.
class CsvSink {
public:
    virtual ~CsvSink() = default;
    virtual Result<void> append(const ColumnView& block) = 0;
    /// After the last block. Category: the texts of the codes.
    virtual Result<void> finish(std::vector<std::string> dictionary) = 0;
};

/// A new, empty sink for a column of this kind. A column that has to be read again gets another one; the first is destroyed.
using CsvSinkMaker = std::function<Result<std::unique_ptr<CsvSink>>(std::size_t column, ColumnKind kind)>;

struct CsvColumns {
    std::vector<std::unique_ptr<CsvSink>> sinks;  ///< one per column, finished
    std::vector<ColumnReading> readings;          ///< one per column: how its values were read
    std::int64_t rows = 0;
    std::vector<Issue> issues;
};

struct CsvReadOptions {
    int threads = 0;  ///< 0: one per core
    ProgressFunction progress;
    CancelToken cancel;
};

/// Errors: csv.ragged_row, csv.not_utf8, csv.unterminated_quote, csv.record_too_long, csv.no_rows, csv.too_many_categories,
/// job.cancelled, and what the source and the sinks give; the caller adds {file}. The error reported is the first one in the file.
Result<CsvColumns> csvRead(const CsvSource& source, const CsvLayout& layout, const CsvSettings& settings, const CsvReadOptions& options,
                           const CsvSinkMaker& makeSink);

}  // namespace lamina
