#include "app/jobs/label_sessions.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/derived_dataset.h"
#include "app/jobs/key_runs.h"
#include "app/jobs/pack_jobs.h"
#include "app/jobs/work_folder.h"
#include "core/base/clock.h"
#include "core/data/image_reference.h"

namespace lamina {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t sentItemsAtOnce = 2000;

/// Keys of the items that somebody has got and not given back, ascending.
Result<std::vector<std::int64_t>> keysOut(Project& project, const LabellingRecord& labelling) {
    LAMINA_TRY(const auto sessions, project.labelSessions().all());
    std::vector<std::int64_t> out;
    for (const LabelSessionRecord& session : sessions) {
        if (session.isPackage || session.merged != 0 || session.labelling != labelling.key || !session.settings.contains(sentItems)) continue;
        const auto keys = keysOfRuns(session.settings[sentItems]);
        out.insert(out.end(), keys.begin(), keys.end());
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// The items that go out, in the order of rows.
Result<std::vector<LabelItemRecord>> itemsToSend(Project& project, const LabellingRecord& labelling, const SessionRequest& request) {
    std::vector<LabelItemRecord> items;
    if (!request.rows.empty()) {
        const std::set<std::int64_t> rows(request.rows.begin(), request.rows.end());
        for (const std::int64_t row : rows) {
            LAMINA_TRY(auto item, project.labelItems().at(labelling.key, row));
            if (!item) return fail("label_item.not_found", {{"item", std::to_string(row + 1)}});
            items.push_back(std::move(*item));
        }
    } else {
        ItemFilter filter;
        filter.state = request.state;
        LAMINA_TRY(items, project.labelItems().list(labelling.key, filter, 0, INT64_MAX));
    }
    if (request.notOut && !items.empty()) {
        LAMINA_TRY(const auto out, keysOut(project, labelling));
        std::erase_if(items, [&](const LabelItemRecord& item) { return std::binary_search(out.begin(), out.end(), item.key); });
        if (items.empty()) return fail("label_session.all_out");
    }
    // By keys, not by places in the list: who asks for the next part later gets none of the items that are out already.
    if (request.parts > 1) std::erase_if(items, [&](const LabelItemRecord& item) { return (std::max<std::int64_t>(item.key, 1) - 1) % request.parts != request.part - 1; });
    if (request.limit > 0 && std::ssize(items) > request.limit) items.resize(static_cast<std::size_t>(request.limit));
    if (items.empty()) return fail("label_session.no_items");
    return items;
}

/// Labels that go with an item: what counts now, of the first pass.
Result<std::vector<AnnotationRecord>> labelsToSend(Project& project, std::int64_t item) {
    LAMINA_TRY(auto labels, project.annotations().ofItem(item));
    std::erase_if(labels, [](const AnnotationRecord& label) { return label.pass > 1; });
    return labels;
}

/// Pictures that lie elsewhere, as bytes; what cannot be read stays a reference.
Result<void> takePicturesIn(Project& package, DatasetRecord& dataset, const ImportJob& job, std::vector<Issue>& issues) {
    LAMINA_TRY(const Table table, openTable(package, dataset));
    const WorkFolder folder(package, "pictures");
    std::vector<std::string> before;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        if (table.info(c).kind != ColumnKind::Image) continue;
        ColumnInfo info = table.info(c);
        info.rows = info.missing = 0;
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder.path(), info));
        const ColumnView view = table.view(c);
        for (std::int64_t row = 0; row < view.rows; ++row) {
            if (job.cancel.cancelled()) return fail("job.cancelled");
            ColumnData one(ColumnKind::Image);
            if (view.isMissing(row)) one.addMissing();
            else {
                std::string value(view.text(row));
                const ImageReference reference = isImageReference(value) ? readImageReference(value) : ImageReference();
                if (!reference.path.empty() && reference.page == 0) {
                    auto bytes = readFile(reference.path);
                    if (bytes) value.assign(reinterpret_cast<const char*>(bytes->data()), bytes->size());
                    else issues.push_back({Severity::Warning, bytes.takeError(), 1});
                }
                one.addText(value);
            }
            LAMINA_CHECK(writer->append(one.view()));
            if (job.progress) job.progress({"pictures", row + 1, view.rows, "items"});
        }
        LAMINA_TRY(const auto stored, writer->finish());
        before.push_back(dataset.columns[c].fileHash);
        LAMINA_TRY(dataset.columns[c].fileHash, package.addFile(stored.path));
    }
    if (before.empty()) return {};
    LAMINA_CHECK(package.datasets().replace(dataset, std::nullopt).get());
    for (const std::string& hash : before) (void)package.removeFile(hash);
    return {};
}

