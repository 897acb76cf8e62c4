#include "app/jobs/profile_jobs.h"

#include "app/jobs/dataset_jobs.h"
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
    return input;
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
