// The pictures of a column of tensors or of picture files, for a gallery.
#pragma once

#include <optional>

#include "core/data/image_reader.h"
#include "core/data/table.h"
#include "widgets/gallery/image_source.h"

namespace lamina {

/// The first column that holds pictures: picture files, or tensors (C, H, W) of bytes, or of 1, 3 or 4 channels; empty where there is none.
std::optional<std::size_t> pictureColumn(const Table& table);

/// One picture of such a column; of more than three channels the first three, of two the first. uint8 as it is; float32 within 0 … 1, or stretched where it reaches further.
QImage tensorPicture(const ColumnInfo& info, std::span<const std::byte> element);

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
