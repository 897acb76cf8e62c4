#include "widgets/charts/curves_view.h"

#include <QBoxLayout>
#include <QBuffer>
#include <QPainter>
#include <QTimer>
#include <QtSvg/QSvgGenerator>

#include <charconv>
#include <cmath>

#include "widgets/charts/curves_legend.h"
#include "widgets/charts/curves_painter.h"
#include "widgets/charts/curves_plot.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int millisecondsPerFrame = 33;
constexpr int titleHeight = 30, legendHeight = 22, margin = 10;

void appendNumber(QByteArray& text, double number) {
    if (!std::isfinite(number)) return;
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    text.append(digits, end - digits);
}

QByteArray quoted(const QString& name) {
    QString text = name;
    return '"' + text.replace('"', "\"\"").toUtf8() + '"';
}

QByteArray csvOf(std::vector<Curve> curves, CurvesOptions options) {
    QByteArray text = "series,step,epoch,seconds,value,smoothed\n";
    for (Curve& curve : curves) {
        const QByteArray name = quoted(curve.style.name);
        DebiasedMean mean(smoothingFor(curve.data.size(), options));
        for (std::size_t i = 0; i < curve.data.size(); ++i) {
            const CurvePoint point = curve.data.at(i);
            text += name;
            for (const double number : {point.step, point.epoch, point.seconds, point.value, mean.next(point.value)}) {
                text += ',';
                appendNumber(text, number);
            }
            text += '\n';
        }
    }
    return text;
}

}  // namespace

CurvesView::CurvesView(QWidget* parent)
    : QWidget(parent), m_plot(new CurvesPlot(m_curves, this)), m_legend(new CurvesLegend(this)), m_frame(new QTimer(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_legend);
    setMinimumSize(220, 150);
    setFocusProxy(m_plot);
    m_frame->setSingleShot(true);
    m_frame->setInterval(millisecondsPerFrame);
    connect(m_frame, &QTimer::timeout, this, &CurvesView::refreshNow);
    connect(m_legend, &CurvesLegend::toggled, this, [this](int id, bool visible) {
        setCurveVisible(id, visible);
        emit curveToggled(id, visible);
    });
    connect(m_plot, &CurvesPlot::xZoomChanged, this, &CurvesView::xZoomChanged);
    connect(m_plot, &CurvesPlot::crosshairMoved, this, &CurvesView::crosshairMoved);
}

CurvesView::~CurvesView() {
    // The plot reads the curves, which are gone before the children are.
    delete m_plot;
}

int CurvesView::addCurve(const CurveStyle& style) {
    m_curves[m_nextId].style = style;
    changed(true);
    return m_nextId++;
}

void CurvesView::setStyle(int id, const CurveStyle& style) {
    const auto found = m_curves.find(id);
    if (found == m_curves.end() || found->second.style == style) return;
    found->second.style = style;
    changed(true);
}

void CurvesView::setCurveVisible(int id, bool visible) {
    const auto found = m_curves.find(id);
    if (found == m_curves.end() || found->second.visible == visible) return;
    found->second.visible = visible;
    changed(true);
}

void CurvesView::removeCurve(int id) {
    if (m_curves.erase(id) > 0) changed(true);
}

void CurvesView::clear() {
    m_curves.clear();
    changed(true);
}

void CurvesView::append(int id, std::span<const CurvePoint> points) {
    const auto found = m_curves.find(id);
    if (found == m_curves.end() || points.empty()) return;
    for (const CurvePoint& point : points) found->second.data.append(point);
    // At once, not with the next frame: the picture may have to be painted before that, and only what is prepared can be.
    found->second.prepare(m_plot->options());
    changed();
}

void CurvesView::dropFrom(int id, double step) {
    const auto found = m_curves.find(id);
    if (found == m_curves.end()) return;
    found->second.data.dropFrom(step);
    found->second.prepare(m_plot->options());
    changed();
}

void CurvesView::setOptions(const CurvesOptions& options) {
    if (options == m_plot->options()) return;
    m_plot->setOptions(options);
    changed();
}

const CurvesOptions& CurvesView::options() const { return m_plot->options(); }

void CurvesView::setEmptyText(const QString& text) { m_plot->setEmptyText(text); }

void CurvesView::setLegendVisible(bool visible) { m_legend->setVisible(visible); }

void CurvesView::setXZoom(std::optional<AxisRange> zoom) {
    refreshNow();
    m_plot->setXZoom(zoom);
}

void CurvesView::resetZoom() { m_plot->resetZoom(); }

void CurvesView::zoomBy(double factor) { m_plot->zoomBy(factor); }

void CurvesView::setCrosshair(std::optional<double> x) { m_plot->setCrosshair(x); }

void CurvesView::changed(bool legend) {
    m_dirty = true;
    m_legendDirty = m_legendDirty || legend;
    if (isVisible() && !m_frame->isActive()) m_frame->start();
}

void CurvesView::refreshNow() {
    m_frame->stop();
    if (m_legendDirty) m_legend->setCurves(m_curves);
    if (m_dirty) {
        for (auto& [id, curve] : m_curves)
            if (curve.visible) curve.prepare(m_plot->options());
        m_plot->refresh();
    }
    m_dirty = m_legendDirty = false;
}

void CurvesView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshNow();
}

QSizeF CurvesView::figureSize() const {
    int shown = 0;
    for (const auto& [id, curve] : m_curves) shown += curve.visible ? 1 : 0;
    return {m_plot->width() + 2.0 * margin, m_plot->height() + titleHeight + 2.0 * margin + legendHeight * shown};
}

void CurvesView::paintFigure(QPainter& painter, const QSizeF& size, const QString& title) {
    painter.fillRect(QRectF(QPointF(), size), themeColours().surface);
    painter.setPen(themeColours().text);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.drawText(QRectF(margin, margin, size.width() - 2 * margin, titleHeight), Qt::AlignLeft | Qt::AlignTop, title);
    m_plot->paintInto(painter, QRectF(margin, margin + titleHeight, m_plot->width(), m_plot->height()));
    painter.setFont(font());
    double y = margin + titleHeight + m_plot->height();
    for (const auto& [id, curve] : m_curves) {
        if (!curve.visible) continue;
        paintCurveSample(painter, QRectF(margin + 4, y, 24, legendHeight), curve.style);
        painter.setPen(themeColours().text);
        painter.drawText(QRectF(margin + 36, y, size.width() - 46 - margin, legendHeight), Qt::AlignLeft | Qt::AlignVCenter, curve.style.name);
        y += legendHeight;
    }
}

QImage CurvesView::image(const QString& title, double scale) {
    refreshNow();
    const QSizeF size = figureSize();
    QImage image((size * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paintFigure(painter, size, title);
    return image;
}

QByteArray CurvesView::svg(const QString& title) {
    refreshNow();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(figureSize().toSize());
    generator.setViewBox(QRectF(QPointF(), figureSize()));
    generator.setTitle(title);
    QPainter painter(&generator);
    paintFigure(painter, figureSize(), title);
    painter.end();
    return buffer.data();
}

std::function<QByteArray()> CurvesView::csvWriter() {
    std::vector<Curve> visible;
    for (const auto& [id, curve] : m_curves) {
        if (!curve.visible) continue;
        Curve copy;
        copy.style = curve.style;
        copy.data = curve.data;
        visible.push_back(std::move(copy));
    }
    return [visible = std::move(visible), options = m_plot->options()] { return csvOf(visible, options); };
}

}  // namespace lamina
