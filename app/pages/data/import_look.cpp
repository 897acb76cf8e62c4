#include "app/pages/data/import_look.h"

#include <QImageReader>

#include <algorithm>
#include <filesystem>
#include <map>

#include "app/sources/column_pictures.h"
#include "core/data/importers/idx_files.h"
#include "core/data/importers/idx_reader.h"

namespace lamina {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostPictures = 14;
constexpr int pictureEdge = 128;
constexpr int mostFiles = 500'000;

std::uint64_t bytesOf(const Path& source, const CancelToken& cancel) {
    std::error_code error;
    if (!fs::is_directory(source, error)) {
        const auto size = fs::file_size(source, error);
        return error ? 0 : size;
    }
    std::uint64_t bytes = 0;
    int files = 0;
    for (fs::recursive_directory_iterator entry(source, fs::directory_options::skip_permission_denied, error), end; !error && entry != end;
         entry.increment(error)) {
        if (++files > mostFiles || cancel.cancelled()) break;
        if (entry->is_regular_file(error)) bytes += entry->file_size(error);
    }
    return bytes;
}

/// What the label column of the preview calls the classes.
std::vector<std::string> classNames(const ImportPreview& preview) {
    for (const ColumnInfo& column : preview.columns)
        if (column.kind == ColumnKind::Category && column.name == "label") return column.dictionary;
    return {};
}

void lookAtIdx(const Path& source, ImportLook& look, const CancelToken& cancel) {
    const auto pairs = findIdxPairs(source);
    if (!pairs) return;
    for (const std::string& name : classNames(look.preview)) look.classes.emplace_back(name, 0);
    for (const IdxPair& pair : *pairs) {
        auto images = IdxReader::open(pair.images, 3);
        auto labels = IdxReader::open(pair.labels, 1);
        if (!images || !labels || cancel.cancelled()) return;
        std::vector<std::byte> codes(static_cast<std::size_t>(labels->items()));
        if (!labels->read(codes)) return;
        for (const std::byte code : codes)
            if (std::to_integer<std::size_t>(code) < look.classes.size()) ++look.classes[std::to_integer<std::size_t>(code)].second;
        ColumnInfo info;
        info.kind = ColumnKind::Tensor;
        info.elementType = DType::UInt8;
        info.elementShape = {1, images->shape()[1], images->shape()[2]};
        look.smallest = look.largest = QSize(static_cast<int>(images->shape()[2]), static_cast<int>(images->shape()[1]));
        std::vector<std::byte> pixels(static_cast<std::size_t>(images->itemBytes()));
        for (std::int64_t item = 0; look.pictures.size() < mostPictures && item < images->items(); ++item) {
            if (!images->read(pixels)) return;
            look.pictures.push_back(tensorPicture(info, pixels));
            look.pictureClasses.push_back(std::to_integer<int>(codes[static_cast<std::size_t>(item)]));
        }
    }
}

/// The range that deep pictures are brought from, found or given.
ValueRange valuesOf(const ImportPreview& preview) {
    if (!preview.detected.is_object()) return {};
    return {preview.detected.value("lowest", 0.0), preview.detected.value("highest", 0.0)};
}

void addPicture(const Path& file, int classIndex, ImportLook& look) {
    QImageReader reader(QString::fromStdString(file.string()));
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid() && std::max(size.width(), size.height()) > pictureEdge)
        reader.setScaledSize(size.scaled(pictureEdge, pictureEdge, Qt::KeepAspectRatio));
    QImage picture = reader.format() == "tiff" ? QImage() : reader.read();
    if (picture.isNull()) picture = filePicture(imageReferenceValue({file.string(), 0, "", 0}), ImageReader({}, valuesOf(look.preview)), pictureEdge);
    if (picture.isNull()) return;
    if (std::max(picture.width(), picture.height()) > 2 * pictureEdge) picture = picture.scaled(pictureEdge, pictureEdge, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    const QSize original = size.isValid() ? size : picture.size();
    look.smallest = look.pictures.empty() ? original : look.smallest.boundedTo(original);
    look.largest = look.pictures.empty() ? original : look.largest.expandedTo(original);
    look.pictures.push_back(picture);
    look.pictureClasses.push_back(classIndex);
}

/// Where the preview shows a column; its width where it does not.
std::size_t columnCalled(const ImportPreview& preview, const char* name) {
    const auto found = std::find_if(preview.columns.begin(), preview.columns.end(), [&](const ColumnInfo& column) { return column.name == name; });
    return static_cast<std::size_t>(found - preview.columns.begin());
}

/// The files that the preview shows, by class; -1: none.
std::map<int, std::vector<Path>> shownFiles(const Path& source, const ImportLook& look) {
    const std::size_t file = columnCalled(look.preview, "file"), classColumn = columnCalled(look.preview, "class");
    std::error_code error;
    const bool folder = fs::is_directory(source, error);
    std::map<int, std::vector<Path>> files;
    for (const auto& row : look.preview.rows) {
        if (file >= row.size()) continue;
        const auto known = std::find_if(look.classes.begin(), look.classes.end(),
                                        [&](const auto& one) { return classColumn < row.size() && one.first == row[classColumn]; });
        files[known == look.classes.end() ? -1 : static_cast<int>(known - look.classes.begin())].push_back(folder ? source / row[file] : source);
    }
    return files;
}

void lookAtFolder(const Path& source, ImportLook& look, const CancelToken& cancel) {
    for (const auto& one : look.preview.summary.value("classes", nlohmann::json::array()))
        look.classes.emplace_back(one.value("name", std::string()), one.value("count", std::int64_t{0}));
    const auto files = shownFiles(source, look);
    // One of each class in turn.
    for (std::size_t turn = 0; turn < mostPictures; ++turn)
        for (const auto& [of, paths] : files) {
            if (cancel.cancelled() || look.pictures.size() == mostPictures) return;
            if (turn < paths.size()) addPicture(paths[turn], of, look);
        }
}

/// Pictures that the preview brings itself.
void lookAtPreview(ImportLook& look) {
    const auto summary = look.preview.summary.is_object() ? look.preview.summary : nlohmann::json::object();
    for (const auto& one : summary.value("classes", nlohmann::json::array()))
        look.classes.emplace_back(one.value("name", std::string()), one.value("count", std::int64_t{0}));
    const std::size_t classColumn = columnCalled(look.preview, "class");
    for (std::size_t i = 0; i < look.preview.pictures.size() && i < look.preview.rows.size(); ++i) {
        const std::string& bytes = look.preview.pictures[i];
        QImage picture = QImage::fromData(reinterpret_cast<const uchar*>(bytes.data()), static_cast<int>(bytes.size()));
        if (picture.isNull()) continue;
        const auto& row = look.preview.rows[i];
        const auto known = std::find_if(look.classes.begin(), look.classes.end(),
                                        [&](const auto& one) { return classColumn < row.size() && one.first == row[classColumn]; });
        look.pictures.push_back(std::move(picture));
        look.pictureClasses.push_back(known == look.classes.end() ? -1 : static_cast<int>(known - look.classes.begin()));
    }
    for (const auto& one : summary.value("sizes", nlohmann::json::array())) {
        const QSize size(one.value("width", 0), one.value("height", 0));
        look.smallest = look.smallest.isEmpty() ? size : look.smallest.boundedTo(size);
        look.largest = look.largest.expandedTo(size);
    }
}

bool hasPictures(const ImportPreview& preview) {
    return std::any_of(preview.columns.begin(), preview.columns.end(), [](const ColumnInfo& column) { return column.kind == ColumnKind::Tensor || column.kind == ColumnKind::Image; });
}

}  // namespace

ImportLook lookAtImport(const Path& source, const std::string& importer, const nlohmann::json& settings, const Path& project,
                        const CancelToken& cancel) {
    ImportLook look;
    look.bytes = bytesOf(source, cancel);
    if (const auto room = files().freeBytes(project)) look.freeBytes = *room;
    look.importer = importer.empty() ? nullptr : findImporter(importer);
    if (!look.importer) {
        auto found = importerFor(source);
        if (!found) {
            look.error = found.takeError();
            return look;
        }
        look.importer = *found;
    }
    auto preview = previewWith(*look.importer, source, settings, previewRows, cancel);
    if (!preview) {
        look.error = preview.takeError();
        return look;
    }
    look.preview = std::move(*preview);
    if (!hasPictures(look.preview)) return look;
    if (look.importer->id == "idx") lookAtIdx(source, look, cancel);
    else if (!look.preview.pictures.empty()) lookAtPreview(look);
    else if (look.preview.summary.is_object()) lookAtFolder(source, look, cancel);
    return look;
}

}  // namespace lamina
