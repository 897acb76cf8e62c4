#include "core/project/project.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <cstdlib>

#include "core/data/cleaning/recipe.h"
#include "core/project/content_files.h"
#include "core/project/metric_levels.h"
#include "core/project/references.h"

namespace lamina {
namespace {

constexpr const char* extension = ".lamina";

Path folderOf(const Path& file) { return file.string() + ".d"; }

std::string loginName() {
    for (const char* variable : {"USER", "LOGNAME"})
        if (const char* name = std::getenv(variable); name && *name) return name;
    return "local";
}

StoreOptions storeOptions(const Path& file, StoreAccess access) {
    StoreOptions options;
    options.access = access;
    options.lockFile = folderOf(file) / "lock";
    options.backupFolder = folderOf(file) / "backups";
    return options;
}

Issue missingFile(const FileReference& reference, const Path& path) {
    return {Severity::Blocker, fail("project.file_missing", {{"file", path.string()}, {"owner", reference.owner}})};
}

}  // namespace

struct Project::State {
    State(const Path& path, std::unique_ptr<Store> opened, std::string user)
        : file(path), folder(folderOf(path)), author(std::move(user)), content(folder), reserve(folder / "reserve"), store(std::move(opened)), datasets(*store, author),
          recipes(*store, author), splits(*store, author), networks(*store, author), runs(*store, author), metrics(*store), checkpoints(*store), evaluations(*store),
          labelClasses(*store, author), labelItems(*store, author), annotations(*store, author), labelOrders(*store), labelModels(*store),
          reviews(*store, author), labelSessions(*store, author) {}

    Path file, folder;
    std::string author;
    ContentFiles content;
    DiskReserve reserve;
    std::unique_ptr<Store> store;
    std::vector<Issue> issues;
    DatasetRepository datasets;
    RecipeRepository recipes;
    SplitRepository splits;
    NetworkRepository networks;
    RunRepository runs;
    MetricRepository metrics;
    CheckpointRepository checkpoints;
    EvaluationRepository evaluations;
    LabelClassRepository labelClasses;
    LabelItemRepository labelItems;
    AnnotationRepository annotations;
    LabelOrderRepository labelOrders;
    LabelModelRepository labelModels;
    ReviewRepository reviews;
    LabelSessionRepository labelSessions;

