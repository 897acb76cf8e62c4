#include "app/jobs/dataset_jobs.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "app/jobs/added_files.h"
#include "app/jobs/clean_jobs.h"
#include "app/jobs/free_name.h"
#include "app/jobs/item_identity.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/source_state.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/work_folder.h"
#include "core/annotation/formats/format_type.h"
#include "core/base/sha256.h"
#include "core/data/source_file.h"

namespace lamina {
namespace {

std::string lowerCase(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

Result<void> hashInto(Sha256& hash, const Path& path, const ImportJob& job) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    std::vector<std::byte> piece(1u << 20);
    for (std::uint64_t at = 0; at < file.size(); at += piece.size()) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), file.size() - at)));
        LAMINA_CHECK(file.read(at, piece));
        hash.add(piece.data(), piece.size());
        if (job.progress) job.progress({"hash", static_cast<std::int64_t>(at), static_cast<std::int64_t>(file.size()), "bytes"});
    }
    return {};
}

Result<std::vector<Path>> filesBelow(const Path& folder) {
    std::vector<Path> all;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (at->is_regular_file(ignored)) all.push_back(at->path());
    }
    if (error) return fail("file.failed", {{"file", folder.string()}, {"call", "opendir"}, {"reason", error.message()}});
    std::sort(all.begin(), all.end());
    return all;
}

/// Of a file its bytes; of a folder the bytes of all files below it in the order of their names, those in subfolders with their names (which are classes).
Result<std::string> hashSource(const Path& source, const ImportJob& job) {
    Sha256 hash;
    std::error_code ignored;
    if (!std::filesystem::is_directory(source, ignored)) {
        LAMINA_CHECK(hashInto(hash, source, job));
        return hash.finish();
    }
    LAMINA_TRY(const auto all, filesBelow(source));
    for (const auto& file : all) {
        const std::string name = file.lexically_relative(source).generic_string();
        if (name.find('/') != std::string::npos) hash.add(name.data(), name.size());
        LAMINA_CHECK(hashInto(hash, file, job));
    }
    return hash.finish();
}

std::string nameOf(const Path& source) {
    const Path clean = std::filesystem::absolute(source).lexically_normal();
    const std::string stem = clean.has_filename() ? clean.stem().string() : clean.parent_path().filename().string();
    return stem.empty() ? "data" : stem;
}

Result<std::string> checkedTarget(const ImportRequest& request, const std::vector<StoredColumn>& columns) {
    const std::string& wanted = request.target;
    if (request.noTarget) return std::string();
    if (wanted.empty()) {
        std::vector<ColumnInfo> infos;
        for (const auto& column : columns) infos.push_back(column.info);
        return guessTarget(infos);
    }
    std::string known;
    for (const auto& column : columns) {
        if (column.info.name == wanted) return wanted;
        known += (known.empty() ? "" : ", ") + column.info.name;
    }
    return fail("import.no_target", {{"column", wanted}, {"known", known}});
}

ColumnRecord recordOf(const StoredColumn& column, const std::string& hash, const std::string& target) {
    ColumnRecord record;
    if (!column.info.id.empty()) record.id = column.info.id;
    record.name = column.info.name;
    record.kind = columnKindName(column.info.kind);
    const bool ignored = column.info.name == "subset" || column.info.role == "ignore";
    record.role = column.info.name == target ? "target" : ignored ? "ignored" : "feature";
    record.fileHash = hash;
    record.info = {{"missing", column.info.missing}, {"elementType", dtypeName(column.info.elementType)}, {"elementShape", column.info.elementShape}};
    return record;
}

/// Pictures are imported without what other files in their folder say about them: people are told where that goes.
void noteAnnotations(const ImporterType& importer, const Path& source, const Project& project, std::vector<Issue>& issues) {
    std::error_code ignored;
    if (importer.id != "image_folder" || !std::filesystem::is_directory(source, ignored)) return;
    const AnnotationFormatType* format = annotationFormatOf(source);
    if (!format) return;
    issues.push_back({Severity::Note, fail("import.annotations_there", {{"format", "annotation." + format->id + ".title"}, {"folder", source.string()}, {"project", project.file().string()}})});
}

nlohmann::json issuesToJson(const std::vector<Issue>& issues) {
    auto list = nlohmann::json::array();
    for (const Issue& issue : issues)
        list.push_back({{"severity", static_cast<int>(issue.severity)}, {"code", issue.what.code}, {"arguments", issue.what.arguments}, {"count", issue.count}});
    return list;
}

}  // namespace

/// Numbers that are no answer by themselves.
static bool isPixels(const ColumnInfo& column) { return column.kind == ColumnKind::Tensor || column.kind == ColumnKind::Image; }

