#include "widgets/properties/property_field.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QCompleter>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
#include <utility>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/properties/choice_box.h"
#include "widgets/properties/texts_editor.h"

namespace lamina {
namespace {

constexpr int waitMilliseconds = 400;
constexpr int widestBeside = 12;  ///< letters of a choice for which there is room beside its title

QString choiceTitle(const PropertyRow& row, std::size_t choice) {
    return row.choiceTitles.value(static_cast<int>(choice), QString::fromStdString(row.limits.choices[choice]));
}

QToolButton* smallButton(const char* name, const QString& icon, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setIcon(themeIcon(icon));
    button->setIconSize({14, 14});
    button->setAutoRaise(true);
    button->setFixedSize(22, 22);
    return button;
}

/// A button that is not there keeps its place, so that columns do not jump.
void keepPlace(QWidget* widget) {
    auto policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    widget->setSizePolicy(policy);
}

}  // namespace

PropertyField::PropertyField(const PropertyRow& row, QWidget* parent)
    : QWidget(parent),
      m_row(row),
      m_title(new QLabel(this)),
      m_help(smallButton("help", QStringLiteral("help"), this)),
      m_reset(smallButton("reset", QStringLiteral("undo"), this)),
      m_message(new QLabel(this)),
      m_wide(isWide(row)) {
    setObjectName(QStringLiteral("property_") + row.id);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("message"));
    m_message->hide();
    m_help->setCheckable(true);
    // The panel explains the focused row by itself: one stop of the Tab key is enough.
    m_help->setFocusPolicy(Qt::NoFocus);
    m_reset->setFocusPolicy(Qt::TabFocus);
    keepPlace(m_reset);
    keepPlace(m_help);
    m_editor = makeEditor();
    m_editor->setObjectName(QStringLiteral("editor"));
    m_editor->installEventFilter(this);
    m_editor->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setBuddy(m_editor);
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_title, 5);
    if (!m_wide) line->addWidget(m_editor, 6);
    line->addWidget(m_reset);
    line->addWidget(m_help);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(4);
    box->addLayout(line);
    if (m_wide) box->addWidget(m_editor);
    if (m_other) box->addWidget(m_other);
    box->addWidget(m_message);
    setTabOrder(m_editor, m_reset);
    if (m_other) {
        setTabOrder(m_editor, m_other);
        setTabOrder(m_other, m_reset);
    }
    m_wait.setSingleShot(true);
    m_wait.setInterval(waitMilliseconds);
    connect(&m_wait, &QTimer::timeout, this, [this] { give(m_typed); });
    connect(m_help, &QToolButton::toggled, this, &PropertyField::updateMessage);
    connect(m_reset, &QToolButton::clicked, this, &PropertyField::reset);
    showOffers();
    retranslate();
    showValue();
}

bool PropertyField::fits(const PropertyRow& row) const {
    return row.id == m_row.id && row.kind == m_row.kind && row.offers.isEmpty() == m_row.offers.isEmpty() &&
           row.limits.meaning == m_row.limits.meaning && isWide(row) == m_wide;
}

void PropertyField::setRow(const PropertyRow& row) {
    const bool typing = m_wait.isActive() || !m_reason.isEmpty();
    const bool sameValue = row.value == m_row.value && row.mixed == m_row.mixed;
    const bool newOffers = row.offers != m_row.offers || row.choiceTitles != m_row.choiceTitles;
    m_row = row;
    if (!sameValue) m_otherAsked = false;
    if (newOffers) showOffers();
    retranslate();
    if (typing && sameValue) return;
    m_wait.stop();
    m_reason.clear();
    showValue();
}

void PropertyField::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    if (m_line) m_line->setReadOnly(readOnly);
    if (m_check) m_check->setEnabled(!readOnly);
    if (m_choice) m_choice->setEnabled(!readOnly);
    if (m_other) m_other->setReadOnly(readOnly);
    if (m_texts) m_texts->setReadOnly(readOnly);
    updateReset();
}

