#include "app/pages/label/label_bar.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFileInfo>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include "app/pages/label/kind_words.h"
#include "app/pages/label/label_desk.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

/// Kept in the project as they are here, and told in the language in use.
constexpr const char* skipReasons[] = {QT_TRANSLATE_NOOP("lamina::LabelBar", "Cannot be told"), QT_TRANSLATE_NOOP("lamina::LabelBar", "Does not belong here"),
                                       QT_TRANSLATE_NOOP("lamina::LabelBar", "Somebody else should look")};

QToolButton* barButton(const char* name, const char* icon) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themeIcon(icon));
    button->setAutoRaise(true);
    return button;
}

void name(QToolButton* button, const QString& text, const QString& key) {
    button->setAccessibleName(text);
    button->setToolTip(key.isEmpty() ? text : QString("%1 (%2)").arg(text, key));
}

}  // namespace

QString itemStateWords(ItemState state) {
    switch (state) {
        case ItemState::Labelled: return LabelBar::tr("labelled");
        case ItemState::Checked: return LabelBar::tr("checked");
        case ItemState::CheckedEmpty: return LabelBar::tr("checked, nothing there");
        case ItemState::Skipped: return LabelBar::tr("skipped");
        default: return LabelBar::tr("not labelled yet");
    }
}

QString skipReasonWords(const QString& reason) {
    for (const char* known : skipReasons)
        if (reason == QLatin1String(known)) return LabelBar::tr(known);
    for (const DeskKind kind : {DeskKind::Pictures, DeskKind::Texts, DeskKind::Rows, DeskKind::Series})
        if (reason == QLatin1String(kindSource(KindPhrase::BadReason, kind))) return kindWords(KindPhrase::BadReason, kind);
    return reason;
}

LabelBar::LabelBar(QWidget* parent)
    : QWidget(parent), m_row(new QHBoxLayout), m_title(new ElidedLabel), m_state(new ElidedLabel), m_saved(new QLabel), m_place(new QToolButton),
      m_previous(barButton("label_previous", "chevron_left")), m_next(barButton("label_next", "chevron_right")), m_skip(barButton("label_skip", "skip")),
      m_flag(barButton("label_flag", "flag")), m_comment(barButton("label_comment", "comment")),
      m_look(barButton("label_look", "eye")), m_keys(barButton("label_keys", "help")), m_checked(new QPushButton) {
    m_title->setProperty(ThemeRole::heading, true);
    m_place->setObjectName("label_place");
    m_place->setAutoRaise(true);
    m_state->setObjectName("label_state");
    m_state->setProperty(ThemeRole::muted, true);
    m_saved->setObjectName("label_saved");
    m_saved->setProperty(ThemeRole::muted, true);
    m_saved->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_saved->setMinimumWidth(m_saved->fontMetrics().averageCharWidth() * 18);  // what comes and goes does not move the rest
    m_checked->setObjectName("label_checked");
    m_checked->setProperty(ThemeRole::primary, true);
    m_flag->setCheckable(true);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_saved);
    QHBoxLayout* row = m_row;
    row->setSpacing(4);
    for (QWidget* widget : {static_cast<QWidget*>(m_previous), static_cast<QWidget*>(m_place), static_cast<QWidget*>(m_next)}) row->addWidget(widget);
    row->addSpacing(8);
    row->addWidget(m_state, 1);
    for (QWidget* widget : {m_keys, m_look, m_comment, m_flag, m_skip}) row->addWidget(widget);
    row->addSpacing(4);
    row->addWidget(m_checked);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addLayout(row);
    connect(m_previous, &QToolButton::clicked, this, &LabelBar::previousWanted);
    connect(m_next, &QToolButton::clicked, this, &LabelBar::nextWanted);
    connect(m_checked, &QPushButton::clicked, this, &LabelBar::checkedWanted);
    connect(m_skip, &QToolButton::clicked, this, &LabelBar::askReason);
    connect(m_flag, &QToolButton::clicked, this, &LabelBar::flagWanted);
    connect(m_comment, &QToolButton::clicked, this, &LabelBar::commentWanted);
    connect(m_keys, &QToolButton::clicked, this, &LabelBar::keysWanted);
    connect(m_place, &QToolButton::clicked, this, &LabelBar::jumpWanted);
    connect(m_look, &QToolButton::clicked, this, [this] { emit lookWanted(m_look); });
    retranslate();
}

