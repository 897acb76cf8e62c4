#include <algorithm>
#include <chrono>
#include <set>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/blurred_picture.h"
#include "app/jobs/item_identity.h"
#include "app/jobs/labelled_dataset.h"
#include "app/jobs/split_jobs.h"
#include "core/annotation/formats/set_writer.h"
#include "core/annotation/shape_document.h"
#include "core/data/image_decode.h"
#include "core/data/image_metadata.h"
#include "core/data/image_reader.h"
#include "core/data/image_reference.h"

namespace lamina {
namespace {

constexpr std::int64_t exportedAtOnce = 2000;

/// Names and numbers of the classes that labels can have now.
std::vector<AnnotationLabel> labelsOfClasses(const std::vector<LabelClassRecord>& classes) {
    std::vector<AnnotationLabel> labels;
    for (const LabelClassRecord& record : classes) {
        if (record.mergedInto != 0) continue;
        AnnotationLabel label;
        label.name = record.name;
        label.number = record.number;
        label.parent = record.parent;
        label.points = record.points;
        label.skeleton = record.skeleton;
        labels.push_back(std::move(label));
    }
    std::sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    return labels;
}

std::map<std::int64_t, std::string> namesByNumber(const std::vector<LabelClassRecord>& classes) {
    const ClassNumbers numbers(classes);
    std::map<std::int64_t, std::string> own, names;
    for (const LabelClassRecord& record : classes) own[record.number] = record.name;
    for (const LabelClassRecord& record : classes) names[record.number] = own[numbers.current(record.number)];
    return names;
}

bool isWanted(const AnnotationRecord& label, const AnnotationExportRequest& request, const std::string& annotator) {
    if (!annotator.empty()) return label.annotator == annotator || label.model == annotator;
    return label.pass <= 1 && (label.model.empty() || request.proposals);
}

Result<void> addLabel(const AnnotationRecord& record, const std::map<std::int64_t, std::string>& names, AnnotatedImage& image) {
    const auto name = names.find(record.classNumber);
    const std::string label = name == names.end() ? std::string() : name->second;
    if (!record.document.contains("kind")) {
        if (record.classNumber > 0) image.classes.push_back(label);
        if (const auto attributes = record.document.find("attributes"); attributes != record.document.end() && attributes->is_object())
            for (const auto& [key, value] : attributes->items())
                if (value.is_string()) image.attributes[key] = value.get<std::string>();
        return {};
    }
    LAMINA_TRY(auto shape, shapeFromDocument(record.document, label));
    image.shapes.push_back(std::move(shape));
    return {};
}

std::string textMember(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The wanted ones, and the relations between them.
template <class Wanted>
Result<void> addLabels(const std::vector<AnnotationRecord>& labels, const std::map<std::int64_t, std::string>& names, AnnotatedImage& image, const Wanted& wanted) {
    std::map<std::string, std::size_t> shapes;
    for (const AnnotationRecord& label : labels) {
        if (!wanted(label)) continue;
        LAMINA_CHECK(addLabel(label, names, image));
        if (label.document.contains("kind")) shapes[label.label] = image.shapes.size() - 1;
    }
    for (const AnnotationRecord& label : labels) {
        const auto relation = label.document.find("relation");
        if (relation == label.document.end() || !relation->is_object() || !wanted(label)) continue;
        const auto shapeOf = [&](const char* end) { return shapes.find(textMember(*relation, end)); };
        if (shapeOf("from") != shapes.end() && shapeOf("to") != shapes.end())
            image.relations.push_back({textMember(*relation, "label"), shapeOf("from")->second, shapeOf("to")->second});
    }
    return {};
}

/// The part of each row in the dataset's newest split; empty where it has none.
Result<std::vector<std::uint8_t>> partsOfRows(Project& project, const DatasetRecord& dataset) {
    const auto newest = project.splits().newest(dataset.id);
    if (!newest) return std::vector<std::uint8_t>();
    LAMINA_TRY(auto split, readSplit(project.filePath(newest->assignmentFileHash), dataset.rows));
    return std::move(split.parts);
}

/// A name that stays within the folder it is put into.
Path nameWithin(const std::string& file) {
    const Path name = Path(file).lexically_normal();
    const bool leaves = name.is_absolute() || name.empty() || std::find(name.begin(), name.end(), "..") != name.end();
    return leaves ? name.filename() : name;
}

/// Where this format expects a picture, beside its own files.
std::string placeOfPicture(const std::string& format, const AnnotatedImage& image) {
    const Path name = nameWithin(image.file);
    if (format == picturesAlone) return name.generic_string();
    if (format == "voc") return "JPEGImages/" + name.filename().string();
    if (format == "yolo") return "images/" + (image.subset.empty() ? "train" : nameOfSubset(image.subset)) + "/" + name.filename().string();
    return "images/" + name.generic_string();
}

std::optional<std::size_t> pictureColumn(const DatasetRecord& dataset) {
    for (std::size_t c = 0; c < dataset.columns.size(); ++c)
        if (dataset.columns[c].kind == columnKindName(ColumnKind::Image)) return c;
    return std::nullopt;
}

Result<void> makeFolderOf(const Path& file) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    if (failed) return fail("file.failed", {{"file", file.parent_path().string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    return {};
}

/// Takes away what an export that was killed while it wrote left in the folder: ".photo.jpg.0123456789ab.part" (see writeFileAtomically). Another program may
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

/// A picture as it lies in the data.
struct SourcePicture {
    std::string_view value;
    Path original;  ///< where it was imported from
};

/// The copy must not take the place of the picture that it is made of.
Result<void> makeRoomFor(const SourcePicture& picture, const Path& file) {
    LAMINA_CHECK(makeFolderOf(file));
    std::error_code ignored, alsoIgnored;
    const bool kept = isImageReference(picture.value) && std::filesystem::equivalent(readImageReference(picture.value).path, file, ignored);
    if (kept || std::filesystem::equivalent(picture.original, file, alsoIgnored)) return fail("labelling.over_original", {{"file", file.string()}});
    return {};
}

/// `noted`: the notes of the camera could not be taken out.
Result<void> writePictureOf(const SourcePicture& picture, const ImageReader& reader, const Path& file, bool& noted) {
    LAMINA_CHECK(makeRoomFor(picture, file));
    LAMINA_TRY(auto bytes, reader.bytes(picture.value));
    if (auto stripped = withoutMetadata(bytes)) bytes = std::move(*stripped);
    else noted = imageFormat(bytes) == "tiff";
    return writeFileAtomically(file, std::span<const std::byte>(bytes));
}

/// The same with these places made coarse; gives the ending that the file has now.
Result<void> writeBlurred(const SourcePicture& picture, const ImageReader& reader, const std::vector<ShapeBounds>& boxes, const Path& folder, std::string& name) {
    LAMINA_TRY(const auto bytes, reader.bytes(picture.value));
    auto made = blurred(bytes, boxes, reader.values());
    if (!made) return made.takeError().with("file", name);
    if (!made->ending.empty()) name = Path(name).replace_extension(made->ending).generic_string();
    LAMINA_CHECK(makeRoomFor(picture, folder / name));
    return writeFileAtomically(folder / name, std::span<const std::byte>(made->bytes));
}

/// The places in a picture that nobody is to recognise.
std::vector<ShapeBounds> placesToBlur(const AnnotatedImage& image, const std::vector<std::string>& classes) {
    std::vector<ShapeBounds> boxes;
    for (const AnnotationShape& shape : image.shapes)
        if (std::find(classes.begin(), classes.end(), shape.label) != classes.end()) boxes.push_back(coveredBy(shape, image.width, image.height));
    return boxes;
}

Result<void> checkClasses(const AnnotationSet& set, const std::vector<std::string>& wanted) {
    for (const std::string& name : wanted)
        if (std::none_of(set.labels.begin(), set.labels.end(), [&](const AnnotationLabel& label) { return label.name == name; }))
            return fail("labelling.no_class_to_blur", {{"class", name}});
    return {};
}

std::string mapCell(const std::string& text) {
    if (text.find_first_of("\",\n\r") == std::string::npos) return text;
    std::string cell = "\"";
    for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + "\"";
}

/// Numbers that the files use for the classes of `set`, in its order.
std::vector<std::int64_t> numbersInFiles(const AnnotationSet& set, const AnnotationFormatType& format, bool& renumbered) {
    std::vector<std::int64_t> numbers;
    renumbered = false;
    for (std::size_t i = 0; i < set.labels.size(); ++i) {
        numbers.push_back(format.numbersFrom < 0 ? set.labels[i].number : format.numbersFrom + static_cast<std::int64_t>(i));
        // Counting from 0 instead of from 1 is the format's way of counting, no other order.
        renumbered = renumbered || (format.numbersFrom >= 0 && set.labels[i].number != static_cast<std::int64_t>(i) + 1);
    }
    return numbers;
}

/// From the picture itself; one that cannot be read keeps none.
void noteSize(AnnotatedImage& image, std::string_view value, const ImageReader& reader) {
    const auto bytes = reader.bytes(value);
    if (!bytes) return;
    const auto head = readImageHead(*bytes);
    if (!head) return;
    image.width = head->width;
    image.height = head->height;
}

}  // namespace

Result<AnnotationSet> annotationsOf(Project& project, const DatasetRecord& dataset, const AnnotationExportRequest& request,
                                    const std::string& annotator, const CancelToken& cancel) {
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    LAMINA_TRY(const auto parts, partsOfRows(project, dataset));
    LAMINA_TRY(const Table table, openTable(project, dataset));
    const auto text = labelledTextColumn(table);
    const auto names = namesByNumber(classes);
    AnnotationSet set;
    set.labels = labelsOfClasses(classes);
    for (std::int64_t position = 0;;) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto items, project.labelItems().list(labelling.key, {}, position, exportedAtOnce));
        for (const LabelItemRecord& item : items) {
            const auto row = static_cast<std::size_t>(item.position);
            const Part part = row < parts.size() ? static_cast<Part>(parts[row]) : Part::Unused;
            if (!request.parts.empty() && std::find(request.parts.begin(), request.parts.end(), part) == request.parts.end()) continue;
            AnnotatedImage image;
            image.file = item.identity;
            image.width = item.width;
            image.height = item.height;
            if (part != Part::Unused) image.subset = partName(part);
            if (item.state != ItemState::Unlabelled && item.state != ItemState::Labelled) image.state = itemStateName(item.state);
            if (text) image.text = std::string(table.view(*text).text(item.position));
            LAMINA_TRY(const auto labels, project.annotations().ofItem(item.key));
            LAMINA_CHECK(addLabels(labels, names, image, [&](const AnnotationRecord& label) { return isWanted(label, request, annotator); }));
            set.images.push_back(std::move(image));
        }
        if (std::ssize(items) < exportedAtOnce) break;
        position = items.back().position + 1;
    }
    return set;
}

namespace {

/// The pictures of a dataset that nobody labels, in the order of its rows.
Result<AnnotationSet> unlabelledPictures(Project& project, const DatasetRecord& dataset, const Table& table, const AnnotationExportRequest& request,
                                         std::vector<std::int64_t>& rows, const CancelToken& cancel) {
    LAMINA_TRY(const auto names, itemIdentities(dataset, table, cancel));
    LAMINA_TRY(const auto parts, partsOfRows(project, dataset));
    AnnotationSet set;
    for (std::size_t row = 0; row < names.size(); ++row) {
        const Part part = row < parts.size() ? static_cast<Part>(parts[row]) : Part::Unused;
        if (!request.parts.empty() && std::find(request.parts.begin(), request.parts.end(), part) == request.parts.end()) continue;
        set.images.emplace_back();
        set.images.back().file = names[row];
        rows.push_back(static_cast<std::int64_t>(row));
    }
    return set;
}

/// The pictures of a set, one after the other, into the folder.
class PictureExport {
public:
    PictureExport(const Project& project, const DatasetRecord& dataset, const AnnotationExportRequest& request, const Table& table, std::size_t column)
        : m_request(request), m_source(folderOf(dataset.sourcePath)), m_view(table.view(column)), m_reader(pictureFolders(dataset, project.file()), pictureForm(dataset).values),
          m_pictures(request.pictures || !request.blur.empty() || request.format == picturesAlone) {}

