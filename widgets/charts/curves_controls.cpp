#include "widgets/charts/curves_controls.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include "widgets/common/icon.h"

namespace lamina {
namespace {
constexpr double thousandth = 1000;
}

CurvesControls::CurvesControls(QWidget* parent)
    : QWidget(parent),
      m_smoothingText(new QLabel),
      m_smoothing(new QSlider(Qt::Horizontal)),
      m_smoothingValue(new QLabel),
      m_axisText(new QLabel),
      m_axis(new QComboBox),
      m_logarithmic(new QCheckBox),
      m_ignoreOutliers(new QCheckBox),
      m_reset(new QToolButton) {
    m_smoothing->setObjectName("curves_smoothing");
    m_smoothing->setRange(0, 999);
    m_smoothing->setPageStep(100);
    m_smoothing->setSingleStep(10);
    m_smoothing->setMinimumWidth(48);
    m_smoothing->setMaximumWidth(120);
    m_smoothingText->setBuddy(m_smoothing);
    m_smoothingValue->setMinimumWidth(m_smoothingValue->fontMetrics().horizontalAdvance("0.999"));
    m_axis->setObjectName("curves_axis");
    m_axis->addItems({"", "", ""});
    m_axisText->setBuddy(m_axis);
    m_logarithmic->setObjectName("curves_logarithmic");
    m_ignoreOutliers->setObjectName("curves_ignore_outliers");
    m_reset->setObjectName("curves_reset_zoom");
    m_reset->setIcon(themeIcon("zoom_fit"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_smoothingText, m_smoothing, m_smoothingValue, m_axisText, m_axis, m_logarithmic,
                                                           m_ignoreOutliers, m_reset})
        layout->addWidget(widget);
    layout->addStretch(1);
    setOptions({});
    retranslate();
    const auto tell = [this] {
        showSmoothing();
        emit optionsChanged(options());
    };
    connect(m_smoothing, &QSlider::valueChanged, this, tell);
    connect(m_axis, &QComboBox::currentIndexChanged, this, tell);
    connect(m_logarithmic, &QCheckBox::toggled, this, tell);
    connect(m_ignoreOutliers, &QCheckBox::toggled, this, tell);
    connect(m_reset, &QToolButton::clicked, this, &CurvesControls::resetZoomWanted);
}

CurvesOptions CurvesControls::options() const {
    return {m_smoothing->value() / thousandth, static_cast<CurveAxis>(std::max(0, m_axis->currentIndex())), m_logarithmic->isChecked(),
            m_ignoreOutliers->isChecked()};
}

void CurvesControls::setOptions(const CurvesOptions& options) {
    const QSignalBlocker blockers[] = {QSignalBlocker(m_smoothing), QSignalBlocker(m_axis), QSignalBlocker(m_logarithmic),
                                       QSignalBlocker(m_ignoreOutliers)};
    m_smoothing->setValue(qRound(options.smoothing * thousandth));
    m_axis->setCurrentIndex(static_cast<int>(options.axis));
    m_logarithmic->setChecked(options.logarithmic);
    m_ignoreOutliers->setChecked(options.ignoreOutliers);
    showSmoothing();
}

void CurvesControls::showSmoothing() {
    const double value = options().smoothing;
    m_smoothingValue->setText(QString::number(value, 'f', value > 0.9 && m_smoothing->value() % 10 != 0 ? 3 : 2));
}

void CurvesControls::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void CurvesControls::retranslate() {
    m_smoothingText->setText(tr("S&moothing"));
    m_smoothing->setAccessibleName(tr("Smoothing"));
    m_smoothing->setToolTip(tr("Draws a moving average, so that the trend is seen; the numbers themselves stay as a faint line. "
                               "Curves of fewer than 20 points are drawn as they are."));
    m_axisText->setText(tr("&X axis"));
    m_axis->setAccessibleName(tr("X axis"));
    m_axis->setItemText(static_cast<int>(CurveAxis::Step), tr("Step"));
    m_axis->setItemText(static_cast<int>(CurveAxis::Epoch), tr("Epoch"));
    m_axis->setItemText(static_cast<int>(CurveAxis::Time), tr("Time"));
    m_logarithmic->setText(tr("&Log scale"));
    m_logarithmic->setToolTip(tr("A logarithmic y axis. Numbers that are 0 or less are left out."));
    m_ignoreOutliers->setText(tr("Ignore &outliers"));
    m_ignoreOutliers->setToolTip(tr("Single extreme numbers do not squeeze the rest of the chart."));
    m_reset->setToolTip(tr("Show everything (0, or double-click in a chart)"));
    m_reset->setAccessibleName(tr("Reset zoom"));
}

}  // namespace lamina