void LabelBar::askReason() {
    QMenu menu(this);
    for (const char* source : {skipReasons[0], kindSource(KindPhrase::BadReason, m_kind), skipReasons[1], skipReasons[2]}) {
        const QString reason = QString::fromLatin1(source);
        menu.addAction(skipReasonWords(reason), this, [this, reason] { emit skipWanted(reason); });
    }
    menu.addSeparator();
    menu.addAction(tr("Another reason …"), this, [this] {
        bool agreed = false;
        const QString reason = QInputDialog::getText(this, tr("Skip"), tr("Why is it skipped?"), QLineEdit::Normal, {}, &agreed).trimmed();
        if (agreed && !reason.isEmpty()) emit skipWanted(reason);
    });
    menu.exec(m_skip->mapToGlobal(QPoint(0, m_skip->height())));
}

void LabelBar::setPlace(std::int64_t place, std::int64_t shown, std::int64_t all) {
    m_among = place;
    m_shown = shown;
    m_all = all;
    showItem();
}

void LabelBar::setKeyTexts(std::function<QString(const char* id)> keyText) {
    m_keyText = std::move(keyText);
    retranslate();
}

void LabelBar::setKind(DeskKind kind) {
    m_kind = kind;
    retranslate();
}

void LabelBar::setOneItem(bool one) {
    m_one = one;
    for (QWidget* widget : {m_previous, m_place, m_next}) widget->setVisible(!one);
    retranslate();
}

void LabelBar::addToRow(QWidget* widget) { m_row->insertWidget(m_row->indexOf(m_next) + 1, widget); }

void LabelBar::setItem(const LabelItemRecord& item) {
    m_item = item;
    showItem();
}

void LabelBar::setProposal(const QString& text) {
    if (text == m_proposal) return;
    m_proposal = text;
    showItem();
}

void LabelBar::showItem() {
    const QLocale locale;
    const QString place = m_among < 0 ? QString::fromUtf8("–") : locale.toString(qlonglong(m_among + 1));
    m_place->setText(kindWords(KindPhrase::Place, m_kind, static_cast<int>(m_shown)).arg(place));
    const QString key = m_keyText("jump");
    QString what = kindWords(KindPhrase::GoTo, m_kind);
    if (m_kind != DeskKind::Series) what = what.arg(locale.toString(qlonglong(m_item.position + 1)), locale.toString(qlonglong(m_all)));
    m_place->setToolTip(key.isEmpty() ? what : QString("%1 (%2)").arg(what, key));
    m_place->setAccessibleName(m_place->text());
    const QString file = QFileInfo(QString::fromStdString(m_item.identity)).fileName();
    QString words = (file.isEmpty() ? QString() : file + QString::fromUtf8(" · ")) + itemStateWords(m_item.state);
    if (m_item.state == ItemState::Skipped && !m_item.reason.empty()) words += QString(": %1").arg(skipReasonWords(QString::fromStdString(m_item.reason)));
    if (!m_proposal.isEmpty()) words += QString::fromUtf8(" · ") + m_proposal;
    if (!m_item.comment.empty()) words += QString::fromUtf8(" · “%1”").arg(QString::fromStdString(m_item.comment));
    m_state->setFullText(words);
    m_flag->setChecked(m_item.flagged);
}

void LabelBar::setReadOnly(bool readOnly) {
    for (QWidget* widget : {static_cast<QWidget*>(m_skip), static_cast<QWidget*>(m_flag), static_cast<QWidget*>(m_comment), static_cast<QWidget*>(m_checked)}) widget->setDisabled(readOnly);
}

void LabelBar::setSaved(const QString& text) { m_saved->setText(text); }

void LabelBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void LabelBar::retranslate() {
    m_title->setFullText(m_dataset.isEmpty() ? tr("Label") : tr("Label %1").arg(m_dataset));
    name(m_previous, kindWords(KindPhrase::Previous, m_kind), m_keyText("previous"));
    name(m_next, kindWords(KindPhrase::Next, m_kind), m_keyText("next"));
    name(m_skip, tr("Skip, with a reason"), m_keyText("skip"));
    name(m_flag, tr("Flag for somebody to look at"), m_keyText("flag"));
    name(m_comment, tr("Comment"), m_keyText("comment"));
    name(m_look, tr("How picture and shapes are shown"), {});
    name(m_keys, tr("Keys"), m_keyText("keys"));
    m_checked->setText(m_one ? tr("Checked") : tr("Checked, next"));
    m_checked->setToolTip(kindWords(KindPhrase::RightAsIs, m_kind).arg(m_keyText("accept")));
    showItem();
}

}  // namespace lamina
