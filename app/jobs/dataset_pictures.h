// Names and sizes of a dataset's pictures.
#pragma once

#include "core/annotation/formats/pictures_elsewhere.h"
#include "core/base/cancel.h"
#include "core/data/column.h"
#include "core/data/image_reader.h"
#include "core/project/project.h"

namespace lamina {

/// The pictures as items are called (app/jobs/item_identity.h); their sizes are those that labels speak of, where they are known, else of the pictures themselves.
/// None where the dataset has no pictures. The project must live as long as the answer is used. "job.cancelled".
Result<PicturesElsewhere> picturesOfDataset(Project& project, const DatasetRecord& dataset, const CancelToken& cancel = {});

/// The size of the picture in a row of such a column, upright; `image` keeps what it has where the picture cannot be read.
void noteSizeOfRow(const ColumnInfo& info, const ColumnView& pictures, std::int64_t row, const ImageReader& reader, AnnotatedImage& image);

}  // namespace lamina
