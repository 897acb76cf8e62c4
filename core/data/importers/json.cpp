// JSON: a list of objects, by itself or within an object, or one object per line (JSON Lines).
#include "core/data/importers/json_rows.h"

namespace lamina {
namespace {

nlohmann::json jsonDetected(const JsonForm& form) {
    nlohmann::json detected = {{"lines", form.lines ? "yes" : "no"}};
    if (!form.records.empty()) detected["records"] = form.records;
    return detected;
}

Result<ImportPreview> previewJsonFile(const Path& path, const JsonSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    CellTable cells(settings, rows, cancel);
    LAMINA_TRY(const auto form, readJson(file, settings, cells));
    LAMINA_TRY(auto preview, cells.preview());
    preview.detected = jsonDetected(form);
    return preview;
}

Result<ImportedTable> importJsonFile(const Path& path, const JsonSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    CellTable cells(settings, folder, job);
    LAMINA_CHECK(readJson(file, settings, cells));
    return cells.import();
}

Result<ImportPreview> previewJson(const Path& path, const JsonSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    return namingFile(previewJsonFile(path, settings, rows, cancel), path);
}

Result<ImportedTable> importJson(const Path& path, const JsonSettings& settings, const Path& folder, const ImportJob& job) {
    return namingFile(importJsonFile(path, settings, folder, job), path);
}

double probeJson(const Path& path) {
    const auto file = SourceFile::open(path);
    if (!file) return 0;
    std::string beginning(static_cast<std::size_t>(std::min<std::uint64_t>(file->size(), 65536)), '\0');
    if (!file->read(0, std::as_writable_bytes(std::span(beginning)))) return 0;
    const auto first = beginning.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string::npos || (beginning[first] != '{' && beginning[first] != '[')) return 0;
    if (fitsPatterns(path, json_importer().patterns)) return 0.95;
    return isJsonLines(beginning) ? 0.8 : 0.2;
}

}  // namespace

const ImporterType& json_importer() {
    static const ImporterType type = ImporterDescriptor<JsonSettings, probeJson, previewJson, importJson>{
        .id = "json",
        .title = "JSON",
        .summary = "A list of objects, or one object per line (JSON Lines); objects within objects become columns of their own.",
        .patterns = {"*.json", "*.jsonl", "*.ndjson", "*.geojson"},
        .properties = withCellProperties<JsonSettings>({
            property("records", &JsonSettings::records, "List of records",
                     "The keys that lead to the list, with points between them (data.items). Empty: the longest list of objects."),
            property("lines", &JsonSettings::lines, "One object per line", "Is every line of the file a JSON text of its own?", {.choices = {"auto", "yes", "no"}}),
            property("bad", &JsonSettings::bad, "Lines that are no JSON", "Leave such lines out and count them, or stop at the first.", {.choices = {"skip", "error"}}),
        })};
    return type;
}

}  // namespace lamina
