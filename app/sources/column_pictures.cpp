#include "app/sources/column_pictures.h"

#include <algorithm>

#include "app/sources/thumbnail_cache.h"
#include "core/data/class_column.h"

namespace lamina {
namespace {

/// Scaled where it has more than twice the pixels that are asked for.
QImage noLarger(const QImage& picture, int edge) {
    if (std::max(picture.width(), picture.height()) <= edge * 2) return picture;
    return picture.scaled(edge, edge, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

}  // namespace

QImage tensorPicture(const ColumnInfo& info, std::span<const std::byte> element) {
    if (!isTensorPicture(info) || element.size() < elementBytes(info)) return {};
    std::vector<std::uint8_t> converted;  // bytes are not copied: pictures may be large
    if (info.elementType != DType::UInt8) converted = tensorBytes(info, element);
    const auto* bytes = info.elementType == DType::UInt8 ? reinterpret_cast<const std::uint8_t*>(element.data()) : converted.data();
    const auto channels = static_cast<int>(info.elementShape[0]), height = static_cast<int>(info.elementShape[1]),
               width = static_cast<int>(info.elementShape[2]);
    const std::size_t plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    // Of bands the first three, or the first alone where there are two.
    const int shown = channels >= 3 ? 3 : 1;
    QImage picture(width, height, shown == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
    if (picture.isNull()) return {};
    for (int y = 0; y < height; ++y) {
        std::uint8_t* line = picture.scanLine(y);
        for (int x = 0; x < width; ++x)
            for (int channel = 0; channel < shown; ++channel)
                *line++ = bytes[static_cast<std::size_t>(channel) * plane + static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                                static_cast<std::size_t>(x)];
    }
    return picture;
}

QImage filePicture(std::string_view value, const ImageReader& reader, int edge) {
    // Only a JPEG is decoded smaller; what else is larger is scaled by the caller.
    const auto image = reader.read(value, {0, edge * 2 / 3, edge * 2 / 3});
    if (!image) return {};
    ColumnInfo info;
    info.kind = ColumnKind::Tensor;
    info.elementType = DType::UInt8;
    info.elementShape = {image->channels, image->height, image->width};
    return tensorPicture(info, std::as_bytes(std::span(image->pixels)));
}

ColumnPictures::ColumnPictures(Table table, std::size_t column, const std::string& target, ImageReader reader)
    : m_table(std::move(table)), m_view(m_table.view(column)), m_info(m_table.info(column)), m_reader(std::move(reader)) {
    const auto targetColumn =
        target.empty() ? Result<std::size_t>(fail("table.no_such_column", {{"column", target}, {"known", ""}})) : m_table.find(target);
    if (!targetColumn || *targetColumn == column) return;
    const auto classes = ClassColumn::create(m_table, *targetColumn);
    if (!classes) return;
    m_classes.reserve(static_cast<std::size_t>(m_table.rows()));
    for (std::int64_t row = 0; row < m_table.rows(); ++row) m_classes.push_back(classes->at(row));
    for (const std::string& name : classes->names()) m_names << QString::fromStdString(name);
}

QString ColumnPictures::caption(std::int64_t item) const {
    const std::string_view value = m_info.kind == ColumnKind::Image ? m_view.text(item) : std::string_view();
    return isImageReference(value) ? QString::fromStdString(Path(readImageReference(value).path).filename().string()) : QString();
}

bool showsPictures(const ColumnInfo& info) { return info.kind == ColumnKind::Image || isTensorPicture(info); }

QImage thumbnailOf(const ColumnInfo& info, const ColumnView& view, std::int64_t row, int edge, const ImageReader& reader) {
    if (view.isMissing(row)) return {};
    if (info.kind != ColumnKind::Image) return noLarger(tensorPicture(info, view.element(row)), edge);
    const std::string_view value = view.text(row);
    if (!ThumbnailCache::isFor(value, edge)) return noLarger(filePicture(value, reader, edge), edge);
    ThumbnailCache& cache = ThumbnailCache::ofThisComputer();
    if (QImage kept = cache.find(value, edge, reader.values()); !kept.isNull()) return kept;
    const int edgeToKeep = ThumbnailCache::edgeToKeep(edge);
    const QImage picture = noLarger(filePicture(value, reader, edgeToKeep), edgeToKeep);
    cache.keep(value, edge, picture, reader.values());
    return picture;
}

QImage ColumnPictures::thumbnail(std::int64_t item, int edge) const { return thumbnailOf(m_info, m_view, item, edge, m_reader); }

}  // namespace lamina
