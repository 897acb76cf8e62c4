#include "widgets/graph/problem_item.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "core/network/network_edits.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr double width = 260, inset = 10;

QFont textFont() {
    QFont font = QGuiApplication::font();
    font.setPixelSize(12);
    return font;
}

}  // namespace

ProblemItem::ProblemItem(QGraphicsItem* node) : QGraphicsItem(node) {
    setAcceptedMouseButtons(Qt::NoButton);
    setPos(NodeRoom::width + 18, 0);
}

void ProblemItem::setTexts(const QString& problem, const QString& fix) {
    if (problem == m_problem && fix == m_fix) return;
    prepareGeometryChange();
    m_problem = problem;
    m_fix = fix;
    const QFontMetricsF metrics(textFont());
    const double height = metrics.boundingRect(QRectF(0, 0, width - 2 * inset, 1000), Qt::TextWordWrap, problem).height();
    m_text = QRectF(inset, inset - 2, width - 2 * inset, height);
    m_button = fix.isEmpty() ? QRectF() : QRectF(inset, m_text.bottom() + 8, std::min(width - 2 * inset, metrics.horizontalAdvance(fix) + 24), 26);
    m_rect = QRectF(-8, 0, width + 9, (fix.isEmpty() ? m_text.bottom() : m_button.bottom()) + inset);
}

QRectF ProblemItem::button() const { return m_button.isEmpty() ? QRectF() : mapRectToScene(m_button); }

void ProblemItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform()) < 0.5) return;
    const auto& colours = themeColours();
    const QRectF box(0, 0, width, m_rect.height() - 1);
    painter->setPen(QPen(colours.bad, 1));
    painter->setBrush(colours.surface);
    painter->drawRoundedRect(box, 6, 6);
    painter->fillRect(QRectF(0, 8, 3, box.height() - 16), colours.bad);
    painter->setPen(colours.text);
    painter->setFont(textFont());
    painter->drawText(m_text, Qt::TextWordWrap, m_problem);
    if (m_button.isEmpty()) return;
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.accent);
    painter->drawRoundedRect(m_button, 6, 6);
    painter->setPen(colours.accentText);
    painter->drawText(m_button.adjusted(6, 0, -6, 0), Qt::AlignCenter,
                      QFontMetricsF(textFont()).elidedText(m_fix, Qt::ElideRight, m_button.width() - 12));
}

}  // namespace lamina
