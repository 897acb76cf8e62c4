#include "app/pages/train/train_form.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolButton>

#include "app/pages/train/augmentation_words.h"
#include "widgets/charts/line_plot.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/properties/property_field.h"

namespace lamina {
namespace {

constexpr int courseHeight = 96;

QComboBox* makeBox(const char* objectName) {
    auto* box = new QComboBox;
    box->setObjectName(objectName);
    // Long names must not make the page wider.
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    return box;
}

/// Only what the person has not changed follows new proposals.
void follow(TrainingChoice& choice, const TrainingPlan& before, const TrainingPlan& now) {
    if (choice.plan.epochs == before.epochs) choice.plan.epochs = now.epochs;
    if (choice.plan.batchSize == before.batchSize) choice.plan.batchSize = now.batchSize;
    if (choice.plan.augmentation == before.augmentation) choice.plan.augmentation = now.augmentation;
    choice.plan.monitor = now.monitor;
    choice.plan.monitorHigherIsBetter = now.monitorHigherIsBetter;
    // Another task has other losses.
    if (before.phases.front().objectives != now.phases.front().objectives) choice.plan.phases.front().objectives = now.phases.front().objectives;
}

}  // namespace

TrainForm::TrainForm(QWidget* parent)
    : QWidget(parent),
      m_datasetText(new QLabel),
      m_splitText(new QLabel),
      m_networkText(new QLabel),
      m_settingsTitle(new QLabel),
      m_dataset(makeBox("train_dataset")),
      m_split(makeBox("train_split")),
      m_network(makeBox("train_network")),
      m_course(new LinePlot),
      m_findRate(new QPushButton),
      m_augmentTitle(new QLabel),
      m_augmentText(new QLabel),
      m_augment(new QPushButton),
      m_more(new QToolButton),
      m_start(new QPushButton) {
    setObjectName("train_form");
    auto* content = new QFrame;
    content->setProperty(ThemeRole::card, true);
    auto* box = new QVBoxLayout(content);
    box->setContentsMargins(12, 12, 12, 12);
    box->setSpacing(8);
    const std::pair<QLabel*, QComboBox*> choices[] = {{m_datasetText, m_dataset}, {m_splitText, m_split}, {m_networkText, m_network}};
    for (const auto& [text, combo] : choices) {
        text->setBuddy(combo);
        auto* line = new QHBoxLayout;
        text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        line->addWidget(text, 2);
        line->addWidget(combo, 5);
        box->addLayout(line);
    }
    m_settingsTitle->setProperty(ThemeRole::section, true);
    box->addSpacing(4);
    box->addWidget(m_settingsTitle);
    m_list = new QVBoxLayout;
    m_list->setSpacing(2);
    box->addLayout(m_list);
    m_course->setObjectName("train_course");
    m_course->setFixedHeight(courseHeight);
    box->addWidget(m_course);
    m_findRate->setObjectName("train_find_rate");
    box->addWidget(m_findRate, 0, Qt::AlignLeft);
    m_augmentTitle->setProperty(ThemeRole::section, true);
    m_augmentText->setObjectName("train_augmentation");
    m_augmentText->setTextFormat(Qt::PlainText);
    m_augmentText->setWordWrap(true);
    m_augmentText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_augment->setObjectName("train_augment");
    m_augment->setIcon(themeIcon("gallery"));
    box->addSpacing(4);
    box->addWidget(m_augmentTitle);
    box->addWidget(m_augmentText);
    box->addWidget(m_augment, 0, Qt::AlignLeft);
    m_more->setObjectName("train_more");
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    box->addWidget(m_more, 0, Qt::AlignLeft);
    box->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_start->setObjectName("train_start");
    m_start->setProperty(ThemeRole::primary, true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_start);
    connect(m_dataset, &QComboBox::activated, this, [this](int i) { emit datasetChosen(m_dataset->itemData(i).toString()); });
    connect(m_split, &QComboBox::activated, this, [this](int i) { emit splitChosen(m_split->itemData(i).toString()); });
    connect(m_network, &QComboBox::activated, this, [this](int i) { emit networkChosen(m_network->itemData(i).toString()); });
    connect(m_more, &QToolButton::toggled, this, [this] { showRows(); });
    connect(m_findRate, &QPushButton::clicked, this, &TrainForm::findRateWanted);
    connect(m_augment, &QPushButton::clicked, this, &TrainForm::augmentWanted);
    connect(m_start, &QPushButton::clicked, this, &TrainForm::startWanted);
    retranslate();
}

void TrainForm::setSetup(const TrainingSetup& setup) {
    if (!m_begun) m_choice.plan = setup.standard.plan;
    else follow(m_choice, m_setup.standard.plan, setup.standard.plan);
    // What changes pictures means nothing to a table.
    if (m_begun && m_setup.augmented != setup.augmented) m_choice.plan.augmentation = setup.usual;
    m_choice.targets = setup.targets;
    m_choice.task = setup.task;
    m_begun = m_begun || !setup.network.empty();
    m_setup = setup;
    fill(m_dataset, setup.datasets, setup.dataset);
    fill(m_network, setup.networks, setup.network);
    std::vector<NamedId> splits;
    for (const SplitRecord& split : setup.splits) splits.push_back({split.id, splitText(split).toStdString()});
    fill(m_split, splits, setup.split);
    // The tool tips have the whole sentence, the box what fits.
    for (int i = 0; i < m_split->count(); ++i) m_split->setItemText(i, splitNumbers(setup.splits[static_cast<std::size_t>(i)]));
    showRows();
}

void TrainForm::fill(QComboBox* box, const std::vector<NamedId>& entries, const std::string& current) {
    const QSignalBlocker quiet(box);
    box->clear();
    for (const NamedId& entry : entries) {
        box->addItem(QString::fromStdString(entry.name), QString::fromStdString(entry.id));
        box->setItemData(box->count() - 1, QString::fromStdString(entry.name).toHtmlEscaped(), Qt::ToolTipRole);
    }
    box->setCurrentIndex(box->findData(QString::fromStdString(current)));
    box->setToolTip(QStringLiteral("<qt>%1</qt>").arg(box->currentText().toHtmlEscaped()));
    box->setEnabled(!m_locked && box->count() > 0);
}

/// Rows of its parts: of the chosen one as the recipe leaves them, of the others as they were drawn.
QStringList TrainForm::splitCounts(const SplitRecord& split) const {
    const bool chosen = split.id == m_setup.split;
    QStringList counts;
    for (std::size_t part = 0; part < split.counts.size(); ++part) counts << QLocale().toString(static_cast<qlonglong>(chosen ? m_setup.rows[part] : split.counts[part]));
    return counts;
}

QString TrainForm::splitText(const SplitRecord& split) const {
    const QStringList counts = splitCounts(split);
    const QString text = tr("%1 training, %2 validation, %3 test · seed %4 · %5")
                             .arg(counts[0], counts[1], counts[2])
                             .arg(split.seed)
                             .arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(split.created), QLocale::ShortFormat));
    if (!m_setup.recipeTakes) return text;
    return split.id == m_setup.split ? tr("%1 · after cleaning").arg(text) : tr("%1 · before cleaning").arg(text);
}