/// Mostly empty, or the same word everywhere: a remark rather than an answer.
static bool saysLittle(const ColumnInfo& column) {
    return 2 * column.missing > column.rows || (column.kind == ColumnKind::Category && column.dictionary.size() == 1);
}

std::string guessTarget(const std::vector<ColumnInfo>& columns) {
    const auto named = [&](const char* name) {
        return std::find_if(columns.begin(), columns.end(), [&](const ColumnInfo& column) { return lowerCase(column.name) == name; });
    };
    for (const ColumnInfo& column : columns)
        if (column.role == "target" && !isPixels(column)) return column.name;
    for (const char* usual : {"target", "label", "class", "species", "survived", "churn", "diagnosis", "outcome", "quality", "price", "y"}) {
        // Beside x and z, y is a length or a place.
        if (std::string_view(usual) == "y" && named("z") != columns.end()) continue;
        if (const auto column = named(usual); column != columns.end() && !isPixels(*column)) return column->name;
    }
    // A text that hardly repeats can be learned last of all; beside pictures it is their name.
    const bool pictures = std::any_of(columns.begin(), columns.end(), isPixels);
    const auto mayBe = [](const ColumnInfo& column) {
        return !isPixels(column) && column.kind != ColumnKind::Time && column.name != "subset" && column.role != "ignore";
    };
    for (const bool texts : {false, true})
        for (const bool sparse : {false, true})
            for (auto column = columns.rbegin(); column != columns.rend(); ++column)
                if (mayBe(*column) && (column->kind != ColumnKind::Text || (texts && !pictures)) && (sparse || !saysLittle(*column))) return column->name;
    return {};
}

Result<ImportOutcome> importDataset(Project& project, const ImportRequest& request, const ImportJob& job) {
    const ImporterType* importer = request.importer.empty() ? nullptr : findImporter(request.importer);
    if (!request.importer.empty() && !importer) return fail("import.unknown_importer", {{"importer", request.importer}});
    if (!importer) {
        LAMINA_TRY(importer, importerFor(request.source));
    }
    const WorkFolder folder(project, "import");
    // As it is before it is read: what changes meanwhile is seen as a change.
    const auto source = lookAtSource(request.source, job.cancel);
    LAMINA_TRY(auto imported, importWith(*importer, request.source, request.settings, folder.path(), job));

    ImportOutcome outcome;
    LAMINA_TRY(const std::string target, checkedTarget(request, imported.columns));
    outcome.issues = std::move(imported.issues);
    noteAnnotations(*importer, request.source, project, outcome.issues);
    DatasetRecord& dataset = outcome.dataset;
    dataset.name = freeName(project.datasets().all(), request.name.empty() ? nameOf(request.source) : request.name);
    dataset.importer = importer->id;
    dataset.sourcePath = std::filesystem::absolute(request.source).string();
    LAMINA_TRY(dataset.sourceHash, hashSource(request.source, job));
    dataset.rows = imported.rows;
    dataset.issues = issuesToJson(outcome.issues);
    AddedFiles added(project);
    for (const StoredColumn& column : imported.columns) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto hash, added.add(column.path));
        dataset.columns.push_back(recordOf(column, hash, target));
        if (!imported.detected.is_null()) dataset.columns.back().info["import"] = imported.detected;
    }
    LAMINA_TRY(outcome.receipt, project.datasets().add(dataset).get());
    added.keep();
    if (source) keepSourceState(project, dataset, *source);
    return outcome;
}

nlohmann::json settingsLike(const DatasetRecord& dataset, const ImporterType& importer) {
    if (dataset.importer != importer.id || dataset.columns.empty()) return nlohmann::json::object();
    return dataset.columns[0].info.value("import", nlohmann::json::object());
}

Result<DatasetRecord> findDataset(Project& project, const std::string& idOrName) {
    if (!idOrName.empty()) return project.datasets().find(idOrName);
    LAMINA_TRY(auto all, project.datasets().all());
    if (all.empty()) return fail("jobs.no_dataset", {{"project", project.file().string()}});
    return std::move(all.back());
}

Result<Table> openTable(const Project& project, const DatasetRecord& dataset) {
    std::vector<StoredColumn> columns;
    for (const ColumnRecord& record : dataset.columns) {
        const auto kind = columnKindFromName(record.kind);
        if (!kind) return fail("jobs.column_kind", {{"column", record.name}, {"kind", record.kind}});
        StoredColumn column;
        column.info.id = record.id;
        column.info.name = record.name;
        column.info.kind = *kind;
        column.info.role = record.role;
        column.path = project.filePath(record.fileHash);
        column.hash = record.fileHash;
        columns.push_back(std::move(column));
    }
    return Table::open(columns);
}

