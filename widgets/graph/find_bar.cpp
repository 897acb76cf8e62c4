#include "widgets/graph/find_bar.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

FindBar::FindBar(QWidget* parent) : QFrame(parent), m_text(new QLineEdit(this)), m_found(new QLabel(this)), m_close(new QToolButton(this)) {
    setObjectName(QStringLiteral("findBar"));
    setProperty(ThemeRole::card, true);
    setAutoFillBackground(true);
    m_text->setObjectName(QStringLiteral("findText"));
    m_text->setMinimumWidth(160);
    m_found->setProperty(ThemeRole::muted, true);
    m_found->setObjectName(QStringLiteral("findCount"));
    m_close->setObjectName(QStringLiteral("findClose"));
    m_close->setIcon(themeIcon(QStringLiteral("close")));
    m_close->setAutoRaise(true);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(8, 6, 6, 6);
    line->setSpacing(8);
    line->addWidget(m_text);
    line->addWidget(m_found);
    line->addWidget(m_close);
    connect(m_text, &QLineEdit::textChanged, this, &FindBar::textChanged);
    connect(m_close, &QToolButton::clicked, this, &FindBar::closed);
    retranslate();
    hide();
}

void FindBar::open() {
    show();
    raise();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

QString FindBar::text() const { return m_text->text(); }

void FindBar::setFound(int index, int count) {
    m_index = index;
    m_count = count;
    m_found->setText(m_text->text().isEmpty() || count < 0 ? QString() : count == 0 ? tr("not found") : tr("%1 of %2").arg(index + 1).arg(count));
    adjustSize();
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) emit closed();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) emit stepWanted(!(event->modifiers() & Qt::ShiftModifier));
    else QFrame::keyPressEvent(event);
}

void FindBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

void FindBar::retranslate() {
    m_text->setPlaceholderText(tr("Name or kind of a layer"));
    m_text->setAccessibleName(tr("Find a layer"));
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setAccessibleName(tr("Close the search"));
    setFound(m_index, m_count);
}

}  // namespace lamina
