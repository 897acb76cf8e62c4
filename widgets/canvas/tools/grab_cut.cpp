// The tool that cuts an object out of its surroundings.
#include <QCoreApplication>
#include <QLineF>

#include <algorithm>
#include <cmath>

#include "core/annotation/grab_cut.h"
#include "core/annotation/mask_outline.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/tools/wand_search.h"

namespace lamina {

namespace grab_cut_tool_parts {

using Found = Result<std::optional<AnnotationShape>>;

/// Drag (or click twice): a box around the object, which is then shown; with Ctrl held it becomes a mask. Strokes over it: this belongs to it too; with Alt
/// or the right button: this does not. Backspace: the last stroke goes, then the box. Enter or Space takes it, Esc drops it.
class GrabCutTool : public CanvasTool {
public:
    using CanvasTool::CanvasTool;

    void press(const CanvasPointer& at) override;
    void move(const CanvasPointer& at, bool pressed) override;
    void release(const CanvasPointer& at) override;
    bool doubleClick(const CanvasPointer& at) override;
    bool key(const QKeyEvent& event) override;
    bool wheel(double notches, Qt::KeyboardModifiers modifiers) override;
    void paint(QPainter& painter) const override;
    std::optional<AnnotationShape> draft() const override;
    void restore(const AnnotationShape& draft) override;
    bool cancel() override;
    bool accept() override;
    QCursor cursor() const override { return m_stage == Stage::Boxed ? Qt::BlankCursor : Qt::CrossCursor; }
    bool takesRightButton() const override { return m_stage == Stage::Boxed; }

private:
    enum class Stage { Nothing, Boxing, Boxed };

    static double& strokeWidth();
    QRectF box() const { return QRectF(m_first, m_second).normalized(); }
    void begin(const CanvasPointer& at);
    void closeBox(const CanvasPointer& at);
    void look();
    void answered();
    void takeBack();
    void paintStrokes(QPainter& painter) const;
    void say(QPainter& painter) const;