void PropertyField::commit() {
    if (!m_wait.isActive()) return;
    m_wait.stop();
    give(m_typed);
}

void PropertyField::give(const PropertyValue& value) {
    if (!m_row.mixed && value == m_row.value) return;
    m_row.value = value;
    m_row.mixed = false;
    m_row.problem.clear();  // it was the old value's
    updateReset();
    updateMessage();
    emit edited(m_row.id, value);
}

QWidget* PropertyField::makeEditor() {
    switch (m_row.kind) {
        case PropertyRow::Kind::Boolean: return makeCheckBox();
        case PropertyRow::Kind::Choice: return makeChoice();
        case PropertyRow::Kind::ReadOnly: return makeText();
        case PropertyRow::Kind::Texts: return makeTexts();
        default: return makeLine();
    }
}

QWidget* PropertyField::makeCheckBox() {
    m_check = new QCheckBox(this);
    // Not clicked(): what a screen reader toggles counts as well. Not toggled(): from half to whole is a change.
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    constexpr auto stateChanged = &QCheckBox::checkStateChanged;
#else
    constexpr auto stateChanged = &QCheckBox::stateChanged;
#endif
    connect(m_check, stateChanged, this, [this](int state) {
        if (m_showing) return;
        const bool on = state != Qt::Unchecked;
        const QScopedValueRollback showing(m_showing, true);
        m_check->setTristate(false);
        m_check->setChecked(on);
        give(on);
    });
    return m_check;
}

QWidget* PropertyField::makeChoice() {
    m_choice = new ChoiceBox(this);
    m_choice->setFocusPolicy(Qt::StrongFocus);
    connect(m_choice, &ChoiceBox::activated, this, &PropertyField::choose);
    if (isOpen()) makeOther();
    return m_choice;
}

/// Texts with this meaning may be others than the choices, which are the usual ones.
bool PropertyField::isOpen() const { return m_row.kind == PropertyRow::Kind::Choice && m_row.limits.meaning == "open"; }

void PropertyField::makeOther() {
    m_other = new QLineEdit(this);
    m_other->setObjectName(QStringLiteral("other"));
    connect(m_other, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (!m_showing) typed(text);
    });
    connect(m_other, &QLineEdit::editingFinished, this, [this] {
        commit();
        if (!m_reason.isEmpty()) return;
        m_otherAsked = false;
        showValue();
    });
}

void PropertyField::choose(int index) {
    const auto& choices = m_row.limits.choices;
    m_otherAsked = static_cast<std::size_t>(index) >= choices.size();
    m_wait.stop();
    m_reason.clear();
    if (!m_otherAsked) give(choices[static_cast<std::size_t>(index)]);
    showValue();
    if (m_otherAsked) m_other->setFocus(Qt::OtherFocusReason);
}

QWidget* PropertyField::makeLine() {
    m_line = new QLineEdit(this);
    if (m_row.limits.meaning == "secret") m_line->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    // Not textEdited(): what a screen reader or another tool writes counts as well.
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (!m_showing) typed(text);
    });
    connect(m_line, &QLineEdit::returnPressed, this, &PropertyField::commit);
    return m_line;
}

QWidget* PropertyField::makeText() {
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return m_text;
}

QWidget* PropertyField::makeTexts() {
    m_texts = new TextsEditor(!m_row.offers.isEmpty(), this);
    m_texts->focusProxy()->installEventFilter(this);
    connect(m_texts, &TextsEditor::edited, this, &PropertyField::typedTexts);
    return m_texts;
}

void PropertyField::typedTexts() {
    std::vector<std::string> texts;
    for (const QString& text : m_texts->texts()) texts.push_back(text.toStdString());
    m_reason = m_row.refuse ? m_row.refuse(texts) : QString();
    m_typed = std::move(texts);
    if (m_reason.isEmpty()) m_wait.start();
    else m_wait.stop();
    updateMessage();
}

