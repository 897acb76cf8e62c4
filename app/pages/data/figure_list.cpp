#include "app/pages/data/figure_list.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "widgets/common/elided_label.h"
#include "widgets/common/theme.h"

namespace lamina {

FigureList::FigureList(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
}

void FigureList::clear() {
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
}

void FigureList::addHeading(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setProperty(ThemeRole::section, true);
    label->setContentsMargins(0, 8, 0, 0);
    m_layout->addWidget(label);
}

void FigureList::addNote(const QString& text, const QString& tone) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (tone.isEmpty()) label->setProperty(ThemeRole::muted, true);
    else label->setProperty(ThemeRole::tone, tone);
    m_layout->addWidget(label);
}

QWidget* FigureList::makeValue(const QString& name, const QString& value, const std::optional<ProfileQuery>& rows, const QString& words) {
    if (!rows) {
        auto* label = new QLabel(value);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        return label;
    }
    auto* button = new QPushButton(value);
    button->setObjectName("figure");
    button->setProperty(ThemeRole::flat, true);
    button->setCursor(Qt::PointingHandCursor);
    button->setAccessibleName(tr("%1: %2. Show these rows").arg(name, value));
    button->setToolTip(tr("Show these rows in the table"));
    QPalette palette = button->palette();
    palette.setColor(QPalette::ButtonText, themeColours().accent);
    button->setPalette(palette);
    button->setStyleSheet(QStringLiteral("padding: 0px; text-align: left; color: %1;").arg(themeColours().accent.name()));
    connect(button, &QPushButton::clicked, this, [this, query = *rows, words] { emit rowsWanted(query, words); });
    return button;
}

void FigureList::addPair(QWidget* name, QWidget* value, bool nameStretches) {
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(name, nameStretches ? 1 : 2);
    layout->addWidget(value, nameStretches ? 0 : 3, nameStretches ? Qt::Alignment() : Qt::AlignLeft);
    m_layout->addWidget(line);
}

void FigureList::addFigure(const QString& name, const QString& value, const std::optional<ProfileQuery>& rows, const QString& words) {
    auto* title = new QLabel(name);
    title->setProperty(ThemeRole::muted, true);
    title->setWordWrap(true);
    addPair(title, makeValue(name, value, rows, words), false);
}

void FigureList::addLine(const QString& name, const QString& value, const std::optional<ProfileQuery>& rows, const QString& words) {
    auto* title = new ElidedLabel;
    title->setFullText(name);
    addPair(title, makeValue(name, value, rows, words), true);
}

}  // namespace lamina
