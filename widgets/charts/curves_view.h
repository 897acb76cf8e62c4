// Several curves over each other, live or finished, of any length: smoothing, log axis, zoom, cross-hair, export.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QWidget>

#include <functional>
#include <map>
#include <optional>
#include <span>

#include "widgets/charts/curve.h"

class QTimer;

namespace lamina {

class CurvesLegend;
class CurvesPlot;

/// Mouse: drag = zoom box, double-click = all, Ctrl or Alt + wheel = zoom at the pointer, Shift or Alt + drag or middle drag = pan. Keys: ← →
/// move the cross-hair (Shift: by ten), Home, End, + - 0 zoom, Esc. Changes of data are painted together with the next frame; hidden, nothing is
/// done.
class CurvesView : public QWidget {
    Q_OBJECT
public:
    explicit CurvesView(QWidget* parent = nullptr);
    ~CurvesView() override;

    /// Gives the id of a new, empty curve.
    int addCurve(const CurveStyle& style);
    void setStyle(int id, const CurveStyle& style);
    void setCurveVisible(int id, bool visible);
    void removeCurve(int id);
    void clear();
    /// In the order of steps.
    void append(int id, std::span<const CurvePoint> points);
    /// The points at and after `step` are written anew: a resumed run.
    void dropFrom(int id, double step);
    const std::map<int, Curve>& curves() const { return m_curves; }

    void setOptions(const CurvesOptions& options);
    const CurvesOptions& options() const;
    void setEmptyText(const QString& text);
    void setLegendVisible(bool visible);

    void setXZoom(std::optional<AxisRange> zoom);
    void resetZoom();
    void zoomBy(double factor);
    void setCrosshair(std::optional<double> x);
    CurvesPlot& plot() { return *m_plot; }

    // Export. `title` is written above the chart.
    QImage image(const QString& title, double scale = 2);
    QByteArray svg(const QString& title);
    /// Gives a function that writes all visible curves as CSV; it holds a copy of the numbers and may run in any thread.
    std::function<QByteArray()> csvWriter();

    /// Brings the picture up to date at once instead of with the next frame.
    void refreshNow();

signals:
    void xZoomChanged(bool zoomed, double low, double high);
    void crosshairMoved(bool shown, double x);
    void curveToggled(int id, bool visible);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void changed(bool legend = false);
    void paintFigure(QPainter& painter, const QSizeF& size, const QString& title);
    QSizeF figureSize() const;

    std::map<int, Curve> m_curves;
    int m_nextId = 1;
    bool m_dirty = true, m_legendDirty = true;
    CurvesPlot* m_plot;
    CurvesLegend* m_legend;
    QTimer* m_frame;
};

}  // namespace lamina
