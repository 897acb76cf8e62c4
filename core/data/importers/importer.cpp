#include "core/data/importers/importer.h"

#include <fnmatch.h>

#include <set>

#include "core/data/importers/unsupported_formats.h"

namespace lamina {

const ImporterType* findImporter(const std::string& id) {
    for (const auto* importer : importerCatalogue())
        if (importer->id == id) return importer;
    return nullptr;
}

Result<const ImporterType*> importerFor(const Path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return fail("file.not_found", {{"file", path.string()}});
    if (auto refused = unsupportedFormat(path)) return std::move(*refused);
    const ImporterType* best = nullptr;
    double sureness = 0;
    for (const auto* importer : importerCatalogue()) {
        const double found = importer->probe(path);
        if (found > sureness) {
            sureness = found;
            best = importer;
        }
    }
    if (!best && std::filesystem::is_regular_file(path, error) && std::filesystem::file_size(path, error) == 0)
        return fail("import.empty_file", {{"file", path.string()}});
    if (!best) return fail("import.unknown_format", {{"file", path.string()}});
    return best;
}

bool fitsPatterns(const Path& path, const std::vector<std::string>& patterns) {
    const std::string name = path.filename().string();
    for (const auto& pattern : patterns)
        if (::fnmatch(pattern.c_str(), name.c_str(), FNM_CASEFOLD) == 0) return true;
    return false;
}

Result<ImportedTable> importWith(const ImporterType& importer, const Path& path, const nlohmann::json& settings, const Path& folder,
                                 const ImportJob& job) {
    std::any filled = importer.defaults;
    LAMINA_CHECK(propertiesFromJson(importer.properties, settings, filled));
    return importer.import(path, filled, folder, job);
}

Result<ImportPreview> previewWith(const ImporterType& importer, const Path& path, const nlohmann::json& settings, std::int64_t rows,
                                  const CancelToken& cancel) {
    std::any filled = importer.defaults;
    LAMINA_CHECK(propertiesFromJson(importer.properties, settings, filled));
    return importer.preview(path, filled, rows, cancel);
}

void nameTheNameless(std::vector<std::string>& names) {
    std::set<std::string> taken(names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i].empty()) continue;
        std::string name = "column_" + std::to_string(i + 1);
        while (taken.count(name)) name += "_";
        taken.insert(name);
        names[i] = std::move(name);
    }
}

Result<std::vector<StoredColumn>> publishAll(std::vector<std::unique_ptr<ColumnFileWriter>>& writers) {
    std::vector<StoredColumn> columns;
    for (auto& writer : writers) {
        auto published = writer->publish();
        if (published) {
            columns.push_back(std::move(*published));
            continue;
        }
        for (const auto& column : columns)
            if (column.created) (void)files().remove(column.path);
        return published.takeError();
    }
    return columns;
}

}  // namespace lamina
