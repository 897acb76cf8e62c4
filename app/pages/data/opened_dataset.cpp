#include "app/pages/data/opened_dataset.h"

#include <algorithm>
#include <utility>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/kept_run.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/split_jobs.h"

namespace lamina {
namespace {

bool sameFiles(const DatasetRecord& a, const DatasetRecord& b) {
    return a.id == b.id &&
           std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                      [](const ColumnRecord& x, const ColumnRecord& y) { return x.id == y.id && x.fileHash == y.fileHash && x.name == y.name; });
}

ImageReader pictureReader(const DatasetRecord& record) { return ImageReader(pictureFolders(record), pictureForm(record).values); }

Result<void> openTableOf(Project& project, OpenedDataset& opened, const OpenedDataset* known) {
    if (known && sameFiles(known->record, opened.record)) {
        opened.table = known->table;
        opened.source = known->source;
        return {};
    }
    LAMINA_TRY(opened.table, openTable(project, opened.record));
    opened.source = std::make_shared<TableSource>(opened.table, pictureReader(opened.record));
    return {};
}

void openPictures(OpenedDataset& opened, const OpenedDataset* known) {
    if (known && known->source == opened.source && known->target == opened.target) {
        opened.pictures = known->pictures;
        return;
    }
    if (const auto column = pictureColumn(opened.table)) opened.pictures = std::make_shared<ColumnPictures>(opened.table, *column, opened.target, pictureReader(opened.record));
}

Result<void> openSplit(Project& project, OpenedDataset& opened, const OpenedDataset* known) {
    LAMINA_TRY(const auto splits, project.splits().ofDataset(opened.record.id));
    if (splits.empty()) return {};
    opened.split = splits.back();
    // A split of the rows that a recipe makes says nothing of the original ones.
    const bool made = !rowsKeyIn(opened.split->method).empty();
    LAMINA_TRY(const auto recipe, readRecipe(project, opened.record.id));
    opened.splitOutdated = reshapes(recipe.recipe) != made;
    if (made) {
        opened.madeSplit = std::exchange(opened.split, std::nullopt);
        return {};
    }
    if (known && known->split && known->split->id == opened.split->id && known->target == opened.target) {
        opened.parts = known->parts;
        return {};
    }
    auto parts = readSplitFile(project, *opened.split, opened.table, opened.target);
    // A target of numbers has no classes to count.
    if (!parts && !opened.target.empty()) parts = readSplitFile(project, *opened.split, opened.table, {});
    if (!parts && parts.error().code == "split.damaged") {
        opened.split.reset();
        return {};
    }
    if (!parts) return parts.takeError();
    opened.parts = std::move(*parts);
    return {};
}

}  // namespace

Result<ProjectDatasets> openDatasets(Project& project, const std::string& wanted, std::shared_ptr<const OpenedDataset> known,
                                     const CancelToken& cancel) {
    ProjectDatasets datasets;
    LAMINA_TRY(datasets.all, project.datasets().all());
    if (datasets.all.empty()) return datasets;
    const auto found = std::find_if(datasets.all.begin(), datasets.all.end(), [&](const DatasetRecord& record) { return record.id == wanted; });
    auto opened = std::make_shared<OpenedDataset>();
    opened->record = found == datasets.all.end() ? datasets.all.back() : *found;
    opened->target = targetColumn(opened->record);
    opened->subset = subsetColumn(opened->record);
    LAMINA_CHECK(openTableOf(project, *opened, known.get()));
    if (cancel.cancelled()) return fail("job.cancelled");
    openPictures(*opened, known.get());
    LAMINA_CHECK(openSplit(project, *opened, known.get()));
    datasets.opened = std::move(opened);
    return datasets;
}

}  // namespace lamina
