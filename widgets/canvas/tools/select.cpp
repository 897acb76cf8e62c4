// The tool that selects, moves and changes shapes.
#include <QCoreApplication>
#include <QLineF>

#include <algorithm>

#include "core/annotation/mask_outline.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/shape_geometry.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace select_tool_parts {

/// Click: select (Shift: more; Alt: the one below). Drag: move, or drag a handle (Shift: square, turns in steps). Drag beside all shapes: select what
/// the frame touches. Double click on a border: a new vertex. Backspace: the vertex under the mouse goes.
class SelectTool : public CanvasTool {
public:
    using CanvasTool::CanvasTool;

    void press(const CanvasPointer& at) override;
    void move(const CanvasPointer& at, bool pressed) override;
    void release(const CanvasPointer& at) override;
    bool doubleClick(const CanvasPointer& at) override;
    bool key(const QKeyEvent& event) override;
    bool needsKey(const QKeyEvent& event) const override { return event.key() == Qt::Key_Backspace && !event.modifiers() && lessVertex().has_value(); }
    void paint(QPainter& painter) const override;
    QCursor cursor() const override { return m_cursor; }
    bool cancel() override;

private:
    enum class Drag { Nothing, Shapes, Handle, Frame };

    const CanvasShape* single() const;
    std::optional<ShapeHandle> handle(QPointF picture) const;
    void choose(const CanvasPointer& at);
    void selectBelow(const CanvasPointer& at);
    void selectFramed(bool more);
    bool convertSelected();
    std::optional<AnnotationShape> lessVertex() const;
    std::vector<CanvasShape> changed(const CanvasPointer& at) const;

    Drag m_drag = Drag::Nothing;
    std::optional<ShapeHandle> m_handle;
    std::vector<CanvasShape> m_before;
    CanvasPointer m_from, m_at;
    bool m_moved = false;
    QCursor m_cursor = Qt::ArrowCursor;
};

const CanvasShape* SelectTool::single() const {
    if (view().selection().size() != 1) return nullptr;
    const auto* shape = view().shape(view().selection()[0]);
    return shape && !shape->locked && !shape->hidden ? shape : nullptr;
}

std::optional<ShapeHandle> SelectTool::handle(QPointF picture) const {
    const auto* shape = single();
    if (!shape || !view().options().handles) return {};
    return handleAt(shape->shape, picture, view().pixels(CanvasView::tolerance), view().pixels(CanvasView::rotationReach));
}

void SelectTool::press(const CanvasPointer& at) {
    m_from = m_at = at;
    m_moved = false;
    m_handle = handle(at.picture);
    if (m_handle)
        m_drag = Drag::Handle;
    else
        choose(at);
    m_before.clear();
    for (auto& shape : view().selectedShapes())
        if (!shape.locked && (m_drag == Drag::Handle || shape.shape.kind != ShapeKind::Mask)) m_before.push_back(std::move(shape));
}

void SelectTool::choose(const CanvasPointer& at) {
    if (at.modifiers.testFlag(Qt::AltModifier)) return selectBelow(at);
    const bool more = at.modifiers.testFlag(Qt::ShiftModifier);
    const auto* under = view().shapeAt(at.picture, !more);
    if (!under) {
        m_drag = Drag::Frame;
        if (!more) view().select({});
        return;
    }
    m_drag = Drag::Shapes;
    const QString id = under->shape().id;
    auto ids = view().selection();
    const auto there = std::find(ids.begin(), ids.end(), id);
    if (more && there != ids.end())
        ids.erase(there);
    else if (more)
        ids.push_back(id);
    else if (there == ids.end())
        ids = {id};
    view().select(std::move(ids));
}

/// Shapes that lie on top of each other are reached one after the other.
void SelectTool::selectBelow(const CanvasPointer& at) {
    m_drag = Drag::Nothing;
    std::vector<QString> under;
    for (const auto& painted : view().paintedShapes())
        if (!painted.shape().hidden && !painted.shape().locked && hits(painted.shape().shape, at.picture, view().pixels(CanvasView::tolerance))) under.push_back(painted.shape().id);
    if (under.empty()) return;
    const auto now = view().selection().empty() ? under.end() : std::find(under.begin(), under.end(), view().selection().back());
    const auto next = now == under.end() || now == under.begin() ? under.back() : *(now - 1);
    view().select({next});
}

std::vector<CanvasShape> SelectTool::changed(const CanvasPointer& at) const {
    auto after = m_before;
    if (m_drag == Drag::Handle && after.size() == 1) {
        const bool turns = m_handle->kind == ShapeHandle::Kind::Rotation;
        after[0].shape = dragged(std::move(after[0].shape), *m_handle, turns ? at.picture : view().snap(at, after[0].id), at.modifiers.testFlag(Qt::ShiftModifier));
        return after;
    }
    QPointF by = at.picture - m_from.picture;
    if (at.modifiers.testFlag(Qt::ShiftModifier)) (std::abs(by.x()) > std::abs(by.y()) ? by.ry() : by.rx()) = 0;
    for (auto& shape : after) shape.shape = moved(std::move(shape.shape), by);
    return after;
}