    Result<void> prepare();
    Result<std::vector<Issue>> missingFiles() const;
    Result<void> checkContents(const CancelToken& cancel, const ProgressFunction& progress, std::vector<Issue>& found) const;
    Result<std::vector<std::string>> unusedFiles() const;
    Result<void> sweepUnused();
    Result<void> findUnused(std::vector<Issue>& found) const;
    Result<void> findStrayMetrics(std::vector<Issue>& found) const;
    Result<void> checkRecipes(std::vector<Issue>& found);
};

Result<void> Project::State::prepare() {
    std::error_code error;
    const bool hasFolder = std::filesystem::is_directory(folder / "files", error);
    LAMINA_TRY(issues, missingFiles());
    // One remark about the folder instead of one for each of its files.
    if (!hasFolder && !issues.empty())
        issues = {{Severity::Blocker, fail("project.folder_missing", {{"folder", folder.string()}}), static_cast<std::int64_t>(issues.size())}};
    if (store->readOnly()) return {};
    LAMINA_CHECK(content.prepare());
    return sweepUnused();
}

/// Content files that nothing names: left by a process that died between writing a file and telling the project of it.
Result<std::vector<std::string>> Project::State::unusedFiles() const {
    LAMINA_TRY(const auto references, fileReferences(*store));
    const auto byHash = [](const FileReference& reference, const std::string& hash) { return reference.hash < hash; };
    std::vector<std::string> unused;
    for (const std::string& hash : content.all()) {
        const auto named = std::lower_bound(references.begin(), references.end(), hash, byHash);
        if (named != references.end() && named->hash == hash) continue;
        LAMINA_TRY(const bool inUse, isFileInUse(*store, hash));  // the journal may bring it back
        if (!inUse) unused.push_back(hash);
    }
    return unused;
}

Result<void> Project::State::sweepUnused() {
    LAMINA_TRY(const auto unused, unusedFiles());
    for (const std::string& hash : unused) LAMINA_CHECK(content.remove(hash));
    return {};
}

Result<std::vector<Issue>> Project::State::missingFiles() const {
    std::vector<Issue> found;
    LAMINA_TRY(const auto references, fileReferences(*store));
    for (const FileReference& reference : references)
        if (!content.has(reference.hash)) found.push_back(missingFile(reference, content.path(reference.hash)));
    return found;
}

Result<void> Project::State::checkContents(const CancelToken& cancel, const ProgressFunction& progress, std::vector<Issue>& found) const {
    const auto hashes = content.all();
    std::int64_t done = 0;
    for (const std::string& hash : hashes) {
        if (auto checked = content.check(hash, cancel); !checked) {
            if (checked.error().code == "job.cancelled") return checked;
            found.push_back({Severity::Blocker, checked.takeError()});
        }
        if (progress) progress({"verify", ++done, static_cast<std::int64_t>(hashes.size()), "files"});
    }
    return {};
}

Result<void> Project::State::findUnused(std::vector<Issue>& found) const {
    LAMINA_TRY(const auto unused, unusedFiles());
    if (!unused.empty()) found.push_back({Severity::Note, fail("project.unused_files", {{"folder", folder.string()}}), static_cast<std::int64_t>(unused.size())});
    return {};
}

Result<void> Project::State::findStrayMetrics(std::vector<Issue>& found) const {
    return store->read([&](SQLite::Database& database) -> Result<void> {
        const std::int64_t strays = database.execAndGet("SELECT count(*) FROM metric_point WHERE key >> 32 NOT IN (SELECT key FROM attempt)").getInt64();
        if (strays > 0) found.push_back({Severity::Warning, fail("project.stray_metrics"), strays});
        return {};
    });
}

/// Recipes of datasets and those that runs keep.
Result<void> Project::State::checkRecipes(std::vector<Issue>& found) {
    const auto check = [&](const nlohmann::json& document, const std::string& owner) {
        if (document.is_null() || document.empty()) return;
        if (auto recipe = recipeFromJson(document); !recipe) {
            std::string reason = recipe.error().debugText();
            found.push_back({Severity::Blocker, fail("project.recipe_damaged", {{"owner", owner}, {"reason", std::move(reason)}})});
        }
    };
    LAMINA_TRY(const auto all, datasets.all());
    for (const DatasetRecord& dataset : all) {
        const auto recipe = recipes.of(dataset.id);
        if (recipe) check(recipe->document, dataset.name);
        else found.push_back({Severity::Blocker, fail("project.recipe_damaged", {{"owner", dataset.name}, {"reason", recipe.error().debugText()}})});
    }
    LAMINA_TRY(const auto trained, runs.all());
    for (const RunRecord& run : trained)
        if (run.dataVersion.is_object() && run.dataVersion.value("recipe", nlohmann::json()).is_object())
            check(run.dataVersion["recipe"].value("recipe", nlohmann::json()), run.name);
    return {};
}

Result<std::unique_ptr<Project>> Project::create(const Path& file) {
    std::error_code error;
    Path path = std::filesystem::absolute(file, error);
    if (path.extension() != extension) path += extension;
    LAMINA_CHECK(files().makeFolder(folderOf(path)));
    if (auto created = Store::create(path, folderOf(path) / ("new-" + newUuid() + ".part")); !created) {
        std::filesystem::remove(folderOf(path), error);  // only where it is empty
        return created.takeError();
    }
    return open(path, StoreAccess::Write);
}

Result<std::unique_ptr<Project>> Project::open(const Path& file, StoreAccess access) {
    std::error_code error;
    Path path = std::filesystem::absolute(file, error);
    if (!std::filesystem::exists(path, error) && path.extension() != extension) path += extension;
    LAMINA_TRY(auto store, Store::open(path, storeOptions(path, access)));
    auto state = std::make_unique<State>(path, std::move(store), loginName());
    state->store->onFullDisk([reserve = &state->reserve] { return reserve->giveUp(); });
    LAMINA_CHECK(state->prepare());
    return std::unique_ptr<Project>(new Project(std::move(state)));
}

Project::Project(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Project::~Project() = default;

Result<void> Project::close() { return m_state->store->close(); }

const Path& Project::file() const { return m_state->file; }
const Path& Project::folder() const { return m_state->folder; }
std::string Project::name() const { return m_state->file.stem().string(); }
bool Project::readOnly() const { return m_state->store->readOnly(); }
const std::vector<Issue>& Project::issues() const { return m_state->issues; }
const std::string& Project::author() const { return m_state->author; }
void Project::setAuthor(std::string author) { m_state->author = std::move(author); }

Path Project::temporaryFile(std::string_view purpose) const { return m_state->content.temporary(purpose); }

Result<std::string> Project::addFile(const Path& temporary) {
    if (readOnly()) return fail("store.read_only", {{"file", file().string()}});
    return m_state->content.take(temporary);
}

Result<std::string> Project::addBytes(std::string_view bytes) {
    if (readOnly()) return fail("store.read_only", {{"file", file().string()}});
    return m_state->content.add(bytes);
}

Path Project::filePath(const std::string& hash) const { return m_state->content.path(hash); }
bool Project::hasFile(const std::string& hash) const { return m_state->content.has(hash); }

Result<void> Project::removeFile(const std::string& hash) {
    if (readOnly()) return fail("store.read_only", {{"file", file().string()}});
    if (!isContentHash(hash)) return fail("project.not_a_hash", {{"hash", hash}});
    LAMINA_TRY(const bool inUse, isFileInUse(*m_state->store, hash));
    if (inUse) return fail("project.file_in_use", {{"file", filePath(hash).string()}});
    return m_state->content.remove(hash);
}

DatasetRepository& Project::datasets() { return m_state->datasets; }
RecipeRepository& Project::recipes() { return m_state->recipes; }
SplitRepository& Project::splits() { return m_state->splits; }
NetworkRepository& Project::networks() { return m_state->networks; }
RunRepository& Project::runs() { return m_state->runs; }
MetricRepository& Project::metrics() { return m_state->metrics; }
CheckpointRepository& Project::checkpoints() { return m_state->checkpoints; }
EvaluationRepository& Project::evaluations() { return m_state->evaluations; }
LabelClassRepository& Project::labelClasses() { return m_state->labelClasses; }
LabelItemRepository& Project::labelItems() { return m_state->labelItems; }
AnnotationRepository& Project::annotations() { return m_state->annotations; }
LabelOrderRepository& Project::labelOrders() { return m_state->labelOrders; }
LabelModelRepository& Project::labelModels() { return m_state->labelModels; }
ReviewRepository& Project::reviews() { return m_state->reviews; }
LabelSessionRepository& Project::labelSessions() { return m_state->labelSessions; }

EditFuture Project::undo() { return m_state->store->undo(m_state->author); }
EditFuture Project::redo() { return m_state->store->redo(m_state->author); }
Result<std::vector<JournalEntry>> Project::history(std::int64_t limit) const { return m_state->store->history(limit); }

Result<std::string> Project::changeMark() const {
    std::string mark;
    LAMINA_CHECK(m_state->store->read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT (SELECT coalesce(max(sequence), 0) FROM edit), (SELECT count(*) FROM evaluation),"
                                          " (SELECT coalesce(group_concat(id || status || best), '') FROM run)");
        if (query.executeStep())
            for (int i = 0; i < 3; ++i) mark += query.getColumn(i).getString() + ' ';
        return {};
    }));
    return mark;
}

