#include "app/pages/data/column_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QScrollArea>

#include <cmath>

#include "widgets/charts/histogram_view.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/tables/data_table_model.h"

namespace lamina {
namespace {

const char* const roles[] = {"feature", "target", "ignored"};

QIcon iconOf(CellKind kind) {
    switch (kind) {
        case CellKind::Number:
        case CellKind::Integer: return themeIcon("number");
        case CellKind::Boolean: return themeIcon("boolean");
        case CellKind::Category: return themeIcon("category");
        case CellKind::Text: return themeIcon("text");
        case CellKind::Picture: return themeIcon("image");
    }
    return {};
}

QString number(double value) { return QLocale().toString(value, 'g', 6); }
QString count(std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); }

QString share(std::int64_t part, std::int64_t all) {
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(all, 1));
    return QLocale().toString(percent, 'f', percent > 0 && percent < 10 ? 1 : 0) + QStringLiteral(" %");
}

void clear(QFormLayout* form) {
    while (form->rowCount() > 0) form->removeRow(0);
}

}  // namespace

ColumnPanel::ColumnPanel(QWidget* parent)
    : QWidget(parent),
      m_heading(new QLabel),
      m_empty(new QLabel),
      m_list(new QListWidget),
      m_details(new QWidget),
      m_name(new ElidedLabel),
      m_role(new QComboBox) {
    setObjectName("column_panel");
    m_heading->setProperty(ThemeRole::section, true);
    m_empty->setObjectName("column_empty");
    m_empty->setProperty(ThemeRole::muted, true);
    m_empty->setWordWrap(true);
    m_list->setObjectName("column_list");
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({16, 16});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inside = new QVBoxLayout(m_details);
    inside->setContentsMargins(0, 0, 4, 0);
    inside->setSpacing(8);
    makeDetails(inside);
    scroll->setWidget(m_details);
    m_scroll = scroll;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_heading);
    layout->addWidget(m_empty, 0, Qt::AlignTop);
    layout->addWidget(m_list, 2);
    layout->addWidget(scroll, 3);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int column) {
        showColumn();
        if (column >= 0) emit columnChosen(column);
    });
    connect(m_role, &QComboBox::activated, this, [this](int chosen) { emit roleWanted(currentColumn(), roles[chosen]); });
    retranslate();
    setDataset(nullptr);
}

void ColumnPanel::makeDetails(QVBoxLayout* layout) {
    m_name->setProperty(ThemeRole::section, true);
    m_roleLabel = new QLabel;
    m_role->setObjectName("column_role");
    for (const char* role : roles) m_role->addItem(QString(), QString::fromLatin1(role));
    m_roleLabel->setBuddy(m_role);
    auto* roleLine = new QHBoxLayout;
    roleLine->addWidget(m_roleLabel);
    roleLine->addWidget(m_role, 1);
    m_wait = new QLabel;
    m_wait->setProperty(ThemeRole::muted, true);
    m_histogram = new HistogramView;
    m_histogram->setObjectName("column_histogram");
    m_figures = new QFormLayout;
    m_figures->setVerticalSpacing(4);
    m_frequentTitle = new QLabel;
    m_frequentTitle->setProperty(ThemeRole::muted, true);
    m_frequent = new QFormLayout;
    m_frequent->setVerticalSpacing(4);
    layout->addWidget(m_name);
    layout->addLayout(roleLine);
    layout->addWidget(m_histogram);
    layout->addLayout(m_figures);
    layout->addWidget(m_wait);
    layout->addWidget(m_frequentTitle);
    layout->addLayout(m_frequent);
    layout->addStretch();
}

void ColumnPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ColumnPanel::retranslate() {
    m_heading->setText(tr("Columns"));
    m_empty->setText(tr("Once there is data, its columns stand here: what each of them holds, and what it is used for."));
    m_list->setAccessibleName(tr("Columns"));
    m_roleLabel->setText(tr("&Use as"));
    m_role->setAccessibleName(tr("Use as"));
    m_role->setToolTip(tr("What the column is for: the network learns to predict the target from the features."));
    m_role->setItemText(0, tr("Feature (input)"));
    m_role->setItemText(1, tr("Target (to be predicted)"));
    m_role->setItemText(2, tr("Ignored"));
    m_frequentTitle->setText(tr("Most frequent"));
    m_wait->setText(tr("Counting …"));
    fillList();
    showColumn();
}

int ColumnPanel::currentColumn() const { return m_list->currentRow(); }

void ColumnPanel::setCurrentColumn(int column) {
    if (column >= 0 && column < m_list->count() && column != m_list->currentRow()) m_list->setCurrentRow(column);
}

void ColumnPanel::setDataset(std::shared_ptr<const OpenedDataset> opened) {
    const bool same = opened && m_opened && opened->source == m_opened->source;
    if (!same) m_profiles.clear();
    const int column = same ? currentColumn() : -1;
    m_opened = std::move(opened);
    for (QWidget* part : {static_cast<QWidget*>(m_heading), static_cast<QWidget*>(m_list), m_scroll}) part->setVisible(m_opened != nullptr);
    m_empty->setVisible(!m_opened);
    fillList();
    const QSignalBlocker quiet(m_list);
    int target = 0;
    for (std::size_t i = 0; m_opened && i < m_opened->record.columns.size(); ++i)
        if (m_opened->record.columns[i].role == "target") target = static_cast<int>(i);
    m_list->setCurrentRow(column >= 0 ? column : target);
    showColumn();
}

