// A dataset with all that the Data page shows of it, read in the background.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/sources/column_pictures.h"
#include "app/sources/table_source.h"
#include "core/data/split.h"
#include "core/project/project.h"

namespace lamina {

struct OpenedDataset {
    DatasetRecord record;
    Table table;
    std::shared_ptr<const TableSource> source;
    std::shared_ptr<const ColumnPictures> pictures;  ///< nullptr: no column of pictures
    std::string target;
    std::string subset;                ///< the column that says which rows are the test part; empty: none
    std::optional<SplitRecord> split;  ///< the newest, where it divides the rows that are shown
    std::optional<SplitRecord> madeSplit;  ///< the newest, where it divides rows that the recipe makes
    bool splitOutdated = false;        ///< the newest divides other rows than the recipe gives now: those shown instead of made ones, or the other way round
    Split parts;                       ///< with its classes; empty where there is no split
};

/// The newest split, whatever it divides; nullptr: there is none.
inline const SplitRecord* drawnSplit(const OpenedDataset& opened) { return opened.split ? &*opened.split : opened.madeSplit ? &*opened.madeSplit : nullptr; }

struct ProjectDatasets {
    std::vector<DatasetRecord> all;               ///< oldest first
    std::shared_ptr<const OpenedDataset> opened;  ///< nullptr where there is none
};

/// Opens `wanted` (an id; empty or unknown: the newest). What did not change is taken over from `known`, the same objects.
/// Blocks; not in the GUI thread.
Result<ProjectDatasets> openDatasets(Project& project, const std::string& wanted, std::shared_ptr<const OpenedDataset> known,
                                     const CancelToken& cancel);

}  // namespace lamina
