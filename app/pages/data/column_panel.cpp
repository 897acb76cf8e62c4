#include "app/pages/data/column_panel.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>

#include "app/pages/data/profile_figures.h"
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
        case CellKind::Time: return themeIcon("time");
    }
    return {};
}

QScrollArea* scrolling(QWidget* content) {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    return scroll;
}

}  // namespace

ColumnPanel::ColumnPanel(QWidget* parent)
    : QWidget(parent),
      m_empty(new QLabel),
      m_columnsTab(new QPushButton),
      m_wholeTab(new QPushButton),
      m_list(new QListWidget),
      m_columns(new QWidget),
      m_details(new QWidget),
      m_name(new ElidedLabel),
      m_role(new QComboBox) {
    setObjectName("column_panel");
    m_empty->setObjectName("column_empty");
    m_empty->setProperty(ThemeRole::muted, true);
    m_empty->setWordWrap(true);
    m_list->setObjectName("column_list");
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({16, 16});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    auto* inside = new QVBoxLayout(m_details);
    inside->setContentsMargins(0, 0, 8, 0);
    inside->setSpacing(8);
    makeDetails(inside);
    m_scroll = scrolling(m_details);
    auto* columns = new QVBoxLayout(m_columns);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(8);
    columns->addWidget(m_list, 2);
    columns->addWidget(m_scroll, 4);
    m_tabs = makeTabs();
    m_wholeScroll = makeWhole();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_tabs);
    layout->addWidget(m_empty, 0, Qt::AlignTop);
    layout->addWidget(m_columns, 1);
    layout->addWidget(m_wholeScroll, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int column) {
        showColumn();
        if (column >= 0) emit columnChosen(column);
    });
    connect(m_role, &QComboBox::activated, this, [this](int chosen) { emit roleWanted(currentColumn(), roles[chosen]); });
    for (FigureList* figures : {m_figures, m_wholeFigures}) connect(figures, &FigureList::rowsWanted, this, &ColumnPanel::rowsWanted);
    connect(m_histogram, &HistogramView::binChosen, this, [this](std::size_t bin) {
        const auto known = m_profiles.find(currentColumn());
        if (known == m_profiles.end() || bin >= known->second.histogram.rows.size()) return;
        emit rowsWanted(queryOfBin(known->second, bin),
                        tr("%1: %2").arg(QString::fromStdString(known->second.name), binWords(known->second.histogram).value(static_cast<qsizetype>(bin))));
    });
    retranslate();
    setDataset(nullptr);
}

QWidget* ColumnPanel::makeTabs() {
    auto* tabs = new QWidget;
    auto* layout = new QHBoxLayout(tabs);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* group = new QButtonGroup(tabs);
    m_columnsTab->setObjectName("panel_columns");
    m_wholeTab->setObjectName("panel_whole");
    for (QPushButton* tab : {m_columnsTab, m_wholeTab}) {
        tab->setCheckable(true);
        tab->setProperty(ThemeRole::flat, true);
        group->addButton(tab);
        layout->addWidget(tab);
    }
    layout->addStretch();
    m_columnsTab->setChecked(true);
    connect(m_wholeTab, &QPushButton::toggled, this, &ColumnPanel::showWhole);
    return tabs;
}

QScrollArea* ColumnPanel::makeWhole() {
    auto* page = new QWidget;
    m_wholeWait = new QLabel;
    m_wholeWait->setProperty(ThemeRole::muted, true);
    m_wholeFigures = new FigureList;
    m_wholeFigures->setObjectName("whole_figures");
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->addWidget(m_wholeWait);
    layout->addWidget(m_wholeFigures);
    layout->addStretch();
    return scrolling(page);
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
    m_figures = new FigureList;
    m_figures->setObjectName("column_figures");
    layout->addWidget(m_name);
    layout->addLayout(roleLine);
    layout->addWidget(m_histogram);
    layout->addWidget(m_figures);
    layout->addWidget(m_wait);
    layout->addStretch();
}

void ColumnPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ColumnPanel::retranslate() {
    m_columnsTab->setText(tr("&Columns"));
    m_wholeTab->setText(tr("&Whole data set"));
    m_histogram->setAccessibleName(tr("How the values are spread; click to see the rows of a bar"));
    m_empty->setText(tr("Once there is data, its columns stand here: what each of them holds, and what it is used for."));
    m_list->setAccessibleName(tr("Columns"));
    m_roleLabel->setText(tr("&Use as"));
    m_role->setAccessibleName(tr("Use as"));
    m_role->setToolTip(tr("What the column is for: the network learns to predict the target from the features."));
    m_role->setItemText(0, tr("Feature (input)"));
    m_role->setItemText(1, tr("Target (to be predicted)"));
    m_role->setItemText(2, tr("Ignored"));
    for (QLabel* wait : {m_wait, m_wholeWait}) wait->setText(tr("Counting …"));
    fillList();
    showColumn();
    showWholeFigures();
}

int ColumnPanel::currentColumn() const { return m_list->currentRow(); }

void ColumnPanel::setCurrentColumn(int column) {
    if (column >= 0 && column < m_list->count() && column != m_list->currentRow()) m_list->setCurrentRow(column);
}

void ColumnPanel::setDataset(std::shared_ptr<const OpenedDataset> opened) {
    const bool same = opened && m_opened && opened->source == m_opened->source;
    if (!same) {
        m_profiles.clear();
        m_whole = nullptr;
    }
    const int column = same ? currentColumn() : -1;
    m_opened = std::move(opened);
    m_tabs->setVisible(m_opened != nullptr);
    m_empty->setVisible(!m_opened);
    showWhole(m_wholeTab->isChecked());
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

void ColumnPanel::setProfile(int column, const ProfiledColumn& profile) {
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
    m_figures->clear();
    const auto known = m_profiles.find(column);
    const ProfiledColumn* profile = known == m_profiles.end() ? nullptr : &known->second;
    m_figures->addFigure(tr("Kind"), DataTableModel::kindText(m_opened->source->heading(column).kind));
    m_wait->setVisible(!profile);
    showHistogram(profile);
    if (m_opened->table.view(static_cast<std::size_t>(column)).kind == ColumnKind::Tensor)
        showTensor(m_opened->table.info(static_cast<std::size_t>(column)));
    if (profile) showColumnFigures(*profile, *m_figures);
}

void ColumnPanel::showTensor(const ColumnInfo& info) {
    const Shape& shape = info.elementShape;
    const bool pictures = shape.size() == 3 && (shape[0] == 1 || shape[0] == 3);
    if (pictures)
        m_figures->addFigure(tr("Pictures"),
                             (shape[0] == 1 ? tr("%1 × %2 pixels, grey") : tr("%1 × %2 pixels, in colour")).arg(shape[2]).arg(shape[1]));
    else if (shape.size() == 3 && info.elementType == DType::UInt8)
        m_figures->addFigure(tr("Pictures"), tr("%1 × %2 pixels, %3 bands").arg(shape[2]).arg(shape[1]).arg(shape[0]));
    else m_figures->addFigure(tr("Shape"), QString::fromStdString(shapeText(shape)));
}

void ColumnPanel::showHistogram(const ProfiledColumn* profile) {
    const bool any = profile && profile->histogram.rows.size() > 1;
    m_histogram->setVisible(any);
    if (any) m_histogram->setBins(edgeWords(profile->histogram), profile->histogram.rows, binWords(profile->histogram));
}

void ColumnPanel::setDatasetProfile(std::shared_ptr<const DatasetProfile> profile) {
    m_whole = std::move(profile);
    showWholeFigures();
}

void ColumnPanel::showWholeFigures() {
    m_wholeFigures->clear();
    m_wholeWait->setVisible(!m_whole);
    if (m_whole) showDatasetFigures(*m_whole, *m_wholeFigures);
}

void ColumnPanel::showWhole(bool whole) {
    m_wholeTab->setChecked(whole);
    m_columns->setVisible(m_opened && !whole);
    m_wholeScroll->setVisible(m_opened && whole);
}

}  // namespace lamina
