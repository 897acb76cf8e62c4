#include "widgets/ranges/range_view.h"

#include <QEvent>
#include <QPainter>
#include <QUuid>

#include <algorithm>
#include <cmath>

#include "core/annotation/span_dictionary.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr double sideMargin = 12, topMargin = 8, axisHeight = 24, tagHeight = 16, fewestShown = 4;
constexpr int mostTags = 4;

}  // namespace

RangeView::RangeView(QWidget* parent) : QWidget(parent) {
    setObjectName("range_view");
    setAccessibleName(tr("Series with marked stretches"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setMouseTracking(true);
    setMinimumSize(200, 140);
}

void RangeView::setSeries(std::vector<RangeSeries> series, std::int64_t steps, std::function<QString(std::int64_t)> textOf) {
    m_series = std::move(series);
    m_steps = steps;
    m_textOf = std::move(textOf);
    m_scales.clear();
    for (const auto& each : m_series) m_scales.push_back(each.values->range(0, each.values->size()));
    m_ranges.clear();
    m_lanes.clear();
    m_selected.clear();
    m_anchor = m_caret = 0;
    m_dragged.reset();
    showAll();
}

void RangeView::setRanges(std::vector<RangeMark> ranges) {
    m_ranges = std::move(ranges);
    std::vector<TextPiece> pieces;
    for (const auto& each : m_ranges) pieces.push_back({each.first, each.last + 1});
    m_lanes = lanesOf(pieces);
    if (!m_selected.isEmpty() && !range(m_selected)) select({});
    update();
}

const RangeMark* RangeView::range(const QString& id) const {
    const auto found = std::find_if(m_ranges.begin(), m_ranges.end(), [&](const auto& each) { return each.id == id; });
    return found == m_ranges.end() ? nullptr : &*found;
}

void RangeView::select(const QString& id) {
    if (id == m_selected) return;
    m_selected = id;
    if (const auto* chosen = range(id)) {
        m_anchor = m_caret = chosen->first;
        if (chosen->last < m_first || chosen->first > m_last) showStep(chosen->first);
    }
    update();
    emit selectionChanged();
}

void RangeView::selectNext(int step) {
    if (m_ranges.empty()) return;
    std::vector<const RangeMark*> order;
    for (const auto& each : m_ranges) order.push_back(&each);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->first != b->first ? a->first < b->first : a->id < b->id; });
    const auto count = static_cast<std::ptrdiff_t>(order.size());
    const auto now = std::find_if(order.begin(), order.end(), [this](const auto* each) { return each->id == m_selected; });
    if (now != order.end()) return select(order[static_cast<std::size_t>((now - order.begin() + step + count) % count)]->id);
    const auto next = std::find_if(order.begin(), order.end(), [this](const auto* each) { return each->first >= m_caret; }) - order.begin();
    select(order[static_cast<std::size_t>((step > 0 ? next : next + count - 1) % count)]->id);
}

void RangeView::setCaret(std::int64_t step, bool extend) {
    m_caret = std::clamp<std::int64_t>(step, 0, std::max<std::int64_t>(m_steps - 1, 0));
    if (!extend) m_anchor = m_caret;
    showStep(m_caret);
    update();
}

void RangeView::markSelection() {
    if (m_readOnly || !hasSelection()) return;
    if (m_label.name.isEmpty()) {
        emit labelWanted();
        return;
    }
    const auto [first, last] = std::minmax(m_anchor, m_caret);
    const RangeMark made{QUuid::createUuid().toString(QUuid::WithoutBraces), first, last, m_label.name, m_label.colour, false};
    m_anchor = m_caret;
    commit({{}, {made}});
    m_selected = made.id;
    emit selectionChanged();
}

void RangeView::labelSelected() {
    const auto* chosen = range(m_selected);
    if (!chosen || m_readOnly || m_label.name.isEmpty()) return;
    RangeEdit edit{{*chosen}, {*chosen}};
    edit.after[0].label = m_label.name;
    edit.after[0].colour = m_label.colour;
    edit.after[0].proposed = false;
    if (edit.after != edit.before) commit(std::move(edit));
}

void RangeView::removeSelected() {
    const auto* chosen = range(m_selected);
    if (chosen && !m_readOnly) commit({{*chosen}, {}});
}

