#include "widgets/common/notice.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

QString pictureOf(Notice::Tone tone) {
    switch (tone) {
        case Notice::Tone::Info: return "info";
        case Notice::Tone::Good: return "check";
        case Notice::Tone::Warning: return "warning";
        case Notice::Tone::Bad: return "error";
    }
    return {};
}

}  // namespace

Notice::Notice(QWidget* parent) : QFrame(parent), m_picture(new QLabel), m_text(new QLabel), m_button(new QPushButton), m_close(new QToolButton) {
    setProperty(ThemeRole::card, true);
    setObjectName("notice");
    m_picture->setContentsMargins(0, 4, 0, 0);  // on the height of the first line beside the buttons
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setObjectName("notice_text");
    m_button->setObjectName("notice_button");
    m_close->setObjectName("notice_close");
    m_close->setIcon(themeIcon("close"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(10);
    layout->addWidget(m_picture, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_button, &QPushButton::clicked, this, [this] { if (const auto act = m_act) act(); });
    connect(m_close, &QToolButton::clicked, this, [this] { hide(); emit closed(); });
    hide();
}

void Notice::say(Tone tone, const QString& text) { say(tone, text, {}, {}); }

void Notice::say(Tone tone, const QString& text, const QString& button, std::function<void()> act) {
    m_tone = tone;
    m_picture->setPixmap(themeIcon(pictureOf(tone)).pixmap(18, 18));
    m_text->setText(text);
    setAccessibleName(text);
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close this message"));
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_act = std::move(act);
    show();
    QAccessibleEvent spoken(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

void Notice::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) m_picture->setPixmap(themeIcon(pictureOf(m_tone)).pixmap(18, 18));
}

QString Notice::text() const { return m_text->text(); }

}  // namespace lamina
