// Curves over common steps with marked stretches: looked at, marked, changed. Knows no project: it tells of every finished gesture.
#pragma once

#include <QWidget>

#include <functional>
#include <optional>

#include "widgets/common/key_map.h"
#include "widgets/ranges/range_mark.h"

namespace lamina {

/// Mouse: drag marks a stretch, a click selects one, dragging an edge moves it; the wheel zooms at the pointer, with Shift it moves, the middle button moves,
/// too. Keys: Left, Right move the cursor (Ctrl: by one step), Shift extends, Enter marks; Tab the next stretch, Alt+arrows move its end (with Shift its
/// beginning), Delete removes it; + and - zoom, F shows all. A page that binds all but the way of the cursor itself takes setOwnKeys(false). Stretches may overlap. The time to paint does not depend on the number of steps. GUI thread.
class RangeView : public QWidget {
    Q_OBJECT
public:
    explicit RangeView(QWidget* parent = nullptr);

    /// Forgets stretches and what is selected; shows all. `textOf`: what a step is called on the axis.
    void setSeries(std::vector<RangeSeries> series, std::int64_t steps, std::function<QString(std::int64_t)> textOf);
    std::int64_t steps() const { return m_steps; }
    void setRanges(std::vector<RangeMark> ranges);
    const std::vector<RangeMark>& ranges() const { return m_ranges; }
    void setLabel(RangeLabel label) { m_label = std::move(label); }
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void setOwnKeys(bool own) { m_ownKeys = own; }
    /// What a person presses for the keys of the view.
    void setKeyMap(KeyMap keys) { m_keys = std::move(keys); }

    /// Empty: none.
    const QString& selected() const { return m_selected; }
    const RangeMark* range(const QString& id) const;
    void select(const QString& id);
    void selectNext(int step);
    bool hasSelection() const { return m_anchor != m_caret; }
    void setCaret(std::int64_t step, bool extend = false);
    /// What is selected becomes a stretch of the chosen class; refused where there is no class (labelWanted()).
    void markSelection();
    void labelSelected();
    void removeSelected();
    /// The end of the selected stretch, or its beginning, so many steps on.
    void moveEdge(std::int64_t step, bool begin);
    /// At the cursor.
    void zoomIn(bool in);

    /// Steps from the left to the right edge.
    double viewFirst() const { return m_first; }
    double viewLast() const { return m_last; }
    void zoom(double factor, double atStep);
    void pan(double steps);
    void showAll();
    QPointF placeOf(double step) const;

    QSize sizeHint() const override { return {640, 360}; }
    bool event(QEvent* event) override;

signals:
    void edited(const lamina::RangeEdit& edit);
    void selectionChanged();
    void labelWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Edge {
        QString id;
        bool begin = false;
    };
    QRectF plot() const;
    double stepAt(double x) const;
    std::int64_t nearestStep(double x) const;
    const RangeMark* rangeAt(double x) const;
    std::optional<Edge> edgeAt(double x) const;
    void setView(double first, double last);
    void showStep(std::int64_t step);
    bool isOwnKey(const QKeyEvent& event) const;
    bool handleKey(const QKeyEvent& event);
    void commit(RangeEdit edit);
    void paintCurves(QPainter& painter, const QRectF& area) const;
    void paintRanges(QPainter& painter, const QRectF& area) const;
    void paintAxis(QPainter& painter, const QRectF& area) const;

    std::vector<RangeSeries> m_series;
    std::vector<MinMax> m_scales;  ///< of each series as a whole
    std::function<QString(std::int64_t)> m_textOf;
    std::int64_t m_steps = 0;
    std::vector<RangeMark> m_ranges;
    std::vector<int> m_lanes;  ///< of m_ranges
    RangeLabel m_label;
    QString m_selected;
    double m_first = 0, m_last = 1;
    std::int64_t m_anchor = 0, m_caret = 0;
    std::optional<Edge> m_dragged;
    RangeMark m_before;  ///< of what is dragged
    bool m_marking = false, m_panning = false, m_readOnly = false, m_ownKeys = true;
    KeyMap m_keys;
    double m_pressedAt = 0;
};

}  // namespace lamina
