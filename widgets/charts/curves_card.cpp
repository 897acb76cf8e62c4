#include "widgets/charts/curves_card.h"

#include <QAction>
#include <QBoxLayout>
#include <QBuffer>
#include <QEvent>
#include <QFileDialog>
#include <QMenu>
#include <QToolButton>

#include "widgets/charts/curves_plot.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

QByteArray pngOf(const QImage& image) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

}  // namespace

CurvesCard::CurvesCard(const QString& key, QWidget* parent)
    : QFrame(parent), m_key(key), m_title(new ElidedLabel), m_menu(new QToolButton), m_view(new CurvesView) {
    setObjectName("card_" + key);
    setProperty(ThemeRole::card, true);
    m_title->setProperty(ThemeRole::section, true);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* menu = new QMenu(m_menu);
    m_zoomIn = menu->addAction(themeIcon("zoom_in"), QString(), this, [this] { m_view->zoomBy(1.5); });
    m_zoomOut = menu->addAction(themeIcon("zoom_out"), QString(), this, [this] { m_view->zoomBy(1 / 1.5); });
    m_reset = menu->addAction(themeIcon("zoom_fit"), QString(), this, [this] { m_view->resetZoom(); });
    menu->addSeparator();
    m_png = menu->addAction(themeIcon("export"), QString(), this, [this] { exportAs(Format::Png); });
    m_svg = menu->addAction(themeIcon("export"), QString(), this, [this] { exportAs(Format::Svg); });
    m_csv = menu->addAction(themeIcon("export"), QString(), this, [this] { exportAs(Format::Csv); });
    m_menu->setObjectName("card_menu_" + key);
    m_menu->setIcon(themeIcon("more"));
    m_menu->setMenu(menu);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_menu);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
    retranslate();
}

void CurvesCard::setTitle(const QString& title) {
    m_title->setFullText(title);
    m_view->plot().setAccessibleName(tr("Chart: %1").arg(title));
    m_menu->setAccessibleName(tr("Zoom and export: %1").arg(title));
}

void CurvesCard::exportAs(Format format) {
    const QString ending = format == Format::Png ? "png" : format == Format::Svg ? "svg" : "csv";
    QString file = QFileDialog::getSaveFileName(this, tr("Export chart"), m_key + '.' + ending, tr("%1 file (*.%2)").arg(ending.toUpper(), ending));
    if (file.isEmpty()) return;
    if (!file.endsWith('.' + ending, Qt::CaseInsensitive)) file += '.' + ending;
    switch (format) {
        case Format::Png: return emit exportWanted(file, [image = m_view->image(m_title->fullText())] { return pngOf(image); });
        case Format::Svg: return emit exportWanted(file, [text = m_view->svg(m_title->fullText())] { return text; });
        case Format::Csv: return emit exportWanted(file, m_view->csvWriter());
    }
}

void CurvesCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void CurvesCard::retranslate() {
    m_zoomIn->setText(tr("Zoom in (+)"));
    m_zoomOut->setText(tr("Zoom out (-)"));
    m_reset->setText(tr("Show everything (0)"));
    m_png->setText(tr("Export as picture (PNG)…"));
    m_svg->setText(tr("Export as drawing (SVG)…"));
    m_csv->setText(tr("Export numbers (CSV)…"));
    m_menu->setToolTip(tr("Zoom and export"));
    setTitle(m_title->fullText());
}

}  // namespace lamina
