#include "app/pages/data/split_view.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>

#include <algorithm>
#include <cmath>
#include <set>

#include "app/pages/data/part_words.h"
#include "core/data/describe.h"
#include "widgets/charts/bars_view.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr std::size_t mostClasses = 200;  ///< bars that are drawn

QLabel* wrappedLabel(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

/// Does a column, but the one that the box is for, name rows of the test part?
bool saysParts(const ColumnInfo& column, const std::string& subset) {
    if (column.kind != ColumnKind::Category || column.name == subset) return false;
    return std::any_of(column.dictionary.begin(), column.dictionary.end(), [](const std::string& word) {
        const QString lower = QString::fromStdString(word).toLower();
        return lower == QLatin1String("test") || lower == QLatin1String("t10k");
    });
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
    m_title = wrappedLabel("split_title");
    m_title->setProperty(ThemeRole::section, true);
    m_explain = wrappedLabel("split_explain");
    m_explain->setProperty(ThemeRole::muted, true);
    m_stratify = new QCheckBox;
    m_stratify->setObjectName("split_stratify");
    m_subset = new QCheckBox;
    m_subset->setObjectName("split_subset");
    m_draw = new QPushButton;
    m_draw->setObjectName("split_draw");
    m_leak = wrappedLabel("split_leak");
    m_mend = new QPushButton;
    m_mend->setObjectName("split_mend");
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_explain);
    // What is wrong is seen without scrolling.
    layout->addWidget(m_leak);
    m_pairs = new QPushButton;
    m_pairs->setObjectName("split_pairs");
    auto* leakButtons = new QHBoxLayout;
    leakButtons->setSpacing(8);
    leakButtons->addWidget(m_mend);
    leakButtons->addWidget(m_pairs);
    leakButtons->addStretch(1);
    layout->addLayout(leakButtons);
    layout->addLayout(makeMethod());
    layout->addLayout(makeFields());
    layout->addWidget(m_stratify);
    layout->addWidget(m_subset);
    layout->addWidget(m_draw, 0, Qt::AlignLeft);
    connect(m_mend, &QPushButton::clicked, this, &SplitView::mendWanted);
    connect(m_pairs, &QPushButton::clicked, this, &SplitView::showPairs);
    connect(m_subset, &QCheckBox::toggled, this, &SplitView::update);
    connect(m_draw, &QPushButton::clicked, this, [this] { emit drawWanted(settings()); });
    return form;
}

QLayout* SplitView::makeMethod() {
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
    m_method = new QComboBox;
    m_method->setObjectName("split_method");
    m_column = new QComboBox;
    m_column->setObjectName("split_column");
    m_folds = new QSpinBox;
    m_folds->setObjectName("split_folds");
    m_folds->setRange(0, 50);
    m_fold = new QSpinBox;
    m_fold->setObjectName("split_fold");
    m_fold->setRange(1, 50);
    for (QComboBox* box : {m_method, m_column}) box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row(0, m_methodLabel, m_method);
    row(1, m_columnLabel, m_column);
    m_methodNote = wrappedLabel("split_method_note");
    m_methodNote->setProperty(ThemeRole::muted, true);
    grid->addWidget(m_methodNote, 2, 0, 1, 2);
    row(3, m_foldsLabel, m_folds);
    row(4, m_foldLabel, m_fold);
    connect(m_method, &QComboBox::currentIndexChanged, this, [this] {
        fillColumns();
        update();
    });
    connect(m_folds, &QSpinBox::valueChanged, this, &SplitView::update);
    return grid;
}

QString SplitView::method() const { return m_method->currentData().toString(); }

