#include "app/pages/data/dataset_bar.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
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

QString number(std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); }

}  // namespace

DatasetBar::DatasetBar(QWidget* parent)
    : QWidget(parent), m_heading(new QLabel), m_datasets(new QComboBox), m_details(new ElidedLabel), m_import(new QPushButton) {
    setObjectName("dataset_bar");
    m_heading->setProperty(ThemeRole::heading, true);
    m_datasets->setObjectName("dataset_list");
    m_datasets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_datasets->setMinimumContentsLength(18);
    m_datasets->setMinimumWidth(100);  // a small window needs the room for the buttons
    m_details->setObjectName("dataset_details");
    m_details->setProperty(ThemeRole::muted, true);
    m_import->setObjectName("data_import");
    m_import->setIcon(themeIcon("import"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_heading);
    layout->addSpacing(8);
    layout->addWidget(m_datasets);
    makeMenu();
    layout->addWidget(m_more);
    layout->addWidget(m_details, 1);
    makeViewButtons(layout);
    layout->addSpacing(8);
    layout->addWidget(m_import);
    connect(m_import, &QPushButton::clicked, this, &DatasetBar::importWanted);
    connect(m_datasets, &QComboBox::activated, this, [this] { emit datasetChosen(m_datasets->currentData().toString()); });
    retranslate();
}

void DatasetBar::makeMenu() {
    m_more = new QToolButton;
    m_more->setObjectName("dataset_more");
    m_more->setIcon(themeIcon("more"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_menu = new QMenu(this);
    m_more->setMenu(m_menu);
    m_rename = m_menu->addAction(QString(), this, &DatasetBar::renameWanted);
    m_remarks = m_menu->addAction(themeIcon("info"), QString(), this, &DatasetBar::remarksWanted);
    m_menu->addSeparator();
    m_again = m_menu->addAction(themeIcon("refresh"), QString(), this, &DatasetBar::againWanted);
    m_again->setObjectName("dataset_again");
    m_watch = m_menu->addAction(QString());
    m_watch->setObjectName("dataset_watch");
    m_watch->setCheckable(true);
    connect(m_watch, &QAction::triggered, this, &DatasetBar::watchWanted);
    m_menu->addSeparator();
    m_pictures = m_menu->addAction(themeIcon("export"), QString(), this, &DatasetBar::picturesWanted);
    m_pictures->setObjectName("dataset_pictures_out");
    m_remove = m_menu->addAction(themeIcon("delete"), QString(), this, &DatasetBar::removeWanted);
}

void DatasetBar::makeViewButtons(QBoxLayout* layout) {
    const std::pair<const char*, const char*> views[] = {{"view_table", "table"}, {"view_gallery", "gallery"}, {"view_split", "split"}};
    m_views = new QButtonGroup(this);
    for (int view = 0; view < 3; ++view) {
        auto* button = new QPushButton;
        button->setObjectName(views[view].first);
        button->setIcon(themeIcon(views[view].second));
        button->setCheckable(true);
        m_views->addButton(button, view);
        layout->addWidget(button);
    }
    // Not idClicked(): what a screen reader toggles counts as well.
    connect(m_views, &QButtonGroup::idToggled, this, [this](int view, bool on) {
        if (on) emit viewChosen(static_cast<DatasetView>(view));
    });
}

void DatasetBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void DatasetBar::retranslate() {
    m_heading->setText(tr("Data"));
    m_datasets->setAccessibleName(tr("Dataset"));
    m_more->setAccessibleName(tr("More about this dataset"));
    m_more->setToolTip(m_more->accessibleName());
    m_rename->setText(tr("&Rename …"));
    m_remarks->setText(tr("&Remarks of the import"));
    m_remove->setText(tr("&Delete"));
    m_pictures->setText(tr("Anonymised &pictures …"));
    m_pictures->setToolTip(tr("Copies for others: without the notes of the camera, and with what nobody is to recognise made coarse"));
    m_again->setText(tr("Read the source &again"));
    m_watch->setText(tr("&Tell me when the source changes"));
    const QString texts[] = {tr("&Table"), tr("&Gallery"), tr("&Split")};
    const QString tips[] = {tr("Rows and columns"), tr("The pictures"), tr("Training, validation and test part; items per class")};
    for (int view = 0; view < 3; ++view) {
        m_views->button(view)->setText(texts[view]);
        m_views->button(view)->setToolTip(tips[view]);
        m_views->button(view)->setAccessibleName(tips[view]);
    }
    m_import->setText(tr("&Import …"));
    m_import->setToolTip(tr("Import more data (Ctrl+I)"));
    m_import->setAccessibleName(m_import->text().remove(u'&'));
    showDetails();
}

void DatasetBar::setDatasets(const std::vector<DatasetRecord>& all, std::shared_ptr<const OpenedDataset> opened) {
    m_opened = std::move(opened);
    const QSignalBlocker quiet(m_datasets);
    m_datasets->clear();
    for (const DatasetRecord& record : all) m_datasets->addItem(QString::fromStdString(record.name), QString::fromStdString(record.id));
    if (m_opened) m_datasets->setCurrentIndex(m_datasets->findData(QString::fromStdString(m_opened->record.id)));
    showDetails();
}

void DatasetBar::setEditable(bool editable) {
    m_import->setEnabled(editable);
    m_rename->setEnabled(editable);
    m_remove->setEnabled(editable);
    m_again->setEnabled(editable);
    m_watch->setEnabled(editable);
}

void DatasetBar::setWatched(bool watched) { m_watch->setChecked(watched); }

void DatasetBar::setView(DatasetView view) {
    const QSignalBlocker quiet(m_views);
    m_views->button(view)->setChecked(true);
}

void DatasetBar::showDetails() {
    if (!m_opened) return;
    const DatasetRecord& record = m_opened->record;
    m_datasets->setToolTip(tr("The dataset to look at. It came from %1").arg(QString::fromStdString(record.sourcePath)).toHtmlEscaped());
    m_details->setFullText(tr("%1 rows, %2 columns").arg(number(record.rows), number(static_cast<std::int64_t>(record.columns.size()))));
    m_remarks->setEnabled(!record.issues.empty());
    m_views->button(GalleryView)->setVisible(m_opened->pictures != nullptr);
    m_pictures->setVisible(m_opened->pictures != nullptr);
}

}  // namespace lamina
