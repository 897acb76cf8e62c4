// The tool that sets key points, one after the other in the order of the class; the skeleton joins them.
#include <QCoreApplication>

#include "widgets/canvas/canvas_view.h"

namespace lamina {

namespace points_tool_parts {

/// Click: visible. With Shift: there, but hidden behind something. Backspace: back. X: this one cannot be told. Enter: the rest cannot be told.
class PointsTool : public CanvasTool {
public:
    using CanvasTool::CanvasTool;

    void press(const CanvasPointer& at) override { set(at.picture, at.modifiers.testFlag(Qt::ShiftModifier) ? 1 : 2); }
    bool key(const QKeyEvent& event) override;
    bool needsKey(const QKeyEvent& event) const override { return cannotBeTold(event); }
    void paint(QPainter& painter) const override;
    std::optional<AnnotationShape> draft() const override { return m_points.empty() ? std::nullopt : std::optional(shape()); }
    void restore(const AnnotationShape& draft) override;
    bool cancel() override;

private:
    /// X, where the class says which point comes next: the first one, too.
    bool cannotBeTold(const QKeyEvent& event) const { return event.key() == Qt::Key_X && !event.modifiers() && (!m_points.empty() || !view().label().points.empty()); }
    std::size_t wanted() const { return std::max<std::size_t>(view().label().points.size(), 1); }
    void set(QPointF at, std::uint8_t visibility);
    void finish();
    AnnotationShape shape() const;

    std::vector<ShapePoint> m_points;
    std::vector<std::uint8_t> m_visibility;
};

void PointsTool::set(QPointF at, std::uint8_t visibility) {
    m_points.push_back({at.x(), at.y()});
    m_visibility.push_back(visibility);
    view().changed();
    if (m_points.size() >= wanted()) finish();
}

bool PointsTool::key(const QKeyEvent& event) {
    if (cannotBeTold(event)) {
        set({}, 0);
        return true;
    }
    if (m_points.empty()) return false;
    switch (event.key()) {
        case Qt::Key_Backspace:
            m_points.pop_back();
            m_visibility.pop_back();
            view().changed();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: finish(); return true;
        default: return false;
    }
}

AnnotationShape PointsTool::shape() const {
    AnnotationShape shape;
    shape.kind = ShapeKind::Points;
    shape.parts = {m_points};
    shape.visibility = m_visibility;
    return shape;
}

void PointsTool::finish() {
    m_points.resize(wanted());
    m_visibility.resize(wanted(), 0);
    const bool anySeen = std::any_of(m_visibility.begin(), m_visibility.end(), [](auto seen) { return seen != 0; });
    const AnnotationShape done = shape();
    cancel();
    if (anySeen) view().add(done);
}

void PointsTool::paint(QPainter& painter) const {
    if (m_points.empty() && view().label().points.empty()) return;
    PaintedShape({{}, shape(), view().label().colour, {}, false, false, false}).paint(painter, view().transform(), {true, false, false, false});
    paintSkeleton(painter, view().transform(), shape(), view().label().skeleton, view().label().colour);
    if (m_points.size() >= view().label().points.size()) return;
    // Which one comes next is said where the eye is: at the upper border of the picture.
    const QString next = QCoreApplication::translate("CanvasTool", "Next: %1 (%2 of %3)").arg(view().label().points[m_points.size()]).arg(m_points.size() + 1).arg(wanted());
    const QRectF ground = QRectF(painter.fontMetrics().boundingRect(next)).adjusted(-8, -4, 8, 4);
    const QRectF place(QPointF((view().width() - ground.width()) / 2, 8), ground.size());
    painter.fillRect(place, QColor(0, 0, 0, 170));
    painter.setPen(Qt::white);
    painter.drawText(place, Qt::AlignCenter, next);
}

void PointsTool::restore(const AnnotationShape& draft) {
    if (draft.kind != ShapeKind::Points || draft.parts.empty() || draft.visibility.size() != draft.parts[0].size()) return;
    m_points = draft.parts[0];
    m_visibility = draft.visibility;
    view().changed();
}

bool PointsTool::cancel() {
    if (m_points.empty()) return false;
    m_points.clear();
    m_visibility.clear();
    view().changed();
    return true;
}

}  // namespace points_tool_parts

const CanvasToolType& points_tool() {
    static const CanvasToolType type{
        "points", "points", QT_TRANSLATE_NOOP("CanvasTool", "Key points"),
        QT_TRANSLATE_NOOP("CanvasTool", "Click the key points in their order; with Shift where one is hidden, {not_seen} where it cannot be told. {take_back} takes the last one back."),
        "K", ShapeKind::Points, [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<points_tool_parts::PointsTool>(view); }};
    return type;
}

}  // namespace lamina