/// Only what this data can be divided by.
void SplitView::fillMethods() {
    const QSignalBlocker quiet(m_method);
    const QString chosen = method();
    bool ordered = false, named = false, pictures = false, parts = false;
    for (std::size_t column = 0; m_opened && column < m_opened->table.columnCount(); ++column) {
        const ColumnKind kind = m_opened->table.info(column).kind;
        ordered = ordered || kind == ColumnKind::Time || kind == ColumnKind::Number || kind == ColumnKind::Integer;
        named = named || kind == ColumnKind::Category || kind == ColumnKind::Text || kind == ColumnKind::Integer;
        pictures = pictures || kind == ColumnKind::Image || kind == ColumnKind::Tensor;
        parts = parts || saysParts(m_opened->table.info(column), m_opened->subset);
    }
    m_method->clear();
    m_method->addItem(tr("Item by item, by chance"), "");
    if (named) m_method->addItem(tr("By group: what belongs together stays together"), "group");
    if (ordered) m_method->addItem(tr("By time: the newest items are the test"), "time");
    if (parts) m_method->addItem(tr("As a column says: training, test"), "given");
    if (pictures) m_method->addItem(tr("By folder of the pictures"), "folder");
    if (pictures) m_method->addItem(tr("Pictures that look alike stay together"), "near_duplicates");
    m_method->setCurrentIndex(std::max(0, m_method->findData(chosen)));
}

