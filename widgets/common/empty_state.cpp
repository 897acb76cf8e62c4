#include "widgets/common/empty_state.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

EmptyState::EmptyState(const QString& iconName, QWidget* parent)
    : QWidget(parent), m_iconName(iconName), m_picture(new QLabel), m_title(new QLabel), m_text(new QLabel), m_buttons(new QWidget) {
    m_title->setProperty(ThemeRole::section, true);
    m_text->setProperty(ThemeRole::muted, true);
    for (QLabel* label : {m_picture, m_title, m_text}) {
        label->setAlignment(Qt::AlignCenter);
        label->setTextFormat(Qt::PlainText);
    }
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setMaximumWidth(520);
    auto* buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 8, 0, 0);
    buttons->setSpacing(8);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_picture);
    layout->addWidget(m_title);
    layout->addWidget(m_text, 0, Qt::AlignHCenter);
    layout->addWidget(m_buttons, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    updatePicture();
}

void EmptyState::setTexts(const QString& title, const QString& text) {
    m_title->setText(title);
    m_text->setText(text);
    m_text->setMinimumWidth(qMin(520, m_text->fontMetrics().horizontalAdvance(text) + 8));
    // A wrapped label that is aligned gets no height for its second line by itself.
    m_text->setMinimumHeight(m_text->heightForWidth(m_text->minimumWidth()));
}

QPushButton* EmptyState::addButton(const QString& objectName) {
    auto* button = new QPushButton;
    button->setObjectName(objectName);
    button->setProperty(ThemeRole::primary, m_buttons->layout()->isEmpty());
    m_buttons->layout()->addWidget(button);
    return button;
}

void EmptyState::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) updatePicture();
}

void EmptyState::updatePicture() { m_picture->setPixmap(themeIcon(m_iconName).pixmap(48, 48)); }

}  // namespace lamina