void SelectTool::move(const CanvasPointer& at, bool pressed) {
    m_at = at;
    if (!pressed || m_drag == Drag::Nothing) {
        const auto under = handle(at.picture);
        const Qt::CursorShape wanted = under ? (under->kind == ShapeHandle::Kind::Rotation ? Qt::PointingHandCursor : Qt::SizeAllCursor)
                                             : (view().shapeAt(at.picture, true) ? Qt::PointingHandCursor : Qt::ArrowCursor);
        if (m_cursor.shape() == wanted) return;
        m_cursor = wanted;
        view().changed();
        return;
    }
    m_moved = m_moved || QLineF(at.view, m_from.view).length() >= 3;
    if (!m_moved) return;
    if (m_drag == Drag::Frame)
        view().update();
    else
        view().preview(changed(at));
}

void SelectTool::release(const CanvasPointer& at) {
    const Drag drag = std::exchange(m_drag, Drag::Nothing);
    if (!m_moved || drag == Drag::Nothing) return;
    m_moved = false;
    if (drag == Drag::Frame) return selectFramed(at.modifiers.testFlag(Qt::ShiftModifier));
    m_drag = drag;
    CanvasEdit edit{drag == Drag::Shapes ? CanvasEdit::Kind::Move : m_handle->kind == ShapeHandle::Kind::Rotation ? CanvasEdit::Kind::Rotate : CanvasEdit::Kind::Reshape,
                    m_before, changed(at)};
    m_drag = Drag::Nothing;
    const bool degenerate = std::any_of(edit.after.begin(), edit.after.end(), [](const auto& shape) { return isDegenerate(shape.shape); });
    if (edit.after.empty() || degenerate || edit.after == edit.before) return view().preview({});
    view().commit(std::move(edit));
}

void SelectTool::selectFramed(bool more) {
    const QRectF frame = QRectF(m_from.picture, m_at.picture).normalized();
    auto ids = more ? view().selection() : std::vector<QString>();
    for (const auto& painted : view().paintedShapes()) {
        const auto& shape = painted.shape();
        const bool touched = !shape.hidden && !shape.locked && frame.intersects(painted.bounds().adjusted(-0.01, -0.01, 0.01, 0.01));
        if (touched && std::find(ids.begin(), ids.end(), shape.id) == ids.end()) ids.push_back(shape.id);
    }
    view().select(std::move(ids));
    view().update();
}

bool SelectTool::doubleClick(const CanvasPointer& at) {
    const auto* shape = single();
    const auto place = shape ? borderAt(shape->shape, at.picture, view().pixels(CanvasView::tolerance)) : std::nullopt;
    if (!place || handle(at.picture)) {  // who is quick grips again
        press(at);
        return true;
    }
    CanvasEdit edit{CanvasEdit::Kind::Reshape, {*shape}, {*shape}};
    edit.after[0].shape = withVertex(shape->shape, *place);
    view().commit(std::move(edit));
    return false;
}

/// A mask becomes a polygon, whatever has an area a mask.
bool SelectTool::convertSelected() {
    CanvasEdit edit{CanvasEdit::Kind::Reshape, {}, {}};
    for (const auto& chosen : view().selectedShapes()) {
        if (chosen.locked) continue;
        CanvasShape after = chosen;
        after.shape = chosen.shape.kind == ShapeKind::Mask ? polygonOfMask(chosen.shape, {1, 4}) : maskOfPolygon(chosen.shape, view().pictureSize().width(), view().pictureSize().height());
        if (after == chosen) continue;
        edit.before.push_back(chosen);
        edit.after.push_back(std::move(after));
    }
    if (edit.after.empty()) return false;
    view().commit(std::move(edit));
    return true;
}

/// The selected shape without the vertex under the mouse, where that leaves one.
std::optional<AnnotationShape> SelectTool::lessVertex() const {
    const auto* shape = single();
    const auto vertex = shape ? handle(m_at.picture) : std::nullopt;
    if (!vertex || vertex->kind != ShapeHandle::Kind::Vertex) return {};
    return withoutVertex(shape->shape, vertex->part, vertex->index);
}

bool SelectTool::key(const QKeyEvent& event) {
    if (event.key() == Qt::Key_M && event.modifiers() == Qt::ControlModifier) return convertSelected();
    if (event.key() != Qt::Key_Backspace) return false;
    auto less = lessVertex();
    if (!less) return false;
    CanvasEdit edit{CanvasEdit::Kind::Reshape, {*single()}, {*single()}};
    edit.after[0].shape = std::move(*less);
    view().commit(std::move(edit));
    return true;
}

void SelectTool::paint(QPainter& painter) const {
    if (m_drag != Drag::Frame || !m_moved) return;
    QColor fill = themeColours().accent;
    painter.setPen(QPen(fill, 1, Qt::DashLine));
    fill.setAlpha(40);
    painter.setBrush(fill);
    painter.drawRect(QRectF(m_from.view, m_at.view).normalized());
}

bool SelectTool::cancel() {
    if (m_drag == Drag::Nothing) return false;
    m_drag = Drag::Nothing;
    m_moved = false;
    view().preview({});
    return true;
}

}  // namespace select_tool_parts

const CanvasToolType& select_tool() {
    static const CanvasToolType type{
        "select", "select", QT_TRANSLATE_NOOP("CanvasTool", "Select"),
        QT_TRANSLATE_NOOP("CanvasTool", "Select, move and change shapes. A double click on a border adds a vertex, {take_back} takes the one under the mouse away, {convert} makes a polygon of a mask and a mask of a polygon."), "V", std::nullopt,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<select_tool_parts::SelectTool>(view); }};
    return type;
}

}  // namespace lamina
