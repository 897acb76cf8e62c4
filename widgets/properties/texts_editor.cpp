#include "widgets/properties/texts_editor.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>

#include <algorithm>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int fewOffers = 10;  ///< up to here they are seen at a glance
constexpr int offerRole = Qt::UserRole;  ///< the text itself, where its place stands before it

QString offerOf(const QListWidgetItem* item) { return item->data(offerRole).toString(); }

}  // namespace

TextsEditor::TextsEditor(bool ticked, QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (ticked) makeTicks();
    else makeLines();
    setFocusProxy(focusWidgetInside());
    retranslate();
}

void TextsEditor::makeTicks() {
    m_search = new QLineEdit;
    m_search->setObjectName("texts_search");
    m_search->setClearButtonEnabled(true);
    m_list = new QListWidget;
    m_list->setObjectName("texts_list");
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_count = new QLabel;
    m_count->setProperty(ThemeRole::muted, true);
    m_all = new QPushButton;
    m_none = new QPushButton;
    m_all->setObjectName("texts_all");
    m_none->setObjectName("texts_none");
    for (QPushButton* button : {m_all, m_none}) button->setProperty(ThemeRole::flat, true);
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_count, 1);
    line->addWidget(m_all);
    line->addWidget(m_none);
    auto* box = static_cast<QVBoxLayout*>(layout());
    box->addWidget(m_search);
    box->addWidget(m_list);
    box->addLayout(line);
    connect(m_search, &QLineEdit::textChanged, this, &TextsEditor::find);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        if (!m_showing) readTicks();
    });
    connect(m_all, &QPushButton::clicked, this, [this] { tickAll(true); });
    connect(m_none, &QPushButton::clicked, this, [this] { tickAll(false); });
}

void TextsEditor::makeLines() {
    m_lines = new QPlainTextEdit;
    m_lines->setObjectName("texts_lines");
    m_lines->setTabChangesFocus(true);
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setFixedHeight(fontMetrics().lineSpacing() * 5 + 12);
    layout()->addWidget(m_lines);
    connect(m_lines, &QPlainTextEdit::textChanged, this, [this] {
        if (m_showing) return;
        m_texts = m_lines->toPlainText().split(u'\n');
        while (!m_texts.isEmpty() && m_texts.back().isEmpty()) m_texts.pop_back();
        emit edited();
    });
}

QWidget* TextsEditor::focusWidgetInside() const { return m_list ? static_cast<QWidget*>(m_list) : m_lines; }

void TextsEditor::setOffers(const QStringList& offers, bool ordered, const QStringList& titles) {
    if (offers == m_offers && ordered == m_ordered && titles == m_titles) return;
    m_offers = offers;
    m_titles = titles;
    m_ordered = ordered;
    fill();
}

void TextsEditor::setTexts(const QStringList& texts) {
    if (texts == m_texts && (!m_list || m_list->count() > 0)) return;
    m_texts = texts;
    fill();
}

QString TextsEditor::titleOf(const QString& text) const { return m_titles.value(m_offers.indexOf(text), text); }

void TextsEditor::fill() {
    const QScopedValueRollback showing(m_showing, true);
    if (m_lines) return m_lines->setPlainText(m_texts.join(u'\n'));
    m_list->clear();
    QStringList all = m_offers;
    for (const QString& text : m_texts)
        if (!m_offers.contains(text)) all << text;
    for (const QString& text : all) {
        auto* item = new QListWidgetItem(titleOf(text), m_list);
        item->setData(offerRole, text);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(m_texts.contains(text) ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(m_offers.contains(text) ? titleOf(text).toHtmlEscaped() : tr("%1 is not there any more.").arg(text.toHtmlEscaped()));
        if (!m_offers.contains(text)) item->setForeground(themeColours().bad);
    }
    const int shown = std::clamp(m_list->count(), 2, 7);
    m_list->setFixedHeight(shown * std::max(20, m_list->sizeHintForRow(0)) + 6);
    m_search->setVisible(m_list->count() > fewOffers);
    find(m_search->text());
    for (int i = m_list->count() - 1; i >= 0; --i)
        if (m_list->item(i)->checkState() == Qt::Checked) m_list->scrollToItem(m_list->item(i));
    showPlaces();
    showCount();
}

void TextsEditor::find(const QString& text) {
    for (int i = 0; i < m_list->count(); ++i) m_list->item(i)->setHidden(!titleOf(offerOf(m_list->item(i))).contains(text.trimmed(), Qt::CaseInsensitive));
}

void TextsEditor::tickAll(bool on) {
    {
        const QScopedValueRollback showing(m_showing, true);
        for (int i = 0; i < m_list->count(); ++i)
            if (!m_list->item(i)->isHidden()) m_list->item(i)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    readTicks();
}

/// What was ticked before keeps its place in the order.
void TextsEditor::readTicks() {
    QStringList now;
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->checkState() == Qt::Checked) now << offerOf(m_list->item(i));
    QStringList ordered;
    for (const QString& text : m_texts)
        if (now.contains(text)) ordered << text;
    for (const QString& text : now)
        if (!ordered.contains(text)) ordered << text;
    if (ordered == m_texts) return;
    m_texts = ordered;
    showPlaces();
    showCount();
    emit edited();
}

void TextsEditor::showPlaces() {
    if (!m_ordered) return;
    const QScopedValueRollback showing(m_showing, true);
    for (int i = 0; i < m_list->count(); ++i) {
        const QString text = offerOf(m_list->item(i));
        const auto place = m_texts.indexOf(text);
        m_list->item(i)->setText(place < 0 ? titleOf(text) : tr("%1. %2").arg(place + 1).arg(titleOf(text)));
    }
}

void TextsEditor::showCount() { m_count->setText(tr("%n chosen", nullptr, static_cast<int>(m_texts.size()))); }

void TextsEditor::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    if (m_lines) m_lines->setReadOnly(readOnly);
    if (m_list) m_list->setEnabled(!readOnly);
    if (m_all) m_all->setEnabled(!readOnly);
    if (m_none) m_none->setEnabled(!readOnly);
}

void TextsEditor::retranslate() {
    if (m_lines) m_lines->setPlaceholderText(tr("One to a line"));
    if (!m_list) return;
    m_search->setPlaceholderText(tr("Find"));
    m_search->setAccessibleName(tr("Find in the list"));
    m_all->setText(tr("All"));
    m_none->setText(tr("None"));
    showCount();
}

void TextsEditor::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace lamina