    Stage m_stage = Stage::Nothing;
    bool m_clicked = false;  ///< the first corner was set by a click, the mouse is not held
    bool m_stroking = false, m_asMask = false;
    bool m_accepted = false;  ///< as soon as the answer is there
    QPointF m_first, m_second, m_pressedAt;
    std::optional<QPointF> m_mouse;  ///< picture
    std::vector<GrabCutStroke> m_strokes;
    std::optional<PaintedShape> m_found;
    bool m_nothing = false;  ///< the newest answer
    std::unique_ptr<BackgroundSearch<Found>> m_search;
};

/// On the screen; kept from one object to the next.
double& GrabCutTool::strokeWidth() {
    static double pixels = 10;
    return pixels;
}

Found shapeInBox(const QImage& picture, const GrabCutQuestion& question, bool asMask, const CancelToken& cancel) {
    LAMINA_TRY(const auto region, objectInBox(pixelsOf(picture), question, cancel));
    const double enlarged = std::max(1.0, 1.3 * static_cast<double>(std::max(question.box.width, question.box.height)) / static_cast<double>(question.edge));
    const auto covered = std::count(region.covered.begin(), region.covered.end(), 1);
    const double coarse = std::max({1.0, enlarged / 2, 0.004 * static_cast<double>(std::max(region.width, region.height))});  // fur would have a corner for each hair
    // Grains beside the object, which nobody would draw.
    auto outline = outlineOfRegion(region, {asMask ? 0 : coarse, std::max(8.0, static_cast<double>(covered) * 0.004)});
    if (outline.parts.empty()) return std::optional<AnnotationShape>();
    AnnotationShape shape;
    shape.kind = asMask ? ShapeKind::Mask : ShapeKind::Polygon;
    if (asMask) {
        shape.mask = rasterise(outline.parts, picture.width(), picture.height());
    } else {
        shape.parts = std::move(outline.parts);
        shape.holes = std::move(outline.holes);
    }
    return std::optional(std::move(shape));
}

void GrabCutTool::begin(const CanvasPointer& at) {
    if (!view().picture() || at.right) return;
    if (view().label().name.isEmpty()) {
        emit view().labelWanted();
        return;
    }
    m_stage = Stage::Boxing;
    m_first = m_second = view().snap(at);
}

void GrabCutTool::press(const CanvasPointer& at) {
    m_mouse = at.picture;
    m_pressedAt = at.view;
    if (m_stage == Stage::Nothing) {
        begin(at);
    } else if (m_stage == Stage::Boxing) {
        m_second = view().snap(at);
    } else {
        const bool object = !at.right && !at.modifiers.testFlag(Qt::AltModifier);
        m_strokes.push_back({{{at.picture.x(), at.picture.y()}}, view().pixels(strokeWidth()) / 2, object});
        m_stroking = true;
        m_accepted = false;
    }
    view().changed();
}

void GrabCutTool::move(const CanvasPointer& at, bool pressed) {
    m_mouse = at.picture;
    if (m_stage == Stage::Boxing) {
        m_second = view().snap(at);
        return view().changed();
    }
    if (m_stage == Stage::Nothing) return;
    if (pressed && m_stroking) {
        auto& stroke = m_strokes.back();
        if (QLineF(QPointF(stroke.points.back().x, stroke.points.back().y), at.picture).length() >= stroke.radius / 2) stroke.points.push_back({at.picture.x(), at.picture.y()});
    } else if (!m_search && !m_found && !m_nothing) {
        look();  // what was begun earlier: its picture is sharp now
    }
    view().update();
}

void GrabCutTool::release(const CanvasPointer& at) {
    if (m_stage == Stage::Boxing) {
        const bool click = QLineF(at.view, m_pressedAt).length() < 4;
        if (click && !m_clicked) {
            m_clicked = true;
            return;
        }
        return closeBox(at);
    }
    if (!m_stroking) return;
    m_stroking = false;
    look();
}

/// A second stroke that follows quickly is a stroke, too.
bool GrabCutTool::doubleClick(const CanvasPointer& at) {
    if (m_stage != Stage::Boxed) return false;
    press(at);
    return true;
}

void GrabCutTool::closeBox(const CanvasPointer& at) {
    m_clicked = false;
    m_second = view().snap(at);
    const QRectF inside = box().intersected(QRectF(QPointF(), QSizeF(view().pictureSize())));
    if (inside.width() < std::max(2.0, view().pixels(4)) || inside.height() < std::max(2.0, view().pixels(4))) {
        const bool beside = inside.isEmpty() && std::max(box().width(), box().height()) > view().pixels(4);
        cancel();
        if (beside) emit view().failed(fail("annotation.beside_picture"));
        return;
    }
    m_first = inside.topLeft();
    m_second = inside.bottomRight();
    m_asMask = at.modifiers.testFlag(Qt::ControlModifier);
    m_stage = Stage::Boxed;
    look();
}

void GrabCutTool::look() {
    m_search.reset();
    m_nothing = false;
    if (const auto* pyramid = view().picture(); pyramid && !pyramid->isNull()) {
        const QRect pixels = box().toAlignedRect();
        GrabCutQuestion question;
        question.box = {pixels.x(), pixels.y(), pixels.width(), pixels.height()};
        question.strokes = m_strokes;
        m_search = std::make_unique<BackgroundSearch<Found>>(
            [picture = pyramid->picture(), question, asMask = m_asMask](const CancelToken& cancel) { return shapeInBox(picture, question, asMask, cancel); }, [this] { answered(); });
    }
    view().changed();
}

void GrabCutTool::answered() {
    const Found found = m_search->wait();
    m_search.reset();
    if (!found) {
        const Error error = found.error();
        cancel();
        emit view().failed(error);
        return;
    }
    m_found.reset();
    m_nothing = !*found;
    if (*found) m_found.emplace(CanvasShape{{}, **found, view().label().colour, {}, false, false, false});
    view().changed();
    if (m_accepted) accept();
}

/// What is taken is what is seen: an answer that is on its way comes first.
bool GrabCutTool::accept() {
    if (m_stage != Stage::Boxed) return false;
    m_accepted = m_search != nullptr;
    if (m_accepted || !m_found) return true;
    const AnnotationShape shape = m_found->shape().shape;
    cancel();
    view().add(shape, shape.kind == ShapeKind::Mask ? CanvasEdit::Kind::Paint : CanvasEdit::Kind::Draw);
    return true;
}

void GrabCutTool::takeBack() {
    if (m_stage != Stage::Boxed || m_strokes.empty()) {
        cancel();
        return;
    }
    m_strokes.pop_back();
    m_stroking = m_accepted = false;
    look();
}

bool GrabCutTool::key(const QKeyEvent& event) {
    if (event.key() == Qt::Key_BracketLeft || event.key() == Qt::Key_BracketRight) return wheel(event.key() == Qt::Key_BracketLeft ? -1 : 1, Qt::ControlModifier);
    if (m_stage == Stage::Nothing) return false;
    if ((event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) && !event.modifiers().testFlag(Qt::ControlModifier)) return accept();
    const bool undoes = event.key() == Qt::Key_Z && event.modifiers() == Qt::ControlModifier;
    if (event.key() != Qt::Key_Backspace && !undoes) return false;
    takeBack();
    return true;
}

bool GrabCutTool::wheel(double notches, Qt::KeyboardModifiers modifiers) {
    if (!modifiers.testFlag(Qt::ControlModifier)) return false;
    strokeWidth() = std::clamp(strokeWidth() * std::pow(1.25, notches), 3.0, 200.0);
    view().update();
    return true;
}

bool GrabCutTool::cancel() {
    const bool begun = m_stage != Stage::Nothing;
    m_stage = Stage::Nothing;
    m_clicked = m_stroking = m_accepted = m_nothing = false;
    m_strokes.clear();
    m_found.reset();
    m_search.reset();
    if (begun) view().changed();
    return begun;
}

/// The box, then the strokes; `visibility` says of each whether it is the object's, `rotation` how wide the last one was.
std::optional<AnnotationShape> GrabCutTool::draft() const {
    if (m_stage == Stage::Nothing) return {};
    AnnotationShape draft = boxShape({}, m_first.x(), m_first.y(), m_second.x(), m_second.y());
    draft.attributes["mask"] = m_asMask ? "1" : "0";
    for (const auto& stroke : m_strokes) {
        draft.parts.push_back(stroke.points);
        draft.visibility.push_back(stroke.object ? 1 : 0);
        draft.rotation = stroke.radius;
    }
    return draft;
}

void GrabCutTool::restore(const AnnotationShape& draft) {
    if (draft.kind != ShapeKind::Box || draft.parts.empty() || draft.parts[0].size() != 2 || draft.visibility.size() + 1 != draft.parts.size()) return;
    cancel();
    m_first = QPointF(draft.parts[0][0].x, draft.parts[0][0].y);
    m_second = QPointF(draft.parts[0][1].x, draft.parts[0][1].y);
    if (box().isEmpty()) return;
    const auto mask = draft.attributes.find("mask");
    m_asMask = mask != draft.attributes.end() && mask->second == "1";
    for (std::size_t i = 1; i < draft.parts.size(); ++i)
        if (!draft.parts[i].empty()) m_strokes.push_back({draft.parts[i], std::clamp(draft.rotation, 0.5, 10'000.0), draft.visibility[i - 1] != 0});
    m_stage = Stage::Boxed;
    look();
}

void GrabCutTool::paintStrokes(QPainter& painter) const {
    for (const auto& stroke : m_strokes) {
        QPolygonF line;
        for (const auto& point : stroke.points) line << view().transform().toView(QPointF(point.x, point.y));
        if (line.size() == 1) line << line.front() + QPointF(0.01, 0);
        QColor colour = stroke.object ? view().label().colour : QColor(0, 0, 0);
        colour.setAlpha(150);
        for (const auto& [ink, width] : {std::pair(colour, std::max(3.0, 2 * stroke.radius * view().zoom())), std::pair(QColor(Qt::white), 1.2)}) {
            painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPolyline(line);
        }
    }
}

/// What is happening, or what can be done, under the box.
void GrabCutTool::say(QPainter& painter) const {
    const char* text = m_search ? QT_TRANSLATE_NOOP("CanvasTool", "Looking for the object …")
                       : m_nothing ? QT_TRANSLATE_NOOP("CanvasTool", "Nothing found: stroke over the object, or %1")
                                   : QT_TRANSLATE_NOOP("CanvasTool", "%1 takes it · stroke: more · Alt or right button: less");
    QString said = QCoreApplication::translate("CanvasTool", text);
    if (!m_search) said = said.arg(view().keyMap().textOf(m_nothing ? Qt::Key_Escape : Qt::Key_Return));
    const QRectF frame = view().transform().toView(box());
    QRectF place = QRectF(painter.fontMetrics().boundingRect(said)).adjusted(-8, -4, 8, 4);
    place.moveTopLeft(QPointF(std::clamp(frame.left(), 4.0, std::max(4.0, view().width() - place.width() - 4.0)),
                              std::clamp(frame.bottom() + 8, 4.0, std::max(4.0, view().height() - place.height() - 4.0))));
    painter.fillRect(place, QColor(0, 0, 0, 170));
    painter.setPen(Qt::white);
    painter.drawText(place, Qt::AlignCenter, said);
}

void GrabCutTool::paint(QPainter& painter) const {
    if (m_stage == Stage::Nothing) return;
    if (m_found) m_found->paint(painter, view().transform(), {false, false, false, false, 0.5});
    const QRectF frame = view().transform().toView(box());
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, style] : {std::pair(QColor(0, 0, 0, 150), Qt::SolidLine), std::pair(QColor(255, 255, 255), Qt::DashLine)}) {
        painter.setPen(QPen(colour, 1.4, style));
        painter.drawRect(frame);
    }
    if (m_stage != Stage::Boxed) return;
    paintStrokes(painter);
    say(painter);
    if (!m_mouse) return;
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, width] : {std::pair(QColor(0, 0, 0), 2.5), std::pair(QColor(Qt::white), 1.2)}) {
        painter.setPen(QPen(colour, width));
        painter.drawEllipse(view().transform().toView(*m_mouse), strokeWidth() / 2, strokeWidth() / 2);
    }
}

}  // namespace grab_cut_tool_parts

const CanvasToolType& grab_cut_tool() {
    static const CanvasToolType type{
        "grab_cut", "grab_cut", QT_TRANSLATE_NOOP("CanvasTool", "Cut out"),
        QT_TRANSLATE_NOOP("CanvasTool", "Draw a box around an object: its outline is found (GrabCut). Strokes add to it, with Alt or the right button they take away; {finish} or {accept} takes it, {drop} drops it. Ctrl while the box is drawn makes a mask."), "M", ShapeKind::Polygon,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<grab_cut_tool_parts::GrabCutTool>(view); }};
    return type;
}

}  // namespace lamina
