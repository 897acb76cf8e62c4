#include "app/jobs/split_jobs.h"

#include <algorithm>

#include "app/jobs/added_files.h"
#include "app/jobs/clean_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/picture_memory.h"
#include "app/jobs/profile_jobs.h"
#include "app/jobs/work_folder.h"
#include "core/base/memory.h"
#include "core/data/profile/picture_profile.h"
#include "core/data/profile/row_groups.h"
#include "core/data/split_deal.h"

namespace lamina {
namespace {

/// What the settings came to: a target of numbers is never stratified, a given test part is not drawn.
SplitRecord recordOf(const DatasetRecord& dataset, SplitSettings settings, const Split& split) {
    SplitRecord record;
    record.datasetId = dataset.id;
    record.seed = settings.seed;
    record.fractions = {settings.training, settings.validation, settings.test};
    settings.stratify = settings.stratify && settings.method != "random" && !split.classes.empty();
    if (settings.stratify && settings.method != "time") record.stratifyColumn = settings.target;
    record.method = splitMethodText(settings);
    for (std::size_t part = 0; part < 3; ++part) record.counts[part] = split.counts[part];
    return record;
}

/// The column that says the part, where it is a feature until now.
PartColumn partColumn(const DatasetRecord& dataset, const CleanedData& cleaned, const std::string& subset) {
    for (const ColumnRecord& column : cleaned.dataset.columns) {
        if (column.name != subset || column.role != "feature") continue;
        const bool isOriginal = std::any_of(dataset.columns.begin(), dataset.columns.end(), [&](const ColumnRecord& original) { return original.id == column.id; });
        return isOriginal ? PartColumn{column.id, {}} : PartColumn{{}, column.name};
    }
    return {};
}

/// `all`: the parts that are kept, of rows that a step removed as well. `subset`: the column that says them, or empty.
Result<SplitOutcome> keepSplit(Project& project, const DatasetRecord& dataset, SplitRecord record, const CleanedData& cleaned, Split split, const Split& all,
                               const std::string& subset = {}) {
    record.method = withRowsKey(record.method, cleaned.clean.rowsKey);
    SplitOutcome outcome{std::move(record), std::move(split), {}};
    auto column = partColumn(dataset, cleaned, subset);
    if (!column.id.empty() || !column.made.empty()) outcome.ignoredColumn = subset;
    const WorkFolder folder(project, "split");
    LAMINA_TRY(const auto file, writeSplit(folder.path(), all));
    AddedFiles added(project);
    LAMINA_TRY(outcome.record.assignmentFileHash, added.add(file.path));
    LAMINA_TRY(outcome.receipt, project.splits().add(outcome.record, std::move(column)).get());
    added.keep();
    return outcome;
}

std::string subsetOf(const SplitSettings& settings) { return settings.method == "given" && !settings.column.empty() ? settings.column : settings.subset; }

Result<CleanedData> cleanedFor(Project& project, const DatasetRecord& dataset, const CancelToken& cancel) {
    CleanRequest request;
    request.cancel = cancel;
    return cleanTable(project, dataset, request);
}

std::span<const std::uint16_t> removedRows(const CleanTable& clean) {
    return clean.removedBy ? std::span<const std::uint16_t>(*clean.removedBy) : std::span<const std::uint16_t>();
}

/// Near-duplicates of the first column of pictures; none where there is no such column.
Result<RowGroups> alikePictures(const ProfileInput& input, const CancelToken& cancel) {
    for (std::size_t column = 0; column < input.table.columnCount(); ++column) {
        if (!holdsPictures(input.table.info(column))) continue;
        ProfileSettings settings;
        settings.cancel = cancel;
        ProfiledColumn profiled;
        profiled.rows = input.table.rows();
        LAMINA_TRY(auto found, profilePictures(input, column, settings, profiled));
        return std::move(found.groups);
    }
    return RowGroups{};
}

/// What is known of the rows that the method needs; `groups` keeps what the spans show.
Result<SplitRows> rowsFor(const CleanedData& cleaned, const std::string& method, std::vector<std::int32_t>& groups, const CancelToken& cancel) {
    SplitRows rows;
    rows.removedBy = removedRows(cleaned.clean);
    if (method != "near_duplicates") return rows;
    ProfileInput input;
    input.table = cleaned.clean.table;
    input.removedBy = rows.removedBy;
    LAMINA_TRY(const auto alike, alikePictures(input, cancel));
    groups = withoutLargeGroups(alike);
    rows.groups = groups;
    return rows;
}

/// Rows that a step removed have a part, too, so that they are in the right one when the step is switched off.
Result<Split> withRemovedRows(const CleanedData& cleaned, const SplitSettings& settings, SplitRows rows, const Split& split,
                              const CancelToken& cancel) {
    if (rows.removedBy.empty()) return split;
    std::vector<std::uint8_t> known = split.parts;
    for (auto& part : known)
        if (part >= 3) part = partToDraw;
    rows.removedBy = {};
    return dealSplit({cleaned.clean.table, settings, rows, cancel}, known);
}

/// What leaks, and the groups it was found by.
struct FoundLeaks {
    std::vector<std::vector<std::int32_t>> groups;
    std::vector<std::string> names;
    std::int64_t largeGroups = 0;

