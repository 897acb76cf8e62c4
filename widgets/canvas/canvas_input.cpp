// Mouse and keys of the canvas: looking around is the view's, everything else goes to the tool.
#include <QDeadlineTimer>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "widgets/canvas/canvas_view.h"

namespace lamina {

namespace {

constexpr int tapMilliseconds = 200;
constexpr int repeatMilliseconds = 20;  // between the release and the press of a key that repeats: a finger takes longer

/// Of the window system, which is right also where events waited; else now.
qint64 timeOf(const QKeyEvent& event) { return event.timestamp() != 0 ? static_cast<qint64>(event.timestamp()) : QDeadlineTimer::current().deadline(); }

/// Alone or with Shift: with another key held it is not the canvas's.
QPointF arrow(const QKeyEvent& event) {
    if ((event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != Qt::NoModifier) return {};
    switch (event.key()) {
        case Qt::Key_Left: return {-1, 0};
        case Qt::Key_Right: return {1, 0};
        case Qt::Key_Up: return {0, -1};
        case Qt::Key_Down: return {0, 1};
        default: return {};
    }
}

}  // namespace

CanvasPointer CanvasView::pointer(const QPointF& view, Qt::KeyboardModifiers modifiers) const {
    return {view, m_transform.toPicture(view), modifiers, m_drawsRight};
}

bool CanvasView::isDrawnWith(Qt::MouseButton button) const { return button == Qt::LeftButton || (button == Qt::RightButton && m_tool->takesRightButton()); }

/// While something is half drawn, its keys are the tool's: Ctrl+Z takes a point back rather than an edit of the project.
bool CanvasView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && needsKey(m_keys.heard(static_cast<const QKeyEvent&>(*event)))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool CanvasView::needsKey(const QKeyEvent& key) const {
    if (!m_selection.empty() && !arrow(key).isNull()) return true;  // they move what is selected
    if (!m_selection.empty() && key.key() == Qt::Key_Escape && !m_ownKeys) return true;
    if (m_tool->needsKey(key)) return true;
    if (!m_tool->draft()) return false;
    if (key.key() == Qt::Key_Z && key.modifiers() == Qt::ControlModifier) return true;
    const auto own = {Qt::Key_X, Qt::Key_Backspace, Qt::Key_Return, Qt::Key_Enter, Qt::Key_Escape};
    return !key.modifiers() && std::find(own.begin(), own.end(), key.key()) != own.end();
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    m_mouse = event->position();
    if (event->button() == Qt::MiddleButton || (m_space && event->button() == Qt::LeftButton)) {
        m_panFrom = event->position();
        m_spaceUsed = true;
        updateCursor();
        return;
    }
    if (m_drawing || !isDrawnWith(event->button()) || m_size.isEmpty() || (event->button() == Qt::LeftButton && mapPress(event->position()))) return;
    m_drawing = true;
    m_drawsRight = event->button() == Qt::RightButton;
    m_tool->press(pointer(event->position(), event->modifiers()));
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    m_mouse = event->position();
    const auto at = pointer(event->position(), event->modifiers());
    if (m_onMap) {
        mapPress(event->position());
    } else if (m_panFrom) {
        m_fitted = false;
        m_transform.moveBy(event->position() - *m_panFrom);
        m_panFrom = event->position();
        transformed();
    } else if (!m_size.isEmpty()) {
        m_tool->move(at, m_drawing);
        hover(at);
    }
    if (m_options.crosshair || m_options.magnifier) update();
    emit mouseAt(at.picture);
}

void CanvasView::hover(const CanvasPointer& at) {
    const auto* under = m_drawing || m_toolType != canvasTools().front() ? nullptr : shapeAt(at.picture, true);
    const QString id = under ? under->shape().id : QString();
    if (id == m_hovered) return;
    m_hovered = id;
    update();
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (m_onMap && event->button() == Qt::LeftButton) {
        m_onMap = false;
        return;
    }
    if (m_panFrom && (event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton)) return endPan();
    if (!m_drawing || event->button() != (m_drawsRight ? Qt::RightButton : Qt::LeftButton)) return;
    m_drawing = false;
    m_tool->release(pointer(event->position(), event->modifiers()));
    m_drawsRight = false;
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (m_drawing || !isDrawnWith(event->button()) || m_space || m_size.isEmpty() || (event->button() == Qt::LeftButton && mapPress(event->position()))) return;
    m_mouse = event->position();
    m_drawsRight = event->button() == Qt::RightButton;
    m_drawing = m_tool->doubleClick(pointer(event->position(), event->modifiers()));
    m_drawsRight = m_drawsRight && m_drawing;
}

void CanvasView::wheelEvent(QWheelEvent* event) {
    event->accept();
    const QPoint turned = event->angleDelta();
    if (turned.y() != 0 && m_tool->wheel(turned.y() / 120.0, event->modifiers())) return;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_fitted = false;
        m_transform.moveBy(QPointF(turned.y() != 0 ? turned.y() : turned.x(), 0) / 2.0);
        return transformed();
    }
    if (turned.y() != 0) setZoom(zoom() * std::pow(1.25, turned.y() / 120.0), event->position());
}

void CanvasView::endPan() {
    m_panFrom.reset();
    updateCursor();
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == m_acceptKey && !event->modifiers()) {
        if (!event->isAutoRepeat()) pressAccept(*event);
        return;
    }
    const QKeyEvent heard = m_keys.heard(*event);
    if (m_tool->key(heard) || viewKey(heard)) return event->accept();
    QWidget::keyPressEvent(event);
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != m_acceptKey || event->isAutoRepeat() || !m_space) return QWidget::keyReleaseEvent(event);
    releaseAccept(*event);
}

