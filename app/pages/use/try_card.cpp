#include "app/pages/use/try_card.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>

#include <charconv>
#include <cmath>

#include "app/pages/use/card_label.h"
#include "app/pages/use/picture_view.h"
#include "app/pages/use/probability_bars.h"
#include "app/pages/use/typed_row_form.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int typingPauseMilliseconds = 150, rowPictureHeight = 160;

QToolButton* stepButton(const char* objectName, const char* icon, const QKeySequence& key) {
    auto* button = new QToolButton;
    button->setObjectName(objectName);
    button->setIcon(themeIcon(icon));
    button->setShortcut(key);
    return button;
}

/// As people read it; a label of the data that is a number looks alike.
QString numberText(double value) { return QLocale().toString(value, 'g', 6); }
QString truthText(const std::string& truth, bool classes) {
    double value = 0;
    const auto [end, error] = std::from_chars(truth.data(), truth.data() + truth.size(), value);
    return classes || error != std::errc() || end != truth.data() + truth.size() ? QString::fromStdString(truth) : numberText(value);
}

}  // namespace

TryCard::TryCard(QWidget* parent)
    : QFrame(parent), m_title(textLabel("try_title", ThemeRole::section)), m_hint(textLabel("try_hint", ThemeRole::muted)),
      m_answerTitle(textLabel("try_answer_title", ThemeRole::muted)), m_sure(textLabel("try_sure", ThemeRole::muted)), m_truth(textLabel("try_truth")),
      m_error(textLabel("try_error")), m_place(new ElidedLabel), m_answer(new ElidedLabel), m_previous(stepButton("try_previous", "chevron_left", QKeySequence("Alt+Left"))),
      m_next(stepButton("try_next", "chevron_right", QKeySequence("Alt+Right"))), m_random(new QPushButton), m_choose(new QPushButton),
      m_output(new QComboBox), m_input(new QStackedWidget), m_picture(new PictureView), m_rowPicture(new PictureView),
      m_row(new QWidget), m_formArea(new QScrollArea), m_form(new TypedRowForm), m_bars(new ProbabilityBars) {
    setObjectName("try_card");
    setProperty(ThemeRole::card, true);
    m_formArea->setWidget(m_form);
    m_formArea->setWidgetResizable(true);
    m_formArea->setFrameShape(QFrame::NoFrame);
    m_formArea->viewport()->setAutoFillBackground(false);  // the card shows through
    m_form->setAutoFillBackground(false);
    m_formArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_formArea->setObjectName("try_form_area");
    m_input->addWidget(m_picture);
    m_rowPicture->setObjectName("try_row_picture");
    m_rowPicture->setMaximumHeight(rowPictureHeight);
    m_rowPicture->hide();
    auto* rowLayout = new QVBoxLayout(m_row);
    rowLayout->setContentsMargins(0, 0, 0, 0);
    rowLayout->setSpacing(8);
    rowLayout->addWidget(m_rowPicture, 1);
    rowLayout->addWidget(m_formArea, 2);
    m_input->addWidget(m_row);
    auto* content = new QHBoxLayout;
    content->setSpacing(16);
    content->addWidget(m_input, 1);
    content->addWidget(buildAnswer(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addWidget(buildSteps());
    layout->addLayout(content, 1);

    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPauseMilliseconds);
    connect(m_form, &TypedRowForm::edited, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] { emit rowTyped(m_form->texts()); });
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_random, &QPushButton::clicked, this, &TryCard::takeRandom);
    connect(m_choose, &QPushButton::clicked, this, &TryCard::pictureWanted);
    retranslate();
}

QWidget* TryCard::buildSteps() {
    m_random->setObjectName("try_random");
    m_choose->setObjectName("try_choose");
    m_place->setObjectName("try_place");
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_random);
    row->addWidget(m_place, 1);
    row->addWidget(m_choose);
    return bar;
}

