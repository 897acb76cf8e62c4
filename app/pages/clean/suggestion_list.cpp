#include "app/pages/clean/suggestion_list.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include "app/pages/clean/step_words.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

SuggestionList::SuggestionList(QWidget* parent) : QWidget(parent), m_title(new QLabel), m_note(new QLabel), m_scroll(new QScrollArea) {
    setObjectName("suggestions");
    m_title->setProperty(ThemeRole::section, true);
    m_note->setProperty(ThemeRole::muted, true);
    m_note->setWordWrap(true);
    m_note->setObjectName("suggestions_note");
    m_scroll->setObjectName("suggestions_scroll");
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_note);
    layout->addWidget(m_scroll, 1);
    layout->addStretch();  // where there are no rows, the note stays below the title
    retranslate();
}

void SuggestionList::setSuggestions(std::vector<StepOffer> suggestions) {
    m_suggestions = std::move(suggestions);
    m_looking = false;
    rebuild();
}

void SuggestionList::setLooking() {
    m_looking = true;
    if (m_suggestions.empty()) rebuild();
}

void SuggestionList::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    rebuild();
}

void SuggestionList::rebuild() {
    m_rows = new QWidget;
    auto* layout = new QVBoxLayout(m_rows);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(6);
    for (std::size_t i = 0; i < m_suggestions.size(); ++i) {
        const StepOffer& suggestion = m_suggestions[i];
        auto* line = new QHBoxLayout;
        line->setSpacing(8);
        auto* words = new QLabel(suggestion.text);
        words->setObjectName(QStringLiteral("suggestion_words_%1").arg(i));
        words->setWordWrap(true);
        words->setTextFormat(Qt::PlainText);
        line->addWidget(words, 1);
        layout->addLayout(line);
        if (suggestion.isRemark()) continue;
        auto* add = new QPushButton;
        add->setIcon(themeIcon("add"));
        add->setObjectName(QStringLiteral("suggestion_%1").arg(i));
        add->setProperty(ThemeRole::flat, true);
        add->setFixedWidth(34);
        add->setEnabled(!m_readOnly);
        add->setAccessibleName(tr("%1 Add the step: %2").arg(suggestion.text, stepTitle(suggestion.step)));
        add->setToolTip(QStringLiteral("<qt>%1</qt>")
                            .arg(tr("Add the step “%1”: %2").arg(stepTitle(suggestion.step), stepLine(suggestion.step)).toHtmlEscaped()));
        line->addWidget(add, 0, Qt::AlignTop);
        connect(add, &QPushButton::clicked, this, [this, suggestion] { emit chosen(suggestion); });
    }
    layout->addStretch();
    m_scroll->setWidget(m_rows);
    // On the card, not on a sheet of its own.
    m_scroll->viewport()->setAutoFillBackground(false);
    m_rows->setAutoFillBackground(false);
    m_scroll->setVisible(!m_suggestions.empty());
    m_note->setVisible(m_suggestions.empty());
    m_note->setText(m_looking ? tr("Looking at all rows …")
                              : tr("Nothing stands out: no missing values, no repeated rows, no columns that say nothing."));
}

void SuggestionList::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void SuggestionList::retranslate() {
    m_title->setText(tr("What could be cleaned here"));
    rebuild();
}

}  // namespace lamina
