#include "widgets/canvas/tools/brush_tool.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/shape_geometry.h"

namespace lamina {

double& BrushTool::diameter() {
    static double pixels = 24;
    return pixels;
}

std::optional<CanvasShape> BrushTool::target() const {
    for (const auto& chosen : view().selectedShapes())
        if (chosen.shape.kind == ShapeKind::Mask && !chosen.locked) return chosen;
    return {};
}

bool BrushTool::begin() {
    const QSize size = view().pictureSize();
    m_target.clear();
    if (const auto mask = target()) {
        if (mask->shape.mask.width != size.width() || mask->shape.mask.height != size.height()) return false;
        m_grey = greyOf(mask->shape.mask);
        m_covered = boundsRect(mask->shape).toAlignedRect();
        m_colour = mask->colour;
        m_target = mask->id;
        return true;
    }
    if (m_erases) return false;
    if (view().label().name.isEmpty()) {
        emit view().labelWanted();
        return false;
    }
    m_grey = QImage(size, QImage::Format_Grayscale8);
    m_grey.fill(0);
    m_covered = {};
    m_colour = view().label().colour;
    return true;
}

/// The selected mask where the eraser touches it, else the topmost one that it does.
bool BrushTool::findMask(QPointF from, QPointF to) {
    const auto isUnder = [&](const CanvasShape& shape) { return shape.shape.kind == ShapeKind::Mask && !shape.hidden && !shape.locked && isTouched(shape.shape.mask, from, to, diameter() / 2); };
    if (const auto chosen = target(); chosen && isUnder(*chosen)) return true;
    const auto& all = view().paintedShapes();
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const PaintedShape& painted) { return isUnder(painted.shape()); });
    if (found == all.rend()) return false;
    view().select({found->shape().id});
    return true;
}

void BrushTool::press(const CanvasPointer& at) {
    m_grey = {};
    m_covered = {};
    if (!m_erases && !begin()) return;
    m_painting = true;
    m_last = at.picture;
    stroke(at.picture, at.picture);
}

/// An eraser that has touched nothing yet looks for what it erases.
void BrushTool::stroke(QPointF from, QPointF to) {
    if (m_grey.isNull() && (!findMask(from, to) || !begin())) return view().update();
    QPainter painter(&m_grey);
    const QColor value = m_erases ? Qt::black : Qt::white;
    const double half = diameter() / 2;
    painter.setPen(QPen(value, diameter(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (from == to) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(value);
        painter.drawEllipse(from, half, half);
    } else {
        painter.drawLine(from, to);
    }
    if (!m_erases) m_covered |= QRectF(from, to).normalized().adjusted(-half - 1, -half - 1, half + 1, half + 1).toAlignedRect().intersected(m_grey.rect());
    view().update();
}

void BrushTool::move(const CanvasPointer& at, bool pressed) {
    m_mouse = at.picture;
    if (pressed && m_painting) {
        stroke(m_last, at.picture);
        m_last = at.picture;
    }
    view().update();
}

void BrushTool::release(const CanvasPointer&) {
    if (!m_painting) return;
    m_painting = false;
    if (m_grey.isNull()) {
        emit view().failed(fail("annotation.no_mask_to_erase"));
        return;
    }
    AnnotationShape shape;
    shape.kind = ShapeKind::Mask;
    shape.mask = runsOf(m_grey, m_covered);
    m_grey = {};
    if (m_target.isEmpty()) {
        view().add(std::move(shape), CanvasEdit::Kind::Paint);
        return;
    }
    // The mask that the stroke began on, whatever is selected now; one that was taken away meanwhile stays away.
    const auto* before = view().shape(m_target);
    if (!before) return;
    CanvasEdit edit{CanvasEdit::Kind::Paint, {*before}, {}};
    if (areaOf(shape.mask) > 0) {
        edit.after = {*before};
        edit.after[0].shape.mask = std::move(shape.mask);
    }
    view().commit(std::move(edit));
}

bool BrushTool::key(const QKeyEvent& event) {
    if (event.key() != Qt::Key_BracketLeft && event.key() != Qt::Key_BracketRight) return false;
    const double factor = event.key() == Qt::Key_BracketLeft ? 1 / 1.25 : 1.25;
    diameter() = std::clamp(diameter() * factor, 1.0, 2000.0);
    view().update();
    return true;
}

bool BrushTool::wheel(double notches, Qt::KeyboardModifiers modifiers) {
    if (!modifiers.testFlag(Qt::ControlModifier)) return false;
    diameter() = std::clamp(diameter() * std::pow(1.25, notches), 1.0, 2000.0);
    view().update();
    return true;
}

/// What is seen of the mask under the brush, one pixel of the screen at a time: however large the picture, a frame costs the same.
void BrushTool::paint(QPainter& painter) const {
    const auto& transform = view().transform();
    if (m_painting && !m_grey.isNull()) {
        const QRect seen = transform.toView(QRectF(m_covered)).toAlignedRect().intersected(view().rect());
        QImage part(seen.size(), QImage::Format_ARGB32_Premultiplied);
        QColor colour = m_colour;
        colour.setAlphaF(0.5F);
        const QRgb value = qPremultiply(colour.rgba());
        std::vector<int> columns(static_cast<std::size_t>(part.width()));
        for (int x = 0; x < part.width(); ++x) columns[static_cast<std::size_t>(x)] = std::clamp(static_cast<int>(transform.toPicture(QPointF(seen.left() + x + 0.5, 0)).x()), 0, m_grey.width() - 1);
        for (int y = 0; y < part.height(); ++y) {
            const int row = std::clamp(static_cast<int>(transform.toPicture(QPointF(0, seen.top() + y + 0.5)).y()), 0, m_grey.height() - 1);
            const uchar* const grey = m_grey.constScanLine(row);
            auto* to = reinterpret_cast<QRgb*>(part.scanLine(y));
            for (const int column : columns) *to++ = grey[column] ? value : 0;
        }
        if (!part.isNull()) painter.drawImage(seen.topLeft(), part);
    }
    if (!m_mouse) return;
    const QPointF middle = transform.toView(*m_mouse);
    const double radius = diameter() / 2 * transform.scale();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 2.5));
    painter.drawEllipse(middle, radius, radius);
    painter.setPen(QPen(m_erases ? QColor(Qt::white) : view().label().colour, 1.2));
    painter.drawEllipse(middle, radius, radius);
}

bool BrushTool::cancel() {
    if (!m_painting) return false;
    m_painting = false;
    m_grey = {};
    view().update();
    return true;
}

}  // namespace lamina