QString TrainForm::splitNumbers(const SplitRecord& split) const {
    const QStringList counts = splitCounts(split);
    const QString text = tr("%1 / %2 / %3 · seed %4").arg(counts[0], counts[1], counts[2]).arg(split.seed);
    return m_setup.recipeTakes && split.id != m_setup.split ? tr("%1 · before cleaning").arg(text) : text;
}

void TrainForm::showRows() {
    if (m_choice.plan.phases.empty()) return;
    std::vector<PlanRow> rows = planRows(m_choice, m_setup.standard);
    if (!m_more->isChecked()) std::erase_if(rows, [](const PlanRow& row) { return !row.basic; });
    for (std::size_t i = 0; i < rows.size(); ++i) showField(i, rows[i]);
    while (m_fields.size() > rows.size()) {
        m_fields.back().field->deleteLater();
        m_fields.back().field->hide();
        delete m_fields.back().reason;
        m_fields.pop_back();
    }
    showCourse();
    showAugmentation();
    m_more->setIcon(themeIcon(m_more->isChecked() ? "chevron_down" : "chevron_right"));
}

void TrainForm::showCourse() {
    LinePlotData data;
    for (const auto& [done, rate] : scheduleCurve(m_choice.plan)) data.points.emplace_back(100 * done, rate);
    data.across = tr("Learning rate over the training, in %");
    m_course->setData(std::move(data));
    m_course->setToolTip(tr("How the learning rate changes from the first step to the last."));
}

