#include <algorithm>
#include <set>
#include <unordered_map>

#include "app/jobs/added_files.h"
#include "app/jobs/annotation_jobs.h"
#include "app/jobs/dataset_pictures.h"
#include "app/jobs/free_name.h"
#include "app/jobs/item_identity.h"
#include "app/jobs/work_folder.h"
#include "core/annotation/formats/set_writer.h"
#include "core/annotation/shape_document.h"
#include "core/base/uuid.h"
#include "core/data/column_file.h"

namespace lamina {
namespace {

constexpr std::size_t itemsAtOnce = 2000;
constexpr std::size_t keptRemarks = 10'000;

Result<const AnnotationFormatType*> formatFor(const AnnotationImportRequest& request) {
    if (request.format.empty()) {
        if (const auto* found = annotationFormatOf(request.source)) return found;
        std::error_code failed;
        if (!std::filesystem::exists(request.source, failed)) return fail("file.not_found", {{"file", request.source.string()}});
        return fail("annotation.none", {{"file", request.source.string()}});
    }
    if (const auto* found = findAnnotationFormat(request.format)) return found;
    std::string known;
    for (const auto* type : annotationFormatCatalogue()) known += (known.empty() ? "" : ", ") + type->id;
    return fail("annotation.unknown_format", {{"format", request.format}, {"known", known}});
}

Path picturesOf(const AnnotationImportRequest& request) {
    if (!request.pictures.empty()) return request.pictures;
    std::error_code failed;
    if (std::filesystem::is_directory(request.source, failed)) return request.source;
    const Path folder = std::filesystem::absolute(request.source, failed).parent_path();
    return folder.filename() == "annotations" || folder.filename() == "Annotations" ? folder.parent_path() : folder;
}

/// Rows by the whole name of their picture, by the name without folders, and without its ending; names that several rows share lead nowhere.
class RowsByName {
public:
    explicit RowsByName(const std::vector<std::string>& names) {
        for (std::size_t row = 0; row < names.size(); ++row)
            for (const std::string& key : keysOf(names[row])) {
                const auto [place, added] = m_rows.emplace(key, row);
                if (!added && place->second != row) place->second = several;
            }
    }
    std::optional<std::size_t> find(const std::string& file) const {
        for (const std::string& key : keysOf(file))
            if (const auto found = m_rows.find(key); found != m_rows.end() && found->second != several) return found->second;
        return std::nullopt;
    }

private:
    static constexpr std::size_t several = SIZE_MAX;
    static std::vector<std::string> keysOf(const std::string& file) {
        // The tails too: annotations and pictures rarely begin at the same folder.
        std::vector<std::string> keys;
        for (std::size_t at = 0;; ++at) {
            keys.push_back(file.substr(at));
            at = file.find('/', at);
            if (at == std::string::npos) break;
        }
        keys.push_back("\n" + Path(file).stem().string());
        return keys;
    }
    std::unordered_map<std::string, std::size_t> m_rows;
};

/// The project's classes and those that the annotations add, by name.
class ClassesByName {
public:
    explicit ClassesByName(std::vector<LabelClassRecord> known) : m_numbers(known) {
        for (const LabelClassRecord& record : known) {
            m_taken.insert(record.number);
            m_position = std::max(m_position, record.order + 1);
            if (record.mergedInto == 0 || !m_byName.count(record.name)) m_byName[record.name] = m_numbers.current(record.number);
        }
    }
    void add(const AnnotationLabel& label) {
        if (m_byName.count(label.name)) return;
        LabelClassRecord record;
        record.name = label.name;
        record.number = label.number > 0 && !m_taken.count(label.number) ? label.number : m_taken.empty() ? 1 : *m_taken.rbegin() + 1;
        record.colour = classColour(record.number);
        record.order = m_position++;
        record.parent = label.parent;
        record.points = label.points;
        record.skeleton = label.skeleton;
        m_taken.insert(record.number);
        m_byName[label.name] = record.number;
        added.push_back(std::move(record));
    }
    std::int64_t number(const std::string& name) {
        if (!m_byName.count(name)) {
            AnnotationLabel label;
            label.name = name;
            add(label);
        }
        return m_byName[name];
    }
    std::vector<LabelClassRecord> added;

private:
    ClassNumbers m_numbers;
    std::map<std::string, std::int64_t> m_byName;
    std::set<std::int64_t> m_taken;
    std::int64_t m_position = 0;
};

ItemState stateOf(const AnnotatedImage& image, bool labelled) {
    if (const auto state = itemStateFromName(image.state)) return *state;
    return labelled ? ItemState::Labelled : ItemState::Unlabelled;
}

/// What is imported, from the values that a format read.
class AnnotationImport {
public:
    AnnotationImport(Project& project, const AnnotationImportRequest& request, const ImportJob& job)
        : m_project(project), m_request(request), m_job(job) {}