void RangeView::moveEdge(std::int64_t step, bool begin) {
    const auto* chosen = range(m_selected);
    if (!chosen || m_readOnly) return;
    RangeEdit edit{{*chosen}, {*chosen}};
    auto& after = edit.after[0];
    if (begin) after.first = std::clamp<std::int64_t>(after.first + step, 0, after.last);
    else after.last = std::clamp<std::int64_t>(after.last + step, after.first, m_steps - 1);
    if (edit.after != edit.before) commit(std::move(edit));
}

/// Shows the edit and tells it.
void RangeView::commit(RangeEdit edit) {
    auto ranges = m_ranges;
    for (const auto& before : edit.before) std::erase_if(ranges, [&](const auto& each) { return each.id == before.id; });
    ranges.insert(ranges.end(), edit.after.begin(), edit.after.end());
    setRanges(std::move(ranges));
    emit edited(edit);
}

QRectF RangeView::plot() const { return QRectF(rect()).adjusted(sideMargin, topMargin, -sideMargin, -axisHeight); }

double RangeView::stepAt(double x) const {
    const QRectF area = plot();
    return m_first + (x - area.left()) / std::max(area.width(), 1.0) * (m_last - m_first);
}

std::int64_t RangeView::nearestStep(double x) const { return std::clamp<std::int64_t>(std::llround(stepAt(x)), 0, std::max<std::int64_t>(m_steps - 1, 0)); }

QPointF RangeView::placeOf(double step) const {
    const QRectF area = plot();
    return {area.left() + (step - m_first) / (m_last - m_first) * area.width(), area.center().y()};
}

void RangeView::setView(double first, double last) {
    const double all = static_cast<double>(std::max<std::int64_t>(m_steps - 1, 1));
    const double width = std::clamp(last - first, std::min(fewestShown, all), all);
    m_first = std::clamp(first, 0.0, all - width);
    m_last = m_first + width;
    update();
}

void RangeView::zoom(double factor, double atStep) { setView(atStep - (atStep - m_first) / factor, atStep - (atStep - m_first) / factor + (m_last - m_first) / factor); }

void RangeView::pan(double steps) { setView(m_first + steps, m_last + steps); }

void RangeView::showAll() { setView(0, static_cast<double>(std::max<std::int64_t>(m_steps - 1, 1))); }

void RangeView::showStep(std::int64_t step) {
    const double width = m_last - m_first, at = static_cast<double>(step);
    if (at < m_first) setView(at - width / 8, at + width * 7 / 8);
    if (at > m_last) setView(at - width * 7 / 8, at + width / 8);
}

void RangeView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColours().surface);
    const QRectF area = plot();
    if (m_steps == 0) return;
    paintRanges(painter, area);
    paintCurves(painter, area);
    paintAxis(painter, area);
    painter.setPen(hasFocus() ? themeColours().accent : themeColours().border);
    painter.drawRect(QRectF(rect()).adjusted(0, 0, -1, -1));
}

/// One strip per series; per pixel the least and the largest value.
void RangeView::paintCurves(QPainter& painter, const QRectF& area) const {
    const double height = area.height() / static_cast<double>(std::max<std::size_t>(m_series.size(), 1)), perPixel = (m_last - m_first) / std::max(area.width(), 1.0);
    for (std::size_t s = 0; s < m_series.size(); ++s) {
        const MinMax scale = m_scales[s];
        const QRectF strip(area.left(), area.top() + static_cast<double>(s) * height, area.width(), height);
        painter.setPen(themeColours().mutedText);
        painter.drawText(strip.adjusted(4, 1, -4, 0), Qt::AlignLeft | Qt::AlignTop, m_series[s].name);
        if (scale.empty()) continue;
        const double low = scale.min, range = std::max(static_cast<double>(scale.max) - low, 1e-30), room = strip.height() * 0.8;
        const auto y = [&](float value) { return strip.bottom() - strip.height() * 0.08 - (static_cast<double>(value) - low) / range * room; };
        painter.setPen(themeColours().series[s % themeColours().series.size()]);
        std::optional<QPointF> before;
        const auto line = [&](QPointF from, QPointF to) {
            if (before) painter.drawLine(*before, from);
            if (from != to) painter.drawLine(from, to);
            before = to;
        };
        const auto& values = *m_series[s].values;
        if (perPixel <= 1) {
            const auto last = std::min(values.size(), static_cast<std::size_t>(std::ceil(m_last)) + 1);
            for (auto i = static_cast<std::size_t>(std::floor(m_first)); i < last; ++i) {
                const QPointF at(placeOf(static_cast<double>(i)).x(), y(values.at(i)));
                if (std::isfinite(values.at(i))) line(at, at);
                else before.reset();
            }
            continue;
        }
        for (int x = 0; x < static_cast<int>(area.width()); ++x) {
            const auto first = static_cast<std::size_t>(std::max(0.0, m_first + x * perPixel));
            const MinMax seen = values.range(first, std::min(values.size(), std::max(first + 1, static_cast<std::size_t>(m_first + (x + 1) * perPixel))));
            if (seen.empty()) before.reset();
            else line({area.left() + x, y(seen.max)}, {area.left() + x, y(seen.min)});
        }
    }
}