    /// Notes the size where the labels do not tell it.
    Result<void> take(AnnotatedImage& image, std::int64_t row) {
        if (image.width > 0 && !m_pictures) return {};
        const std::string_view value = m_view.text(row);
        if (value.empty()) return {};
        if (image.width == 0) noteSize(image, value, m_reader);
        return m_pictures ? copy(image, value) : Result<void>();
    }

    std::vector<Issue> issues() const {
        std::vector<Issue> issues;
        if (m_noted > 0) issues.push_back({Severity::Warning, fail("image.notes_stay"), m_noted});
        if (m_unseen > 0) issues.push_back({Severity::Warning, fail("labelling.blur_unseen"), m_unseen});
        return issues;
    }

private:
    Result<void> copy(AnnotatedImage& image, std::string_view value) {
        const SourcePicture picture{value, m_source / image.file};
        const bool unseen = !m_request.blur.empty() && image.shapes.empty() && image.state.empty();
        image.file = placeOfPicture(m_request.format, image);
        if (m_request.format == picturesAlone && Path(image.file).extension().empty()) image.file += endingOf(value);
        m_unseen += unseen;
        if (const Path place = (m_request.folder / image.file).parent_path(); m_cleared.insert(place).second) removeUnfinished(place);
        if (const auto boxes = placesToBlur(image, m_request.blur); !boxes.empty()) return writeBlurred(picture, m_reader, boxes, m_request.folder, image.file);
        bool noted = false;
        LAMINA_CHECK(writePictureOf(picture, m_reader, m_request.folder / image.file, noted));
        m_noted += noted;
        return {};
    }