    Result<AnnotationImportOutcome> run() {
        LAMINA_TRY(m_outcome.format, formatFor(m_request));
        LAMINA_CHECK(readSet());
        LAMINA_CHECK(findPictures());
        auto done = attach();
        // A dataset that came for its labels' sake alone goes with them.
        if (!done && m_isNew) (void)m_project.datasets().remove(m_outcome.dataset.id).get();
        LAMINA_CHECK(std::move(done));
        m_outcome.issues.insert(m_outcome.issues.end(), m_set.issues.begin(), m_set.issues.end());
        return std::move(m_outcome);
    }

private:
    Result<void> readSet() {
        if (!m_request.dataset.empty()) {
            LAMINA_TRY(m_outcome.dataset, m_project.datasets().find(m_request.dataset));
        }
        if (m_outcome.format->readApart) {
            LAMINA_TRY(const auto pictures, picturesThatAreKnown());
            LAMINA_TRY(m_set, m_outcome.format->readApart(m_request.source, pictures, m_job.cancel));
        } else {
            LAMINA_TRY(m_set, m_outcome.format->read(m_request.source, m_job.cancel));
        }
        const auto unfinished = unfinishedIssues(m_request.source);
        m_set.issues.insert(m_set.issues.begin(), unfinished.begin(), unfinished.end());
        return {};
    }

    /// Those of the dataset, or below the folder that was said.
    Result<PicturesElsewhere> picturesThatAreKnown() {
        if (m_request.dataset.empty()) return m_request.pictures.empty() ? PicturesElsewhere() : picturesBelow(m_request.pictures);
        return picturesOfDataset(m_project, m_outcome.dataset, m_job.cancel);
    }

    Result<void> findPictures() {
        if (!m_request.dataset.empty()) return {};
        if (areTexts()) return importTexts();
        ImportRequest pictures;
        pictures.source = picturesOf(m_request);
        pictures.importer = "image_folder";
        pictures.settings = {{"labels", "none"}};  // a table in the folder is the annotations, not more columns
        pictures.settings.update(m_request.settings);
        pictures.name = m_request.name;
        LAMINA_TRY(auto imported, importDataset(m_project, pictures, m_job));
        m_isNew = true;
        m_outcome.dataset = std::move(imported.dataset);
        m_outcome.issues = std::move(imported.issues);
        std::erase_if(m_outcome.issues, [](const Issue& issue) { return issue.what.code == "import.annotations_there"; });  // this is how they are read
        m_outcome.receipts.push_back(std::move(imported.receipt));
        return {};
    }

    bool areTexts() const {
        return !m_set.images.empty() && std::all_of(m_set.images.begin(), m_set.images.end(), [](const AnnotatedImage& item) { return !item.text.empty(); });
    }

    /// A dataset of the texts themselves: they lie in the annotations.
    Result<void> importTexts() {
        ColumnData texts(ColumnKind::Text), names(ColumnKind::Text);
        for (const AnnotatedImage& item : m_set.images) {
            texts.addText(item.text);
            names.addText(item.file);
        }
        DatasetRecord& dataset = m_outcome.dataset;
        dataset.name = freeName(m_project.datasets().all(), m_request.name.empty() ? m_request.source.stem().string() : m_request.name);
        dataset.importer = "annotations";
        dataset.sourcePath = std::filesystem::absolute(m_request.source).string();
        dataset.rows = std::ssize(m_set.images);
        const WorkFolder folder(m_project, "import");
        AddedFiles added(m_project);
        LAMINA_CHECK(addTextColumn("text", "feature", texts, folder.path(), added));
        LAMINA_CHECK(addTextColumn("file", "ignored", names, folder.path(), added));
        LAMINA_TRY(auto receipt, m_project.datasets().add(dataset).get());
        added.keep();
        m_isNew = true;
        m_outcome.receipts.push_back(std::move(receipt));
        return {};
    }

