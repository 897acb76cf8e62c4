// A picture in halves, quarters, eighths …: whatever the zoom, few pixels are read and small ones do not flicker.
#pragma once

#include <QImage>
#include <QPainter>

#include <array>
#include <vector>

namespace lamina {

/// How a picture is looked at; its pixels stay what they are.
struct PictureAdjustment {
    double brightness = 0;  ///< -1 … 1
    double contrast = 0;    ///< -1 … 1
    double gamma = 1;       ///< 0.2 … 5; above 1 shows what is dark
    bool operator==(const PictureAdjustment&) const = default;
    bool isNone() const { return *this == PictureAdjustment(); }
};

/// What becomes of each of the 256 values of a colour channel.
std::array<std::uint8_t, 256> adjustmentTable(const PictureAdjustment& adjustment);

/// Made in a background thread (24 megapixels take about 120 ms), painted in the GUI thread. Not changed once it is made.
class PicturePyramid {
public:
    PicturePyramid() = default;
    explicit PicturePyramid(QImage picture);

    bool isNull() const { return m_levels.empty(); }
    /// Of the whole picture in pixels.
    QSize size() const { return isNull() ? QSize() : m_levels[0].size(); }
    const QImage& picture() const { return m_levels[0]; }
    /// Nothing shines through.
    bool isOpaque() const { return !isNull() && !m_levels[0].hasAlphaChannel(); }
    /// The part `from` of the picture (its pixels) into `to` (the painter's coordinates). Enlarged pixels stay squares, so that borders can be told.
    void paint(QPainter& painter, const QRectF& from, const QRectF& to, const PictureAdjustment& adjustment = {}) const;
    /// The smallest level that has at least so many pixels on its longer side.
    const QImage& level(int edge) const;

private:
    std::vector<QImage> m_levels;
};

}  // namespace lamina
