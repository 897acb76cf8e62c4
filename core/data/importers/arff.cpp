// ARFF: the tables of Weka and OpenML.
#include <algorithm>

#include "core/data/importers/arff_reader.h"

namespace lamina {
namespace {

struct ArffSettings : CellSettings {};

Result<ImportPreview> previewArff(const Path& path, const ArffSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    CellTable cells(settings, rows, cancel);
    if (auto read = readArff(file, cells); !read) return read.takeError().with("file", path.string());
    return namingFile(cells.preview(), path);
}

Result<ImportedTable> importArff(const Path& path, const ArffSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    CellTable cells(settings, folder, job);
    auto read = readArff(file, cells);
    if (read) read = file.checkUnchanged();
    if (!read) return read.takeError().with("file", path.string());
    return namingFile(cells.import(), path);
}

double probeArff(const Path& path) {
    const auto file = SourceFile::open(path);
    if (!file) return 0;
    std::string beginning(static_cast<std::size_t>(std::min<std::uint64_t>(file->size(), 16384)), '\0');
    if (!file->read(0, std::as_writable_bytes(std::span(beginning)))) return 0;
    for (char& c : beginning) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool named = fitsPatterns(path, arff_importer().patterns);
    const bool begins = beginning.find("@relation") != std::string::npos || beginning.find("@attribute") != std::string::npos;
    return named && begins ? 0.97 : named || (begins && beginning.find("\n@attribute") != std::string::npos) ? 0.6 : 0;
}

}  // namespace

const ImporterType& arff_importer() {
    static const ImporterType type = ImporterDescriptor<ArffSettings, probeArff, previewArff, importArff>{
        .id = "arff",
        .title = "ARFF (Weka, OpenML)",
        .summary = "A table whose header names the kind of every column; words, numbers, texts, dates, sparse rows.",
        .patterns = {"*.arff"},
        .properties = withCellProperties<ArffSettings>({})};
    return type;
}

}  // namespace lamina