QWidget* TryCard::buildAnswer() {
    m_answer->setObjectName("try_answer");
    m_answer->setProperty(ThemeRole::heading, true);
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_output->setObjectName("try_output");
    m_output->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_output->hide();
    connect(m_output, &QComboBox::currentIndexChanged, this, &TryCard::retranslate);
    column->addWidget(m_output);
    column->addWidget(m_answerTitle);
    column->addWidget(m_answer);
    column->addWidget(m_sure);
    column->addWidget(m_truth);
    column->addWidget(m_error);
    column->addSpacing(8);
    column->addWidget(m_bars);
    column->addStretch(1);
    return panel;
}

void TryCard::setModel(const ModelFacts& facts) {
    // The same run, trained on: what a person typed or chose stays.
    const bool same = m_facts && m_facts->run == facts.run;
    const bool own = same && m_last && m_last->item < 0;
    const bool image = facts.preparation.isImage();
    m_facts = facts;
    m_item = same ? std::clamp<std::int64_t>(m_item, 0, std::max<std::int64_t>(facts.heldOut - 1, 0)) : 0;
    if (!same) {
        m_input->setCurrentWidget(image ? static_cast<QWidget*>(m_picture) : m_row);
        m_choose->setVisible(image);
        m_form->setColumns(image ? std::vector<FeatureColumn>{} : facts.inputs);
        m_picture->setPicture({});
        m_rowPicture->hide();
        m_last.reset();
        m_bars->clear();
    }
    fillOutputs();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_previous, m_next, m_random}) widget->setEnabled(facts.heldOut > 0);
    retranslate();
    if (facts.heldOut > 0 && !own) emit itemWanted(m_item);
    else if (!image) emit rowTyped(m_form->texts());
}

void TryCard::fillOutputs() {
    const QSignalBlocker quiet(m_output);
    const QString chosen = m_output->currentText();
    m_output->clear();
    for (const AnswerFacts& answer : m_facts->answers) m_output->addItem(answer.title);
    m_output->setCurrentIndex(std::max(0, m_output->findText(chosen)));
    m_output->setVisible(m_output->count() > 1);
}

const TargetColumn& TryCard::target() const { return m_facts->answers[static_cast<std::size_t>(std::max(0, m_output->currentIndex()))].target; }

void TryCard::step(std::int64_t by) {
    if (!m_facts || m_facts->heldOut == 0) return;
    m_item = (m_item + by + m_facts->heldOut) % m_facts->heldOut;
    m_typing.stop();
    emit itemWanted(m_item);
}

void TryCard::takeRandom() {
    if (!m_facts || m_facts->heldOut == 0) return;
    m_item = static_cast<std::int64_t>(QRandomGenerator::global()->bounded(static_cast<quint64>(m_facts->heldOut)));
    m_typing.stop();
    emit itemWanted(m_item);
}

void TryCard::showAnswer(const UseAnswer& answer) {
    // An answer to an item that was already stepped over, or that somebody is just changing.
    if (answer.item >= 0 && (answer.item != m_item || m_typing.isActive())) return;
    m_last = answer;
    if (m_facts && m_facts->preparation.isImage()) m_picture->setPicture(answer.picture);
    else if (answer.item >= 0) m_form->setTexts(answer.texts);
    m_rowPicture->setPicture(answer.picture);
    m_rowPicture->setVisible(!answer.picture.isNull());
    m_form->setRemarks(answer.remarks);
    updatePlace();
    updateAnswer();
}

void TryCard::showError(const QString& text) {
    m_last.reset();
    m_bars->clear();
    updateAnswer();
    m_error->setText(text);
    setTone(m_error, "bad");
    m_error->show();
}

