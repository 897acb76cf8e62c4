// A text with its marked spans: read, marked, changed. Knows no project: it gets spans and tells of every finished gesture.
#pragma once

#include <QAbstractScrollArea>

#include <optional>
#include <vector>

#include "widgets/common/key_map.h"
#include "widgets/spans/span_layout.h"
#include "widgets/spans/span_mark.h"

namespace lamina {

/// Mouse: drag marks whole words (Alt: single characters; in Chinese a word is a character), a click selects a span. Keys: Left, Right word by word (Ctrl:
/// character by character), Shift extends, Enter marks; Tab the next span, Alt+arrows move its end (with Shift its beginning), Delete removes it; E accepts the
/// proposal at the caret or the next one, Shift+E all; R draws an arrow from the selected span to the one that is selected next. A page that binds all but the way
/// of the caret itself takes setOwnKeys(false). The input method is off.
/// Lines below a text stand for its spans, one lane for each of those that overlap. GUI thread; 1 MB with 5,000 spans scrolls fluently.
class SpanView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit SpanView(QWidget* parent = nullptr);

    /// Forgets spans, relations and what is selected.
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    void setSpans(std::vector<SpanMark> spans);
    const std::vector<SpanMark>& spans() const { return m_spans; }
    /// From the dictionary; shown like a model's proposals, until they are accepted.
    void setSuggestions(std::vector<SpanMark> suggestions);
    const std::vector<SpanMark>& suggestions() const { return m_suggestions; }
    void setRelations(std::vector<SpanRelation> relations);
    const std::vector<SpanRelation>& relations() const { return m_relations; }
    void setLabel(SpanLabel label) { m_label = std::move(label); }
    const SpanLabel& label() const { return m_label; }
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void setOwnKeys(bool own) { m_ownKeys = own; }
    /// What a person presses for the keys of the view.
    void setKeyMap(KeyMap keys) { m_keys = std::move(keys); }

    /// Empty: none.
    const QString& selected() const { return m_selected; }
    const SpanMark* span(const QString& id) const;
    void select(const QString& id);
    void selectNext(int step);
    bool hasSelection() const { return m_anchor != m_caret; }
    std::pair<int, int> selection() const { return std::minmax(m_anchor, m_caret); }
    void setCaret(int place, bool extend = false);
    void showPlace(int place);

    /// What is selected, else the word at the caret, becomes a span of the chosen class; refused where there is no class (labelWanted()).
    void markSelection();
    void removeSelected();
    /// The selected span gets the chosen class.
    void labelSelected();
    void acceptSuggestion();
    void acceptAllSuggestions();
    /// From the selected span to the one that is selected next.
    void beginRelation();
    /// The end of the selected span, or its beginning, one character on or back.
    void moveEdge(int step, bool begin);

    bool event(QEvent* event) override;

signals:
    void edited(const lamina::SpanEdit& edit);
    void selectionChanged();
    void accepted();     ///< Space
    void labelWanted();  ///< a span was about to be marked, but no class is chosen
    void relationDrawn(const QString& from, const QString& to);
    void hint(const QString& text);  ///< what is waited for; empty: nothing

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    std::vector<SpanMark> shown() const;
    void relayout();
    void updateScroll();
    QPointF toText(const QPointF& viewport) const;
    const SpanMark* spanAt(QPointF text);
    bool isWordUnit(int place) const;
    std::pair<int, int> wordAt(int place) const;
    int nextBoundary(int place, int step, bool byCharacter) const;
    int trimmed(int& begin, int end) const;
    bool isOwnKey(const QKeyEvent& event) const;
    bool moveKey(const QKeyEvent& event);
    bool spanKey(const QKeyEvent& event);
    void commit(SpanEdit edit);
    void take(const std::vector<SpanMark>& suggestions);
    void paintSpans(QPainter& painter, const std::vector<const SpanLine*>& lines);
    void paintTag(QPainter& painter, const SpanMark& span, const SpanStrip& strip, double top, double until);
    void paintRelations(QPainter& painter, const std::vector<const SpanLine*>& lines);

    QString m_text;
    std::vector<SpanMark> m_spans, m_suggestions, m_shown;  ///< m_shown: both, as they were laid out
    std::vector<int> m_lanes;                                ///< of m_shown
    std::vector<SpanRelation> m_relations;
    SpanLabel m_label;
    SpanLayout m_layout;
    QString m_selected, m_relationFrom;
    int m_anchor = 0, m_caret = 0;
    int m_pressed = -1;  ///< where the mouse went down; -1: nowhere
    bool m_moved = false, m_readOnly = false, m_ownKeys = true;
    KeyMap m_keys;
};

}  // namespace lamina
