// The tool that draws polygons along what can be seen.
#include <QCoreApplication>
#include <QLineF>

#include <algorithm>
#include <cmath>

#include "core/annotation/live_wire.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/tools/wand_search.h"

namespace lamina {

namespace live_wire_tool_parts {

/// Click: an anchor; between anchors the line follows edges, with Shift it is straight. Backspace: the last anchor goes. Enter, a double click or a click on
/// the first anchor closes it.
class LiveWireTool : public CanvasTool {
public:
    using CanvasTool::CanvasTool;

    void press(const CanvasPointer& at) override;
    void move(const CanvasPointer& at, bool pressed) override;
    bool doubleClick(const CanvasPointer&) override {
        finish();
        return false;
    }
    bool key(const QKeyEvent& event) override;
    void paint(QPainter& painter) const override;
    std::optional<AnnotationShape> draft() const override;
    void restore(const AnnotationShape& draft) override;
    bool cancel() override;

private:
    static constexpr std::int64_t reach = 320;  // pixels of the screen, about: what a mouse does in one go

    void anchor();
    std::vector<ShapePoint> wayTo(ShapePoint to);
    bool closes(QPointF viewPlace) const;
    void takeBack();
    void finish();
    PixelPlace placeOf(ShapePoint point) const;

    std::vector<ShapePoint> m_points;     ///< of the picture: what is fixed
    std::vector<std::size_t> m_anchors;   ///< how many points there were behind each anchor
    std::vector<ShapePoint> m_way;        ///< from the last anchor to the mouse
    QImage m_level;
    double m_scaleX = 1, m_scaleY = 1;    ///< pixels of the picture in one of the level
    std::optional<LiveWire> m_wire;       ///< from the last anchor
};

PixelPlace LiveWireTool::placeOf(ShapePoint point) const { return {static_cast<std::int64_t>(std::floor(point.x / m_scaleX)), static_cast<std::int64_t>(std::floor(point.y / m_scaleY))}; }

std::vector<ShapePoint> LiveWireTool::wayTo(ShapePoint to) {
    const QSize size = view().pictureSize();
    if (!m_wire && view().picture() && !view().picture()->isNull()) {
        m_level = view().picture()->level(static_cast<int>(std::ceil(std::max(size.width(), size.height()) * std::min(1.0, view().zoom()))));
        m_scaleX = static_cast<double>(size.width()) / m_level.width();
        m_scaleY = static_cast<double>(size.height()) / m_level.height();
        m_wire.emplace(pixelsOf(m_level), placeOf(m_points.back()), reach);
    }
    std::vector<ShapePoint> way{m_points.back()};
    if (m_wire) {
        const auto path = m_wire->pathTo(placeOf(to));
        for (std::size_t i = 1; i + 1 < path.size(); ++i) way.push_back({(static_cast<double>(path[i].x) + 0.5) * m_scaleX, (static_cast<double>(path[i].y) + 0.5) * m_scaleY});
    }
    way.push_back(to);
    way = simplifiedLine(way, 0.6 * std::max(m_scaleX, m_scaleY));
    way.erase(way.begin());
    return way;
}

bool LiveWireTool::closes(QPointF viewPlace) const {
    if (m_anchors.size() < 3) return false;
    return QLineF(view().transform().toView(QPointF(m_points[0].x, m_points[0].y)), viewPlace).length() <= CanvasView::tolerance;
}

void LiveWireTool::press(const CanvasPointer& at) {
    if (closes(at.view)) return finish();
    const QSize size = view().pictureSize();
    const ShapePoint point{std::clamp(at.picture.x(), 0.0, static_cast<double>(size.width())), std::clamp(at.picture.y(), 0.0, static_cast<double>(size.height()))};
    if (m_points.empty() && view().label().name.isEmpty()) {
        emit view().labelWanted();
        return;
    }
    if (!m_points.empty()) {
        if (m_points.back() == point) return;  // the second press of a double click
        m_way = at.modifiers.testFlag(Qt::ShiftModifier) ? std::vector{point} : wayTo(point);
        m_points.insert(m_points.end(), m_way.begin(), m_way.end());
    } else {
        m_points.push_back(point);
    }
    anchor();
}

void LiveWireTool::anchor() {
    m_anchors.push_back(m_points.size());
    m_way.clear();
    m_wire.reset();
    view().changed();
}

void LiveWireTool::move(const CanvasPointer& at, bool) {
    if (m_points.empty()) return;
    const ShapePoint point{at.picture.x(), at.picture.y()};
    m_way = at.modifiers.testFlag(Qt::ShiftModifier) ? std::vector{point} : wayTo(point);
    view().update();
}

bool LiveWireTool::key(const QKeyEvent& event) {
    if (m_points.empty()) return false;
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        finish();
        return true;
    }
    const bool undoes = event.key() == Qt::Key_Z && event.modifiers() == Qt::ControlModifier;
    if (event.key() != Qt::Key_Backspace && !undoes) return false;
    takeBack();
    return true;
}

void LiveWireTool::takeBack() {
    m_anchors.pop_back();
    m_points.resize(m_anchors.empty() ? 0 : m_anchors.back());
    m_way.clear();
    m_wire.reset();
    view().changed();
}

void LiveWireTool::finish() {
    if (m_points.size() < 3) return;
    AnnotationShape shape;
    shape.kind = ShapeKind::Polygon;
    auto ring = m_points;
    const auto closing = wayTo(m_points[0]);
    ring.insert(ring.end(), closing.begin(), closing.end());
    ring.pop_back();
    shape.parts = {simplifiedRing(ring, 0.6 * std::max(m_scaleX, m_scaleY))};
    cancel();
    view().add(std::move(shape));
}

void LiveWireTool::paint(QPainter& painter) const {
    if (m_points.empty()) return;
    const QColor colour = view().label().colour;
    const auto lineOf = [this](const std::vector<ShapePoint>& points) {
        QPolygonF line;
        for (const auto& point : points) line << view().transform().toView(QPointF(point.x, point.y));
        return line;
    };
    const QPolygonF fixed = lineOf(m_points);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 2));
    painter.drawPolyline(fixed);
    QPolygonF way = lineOf(m_way);
    way.prepend(fixed.back());
    painter.setPen(QPen(Qt::white, 3));
    painter.drawPolyline(way);
    painter.setPen(QPen(colour, 1.5));
    painter.drawPolyline(way);
    painter.setBrush(Qt::white);
    for (const std::size_t count : m_anchors) painter.drawRect(QRectF(fixed[static_cast<qsizetype>(count) - 1] - QPointF(3, 3), QSizeF(6, 6)));
    if (m_anchors.size() < 3) return;
    painter.setBrush(colour);  // the click that closes it
    painter.drawEllipse(fixed.front(), 5, 5);
}

