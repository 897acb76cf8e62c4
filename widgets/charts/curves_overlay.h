// What lies over a chart: the cross-hair with its table, the box that is being drawn, the text of an empty chart.
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

#include "widgets/charts/curve.h"

namespace lamina {

struct ReadoutRow {
    CurveStyle style;
    double smoothed = 0, raw = 0;
    QString place;  ///< step, epoch or time of the point
    QPointF point;  ///< on the screen; where it is outside the area no dot is painted
};

class CurvesOverlay : public QWidget {
    Q_OBJECT
public:
    explicit CurvesOverlay(QWidget* parent);

    void setArea(const QRectF& area);
    /// No rows: no cross-hair.
    void setReadout(double pixelX, std::vector<ReadoutRow> rows, bool smoothing, const QString& placeTitle);
    void setBox(const QRectF& box);
    void setEmptyText(const QString& text);
    /// The table as text, a line for each row.
    QString readoutText() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintCrosshair(QPainter& painter) const;
    void paintTable(QPainter& painter) const;

    QRectF m_area, m_box;
    double m_pixelX = 0;
    std::vector<ReadoutRow> m_rows;
    std::size_t m_left = 0;  ///< rows there was no room for
    bool m_smoothing = false;
    QString m_placeTitle, m_emptyText;
};

}  // namespace lamina
