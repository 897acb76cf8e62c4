// The pictures of a column of tensors or of picture files, for a gallery.
#pragma once

#include <optional>

#include "core/data/image_reader.h"
#include "core/data/table.h"
#include "core/data/tensor_picture.h"
#include "widgets/gallery/image_source.h"

namespace lamina {

/// One picture of a column of such tensors; of more than three channels the first three, of two the first. Values as tensorBytes() makes them.
QImage tensorPicture(const ColumnInfo& info, std::span<const std::byte> element);

/// Can the values of this column be shown as pictures?
bool showsPictures(const ColumnInfo& info);

/// Of either kind of column, at least `edge` pixels on its longer side where it has so many; null where it is missing or cannot be read. Large files of
/// Image columns are kept small (ThumbnailCache).
QImage thumbnailOf(const ColumnInfo& info, const ColumnView& view, std::int64_t row, int edge, const ImageReader& reader);

/// One picture of an Image column, decoded no larger than needed for one of about `edge` pixels (0: as large as it is); null where it cannot be read.
QImage filePicture(std::string_view value, const ImageReader& reader, int edge = 0);

class ColumnPictures : public ImageSource {
public:
    /// `target`: the column whose classes are shown (empty: none). Reads it; not in the GUI thread. `reader`: of picture files.
    ColumnPictures(Table table, std::size_t column, const std::string& target, ImageReader reader = ImageReader());

    std::int64_t count() const override { return m_table.rows(); }
    QStringList classNames() const override { return m_names; }
    int classOf(std::int64_t item) const override { return m_classes.empty() ? -1 : m_classes[static_cast<std::size_t>(item)]; }
    /// Of picture files that stayed where they are, the file's name.
    QString caption(std::int64_t item) const override;
    QImage thumbnail(std::int64_t item, int edge) const override;

private:
    Table m_table;
    ColumnView m_view;
    ColumnInfo m_info;
    ImageReader m_reader;
    std::vector<std::int32_t> m_classes;
    QStringList m_names;
};

}  // namespace lamina
