#include "app/pages/label/item_cards.h"

#include <QFont>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

#include "widgets/common/theme.h"

namespace lamina {

ItemCards::ItemCards(std::shared_ptr<const LabelDesk> desk) : m_desk(std::move(desk)), m_ground(themeColours().surface), m_ink(themeColours().text), m_line(themeColours().border) {}

/// As many as a card can show.
QString ItemCards::wordsOf(std::int64_t item) const {
    constexpr std::size_t mostBytes = 240;
    constexpr qsizetype mostCells = 8;
    // The target is not read beside the question.
    const auto isAnswer = [this](std::size_t c) { return m_desk->kind == DeskKind::Rows && c < m_desk->dataset.columns.size() && m_desk->dataset.columns[c].role == "target"; };
    if (m_desk->kind == DeskKind::Texts) {
        const auto text = m_desk->table.view(m_desk->column).text(item).substr(0, mostBytes);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).simplified();
    }
    QStringList cells;
    for (std::size_t c = 0; c < m_desk->table.columnCount() && cells.size() < mostCells; ++c)
        if (!isAnswer(c)) cells << QString::fromStdString(m_desk->table.cellText(item, c)).left(40);
    return cells.join("\n");
}

QImage ItemCards::thumbnail(std::int64_t item, int edge) const {
    if (item < 0 || item >= count()) return {};
    QImage card(edge, edge, QImage::Format_RGB32);
    card.fill(m_ground);
    QPainter painter(&card);
    painter.setPen(m_line);
    painter.drawRect(card.rect().adjusted(0, 0, -1, -1));
    QFont font = QGuiApplication::font();
    font.setPixelSize(std::clamp(edge / 9, 8, 14));
    painter.setFont(font);
    painter.setPen(m_ink);
    painter.drawText(card.rect().adjusted(5, 4, -4, -3), Qt::TextWordWrap, wordsOf(item));
    return card;
}

}  // namespace lamina
