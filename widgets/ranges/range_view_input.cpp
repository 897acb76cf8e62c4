// Mouse and keys of the range view.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "widgets/ranges/range_view.h"

namespace lamina {

namespace {

constexpr double edgeReach = 5, zoomStep = 1.25;

}  // namespace

/// The shortest one there: what lies within another can be reached.
const RangeMark* RangeView::rangeAt(double x) const {
    const double step = stepAt(x);
    const RangeMark* best = nullptr;
    for (const auto& each : m_ranges) {
        if (step < static_cast<double>(each.first) - 0.5 || step > static_cast<double>(each.last) + 0.5) continue;
        if (!best || each.last - each.first < best->last - best->first) best = &each;
    }
    return best;
}

/// Of the selected stretch before others.
std::optional<RangeView::Edge> RangeView::edgeAt(double x) const {
    std::optional<Edge> found;
    for (const auto& each : m_ranges) {
        const bool chosen = each.id == m_selected;
        if (found && !chosen) continue;
        const double left = std::abs(placeOf(static_cast<double>(each.first) - 0.5).x() - x), right = std::abs(placeOf(static_cast<double>(each.last) + 0.5).x() - x);
        if (std::min(left, right) <= edgeReach) found = Edge{each.id, left < right};
    }
    return found;
}

void RangeView::mousePressEvent(QMouseEvent* event) {
    m_pressedAt = event->position().x();
    if (event->button() == Qt::MiddleButton) {
        m_panning = true;
        return;
    }
    if (event->button() != Qt::LeftButton || m_steps == 0) return;
    m_dragged = m_readOnly ? std::nullopt : edgeAt(m_pressedAt);
    if (m_dragged) {
        select(m_dragged->id);
        m_before = *range(m_dragged->id);
        return;
    }
    m_marking = true;
    m_anchor = m_caret = nearestStep(m_pressedAt);
    update();
}

void RangeView::mouseMoveEvent(QMouseEvent* event) {
    const double x = event->position().x();
    if (m_panning) {
        pan(stepAt(m_pressedAt) - stepAt(x));
        m_pressedAt = x;
    } else if (m_dragged) {
        auto moved = m_before;
        if (m_dragged->begin) moved.first = std::min(nearestStep(x), moved.last);
        else moved.last = std::max(nearestStep(x), moved.first);
        auto shown = m_ranges;
        for (auto& each : shown)
            if (each.id == moved.id) each = moved;
        setRanges(std::move(shown));
    } else if (m_marking) {
        m_caret = nearestStep(x);
        update();
    } else {
        setCursor(!m_readOnly && edgeAt(x) ? Qt::SizeHorCursor : Qt::CrossCursor);
    }
}

/// A drag marks at once where a class is chosen; a click selects.
void RangeView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::MiddleButton) m_panning = false;
    if (event->button() != Qt::LeftButton) return;
    if (m_dragged) {
        m_dragged.reset();
        const auto* now = range(m_before.id);
        if (now && *now != m_before) commit({{m_before}, {*now}});
        return;
    }
    if (!std::exchange(m_marking, false)) return;
    if (hasSelection()) return markSelection();
    const auto* under = rangeAt(event->position().x());
    const auto caret = m_caret;
    select(under ? under->id : QString());
    m_anchor = m_caret = caret;
    update();
}

void RangeView::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(turned.x()) > std::abs(turned.y())) {
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        pan(-(m_last - m_first) * by / 1200.0);
    } else {
        zoom(std::pow(zoomStep, turned.y() / 120.0), stepAt(event->position().x()));
    }
    event->accept();
}

bool RangeView::isOwnKey(const QKeyEvent& event) const {
    if (!m_ownKeys && event.modifiers().testFlag(Qt::AltModifier)) return false;
    switch (event.key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Home:
        case Qt::Key_End: return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
        case Qt::Key_F:
        case Qt::Key_Plus:
        case Qt::Key_Equal:
        case Qt::Key_Minus: return m_ownKeys && !event.modifiers().testFlag(Qt::ControlModifier);
        case Qt::Key_Escape: return !m_selected.isEmpty() || hasSelection();
        default: return false;
    }
}

bool RangeView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isOwnKey(m_keys.heard(*static_cast<QKeyEvent*>(event)))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (m_ownKeys && (key == Qt::Key_Tab || key == Qt::Key_Backtab) && !m_ranges.empty()) {
            selectNext(key == Qt::Key_Tab ? 1 : -1);
            return true;
        }
    }
    return QWidget::event(event);
}

bool RangeView::handleKey(const QKeyEvent& event) {
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier), control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool back = event.key() == Qt::Key_Left;
    const bool way = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right || event.key() == Qt::Key_Home || event.key() == Qt::Key_End || event.key() == Qt::Key_Escape ||
                     event.key() == Qt::Key_Backspace;
    if (!m_ownKeys && !way) return false;
    switch (event.key()) {
        case Qt::Key_Left:
        case Qt::Key_Right: {
            if (event.modifiers().testFlag(Qt::AltModifier)) {
                moveEdge(back ? -1 : 1, shift);
                return true;
            }
            const auto by = control ? 1 : std::max<std::int64_t>(1, std::llround((m_last - m_first) / 100));
            setCaret(m_caret + (back ? -by : by), shift);
            return true;
        }
        case Qt::Key_Home: setCaret(0, shift); return true;
        case Qt::Key_End: setCaret(m_steps - 1, shift); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: markSelection(); return true;
        case Qt::Key_Delete:
        case Qt::Key_Backspace: removeSelected(); return true;
        case Qt::Key_F: showAll(); return true;
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoomIn(true); return true;
        case Qt::Key_Minus: zoomIn(false); return true;
        case Qt::Key_Escape:
            m_anchor = m_caret;
            select({});
            update();
            return true;
        default: return false;
    }
}

void RangeView::zoomIn(bool in) { zoom(in ? zoomStep : 1 / zoomStep, static_cast<double>(m_caret)); }

void RangeView::keyPressEvent(QKeyEvent* event) {
    if (m_steps > 0 && handleKey(m_keys.heard(*event))) event->accept();
    else event->ignore();
}

}  // namespace lamina
