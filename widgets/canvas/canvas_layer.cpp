#include "widgets/canvas/canvas_layer.h"

#include <QRegion>

#include <cmath>
#include <cstring>

namespace lamina {

namespace {

/// From this enlargement on pixels are squares, whose borders are rounded together: a strip painted alone may not fit by a pixel of the screen.
constexpr double largestScrolled = 2;

QSize screenSize(const RestingScene& scene) {
    return {static_cast<int>(std::ceil(scene.view.width() * scene.ratio)), static_cast<int>(std::ceil(scene.view.height() * scene.ratio))};
}

/// What stood at `from` stands `step` further on; the rest keeps its old pixels.
void movePixels(QImage& image, QPoint step) {
    const QRect stays = image.rect().translated(step).intersected(image.rect());
    const auto bytes = static_cast<std::size_t>(stays.width()) * 4;
    const auto stride = image.bytesPerLine();
    uchar* const bits = image.bits();
    for (int i = 0; i < stays.height(); ++i) {
        const int y = step.y() > 0 ? stays.bottom() - i : stays.top() + i;
        std::memmove(bits + y * stride + stays.left() * 4, bits + (y - step.y()) * stride + (stays.left() - step.x()) * 4, bytes);
    }
}

}  // namespace

/// How far the scene has moved since the last time, in pixels of the screen; nothing where it is another one.
std::optional<QPoint> CanvasLayer::stepTo(const RestingScene& scene) const {
    if (!m_shown) return {};
    RestingScene there = scene;
    there.transform = m_scene.transform;
    if (!(there == m_scene) || scene.transform.scale() != m_scene.transform.scale()) return {};
    const QPointF step = (scene.transform.shift() - m_scene.transform.shift()) * scene.ratio;
    const QPoint whole(static_cast<int>(std::lround(step.x())), static_cast<int>(std::lround(step.y())));
    const bool fits = std::abs(step.x() - whole.x()) < 1e-6 && std::abs(step.y() - whole.y()) < 1e-6;
    if (!fits || (!whole.isNull() && scene.transform.scale() * scene.ratio >= largestScrolled)) return {};
    return whole;
}

void CanvasLayer::show(QPainter& painter, const RestingScene& scene, double topBand, const Paint& paint) {
    const auto step = stepTo(scene);
    if (!step) {
        m_image = {};
        paint(painter, QRectF(QPointF(), QSizeF(scene.view)));
    } else if (m_image.isNull()) {
        m_image = QImage(screenSize(scene), QImage::Format_RGB32);
        m_image.setDevicePixelRatio(scene.ratio);
        repaint(scene, m_image.rect(), paint);
    } else if (!step->isNull()) {
        scroll(scene, *step, topBand, paint);
    }
    m_scene = scene;
    m_shown = true;
    if (m_image.isNull()) return;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(QPointF(), m_image);
}

void CanvasLayer::repaint(const RestingScene& scene, const QRect& pixels, const Paint& paint) {
    QPainter painter(&m_image);
    painter.setFont(scene.font);
    const QRectF part(QPointF(pixels.topLeft()) / scene.ratio, QSizeF(pixels.size()) / scene.ratio);
    painter.setClipRect(part);
    paint(painter, part);
}

void CanvasLayer::scroll(const RestingScene& scene, QPoint step, double topBand, const Paint& paint) {
    const QRect whole = m_image.rect();
    movePixels(m_image, step);
    QRegion fresh = QRegion(whole) - whole.translated(step);
    if (step.y() != 0) fresh += QRect(0, 0, whole.width(), static_cast<int>(std::ceil(topBand * scene.ratio)) + std::abs(step.y())) & whole;
    for (const QRect& pixels : fresh) repaint(scene, pixels, paint);
}

}  // namespace lamina
