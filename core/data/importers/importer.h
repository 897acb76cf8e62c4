// The contract of an importer: one file in core/data/importers, one line in importers.cmake. An importer turns a source (a file or a
// folder) into column files. All or nothing: on error or cancel no file is left in the destination.
//
//     const ImporterType& csv_importer() {
//         static const ImporterType type = ImporterDescriptor<CsvSettings, probeCsv, previewCsv, importCsv>{
//             .id = "csv", .title = "CSV table", .summary = "…", .patterns = {"*.csv", "*.tsv"}, .properties = {…}};
//         return type;
//     }
#pragma once

#include <any>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/property.h"
#include "core/data/column_file.h"

namespace lamina {

/// What an import gave: one StoredColumn per column, in the order of the source, all with `rows` rows.
struct ImportedTable {
    std::vector<StoredColumn> columns;
    std::int64_t rows = 0;
    /// What was repaired or skipped on the way, counted. Codes of rows that were left out end in "rows_skipped", of refused cells in
    /// "values_became_missing" (with {column}): a dry run counts by these.
    std::vector<Issue> issues;
    nlohmann::json detected;    ///< null, or settings with which another source gives columns of the same form (pictures of the same size, the same words for "no value")
};

/// The first rows, for the import page and `lamina import --preview`.
struct ImportPreview {
    std::vector<ColumnInfo> columns;            ///< kinds as far as these rows show
    std::vector<std::vector<std::string>> rows;  ///< cells as text
    nlohmann::json detected;                    ///< settings that were "auto", as found ({"delimiter": ";"}); may be given to import
    nlohmann::json summary;                     ///< null, or what else is worth showing: {"files", "classes": [{"name", "count"}], "looked_at", "sizes": [{"width", "height", "count"}]}
    std::vector<Issue> issues;
    std::vector<std::string> pictures;          ///< small picture files of the first rows, where the source is none itself (a film); else empty
};

/// How an import reports and is stopped.
struct ImportJob {
    ProgressFunction progress;  ///< may be empty; called from the importing thread
    CancelToken cancel;         ///< asked at least every 100 ms: "job.cancelled"
    int threads = 0;            ///< 0: as many as the machine has cores. The result does not depend on it
};

/// Erased form, what everybody but the importer itself uses.
struct ImporterType {
    std::string id;                     ///< persisted: "csv"
    std::string title;                  ///< English; other languages in app/messages as "importer.csv.title"
    std::string summary;                ///< one sentence
    std::vector<std::string> patterns;  ///< file names it is made for: "*.csv"; shell wildcards, any case
    std::vector<Property> properties;
    std::any defaults;
    /// How sure it is (0 … 1) that it can read this: from the name and the first bytes, fast, never an error.
    double (*probe)(const Path& path) = nullptr;
    /// Quick whatever the size of the source; asks `cancel` where it looks at many files: "job.cancelled".
    Result<ImportPreview> (*preview)(const Path& path, const std::any& settings, std::int64_t rows, const CancelToken& cancel) = nullptr;
    /// `folder` is where the column files go; made where it does not exist. Free space is checked before large writing.
    Result<ImportedTable> (*import)(const Path& path, const std::any& settings, const Path& folder, const ImportJob& job) = nullptr;
};

/// What an importer's file fills in, with designated initialisers, typed by its own settings struct.
template <class Settings, auto Probe, auto Preview, auto Import>
struct ImporterDescriptor {
    const char* id;
    const char* title;
    const char* summary;
    std::vector<std::string> patterns = {};
    std::vector<Property> properties = {};

    operator ImporterType() const {
        return ImporterType{id, title, summary, patterns, properties, std::any(Settings{}), Probe,
                            [](const Path& path, const std::any& s, std::int64_t rows, const CancelToken& cancel) {
                                return Preview(path, std::any_cast<const Settings&>(s), rows, cancel);
                            },
                            [](const Path& path, const std::any& s, const Path& folder, const ImportJob& job) {
                                return Import(path, std::any_cast<const Settings&>(s), folder, job);
                            }};
    }
};

/// All importers of importers.cmake, in its order.
const std::vector<const ImporterType*>& importerCatalogue();
/// nullptr where there is none.
const ImporterType* findImporter(const std::string& id);
/// The importer whose probe is surest, or "import.unknown_format" {file}, "import.empty_file" {file}; "file.not_found" where there is no such file.
Result<const ImporterType*> importerFor(const Path& path);
/// Does the file's name fit one of the patterns (any case)?
bool fitsPatterns(const Path& path, const std::vector<std::string>& patterns);

/// import() and preview() with settings from JSON (unset ones keep their defaults).
Result<ImportedTable> importWith(const ImporterType& importer, const Path& path, const nlohmann::json& settings, const Path& folder,
                                 const ImportJob& job = {});
Result<ImportPreview> previewWith(const ImporterType& importer, const Path& path, const nlohmann::json& settings, std::int64_t rows = 20,
                                  const CancelToken& cancel = {});

/// No table has more columns: each holds an open file while it is written.
inline constexpr std::size_t importMaximumColumns = 4096;
/// Columns without a name are called after their place: column_1, column_2 … (with "_" behind it where that name is taken).
void nameTheNameless(std::vector<std::string>& names);

/// Publishes sealed columns all or none: where one fails, the files that this call created are removed again.
Result<std::vector<StoredColumn>> publishAll(std::vector<std::unique_ptr<ColumnFileWriter>>& writers);

}  // namespace lamina
