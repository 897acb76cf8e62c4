#include "app/pages/data/class_bars.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <numeric>

#include "app/pages/data/part_words.h"

namespace lamina {
namespace {

std::int64_t rowsOf(const ClassCounts& one) { return std::accumulate(one.rows.begin(), one.rows.end(), std::int64_t{0}); }

QString number(std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); }

}  // namespace

ClassBars::ClassBars(QWidget* parent) : QWidget(parent) {
    setObjectName("class_bars");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

int ClassBars::lineHeight() const { return fontMetrics().height() + 10; }
QSize ClassBars::sizeHint() const { return {360, static_cast<int>(std::min(m_classes.size(), mostClasses + 1)) * lineHeight()}; }
QSize ClassBars::minimumSizeHint() const { return {180, sizeHint().height()}; }

void ClassBars::setClasses(std::vector<ClassCounts> classes) {
    m_classes = std::move(classes);
    m_most = 1;
    QStringList words;
    for (const ClassCounts& one : m_classes) {
        m_most = std::max(m_most, rowsOf(one));
        if (words.size() < 20) words << QString::fromStdString(one.name) + u' ' + number(rowsOf(one));
    }
    setAccessibleName(tr("Items per class: %1").arg(words.join(", ")));
    updateGeometry();
    update();
}

void ClassBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int names = 0;
    for (std::size_t i = 0; i < std::min(m_classes.size(), mostClasses); ++i) names = std::max(names, fontMetrics().horizontalAdvance(QString::fromStdString(m_classes[i].name)));
    names = std::min(names, width() * 2 / 5);
    const int counts = fontMetrics().horizontalAdvance(number(m_most)) + 8, left = names + 10;
    const double room = std::max(10, width() - left - counts);
    for (std::size_t i = 0; i < std::min(m_classes.size(), mostClasses); ++i) {
        const ClassCounts& one = m_classes[i];
        const int top = static_cast<int>(i) * lineHeight();
        painter.setPen(themeColours().text);
        painter.drawText(QRect(0, top, names, lineHeight()), Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(QString::fromStdString(one.name), Qt::ElideRight, names));
        double x = left;
        for (int part = 0; part < partCount; ++part) {
            const double size = room * static_cast<double>(one.rows[static_cast<std::size_t>(part)]) / static_cast<double>(m_most);
            painter.fillRect(QRectF(x, top + 5, size, lineHeight() - 10), partColour(static_cast<Part>(part)));
            x += size;
        }
        painter.setPen(themeColours().mutedText);
        painter.drawText(QRectF(x + 6, top, width(), lineHeight()), Qt::AlignLeft | Qt::AlignVCenter, number(rowsOf(one)));
    }
    if (m_classes.size() > mostClasses) {
        painter.setPen(themeColours().mutedText);
        painter.drawText(QRect(0, static_cast<int>(mostClasses) * lineHeight(), width(), lineHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("and %1 more classes").arg(number(static_cast<std::int64_t>(m_classes.size() - mostClasses))));
    }
}

bool ClassBars::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto line = static_cast<std::size_t>(std::max(0, help->pos().y() / lineHeight()));
    if (line >= std::min(m_classes.size(), mostClasses)) {
        QToolTip::hideText();
        return true;
    }
    QStringList words{QString::fromStdString(m_classes[line].name).toHtmlEscaped()};
    for (int part = 0; part < partCount; ++part)
        if (const auto rows = m_classes[line].rows[static_cast<std::size_t>(part)]; rows > 0) words << partTitle(static_cast<Part>(part)) + u' ' + number(rows);
    QToolTip::showText(help->globalPos(), words.join("<br>"), this);
    return true;
}

}  // namespace lamina
