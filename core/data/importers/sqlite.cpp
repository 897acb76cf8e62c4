// Tables and views of SQLite databases.
#include <algorithm>
#include <cstring>

#include "core/data/importers/sqlite_reader.h"
#include "core/data/source_file.h"

namespace lamina {
namespace {

struct SqliteSettings : CellSettings {
    std::string table;  ///< empty: the one with the most rows
};

struct SqliteChoice {
    std::string table;
    std::vector<Issue> issues;
};

std::string joinedNames(const std::vector<SqliteReader::TableName>& tables) {
    std::string joined;
    for (std::size_t i = 0; i < tables.size() && i < 20; ++i) joined += (joined.empty() ? "" : ", ") + tables[i].name;
    return tables.size() > 20 ? joined + ", …" : joined;
}

Result<SqliteChoice> chooseTable(const SqliteReader& reader, const Path& path, const SqliteSettings& settings) {
    LAMINA_TRY(const auto tables, reader.tables());
    if (tables.empty()) return fail("sqlite.no_tables");
    SqliteChoice choice;
    std::error_code ignored;
    if (const Path log = path.string() + "-wal"; std::filesystem::exists(log, ignored) && std::filesystem::file_size(log, ignored) > 0)
        choice.issues.push_back({Severity::Warning, fail("sqlite.unfinished_changes", {{"file", path.string()}})});
    if (!settings.table.empty()) {
        const bool known = std::any_of(tables.begin(), tables.end(), [&](const auto& table) { return table.name == settings.table; });
        if (!known) return fail("sqlite.no_such_table", {{"table", settings.table}, {"known", joinedNames(tables)}});
        choice.table = settings.table;
        return choice;
    }
    std::int64_t most = -1;
    for (const auto& table : tables) {
        const auto rows = reader.guessRows(table);
        if (rows <= most) continue;
        most = rows;
        choice.table = table.name;
    }
    if (tables.size() > 1) choice.issues.push_back({Severity::Note, fail("sqlite.other_tables", {{"table", choice.table}, {"known", joinedNames(tables)}})});
    return choice;
}

Result<ImportPreview> previewSqliteFile(const Path& path, const SqliteSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    LAMINA_TRY(const auto reader, SqliteReader::open(path, cancel));
    LAMINA_TRY(auto choice, chooseTable(reader, path, settings));
    CellTable cells(settings, rows, cancel);
    LAMINA_CHECK(reader.read(choice.table, cells));
    LAMINA_TRY(auto preview, cells.preview());
    preview.detected = {{"table", choice.table}};
    preview.issues.insert(preview.issues.end(), choice.issues.begin(), choice.issues.end());
    return preview;
}

Result<ImportedTable> importSqliteFile(const Path& path, const SqliteSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto source, SourceFile::open(path));
    LAMINA_TRY(const auto reader, SqliteReader::open(path, job.cancel));
    LAMINA_TRY(auto choice, chooseTable(reader, path, settings));
    CellTable cells(settings, folder, job);
    LAMINA_CHECK(reader.read(choice.table, cells));
    LAMINA_CHECK(source.checkUnchanged());
    LAMINA_TRY(auto table, cells.import());
    table.issues.insert(table.issues.end(), choice.issues.begin(), choice.issues.end());
    return table;
}

Result<ImportPreview> previewSqlite(const Path& path, const SqliteSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    return namingFile(previewSqliteFile(path, settings, rows, cancel), path);
}

Result<ImportedTable> importSqlite(const Path& path, const SqliteSettings& settings, const Path& folder, const ImportJob& job) {
    return namingFile(importSqliteFile(path, settings, folder, job), path);
}

double probeSqlite(const Path& path) {
    const auto file = SourceFile::open(path);
    char start[16] = {};
    return file && file->size() >= 100 && file->read(0, std::as_writable_bytes(std::span(start))) && std::memcmp(start, "SQLite format 3", 16) == 0 ? 0.97 : 0;
}

}  // namespace

const ImporterType& sqlite_importer() {
    static const ImporterType type = ImporterDescriptor<SqliteSettings, probeSqlite, previewSqlite, importSqlite>{
        .id = "sqlite",
        .title = "SQLite database",
        .summary = "A table or a view of a database file; the file is only read.",
        .patterns = {"*.sqlite", "*.sqlite3", "*.db", "*.db3", "*.gpkg"},
        .properties = withCellProperties<SqliteSettings>(
            {property("table", &SqliteSettings::table, "Table", "The name of the table or view. Empty: the table with the most rows.")})};
    return type;
}

}  // namespace lamina