/// Editors that need the panel's whole width stand below their title.
bool PropertyField::isWide(const PropertyRow& row) {
    const QFontMetrics metrics(QGuiApplication::font());
    const int room = widestBeside * metrics.averageCharWidth();
    const auto isLong = [&](const QString& title) { return metrics.horizontalAdvance(title) > room; };
    bool longChoices = false;
    for (std::size_t i = 0; row.kind == PropertyRow::Kind::Choice && i < row.limits.choices.size(); ++i) longChoices = longChoices || isLong(choiceTitle(row, i));
    return longChoices || row.kind == PropertyRow::Kind::Texts || (row.kind == PropertyRow::Kind::Text && row.limits.meaning == "expression");
}

void PropertyField::showOffers() {
    if (m_texts) m_texts->setOffers(m_row.offers, m_row.ordered, m_row.choiceTitles);
    if (!m_line || m_row.offers.isEmpty()) return;
    auto* completer = new QCompleter(m_row.offers, m_line);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    delete m_line->completer();
    m_line->setCompleter(completer);
}

/// Filled anew only where the entries are others: the list may be open.
void PropertyField::fillChoices() {
    QStringList titles, shown;
    for (std::size_t i = 0; i < m_row.limits.choices.size(); ++i) titles << choiceTitle(m_row, i);
    if (m_other) titles << tr("Other …");
    for (int i = 0; i < m_choice->count(); ++i) shown << m_choice->itemText(i);
    if (titles != shown) m_choice->setTitles(titles);
}

void PropertyField::showChoices() {
    const QSignalBlocker quiet(m_choice);
    fillChoices();
    m_choice->setPlaceholderText(tr("different values"));
    const auto& choices = m_row.limits.choices;
    const auto found = std::find(choices.begin(), choices.end(), std::get<std::string>(m_row.value));
    const bool known = found != choices.end(), other = m_other && !m_row.mixed && (m_otherAsked || !known);
    const int index = other ? m_choice->count() - 1 : m_row.mixed || !known ? -1 : static_cast<int>(found - choices.begin());
    if (index != m_choice->currentIndex()) m_choice->setCurrentIndex(index);
    if (!m_other) return;
    const QScopedValueRollback showing(m_showing, true);
    m_other->setVisible(other);
    const QString text = known ? QString() : valueText(m_row.value);
    if (!m_otherAsked && m_other->text() != text) m_other->setText(text);
}

void PropertyField::showValue() {
    if (m_check) {
        const QScopedValueRollback showing(m_showing, true);
        const bool on = std::get<bool>(m_row.value);
        m_check->setTristate(m_row.mixed);
        m_check->setCheckState(m_row.mixed ? Qt::PartiallyChecked : on ? Qt::Checked : Qt::Unchecked);
    }
    if (m_choice) showChoices();
    if (m_line) {
        const QString text = lineText();
        if (m_line->text() != text && (m_row.mixed || typedValue(m_row, m_line->text()).value != m_row.value)) showLine(text);
    }
    if (m_texts && !m_row.mixed) {
        QStringList texts;
        for (const std::string& text : std::get<std::vector<std::string>>(m_row.value)) texts << QString::fromStdString(text);
        m_texts->setTexts(texts);
    }
    if (m_text) m_text->setText(m_row.mixed ? tr("different values") : valueText(m_row.value));
    updateReset();
    updateMessage();
}

QString PropertyField::lineText() const {
    return m_row.mixed || saysZero(m_row, m_row.value) ? QString() : valueText(m_row.value);
}

void PropertyField::showLine(const QString& text) {
    const QScopedValueRollback showing(m_showing, true);
    m_line->setText(text);
}

void PropertyField::typed(const QString& text) {
    const TypedValue typed = typedValue(m_row, text);
    m_reason = typed.reason;
    if (typed.value) {
        m_typed = *typed.value;
        m_wait.start();
    } else {
        m_wait.stop();
    }
    updateMessage();
}