    static Path folderOf(const Path& source) {
        std::error_code ignored;
        return std::filesystem::is_directory(source, ignored) ? source : source.parent_path();
    }

    static std::string endingOf(std::string_view value) {
        if (isImageReference(value)) return Path(readImageReference(value).path).extension().string();
        const std::string format = imageFormat(std::as_bytes(std::span(value)));
        return format.empty() ? std::string() : "." + format;
    }

    const AnnotationExportRequest& m_request;
    Path m_source;
    ColumnView m_view;
    ImageReader m_reader;
    bool m_pictures;
    std::set<Path> m_cleared;  ///< folders
    std::int64_t m_noted = 0, m_unseen = 0;
};

Result<void> writeClassMap(const AnnotationSet& set, const AnnotationFormatType& format, const Path& folder, AnnotationExportOutcome& outcome) {
    const auto numbers = numbersInFiles(set, format, outcome.renumbered);
    std::string map = "class,number in the project,number in the files\n";
    for (std::size_t i = 0; i < numbers.size(); ++i)
        map += mapCell(set.labels[i].name) + "," + std::to_string(set.labels[i].number) + "," + std::to_string(numbers[i]) + "\n";
    outcome.classMap = folder / "class_numbers.csv";
    LAMINA_CHECK(makeFolderOf(outcome.classMap));
    LAMINA_CHECK(writeFileAtomically(outcome.classMap, map));
    if (outcome.renumbered)
        outcome.issues.push_back({Severity::Note, fail("labelling.renumbered", {{"format", format.title}, {"file", outcome.classMap.string()}})});
    return {};
}

Error unknownExportFormat(const std::string& format) {
    std::string known;
    for (const auto* type : annotationFormatCatalogue()) known += type->id + ", ";
    return fail("annotation.unknown_format", {{"format", format}, {"known", known + picturesAlone}});
}

}  // namespace

Result<AnnotationExportOutcome> exportAnnotations(Project& project, const AnnotationExportRequest& request, const ImportJob& job) {
    const auto* format = findAnnotationFormat(request.format);
    const bool alone = request.format == picturesAlone;
    if (!format && !alone) return unknownExportFormat(request.format);
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(const Table table, openTable(project, dataset));
    const auto column = pictureColumn(dataset);
    if (alone && !column) return fail("labelling.no_picture_files", {{"dataset", dataset.name}});
    LAMINA_TRY(const auto labelling, project.labelItems().ofDataset(dataset.id));
    std::vector<std::int64_t> rows;  // of pictures without labels
    const bool unlabelled = alone && !labelling && request.blur.empty();
    LAMINA_TRY(auto set, unlabelled ? unlabelledPictures(project, dataset, table, request, rows, job.cancel) : annotationsOf(project, dataset, request, {}, job.cancel));
    LAMINA_CHECK(checkClasses(set, request.blur));
    AnnotationExportOutcome outcome;
    std::optional<PictureExport> pictures;
    if (column) pictures.emplace(project, dataset, request, table, *column);
    for (std::size_t i = 0; i < set.images.size(); ++i) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        AnnotatedImage& image = set.images[i];
        if (job.progress) job.progress({"export", static_cast<std::int64_t>(i) + 1, std::ssize(set.images), "items"});
        if (format && isLeftOut(*format, image)) continue;  // its picture alone would say that nothing is there
        ++outcome.items;
        if (!pictures) continue;
        if (unlabelled) {
            LAMINA_CHECK(pictures->take(image, rows[i]));
            continue;
        }
        LAMINA_TRY(const auto item, project.labelItems().byIdentity(labelling->key, image.file));
        if (item) LAMINA_CHECK(pictures->take(image, item->position));
    }
    if (pictures) outcome.issues = pictures->issues();
    else if (request.pictures) outcome.issues.push_back({Severity::Warning, fail("labelling.no_picture_files", {{"dataset", dataset.name}}), 1});
    if (alone) return outcome;
    LAMINA_TRY(auto written, writeAnnotations(*format, set, request.folder, job.cancel));
    outcome.labels = written.labels;
    outcome.files = std::move(written.files);
    outcome.issues.insert(outcome.issues.end(), written.issues.begin(), written.issues.end());
    LAMINA_CHECK(writeClassMap(set, *format, request.folder, outcome));
    return outcome;
}

}  // namespace lamina