/// Fills a new project with what goes out.
class SessionWriter {
public:
    SessionWriter(Project& project, const DatasetRecord& dataset, const std::vector<LabelItemRecord>& items, const SessionRequest& request, const ImportJob& job)
        : m_project(project), m_dataset(dataset), m_items(items), m_request(request), m_job(job) {}

    Result<void> run(Project& package, LabelSessionRecord session, SessionOut& outcome) {
        LAMINA_TRY(auto dataset, addRows(package));
        if (m_request.pictures) LAMINA_CHECK(takePicturesIn(package, dataset, m_job, outcome.issues));
        m_created = session.created;
        LAMINA_TRY(session.labelling, addItems(package, dataset, outcome));
        session.isPackage = true;
        EditName name = editName("edit.begin_session", {{"name", session.settings.value("name", std::string())}});
        LAMINA_CHECK(package.labelSessions().add(std::move(name), std::move(session)).get());
        return {};
    }

private:
    Result<DatasetRecord> addRows(Project& package) {
        LAMINA_TRY(const Table table, openTable(m_project, m_dataset));
        std::vector<std::int64_t> rows;
        for (const LabelItemRecord& item : m_items) rows.push_back(item.position);
        std::vector<std::string> roles;
        for (const ColumnRecord& column : m_dataset.columns) roles.push_back(column.role);
        if (m_request.blind) LAMINA_CHECK(leaveOutAnswers(roles));
        DatasetRecord described;
        described.name = m_dataset.name;
        described.importer = derivedImporter;
        LAMINA_TRY(auto added, addDerivedDataset(package, m_dataset, std::move(described), table, rows, roles, {{"session", true}}, m_job));
        return std::move(added.dataset);
    }

    /// Whoever labels blindly must not read in a column what is to be said: the target, and the column from which labelling began.
    Result<void> leaveOutAnswers(std::vector<std::string>& roles) const {
        constexpr std::size_t enough = 100;
        std::set<std::string> begunFrom;
        for (std::size_t i = 0; i < std::min(enough, m_items.size()); ++i) {
            LAMINA_TRY(const auto history, m_project.annotations().history(m_items[i].key));
            for (const AnnotationRecord& label : history) begunFrom.insert(label.tool);
        }
        auto others = roles;
        for (std::size_t c = 0; c < roles.size(); ++c)
            if (roles[c] == "target" || begunFrom.count("column:" + m_dataset.columns[c].name)) others[c].clear();
        if (std::any_of(others.begin(), others.end(), [](const std::string& role) { return !role.empty(); })) roles = std::move(others);
        return {};
    }

    Result<std::int64_t> addItems(Project& package, const DatasetRecord& dataset, SessionOut& outcome) {
        LAMINA_TRY(auto classes, m_project.labelClasses().all());
        LabellingRecord record;
        record.datasetId = dataset.id;
        auto& all = package.labelItems();
        LAMINA_TRY(record.key, all.begin());
        std::vector<LabelledItem> piece;
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (m_job.cancel.cancelled()) return fail("job.cancelled");
            LAMINA_TRY(auto sent, itemToSend(m_items[i], static_cast<std::int64_t>(i)));
            outcome.labels += std::count_if(sent.labels.begin(), sent.labels.end(), [](const AnnotationRecord& label) { return label.model.empty(); });
            piece.push_back(std::move(sent));
            if (std::ssize(piece) < sentItemsAtOnce && i + 1 < m_items.size()) continue;
            LAMINA_CHECK(all.append(record.key, piece));
            piece.clear();
        }
        LAMINA_CHECK(all.finish(editName("edit.begin_labelling", {{"dataset", dataset.name}}), record, std::move(classes)).get());
        return record.key;
    }

    Result<LabelledItem> itemToSend(const LabelItemRecord& item, std::int64_t position) {
        LabelledItem sent;
        sent.item = item;
        sent.item.position = position;
        sent.item.time = m_created;  // another one tells a state that is changed in the package, whatever its clock says
        if (m_request.blind) {
            sent.item.state = ItemState::Unlabelled;
            sent.item.flagged = false;
            sent.item.reason.clear();
            sent.item.comment.clear();
            sent.item.annotator.clear();
            return sent;
        }
        LAMINA_TRY(sent.labels, labelsToSend(m_project, item.key));
        return sent;
    }

    Project& m_project;
    const DatasetRecord& m_dataset;
    const std::vector<LabelItemRecord>& m_items;
    const SessionRequest& m_request;
    const ImportJob& m_job;
    std::int64_t m_created = 0;
};