    Result<void> addTextColumn(const char* name, const char* role, const ColumnData& data, const Path& folder, AddedFiles& added) {
        ColumnInfo info;
        info.id = newUuid();
        info.name = name;
        info.kind = ColumnKind::Text;
        info.elementType = elementTypeOf(info.kind);
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, info));
        LAMINA_CHECK(writer->append(data.view()));
        LAMINA_TRY(const auto stored, writer->finish());
        ColumnRecord record;
        record.id = info.id;
        record.name = name;
        record.kind = columnKindName(info.kind);
        record.role = role;
        LAMINA_TRY(record.fileHash, added.add(stored.path));
        record.info = {{"missing", 0}, {"elementType", dtypeName(info.elementType)}, {"elementShape", info.elementShape}};
        m_outcome.dataset.columns.push_back(std::move(record));
        return {};
    }

    Result<void> attach() {
        LAMINA_TRY(const Table table, openTable(m_project, m_outcome.dataset));
        LAMINA_TRY(m_names, itemIdentities(m_outcome.dataset, table, m_job.cancel));
        LAMINA_CHECK(matchRows());
        LAMINA_TRY(auto known, m_project.labelClasses().all());
        ClassesByName classes(std::move(known));
        for (const AnnotationLabel& label : m_set.labels) classes.add(label);
        LAMINA_TRY(const auto existing, m_project.labelItems().ofDataset(m_outcome.dataset.id));
        LAMINA_CHECK(existing ? join(*existing, classes) : begin(classes));
        m_outcome.newClasses = std::ssize(classes.added);
        return m_isNew ? addSplit(table) : Result<void>();
    }

    Result<void> matchRows() {
        const RowsByName rows(m_names);
        m_imageOfRow.assign(m_names.size(), -1);
        std::int64_t found = 0, missing = 0;
        for (std::size_t i = 0; i < m_set.images.size(); ++i) {
            const auto row = rows.find(m_set.images[i].file);
            if (row && m_imageOfRow[*row] < 0) {
                m_imageOfRow[*row] = static_cast<std::int64_t>(i);
                ++found;
            } else if (row && m_set.images[static_cast<std::size_t>(m_imageOfRow[*row])].file == m_set.images[i].file) {
                joinImages(m_set.images[static_cast<std::size_t>(m_imageOfRow[*row])], m_set.images[i]);
            } else if (++missing <= 100) {
                m_set.issues.push_back(
                    {Severity::Warning, fail("labelling.not_in_dataset", {{"file", m_set.images[i].file}, {"dataset", m_outcome.dataset.name}})});
            }
        }
        // Not where the annotations lie, but in the dataset: what was said of it is no news.
        std::erase_if(m_set.issues, [&](const Issue& issue) {
            return issue.what.code == "annotation.no_picture" && !issue.what.arguments.empty() && rows.find(pictureElsewhere(issue.what.arguments.front().second));
        });
        if (missing > 100) m_set.issues.push_back({Severity::Warning, fail("labelling.more_remarks"), missing - 100});
        if (found == 0)
            return fail("labelling.no_pictures", {{"annotated", std::to_string(m_set.images.size())}, {"dataset", m_outcome.dataset.name}});
        return {};
    }

    /// A second file that speaks of the same picture.
    void joinImages(AnnotatedImage& image, const AnnotatedImage& more) {
        for (AnnotationRelation relation : more.relations) {
            relation.from += image.shapes.size();
            relation.to += image.shapes.size();
            image.relations.push_back(std::move(relation));
        }
        image.shapes.insert(image.shapes.end(), more.shapes.begin(), more.shapes.end());
        for (const std::string& name : more.classes)
            if (std::find(image.classes.begin(), image.classes.end(), name) == image.classes.end()) image.classes.push_back(name);
        image.attributes.insert(more.attributes.begin(), more.attributes.end());
        if (image.subset.empty()) image.subset = more.subset;
        m_joined.insert(image.file);
    }

