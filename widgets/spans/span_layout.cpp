#include "widgets/spans/span_layout.h"

#include <QFontMetricsF>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace lamina {

namespace {

constexpr int longestParagraph = 4000;  // a text without line breaks is laid out piece by piece all the same
constexpr double betweenLines = 5;

/// Where to cut a piece that is too long: behind a blank, else anywhere but within a pair.
int cutPlace(const QString& text, int end) {
    for (int at = end; at > end - 200; --at)
        if (text[at - 1].isSpace()) return at;
    return text[end - 1].isHighSurrogate() ? end - 1 : end;
}

}  // namespace

void SpanLayout::setText(const QString& text) {
    m_text = text;
    m_paragraphs.clear();
    m_spans.clear();
    m_lanes.clear();
    for (int begin = 0; begin <= text.size();) {
        const auto found = text.indexOf(QLatin1Char('\n'), begin);
        int end = static_cast<int>(found < 0 ? text.size() : found);
        if (end - begin > longestParagraph) end = cutPlace(text, begin + longestParagraph);
        m_paragraphs.emplace_back();
        m_paragraphs.back().begin = begin;
        m_paragraphs.back().end = end;
        const bool breaks = end < text.size() && text[end] == QLatin1Char('\n');
        if (end >= text.size()) break;
        begin = breaks ? end + 1 : end;
    }
    forget();
}

void SpanLayout::setFont(const QFont& font) {
    m_font = font;
    m_tagFont = font;
    m_tagFont.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.72));
    m_lineHeight = QFontMetricsF(m_font).height();
    m_unitWidth = QFontMetricsF(m_font).averageCharWidth();
    m_laneHeight = QFontMetricsF(m_tagFont).height() + 4 + laneGap;
    forget();
}

void SpanLayout::setWidth(double width) {
    if (width == m_width) return;
    m_width = width;
    forget();
}

void SpanLayout::forget() {
    for (auto& paragraph : m_paragraphs) {
        paragraph.layout.reset();
        paragraph.lines.clear();
        estimate(paragraph);
    }
    stack(0);
}

/// Those whose spans stay the same are left as they are: a mark in a long text lays out one paragraph anew.
void SpanLayout::setSpans(const std::vector<SpanMark>& spans, const std::vector<int>& lanes) {
    m_spans = spans;
    m_lanes = lanes;
    std::vector<std::vector<std::size_t>> within(m_paragraphs.size());
    for (std::size_t i = 0; i < spans.size(); ++i)
        for (std::size_t p = paragraphOf(spans[i].begin); p < m_paragraphs.size() && m_paragraphs[p].begin < std::max(spans[i].end, spans[i].begin + 1); ++p) within[p].push_back(i);
    for (std::size_t p = 0; p < m_paragraphs.size(); ++p) {
        auto& paragraph = m_paragraphs[p];
        const bool had = !paragraph.spans.empty();
        paragraph.spans = std::move(within[p]);
        if (!had && paragraph.spans.empty()) continue;
        if (paragraph.layout) layOut(paragraph);
        else estimate(paragraph);
    }
    stack(0);
}

int SpanLayout::lanesWithin(const Paragraph& paragraph, int begin, int end) const {
    int lanes = 0;
    for (const std::size_t i : paragraph.spans)
        if (m_spans[i].begin < end && m_spans[i].end > begin) lanes = std::max(lanes, m_lanes[i] + 1);
    return lanes;
}

void SpanLayout::estimate(Paragraph& paragraph) const {
    const double lines = std::max(1.0, std::ceil((paragraph.end - paragraph.begin) * m_unitWidth / std::max(m_width, 40.0)));
    paragraph.height = lines * (m_lineHeight + betweenLines) + (paragraph.spans.empty() ? 0 : std::min<double>(lines, static_cast<double>(paragraph.spans.size())) * m_laneHeight);
}

