#include "app/pages/data/import_look.h"

#include <QImageReader>

#include <algorithm>
#include <filesystem>

#include "app/pages/data/column_pictures.h"
#include "core/data/importers/idx_files.h"
#include "core/data/importers/idx_reader.h"
#include "core/data/importers/image_files.h"

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

void addPicture(const Path& file, int classIndex, ImportLook& look) {
    QImageReader reader(QString::fromStdString(file.string()));
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid() && std::max(size.width(), size.height()) > pictureEdge)
        reader.setScaledSize(size.scaled(pictureEdge, pictureEdge, Qt::KeepAspectRatio));
    const QImage picture = reader.read();
    if (picture.isNull()) return;
    const QSize original = size.isValid() ? size : picture.size();
    look.smallest = look.pictures.empty() ? original : look.smallest.boundedTo(original);
    look.largest = look.pictures.empty() ? original : look.largest.expandedTo(original);
    look.pictures.push_back(picture);
    look.pictureClasses.push_back(classIndex);
}

void lookAtFolder(const Path& source, ImportLook& look, const CancelToken& cancel) {
    const auto found = findImageFiles(source, cancel);
    if (!found) return;
    for (const std::string& name : found->classes) look.classes.emplace_back(name, 0);
    std::vector<std::vector<const ImageFile*>> ofClass(std::max<std::size_t>(found->classes.size(), 1));
    for (const ImageFile& file : found->files) {
        const bool labelled = file.label >= 0 && static_cast<std::size_t>(file.label) < look.classes.size();
        if (labelled) ++look.classes[static_cast<std::size_t>(file.label)].second;
        if (labelled || look.classes.empty()) ofClass[labelled ? static_cast<std::size_t>(file.label) : 0].push_back(&file);
    }
    // One of each class in turn.
    for (std::size_t turn = 0; look.pictures.size() < mostPictures && turn < mostPictures; ++turn)
        for (std::size_t one = 0; one < ofClass.size() && look.pictures.size() < mostPictures; ++one) {
            if (cancel.cancelled()) return;
            if (turn < ofClass[one].size()) addPicture(ofClass[one][turn]->path, look.classes.empty() ? -1 : static_cast<int>(one), look);
        }
}

bool hasPictures(const ImportPreview& preview) {
    return std::any_of(preview.columns.begin(), preview.columns.end(), [](const ColumnInfo& column) { return column.kind == ColumnKind::Tensor; });
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
    auto preview = previewWith(*look.importer, source, settings, previewRows);
    if (!preview) {
        look.error = preview.takeError();
        return look;
    }
    look.preview = std::move(*preview);
    std::error_code error;
    if (!hasPictures(look.preview)) return look;
    if (look.importer->id == "idx") lookAtIdx(source, look, cancel);
    else if (fs::is_directory(source, error)) lookAtFolder(source, look, cancel);
    return look;
}

}  // namespace lamina