    LabelledItem itemOf(std::size_t row, ClassesByName& classes) {
        LabelledItem entry;
        entry.item.position = static_cast<std::int64_t>(row);
        entry.item.identity = m_names[row];
        if (m_imageOfRow[row] < 0) return entry;
        const AnnotatedImage& image = m_set.images[static_cast<std::size_t>(m_imageOfRow[row])];
        entry.item.width = image.width;
        entry.item.height = image.height;
        entry.labels = labelsOf(image, classes);
        entry.item.state = stateOf(image, !entry.labels.empty());
        if (entry.item.state != ItemState::Unlabelled) entry.item.annotator = m_project.author();
        m_outcome.labels += std::ssize(entry.labels);
        ++m_outcome.items;
        return entry;
    }

    std::vector<AnnotationRecord> labelsOf(const AnnotatedImage& image, ClassesByName& classes) {
        std::vector<AnnotationRecord> labels;
        const auto add = [&](std::int64_t number, nlohmann::json document) {
            labels.emplace_back();
            labels.back().classNumber = number;
            labels.back().document = std::move(document);
            labels.back().tool = "import:" + m_outcome.format->id;
        };
        for (const AnnotationShape& shape : image.shapes) add(classes.number(shape.label), shapeToDocument(shape));
        for (const std::string& name : image.classes) add(classes.number(name), nlohmann::json::object());
        if (!image.attributes.empty()) add(0, {{"attributes", image.attributes}});
        // Ids of one millisecond come in any order; labels are listed by them.
        std::vector<std::string> ids;
        for (const auto& label : labels) ids.push_back(label.id);
        std::sort(ids.begin(), ids.end());
        for (std::size_t i = 0; i < labels.size(); ++i) labels[i].id = labels[i].label = ids[i];
        for (const AnnotationRelation& relation : image.relations)
            if (relation.from < image.shapes.size() && relation.to < image.shapes.size()) {
                add(0, {{"relation", {{"label", relation.label}, {"from", labels[relation.from].label}, {"to", labels[relation.to].label}}}});
                labels.back().label = labels.back().id;
            }
        return labels;
    }

    /// The first labels of the dataset.
    Result<void> begin(ClassesByName& classes) {
        auto& items = m_project.labelItems();
        LAMINA_TRY(m_outcome.labelling.key, items.begin());
        m_outcome.labelling.datasetId = m_outcome.dataset.id;
        auto written = writeItems(classes);
        if (written) {
            m_outcome.labelling.report = remarks();
            auto receipt = items.finish(editOf(), m_outcome.labelling, classes.added).get();
            if (receipt) {
                m_outcome.receipts.push_back(std::move(*receipt));
                return {};
            }
            written = receipt.takeError();
        }
        (void)items.abandon(m_outcome.labelling.key);
        return written;
    }

    Result<void> writeItems(ClassesByName& classes) {
        for (std::size_t row = 0; row < m_names.size();) {
            if (m_job.cancel.cancelled()) return fail("job.cancelled");
            std::vector<LabelledItem> piece;
            for (; row < m_names.size() && piece.size() < itemsAtOnce; ++row) piece.push_back(itemOf(row, classes));
            LAMINA_CHECK(m_project.labelItems().append(m_outcome.labelling.key, piece));
            for (const LabelledItem& entry : piece) noteLabels(entry.item.position, entry.item.key, entry.labels);
            if (m_job.progress) m_job.progress({"labels", static_cast<std::int64_t>(row), static_cast<std::int64_t>(m_names.size()), "items"});
        }
        return {};
    }

