#include "app/jobs/split_jobs.h"

#include "app/jobs/added_files.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/work_folder.h"

namespace lamina {
namespace {

/// What the settings came to: a target of numbers is never stratified, a given test part is not drawn.
SplitRecord recordOf(const DatasetRecord& dataset, const SplitSettings& settings, const Split& split) {
    SplitRecord record;
    record.datasetId = dataset.id;
    record.seed = settings.seed;
    record.fractions = {settings.training, settings.validation, settings.test};
    if (settings.stratify && !split.classes.empty()) record.stratifyColumn = settings.target;
    record.method = !settings.subset.empty() ? "given" : record.stratifyColumn.empty() ? "random" : "stratified";
    for (std::size_t part = 0; part < 3; ++part) record.counts[part] = split.counts[part];
    return record;
}

}  // namespace

Result<SplitOutcome> splitDataset(Project& project, const DatasetRecord& dataset, SplitSettings settings, const CancelToken& cancel) {
    if (settings.target.empty()) settings.target = targetColumn(dataset);
    LAMINA_TRY(const auto table, openTable(project, dataset));
    SplitOutcome outcome;
    LAMINA_TRY(outcome.split, makeSplit(table, settings, cancel));
    outcome.record = recordOf(dataset, settings, outcome.split);
    const WorkFolder folder(project, "split");
    LAMINA_TRY(const auto file, writeSplit(folder.path(), outcome.split));
    AddedFiles added(project);
    LAMINA_TRY(outcome.record.assignmentFileHash, added.add(file.path));
    LAMINA_TRY(outcome.receipt, project.splits().add(outcome.record).get());
    added.keep();
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

Result<Preparation> prepareDataset(const DatasetRecord& dataset, const Table& table, const Split& split, const std::string& task, const CancelToken& cancel) {
    PreparationSettings settings;
    settings.target = targetColumn(dataset);
    settings.task = task;
    for (const auto& column : dataset.columns)
        if (column.role == "ignored") settings.ignored.push_back(column.name);
    return fitPreparation(table, split, settings, cancel);
}

}  // namespace lamina