void ColumnPanel::fillList() {
    const QSignalBlocker quiet(m_list);
    const int column = currentColumn();
    m_list->clear();
    if (!m_opened) return;
    for (std::size_t i = 0; i < m_opened->record.columns.size(); ++i) {
        const ColumnRecord& record = m_opened->record.columns[i];
        const ColumnHeading heading = m_opened->source->heading(static_cast<int>(i));
        QString text = QString::fromStdString(record.name);
        if (record.role == "target") text += QStringLiteral("  ·  ") + tr("target");
        if (record.role == "ignored") text += QStringLiteral("  ·  ") + tr("ignored");
        auto* item = new QListWidgetItem(iconOf(heading.kind), text, m_list);
        item->setToolTip(QString::fromStdString(record.name).toHtmlEscaped());
        if (record.role == "ignored") item->setForeground(themeColours().mutedText);
        if (record.role == "target") {
            QFont bold = item->font();
            bold.setWeight(QFont::DemiBold);
            item->setFont(bold);
        }
    }
    m_list->setCurrentRow(column);
}

void ColumnPanel::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    showColumn();
}

void ColumnPanel::setProfile(int column, const ColumnProfile& profile) {
    m_profiles[column] = profile;
    if (column == currentColumn()) showColumn();
}

void ColumnPanel::showColumn() {
    const int column = currentColumn();
    const bool any = m_opened && column >= 0 && column < static_cast<int>(m_opened->record.columns.size());
    m_details->setVisible(any);
    if (!any) return;
    const ColumnRecord& record = m_opened->record.columns[static_cast<std::size_t>(column)];
    m_name->setFullText(QString::fromStdString(record.name));
    m_role->setCurrentIndex(m_role->findData(QString::fromStdString(record.role)));
    m_role->setEnabled(!m_readOnly);
    clear(m_figures);
    clear(m_frequent);
    const ColumnHeading heading = m_opened->source->heading(column);
    addFigure(tr("Kind"), DataTableModel::kindText(heading.kind));
    const auto known = m_profiles.find(column);
    m_wait->setVisible(known == m_profiles.end());
    m_histogram->setVisible(known != m_profiles.end() && known->second.bins.size() > 1);
    m_frequentTitle->setVisible(known != m_profiles.end() && !known->second.frequent.empty());
    if (known == m_profiles.end()) return;
    showFigures(known->second);
    showFrequent(known->second);
}

void ColumnPanel::addFigure(const QString& title, const QString& text) {
    auto* name = new QLabel(title);
    name->setProperty(ThemeRole::muted, true);
    auto* value = new QLabel(text);
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_figures->addRow(name, value);
}

void ColumnPanel::showFigures(const ColumnProfile& profile) {
    const ColumnSummary& summary = profile.summary;
    const Shape& shape = summary.elementShape;
    const bool pictures = shape.size() == 3 && (shape[0] == 1 || shape[0] == 3);
    if (pictures) addFigure(tr("Pictures"), (shape[0] == 1 ? tr("%1 × %2 pixels, grey") : tr("%1 × %2 pixels, in colour")).arg(shape[2]).arg(shape[1]));
    else if (!summary.shape.empty()) addFigure(tr("Shape"), QString::fromStdString(summary.shape));
    addFigure(tr("Missing"), summary.missing == 0 ? tr("none") : tr("%1 (%2)").arg(count(summary.missing), share(summary.missing, summary.rows)));
    if (summary.notFinite > 0) addFigure(tr("Not finite"), count(summary.notFinite));
    if (summary.kind != ColumnKind::Tensor)
        addFigure(tr("Different values"), summary.distinctIsAtLeast ? tr("at least %1").arg(count(summary.distinct)) : count(summary.distinct));
    if (summary.hasMoments && summary.kind != ColumnKind::Boolean) {
        addFigure(tr("Mean"), number(summary.mean));
        addFigure(tr("Deviation"), number(summary.deviation));
        addFigure(tr("Smallest"), number(summary.minimum));
        addFigure(tr("Largest"), number(summary.maximum));
    }
    if (profile.bins.size() > 1) m_histogram->setCounts(summary.minimum, summary.maximum, profile.bins);
}

void ColumnPanel::showFrequent(const ColumnProfile& profile) {
    for (const auto& [text, rows] : profile.frequent) {
        auto* value = new ElidedLabel;
        value->setFullText(QString::fromStdString(text));
        auto* line = new QWidget;
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        auto* number = new QLabel(tr("%1 (%2)").arg(count(rows), share(rows, profile.summary.rows)));
        number->setProperty(ThemeRole::muted, true);
        layout->addWidget(value, 1);
        layout->addWidget(number);
        m_frequent->addRow(line);
    }
}

}  // namespace lamina
