#include "widgets/spans/span_view.h"

#include <QEvent>
#include <QFontDatabase>
#include <QPainter>
#include <QPainterPath>
#include <QResizeEvent>
#include <QScrollBar>
#include <QTextBoundaryFinder>
#include <QUuid>

#include <algorithm>
#include <cmath>

#include "core/annotation/span_dictionary.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr double textMargin = 16, topMargin = 36;  // room above the first line for arrows and what they are called

QString newSpanId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

/// Words of the class on the ground of the view: its colour, moved towards the text's so that it can be read.
QColor tagInk(const QColor& colour) {
    const QColor text = themeColours().text;
    return QColor((colour.red() + text.red()) / 2, (colour.green() + text.green()) / 2, (colour.blue() + text.blue()) / 2);
}

}  // namespace

SpanView::SpanView(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName("span_view");
    setAccessibleName(tr("Text with its marks"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setMinimumSize(200, 120);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QFont reading = font();
    reading.setPointSizeF(reading.pointSizeF() * 1.15);
    m_layout.setFont(reading);
}

void SpanView::setText(const QString& text) {
    m_text = text;
    m_spans.clear();
    m_suggestions.clear();
    m_relations.clear();
    m_selected.clear();
    m_relationFrom.clear();
    m_anchor = m_caret = 0;
    m_layout.setText(text);
    relayout();
    verticalScrollBar()->setValue(0);
}

void SpanView::setSpans(std::vector<SpanMark> spans) {
    m_spans = std::move(spans);
    if (!span(m_selected) && !m_selected.isEmpty()) select({});
    relayout();
}

void SpanView::setSuggestions(std::vector<SpanMark> suggestions) {
    m_suggestions = std::move(suggestions);
    for (auto& each : m_suggestions) each.proposed = true;
    relayout();
}

void SpanView::setRelations(std::vector<SpanRelation> relations) {
    m_relations = std::move(relations);
    viewport()->update();
}

const SpanMark* SpanView::span(const QString& id) const {
    const auto found = std::find_if(m_spans.begin(), m_spans.end(), [&](const auto& each) { return each.id == id; });
    return found == m_spans.end() ? nullptr : &*found;
}

std::vector<SpanMark> SpanView::shown() const {
    auto all = m_spans;
    all.insert(all.end(), m_suggestions.begin(), m_suggestions.end());
    return all;
}

void SpanView::relayout() {
    m_shown = shown();
    std::vector<TextPiece> pieces;
    for (const auto& each : m_shown) pieces.push_back({each.begin, each.end});
    m_lanes = lanesOf(pieces);
    m_layout.setWidth(viewport()->width() - 2 * textMargin);
    m_layout.setSpans(m_shown, m_lanes);
    updateScroll();
    viewport()->update();
}

void SpanView::updateScroll() {
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(24);
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(m_layout.height() + textMargin + topMargin)) - viewport()->height()));
}

void SpanView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    const int top = m_text.isEmpty() ? 0 : m_layout.placeAt(toText(QPointF(textMargin, topMargin)));
    const bool atTop = verticalScrollBar()->value() == 0;
    m_layout.setWidth(viewport()->width() - 2 * textMargin);
    updateScroll();
    if (!atTop) verticalScrollBar()->setValue(static_cast<int>(m_layout.lineOf(top).top));
}

QPointF SpanView::toText(const QPointF& place) const { return place + QPointF(-textMargin, verticalScrollBar()->value() - topMargin); }

void SpanView::select(const QString& id) {
    if (id == m_selected) return;
    if (!m_relationFrom.isEmpty() && !id.isEmpty() && id != m_relationFrom) {
        const QString from = std::exchange(m_relationFrom, {});
        emit hint({});
        emit relationDrawn(from, id);
    }
    m_selected = id;
    if (const auto* chosen = span(id)) {
        m_anchor = m_caret = chosen->begin;
        showPlace(chosen->begin);
    }
    viewport()->update();
    emit selectionChanged();
}

void SpanView::selectNext(int step) {
    if (m_spans.empty()) return;
    std::vector<const SpanMark*> order;
    for (const auto& each : m_spans) order.push_back(&each);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->begin != b->begin ? a->begin < b->begin : a->end > b->end; });
    const auto count = static_cast<std::ptrdiff_t>(order.size());
    const auto now = std::find_if(order.begin(), order.end(), [this](const auto* each) { return each->id == m_selected; });
    if (now != order.end()) return select(order[static_cast<std::size_t>(((now - order.begin()) + step + count) % count)]->id);
    const auto next = std::find_if(order.begin(), order.end(), [this](const auto* each) { return each->begin >= m_caret; }) - order.begin();
    select(order[static_cast<std::size_t>((step > 0 ? next : next + count - 1) % count)]->id);
}

