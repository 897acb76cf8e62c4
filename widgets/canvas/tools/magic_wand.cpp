// The tool that takes everything of about one colour around a click.
#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/tools/wand_search.h"

namespace lamina {

namespace magic_wand_tool_parts {

/// Press: the region is seen at once, as far as the screen shows it. Drag or wheel while pressed: more or fewer colours. Release: a polygon, with Ctrl a
/// mask. Pressed with Shift the selected shape grows, with Alt it shrinks.
class MagicWandTool : public CanvasTool {
public:
    using CanvasTool::CanvasTool;

    void press(const CanvasPointer& at) override;
    void move(const CanvasPointer& at, bool pressed) override;
    void release(const CanvasPointer& at) override;
    bool wheel(double notches, Qt::KeyboardModifiers modifiers) override;
    bool key(const QKeyEvent& event) override;
    void paint(QPainter& painter) const override;
    bool cancel() override;

private:
    enum class Stage { Nothing, Pressed, Released };

    static int& tolerance();
    bool begin(const CanvasPointer& at);
    void setTolerance(int tolerance);
    void look();
    void show(const PixelRegion& region);
    void answered();
    void finish();
    void drop();
    QColor colour() const { return m_target ? m_target->colour : view().label().colour; }

    Stage m_stage = Stage::Nothing;
    WandQuestion m_question;
    std::optional<CanvasShape> m_target;
    QPointF m_from, m_mouse;  ///< view
    int m_begunWith = 0;
    QImage m_seen;  ///< the region in its colour
    QRectF m_place;  ///< of m_seen in the picture
    std::unique_ptr<WandSearch> m_search;
};

/// Kept from one picture to the next.
int& MagicWandTool::tolerance() {
    static int value = 32;
    return value;
}

bool MagicWandTool::begin(const CanvasPointer& at) {
    const QSize shown = view().pictureSize();
    if (!view().picture() || view().picture()->isNull() || !QRectF(QPointF(), QSizeF(shown)).contains(at.picture)) return false;
    m_target.reset();
    const bool grows = at.modifiers.testFlag(Qt::ShiftModifier), shrinks = at.modifiers.testFlag(Qt::AltModifier);
    for (const auto& chosen : view().selectedShapes())
        if ((grows || shrinks) && !chosen.locked && !m_target && (chosen.shape.kind == ShapeKind::Mask || chosen.shape.kind == ShapeKind::Polygon)) m_target = chosen;
    if (shrinks && !m_target) return false;
    if (!m_target && view().label().name.isEmpty()) {
        emit view().labelWanted();
        return false;
    }
    const auto& pyramid = *view().picture();
    const QImage& level = pyramid.level(static_cast<int>(std::ceil(std::max(shown.width(), shown.height()) * std::min(1.0, view().zoom() * view().devicePixelRatioF()))));
    m_question = {level, pyramid.picture(), shown, {}, {}, m_target ? m_target->shape.kind == ShapeKind::Mask : at.modifiers.testFlag(Qt::ControlModifier), {}, shrinks};
    if (m_target) m_question.target = m_target->shape;
    m_question.seed = {static_cast<std::int64_t>(at.picture.x() * level.width() / shown.width()), static_cast<std::int64_t>(at.picture.y() * level.height() / shown.height())};
    m_question.range.colour = colourAround(pixelsOf(level), m_question.seed.x, m_question.seed.y);
    return true;
}

void MagicWandTool::press(const CanvasPointer& at) {
    if (m_stage == Stage::Released) finish();
    if (!begin(at)) return;
    m_stage = Stage::Pressed;
    m_from = m_mouse = at.view;
    m_begunWith = tolerance();
    look();
}

void MagicWandTool::look() {
    m_question.range.tolerance = tolerance();
    m_search = std::make_unique<WandSearch>([question = m_question](const CancelToken& cancel) { return answerOf(question, cancel); }, [this] { answered(); });
    const double x = static_cast<double>(m_question.level.width()) / m_question.shown.width(), y = static_cast<double>(m_question.level.height()) / m_question.shown.height();
    const QRectF seen = view().transform().toPicture(QRectF(view().rect()));
    const QRect part = QRectF(seen.x() * x, seen.y() * y, seen.width() * x, seen.height() * y).toAlignedRect();
    show(regionOfColour(pixelsOf(m_question.level), m_question.seed.x, m_question.seed.y, m_question.range, {part.x(), part.y(), part.width(), part.height()}));
}

void MagicWandTool::show(const PixelRegion& region) {
    QColor tint = colour();
    tint.setAlphaF(0.5F);
    const QRgb value = qPremultiply(tint.rgba());
    m_seen = QImage(static_cast<int>(region.width), static_cast<int>(region.height), QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < m_seen.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(m_seen.scanLine(y));
        const std::uint8_t* covered = region.covered.data() + y * region.width;
        for (int x = 0; x < m_seen.width(); ++x) line[x] = covered[x] ? value : 0;
    }
    const double x = static_cast<double>(m_question.shown.width()) / m_question.level.width(), y = static_cast<double>(m_question.shown.height()) / m_question.level.height();
    m_place = QRectF(static_cast<double>(region.left) * x, static_cast<double>(region.top) * y, static_cast<double>(region.width) * x, static_cast<double>(region.height) * y);
    view().update();
}

void MagicWandTool::setTolerance(int value) {
    value = std::clamp(value, 0, 255);
    if (value == tolerance()) return;
    tolerance() = value;
    if (m_stage == Stage::Pressed) look();
    view().update();
}

void MagicWandTool::move(const CanvasPointer& at, bool pressed) {
    m_mouse = at.view;
    if (!pressed || m_stage != Stage::Pressed) return;
    const QPointF by = at.view - m_from;
    if (std::hypot(by.x(), by.y()) < 4) return;  // a hand is never quite still
    setTolerance(m_begunWith + static_cast<int>(std::lround((by.x() - by.y()) / 4)));
    view().update();
}

bool MagicWandTool::wheel(double notches, Qt::KeyboardModifiers modifiers) {
    if (m_stage != Stage::Pressed && !modifiers.testFlag(Qt::ControlModifier)) return false;
    const int before = tolerance();
    setTolerance(before + static_cast<int>(std::lround(notches * 4)));
    m_begunWith += tolerance() - before;
    return true;
}

bool MagicWandTool::key(const QKeyEvent& event) {
    if (event.key() != Qt::Key_BracketLeft && event.key() != Qt::Key_BracketRight) return false;
    return wheel(event.key() == Qt::Key_BracketLeft ? -1 : 1, Qt::ControlModifier);
}

void MagicWandTool::release(const CanvasPointer&) {
    if (m_stage != Stage::Pressed) return;
    m_stage = Stage::Released;
    if (m_search->isDone()) finish();
}

void MagicWandTool::answered() {
    if (m_stage == Stage::Released) return finish();
    if (const auto& answer = m_search->wait()) show(answer->seen);
}

void MagicWandTool::finish() {
    const auto answer = m_search->wait();
    const auto target = m_target;
    drop();
    if (!answer) return;
    if (!target) {
        if (answer->shape) view().add(*answer->shape, answer->shape->kind == ShapeKind::Mask ? CanvasEdit::Kind::Paint : CanvasEdit::Kind::Draw);
        return;
    }
    CanvasEdit edit{CanvasEdit::Kind::Reshape, {*target}, {}};
    if (answer->shape) {
        edit.after = {*target};
        edit.after[0].shape = *answer->shape;
    }
    view().commit(std::move(edit));
}

void MagicWandTool::drop() {
    m_stage = Stage::Nothing;
    m_search.reset();
    m_seen = {};
    m_question = {};
    view().update();
}

/// A finished gesture is kept, also where its shape is still looked for.
bool MagicWandTool::cancel() {
    if (m_stage == Stage::Nothing) return false;
    if (m_stage == Stage::Released)
        finish();
    else
        drop();
    return true;
}

void MagicWandTool::paint(QPainter& painter) const {
    if (!m_seen.isNull()) painter.drawImage(view().transform().toView(m_place), m_seen);
    if (m_stage != Stage::Pressed) return;
    const QString said = QCoreApplication::translate("CanvasTool", "Tolerance %1").arg(tolerance());
    const QRectF ground = QRectF(painter.fontMetrics().boundingRect(said)).adjusted(-8, -4, 8, 4);
    const QRectF place(m_mouse + QPointF(16, 12), ground.size());
    painter.fillRect(place, QColor(0, 0, 0, 170));
    painter.setPen(Qt::white);
    painter.drawText(place, Qt::AlignCenter, said);
}

}  // namespace magic_wand_tool_parts

const CanvasToolType& magic_wand_tool() {
    static const CanvasToolType type{
        "magic_wand", "magic_wand", QT_TRANSLATE_NOOP("CanvasTool", "Magic wand"),
        QT_TRANSLATE_NOOP("CanvasTool", "Click to take what has about one colour; drag to the right, or turn the wheel meanwhile, to take more. Ctrl makes a mask; with Shift the selected shape grows, with Alt it shrinks."), "Q", ShapeKind::Polygon,
        [](CanvasView& view) -> std::unique_ptr<CanvasTool> { return std::make_unique<magic_wand_tool_parts::MagicWandTool>(view); }};
    return type;
}

}  // namespace lamina