void SplitView::fillColumns() {
    const QSignalBlocker quiet(m_column);
    const QString chosen = m_column->currentText();
    m_column->clear();
    for (std::size_t column = 0; m_opened && column < m_opened->table.columnCount(); ++column) {
        const ColumnInfo& info = m_opened->table.info(column);
        const bool ordered = info.kind == ColumnKind::Time || info.kind == ColumnKind::Number || info.kind == ColumnKind::Integer;
        const bool named = info.kind == ColumnKind::Category || info.kind == ColumnKind::Text || info.kind == ColumnKind::Integer;
        const bool path = info.kind == ColumnKind::Image || info.kind == ColumnKind::Text;
        const bool fits = method() == QLatin1String("time")     ? ordered
                          : method() == QLatin1String("folder") ? path
                          : method() == QLatin1String("given")  ? saysParts(info, m_opened->subset)
                                                                : named;
        if (fits && info.name != m_opened->target) m_column->addItem(QString::fromStdString(info.name));
    }
    // A column of moments before one of mere numbers.
    int first = 0;
    for (int i = m_column->count() - 1; i >= 0 && method() == QLatin1String("time"); --i)
        if (const auto column = m_opened->table.find(m_column->itemText(i).toStdString());
            column && m_opened->table.info(*column).kind == ColumnKind::Time)
            first = i;
    const int known = m_column->findText(chosen);
    m_column->setCurrentIndex(known >= 0 ? known : first);
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
    m_classesTitle = wrappedLabel("classes_title");
    m_classesTitle->setProperty(ThemeRole::section, true);
    m_classesNote = wrappedLabel("classes_note");
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
    m_methodLabel->setText(tr("&How"));
    m_columnLabel->setText(tr("C&olumn"));
    m_foldsLabel->setText(tr("&Folds"));
    m_foldLabel->setText(tr("This f&old"));
    m_method->setAccessibleName(tr("How the items are divided"));
    m_column->setAccessibleName(tr("The column that they are divided by"));
    m_folds->setAccessibleName(tr("Number of folds"));
    m_folds->setSpecialValueText(tr("none"));
    m_folds->setToolTip(tr("Cross-validation: the items outside the test part are dealt into so many folds; one validates, the others train."));
    m_fold->setAccessibleName(tr("The fold that validates"));
    m_mend->setText(tr("&Mend: put together what belongs together"));
    m_pairs->setText(tr("Show them"));
    m_mend->setAccessibleName(m_mend->text().remove(u'&'));
    m_draw->setText(tr("D&raw the parts again"));
    m_draw->setToolTip(tr("Trainings that were run keep the parts they were run with."));
    // The fields of both grids begin at one line.
    int widest = 0;
    const auto labels = {m_methodLabel, m_columnLabel, m_foldsLabel, m_foldLabel, m_trainingLabel, m_validationLabel, m_testLabel, m_seedLabel};
    for (const QLabel* label : labels) widest = std::max(widest, label->sizeHint().width());
    for (QLabel* label : labels) label->setMinimumWidth(widest);
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
    if (!m_opened->split && m_opened->madeSplit) m_classesNote->setText(tr("The recipe makes rows of its own: they are divided, and not the rows that are shown here."));
    else if (m_opened->target.empty()) m_classesNote->setText(tr("No column is the target yet. Choose it in the panel at the right."));
    else if (classes.empty())
        m_classesNote->setText(tr("%1 is a number: there are no classes to count.").arg(QString::fromStdString(m_opened->target)));
    else {
        if (const QString rare = rareClassWords(); !rare.isEmpty()) return m_classesNote->setText(rare);
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

QString SplitView::rareClassWords() const {
    QStringList rare;
    std::size_t count = 0;
    for (const ClassCounts& one : m_opened->parts.classes) {
        const std::int64_t rows = one.rows[0] + one.rows[1] + one.rows[2];
        if (rows == 0 || rows >= fewestRowsOfClass) continue;
        if (++count <= 5) rare << tr("%1 (%2)").arg(QString::fromStdString(one.name).left(30)).arg(rows);
    }
    if (count > 5) rare << tr("%n more", nullptr, static_cast<int>(count) - 5);
    if (rare.isEmpty()) return {};
    return tr("%n class(es) have fewer than 5 items: %1. They are not in every part, or say little there. Merge them with others (step “Replace values”), or "
              "bring more.",
              nullptr, static_cast<int>(count))
        .arg(rare.join(QStringLiteral(", ")));
}

void SplitView::fillForm() {
    const QSignalBlocker a(m_validation), b(m_test), c(m_subset), d(m_stratify), e(m_seed);
    const SplitRecord* split = drawnSplit(*m_opened);
    const bool known = split != nullptr;
    const auto percent = [&](std::size_t part, int otherwise) {
        return known ? static_cast<int>(std::lround(split->fractions[part] * 100)) : otherwise;
    };
    m_subset->setChecked(!m_opened->subset.empty() && (!known || split->method == "given"));
    const bool given = known && (m_subset->isChecked() || settingsOf(*split).method == "given");
    const double drawn = known ? split->fractions[0] + split->fractions[1] : 1.0;
    const auto rows = std::max<std::int64_t>(1, m_opened->record.rows);
    // Where the data brings its test part, the shares are those of the other items.
    m_validation->setValue(given && drawn > 0 ? static_cast<int>(std::lround(split->fractions[1] / drawn * 100)) : percent(1, 10));
    m_test->setValue(given ? static_cast<int>(std::lround(100.0 * static_cast<double>(split->counts[2]) / static_cast<double>(rows)))
                           : percent(2, 10));
    m_seed->setValue(known ? static_cast<int>(split->seed % 1'000'000'000) : 1);
    SplitSettings drawnWith;
    if (known) drawnWith = settingsOf(*split);
    {
        const QSignalBlocker f(m_method), g(m_column), h(m_folds), i(m_fold);
        fillMethods();
        m_method->setCurrentIndex(std::max(0, m_method->findData(QString::fromStdString(drawnWith.method))));
        fillColumns();
        if (const int column = m_column->findText(QString::fromStdString(drawnWith.column)); column >= 0) m_column->setCurrentIndex(column);
        m_folds->setValue(static_cast<int>(drawnWith.folds));
        m_fold->setValue(static_cast<int>(drawnWith.fold));
    }
    m_stratify->setChecked(!known || !split->stratifyColumn.empty() || m_opened->parts.classes.empty());
}

SplitSettings SplitView::settings() const {
    SplitSettings settings;
    settings.seed = static_cast<std::uint64_t>(m_seed->value());
    settings.validation = m_validation->value() / 100.0;
    settings.test = testIsGiven() ? 0.0 : m_test->value() / 100.0;
    settings.training = trainingShare() / 100.0;
    settings.stratify = m_stratify->isChecked();
    if (m_opened) settings.target = m_opened->target;
    if (!m_subset->isChecked()) settings.method = method().toStdString();
    if (!settings.method.empty() && settings.method != "near_duplicates") settings.column = m_column->currentText().toStdString();
    settings.folds = m_folds->value() >= 2 ? m_folds->value() : 0;
    settings.fold = std::min<std::int64_t>(m_fold->value(), std::max<std::int64_t>(1, settings.folds));
    if (m_opened && m_subset->isChecked()) settings.subset = m_opened->subset;
    return settings;
}

bool SplitView::testIsGiven() const { return m_subset->isChecked() || method() == QLatin1String("given"); }

int SplitView::trainingShare() const { return 100 - m_validation->value() - (testIsGiven() ? 0 : m_test->value()); }

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
                        : testIsGiven() ? tr("%1 % of what is not in the test part").arg(training)
                                                : tr("%1 % (what remains)").arg(training));
    const bool may = m_opened && !m_readOnly && !m_busy;
    for (QWidget* field : {static_cast<QWidget*>(m_validation), static_cast<QWidget*>(m_seed), static_cast<QWidget*>(m_subset)})
        field->setEnabled(may);
    m_test->setEnabled(may && !testIsGiven());
    const bool byColumn = !method().isEmpty() && method() != QLatin1String("near_duplicates") && !m_subset->isChecked();
    for (QWidget* part : {static_cast<QWidget*>(m_column), static_cast<QWidget*>(m_columnLabel)}) part->setVisible(byColumn);
    for (QWidget* part : {static_cast<QWidget*>(m_fold), static_cast<QWidget*>(m_foldLabel)}) part->setVisible(m_folds->value() >= 2);
    m_method->setEnabled(may && !m_subset->isChecked());
    m_column->setEnabled(may);
    m_folds->setEnabled(may);
    m_fold->setEnabled(may);
    m_validation->setEnabled(may && m_folds->value() < 2);
    m_methodNote->setText(
        method() == QLatin1String("group")    ? tr("Rows with the same value of the column (a patient, a customer) never lie in two parts.")
        : method() == QLatin1String("time")   ? tr("The network learns from the past and is tested on what came later, as it will be used.")
        : method() == QLatin1String("folder") ? tr("Pictures of one folder never lie in two parts.")
        : method() == QLatin1String("given")
            ? tr("Items that the column calls test are the test part; validation is drawn from the rest where it names none. The column itself is no input then: it becomes ignored.")
        : method() == QLatin1String("near_duplicates")
            ? tr("All pictures are compared first; very large groups (above 5 % of all) are not kept together.")
            : QString());
    m_methodNote->setVisible(!m_methodNote->text().isEmpty() && !m_subset->isChecked());
    m_stratify->setEnabled(may && !m_opened->parts.classes.empty());
    m_draw->setEnabled(may && training > 0);
    updateLeak();
}

void SplitView::setLeaks(const std::optional<SplitLeaks>& leaks) {
    m_leaks = leaks;
    updateLeak();
}

void SplitView::updateLeak() {
    const bool known = m_opened && m_opened->split && m_leaks;
    m_leak->setVisible(known);
    std::int64_t validation = 0, test = 0, pairs = 0;
    for (std::size_t i = 0; known && i < m_leaks->relations.size(); ++i) {
        validation = std::max(validation, m_leaks->relations[i].ofPart[1]);
        test = std::max(test, m_leaks->relations[i].ofPart[2]);
        pairs += m_leaks->relations[i].pairs;
    }
    const bool leaks = validation + test > 0;
    m_mend->setVisible(known && leaks);
    m_pairs->setVisible(known && leaks && m_leaks->ownRows);
    m_mend->setEnabled(!m_readOnly && !m_busy);
    if (!known) return;
    const QLocale locale;
    const auto number = [&](std::int64_t count) { return locale.toString(static_cast<qlonglong>(count)); };
    m_leak->setProperty(ThemeRole::tone, leaks ? "warning" : "good");
    m_leak->style()->polish(m_leak);
    m_leak->setText(leaks ? tr("Leak meter: %1 items of the validation part and %2 of the test part have their like in another part (%3 pairs). "
                               "Scores will look better "
                               "than they are.")
                                .arg(number(validation), number(test), number(pairs))
                          : tr("Leak meter: no item of the validation or test part is the same as one of another part."));
}

/// A row that is alike to several comes once, beside the first of them.
void SplitView::showPairs() {
    if (!m_leaks) return;
    std::vector<std::uint32_t> rows;
    std::set<std::int64_t> listed;
    for (const RelationLeaks& relation : m_leaks->relations)
        for (const LeakPair& pair : relation.examples)
            for (const std::int64_t row : {pair.a, pair.b})
                if (listed.insert(row).second) rows.push_back(static_cast<std::uint32_t>(row));
    emit rowsWanted(rows, tr("Alike, in different parts"));
}

}  // namespace lamina