void SpanView::setCaret(int place, bool extend) {
    m_caret = std::clamp<int>(place, 0, static_cast<int>(m_text.size()));
    if (!extend) m_anchor = m_caret;
    showPlace(m_caret);
    viewport()->update();
    emit selectionChanged();
}

void SpanView::showPlace(int place) {
    if (m_text.isEmpty()) return;
    const SpanLine& line = m_layout.lineOf(place);
    updateScroll();
    auto* bar = verticalScrollBar();
    const double top = line.top + topMargin;
    if (top < bar->value() + 4) bar->setValue(static_cast<int>(top - 24));
    if (top + line.height > bar->value() + viewport()->height() - 4) bar->setValue(static_cast<int>(top + line.height + 24 - viewport()->height()));
}

void SpanView::markSelection() {
    if (m_readOnly) return;
    if (m_label.name.isEmpty()) {
        emit labelWanted();
        return;
    }
    auto [begin, end] = hasSelection() ? selection() : wordAt(m_caret);
    end = trimmed(begin, end);
    if (begin >= end) return;
    const bool there = std::any_of(m_spans.begin(), m_spans.end(), [&, b = begin, e = end](const auto& each) { return each.begin == b && each.end == e && each.label == m_label.name; });
    m_anchor = m_caret = end;
    if (there) return viewport()->update();
    const SpanMark made{newSpanId(), begin, end, m_label.name, m_label.colour, false};
    commit({{}, {made}});
    select(made.id);
    m_anchor = m_caret = end;
}

void SpanView::labelSelected() {
    const auto* chosen = span(m_selected);
    if (!chosen || m_readOnly || m_label.name.isEmpty()) return;
    SpanEdit edit{{*chosen}, {*chosen}};
    edit.after[0].label = m_label.name;
    edit.after[0].colour = m_label.colour;
    edit.after[0].proposed = false;
    if (edit.after != edit.before) commit(std::move(edit));
}

void SpanView::removeSelected() {
    const auto* chosen = span(m_selected);
    if (!chosen || m_readOnly) return;
    m_caret = m_anchor = chosen->begin;
    commit({{*chosen}, {}});
}

void SpanView::moveEdge(int step, bool begin) {
    const auto* chosen = span(m_selected);
    if (!chosen || m_readOnly) return;
    SpanEdit edit{{*chosen}, {*chosen}};
    auto& after = edit.after[0];
    (begin ? after.begin : after.end) = nextBoundary(begin ? after.begin : after.end, step, false);
    while (after.end > 0 && m_text[after.end - 1].isSpace() && !begin) after.end = step > 0 ? nextBoundary(after.end, 1, false) : after.end - 1;
    while (begin && after.begin < after.end && m_text[after.begin].isSpace()) after.begin = step < 0 ? nextBoundary(after.begin, -1, false) : after.begin + 1;
    if (after.begin < after.end && edit.after != edit.before) commit(std::move(edit));
}

/// Shows the edit and tells it.
void SpanView::commit(SpanEdit edit) {
    for (const auto& before : edit.before) std::erase_if(m_spans, [&](const auto& each) { return each.id == before.id; });
    m_spans.insert(m_spans.end(), edit.after.begin(), edit.after.end());
    // What is marked is no proposal any more.
    std::erase_if(m_suggestions, [&](const auto& each) { return std::any_of(edit.after.begin(), edit.after.end(), [&](const auto& span) { return span.begin < each.end && each.begin < span.end; }); });
    const bool lost = !m_selected.isEmpty() && !span(m_selected);
    if (lost) m_selected.clear();
    relayout();
    if (lost) emit selectionChanged();
    emit edited(edit);
}

void SpanView::take(const std::vector<SpanMark>& suggestions) {
    if (suggestions.empty() || m_readOnly) return;
    SpanEdit edit;
    for (SpanMark each : suggestions) {
        each.id = newSpanId();
        each.proposed = false;
        edit.after.push_back(std::move(each));
    }
    const int at = edit.after.back().end;
    commit(std::move(edit));
    setCaret(at);
}

