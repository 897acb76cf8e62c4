#include "widgets/canvas/canvas_view.h"

#include <QUuid>

#include <algorithm>
#include <tuple>
#include <utility>

#include "widgets/canvas/shape_geometry.h"

namespace lamina {

namespace {

const CanvasShape* withId(const std::vector<CanvasShape>& shapes, const QString& id) {
    const auto found = std::find_if(shapes.begin(), shapes.end(), [&](const auto& shape) { return shape.id == id; });
    return found == shapes.end() ? nullptr : &*found;
}

QString newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

constexpr double smallestShape = 3;  // view pixels

/// Cheap, and false for nearly all of thousands of shapes.
bool isNear(const PaintedShape& painted, QPointF at, double tolerance) { return painted.bounds().adjusted(-tolerance, -tolerance, tolerance, tolerance).contains(at); }

}  // namespace

CanvasView::CanvasView(QWidget* parent) : QWidget(parent), m_toolType(canvasTools().front()), m_tool(m_toolType->make(*this)) {
    setObjectName("canvas");
    setAccessibleName(tr("Picture with its shapes"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    updateCursor();
}

CanvasView::~CanvasView() = default;

void CanvasView::setPicture(std::shared_ptr<const PicturePyramid> picture, QSize full) {
    const bool other = full != m_size;
    m_picture = std::move(picture);
    ++m_pictureVersion;
    m_size = full;
    if (other || m_fitted) fit();
    update();
}

void CanvasView::setShapes(std::vector<CanvasShape> shapes) {
    ++m_shapesVersion;
    m_shapes.clear();
    for (auto& shape : shapes) m_shapes.emplace_back(std::move(shape));
    m_preview.clear();
    const auto kept = std::stable_partition(m_selection.begin(), m_selection.end(), [this](const auto& id) { return painted(id) != nullptr; });
    const bool lost = kept != m_selection.end();
    m_selection.erase(kept, m_selection.end());
    m_hovered.clear();
    update();
    if (lost) emit selectionChanged();
}

std::vector<CanvasShape> CanvasView::shapes() const {
    std::vector<CanvasShape> all;
    for (const auto& painted : m_shapes) all.push_back(painted.shape());
    return all;
}

const PaintedShape* CanvasView::painted(const QString& id) const {
    const auto found = std::find_if(m_shapes.begin(), m_shapes.end(), [&](const auto& painted) { return painted.shape().id == id; });
    return found == m_shapes.end() ? nullptr : &*found;
}

const CanvasShape* CanvasView::shape(const QString& id) const {
    const auto* found = painted(id);
    return found ? &found->shape() : nullptr;
}

void CanvasView::select(std::vector<QString> ids) {
    if (ids == m_selection) return;
    m_selection = std::move(ids);
    update();
    emit selectionChanged();
}

void CanvasView::selectNext(int step) {
    std::vector<QString> ids;
    for (const auto& painted : m_shapes)
        if (!painted.shape().hidden && !painted.shape().locked) ids.push_back(painted.shape().id);
    if (ids.empty()) return;
    const auto count = static_cast<std::ptrdiff_t>(ids.size());
    const auto at = m_selection.empty() ? ids.end() : std::find(ids.begin(), ids.end(), m_selection.back());
    const std::ptrdiff_t next = at == ids.end() ? (step > 0 ? 0 : count - 1) : ((at - ids.begin()) + step + count) % count;
    select({ids[static_cast<std::size_t>(next)]});
}

void CanvasView::selectAll() {
    std::vector<QString> ids;
    for (const auto& painted : m_shapes)
        if (!painted.shape().hidden && !painted.shape().locked) ids.push_back(painted.shape().id);
    select(std::move(ids));
}

void CanvasView::setClassLooks(const std::function<std::pair<bool, bool>(const std::string& label)>& looks) {
    auto all = shapes();
    for (auto& shape : all) std::tie(shape.hidden, shape.locked) = looks(shape.shape.label);
    setShapes(std::move(all));
    std::erase_if(m_selection, [this](const QString& id) {
        const auto* chosen = shape(id);
        return chosen && (chosen->hidden || chosen->locked);
    });
    emit selectionChanged();
}

std::vector<CanvasShape> CanvasView::selectedShapes() const {
    std::vector<CanvasShape> chosen;
    for (const auto& id : m_selection)
        if (const auto* found = shape(id)) chosen.push_back(*found);
    return chosen;
}

void CanvasView::setTool(const std::string& name) {
    const auto* type = canvasTool(name);
    if (!type) return;
    m_tool->cancel();
    m_toolType = type;
    m_tool = type->make(*this);
    m_preview.clear();
    changed();
}

void CanvasView::setLabel(CanvasLabel label) {
    m_label = std::move(label);
    changed();
}

void CanvasView::setOptions(const CanvasOptions& options) {
    m_options = options;
    update();
}

void CanvasView::setZoom(double zoom) { setZoom(zoom, QPointF(width() / 2.0, height() / 2.0)); }

void CanvasView::setZoom(double zoom, QPointF at) {
    m_fitted = false;
    m_transform.zoomTo(zoom, at);
    transformed();
}

void CanvasView::fit() {
    m_fitted = true;
    m_transform.fit(QRectF(QPointF(), QSizeF(m_size)), size());
    update();
    emit zoomChanged(zoom());
}

void CanvasView::fitSelection() {
    QRectF area;
    for (const auto& id : m_selection)
        if (const auto* found = painted(id)) area = area.united(found->bounds().adjusted(-1, -1, 1, 1));
    if (area.isEmpty()) return fit();
    m_fitted = false;
    m_transform.fit(area, size(), std::min(width(), height()) / 5.0);
    transformed();
}

void CanvasView::showPlace(QPointF picture) {
    m_fitted = false;
    m_transform.centreOn(picture, size());
    transformed();
}

void CanvasView::transformed() {
    m_transform.keepInSight(QSizeF(m_size), size());
    update();
    emit zoomChanged(zoom());
}

void CanvasView::removeSelected() {
    CanvasEdit edit{CanvasEdit::Kind::Remove, selectedShapes(), {}};
    std::erase_if(edit.before, [](const auto& shape) { return shape.locked; });
    if (!edit.before.empty()) commit(std::move(edit));
}

void CanvasView::duplicateSelected() {
    auto copies = selectedShapes();
    for (auto& copy : copies) copy.shape = moved(std::move(copy.shape), QPointF(pixels(12), pixels(12)));
    paste(copies);
}

void CanvasView::paste(const std::vector<CanvasShape>& shapes) {
    CanvasEdit edit{CanvasEdit::Kind::Paste, {}, {}};
    std::vector<QString> ids;
    for (CanvasShape copy : shapes) {
        auto inside = insidePicture(copy.shape, QSizeF(m_size));
        const bool otherMask = copy.shape.kind == ShapeKind::Mask && (copy.shape.mask.width != m_size.width() || copy.shape.mask.height != m_size.height());
        if (!inside || otherMask) continue;
        copy.shape = std::move(*inside);
        copy.id = newId();
        copy.proposed = copy.locked = false;
        ids.push_back(copy.id);
        edit.after.push_back(std::move(copy));
    }
    if (edit.after.empty()) {
        if (!shapes.empty()) emit failed(fail("annotation.nothing_pasted"));
        return;
    }
    commit(std::move(edit));
    select(std::move(ids));
}

void CanvasView::nudgeSelected(QPointF pixels) {
    CanvasEdit edit{CanvasEdit::Kind::Move, {}, {}};
    for (const auto& chosen : selectedShapes()) {
        if (chosen.locked || chosen.shape.kind == ShapeKind::Mask) continue;
        edit.before.push_back(chosen);
        edit.after.push_back(chosen);
        edit.after.back().shape = moved(chosen.shape, pixels);
    }
    if (!edit.after.empty()) commit(std::move(edit));
}

const PaintedShape* CanvasView::shapeAt(QPointF picture, bool preferSelected) const {
    const PaintedShape* best = nullptr;
    double smallest = 0;
    for (auto painted = m_shapes.rbegin(); painted != m_shapes.rend(); ++painted) {
        const auto& shape = painted->shape();
        if (shape.hidden || shape.locked || !isNear(*painted, picture, pixels(tolerance)) || !hits(shape.shape, picture, pixels(tolerance))) continue;
        if (preferSelected && std::find(m_selection.begin(), m_selection.end(), shape.id) != m_selection.end()) return &*painted;
        const double area = hitArea(shape.shape);
        if (best && area >= smallest) continue;
        best = &*painted;
        smallest = area;
    }
    return best;
}

QPointF CanvasView::snap(const CanvasPointer& pointer, const QString& except) const {
    if (!m_options.snapping || pointer.modifiers.testFlag(Qt::AltModifier)) return pointer.picture;
    std::vector<const AnnotationShape*> near;
    for (const auto& painted : m_shapes)
        if (painted.shape().id != except && !painted.shape().hidden && painted.shape().shape.kind != ShapeKind::Mask && isNear(painted, pointer.picture, pixels(tolerance))) near.push_back(&painted.shape().shape);
    return snapped(pointer.picture, near, QSizeF(m_size), pixels(tolerance));
}

bool CanvasView::add(AnnotationShape shape, CanvasEdit::Kind kind) {
    if (m_label.name.isEmpty()) {
        emit labelWanted();
        return false;
    }
    const double least = std::min(1.0, pixels(smallestShape));
    const QRectF drawn = boundsRect(shape);
    const bool meant = std::max(drawn.width(), drawn.height()) >= least || shape.kind == ShapeKind::Mask || shape.kind == ShapeKind::Points;
    auto inside = insidePicture(std::move(shape), QSizeF(m_size));
    if (!inside || isTooSmall(*inside, least)) {
        // A slip of the hand needs no words; what was drawn and is not there does.
        const QRectF left = inside ? boundsRect(*inside) : QRectF();
        const bool beside = !inside || left.right() <= 0 || left.bottom() <= 0 || left.left() >= m_size.width() || left.top() >= m_size.height();
        if (beside && meant) emit failed(fail("annotation.beside_picture"));
        return false;
    }
    inside->label = m_label.name.toStdString();
    CanvasEdit edit{kind, {}, {}};
    edit.after.push_back({newId(), std::move(*inside), m_label.colour, m_label.name, false, false, false, m_label.skeleton});
    const QString id = edit.after.back().id;
    commit(std::move(edit));
    select({id});
    return true;
}

void CanvasView::commit(CanvasEdit edit) {
    ++m_shapesVersion;
    m_preview.clear();
    std::erase_if(m_shapes, [&](const auto& painted) { return withId(edit.before, painted.shape().id) && !withId(edit.after, painted.shape().id); });
    for (const auto& shape : edit.after) {
        const auto there = std::find_if(m_shapes.begin(), m_shapes.end(), [&](const auto& painted) { return painted.shape().id == shape.id; });
        if (there == m_shapes.end())
            m_shapes.emplace_back(shape);
        else
            *there = PaintedShape(shape);
    }
    const auto count = m_selection.size();
    std::erase_if(m_selection, [this](const auto& id) { return painted(id) == nullptr; });
    update();
    if (m_selection.size() != count) emit selectionChanged();
    emit edited(edit);
}

void CanvasView::preview(std::vector<CanvasShape> shapes) {
    m_preview.clear();
    for (auto& shape : shapes) m_preview.emplace_back(std::move(shape));
    update();
}

void CanvasView::changed() {
    update();
    updateCursor();
    emit draftChanged();
}

}  // namespace lamina
