#include <algorithm>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/exported_pictures.h"
#include "app/jobs/item_identity.h"
#include "app/jobs/labelled_dataset.h"
#include "app/jobs/split_jobs.h"
#include "core/annotation/formats/set_writer.h"
#include "core/annotation/shape_document.h"
#include "core/data/tensor_picture.h"

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

/// Where nothing is chosen everything is.
template <class Value>
bool isOneOf(const Value& value, const std::vector<Value>& chosen) {
    return chosen.empty() || std::find(chosen.begin(), chosen.end(), value) != chosen.end();
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

Result<void> checkClasses(const AnnotationSet& set, const std::vector<std::string>& wanted) {
    for (const std::string& name : wanted)
        if (std::none_of(set.labels.begin(), set.labels.end(), [&](const AnnotationLabel& label) { return label.name == name; }))
            return fail("labelling.no_class_to_blur", {{"class", name}});
    return {};
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
            if (!isOneOf(part, request.parts) || !isOneOf(item.state, request.states)) continue;
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
        if (!isOneOf(part, request.parts)) continue;
        set.images.emplace_back();
        set.images.back().file = names[row];
        rows.push_back(static_cast<std::int64_t>(row));
    }
    return set;
}

Error unknownExportFormat(const std::string& format) {
    std::string known;
    for (const auto* type : annotationFormatCatalogue()) known += type->id + ", ";
    return fail("annotation.unknown_format", {{"format", format}, {"known", known + picturesAlone}});
}

/// What goes out, and how far it is.
class AnnotationExport {
public:
    AnnotationExport(Project& project, const AnnotationExportRequest& request, const AnnotationFormatType* format, const ImportJob& job)
        : m_project(project), m_request(request), m_format(format), m_job(job) {}

    Result<AnnotationExportOutcome> run() {
        LAMINA_CHECK(gather());
        auto done = write();
        // Where nothing was written nothing is half there, but for what an earlier export left.
        if (!done && m_marked && !m_wasUnfinished && (!m_pictures || m_pictures->written() == 0) && !m_labelsBegun) (void)markFinished(m_request.folder);
        LAMINA_CHECK(std::move(done));
        return std::move(m_outcome);
    }

private:
    Result<void> gather() {
        LAMINA_TRY(m_dataset, findDataset(m_project, m_request.dataset));
        LAMINA_TRY(m_table, openTable(m_project, m_dataset));
        const auto column = pictureColumn(m_table);
        if (!m_format && !column) return fail("labelling.no_picture_files", {{"dataset", m_dataset.name}});
        LAMINA_TRY(m_labelling, m_project.labelItems().ofDataset(m_dataset.id));
        m_unlabelled = !m_format && !m_labelling && m_request.blur.empty() && m_request.states.empty();
        LAMINA_TRY(m_set, m_unlabelled ? unlabelledPictures(m_project, m_dataset, m_table, m_request, m_rows, m_job.cancel)
                                       : annotationsOf(m_project, m_dataset, m_request, {}, m_job.cancel));
        LAMINA_CHECK(checkClasses(m_set, m_request.blur));
        if (column) m_pictures.emplace(m_project, m_dataset, m_request, m_table, *column);
        else if (m_request.pictures) m_outcome.issues.push_back({Severity::Warning, fail("labelling.no_picture_files", {{"dataset", m_dataset.name}}), 1});
        return {};
    }

    Result<void> write() {
        for (std::size_t i = 0; i < m_set.images.size(); ++i) {
            if (m_job.cancel.cancelled()) return fail("job.cancelled");
            AnnotatedImage& image = m_set.images[i];
            if (m_job.progress) m_job.progress({"export", static_cast<std::int64_t>(i) + 1, std::ssize(m_set.images), "items"});
            if (m_format && isLeftOut(*m_format, image)) continue;  // its picture alone would say that nothing is there
            ++m_outcome.items;
            if (m_pictures) LAMINA_CHECK(takePicture(image, i));
        }
        if (m_pictures) {
            const auto issues = m_pictures->issues();
            m_outcome.issues.insert(m_outcome.issues.end(), issues.begin(), issues.end());
            LAMINA_CHECK(tellOfProposals());
        }
        if (m_format) LAMINA_CHECK(writeLabels());
        return m_marked ? markFinished(m_request.folder) : Result<void>();
    }

    /// What a model has found and nobody has accepted is no label: it stays sharp, which a person who hides faces has to know.
    Result<void> tellOfProposals() {
        if (m_request.blur.empty() || m_request.proposals) return {};
        LAMINA_TRY(const auto counts, m_project.labelItems().counts(m_labelling->key));
        LAMINA_TRY(const auto classes, m_project.labelClasses().all());
        const auto names = namesByNumber(classes);
        std::int64_t sharp = 0;
        for (const auto& [number, count] : counts.proposals)
            if (const auto name = names.find(number); name != names.end() && std::count(m_request.blur.begin(), m_request.blur.end(), name->second)) sharp += count;
        if (sharp > 0) m_outcome.issues.push_back({Severity::Warning, fail("labelling.blur_proposed"), sharp});
        return {};
    }

    Result<void> takePicture(AnnotatedImage& image, std::size_t place) {
        if (m_pictures->writes()) LAMINA_CHECK(mark());
        if (m_unlabelled) return m_pictures->take(image, m_rows[place]);
        LAMINA_TRY(const auto item, m_project.labelItems().byIdentity(m_labelling->key, image.file));
        return item ? m_pictures->take(image, item->position) : Result<void>();
    }

    Result<void> writeLabels() {
        LAMINA_CHECK(mark());
        m_labelsBegun = true;
        LAMINA_TRY(auto written, writeAnnotations(*m_format, m_set, m_request.folder, m_job.cancel));
        m_outcome.labels = written.labels;
        m_outcome.files = std::move(written.files);
        m_outcome.issues.insert(m_outcome.issues.end(), written.issues.begin(), written.issues.end());
        LAMINA_TRY(m_outcome.classMap, writeClassNumbers(m_set, *m_format, "project", m_request.folder));
        m_outcome.renumbered = isRenumbered(m_set, *m_format);
        if (m_outcome.renumbered)
            m_outcome.issues.push_back({Severity::Note, fail("labelling.renumbered", {{"format", m_format->title}, {"file", m_outcome.classMap.string()}})});
        return {};
    }

    Result<void> mark() {
        if (m_marked) return {};
        std::error_code ignored;
        m_wasUnfinished = std::filesystem::exists(m_request.folder / unfinishedExport, ignored);
        LAMINA_CHECK(markUnfinished(m_request.folder));
        m_marked = true;
        return {};
    }

    Project& m_project;
    const AnnotationExportRequest& m_request;
    const AnnotationFormatType* m_format;  ///< nullptr: pictures alone
    const ImportJob& m_job;
    DatasetRecord m_dataset;
    Table m_table;
    std::optional<LabellingRecord> m_labelling;
    AnnotationSet m_set;
    bool m_unlabelled = false, m_marked = false, m_wasUnfinished = false, m_labelsBegun = false;
    std::vector<std::int64_t> m_rows;  ///< of pictures without labels
    std::optional<ExportedPictures> m_pictures;
    AnnotationExportOutcome m_outcome;
};

}  // namespace

Result<AnnotationExportOutcome> exportAnnotations(Project& project, const AnnotationExportRequest& request, const ImportJob& job) {
    const auto* format = findAnnotationFormat(request.format);
    if (!format && request.format != picturesAlone) return unknownExportFormat(request.format);
    return AnnotationExport(project, request, format, job).run();
}

}  // namespace lamina