/// The one at the caret, else the next behind it, else the first.
void SpanView::acceptSuggestion() {
    if (m_suggestions.empty()) return;
    const SpanMark *next = nullptr, *first = nullptr;
    for (const auto& each : m_suggestions) {
        if (!first || each.begin < first->begin) first = &each;
        if (each.end > m_caret && (!next || each.begin < next->begin)) next = &each;
    }
    take({next ? *next : *first});
}

void SpanView::acceptAllSuggestions() { take(std::vector(m_suggestions)); }

void SpanView::beginRelation() {
    if (m_readOnly || m_selected.isEmpty()) return;
    m_relationFrom = m_relationFrom.isEmpty() ? m_selected : QString();
    emit hint(m_relationFrom.isEmpty() ? QString() : tr("Select the span that the arrow leads to. Esc: none."));
    viewport()->update();
}

/// A letter or digit of any script, half a pair among them.
bool SpanView::isWordUnit(int place) const { return place >= 0 && place < m_text.size() && (m_text[place].isLetterOrNumber() || m_text[place].isSurrogate()); }

/// Of what stands at a place, or before it where that is no word.
std::pair<int, int> SpanView::wordAt(int place) const {
    const int from = std::max(0, place - 200);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, m_text.constData() + from, std::min<qsizetype>(m_text.size() - from, 400));
    finder.setPosition(place - from);
    const int begin = finder.isAtBoundary() && isWordUnit(place) ? place : from + static_cast<int>(std::max<qsizetype>(finder.toPreviousBoundary(), 0));
    finder.setPosition(begin - from);
    const int end = from + static_cast<int>(std::max<qsizetype>(finder.toNextBoundary(), begin - from));
    return {begin, end};
}

int SpanView::nextBoundary(int place, int step, bool byCharacter) const {
    const int from = std::max(0, place - 400);
    QTextBoundaryFinder finder(byCharacter ? QTextBoundaryFinder::Grapheme : QTextBoundaryFinder::Word, m_text.constData() + from, std::min<qsizetype>(m_text.size() - from, 800));
    finder.setPosition(place - from);
    while (true) {
        const auto found = step > 0 ? finder.toNextBoundary() : finder.toPreviousBoundary();
        if (found < 0) return step > 0 ? static_cast<int>(std::min<qsizetype>(m_text.size(), from + 800)) : from;
        const int at = from + static_cast<int>(found);
        // Word by word: forward to ends of words, backward to their beginnings. A character of Chinese is a word of its own.
        if (byCharacter || isWordUnit(step > 0 ? at - 1 : at)) return at;
    }
}

/// Without the blanks at both ends; gives the end.
int SpanView::trimmed(int& begin, int end) const {
    while (begin < end && m_text[begin].isSpace()) ++begin;
    while (end > begin && m_text[end - 1].isSpace()) --end;
    return end;
}

void SpanView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), themeColours().surface);
    if (m_text.isEmpty()) return;
    const double shift = verticalScrollBar()->value() - topMargin;
    const double before = m_layout.height();
    const auto lines = m_layout.lines(shift, shift + viewport()->height());
    if (std::abs(m_layout.height() - before) > 0.5) QMetaObject::invokeMethod(this, [this] { updateScroll(); }, Qt::QueuedConnection);
    painter.translate(textMargin, -shift);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSpans(painter, lines);
    const auto [begin, end] = selection();
    for (const auto& strip : SpanLayout::strips(lines, begin, end))
        painter.fillRect(QRectF(strip.left, strip.line->top, strip.right - strip.left, strip.line->textHeight), palette().color(QPalette::Highlight));
    painter.setPen(themeColours().text);
    for (const auto* line : lines) line->line.draw(&painter, QPointF(0, line->top - line->line.y()));
    paintRelations(painter, lines);
    if (!hasFocus() || lines.empty() || m_caret < lines.front()->begin || m_caret > lines.back()->end) return;
    const SpanLine& line = m_layout.lineOf(m_caret);
    painter.fillRect(QRectF(SpanLayout::xOf(line, m_caret) - 1, line.top, 2, line.textHeight), themeColours().accent);
}

