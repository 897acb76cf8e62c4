// Curves within the unit square: how two shares go together, from strict to lax (ROC, precision and recall).
#pragma once

#include <QPointF>
#include <QString>
#include <QWidget>

#include <vector>

namespace lamina {

struct RateCurve {
    QString name;                 ///< plain text
    QString value;                ///< written beside the name: the area below
    std::vector<QPointF> points;  ///< 0 … 1 each
};

/// Names stand beside the square; the pointer on a name or near a curve brings it to the front and says where it is.
class RateCurvesView : public QWidget {
    Q_OBJECT
public:
    explicit RateCurvesView(QWidget* parent = nullptr);

    /// `diagonal`: draws the line of chance from (0, 0) to (1, 1).
    void setCurves(std::vector<RateCurve> curves, const QString& across, const QString& up, bool diagonal);
    const std::vector<RateCurve>& curves() const { return m_curves; }
    QSize sizeHint() const override { return {520, 360}; }
    QSize minimumSizeHint() const override { return {260, 200}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Near {
        int curve = -1;
        QPointF at;  ///< in the unit square; only where a curve itself is near
        bool onCurve = false;
    };
    QRectF square() const;
    QRectF nameRow(int curve) const;
    int namesWidth() const;
    QPointF toWidget(const QPointF& share) const;
    Near nearest(const QPointF& place) const;
    void paintGrid(QPainter& painter) const;
    void paintCurve(QPainter& painter, int curve) const;
    void paintNames(QPainter& painter) const;
    QColor colour(int curve) const;

    std::vector<RateCurve> m_curves;
    QString m_across, m_up;
    bool m_diagonal = false;
    int m_front = -1;  ///< curve under the pointer
};

}  // namespace lamina
