// What is known of the pictures of a column once they were read: kept, they need not be read again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/cancel.h"
#include "core/data/picture_likeness.h"
#include "core/data/table.h"

namespace lamina {

struct SeenPicture {
    PictureSignature signature;
    std::int64_t width = 0, height = 0;  ///< of the whole picture
    bool grey = false;
};

/// Image, or a Tensor of bytes of shape (C, H, W) or (H, W).
bool holdsPictures(const ColumnInfo& info);
/// The picture of a row of such a column; its signature is not readable where it is missing or cannot be read.
SeenPicture seenPicture(const ColumnView& view, const ColumnInfo& info, std::int64_t row);
/// Can the picture of this row be read?
bool isReadablePicture(const ColumnView& view, std::int64_t row);

/// One per row of the table, and which of them are alike.
struct SeenPictures {
    std::vector<SeenPicture> pictures;
    PictureLikeness likeness;
};

/// Where they are kept, by the column's index in the table. Only columns of which every row counts and every picture could be read are kept. May be empty.
struct PictureMemory {
    std::function<std::optional<SeenPictures>(std::size_t)> find;
    std::function<void(std::size_t, const SeenPictures&)> keep;
};

/// The memory of a table, for who has a table made of it.
struct SourcePictures {
    Table source;
    PictureMemory memory;

    /// Which of the source's columns this one is, under whatever name; empty: none, its values are others.
    std::optional<std::size_t> indexOf(const TableColumn& column) const;
};

struct SeeingSettings {
    std::function<bool(std::int64_t row)> isThere;  ///< empty: all rows are
    std::optional<std::size_t> remembered;          ///< the column's index in the memory; empty: it is not there
    PictureMemory memory;
    int threads = 0;
    CancelToken cancel;
    ProgressFunction progress;  ///< counts pieces of rows as they are done
};
/// The pictures of a column, from the memory where it has them, else read, compared and kept there. Of rows that are not there, and of what cannot be
/// read, the signature is not readable. "job.cancelled".
Result<SeenPictures> seePictures(const TableColumn& column, const SeeingSettings& how);

}  // namespace lamina