std::string targetColumn(const DatasetRecord& dataset) {
    for (const auto& column : dataset.columns)
        if (column.role == "target") return column.name;
    return {};
}

namespace {

/// Gives a column that a step makes a role, or takes all of them away (`column` empty); no edit where nothing changes.
Result<void> setMadeTarget(Project& project, const DatasetRecord& dataset, const std::string& column, std::vector<EditReceipt>& receipts) {
    LAMINA_TRY(auto record, project.recipes().of(dataset.id));
    auto roles = nlohmann::json::object();
    for (const auto& [name, role] : record.roles.items())
        if (role != "target") roles[name] = role;
    if (!column.empty()) roles[column] = "target";
    if (roles == record.roles) return {};
    record.roles = std::move(roles);
    LAMINA_TRY(auto receipt, project.recipes().set(editName("edit.set_made_role", {{"column", column}, {"role", "target"}}), std::move(record)).get());
    receipts.push_back(std::move(receipt));
    return {};
}

bool hasColumn(const DatasetRecord& dataset, const std::string& name) {
    return std::any_of(dataset.columns.begin(), dataset.columns.end(), [&](const ColumnRecord& column) { return column.name == name; });
}

/// The original column that a column of the clean table is, or empty: a step makes it.
Result<std::string> originalOf(Project& project, const DatasetRecord& dataset, const std::string& column) {
    LAMINA_TRY(const auto cleaned, cleanTable(project, dataset));
    for (const ColumnRecord& now : cleaned.dataset.columns) {
        if (now.name != column) continue;
        for (const ColumnRecord& original : dataset.columns)
            if (original.id == now.id) return original.name;
        return std::string();
    }
    return fail("jobs.no_column", {{"column", column}, {"dataset", dataset.name}});
}

}  // namespace

Result<std::vector<EditReceipt>> chooseTarget(Project& project, DatasetRecord& dataset, const std::string& column) {
    std::vector<EditReceipt> receipts;
    std::string original = column;
    if (!hasColumn(dataset, column)) {
        LAMINA_TRY(original, originalOf(project, dataset, column));
    }
    LAMINA_CHECK(setMadeTarget(project, dataset, original.empty() ? column : std::string(), receipts));
    for (ColumnRecord& record : dataset.columns) {
        const std::string role = record.name == original ? "target" : record.role == "target" ? "feature" : record.role;
        if (role == record.role) continue;
        LAMINA_TRY(auto receipt, project.datasets().setRole(record.id, role).get());
        receipts.push_back(std::move(receipt));
        record.role = role;
    }
    return receipts;
}

namespace {

std::vector<ColumnInfo> infosOf(const DatasetRecord& dataset, const Table& table) {
    std::vector<ColumnInfo> infos;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        infos.push_back(table.info(c));
        infos.back().role = dataset.columns[c].role;
    }
    return infos;
}

/// The importer's settings with which another file of the same kind becomes columns of the same kinds, those that it has.
Result<nlohmann::json> settingsAgain(const ReimportRequest& request, const Path& source, const DatasetRecord& dataset, const ImporterType& importer,
                                     std::vector<ColumnInfo> known) {
    nlohmann::json settings = settingsLike(dataset, importer);
    settings.update(request.settings);
    const bool hasTypes = std::any_of(importer.properties.begin(), importer.properties.end(), [](const Property& property) { return property.id == "types"; });
    if (!hasTypes || request.settings.contains("types")) return settings;
    LAMINA_TRY(const auto preview, previewWith(importer, source, settings, 1));
    std::erase_if(known, [&](const ColumnInfo& column) {
        return std::none_of(preview.columns.begin(), preview.columns.end(), [&](const ColumnInfo& there) { return there.name == column.name; });
    });
    settings["types"] = kindsAsSetting(known);
    return settings;
}

/// The newest split for the rows that are there now, as a content file that is not committed yet.
Result<void> extendNewestSplit(Project& project, ReimportOutcome& outcome, const Table& before, const Table& after, AddedFiles& added, const ImportJob& job) {
    const auto newest = project.splits().newest(outcome.before.id);
    if (!newest) return {};
    const auto old = readSplit(project.filePath(newest->assignmentFileHash), before.rows());
    if (!old || !rowsKeyIn(newest->method).empty()) {
        outcome.issues.push_back({Severity::Warning, fail("reimport.split_not_extended", {{"dataset", outcome.before.name}}), 1});
        return {};
    }
    SplitSettings settings = settingsOf(*newest);
    settings.target = targetColumn(outcome.dataset);
    auto extended = extendSplit(after, settings, before, *old, {}, {}, job.cancel);
    if (!extended) {
        if (extended.error().code == "job.cancelled") return extended.takeError();
        outcome.issues.push_back({Severity::Warning, fail("reimport.split_not_extended", {{"dataset", outcome.before.name}}), 1});
        return {};
    }
    const WorkFolder folder(project, "split");
    LAMINA_TRY(const auto file, writeSplit(folder.path(), extended->split));
    SplitRecord record = *newest;
    record.id = newUuid();
    record.created = 0;
    for (std::size_t part = 0; part < 3; ++part) record.counts[part] = extended->split.counts[part];
    LAMINA_TRY(record.assignmentFileHash, added.add(file.path));
    outcome.rowsKnown = extended->known;
    outcome.rowsAdded = extended->added;
    outcome.rowsGone = extended->gone;
    outcome.split = std::move(record);
    return {};
}

