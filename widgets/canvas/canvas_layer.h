// The part of the canvas that rests while the mouse works: picture and shapes, kept as they were painted.
#pragma once

#include <QFont>
#include <QImage>
#include <QPainter>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "widgets/canvas/canvas_options.h"
#include "widgets/canvas/canvas_transform.h"

namespace lamina {

/// All that the look of the resting part depends on: as long as it is the same, nothing needs to be painted anew.
struct RestingScene {
    std::uint64_t picture = 0, shapes = 0;  ///< other numbers after every change
    QSize full, view;
    double ratio = 1;  ///< pixels of the screen per view pixel
    bool dark = false;
    QFont font;
    CanvasOptions options;
    std::vector<QString> moving;  ///< shapes that are selected or being changed: painted over it, frame by frame
    QString hovered;
    CanvasTransform transform;
    bool operator==(const RestingScene&) const = default;
};

/// A scene that is shown a second time is kept, so that what changes with every frame (zooming) costs no copy. Moved by whole pixels, only what comes into
/// sight is painted.
class CanvasLayer {
public:
    /// Paints the part (view coordinates, the painter's clip) of the scene. Must not depend on where else is painted.
    using Paint = std::function<void(QPainter& painter, const QRectF& part)>;
    /// `topBand`: view pixels at the upper edge whose look depends on the edge.
    void show(QPainter& painter, const RestingScene& scene, double topBand, const Paint& paint);

private:
    std::optional<QPoint> stepTo(const RestingScene& scene) const;
    void repaint(const RestingScene& scene, const QRect& pixels, const Paint& paint);
    void scroll(const RestingScene& scene, QPoint step, double topBand, const Paint& paint);

    RestingScene m_scene;
    QImage m_image;  ///< of m_scene; null: not kept yet
    bool m_shown = false;
};

}  // namespace lamina
