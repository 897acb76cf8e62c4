// Mouse and keys of the text view.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

#include "widgets/spans/span_view.h"

namespace lamina {

/// Keys of the view are not shortcuts of the window, but Space: whoever accepts with another key says so.
bool SpanView::isOwnKey(const QKeyEvent& event) const {
    if (!m_ownKeys && event.modifiers().testFlag(Qt::AltModifier)) return false;
    switch (event.key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown: return !m_text.isEmpty();
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
        case Qt::Key_E:
        case Qt::Key_R: return m_ownKeys && !event.modifiers().testFlag(Qt::ControlModifier);
        case Qt::Key_Escape: return !m_relationFrom.isEmpty() || !m_selected.isEmpty() || hasSelection();
        default: return false;
    }
}

/// Tab goes from span to span.
bool SpanView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isOwnKey(m_keys.heard(*static_cast<QKeyEvent*>(event)))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        auto& key = static_cast<QKeyEvent&>(*event);
        const bool forward = key.key() == Qt::Key_Tab, back = key.key() == Qt::Key_Backtab;
        if (m_ownKeys && (forward || back) && !m_spans.empty() && !key.modifiers().testFlag(Qt::ControlModifier)) {
            selectNext(forward ? 1 : -1);
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

/// In the lanes below a line the span of the lane; in the text the shortest one there.
const SpanMark* SpanView::spanAt(QPointF text) {
    const auto lines = m_layout.lines(text.y(), text.y());
    const SpanMark* best = nullptr;
    for (const auto* line : lines) {
        if (text.y() < line->top || text.y() >= line->top + line->height) continue;
        const double below = text.y() - line->top - line->textHeight;
        const int lane = below < 0 ? -1 : static_cast<int>(below / m_layout.laneHeight());
        for (const std::size_t i : m_layout.spansIn(line->begin, line->end)) {
            const auto strips = SpanLayout::strips({line}, m_shown[i].begin, m_shown[i].end);
            if (strips.empty() || text.x() < strips[0].left - 1 || text.x() > strips[0].right + 1 || (lane >= 0 && m_lanes[i] != lane)) continue;
            if (!best || m_shown[i].end - m_shown[i].begin < best->end - best->begin) best = &m_shown[i];
        }
    }
    return best;
}

void SpanView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_text.isEmpty()) return;
    m_pressed = m_layout.placeAt(toText(event->position()));
    m_moved = false;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) return setCaret(m_pressed, true);
    m_anchor = m_caret = m_pressed;
    viewport()->update();
}

void SpanView::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed < 0 || !event->buttons().testFlag(Qt::LeftButton)) return;
    const int place = m_layout.placeAt(toText(event->position()));
    if (!m_moved && place == m_pressed) return;
    m_moved = true;
    m_anchor = m_pressed;
    m_caret = place;
    if (!event->modifiers().testFlag(Qt::AltModifier)) {
        const auto [low, high] = std::minmax(m_pressed, place);
        const int begin = isWordUnit(low) ? wordAt(low).first : low, last = std::max(high - 1, low);
        const int end = std::max(isWordUnit(last) ? wordAt(last).second : last + 1, begin);
        m_anchor = place < m_pressed ? end : begin;
        m_caret = place < m_pressed ? begin : end;
    }
    auto* bar = verticalScrollBar();
    if (event->position().y() < 0) bar->setValue(bar->value() - bar->singleStep());
    if (event->position().y() > viewport()->height()) bar->setValue(bar->value() + bar->singleStep());
    viewport()->update();
}

/// What was dragged over is marked at once where a class is chosen; a click selects.
void SpanView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_pressed < 0) return;
    m_pressed = -1;
    emit selectionChanged();
    if (m_moved && hasSelection()) return markSelection();
    if (hasSelection()) return;  // Shift and a click
    const auto* under = spanAt(toText(event->position()));
    if (under && under->proposed && !span(under->id)) {
        const auto found = std::find_if(m_suggestions.begin(), m_suggestions.end(), [&](const auto& each) { return each.id == under->id; });
        if (found != m_suggestions.end()) return take({*found});
    }
    const int caret = m_caret;
    select(under ? under->id : QString());
    m_anchor = m_caret = caret;
}

void SpanView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_text.isEmpty()) return;
    const auto [begin, end] = wordAt(m_layout.placeAt(toText(event->position())));
    m_anchor = begin;
    m_caret = end;
    markSelection();
}

bool SpanView::moveKey(const QKeyEvent& event) {
    const bool extend = event.modifiers().testFlag(Qt::ShiftModifier), control = event.modifiers().testFlag(Qt::ControlModifier);
    const auto line = [this](double by) {
        const SpanLine& now = m_layout.lineOf(m_caret);
        const double x = SpanLayout::xOf(now, m_caret), y = by < 0 ? now.top + by : now.top + now.height + by - 1;
        return m_layout.placeAt(QPointF(x, std::max(0.0, y)));
    };
    switch (event.key()) {
        case Qt::Key_Left: setCaret(nextBoundary(m_caret, -1, control), extend); return true;
        case Qt::Key_Right: setCaret(nextBoundary(m_caret, 1, control), extend); return true;
        case Qt::Key_Up: setCaret(line(-2), extend); return true;
        case Qt::Key_Down: setCaret(line(2), extend); return true;
        case Qt::Key_PageUp: setCaret(line(-viewport()->height()), extend); return true;
        case Qt::Key_PageDown: setCaret(line(viewport()->height()), extend); return true;
        case Qt::Key_Home: setCaret(control ? 0 : m_layout.lineOf(m_caret).begin, extend); return true;
        case Qt::Key_End: {
            const SpanLine& now = m_layout.lineOf(m_caret);
            // A soft break belongs to the next line: the caret stays before the blank at its end.
            const bool soft = now.end < m_text.size() && m_text[now.end] != QLatin1Char('\n');
            setCaret(control ? static_cast<int>(m_text.size()) : soft ? now.end - 1 : now.end, extend);
            return true;
        }
        default: return false;
    }
}

bool SpanView::spanKey(const QKeyEvent& event) {
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    if (event.modifiers().testFlag(Qt::ControlModifier) || (!m_ownKeys && event.key() != Qt::Key_Escape && event.key() != Qt::Key_Backspace)) return false;
    switch (event.key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter: markSelection(); return true;
        case Qt::Key_Delete:
        case Qt::Key_Backspace: removeSelected(); return true;
        case Qt::Key_E: shift ? acceptAllSuggestions() : acceptSuggestion(); return true;
        case Qt::Key_R: beginRelation(); return true;
        case Qt::Key_Space: emit accepted(); return true;
        case Qt::Key_Escape:
            if (!m_relationFrom.isEmpty()) {
                beginRelation();
                return true;
            }
            if (m_selected.isEmpty() && !hasSelection()) return false;
            m_anchor = m_caret;
            select({});
            viewport()->update();
            return true;
        default: return false;
    }
}

void SpanView::keyPressEvent(QKeyEvent* event) {
    const QKeyEvent heard = m_keys.heard(*event);
    const bool sideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (m_ownKeys && sideways && event->modifiers().testFlag(Qt::AltModifier)) {
        moveEdge(event->key() == Qt::Key_Left ? -1 : 1, event->modifiers().testFlag(Qt::ShiftModifier));
        return event->accept();
    }
    if ((!m_text.isEmpty() && moveKey(heard)) || spanKey(heard)) return event->accept();
    event->ignore();
}

}  // namespace lamina