void PropertyField::step(int direction) {
    const TypedValue now = typedValue(m_row, m_line->text());
    if (!now.value || !std::holds_alternative<std::int64_t>(*now.value) || m_readOnly) return;
    const QString next = QString::number(std::get<std::int64_t>(*now.value) + direction);
    if (!typedValue(m_row, next).value) return;
    m_line->setText(next);
}

void PropertyField::reset() {
    m_wait.stop();
    m_reason.clear();
    m_otherAsked = false;
    const PropertyValue standard = m_row.standard;
    give(standard);
    showValue();
    m_editor->setFocus(Qt::OtherFocusReason);
}

void PropertyField::updateReset() { m_reset->setVisible(m_row.hasStandard && !m_readOnly && (m_row.mixed || m_row.value != m_row.standard)); }

void PropertyField::updateMessage() {
    const QString reason = m_reason.isEmpty() ? m_row.problem : m_reason;
    const bool wrong = !reason.isEmpty();
    m_message->setText(wrong ? reason : m_row.help);
    m_message->setProperty(ThemeRole::muted, !wrong);
    m_message->setProperty(ThemeRole::tone, wrong ? QStringLiteral("bad") : QString());
    m_message->style()->polish(m_message);
    m_message->setVisible(wrong || (m_help->isChecked() && !m_row.help.isEmpty()));
    m_editor->setAccessibleDescription(wrong ? reason : m_row.help);
}

void PropertyField::updateFocus() {
    const bool focused = m_editor->hasFocus() || (m_texts && m_texts->focusProxy()->hasFocus());
    if (focused == std::exchange(m_focused, focused)) return;
    emit explained(focused ? m_row.help : QString());
}

void PropertyField::retranslate() {
    m_title->setText(m_row.title);
    const QString limits = limitsText(m_row);
    const QString tip = limits.isEmpty() || m_row.help.isEmpty() ? m_row.help + limits : m_row.help + QLatin1Char('\n') + limits;
    // Tool tips guess whether they are rich text; these are words of others.
    const QString plain =
        tip.isEmpty() ? QString() : QStringLiteral("<qt>%1</qt>").arg(tip.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
    m_title->setToolTip(plain);
    m_editor->setToolTip(plain);
    m_editor->setAccessibleName(m_row.title);
    m_help->setVisible(!m_row.help.isEmpty());
    m_help->setToolTip(plain);
    m_help->setAccessibleName(tr("Help on %1").arg(m_row.title));
    m_reset->setToolTip(tr("Back to the default: %1").arg(saysZero(m_row, m_row.standard) ? m_row.zeroText : valueText(m_row.standard)));
    m_reset->setAccessibleName(tr("Back to the default of %1").arg(m_row.title));
    if (m_line) m_line->setPlaceholderText(m_row.mixed ? tr("different values") : m_row.zeroText);
    if (m_other) m_other->setAccessibleName(m_row.title);
    if (m_choice) showChoices();
    if (m_texts) m_texts->focusProxy()->setAccessibleName(m_row.title);
    updateMessage();
}

bool PropertyField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        if (event->type() == QEvent::FocusOut) commit();
        QTimer::singleShot(0, this, &PropertyField::updateFocus);
    }
    if (event->type() == QEvent::ShortcutOverride && m_line && !m_wait.isActive() && m_reason.isEmpty()) {
        // Where nothing is being typed, undo means the last edit, not the last letter.
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    if (event->type() == QEvent::Wheel && m_choice && !m_choice->hasFocus()) {
        event->ignore();
        return true;  // scrolling the panel must not change what lies under the pointer
    }
    if (event->type() == QEvent::KeyPress && m_line) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            step(key == Qt::Key_Up ? 1 : -1);
            return true;
        }
        if (key == Qt::Key_Escape && (m_wait.isActive() || !m_reason.isEmpty())) {
            m_wait.stop();
            m_reason.clear();
            showLine(lineText());
            updateMessage();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PropertyField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace lamina
