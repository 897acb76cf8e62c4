// The profile of a project's dataset as its recipe leaves it. All functions block; any thread.
#pragma once

#include <optional>
#include <vector>

#include "app/jobs/clean_jobs.h"
#include "core/data/profile/profile_rows.h"

namespace lamina {

struct ProfiledDataset {
    CleanedData cleaned;
    std::optional<Split> split;  ///< the newest, where there is one that fits
    DatasetProfile profile;

    /// What was looked at, for rowsOf(). Valid as long as this.
    ProfileInput input() const;
};

/// Columns of the import that steps took away, row by row as in the clean table. None where the table has rows of its own.
std::vector<TableColumn> leftOutColumns(const Table& imported, const CleanTable& clean);

/// The clean table with the dataset's roles: its target, its ignored columns, its newest split. Errors of cleanTable() and profileTable().
Result<ProfiledDataset> profileDataset(Project& project, const DatasetRecord& dataset, const ProfileSettings& settings = {});

}  // namespace lamina