void SpanView::paintSpans(QPainter& painter, const std::vector<const SpanLine*>& lines) {
    if (lines.empty()) return;
    const auto seen = m_layout.spansIn(lines.front()->begin, lines.back()->end);
    for (const std::size_t i : seen) {
        const auto& span = m_shown[i];
        const bool selected = span.id == m_selected || span.id == m_relationFrom;
        QColor ground = span.colour;
        ground.setAlpha(span.proposed ? 22 : selected ? 90 : 48);
        for (const auto& strip : SpanLayout::strips(lines, span.begin, span.end)) {
            const double top = strip.line->top + strip.line->textHeight + 1 + m_lanes[i] * m_layout.laneHeight();
            painter.fillRect(QRectF(strip.left, strip.line->top, strip.right - strip.left, strip.line->textHeight), ground);
            painter.setPen(QPen(span.colour, selected ? 4 : 2.5, span.proposed ? Qt::DotLine : Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(strip.left, top + 1.5), QPointF(strip.right, top + 1.5));
            if (strip.line->begin > span.begin) continue;
            // As far as the next tag of the lane: short words have long classes.
            double until = viewport()->width() - 2 * textMargin;
            for (const std::size_t other : seen)
                if (m_lanes[other] == m_lanes[i] && m_shown[other].begin >= span.end && m_shown[other].begin < strip.line->end) until = std::min(until, SpanLayout::xOf(*strip.line, m_shown[other].begin) - 4);
            paintTag(painter, span, strip, top + 3, until);
        }
    }
}

void SpanView::paintTag(QPainter& painter, const SpanMark& span, const SpanStrip& strip, double top, double until) {
    const QFontMetricsF metrics(m_layout.tagFont());
    const QString text = metrics.elidedText(span.proposed ? span.label + QLatin1String(" ?") : span.label, Qt::ElideRight, std::max(0.0, until - strip.left));
    painter.setFont(m_layout.tagFont());
    painter.setPen(tagInk(span.colour));
    painter.drawText(QPointF(strip.left, top + metrics.ascent()), text);
    painter.setFont(m_layout.font());
}

/// Arcs over the text between the beginnings of two spans, of those that are seen, and of the selected one wherever they lead.
void SpanView::paintRelations(QPainter& painter, const std::vector<const SpanLine*>& lines) {
    if (m_relations.empty() || lines.empty()) return;
    const double top = lines.front()->top, bottom = lines.back()->top + lines.back()->height;
    const auto middleOf = [&](const SpanMark& span) -> std::optional<QPointF> {
        const auto strips = SpanLayout::strips(lines, span.begin, span.end);
        if (strips.empty()) return span.end <= lines.front()->begin ? QPointF(0, top - 40) : QPointF(0, bottom + 40);
        return QPointF((strips[0].left + strips[0].right) / 2, strips[0].line->top + 1);
    };
    for (const auto& relation : m_relations) {
        const auto *from = span(relation.from), *to = span(relation.to);
        if (!from || !to) continue;
        const bool chosen = relation.from == m_selected || relation.to == m_selected;
        const auto inSight = [&](const SpanMark& span) { return span.begin < lines.back()->end && span.end > lines.front()->begin; };
        if (!inSight(*from) && !inSight(*to)) continue;
        const QPointF a = *middleOf(*from), b = *middleOf(*to);
        const double lift = std::min(16 + std::abs(b.x() - a.x()) / 12, 34.0);
        QPainterPath arc(a);
        arc.cubicTo(a + QPointF(0, -lift), b + QPointF(0, -lift), b);
        QColor ink = chosen ? themeColours().accent : themeColours().mutedText;
        painter.setPen(QPen(ink, chosen ? 2 : 1.3));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(arc);
        painter.setBrush(ink);
        painter.drawPolygon(QPolygonF({b, b + QPointF(-3.5, -7), b + QPointF(3.5, -7)}));
        if (relation.label.isEmpty()) continue;
        const QFontMetricsF metrics(m_layout.tagFont());
        const QRectF place(arc.pointAtPercent(0.5) - QPointF(metrics.horizontalAdvance(relation.label) / 2 + 3, metrics.height() / 2), QSizeF(metrics.horizontalAdvance(relation.label) + 6, metrics.height()));
        QColor ground = themeColours().surface;
        ground.setAlpha(225);
        painter.fillRect(place, ground);
        painter.setFont(m_layout.tagFont());
        painter.drawText(place, Qt::AlignCenter, relation.label);
        painter.setFont(m_layout.font());
    }
}

void SpanView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Text with its marks"));
    if (event->type() != QEvent::FontChange) return;
    QFont reading = font();
    reading.setPointSizeF(reading.pointSizeF() * 1.15);
    m_layout.setFont(reading);
    relayout();
}

}  // namespace lamina
