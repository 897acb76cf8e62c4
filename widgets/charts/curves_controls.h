// How curves are looked at: smoothing, x axis, log, outliers. One row of controls for all charts of a page.
#pragma once

#include <QWidget>

#include "widgets/charts/curve.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace lamina {

class CurvesControls : public QWidget {
    Q_OBJECT
public:
    explicit CurvesControls(QWidget* parent = nullptr);

    CurvesOptions options() const;
    void setOptions(const CurvesOptions& options);

signals:
    void optionsChanged(const CurvesOptions& options);
    void resetZoomWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showSmoothing();

    QLabel* m_smoothingText;
    QSlider* m_smoothing;
    QLabel* m_smoothingValue;
    QLabel* m_axisText;
    QComboBox* m_axis;
    QCheckBox* m_logarithmic;
    QCheckBox* m_ignoreOutliers;
    QToolButton* m_reset;
};

}  // namespace lamina
