// A line through some points with axes on both sides: the course of a schedule, the loss over learning rates.
#pragma once

#include <QPointF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace lamina {

struct LinePlotData {
    std::vector<QPointF> points;       ///< x rising; what is not finite is left out
    QString across, up;                ///< what the axes count; plain text
    bool logarithmicX = false;         ///< x are positive numbers, shown by their powers of ten
    std::optional<double> marked;      ///< an x that is marked with an upright line
    QString markedText = {};
};

class LinePlot : public QWidget {
    Q_OBJECT
public:
    explicit LinePlot(QWidget* parent = nullptr);

    void setData(LinePlotData data);
    const LinePlotData& data() const { return m_data; }
    QSize sizeHint() const override { return {420, 260}; }
    QSize minimumSizeHint() const override { return {160, 90}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double across(double x) const;
    void measure();
    int ticksUp() const;
    QRectF plot() const;
    QPointF toWidget(double x, double y) const;
    void paintAxes(QPainter& painter) const;
    void paintMark(QPainter& painter) const;

    LinePlotData m_data;
    double m_left = 0, m_right = 1, m_low = 0, m_high = 1;  ///< what is shown; x after across()
};

}  // namespace lamina
