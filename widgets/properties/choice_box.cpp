#include "widgets/properties/choice_box.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QScreen>
#include <QStyleOptionComboBox>
#include <QToolTip>

#include <algorithm>

namespace lamina {
namespace {

constexpr int choiceMargin = 48;  ///< of an entry beside its text, with the bar for scrolling

}  // namespace

ChoiceBox::ChoiceBox(QWidget* parent) : QComboBox(parent) { view()->setTextElideMode(Qt::ElideMiddle); }

void ChoiceBox::setTitles(const QStringList& titles) {
    clear();
    addItems(titles);
    for (int i = 0; i < titles.size(); ++i) setItemData(i, QStringLiteral("<qt>%1</qt>").arg(titles[i].toHtmlEscaped()), Qt::ToolTipRole);
}

void ChoiceBox::showPopup() {
    int widest = 0;
    for (int i = 0; i < count(); ++i) widest = std::max(widest, fontMetrics().horizontalAdvance(itemText(i)));
    view()->setMinimumWidth(std::min(std::max(width(), widest + choiceMargin), screen()->availableGeometry().width()));
    QComboBox::showPopup();
}

void ChoiceBox::initStyleOption(QStyleOptionComboBox* option) const {
    QComboBox::initStyleOption(option);
    const int room = style()->subControlRect(QStyle::CC_ComboBox, option, QStyle::SC_ComboBoxEditField, this).width() - 4;
    option->currentText = option->fontMetrics.elidedText(option->currentText, Qt::ElideMiddle, std::max(0, room));
}

QString ChoiceBox::shownText() const {
    QStyleOptionComboBox option;
    initStyleOption(&option);
    return option.currentText;
}

/// What is shortened is said in full above what the setting is for.
bool ChoiceBox::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || currentIndex() < 0 || shownText() == currentText()) return QComboBox::event(event);
    const QString help = toolTip().isEmpty() ? QString() : QStringLiteral("<br>") + QString(toolTip()).remove(QLatin1String("<qt>")).remove(QLatin1String("</qt>"));
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), QStringLiteral("<qt><b>%1</b>%2</qt>").arg(currentText().toHtmlEscaped(), help), this);
    return true;
}

}  // namespace lamina
