// A table of labels beside pictures: a CSV file in their folder, one column of which names them.
#pragma once

#include <optional>

#include "core/data/importers/image_files.h"
#include "core/data/importers/importer.h"
#include "core/data/table.h"

namespace lamina {

struct ImageLabels {
    Path file;
    Table table;                           ///< as the CSV importer reads it; its files may be gone already
    std::size_t nameColumn = 0;            ///< the one that names the pictures
    std::vector<std::int64_t> rowOf;       ///< for each picture its row, or -1
    std::int64_t withoutPicture = 0;       ///< rows whose picture is not there
    std::int64_t repeated = 0;             ///< rows for a picture that had one already; the first counts

    /// Which of the table's columns becomes the target: "label", "class" …, else the first that repeats itself. Empty: none.
    std::optional<std::size_t> target() const;
};

/// Looks for *.csv and *.tsv in `folder` and in the folders between it and the pictures. Its column is the one whose texts are most often the pictures'
/// names: with or without folders and ending. It counts where at least half of its rows or half of the pictures are found. `work`: a folder to read
/// into, not there before and gone afterwards. "job.cancelled"; a table that cannot be read counts as none.
Result<std::optional<ImageLabels>> findImageLabels(const Path& folder, const ImageFiles& pictures, const Path& work, const ImportJob& job);

/// A column of the labels in the order of the chosen pictures (indexes of rowOf).
ColumnData labelColumn(const ImageLabels& labels, std::size_t column, const std::vector<std::size_t>& pictures);

}  // namespace lamina