std::optional<AnnotationShape> LiveWireTool::draft() const {
    if (m_points.empty()) return {};
    AnnotationShape shape;
    shape.kind = ShapeKind::Polygon;
    shape.parts = {m_points};
    return shape;
}

void LiveWireTool::restore(const AnnotationShape& draft) {
    if (draft.kind != ShapeKind::Polygon || draft.parts.empty() || draft.parts[0].empty()) return;
    m_points = draft.parts[0];
    m_anchors = {1, m_points.size()};
    m_wire.reset();
    view().changed();
}

bool LiveWireTool::cancel() {
    if (m_points.empty()) return false;
    m_points.clear();
    m_anchors.clear();
    m_way.clear();
    m_wire.reset();
    view().changed();
    return true;
}

}  // namespace live_wire_tool_parts

const CanvasToolType& live_wire_tool() {
    static const CanvasToolType type{
        "live_wire", "live_wire", QT_TRANSLATE_NOOP("CanvasTool", "Live wire"),
        QT_TRANSLATE_NOOP("CanvasTool", "Click along an edge: the line follows it by itself, with Shift it is straight. {take_back} takes the last point back; {finish} or a click on the first point closes it."), "S", ShapeKind::Polygon,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<live_wire_tool_parts::LiveWireTool>(view); }};
    return type;
}

}  // namespace lamina
