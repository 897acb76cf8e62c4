#include "app/jobs/profile_jobs.h"

#include <algorithm>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/gathered_rows.h"
#include "app/jobs/picture_memory.h"
#include "app/jobs/split_jobs.h"

namespace lamina {

ProfileInput ProfiledDataset::input() const {
    ProfileInput input;
    input.table = cleaned.clean.table;
    if (cleaned.clean.removedBy) input.removedBy = *cleaned.clean.removedBy;
    if (split) input.parts = split->parts;
    input.target = targetColumn(cleaned.dataset);
    for (const auto& column : cleaned.dataset.columns)
        if (column.role == "ignored") input.ignored.push_back(column.name);
    input.leftOut = leftOutColumns(cleaned.source, cleaned.clean);
    return input;
}

std::vector<TableColumn> leftOutColumns(const Table& imported, const CleanTable& clean) {
    const bool appended = clean.origin && clean.appended > 0 && std::count(clean.origin->begin(), clean.origin->end(), -1) == 0;
    if (clean.origin ? !appended : clean.table.rows() != imported.rows()) return {};
    std::vector<TableColumn> left;
    for (std::size_t c = 0; c < imported.columnCount(); ++c) {
        const ColumnInfo& info = imported.info(c);
        bool there = false;
        for (std::size_t k = 0; k < clean.table.columnCount(); ++k) there = there || clean.table.info(k).id == info.id;
        if (there || (appended && info.kind == ColumnKind::Tensor)) continue;
        left.push_back(appended ? TableColumn::inMemory(gatheredColumn(imported.view(c), *clean.origin), info.id, info.name) : imported.column(c));
    }
    return left;
}

Result<ProfiledDataset> profileDataset(Project& project, const DatasetRecord& dataset, const ProfileSettings& settings) {
    ProfiledDataset profiled;
    CleanRequest request;
    request.cancel = settings.cancel;
    request.threads = settings.threads;
    if (const auto record = findSplit(project, dataset, {})) request.split = *record;
    LAMINA_TRY(profiled.cleaned, cleanTable(project, dataset, request));
    // A split drawn before a step that gives rows of its own does not fit; the profile then does without.
    if (request.split)
        if (auto split = splitOfCleaned(project, *request.split, profiled.cleaned)) profiled.split = std::move(*split);
    ProfileSettings how = settings;
    if (!how.memory.find) how.memory = pictureMemory(project, profiled.cleaned.dataset);
    LAMINA_TRY(profiled.profile, profileTable(profiled.input(), how));
    return profiled;
}

}  // namespace lamina