Result<std::vector<Issue>> Project::verify(VerifyLevel level, const CancelToken& cancel, const ProgressFunction& progress) const {
    LAMINA_TRY(auto found, m_state->store->verify());
    // Where SQLite itself is damaged, what it says about files means nothing.
    if (std::any_of(found.begin(), found.end(), [](const Issue& issue) { return issue.severity == Severity::Blocker; })) return found;
    LAMINA_TRY(auto missing, m_state->missingFiles());
    found.insert(found.end(), missing.begin(), missing.end());
    LAMINA_CHECK(m_state->findStrayMetrics(found));
    LAMINA_CHECK(m_state->checkRecipes(found));
    LAMINA_CHECK(checkMetricLevels(*m_state->store, found));
    if (level == VerifyLevel::Full) {
        LAMINA_CHECK(m_state->findUnused(found));
        LAMINA_CHECK(m_state->checkContents(cancel, progress, found));
    }
    return found;
}

Result<void> Project::snapshot(const Path& to) const try {
    // A connection of its own: a long copy must not keep the store's readers waiting.
    SQLite::Database source(file().string(), SQLite::OPEN_READONLY), copy(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup backup(copy, source);
    backup.executeStep(-1);
    return {};
} catch (const SQLite::Exception& error) {
    return fail("file.failed", {{"file", to.string()}, {"call", "backup"}, {"reason", error.what()}});
}

Store& Project::store() { return *m_state->store; }
DiskReserve& Project::reserve() { return m_state->reserve; }

}  // namespace lamina