/// A busy machine does not always know that a key repeats: what is pressed again at once was held all the time.
void CanvasView::pressAccept(const QKeyEvent& event) {
    const qint64 time = timeOf(event);
    const bool goesOn = event.timestamp() != 0 && m_spaceReleased && time - *m_spaceReleased < repeatMilliseconds;
    m_space = true;
    if (!goesOn) {
        m_spaceUsed = false;
        m_spacePressed = time;
    } else if (m_pannedAtRelease && m_mouse && QGuiApplication::mouseButtons().testFlag(Qt::LeftButton)) {
        m_panFrom = m_mouse;
    }
    updateCursor();
}

void CanvasView::releaseAccept(const QKeyEvent& event) {
    const qint64 time = timeOf(event);
    m_space = false;
    m_spaceReleased = time;
    const bool tapped = !m_spaceUsed && m_spacePressed && time - *m_spacePressed < tapMilliseconds;
    m_pannedAtRelease = m_panFrom.has_value();
    if (m_panFrom) endPan();
    updateCursor();
    if (tapped && !m_drawing && !m_tool->accept()) emit accepted();
}

bool CanvasView::viewKey(const QKeyEvent& event) {
    const QPointF along = arrow(event);
    if (!along.isNull() && !m_selection.empty()) {
        nudgeSelected(along * (event.modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1));
        return true;
    }
    switch (event.key()) {
        case Qt::Key_Escape:
            if (m_tool->cancel()) return true;
            if (m_selection.empty()) return false;
            select({});
            return true;
        default: return m_ownKeys && ownKey(event);
    }
}

bool CanvasView::ownKey(const QKeyEvent& event) {
    switch (event.key()) {
        case Qt::Key_Delete:
            if (m_selection.empty()) return false;
            removeSelected();
            return true;
        case Qt::Key_D:
            if (!event.modifiers().testFlag(Qt::ControlModifier) || m_selection.empty()) return false;
            duplicateSelected();
            return true;
        case Qt::Key_Tab: selectNext(1); return true;
        case Qt::Key_Backtab: selectNext(-1); return true;
        default: return false;
    }
}

void CanvasView::leaveEvent(QEvent*) {
    m_mouse.reset();
    m_hovered.clear();
    update();
}

/// A Space that is released in another window would otherwise be held for ever.
void CanvasView::focusOutEvent(QFocusEvent* event) {
    m_space = false;
    endPan();
    QWidget::focusOutEvent(event);
}

void CanvasView::updateCursor() {
    if (m_panFrom)
        setCursor(Qt::ClosedHandCursor);
    else if (m_space)
        setCursor(Qt::OpenHandCursor);
    else
        setCursor(m_tool->cursor());
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_fitted) return fit();
    transformed();
}

}  // namespace lamina