/// Says where a step of the recipe does not fit the new columns.
Result<void> tryRecipeAgain(Project& project, ReimportOutcome& outcome, const ImportJob& job) {
    LAMINA_TRY(const auto read, readRecipe(project, outcome.dataset.id));
    if (read.recipe.steps.empty()) return {};
    CleanRequest request;
    request.cancel = job.cancel;
    request.split = outcome.split;
    LAMINA_TRY(const auto tried, tryRecipe(project, outcome.dataset, read.recipe, request));
    for (std::size_t i = 0; i < tried.steps.size(); ++i) {
        if (!tried.steps[i].error) continue;
        outcome.issues.push_back({Severity::Warning, failedStep(tried.recipe, i, *tried.steps[i].error), 1});
        break;
    }
    return {};
}

}  // namespace

Result<ReimportOutcome> importAgain(Project& project, const ReimportRequest& request, const ImportJob& job) {
    ReimportOutcome outcome;
    LAMINA_TRY(outcome.before, findDataset(project, request.dataset));
    const ImporterType* importer = findImporter(outcome.before.importer);
    if (!importer) return fail("reimport.no_importer", {{"dataset", outcome.before.name}});
    const Path source = request.source.empty() ? Path(outcome.before.sourcePath) : request.source;
    LAMINA_TRY(const auto before, openTable(project, outcome.before));
    const auto known = infosOf(outcome.before, before);
    const WorkFolder folder(project, "import");
    const auto state = lookAtSource(source, job.cancel);
    LAMINA_TRY(const auto settings, settingsAgain(request, source, outcome.before, *importer, known));
    LAMINA_TRY(auto imported, importWith(*importer, source, settings, folder.path(), job));
    std::vector<ColumnInfo> infos;
    for (const StoredColumn& column : imported.columns) infos.push_back(column.info);
    infos = withKnownIds(std::move(infos), known);

    outcome.issues = std::move(imported.issues);
    outcome.dataset = outcome.before;
    DatasetRecord& dataset = outcome.dataset;
    dataset.columns.clear();
    dataset.sourcePath = std::filesystem::absolute(source).string();
    LAMINA_TRY(dataset.sourceHash, hashSource(source, job));
    dataset.rows = imported.rows;
    dataset.issues = issuesToJson(outcome.issues);
    AddedFiles added(project);
    for (std::size_t c = 0; c < imported.columns.size(); ++c) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        StoredColumn& column = imported.columns[c];
        LAMINA_TRY(const auto hash, added.add(column.path));
        column.info.id = infos[c].id;
        dataset.columns.push_back(recordOf(column, hash, {}));
        for (const ColumnRecord& old : outcome.before.columns)
            if (old.id == infos[c].id) dataset.columns.back().role = old.role;
        if (!imported.detected.is_null()) dataset.columns.back().info["import"] = imported.detected;
    }
    outcome.difference = compareTables(known, infos);
    for (Issue& issue : differenceIssues(outcome.difference)) outcome.issues.push_back(std::move(issue));
    LAMINA_TRY(const auto after, openTable(project, dataset));
    LAMINA_CHECK(extendNewestSplit(project, outcome, before, after, added, job));
    LAMINA_CHECK(tryRecipeAgain(project, outcome, job));
    std::vector<std::string> identities;
    LAMINA_TRY(const auto labelling, project.labelItems().ofDataset(dataset.id));
    if (labelling) {
        LAMINA_TRY(identities, itemIdentities(dataset, after, job.cancel));
    }
    LAMINA_TRY(outcome.receipt, project.datasets().replace(dataset, outcome.split, std::move(identities)).get());
    added.keep();
    if (state) keepSourceState(project, dataset, *state);
    return outcome;
}

std::string subsetColumn(const DatasetRecord& dataset) {
    for (const auto& column : dataset.columns)
        if (column.name == "subset" && column.kind == columnKindName(ColumnKind::Category)) return column.name;
    return {};
}

}  // namespace lamina
