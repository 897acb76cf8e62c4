// The chart itself: axes by Qt Charts, curves painted by ourselves, mouse and keys. CurvesView puts legend and data around it.
#pragma once

#include <QtCharts/QChartView>

#include <map>
#include <optional>
#include <vector>

#include "widgets/charts/curve.h"

class QCategoryAxis;
class QLineSeries;

namespace lamina {

class CurvesItem;
class CurvesOverlay;
struct AxisTick;

class CurvesPlot : public QChartView {
    Q_OBJECT
public:
    /// The curves belong to the caller and outlive the plot.
    CurvesPlot(const std::map<int, Curve>& curves, QWidget* parent);

    void setOptions(const CurvesOptions& options);
    const CurvesOptions& options() const { return m_options; }
    void setEmptyText(const QString& text);
    /// Curves or options have changed: scales the axes and paints what is prepared.
    void refresh();

    /// What part of x is looked at; nothing: all of it.
    const std::optional<AxisRange>& xZoom() const { return m_xZoom; }
    void setXZoom(std::optional<AxisRange> zoom);
    const AxisRange& xRange() const { return m_x; }
    /// In the units of the axis.
    const AxisRange& yRange() const { return m_y; }
    /// The newest point stays in the picture: always without zoom, with zoom while its right border lies at or beyond the end.
    bool following() const { return m_following; }
    void resetZoom();
    /// Around the cross-hair or the middle; factor > 1 shows less.
    void zoomBy(double factor);

    std::optional<double> crosshair() const { return m_crosshair; }
    void setCrosshair(std::optional<double> x);
    /// To the next (1) or previous (-1) point of any visible curve.
    void moveCrosshair(int points);
    QString readoutText() const;

    /// The view of a scene would like to be as large as the scene: a chart takes the room there is.
    QSize sizeHint() const override { return {320, 170}; }
    QSize minimumSizeHint() const override { return {160, 100}; }

    /// Paints chart and curves into a place of another picture.
    void paintInto(QPainter& painter, const QRectF& place);

signals:
    /// By the person, not by setXZoom().
    void xZoomChanged(bool zoomed, double low, double high);
    void crosshairMoved(bool shown, double x);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    friend class CurvesItem;
    enum class Drag { None, Box, Pan };

    std::vector<const Curve*> visibleCurves() const;
    CurveMap map() const;
    AxisRange wholeX(const std::vector<const Curve*>& curves) const;
    void layOut();
    void setTicks(QCategoryAxis* axis, const std::vector<AxisTick>& ticks, const AxisRange& range);
    void applyColours();
    void retranslate();
    void zoomTo(std::optional<AxisRange> x, std::optional<AxisRange> y);
    void zoomAt(double x, double factor);
    void panBy(const QPointF& pixels);
    void finishBox(const QRectF& box);
    void showCrosshair();
    void moveByUser(std::optional<double> x);

    const std::map<int, Curve>& m_curves;
    CurvesOptions m_options;
    QCategoryAxis* m_xAxis;
    QCategoryAxis* m_yAxis;
    CurvesItem* m_item;
    CurvesOverlay* m_overlay;
    QString m_emptyText;
    bool m_empty = true;
    AxisRange m_x{0, 1}, m_y{0, 1};
    std::optional<AxisRange> m_xZoom, m_yZoom;
    bool m_following = true;
    std::optional<double> m_crosshair;
    Drag m_drag = Drag::None;
    QPointF m_dragFrom;
};

}  // namespace lamina
