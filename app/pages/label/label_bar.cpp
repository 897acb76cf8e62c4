#include "app/pages/label/label_bar.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

#include "widgets/common/elided_label.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

QToolButton* barButton(const char* name, const char* icon) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themeIcon(icon));
    button->setAutoRaise(true);
    return button;
}

void name(QToolButton* button, const QString& text, const QString& key) {
    button->setAccessibleName(text);
    button->setToolTip(QString("%1 (%2)").arg(text, key));
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

LabelBar::LabelBar(QWidget* parent)
    : QWidget(parent), m_title(new ElidedLabel), m_state(new ElidedLabel), m_place(new QLabel), m_saved(new QLabel), m_filter(new QComboBox),
      m_previous(barButton("label_previous", "chevron_left")), m_next(barButton("label_next", "chevron_right")), m_skip(barButton("label_skip", "close")),
      m_flag(barButton("label_flag", "star")), m_comment(barButton("label_comment", "text")), m_keys(barButton("label_keys", "help")), m_checked(new QPushButton) {
    m_title->setProperty(ThemeRole::heading, true);
    m_place->setObjectName("label_place");
    m_state->setObjectName("label_state");
    m_state->setProperty(ThemeRole::muted, true);
    m_saved->setObjectName("label_saved");
    m_saved->setProperty(ThemeRole::muted, true);
    m_saved->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_saved->setMinimumWidth(m_saved->fontMetrics().averageCharWidth() * 18);  // what comes and goes does not move the rest
    m_filter->setObjectName("label_filter");
    m_checked->setObjectName("label_checked");
    m_checked->setProperty(ThemeRole::primary, true);
    m_flag->setCheckable(true);
    for (int i = 0; i < 6; ++i) m_filter->addItem(QString());
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_saved);
    head->addWidget(m_filter);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    for (QWidget* widget : {static_cast<QWidget*>(m_previous), static_cast<QWidget*>(m_place), static_cast<QWidget*>(m_next)}) row->addWidget(widget);
    row->addSpacing(8);
    row->addWidget(m_state, 1);
    for (QWidget* widget : {m_keys, m_comment, m_flag, m_skip}) row->addWidget(widget);
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
    connect(m_filter, &QComboBox::activated, this, &LabelBar::filterChanged);
    retranslate();
}

void LabelBar::askReason() {
    QMenu menu(this);
    for (const QString& reason : {tr("Cannot be told"), tr("Picture is bad"), tr("Does not belong here"), tr("Somebody else should look")})
        menu.addAction(reason, this, [this, reason] { emit skipWanted(reason); });
    menu.exec(m_skip->mapToGlobal(QPoint(0, m_skip->height())));
}

ItemFilter LabelBar::filter() const {
    ItemFilter filter;
    switch (m_filter->currentIndex()) {
        case 1: filter.state = ItemState::Unlabelled; break;
        case 2: filter.state = ItemState::Labelled; break;
        case 3: filter.state = ItemState::Checked; break;
        case 4: filter.state = ItemState::Skipped; break;
        case 5: filter.flagged = true; break;
        default: break;
    }
    return filter;
}

void LabelBar::setCounts(const LabelCounts& counts) {
    m_counts = counts;
    retranslate();
}

void LabelBar::setItem(const LabelItemRecord& item) {
    m_item = item;
    showItem();
}

void LabelBar::showItem() {
    const QLocale locale;
    m_place->setText(tr("%1 of %2").arg(locale.toString(qlonglong(m_item.position + 1)), locale.toString(qlonglong(m_counts.items()))));
    QString words = QFileInfo(QString::fromStdString(m_item.identity)).fileName() + QString::fromUtf8(" · ") + itemStateWords(m_item.state);
    if (m_item.state == ItemState::Skipped && !m_item.reason.empty()) words += QString(": %1").arg(QString::fromStdString(m_item.reason));
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
    const QLocale locale;
    m_title->setFullText(m_dataset.isEmpty() ? tr("Label") : tr("Label %1").arg(m_dataset));
    const auto count = [&](ItemState state) { return locale.toString(qlonglong(m_counts.states[static_cast<std::size_t>(state)])); };
    m_filter->setAccessibleName(tr("Which pictures are shown"));
    m_filter->setItemText(0, tr("All pictures (%1)").arg(locale.toString(qlonglong(m_counts.items()))));
    m_filter->setItemText(1, tr("Not labelled yet (%1)").arg(count(ItemState::Unlabelled)));
    m_filter->setItemText(2, tr("Labelled (%1)").arg(count(ItemState::Labelled)));
    m_filter->setItemText(3, tr("Checked (%1)").arg(count(ItemState::Checked)));
    m_filter->setItemText(4, tr("Skipped (%1)").arg(count(ItemState::Skipped)));
    m_filter->setItemText(5, tr("Flagged (%1)").arg(locale.toString(qlonglong(m_counts.flagged))));
    name(m_previous, tr("Previous picture"), "A");
    name(m_next, tr("Next picture"), "D");
    name(m_skip, tr("Skip, with a reason"), "X");
    name(m_flag, tr("Flag for somebody to look at"), "G");
    name(m_comment, tr("Comment"), "C");
    name(m_keys, tr("Keys"), "?");
    m_checked->setText(tr("Checked, next"));
    m_checked->setToolTip(tr("This picture is right as it is, also where nothing is on it (Space)"));
    showItem();
}

}  // namespace lamina
