#include "widgets/canvas/picture_pyramid.h"

#include <algorithm>
#include <cmath>

namespace lamina {

namespace {

constexpr int smallestEdge = 256;

QImage adjusted(QImage part, const PictureAdjustment& adjustment) {
    const auto table = adjustmentTable(adjustment);
    part = part.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < part.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(part.scanLine(y));
        for (int x = 0; x < part.width(); ++x)
            line[x] = qRgb(table[static_cast<std::size_t>(qRed(line[x]))], table[static_cast<std::size_t>(qGreen(line[x]))], table[static_cast<std::size_t>(qBlue(line[x]))]);
    }
    return part;
}

}  // namespace

std::array<std::uint8_t, 256> adjustmentTable(const PictureAdjustment& adjustment) {
    std::array<std::uint8_t, 256> table{};
    // The slope of the line through the middle grey: 0 at contrast -1, 1 at 0, steep towards 1.
    const double slope = std::tan((std::clamp(adjustment.contrast, -1.0, 0.99) + 1) * 0.7853981633974483);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double bent = std::pow(static_cast<double>(i) / 255, 1 / std::clamp(adjustment.gamma, 0.2, 5.0));
        const double value = (bent - 0.5) * slope + 0.5 + adjustment.brightness;
        table[i] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
    }
    return table;
}

PicturePyramid::PicturePyramid(QImage picture) {
    if (picture.isNull()) return;
    const auto format = picture.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32;
    m_levels.push_back(picture.convertToFormat(format));
    picture = {};  // the smaller levels need its room
    while (std::max(m_levels.back().width(), m_levels.back().height()) > smallestEdge) {
        const QSize half = (m_levels.back().size() / 2).expandedTo({1, 1});
        m_levels.push_back(m_levels.back().scaled(half, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }
}

const QImage& PicturePyramid::level(int edge) const {
    std::size_t best = 0;
    for (std::size_t i = 0; i < m_levels.size(); ++i)
        if (std::max(m_levels[i].width(), m_levels[i].height()) >= edge) best = i;
    return m_levels[best];
}

void PicturePyramid::paint(QPainter& painter, const QRectF& from, const QRectF& to, const PictureAdjustment& adjustment) const {
    const QRectF seen = from.intersected(QRectF(QPointF(), QSizeF(size())));
    if (seen.isEmpty() || from.isEmpty() || to.isEmpty()) return;
    const double scale = to.width() / from.width();
    const double pixelRatio = painter.device() ? painter.device()->devicePixelRatioF() : 1;
    const QImage& source = level(static_cast<int>(std::ceil(std::max(size().width(), size().height()) * std::min(1.0, scale * pixelRatio))));
    const double factorX = static_cast<double>(source.width()) / size().width(), factorY = static_cast<double>(source.height()) / size().height();
    const QRectF target(to.topLeft() + (seen.topLeft() - from.topLeft()) * scale, seen.size() * scale);
    const QRectF part(seen.x() * factorX, seen.y() * factorY, seen.width() * factorX, seen.height() * factorY);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scale < 2);
    if (adjustment.isNone()) {
        painter.drawImage(target, source, part);
        return;
    }
    // Only pixels that are painted are adjusted.
    const QRectF shown = painter.hasClipping() ? target.intersected(painter.clipBoundingRect().adjusted(-2, -2, 2, 2)) : target;
    if (shown.isEmpty()) return;
    const double across = part.width() / target.width(), down = part.height() / target.height();
    const QRectF wanted(part.x() + (shown.x() - target.x()) * across, part.y() + (shown.y() - target.y()) * down, shown.width() * across, shown.height() * down);
    const QRect whole = wanted.toAlignedRect().adjusted(-1, -1, 1, 1).intersected(source.rect());
    painter.drawImage(shown, adjusted(source.copy(whole), adjustment), wanted.translated(-whole.topLeft()));
}

}  // namespace lamina
