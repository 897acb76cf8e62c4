#include <algorithm>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/blurred_picture.h"
#include "app/jobs/labelled_dataset.h"
#include "app/jobs/split_jobs.h"
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

/// Where this format expects a picture, beside its own files.
std::string placeOfPicture(const std::string& format, const AnnotatedImage& image) {
    if (format == "voc") return "JPEGImages/" + Path(image.file).filename().string();
    if (format == "yolo")
        return "images/" + (image.subset.empty() ? "train" : nameOfSubset(image.subset)) + "/" + Path(image.file).filename().string();
    return "images/" + image.file;
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

Result<std::vector<std::byte>> bytesOfPicture(std::string_view value) {
    if (isImageReference(value)) return readImageFile(readImageReference(value).path);
    const auto bytes = std::as_bytes(std::span(value));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

Result<void> writePictureOf(std::string_view value, const Path& file) {
    LAMINA_CHECK(makeFolderOf(file));
    LAMINA_TRY(auto bytes, bytesOfPicture(value));
    if (auto stripped = withoutMetadata(bytes)) bytes = std::move(*stripped);
    return writeFileAtomically(file, std::span<const std::byte>(bytes));
}

/// The same with these places made coarse; gives the ending that the file has now.
Result<void> writeBlurred(std::string_view value, const std::vector<ShapeBounds>& boxes, const Path& folder, std::string& name) {
    LAMINA_TRY(const auto bytes, bytesOfPicture(value));
    auto made = blurred(bytes, boxes);
    if (!made) return made.takeError().with("file", name);
    if (made->png) name = Path(name).replace_extension(".png").generic_string();
    LAMINA_CHECK(makeFolderOf(folder / name));
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

Result<AnnotationExportOutcome> exportAnnotations(Project& project, const AnnotationExportRequest& request, const ImportJob& job) {
    const auto* format = findAnnotationFormat(request.format);
    if (!format) {
        std::string known;
        for (const auto* type : annotationFormatCatalogue()) known += (known.empty() ? "" : ", ") + type->id;
        return fail("annotation.unknown_format", {{"format", request.format}, {"known", known}});
    }
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(auto set, annotationsOf(project, dataset, request, {}, job.cancel));
    LAMINA_TRY(const Table table, openTable(project, dataset));
    const auto column = pictureColumn(dataset);
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_CHECK(checkClasses(set, request.blur));
    const bool pictures = request.pictures || !request.blur.empty();
    AnnotationExportOutcome outcome;
    const ImageReader reader({project.file().parent_path()});
    for (AnnotatedImage& image : set.images) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        outcome.labels += std::ssize(image.shapes) + std::ssize(image.classes);
        ++outcome.items;
        if (!column || (image.width > 0 && !pictures)) continue;
        LAMINA_TRY(const auto item, project.labelItems().byIdentity(labelling.key, image.file));
        const std::string_view value = item ? table.view(*column).text(item->position) : std::string_view();
        if (value.empty()) continue;
        if (image.width == 0) noteSize(image, value, reader);
        if (!pictures) continue;
        image.file = placeOfPicture(format->id, image);
        if (const auto boxes = placesToBlur(image, request.blur); !boxes.empty()) {
            LAMINA_CHECK(writeBlurred(value, boxes, request.folder, image.file));
            continue;
        }
        LAMINA_CHECK(writePictureOf(value, request.folder / image.file));
    }
    LAMINA_TRY(auto written, format->write(set, request.folder, job.cancel));
    outcome.files = std::move(written.files);
    outcome.issues = std::move(written.issues);
    const auto numbers = numbersInFiles(set, *format, outcome.renumbered);
    std::string map = "class,number in the project,number in the files\n";
    for (std::size_t i = 0; i < numbers.size(); ++i)
        map += mapCell(set.labels[i].name) + "," + std::to_string(set.labels[i].number) + "," + std::to_string(numbers[i]) + "\n";
    outcome.classMap = request.folder / "class_numbers.csv";
    LAMINA_CHECK(makeFolderOf(outcome.classMap));
    LAMINA_CHECK(writeFileAtomically(outcome.classMap, map));
    if (outcome.renumbered)
        outcome.issues.push_back({Severity::Note, fail("labelling.renumbered", {{"format", format->title}, {"file", outcome.classMap.string()}})});
    return outcome;
}

}  // namespace lamina