    std::vector<RowRelation> relations() const {
        std::vector<RowRelation> all;
        for (std::size_t i = 0; i < groups.size(); ++i) all.push_back({names[i], groups[i]});
        return all;
    }
    void add(const char* name, std::vector<std::int32_t> of) {
        names.emplace_back(name);
        groups.push_back(std::move(of));
    }
};

Result<FoundLeaks> relationsOf(const Project& project, const CleanedData& cleaned, const SplitRecord& record, const Split& split, const CancelToken& cancel,
                               const ProgressFunction& progress) {
    ProfiledDataset looked{cleaned, split, {}};
    ProfileSettings settings;
    settings.cancel = cancel;
    settings.progress = progress;
    settings.mostCorrelated = 0;
    settings.memory = pictureMemory(project, cleaned.dataset);
    LAMINA_TRY(looked.profile, profileTable(looked.input(), settings));
    FoundLeaks found;
    const DatasetProfile& profile = looked.profile;
    found.add("identical", (profile.identifiers.empty() ? profile.duplicates : profile.alikeButIdentifiers).groupOf);
    for (const NearDuplicates& one : profile.nearDuplicates) {
        found.add("near_duplicate", withoutLargeGroups(one.groups));
        found.largeGroups += std::count_if(one.groups.groups.begin(), one.groups.groups.end(), [](const auto& group) { return group.large; });
    }
    const SplitSettings drawn = settingsOf(record);
    if (drawn.method != "group" && drawn.method != "folder") return found;
    if (!cleaned.clean.table.find(drawn.column)) return found;
    SplitRows rows;
    const std::vector<std::uint8_t> all(split.parts.size(), partToDraw);
    LAMINA_TRY(auto units, unitsOf(cleaned.clean.table, drawn, rows, all));
    found.add("group", std::move(units.ofRow));
    return found;
}

SplitLeaks leaksIn(const FoundLeaks& found, const Split& split) {
    return {findLeaks(split.parts, found.relations()), split.counts[0] + split.counts[1] + split.counts[2], found.largeGroups};
}

}  // namespace

SplitSettings settingsOf(const SplitRecord& record) {
    SplitSettings settings;
    settings.seed = record.seed;
    settings.training = record.fractions[0];
    settings.validation = record.fractions[1];
    settings.test = record.fractions[2];
    settings.target = record.stratifyColumn;
    settings.stratify = !record.stratifyColumn.empty();
    readSplitMethod(record.method, settings);
    return settings;
}

Result<SplitOutcome> splitDataset(Project& project, const DatasetRecord& dataset, SplitSettings settings, const CancelToken& cancel) {
    LAMINA_TRY(const auto cleaned, cleanedFor(project, dataset, cancel));
    if (settings.target.empty()) settings.target = targetColumn(cleaned.dataset);
    if (settings.method == "given" && settings.column.empty() && settings.subset.empty()) settings.subset = subsetColumn(cleaned.dataset);
    std::vector<std::int32_t> groups;
    LAMINA_TRY(const auto rows, rowsFor(cleaned, settings.method, groups, cancel));
    LAMINA_TRY(auto split, makeSplit(cleaned.clean.table, settings, rows, cancel));
    LAMINA_TRY(const auto all, withRemovedRows(cleaned, settings, rows, split, cancel));
    auto record = recordOf(dataset, settings, split);
    return keepSplit(project, dataset, std::move(record), cleaned, std::move(split), all, subsetOf(settings));
}

Result<std::vector<SplitOutcome>> splitIntoFolds(Project& project, const DatasetRecord& dataset, SplitSettings settings, const CancelToken& cancel) {
    std::vector<SplitOutcome> outcomes;
    for (settings.fold = 1; settings.fold <= settings.folds; ++settings.fold) {
        LAMINA_TRY(auto outcome, splitDataset(project, dataset, settings, cancel));
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

Result<SplitOutcome> redrawSplit(Project& project, const DatasetRecord& dataset, const SplitRecord& old, const std::string& target,
                                 const CancelToken& cancel) {
    SplitSettings settings = settingsOf(old);
    settings.target = target;
    settings.stratify = settings.stratify || !target.empty();
    if (settings.folds >= 2) {
        auto all = splitIntoFolds(project, dataset, settings, cancel);
        if (all) return std::move(all->at(static_cast<std::size_t>(std::clamp<std::int64_t>(settings.fold, 1, settings.folds) - 1)));
        if (all.error().code == "job.cancelled") return all.takeError();
    } else {
        auto drawn = splitDataset(project, dataset, settings, cancel);
        if (drawn || drawn.error().code == "job.cancelled") return drawn;
    }
    // What it was divided by is not there any more, or cannot divide these rows.
    SplitSettings plain;
    plain.seed = settings.seed;
    plain.training = settings.training;
    plain.validation = settings.folds >= 2 ? settings.training / static_cast<double>(settings.folds) : settings.validation;
    plain.training -= settings.folds >= 2 ? plain.validation : 0;
    plain.test = settings.test;
    plain.target = target;
    return splitDataset(project, dataset, plain, cancel);
}

Result<ExtendedOutcome> extendDatasetSplit(Project& project, const DatasetRecord& dataset, const SplitRecord& old, const std::string& key,
                                           const CancelToken& cancel) {
    LAMINA_TRY(const auto oldDataset, project.datasets().find(old.datasetId));
    LAMINA_TRY(const auto oldCleaned, cleanedFor(project, oldDataset, cancel));
    LAMINA_TRY(const auto oldSplit, splitOfCleaned(project, old, oldCleaned));
    LAMINA_TRY(const auto cleaned, cleanedFor(project, dataset, cancel));
    SplitSettings settings = settingsOf(old);
    settings.target = targetColumn(cleaned.dataset);
    if (settings.method == "given" && settings.column.empty()) settings.subset = subsetColumn(cleaned.dataset);
    std::vector<std::int32_t> groups;
    LAMINA_TRY(const auto rows, rowsFor(cleaned, settings.method, groups, cancel));
    LAMINA_TRY(auto extended, extendSplit(cleaned.clean.table, settings, oldCleaned.clean.table, oldSplit, key, rows, cancel));
    ExtendedOutcome outcome{{}, extended.known, extended.added, extended.gone};
    LAMINA_TRY(const auto all, withRemovedRows(cleaned, settings, rows, extended.split, cancel));
    auto record = recordOf(dataset, settings, extended.split);
    LAMINA_TRY(outcome.outcome, keepSplit(project, dataset, std::move(record), cleaned, std::move(extended.split), all, subsetOf(settings)));
    return outcome;
}

Result<SplitLeaks> findSplitLeaks(Project& project, const DatasetRecord& dataset, const SplitRecord& record, const CancelToken& cancel,
                                  const ProgressFunction& progress) {
    LAMINA_TRY(const auto cleaned, cleanedFor(project, dataset, cancel));
    LAMINA_TRY(const auto split, splitOfCleaned(project, record, cleaned));
    LAMINA_TRY(const auto found, relationsOf(project, cleaned, record, split, cancel, progress));
    SplitLeaks leaks = leaksIn(found, split);
    leaks.ownRows = cleaned.clean.table.rows() == dataset.rows;
    return leaks;
}

Result<MendOutcome> mendSplit(Project& project, const DatasetRecord& dataset, const SplitRecord& record, const CancelToken& cancel,
                              const ProgressFunction& progress) {
    LAMINA_TRY(const auto cleaned, cleanedFor(project, dataset, cancel));
    LAMINA_TRY(auto split, splitOfCleaned(project, record, cleaned));
    LAMINA_TRY(const auto found, relationsOf(project, cleaned, record, split, cancel, progress));
    MendOutcome outcome;
    outcome.before = leaksIn(found, split);
    LAMINA_TRY(outcome.report, mendLeaks(cleaned.clean.table, targetColumn(cleaned.dataset), found.relations(), split));
    outcome.after = leaksIn(found, split);
    if (outcome.report.moved.empty()) return outcome;
    SplitRecord mended = record;
    mended.id = newUuid();
    mended.created = 0;
    for (std::size_t part = 0; part < 3; ++part) mended.counts[part] = split.counts[part];
    LAMINA_TRY(auto all, readSplitFile(project, record, cleaned.clean.table, {}));
    for (const std::int64_t row : outcome.report.moved) all.parts[static_cast<std::size_t>(row)] = split.parts[static_cast<std::size_t>(row)];
    LAMINA_TRY(auto kept, keepSplit(project, dataset, std::move(mended), cleaned, std::move(split), all));
    outcome.outcome = std::move(kept);
    return outcome;
}

Result<SplitRecord> findSplit(Project& project, const DatasetRecord& dataset, const std::string& id) {
    if (!id.empty()) return project.splits().find(id);
    LAMINA_TRY(const auto all, project.splits().ofDataset(dataset.id));
    if (all.empty()) return fail("jobs.no_split", {{"dataset", dataset.name}});
    return all.back();
}

Result<Split> readSplitFile(const Project& project, const SplitRecord& record, const Table& table, const std::string& target) {
    LAMINA_TRY(auto split, readSplit(project.filePath(record.assignmentFileHash), table.rows()));
    if (!target.empty()) LAMINA_CHECK(countClasses(table, target, split));
    return split;
}

/// Each picture that is gone is looked for in all of them.
constexpr std::size_t mostPictureFolders = 100;

ImageForm pictureForm(const DatasetRecord& dataset) {
    ImageForm form{0, 0, 0, ImageFit::Pad};
    for (const auto& column : dataset.columns) {
        const auto found = column.info.find("import");
        if (found == column.info.end() || !found->is_object() || !found->contains("fit")) continue;
        form.width = found->value("width", std::int64_t{0});
        form.height = found->value("height", std::int64_t{0});
        const auto bands = found->value("bands", std::int64_t{0});
        form.channels = bands > 0 ? bands : found->value("colour", "") == "grey" ? 1 : found->value("colour", "") == "rgb" ? 3 : 0;
        form.fit = imageFitFromName(found->value("fit", ""));
        form.values = {found->value("lowest", 0.0), found->value("highest", 0.0)};
        break;
    }
    return form;
}

std::vector<Path> pictureFolders(const DatasetRecord& dataset, const Path& project) {
    std::vector<Path> folders;
    if (!dataset.sourcePath.empty()) folders = {Path(dataset.sourcePath), Path(dataset.sourcePath).parent_path()};
    if (project.empty()) return folders;
    folders.push_back(std::filesystem::absolute(project).parent_path());
    const Path beside = folders.back();
    std::error_code error;
    for (std::filesystem::directory_iterator at(beside, error), end; !error && at != end && folders.size() < mostPictureFolders;
         at.increment(error)) {
        std::error_code ignored;
        if (at->is_directory(ignored)) folders.push_back(at->path());
    }
    return folders;
}

PreparedData::Settings preparedSettings(Project& project, const std::string& dataset) {
    PreparedData::Settings settings;
    if (const std::uint64_t available = availableMemory(); available > 0)
        settings.pictureBudget = std::min<std::uint64_t>(settings.pictureBudget, available / 4);
    if (const auto record = project.datasets().find(dataset)) settings.pictureFolders = pictureFolders(*record, project.file());
    return settings;
}

PreparationSettings preparationSettings(const DatasetRecord& dataset, const std::string& task, const DataWishes& wishes) {
    PreparationSettings settings;
    settings.target = targetColumn(dataset);
    settings.task = task;
    for (const auto& column : dataset.columns)
        if (column.role == "ignored") settings.ignored.push_back(column.name);
    for (const auto& column : dataset.columns)
        if (column.info.value("wordNumbers", false)) settings.wordNumbers.push_back(column.name);
    settings.pictures = pictureForm(dataset);
    settings.pictureFolders = pictureFolders(dataset);
    settings.inputs = wishes.inputs;
    for (const TargetWish& wish : wishes.targets)
        if (wish.column != settings.target) settings.moreTargets.push_back(wish);
    return settings;
}

Result<Preparation> prepareDataset(const DatasetRecord& dataset, const Table& table, const Split& split, const std::string& task, const CancelToken& cancel,
                                   const DataWishes& wishes) {
    return fitPreparation(table, split, preparationSettings(dataset, task, wishes), cancel);
}

}  // namespace lamina