    /// Labels for items that may have others.
    Result<void> join(const LabellingRecord& existing, ClassesByName& classes) {
        m_outcome.labelling = existing;
        LabelEdit edit;
        for (std::size_t row = 0; row < m_names.size(); ++row) {
            if (m_imageOfRow[row] < 0) continue;
            LAMINA_TRY(const auto item, m_project.labelItems().at(existing.key, static_cast<std::int64_t>(row)));
            if (!item) continue;
            if (row % itemsAtOnce == 0 && m_job.cancel.cancelled()) return fail("job.cancelled");
            auto entry = itemOf(row, classes);
            LAMINA_TRY(const auto there, m_project.annotations().ofItem(item->key));
            LabelGesture gesture;
            gesture.item = item->key;
            gesture.revisions = newOnes(there, entry.labels);
            noteLabels(item->position, item->key, entry.labels);
            // "Checked, nothing here" is said of what nobody has looked at here.
            if (entry.labels.empty() && item->state == ItemState::Unlabelled && entry.item.state != ItemState::Unlabelled) gesture.state = entry.item.state;
            if (!gesture.revisions.empty() || gesture.state) edit.gestures.push_back(std::move(gesture));
        }
        if (m_known > 0)
            m_outcome.issues.push_back({Severity::Note, fail("labelling.labels_known", {{"labels", std::to_string(m_known)}, {"dataset", m_outcome.dataset.name}})});
        if (edit.gestures.empty() && classes.added.empty()) return {};  // all of it is here
        edit.classes = classes.added;
        edit.labelling = existing.key;
        edit.remarks = remarks();
        LAMINA_TRY(auto receipt, m_project.annotations().apply(editOf(), std::move(edit)).get());
        m_outcome.receipts.push_back(std::move(receipt));
        return {};
    }

    /// What the item does not have yet: the same class and shape twice would be one thing counted twice. `labels` take the ids of those that are there.
    std::vector<AnnotationRecord> newOnes(const std::vector<AnnotationRecord>& there, std::vector<AnnotationRecord>& labels) {
        std::vector<bool> used(there.size());
        std::map<std::string, std::string> idOf;  // in the file → here
        std::vector<AnnotationRecord> fresh;
        for (AnnotationRecord& label : labels) {
            if (const auto relation = label.document.find("relation"); relation != label.document.end())
                for (const char* end : {"from", "to"})
                    if (const auto id = idOf.find(relation->at(end).get<std::string>()); id != idOf.end()) (*relation)[end] = id->second;
            std::size_t same = 0;
            while (same < there.size() && (used[same] || there[same].pass > 1 || there[same].classNumber != label.classNumber || there[same].document != label.document)) ++same;
            if (same == there.size()) {
                fresh.push_back(label);
                continue;
            }
            used[same] = true;
            const std::string& id = there[same].label.empty() ? there[same].id : there[same].label;
            idOf[label.label] = id;
            label.label = id;
            ++m_known;
            --m_outcome.labels;
        }
        return fresh;
    }

    EditName editOf() const {
        return editName("edit.import_labels", {{"labels", std::to_string(m_outcome.labels)}, {"source", m_request.source.filename().string()}});
    }

    void noteLabels(std::int64_t row, std::int64_t key, const std::vector<AnnotationRecord>& labels) {
        const std::int64_t image = m_imageOfRow[static_cast<std::size_t>(row)];
        if (image < 0) return;
        auto& place = m_places[m_set.images[static_cast<std::size_t>(image)].file];
        place.item = key;
        for (const AnnotationRecord& label : labels) place.labels.push_back(label.label);
    }

    /// Where a remark leads: the item, and the label where it speaks of one.
    nlohmann::json remarks() const {
        auto list = nlohmann::json::array();
        for (const Issue& issue : m_set.issues) {
            if (list.size() == keptRemarks) break;
            nlohmann::json entry{{"code", issue.what.code}, {"arguments", issue.what.arguments}, {"count", issue.count}};
            if (const auto place = m_places.find(issue.what.argument("file")); place != m_places.end()) {
                entry["item"] = place->second.item;
                const auto number = static_cast<std::size_t>(std::max(0, std::atoi(issue.what.argument("number").c_str())));
                // Of a picture that several files speak of, the number does not say which shape it is.
                const bool ofShape = issue.what.code != "annotation.refused" && !m_joined.count(place->first);
                if (ofShape && number >= 1 && number <= place->second.labels.size()) entry["label"] = place->second.labels[number - 1];
            }
            list.push_back(std::move(entry));
        }
        return list;
    }

