// Any state of a table as a file for other programs: CSV, XLSX, JSON Lines or NPZ. There whole or not at all. Blocks; any thread.
#pragma once

#include <string>
#include <vector>

#include "app/jobs/clean_jobs.h"

namespace lamina {

struct TableExport {
    Path file;
    std::string format;        ///< "csv", "xlsx", "jsonl", "npz"; empty: from the name's ending
    bool replace = false;      ///< "jobs.file_exists" where the file is there and this is false
    bool byteOrderMark = false;  ///< CSV: "for Excel"
    bool asItIs = false;       ///< CSV: texts that a spreadsheet would run as formulas are not marked with an apostrophe
    CancelToken cancel;
    ProgressFunction progress;
};

struct TableExportOutcome {
    Path file;
    std::string format;
    std::int64_t rows = 0, columns = 0;
    std::vector<Issue> issues;  ///< columns left out, texts that were marked
};

/// The rows that no step removed. CSV (RFC 4180, UTF-8): a text that begins with = + - @, a tab or a line end and is no number gets an apostrophe before it.
/// XLSX: numbers, dates and booleans typed; "export.too_many_rows" {rows, most}, "export.too_many_columns" {columns, most}, "export.text_too_long"
/// {column, row, most}. JSON Lines: one object per row, missing cells are null. NPZ: one array per column; numbers as float64 (integers and booleans as they
/// are where none is missing), times as datetime64[ms], texts as fixed unicode ("export.texts_too_wide" {column}), tensors with their shape.
/// "export.unknown_format" {format}, "job.cancelled", errors of writing.
Result<TableExportOutcome> exportTable(const CleanTable& clean, const TableExport& request);

}  // namespace lamina
