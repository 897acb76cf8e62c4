#include "widgets/canvas/tools/path_tool.h"

#include <QLineF>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/shape_geometry.h"

namespace lamina {

namespace {

constexpr double freehandStep = 9;  // view pixels between two points of a dragged line
const char* const holeAttribute = "hole in";  // of a draft: the id of the polygon around it

QPointF placeOf(const ShapePoint& point) { return {point.x, point.y}; }

}  // namespace

bool PathTool::closes(const CanvasPointer& at) const {
    if (m_kind != ShapeKind::Polygon || m_points.size() < 3) return false;
    return QLineF(view().transform().toView(placeOf(m_points[0])), at.view).length() <= CanvasView::tolerance;
}

void PathTool::press(const CanvasPointer& at) {
    if (closes(at)) return finish();
    if (m_points.empty()) {
        m_holeIn.clear();
        const auto* under = m_kind == ShapeKind::Polygon && at.modifiers.testFlag(Qt::ControlModifier) ? view().shapeAt(at.picture, true) : nullptr;
        if (under && under->shape().shape.kind == ShapeKind::Polygon) m_holeIn = under->shape().id;
    }
    append(view().snap(at));
}

void PathTool::append(QPointF point) {
    if (!m_points.empty() && placeOf(m_points.back()) == point) return;  // the second press of a double click
    m_points.push_back({point.x(), point.y()});
    view().changed();
}

void PathTool::move(const CanvasPointer& at, bool pressed) {
    m_mouse = view().snap(at);
    if (m_points.empty()) return;
    if (pressed && QLineF(view().transform().toView(placeOf(m_points.back())), at.view).length() >= freehandStep) return append(at.picture);
    view().update();
}

bool PathTool::doubleClick(const CanvasPointer&) {
    finish();
    return false;
}

bool PathTool::key(const QKeyEvent& event) {
    if (m_points.empty()) return false;
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        finish();
        return true;
    }
    const bool undoes = event.key() == Qt::Key_Z && event.modifiers() == Qt::ControlModifier;
    if (event.key() != Qt::Key_Backspace && !undoes) return false;
    m_points.pop_back();
    view().changed();
    return true;
}

void PathTool::finish() {
    AnnotationShape shape;
    shape.kind = m_kind;
    shape.parts = {m_points};
    if (m_points.size() < (m_kind == ShapeKind::Polygon ? 3u : 2u)) return;
    if (!m_holeIn.isEmpty() && finishHole(shape)) return;
    cancel();
    view().add(std::move(shape));
}

bool PathTool::finishHole(const AnnotationShape& ring) {
    const auto* around = view().shape(m_holeIn);
    if (!around) return false;
    CanvasEdit edit{CanvasEdit::Kind::Reshape, {*around}, {*around}};
    auto& shape = edit.after[0].shape;
    shape.holes.resize(shape.parts.size(), false);
    shape.parts.push_back(ring.parts[0]);
    shape.holes.push_back(true);
    cancel();
    view().commit(std::move(edit));
    return true;
}

void PathTool::paint(QPainter& painter) const {
    if (m_points.empty()) return;
    const QColor colour = view().label().colour;
    QPolygonF line;
    for (const auto& point : m_points) line << view().transform().toView(placeOf(point));
    painter.setPen(QPen(colour, 2));
    painter.drawPolyline(line);
    if (m_mouse) {
        painter.setPen(QPen(colour, 1.2, Qt::DashLine));
        painter.drawLine(line.back(), view().transform().toView(*m_mouse));
    }
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(Qt::white);
    for (const auto& point : line) painter.drawRect(QRectF(point.x() - 3, point.y() - 3, 6, 6));
    if (m_kind != ShapeKind::Polygon || m_points.size() < 3) return;
    painter.setBrush(colour);  // the click that closes it
    painter.drawEllipse(line.front(), 5, 5);
}

std::optional<AnnotationShape> PathTool::draft() const {
    if (m_points.empty()) return {};
    AnnotationShape shape;
    shape.kind = m_kind;
    shape.parts = {m_points};
    if (!m_holeIn.isEmpty()) shape.attributes[holeAttribute] = m_holeIn.toStdString();
    return shape;
}

void PathTool::restore(const AnnotationShape& draft) {
    if (draft.kind != m_kind || draft.parts.empty()) return;
    m_points = draft.parts[0];
    const auto around = draft.attributes.find(holeAttribute);
    m_holeIn = around == draft.attributes.end() ? QString() : QString::fromStdString(around->second);
    view().changed();
}

bool PathTool::cancel() {
    if (m_points.empty()) return false;
    m_points.clear();
    m_holeIn.clear();
    view().changed();
    return true;
}

}  // namespace lamina