void TryCard::updatePlace() {
    if (!m_facts) return m_place->setFullText({});
    if (m_facts->heldOut == 0) return m_place->setFullText(tr("The data of this run is not there any more"));
    if (m_last && m_last->item < 0)
        return m_place->setFullText(m_facts->preparation.isImage() ? tr("A picture of your own") : tr("Typed by you"));
    const QString part = m_facts->part == Part::Test         ? tr("test part")
                         : m_facts->part == Part::Validation ? tr("validation part")
                                                             : tr("training part");
    const QLocale locale;
    m_place->setFullText(tr("Item %1 of %2 (%3)").arg(locale.toString(static_cast<qlonglong>(m_item + 1)), locale.toString(static_cast<qlonglong>(m_facts->heldOut)), part));
}

void TryCard::updateAnswer() {
    m_error->hide();
    m_truth->hide();
    m_sure->hide();
    const bool answered = m_last && m_last->prediction;
    m_answer->setFullText(answered ? QString() : QStringLiteral("–"));
    if (!m_facts || !m_last) return;
    if (!answered) {
        m_bars->clear();
        m_error->setText(tr("Mend the marked fields to get an answer."));
        setTone(m_error, "bad");
        m_error->show();
        return;
    }
    const TargetColumn& target = this->target();
    const auto chosen = static_cast<std::size_t>(std::max(0, m_output->currentIndex()));
    const Prediction& prediction = m_last->said(chosen);
    const std::string known = m_last->truth(chosen);
    m_answer->setFullText(target.classes ? QString::fromStdString(prediction.className) : numberText(prediction.value));
    m_bars->setVisible(target.classes);
    if (target.classes) {
        QStringList names;
        for (const auto& name : target.classNames) names << QString::fromStdString(name);
        m_bars->show(names, prediction.probabilities);
        m_sure->setText(tr("%1 sure").arg(ProbabilityBars::percentText(prediction.probabilities[static_cast<std::size_t>(prediction.label)])));
        m_sure->show();
    }
    if (known.empty()) return;
    const QString truth = truthText(known, target.classes);
    const bool right = known == prediction.className;
    m_truth->setText(!target.classes ? tr("In the data: %1").arg(truth) : right ? tr("Right: the data says %1, too.").arg(truth) : tr("Wrong: the data says %1.").arg(truth));
    setTone(m_truth, !target.classes ? "" : right ? "good" : "bad");
    m_truth->show();
}

void TryCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void TryCard::retranslate() {
    const bool image = m_facts && m_facts->preparation.isImage();
    const QString target = m_facts ? QString::fromStdString(this->target().name) : QString();
    m_title->setText(tr("Try it"));
    m_hint->setText(image ? tr("Step through pictures the model did not learn from, or give it one of your own: drop it here.")
                          : tr("Step through rows the model did not learn from, or change the values: the answer follows as you type."));
    m_answerTitle->setText(target.isEmpty() ? tr("The model says") : tr("The model says for %1").arg(target));
    m_answer->setAccessibleDescription(m_answerTitle->text());
    m_output->setAccessibleName(tr("Which of the model's answers is shown"));
    m_output->setToolTip(m_output->accessibleName());
    m_random->setText(tr("&Random"));
    m_random->setToolTip(tr("Shows any of the items"));
    m_choose->setText(tr("&Choose a picture…"));
    m_previous->setAccessibleName(tr("Previous item"));
    m_previous->setToolTip(tr("Previous item (%1)").arg(m_previous->shortcut().toString(QKeySequence::NativeText)));
    m_next->setAccessibleName(tr("Next item"));
    m_next->setToolTip(tr("Next item (%1)").arg(m_next->shortcut().toString(QKeySequence::NativeText)));
    m_picture->setAccessibleName(tr("The picture the model looks at"));
    m_rowPicture->setAccessibleName(tr("The picture in this row"));
    m_picture->setHint(tr("Drop a picture here"));
    m_formArea->setAccessibleName(tr("The row the model looks at"));
    m_form->retranslate();
    m_form->setRemarks(m_last ? m_last->remarks : std::vector<ValueRemark>{});
    updatePlace();
    updateAnswer();
}

}  // namespace lamina
