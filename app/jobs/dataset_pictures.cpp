#include "app/jobs/dataset_pictures.h"

#include <memory>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/item_identity.h"
#include "app/jobs/split_jobs.h"
#include "core/data/image_reader.h"
#include "core/data/tensor_picture.h"

namespace lamina {

void noteSizeOfRow(const ColumnInfo& info, const ColumnView& pictures, std::int64_t row, const ImageReader& reader, AnnotatedImage& image) {
    if (info.kind == ColumnKind::Tensor) {
        image.height = info.elementShape[1];
        image.width = info.elementShape[2];
        return;
    }
    const auto bytes = reader.bytes(pictures.text(row));
    if (!bytes) return;
    const auto head = readImageHead(*bytes);
    if (!head) return;
    image.width = head->width;
    image.height = head->height;
}

Result<PicturesElsewhere> picturesOfDataset(Project& project, const DatasetRecord& dataset, const CancelToken& cancel) {
    PicturesElsewhere pictures;
    LAMINA_TRY(const Table table, openTable(project, dataset));
    const auto column = pictureColumn(table);
    if (!column) return pictures;
    LAMINA_TRY(pictures.names, itemIdentities(dataset, table, cancel));
    LAMINA_TRY(const auto labelling, project.labelItems().ofDataset(dataset.id));
    const auto reader = std::make_shared<const ImageReader>(pictureFolders(dataset, project.file()), pictureForm(dataset).values);
    pictures.noteSize = [&project, labelling, table, column = *column, reader](std::size_t picture, AnnotatedImage& image) {
        const auto row = static_cast<std::int64_t>(picture);
        if (labelling)
            if (const auto item = project.labelItems().at(labelling->key, row); item && *item) {
                image.width = (*item)->width;
                image.height = (*item)->height;
            }
        if (image.width == 0 && !table.view(column).isMissing(row)) noteSizeOfRow(table.info(column), table.view(column), row, *reader, image);
    };
    return pictures;
}

}  // namespace lamina
