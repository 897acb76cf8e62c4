// The names of a chart's curves, each a button that shows or hides its curve; wraps into as many lines as it needs.
#pragma once

#include <QWidget>

#include <map>

#include "widgets/charts/curve.h"

class QToolButton;

namespace lamina {

class CurvesLegend : public QWidget {
    Q_OBJECT
public:
    explicit CurvesLegend(QWidget* parent = nullptr);

    /// Shows exactly these curves.
    void setCurves(const std::map<int, Curve>& curves);

signals:
    void toggled(int id, bool visible);

protected:
    void changeEvent(QEvent* event) override;

private:
    void restyle();
    void dress(QToolButton* button, const Curve& curve);

    std::map<int, QToolButton*> m_buttons;
    std::map<int, CurveStyle> m_styles;
    unsigned m_theme = 0;  ///< the style sheet set by restyle() leads to a change of palette itself
};

}  // namespace lamina
