// Makes the profile of a table, column by column on several threads.
#pragma once

#include <functional>
#include <span>

#include "core/base/cancel.h"
#include "core/data/profile/profile.h"
#include "core/data/seen_picture.h"
#include "core/data/table.h"

namespace lamina {

/// What is looked at. The spans are read while the profile is made.
struct ProfileInput {
    Table table;
    std::span<const std::uint16_t> removedBy;  ///< one per row, 0: there; empty: all are there
    std::span<const std::uint8_t> parts;       ///< a Part per row; empty: no split
    std::string target;                        ///< column to be learned; empty: none
    std::vector<std::string> ignored;          ///< columns that no model sees: never suspected
    /// Columns that steps left out, row by row as in `table`: rows that differ in one of them are no repetitions.
    std::vector<TableColumn> leftOut;
};

struct ProfileSettings {
    int threads = 0;                    ///< 0: as many as the machine has; the result does not depend on it
    bool pictures = true;               ///< also read every picture: their sizes, near-duplicates (long)
    PictureMemory memory;               ///< of pictures that were read before
    std::size_t mostCorrelated = 200;   ///< columns of the matrix of correlations
    CancelToken cancel;
    ProgressFunction progress;          ///< "columns"; "pictures". May be empty
    /// Each column as it is ready (its index in the table); in no order, one call at a time, from any of the threads; one of pictures
    /// once more when they are read. May be empty.
    std::function<void(std::size_t, const ProfiledColumn&)> columnReady;
};

/// Fails with "profile.no_column" {column} where the target is not in the table, "profile.rows" where a span has another length, "job.cancelled".
Result<DatasetProfile> profileTable(const ProfileInput& input, const ProfileSettings& settings = {});

/// One column alone: the same values as in the whole.
Result<ProfiledColumn> profileOne(const ProfileInput& input, std::size_t column, const ProfileSettings& settings = {});

}  // namespace lamina
