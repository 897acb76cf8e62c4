#include "app/pages/data/split_view.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

#include <cmath>

#include "app/pages/data/part_words.h"
#include "core/data/describe.h"
#include "widgets/charts/bars_view.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr std::size_t mostClasses = 200;  ///< bars that are drawn

QLabel* wrapped(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QFrame* card() {
    auto* frame = new QFrame;
    frame->setProperty(ThemeRole::card, true);
    return frame;
}

}  // namespace

SplitView::SplitView(QWidget* parent) : QScrollArea(parent) {
    setObjectName("split_view");
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    auto* layout = new QHBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeForm(), 2, Qt::AlignTop);
    layout->addWidget(makeClasses(), 3, Qt::AlignTop);
    setWidget(content);
    retranslate();
}

QWidget* SplitView::makeForm() {
    auto* form = card();
    m_title = wrapped("split_title");
    m_title->setProperty(ThemeRole::section, true);
    m_explain = wrapped("split_explain");
    m_explain->setProperty(ThemeRole::muted, true);
    m_stratify = new QCheckBox;
    m_stratify->setObjectName("split_stratify");
    m_subset = new QCheckBox;
    m_subset->setObjectName("split_subset");
    m_draw = new QPushButton;
    m_draw->setObjectName("split_draw");
    m_leak = wrapped("split_leak");
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_explain);
    layout->addLayout(makeFields());
    layout->addWidget(m_stratify);
    layout->addWidget(m_subset);
    layout->addWidget(m_draw, 0, Qt::AlignLeft);
    layout->addWidget(m_leak);
    connect(m_subset, &QCheckBox::toggled, this, &SplitView::update);
    connect(m_draw, &QPushButton::clicked, this, [this] { emit drawWanted(settings()); });
    return form;
}

QLayout* SplitView::makeFields() {
    m_training = new QLabel;
    m_training->setObjectName("split_training");
    m_validation = new QSpinBox;
    m_validation->setObjectName("split_validation");
    m_test = new QSpinBox;
    m_test->setObjectName("split_test");
    m_seed = new QSpinBox;
    m_seed->setObjectName("split_seed");
    m_seed->setRange(0, 999'999'999);
    auto* grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    const auto row = [grid](int at, QLabel*& label, QWidget* field) {
        label = new QLabel;
        label->setBuddy(field);
        grid->addWidget(label, at, 0);
        grid->addWidget(field, at, 1);
    };
    row(0, m_trainingLabel, m_training);
    row(1, m_validationLabel, m_validation);
    row(2, m_testLabel, m_test);
    row(3, m_seedLabel, m_seed);
    for (QSpinBox* box : {m_validation, m_test}) {
        box->setSuffix(QStringLiteral(" %"));
        box->setRange(0, 90);
        connect(box, &QSpinBox::valueChanged, this, &SplitView::update);
    }
    return grid;
}

QWidget* SplitView::makeClasses() {
    auto* frame = card();
    m_classesTitle = wrapped("classes_title");
    m_classesTitle->setProperty(ThemeRole::section, true);
    m_classesNote = wrapped("classes_note");
    m_classesNote->setProperty(ThemeRole::muted, true);
    m_classes = new BarsView;
    m_classes->setObjectName("class_bars");
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_classesTitle);
    layout->addWidget(m_classesNote);
    layout->addWidget(m_classes);
    return frame;
}

