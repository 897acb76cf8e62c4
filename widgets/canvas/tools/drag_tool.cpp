#include "widgets/canvas/tools/drag_tool.h"

#include <QLineF>

#include <cmath>

#include "widgets/canvas/canvas_view.h"

namespace lamina {

void DragTool::press(const CanvasPointer& at) {
    m_pressedAt = at.view;
    if (m_clicked) {
        take(at);
        return;
    }
    m_first = m_second = view().snap(at);
    view().changed();
}

void DragTool::move(const CanvasPointer& at, bool) {
    if (m_first) take(at);
}

void DragTool::take(const CanvasPointer& at) {
    m_second = view().snap(at);
    if (at.modifiers.testFlag(Qt::ShiftModifier)) {
        const QPointF size = m_second - *m_first;
        const double side = std::max(std::abs(size.x()), std::abs(size.y()));
        m_second = *m_first + QPointF(std::copysign(side, size.x()), std::copysign(side, size.y()));
    }
    view().changed();
}

void DragTool::release(const CanvasPointer& at) {
    if (!m_first) return;
    const bool click = QLineF(at.view, m_pressedAt).length() < 4;
    if (click && !m_clicked) {
        m_clicked = true;
        return;
    }
    finish();
}

void DragTool::finish() {
    const AnnotationShape done = shape();
    cancel();
    view().add(done);
}

AnnotationShape DragTool::shape() const {
    const QRectF box = QRectF(*m_first, m_second).normalized();
    AnnotationShape shape = boxShape({}, box.left(), box.top(), box.right(), box.bottom());
    shape.kind = m_kind;
    return shape;
}

void DragTool::paint(QPainter& painter) const {
    if (!m_first) return;
    PaintedShape({{}, shape(), view().label().colour, {}, false, false, false}).paint(painter, view().transform(), {true, false, false, false});
}

std::optional<AnnotationShape> DragTool::draft() const { return m_first ? std::optional(shape()) : std::nullopt; }

void DragTool::restore(const AnnotationShape& draft) {
    if (draft.kind != m_kind || draft.parts.empty() || draft.parts[0].size() != 2) return;
    m_first = QPointF(draft.parts[0][0].x, draft.parts[0][0].y);
    m_second = QPointF(draft.parts[0][1].x, draft.parts[0][1].y);
    m_clicked = true;
    view().changed();
}

bool DragTool::cancel() {
    if (!m_first) return false;
    m_first.reset();
    m_clicked = false;
    view().changed();
    return true;
}

}  // namespace lamina
