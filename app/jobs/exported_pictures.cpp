#include "app/jobs/exported_pictures.h"

#include <algorithm>
#include <chrono>

#include "app/jobs/blurred_picture.h"
#include "app/jobs/dataset_pictures.h"
#include "app/jobs/split_jobs.h"
#include "core/data/image_decode.h"
#include "core/data/image_metadata.h"
#include "core/data/image_reference.h"
#include "core/data/tensor_picture.h"

namespace lamina {
namespace {

/// A name that stays within the folder it is put into.
Path nameWithin(const std::string& file) {
    const Path name = Path(file).lexically_normal();
    const bool leaves = name.is_absolute() || name.empty() || std::find(name.begin(), name.end(), "..") != name.end();
    return leaves ? name.filename() : name;
}

std::string withoutEnding(const Path& name) { return (name.parent_path() / name.stem()).generic_string(); }

/// Pictures of all folders lie in one there.
bool isFlat(const std::string& format) { return format == "voc" || format == "yolo"; }

/// Where this format expects its pictures, beside its own files.
std::string folderOfPictures(const std::string& format, const AnnotatedImage& image) {
    if (format == picturesAlone) return {};
    if (format == "voc") return "JPEGImages/";
    if (format == "yolo") return "images/" + (image.subset.empty() ? "train" : nameOfSubset(image.subset)) + "/";
    return "images/";
}

/// Takes away what an export that was killed while it wrote left in the folder: ".photo.jpg.0123456789ab.part" (see writeFileOfMany). Another program may
/// be writing a new one.
void removeUnfinished(const Path& folder) {
    constexpr std::string_view ending = ".part";
    constexpr std::size_t digits = 12;
    const auto longAgo = std::filesystem::file_time_type::clock::now() - std::chrono::seconds(10);
    std::error_code ignored;
    for (std::filesystem::directory_iterator at(folder, ignored), end; !ignored && at != end; at.increment(ignored)) {
        const std::string name = at->path().filename().string();
        if (name.size() < digits + ending.size() + 3 || name[0] != '.' || !name.ends_with(ending)) continue;
        const std::string_view mark = std::string_view(name).substr(name.size() - ending.size() - digits - 1, digits + 1);
        if (mark[0] != '.' || mark.find_first_not_of("0123456789abcdef", 1) != std::string_view::npos) continue;
        std::error_code failed;
        if (at->last_write_time(failed) < longAgo && !failed) std::filesystem::remove(at->path(), failed);
    }
}

/// The places in a picture that nobody is to recognise.
std::vector<ShapeBounds> placesToBlur(const AnnotatedImage& image, const std::vector<std::string>& classes) {
    std::vector<ShapeBounds> boxes;
    for (const AnnotationShape& shape : image.shapes)
        if (std::find(classes.begin(), classes.end(), shape.label) != classes.end()) boxes.push_back(coveredBy(shape, image.width, image.height));
    return boxes;
}

std::string endingOf(std::string_view value) {
    if (isImageReference(value)) return Path(readImageReference(value).path).extension().string();
    const std::string format = imageFormat(std::as_bytes(std::span(value)));
    return format.empty() ? std::string() : "." + format;
}

std::string losslessEnding(std::int64_t channels) { return channels == 1 || channels == 3 ? ".png" : ".tif"; }

Path folderOfSource(const Path& source) {
    std::error_code ignored;
    return std::filesystem::is_directory(source, ignored) ? source : source.parent_path();
}

}  // namespace

Result<void> makeFolderOf(const Path& file) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    if (failed) return fail("file.failed", {{"file", file.parent_path().string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    return {};
}

ExportedPictures::ExportedPictures(const Project& project, const DatasetRecord& dataset, const AnnotationExportRequest& request, const Table& table, std::size_t column)
    : m_request(request), m_source(folderOfSource(dataset.sourcePath)), m_view(table.view(column)), m_info(table.info(column)),
      m_reader(pictureFolders(dataset, project.file()), pictureForm(dataset).values), m_tensors(m_info.kind == ColumnKind::Tensor),
      m_pictures(request.pictures || !request.blur.empty() || request.format == picturesAlone), m_flat(isFlat(request.format)) {
    if (m_pictures && (m_flat || m_tensors)) noteNames(table);
}

/// Of the whole dataset, whatever part of it goes out: a picture has the same name in every export.
void ExportedPictures::noteNames(const Table& table) {
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        if (table.info(c).name != "file" || table.info(c).kind != ColumnKind::Text) continue;
        const ColumnView names = table.view(c);
        std::unordered_set<std::string> seen;
        for (std::int64_t row = 0; row < names.rows; ++row) {
            const Path name = nameWithin(std::string(names.text(row)));
            std::string key = m_flat ? name.stem().string() : withoutEnding(name);
            if (!seen.insert(key).second) m_shared.insert(std::move(key));
        }
    }
}

/// Labels speak of the picture as it was before the import made all pictures equally large: beside the tensor they would be wrong.
bool ExportedPictures::isResized(const AnnotatedImage& image) const {
    return m_tensors && (image.height != m_info.elementShape[1] || image.width != m_info.elementShape[2]);
}

Result<void> ExportedPictures::take(AnnotatedImage& image, std::int64_t row) {
    if ((image.width > 0 && !m_pictures) || m_view.isMissing(row)) return {};
    if (image.width == 0) noteSizeOfRow(m_info, m_view, row, m_reader, image);
    if (!m_pictures) return {};
    if (isResized(image)) {
        m_resized += !image.shapes.empty();
        if (!image.shapes.empty()) return {};
        noteSizeOfRow(m_info, m_view, row, m_reader, image);
    }
    m_unseen += !m_request.blur.empty() && image.shapes.empty() && image.state.empty();
    LAMINA_TRY(const auto picture, outgoing(image, row));
    const Path original = m_source / image.file;
    image.file = freePlace(placeOf(image, picture.ending));
    return write(picture, row, original, image.file);
}

/// What is to leave, with what nobody is to recognise made coarse.
Result<ExportedPictures::Outgoing> ExportedPictures::outgoing(const AnnotatedImage& image, std::int64_t row) {
    Outgoing picture;
    if (m_tensors) {
        const auto pixels = tensorImage(m_info, m_view.element(row));
        if (!pixels) return fail("image.damaged", {{"file", image.file}, {"format", "tensor"}});
        LAMINA_TRY(picture.bytes, encodeLossless(*pixels));
        picture.ending = losslessEnding(pixels->channels);
        m_rounded += m_info.elementType != DType::UInt8;
    } else {
        LAMINA_TRY(picture, fileOf(m_view.text(row)));
        if (Path(image.file).extension().empty()) picture.ending = endingOf(m_view.text(row));
    }
    const auto boxes = placesToBlur(image, m_request.blur);
    if (boxes.empty()) return picture;
    auto made = blurred(picture.bytes, boxes, m_tensors ? ValueRange() : m_reader.values());
    if (!made) return made.takeError().with("file", image.file);
    picture.bytes = std::move(made->bytes);
    if (!made->ending.empty()) picture.ending = made->ending;
    return picture;
}

/// Without the notes of the camera.
Result<ExportedPictures::Outgoing> ExportedPictures::fileOf(std::string_view value) {
    Outgoing picture;
    LAMINA_TRY(picture.bytes, m_reader.bytes(value));
    if (auto stripped = withoutMetadata(picture.bytes)) picture.bytes = std::move(*stripped);
    else m_noted += imageFormat(picture.bytes) == "tiff";
    return picture;
}

std::string ExportedPictures::placeOf(const AnnotatedImage& image, const std::string& ending) const {
    Path name = nameWithin(image.file);
    if (m_flat) {
        std::string whole = withoutEnding(name);
        std::replace(whole.begin(), whole.end(), '/', '_');
        name = m_shared.count(name.stem().string()) ? whole + name.extension().string() : name.filename().string();
    }
    if (!ending.empty() && name.extension() != ending) {
        const bool shared = m_shared.count(m_flat ? name.stem().string() : withoutEnding(name)) > 0;
        name = (shared ? name.generic_string() : withoutEnding(name)) + ending;
    }
    return folderOfPictures(m_request.format, image) + name.generic_string();
}

/// Names that differ in nothing but what was taken out of them get a number; in flat formats endings do not count, because labels have another one.
std::string ExportedPictures::freePlace(const std::string& place) {
    const Path name(place);
    std::string stem = withoutEnding(name);
    const std::string ending = name.extension().string();
    for (int number = 2; !m_taken.insert(m_flat ? stem : stem + ending).second; ++number) stem = withoutEnding(name) + " " + std::to_string(number);
    return stem + ending;
}

/// The copy must not take the place of the picture that it is made of.
Result<void> ExportedPictures::write(const Outgoing& picture, std::int64_t row, const Path& original, const std::string& place) {
    const Path file = m_request.folder / place;
    if (m_cleared.insert(file.parent_path()).second) removeUnfinished(file.parent_path());
    LAMINA_CHECK(makeFolderOf(file));
    const std::string_view value = m_tensors ? std::string_view() : m_view.text(row);
    std::error_code ignored, alsoIgnored;
    const bool kept = isImageReference(value) && std::filesystem::equivalent(readImageReference(value).path, file, ignored);
    if (kept || std::filesystem::equivalent(original, file, alsoIgnored)) return fail("labelling.over_original", {{"file", file.string()}});
    LAMINA_CHECK(writeFileOfMany(file, std::span<const std::byte>(picture.bytes)));
    ++m_written;
    return {};
}

std::vector<Issue> ExportedPictures::issues() const {
    std::vector<Issue> issues;
    const auto tell = [&](Severity severity, Error what, std::int64_t count) {
        if (count > 0) issues.push_back({severity, std::move(what), count});
    };
    tell(Severity::Warning, fail("image.notes_stay"), m_noted);
    tell(Severity::Warning, fail("labelling.blur_unseen"), m_unseen);
    tell(Severity::Note, fail("labelling.values_became_bytes"), m_rounded);
    if (m_resized > 0)
        tell(Severity::Warning, fail("labelling.picture_resized", {{"width", std::to_string(m_info.elementShape[2])}, {"height", std::to_string(m_info.elementShape[1])}}), m_resized);
    return issues;
}

}  // namespace lamina