void TrainForm::showAugmentation() {
    const auto& steps = m_choice.plan.augmentation;
    const bool usual = !steps.empty() && steps == m_setup.usual;
    QString text = steps.empty() ? tr("The training rows stay as they are.") : augmentationsText(steps);
    if (usual) text = tr("Usual for photos: %1. Look at what it does to yours.").arg(text);
    m_augmentText->setText(text);
    m_augmentText->setToolTip(augmentationsDetails(steps));
}

void TrainForm::setAugmentation(const std::vector<AugmentationStep>& steps) {
    m_choice.plan.augmentation = steps;
    showAugmentation();
}

void TrainForm::setLearningRate(double rate) {
    setPlanValue(m_choice, "optimizer.learning_rate", rate);
    showRows();
}

void TrainForm::showField(std::size_t place, const PlanRow& row) {
    if (place < m_fields.size() && !m_fields[place].field->fits(row.row)) {
        // The one in its place may be telling its own change just now.
        for (std::size_t i = place; i < m_fields.size(); ++i) {
            m_fields[i].field->hide();
            m_fields[i].field->deleteLater();
            delete m_fields[i].reason;
        }
        m_fields.resize(place);
    }
    if (place == m_fields.size()) {
        auto* field = new PropertyField(row.row);
        auto* reason = new QLabel;
        reason->setProperty(ThemeRole::muted, true);
        reason->setTextFormat(Qt::PlainText);
        reason->setWordWrap(true);
        reason->setContentsMargins(0, 0, 0, 6);
        reason->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        m_list->addWidget(field);
        m_list->addWidget(reason);
        m_fields.push_back({field, reason});
        connect(field, &PropertyField::edited, this, [this](const QString& id, const PropertyValue& value) {
            setPlanValue(m_choice, id.toStdString(), value);
            showRows();
        });
    }
    const Field& shown = m_fields[place];
    shown.field->setRow(row.row);
    shown.field->setReadOnly(m_locked);
    shown.reason->setText(row.reason);
    shown.reason->setVisible(!row.reason.isEmpty());
}

void TrainForm::setLocked(bool locked, bool mayStart, const QString& why) {
    m_locked = locked;
    m_start->setEnabled(mayStart);
    m_findRate->setEnabled(mayStart);
    m_start->setToolTip(mayStart ? tr("Start the training (Ctrl+Return)") : QStringLiteral("<qt>%1</qt>").arg(why.toHtmlEscaped()));
    m_augment->setEnabled(mayStart);
    for (QComboBox* box : {m_dataset, m_split, m_network}) box->setEnabled(!locked && box->count() > 0);
    for (const Field& field : m_fields) field.field->setReadOnly(locked);
}

const TrainingChoice& TrainForm::choice() {
    // Committing may show the rows anew.
    for (std::size_t i = 0; i < m_fields.size(); ++i) m_fields[i].field->commit();
    return m_choice;
}

void TrainForm::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void TrainForm::retranslate() {
    m_datasetText->setText(tr("&Data"));
    m_splitText->setText(tr("S&plit"));
    m_networkText->setText(tr("&Network"));
    m_dataset->setAccessibleName(tr("Data"));
    m_split->setAccessibleName(tr("Split"));
    m_network->setAccessibleName(tr("Network"));
    m_settingsTitle->setText(tr("Settings"));
    m_more->setText(tr("More settings"));
    m_course->setAccessibleName(tr("Course of the learning rate"));
    m_findRate->setText(tr("Find a learning &rate…"));
    m_findRate->setToolTip(tr("Tries ever higher learning rates on a copy of the network and shows where the loss falls most."));
    m_augmentTitle->setText(tr("Augmentation"));
    m_augment->setText(tr("Choose and &look…"));
    m_augment->setToolTip(tr("Changes the training rows a little in each epoch, and shows what becomes of them."));
    m_start->setText(tr("&Start training"));
    m_start->setShortcut(QKeySequence("Ctrl+Return"));
    if (m_begun) setSetup(m_setup);
}

}  // namespace lamina
