// Where the pieces of a long text stand on the screen. Only what is seen is laid out; the rest is estimated.
#pragma once

#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QTextLayout>

#include <memory>
#include <vector>

#include "widgets/spans/span_mark.h"

namespace lamina {

/// A line of text with room below it for the lanes of its spans.
struct SpanLine {
    int begin = 0, end = 0;      ///< units of the text
    double top = 0, height = 0;  ///< of the whole text; lanes included
    double textHeight = 0;
    QTextLine line;              ///< valid while its paragraph stays laid out
};

/// A piece of a line that a span (or a selection) covers.
struct SpanStrip {
    double left = 0, right = 0;
    const SpanLine* line = nullptr;
};

/// Coordinates count from the upper left corner of the text. GUI thread.
class SpanLayout {
public:
    static constexpr double laneGap = 2;

    void setText(const QString& text);
    /// One lane for each span, in their order.
    void setSpans(const std::vector<SpanMark>& spans, const std::vector<int>& lanes);
    void setFont(const QFont& font);
    void setWidth(double width);

    double height() const;
    double laneHeight() const { return m_laneHeight; }
    const QFont& font() const { return m_font; }
    const QFont& tagFont() const { return m_tagFont; }
    /// Lays out what stands between these heights; gives its lines. They stay valid until anything is set.
    std::vector<const SpanLine*> lines(double top, double bottom);
    /// The line that a place stands in, laid out for it.
    const SpanLine& lineOf(int place);
    int placeAt(QPointF point);
    /// The pieces of [begin, end) on these lines.
    static std::vector<SpanStrip> strips(const std::vector<const SpanLine*>& lines, int begin, int end);
    static double xOf(const SpanLine& line, int place);
    /// Indexes of the spans that touch [begin, end).
    std::vector<std::size_t> spansIn(int begin, int end) const;

private:
    struct Paragraph {
        int begin = 0, end = 0;
        double top = 0, height = 0;
        std::unique_ptr<QTextLayout> layout;
        std::vector<SpanLine> lines;
        std::vector<std::size_t> spans;
    };
    void forget();
    void estimate(Paragraph& paragraph) const;
    void layOut(Paragraph& paragraph);
    void stack(std::size_t from);
    std::size_t paragraphAt(double y) const;
    std::size_t paragraphOf(int place) const;
    int lanesWithin(const Paragraph& paragraph, int begin, int end) const;

    QString m_text;
    QFont m_font, m_tagFont;
    double m_width = 400, m_lineHeight = 20, m_laneHeight = 16, m_unitWidth = 8;
    std::vector<Paragraph> m_paragraphs;
    std::vector<SpanMark> m_spans;
    std::vector<int> m_lanes;
};

}  // namespace lamina
