// What is known of the pictures of a column once they were read: kept, they need not be read again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/data/column.h"
#include "core/data/picture_likeness.h"

namespace lamina {

struct SeenPicture {
    PictureSignature signature;
    std::int64_t width = 0, height = 0;  ///< of the whole picture
    bool grey = false;
};

/// Image, or a Tensor of bytes of shape (C, H, W), C = 1 or 3, or (H, W).
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

}  // namespace lamina