void SplitView::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void SplitView::retranslate() {
    m_title->setText(tr("Training, validation and test"));
    m_explain->setText(
        tr("The network learns from the training part. The validation part says during training whether it gets better. The test part stays unseen "
           "until the final check."));
    m_trainingLabel->setText(tr("Training"));
    m_validationLabel->setText(tr("&Validation"));
    m_testLabel->setText(tr("&Test"));
    m_seedLabel->setText(tr("See&d"));
    m_validation->setAccessibleName(tr("Share of the validation part"));
    m_test->setAccessibleName(tr("Share of the test part"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The same seed draws the same parts again."));
    m_stratify->setText(tr("Same share of each &class in every part"));
    m_draw->setText(tr("D&raw the parts again"));
    m_draw->setToolTip(tr("Trainings that were run keep the parts they were run with."));
    for (QWidget* named : {static_cast<QWidget*>(m_stratify), static_cast<QWidget*>(m_draw)})
        named->setAccessibleName(static_cast<QAbstractButton*>(named)->text().remove(u'&'));
    if (m_opened) setDataset(m_opened);
}

void SplitView::setDataset(std::shared_ptr<const OpenedDataset> opened) {
    m_opened = std::move(opened);
    const QString subset = QString::fromStdString(m_opened->subset);
    m_subset->setText(tr("Take the test part as the data &brings it (column %1)").arg(subset));
    m_subset->setAccessibleName(m_subset->text().remove(u'&'));
    m_subset->setVisible(!subset.isEmpty());
    fillForm();
    showClasses();
    update();
}

void SplitView::showClasses() {
    const auto& classes = m_opened->parts.classes;
    m_classes->setVisible(!classes.empty());
    std::vector<BarsRow> rows;
    for (std::size_t i = 0; i < std::min(classes.size(), mostClasses); ++i)
        rows.push_back({QString::fromStdString(classes[i].name), {classes[i].rows[0], classes[i].rows[1], classes[i].rows[2]}});
    m_classes->setRows({partTitle(Part::Training), partTitle(Part::Validation), partTitle(Part::Test)}, rows);
    m_classesTitle->setText(tr("Items per class"));
    if (m_opened->target.empty()) m_classesNote->setText(tr("No column is the target yet. Choose it in the panel at the right."));
    else if (classes.empty())
        m_classesNote->setText(tr("%1 is a number: there are no classes to count.").arg(QString::fromStdString(m_opened->target)));
    else {
        const ClassBalance balance = classBalance(m_opened->parts, Part::Training);
        const QLocale locale;
        m_classesNote->setText(balance.ratio > 3.0
                                   ? tr("In the training part %1 has %2 items, %3 only %4. A network tends to overlook rare classes: look at the "
                                        "recall of each class in Review.")
                                         .arg(QString::fromStdString(balance.largest), locale.toString(static_cast<qlonglong>(balance.largestRows)),
                                              QString::fromStdString(balance.smallest), locale.toString(static_cast<qlonglong>(balance.smallestRows)))
                                   : tr("The classes of %1 have similar sizes.").arg(QString::fromStdString(m_opened->target)));
    }
}

void SplitView::fillForm() {
    const QSignalBlocker a(m_validation), b(m_test), c(m_subset), d(m_stratify), e(m_seed);
    const bool known = m_opened->split.has_value();
    const auto percent = [&](std::size_t part, int otherwise) {
        return known ? static_cast<int>(std::lround(m_opened->split->fractions[part] * 100)) : otherwise;
    };
    m_subset->setChecked(!m_opened->subset.empty() && (!known || m_opened->split->method == "given"));
    const bool given = known && m_subset->isChecked();
    const double drawn = known ? m_opened->split->fractions[0] + m_opened->split->fractions[1] : 1.0;
    const auto rows = std::max<std::int64_t>(1, m_opened->record.rows);
    // Where the data brings its test part, the shares are those of the other items.
    m_validation->setValue(given && drawn > 0 ? static_cast<int>(std::lround(m_opened->split->fractions[1] / drawn * 100)) : percent(1, 10));
    m_test->setValue(given ? static_cast<int>(std::lround(100.0 * static_cast<double>(m_opened->split->counts[2]) / static_cast<double>(rows)))
                           : percent(2, 10));
    m_seed->setValue(known ? static_cast<int>(m_opened->split->seed % 1'000'000'000) : 1);
    m_stratify->setChecked(!known || !m_opened->split->stratifyColumn.empty() || m_opened->parts.classes.empty());
}

SplitSettings SplitView::settings() const {
    SplitSettings settings;
    settings.seed = static_cast<std::uint64_t>(m_seed->value());
    settings.validation = m_validation->value() / 100.0;
    settings.test = m_subset->isChecked() ? 0.0 : m_test->value() / 100.0;
    settings.training = trainingShare() / 100.0;
    settings.stratify = m_stratify->isChecked();
    if (m_opened) settings.target = m_opened->target;
    if (m_opened && m_subset->isChecked()) settings.subset = m_opened->subset;
    return settings;
}

int SplitView::trainingShare() const { return 100 - m_validation->value() - (m_subset->isChecked() ? 0 : m_test->value()); }

void SplitView::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    update();
}

void SplitView::setBusy(bool busy) {
    m_busy = busy;
    update();
}

void SplitView::update() {
    const int training = trainingShare();
    m_training->setText(training <= 0           ? tr("Nothing remains to train on: lower the other shares.")
                        : m_subset->isChecked() ? tr("%1 % of what is not in the test part").arg(training)
                                                : tr("%1 % (what remains)").arg(training));
    const bool may = m_opened && !m_readOnly && !m_busy;
    for (QWidget* field : {static_cast<QWidget*>(m_validation), static_cast<QWidget*>(m_seed), static_cast<QWidget*>(m_subset)})
        field->setEnabled(may);
    m_test->setEnabled(may && !m_subset->isChecked());
    m_stratify->setEnabled(may && !m_opened->parts.classes.empty());
    m_draw->setEnabled(may && training > 0);
    updateLeak();
}

void SplitView::setRepeated(std::optional<RepeatedRows> repeated) {
    m_repeated = repeated;
    updateLeak();
}

void SplitView::updateLeak() {
    m_leak->setVisible(m_opened && m_opened->split && m_repeated);
    if (!m_leak->isVisibleTo(this)) return;
    const auto found = m_repeated->validation + m_repeated->test;
    const QLocale locale;
    m_leak->setProperty(ThemeRole::tone, found > 0 ? "warning" : "good");
    m_leak->setStyleSheet({});
    m_leak->setText(found > 0 ? tr("%1 items of the validation part and %2 of the test part are the same as items of the training part. Scores will "
                                   "look a little better than they are.")
                                    .arg(locale.toString(static_cast<qlonglong>(m_repeated->validation)),
                                         locale.toString(static_cast<qlonglong>(m_repeated->test)))
                              : tr("No item of the validation or test part is the same as one of the training part."));
}

}  // namespace lamina