void SpanLayout::layOut(Paragraph& paragraph) {
    if (!paragraph.layout) {
        paragraph.layout = std::make_unique<QTextLayout>(m_text.mid(paragraph.begin, paragraph.end - paragraph.begin), m_font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        paragraph.layout->setTextOption(option);
        paragraph.layout->setCacheEnabled(true);
        paragraph.layout->beginLayout();
        for (QTextLine line = paragraph.layout->createLine(); line.isValid(); line = paragraph.layout->createLine()) line.setLineWidth(std::max(m_width, 40.0));
        paragraph.layout->endLayout();
    }
    paragraph.lines.clear();
    double y = 0;
    for (int i = 0; i < paragraph.layout->lineCount(); ++i) {
        SpanLine line;
        line.line = paragraph.layout->lineAt(i);
        line.begin = paragraph.begin + line.line.textStart();
        line.end = line.begin + line.line.textLength();
        line.top = y;
        line.textHeight = line.line.height();
        line.height = line.textHeight + lanesWithin(paragraph, line.begin, line.end) * m_laneHeight + betweenLines;
        line.line.setPosition(QPointF(0, y));
        y += line.height;
        paragraph.lines.push_back(line);
    }
    paragraph.height = y;
}

void SpanLayout::stack(std::size_t from) {
    double y = from == 0 ? 0 : m_paragraphs[from].top;
    for (std::size_t i = from; i < m_paragraphs.size(); ++i) {
        m_paragraphs[i].top = y;
        double within = y;
        for (auto& line : m_paragraphs[i].lines) {
            line.top = within;
            within += line.height;
        }
        y += m_paragraphs[i].height;
    }
}

double SpanLayout::height() const { return m_paragraphs.empty() ? 0 : m_paragraphs.back().top + m_paragraphs.back().height; }

std::size_t SpanLayout::paragraphAt(double y) const {
    const auto after = std::upper_bound(m_paragraphs.begin(), m_paragraphs.end(), y, [](double value, const Paragraph& paragraph) { return value < paragraph.top; });
    return after == m_paragraphs.begin() ? 0 : static_cast<std::size_t>(after - m_paragraphs.begin()) - 1;
}

std::size_t SpanLayout::paragraphOf(int place) const {
    const auto after = std::upper_bound(m_paragraphs.begin(), m_paragraphs.end(), place, [](int value, const Paragraph& paragraph) { return value < paragraph.begin; });
    return after == m_paragraphs.begin() ? 0 : static_cast<std::size_t>(after - m_paragraphs.begin()) - 1;
}

std::vector<const SpanLine*> SpanLayout::lines(double top, double bottom) {
    std::vector<const SpanLine*> found;
    if (m_paragraphs.empty()) return found;
    const std::size_t first = paragraphAt(top);
    bool changed = false;
    std::size_t last = first;
    double y = m_paragraphs[first].top;
    for (; last < m_paragraphs.size() && y <= bottom; ++last) {
        if (!m_paragraphs[last].layout) {
            layOut(m_paragraphs[last]);
            changed = true;
        }
        y += m_paragraphs[last].height;
    }
    if (changed) stack(first);
    for (std::size_t i = first; i < last; ++i)
        for (const auto& line : m_paragraphs[i].lines)
            if (line.top <= bottom && line.top + line.height >= top) found.push_back(&line);
    return found;
}

const SpanLine& SpanLayout::lineOf(int place) {
    const std::size_t at = paragraphOf(std::clamp<int>(place, 0, static_cast<int>(m_text.size())));
    auto& paragraph = m_paragraphs[at];
    if (!paragraph.layout) {
        layOut(paragraph);
        stack(at);
    }
    for (auto& line : paragraph.lines)
        if (place < line.end || &line == &paragraph.lines.back()) return line;
    return paragraph.lines.back();
}

int SpanLayout::placeAt(QPointF point) {
    const auto found = lines(point.y(), point.y());
    if (found.empty()) return point.y() < 0 ? 0 : static_cast<int>(m_text.size());
    const SpanLine* line = found.front();
    for (const auto* each : found)
        if (each->top <= point.y()) line = each;
    const int start = line->begin - line->line.textStart();
    return std::clamp(start + line->line.xToCursor(point.x()), line->begin, line->end);
}

double SpanLayout::xOf(const SpanLine& line, int place) {
    const int start = line.begin - line.line.textStart();
    return line.line.cursorToX(std::clamp(place, line.begin, line.end) - start);
}

std::vector<SpanStrip> SpanLayout::strips(const std::vector<const SpanLine*>& lines, int begin, int end) {
    std::vector<SpanStrip> found;
    for (const auto* line : lines) {
        if (line->begin >= end || line->end <= begin) continue;
        const double left = xOf(*line, std::max(begin, line->begin)), right = xOf(*line, std::min(end, line->end));
        found.push_back({std::min(left, right), std::max(left, right), line});
    }
    return found;
}

std::vector<std::size_t> SpanLayout::spansIn(int begin, int end) const {
    std::vector<std::size_t> found;
    for (std::size_t p = paragraphOf(begin); p < m_paragraphs.size() && m_paragraphs[p].begin < std::max(end, begin + 1); ++p)
        for (const std::size_t i : m_paragraphs[p].spans)
            if (m_spans[i].begin < end && m_spans[i].end > begin) found.push_back(i);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace lamina