    /// The parts that the annotations tell, where they tell them of every picture.
    Result<void> addSplit(const Table& table) {
        Split split;
        for (std::size_t row = 0; row < m_names.size(); ++row) {
            const std::string subset = m_imageOfRow[row] < 0 ? "" : m_set.images[static_cast<std::size_t>(m_imageOfRow[row])].subset;
            const Part part = subset == "training"     ? Part::Training
                              : subset == "validation" ? Part::Validation
                              : subset == "test"       ? Part::Test
                                                       : Part::Unused;
            split.parts.push_back(static_cast<std::uint8_t>(part));
            ++split.counts[static_cast<std::size_t>(part)];
        }
        if (split.counts[0] == 0 || split.counts[1] + split.counts[2] == 0) return {};
        const WorkFolder folder(m_project, "split");
        LAMINA_TRY(const auto file, writeSplit(folder.path(), split));
        AddedFiles added(m_project);
        SplitRecord record;
        record.datasetId = m_outcome.dataset.id;
        record.method = "given";
        for (std::size_t part = 0; part < 3; ++part) {
            record.counts[part] = split.counts[part];
            record.fractions[part] = static_cast<double>(split.counts[part]) / static_cast<double>(table.rows());
        }
        LAMINA_TRY(record.assignmentFileHash, added.add(file.path));
        LAMINA_TRY(auto receipt, m_project.splits().add(record).get());
        added.keep();
        m_outcome.split = std::move(record);
        m_outcome.receipts.push_back(std::move(receipt));
        return {};
    }

    struct Place {
        std::int64_t item = 0;
        std::vector<std::string> labels;
    };
    Project& m_project;
    const AnnotationImportRequest& m_request;
    const ImportJob& m_job;
    AnnotationSet m_set;
    bool m_isNew = false;
    std::int64_t m_known = 0;                ///< labels that were there already
    std::vector<std::string> m_names;        ///< of the rows
    std::vector<std::int64_t> m_imageOfRow;  ///< -1: nothing was said about it
    std::map<std::string, Place> m_places;   ///< by the annotations' file name
    std::set<std::string> m_joined;          ///< file names that several images of the annotations had
    AnnotationImportOutcome m_outcome;
};

}  // namespace

Result<AnnotationImportOutcome> importAnnotations(Project& project, const AnnotationImportRequest& request, const ImportJob& job) {
    return AnnotationImport(project, request, job).run();
}

Result<LabellingRecord> beginLabelling(Project& project, const DatasetRecord& dataset, const ImportJob& job) {
    LAMINA_TRY(const Table table, openTable(project, dataset));
    LAMINA_TRY(const auto names, itemIdentities(dataset, table, job.cancel));
    auto& items = project.labelItems();
    LabellingRecord record;
    record.datasetId = dataset.id;
    LAMINA_TRY(record.key, items.begin());
    const auto write = [&]() -> Result<void> {
        for (std::size_t row = 0; row < names.size();) {
            if (job.cancel.cancelled()) return fail("job.cancelled");
            std::vector<LabelledItem> piece;
            for (; row < names.size() && piece.size() < itemsAtOnce; ++row) {
                piece.emplace_back();
                piece.back().item.position = static_cast<std::int64_t>(row);
                piece.back().item.identity = names[row];
            }
            LAMINA_CHECK(items.append(record.key, piece));
        }
        LAMINA_CHECK(items.finish(editName("edit.begin_labelling", {{"dataset", dataset.name}}), record, {}).get());
        return {};
    };
    if (auto written = write(); !written) {
        (void)items.abandon(record.key);
        return written.takeError();
    }
    return record;
}

Result<LabellingRecord> labellingOf(Project& project, const DatasetRecord& dataset) {
    LAMINA_TRY(auto found, project.labelItems().ofDataset(dataset.id));
    if (!found) return fail("labelling.none", {{"dataset", dataset.name}});
    return std::move(*found);
}

}  // namespace lamina