/// Flags and comments that go out, by the items' keys here: what differs from them later was changed.
nlohmann::json marksOf(const std::vector<LabelItemRecord>& items) {
    auto marks = nlohmann::json::object();
    for (const LabelItemRecord& item : items)
        if (item.flagged || !item.comment.empty()) marks[std::to_string(item.key)] = {{"flagged", item.flagged}, {"comment", item.comment}};
    return marks;
}

nlohmann::json keyRunsOf(const std::vector<LabelItemRecord>& items) {
    std::vector<std::int64_t> keys;
    for (const LabelItemRecord& item : items) keys.push_back(item.key);
    return keyRuns(std::move(keys));
}

LabelSessionRecord sessionRecord(const LabellingRecord& labelling, const DatasetRecord& dataset, const std::vector<LabelItemRecord>& items, const SessionRequest& request, const Path& file) {
    LabelSessionRecord session;
    session.labelling = labelling.key;
    session.created = clock().wallMilliseconds();
    session.settings = {{"name", file.stem().string()}, {"annotator", request.person}, {"blind", request.blind}, {"items", items.size()}, {"dataset", dataset.id}, {"stamped", true}};
    return session;
}

void removeProjectFiles(const Path& file) {
    std::error_code ignored;
    for (const char* more : {"", "-wal", "-shm", "-lock"}) fs::remove(file.string() + more, ignored);
    fs::remove_all(file.string() + ".d", ignored);
}

}  // namespace

Result<SessionOut> sendSession(Project& project, const Path& file, const SessionRequest& request, const ImportJob& job) {
    if (request.person.empty()) return fail("label_session.no_person");
    std::error_code ignored;
    if (fs::exists(file, ignored)) return fail("jobs.file_exists", {{"file", file.string()}});
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(const auto items, itemsToSend(project, labelling, request));
    SessionOut outcome;
    outcome.session = sessionRecord(labelling, dataset, items, request, file);
    outcome.items = std::ssize(items);
    outcome.file = file;
    const bool isProject = file.extension() == ".lamina";
    const WorkFolder work(project, "session");
    LAMINA_CHECK(files().makeFolder(work.path()));
    const Path made = isProject ? file : work.path() / (file.stem().string() + ".lamina");
    const auto write = [&]() -> Result<void> {
        LAMINA_TRY(const auto package, Project::create(made));
        package->setAuthor(project.author());
        LAMINA_CHECK(SessionWriter(project, dataset, items, request, job).run(*package, outcome.session, outcome));
        if (!isProject) {
            LAMINA_TRY(const auto packed, packProject(*package, file, {false, false, job.cancel, job.progress}));
            outcome.bytes = packed.bytes;
            outcome.issues.insert(outcome.issues.end(), packed.issues.begin(), packed.issues.end());
        }
        LAMINA_CHECK(package->close());
        if (!request.blind) outcome.session.settings[sentMarks] = marksOf(items);
        outcome.session.settings[sentItems] = keyRunsOf(items);
        LAMINA_TRY(outcome.receipt, project.labelSessions().add(editName("edit.send_session", {{"name", file.stem().string()}, {"person", request.person}}), outcome.session).get());
        return {};
    };
    if (auto written = write(); !written) {
        if (isProject) removeProjectFiles(file);
        else fs::remove(file, ignored);
        return written.takeError();
    }
    return outcome;
}

Result<EditReceipt> shareSpeed(Project& package, double secondsPerItem) {
    LAMINA_TRY(auto session, package.labelSessions().package());
    if (!session) return fail("label_session.not_a_session", {{"file", package.file().string()}});
    session->settings[sharedSpeed] = secondsPerItem;
    return package.labelSessions().add(editName("edit.share_speed"), std::move(*session)).get();
}

Result<Path> openSession(const Path& file, const CancelToken& cancel, const ProgressFunction& progress) {
    const Path folder = file.parent_path().empty() ? Path(".") : file.parent_path();
    Path opened = folder / (file.stem().string() + ".lamina");
    std::error_code ignored;
    if (!fs::exists(opened, ignored)) {
        auto unpacked = unpackProject(file, folder, cancel, progress);
        // A file with another name than it was sent with holds the project under its first one.
        if (!unpacked && unpacked.error().code != "project.exists") return unpacked.takeError();
        opened = unpacked ? unpacked->file : Path(unpacked.error().argument("file"));
    }
    LAMINA_TRY(const auto package, Project::open(opened, StoreAccess::ReadOnly));
    LAMINA_TRY(const auto session, package->labelSessions().package());
    if (!session) return fail("label_session.not_a_session", {{"file", opened.string()}});
    return opened;
}

}  // namespace lamina