/// As bands over all curves, their classes in lanes at the foot.
void RangeView::paintRanges(QPainter& painter, const QRectF& area) const {
    painter.save();
    painter.setClipRect(area.adjusted(-1, 0, 1, 0));
    for (std::size_t i = 0; i < m_ranges.size(); ++i) {
        const auto& each = m_ranges[i];
        const double left = placeOf(static_cast<double>(each.first) - 0.5).x(), right = std::max(placeOf(static_cast<double>(each.last) + 0.5).x(), left + 2);
        if (right < area.left() || left > area.right()) continue;
        const bool chosen = each.id == m_selected;
        QColor ground = each.colour;
        ground.setAlpha(chosen ? 90 : 44);
        painter.fillRect(QRectF(left, area.top(), right - left, area.height()), ground);
        painter.setPen(QPen(each.colour, chosen ? 2.5 : 1, each.proposed ? Qt::DashLine : Qt::SolidLine));
        painter.drawLine(QPointF(left, area.top()), QPointF(left, area.bottom()));
        painter.drawLine(QPointF(right, area.top()), QPointF(right, area.bottom()));
        const double shownLeft = std::max(left, area.left()), room = std::min(right, area.right()) - shownLeft - 6;
        if (m_lanes[i] >= mostTags || room < 12) continue;
        painter.setPen(themeColours().text);
        const QString words = painter.fontMetrics().elidedText(each.proposed ? each.label + QLatin1String(" ?") : each.label, Qt::ElideRight, static_cast<int>(room));
        painter.drawText(QRectF(shownLeft + 4, area.bottom() - (m_lanes[i] + 1) * tagHeight, room, tagHeight), Qt::AlignLeft | Qt::AlignVCenter, words);
    }
    if (hasSelection()) {
        const auto [first, last] = std::minmax(m_anchor, m_caret);
        QColor ground = themeColours().accent;
        ground.setAlpha(60);
        painter.fillRect(QRectF(QPointF(placeOf(static_cast<double>(first) - 0.5).x(), area.top()), QPointF(placeOf(static_cast<double>(last) + 0.5).x(), area.bottom())), ground);
    }
    if (hasFocus()) {
        painter.setPen(QPen(themeColours().accent, 1.5));
        const double x = placeOf(static_cast<double>(m_caret)).x();
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    painter.restore();
}

void RangeView::paintAxis(QPainter& painter, const QRectF& area) const {
    const double labelWidth = painter.fontMetrics().horizontalAdvance(m_textOf ? m_textOf(m_steps - 1) : QString("0000000")) + 32;
    const int ticks = std::max(2, static_cast<int>(area.width() / (labelWidth + 30)));
    painter.setPen(themeColours().mutedText);
    for (int tick = 0; tick <= ticks; ++tick) {
        const auto step = std::clamp<std::int64_t>(std::llround(m_first + (m_last - m_first) * tick / ticks), 0, m_steps - 1);
        const double x = placeOf(static_cast<double>(step)).x();
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 4));
        const double left = std::clamp(x - labelWidth / 2, 0.0, width() - labelWidth);
        const auto align = tick == 0 ? Qt::AlignLeft : tick == ticks ? Qt::AlignRight : Qt::AlignHCenter;
        painter.drawText(QRectF(left, area.bottom() + 4, labelWidth, axisHeight - 4).adjusted(4, 0, -4, 0), align | Qt::AlignVCenter, m_textOf ? m_textOf(step) : QString::number(step + 1));
    }
}

void RangeView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Series with marked stretches"));
}

}  // namespace lamina
