#include "app/pages/data/data_page.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include "app/jobs/road_places.h"
#include "app/pages/data/column_panel.h"
#include "app/pages/data/grouped_sources.h"
#include "app/pages/data/import_banner.h"
#include "app/pages/data/import_dialog.h"
#include "app/pages/data/import_fix.h"
#include "app/pages/data/importer_rows.h"
#include "app/pages/data/parts_bar.h"
#include "app/pages/data/split_view.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/icon.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_gallery.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

QString number(std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); }

QStringList filesOf(const QMimeData& data) {
    QStringList files;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    return files;
}

/// Remarks of the import, as the project keeps them.
std::vector<Issue> issuesOf(const DatasetRecord& record) {
    std::vector<Issue> issues;
    for (const auto& entry : record.issues) {
        if (!entry.is_object() || !entry.contains("code")) continue;
        Issue issue;
        issue.severity = static_cast<Severity>(entry.value("severity", 1));
        issue.what.code = entry.value("code", std::string());
        if (entry.contains("arguments")) issue.what.arguments = entry["arguments"].get<std::vector<std::pair<std::string, std::string>>>();
        issue.count = entry.value("count", std::int64_t{1});
        issues.push_back(std::move(issue));
    }
    return issues;
}

/// `edits`: how many it took.
Result<void> removeWithSplits(Project& project, const std::string& dataset, int& edits) {
    LAMINA_TRY(const auto splits, project.splits().ofDataset(dataset));
    edits = 0;
    auto result = Result<void>{};
    const auto count = [&](Result<EditReceipt> receipt) {
        if (receipt) ++edits;
        else result = receipt.takeError();
        return result.ok();
    };
    for (const SplitRecord& split : splits)
        if (!count(project.splits().remove(split.id).get())) break;
    if (result && count(project.datasets().remove(dataset).get())) return {};
    // All or nothing: what was taken away before something else held on to it comes back.
    for (; edits > 0; --edits) (void)project.undo().get();
    return result;
}

}  // namespace

DataPage::DataPage(Workspace& workspace, QWidget* parent) : Page(parent), m_workspace(workspace) {
    setObjectName("data_page");
    setAcceptDrops(true);
    m_stack = new QStackedWidget;
    m_closed = new EmptyState("data");
    m_closed->setObjectName("data_closed");
    m_empty = new EmptyState("import");
    m_empty->setObjectName("data_empty");
    m_emptyImport = m_empty->addButton("data_empty_import");
    m_emptySample = m_empty->addButton("data_empty_sample");
    m_notice = new Notice;
    m_banner = new ImportBanner(m_workspace.tasks());
    m_panel = new ColumnPanel;
    m_stack->addWidget(m_closed);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_notice);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    connect(m_emptyImport, &QPushButton::clicked, this, &DataPage::askForFile);
    connect(m_emptySample, &QPushButton::clicked, this, &DataPage::importSample);
    connectWorkspace();
    retranslate();
}

DataPage::~DataPage() {
    if (!m_panel->parent()) delete m_panel;
}

QWidget* DataPage::makeContent() {
    auto* content = new QWidget;
    m_views = new QStackedWidget;
    m_table = new DataTable;
    m_gallery = new ThumbnailGallery;
    m_split = new SplitView;
    m_table->setObjectName("data_table");
    m_gallery->setObjectName("data_gallery");
    for (QWidget* view : {static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_gallery), static_cast<QWidget*>(m_split)}) m_views->addWidget(view);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeHead());
    layout->addWidget(m_views, 1);
    layout->addWidget(makeFoot());
    connect(m_table, &DataTable::columnChosen, m_panel, &ColumnPanel::setCurrentColumn);
    connect(m_panel, &ColumnPanel::columnChosen, this, [this](int column) {
        m_table->showColumn(column);
        profileNext();
    });
    connect(m_panel, &ColumnPanel::roleWanted, this, &DataPage::setRole);
    connect(m_split, &SplitView::drawWanted, this, &DataPage::drawSplit);
    return content;
}

QWidget* DataPage::makeHead() {
    auto* head = new QWidget;
    m_heading = new QLabel;
    m_heading->setProperty(ThemeRole::heading, true);
    m_datasets = new QComboBox;
    m_datasets->setObjectName("dataset_list");
    m_datasets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_datasets->setMinimumContentsLength(18);
    m_details = new ElidedLabel;
    m_details->setObjectName("dataset_details");
    m_details->setProperty(ThemeRole::muted, true);
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_heading);
    first->addSpacing(8);
    first->addWidget(m_datasets);
    makeMenu();
    first->addWidget(m_more);
    first->addWidget(m_details, 1);
    makeViewButtons(first);
    m_import = new QPushButton;
    m_import->setObjectName("data_import");
    m_import->setIcon(themeIcon("import"));
    first->addSpacing(8);
    first->addWidget(m_import);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(first);
    connect(m_import, &QPushButton::clicked, this, &DataPage::askForFile);
    connect(m_datasets, &QComboBox::activated, this, [this] {
        m_viewChosen = false;
        m_notice->hide();
        m_workspace.setDataset(m_datasets->currentData().toString().toStdString());
    });
    return head;
}

void DataPage::makeMenu() {
    m_more = new QToolButton;
    m_more->setObjectName("dataset_more");
    m_more->setIcon(themeIcon("more"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_menu = new QMenu(this);
    m_more->setMenu(m_menu);
    m_rename = m_menu->addAction(QString(), this, &DataPage::renameDataset);
    m_remarks = m_menu->addAction(themeIcon("info"), QString(), this, &DataPage::showRemarks);
    m_menu->addSeparator();
    m_remove = m_menu->addAction(themeIcon("delete"), QString(), this, &DataPage::removeDataset);
}

void DataPage::makeViewButtons(QBoxLayout* layout) {
    const std::pair<const char*, const char*> views[] = {{"view_table", "table"}, {"view_gallery", "gallery"}, {"view_split", "split"}};
    m_viewButtons = new QButtonGroup(this);
    for (int view = 0; view < 3; ++view) {
        auto* button = new QPushButton;
        button->setObjectName(views[view].first);
        button->setIcon(themeIcon(views[view].second));
        button->setCheckable(true);
        m_viewButtons->addButton(button, view);
        layout->addWidget(button);
    }
    connect(m_viewButtons, &QButtonGroup::idClicked, this, [this](int view) {
        m_viewChosen = true;
        showView(static_cast<View>(view));
    });
}

QWidget* DataPage::makeFoot() {
    auto* foot = new QFrame;
    foot->setProperty(ThemeRole::card, true);
    m_splitWords = new QLabel;
    m_splitWords->setObjectName("split_words");
    m_splitWords->setTextFormat(Qt::PlainText);
    m_parts = new PartsBar;
    m_toSplit = new QPushButton;
    m_toSplit->setObjectName("split_change");
    m_build = new QPushButton;
    m_build->setObjectName("data_build");
    m_build->setProperty(ThemeRole::primary, true);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(12);
    layout->addWidget(m_splitWords);
    layout->addWidget(m_parts, 1);
    layout->addWidget(m_toSplit);
    layout->addWidget(m_build);
    connect(m_toSplit, &QPushButton::clicked, this, [this] {
        m_viewChosen = true;
        if (m_opened && !m_opened->split) drawSplit(m_split->settings());
        showView(PartsView);
    });
    connect(m_build, &QPushButton::clicked, this, [this] { m_workspace.show("model"); });
    return foot;
}

void DataPage::connectWorkspace() {
    connect(&m_workspace, &Workspace::changed, this, &DataPage::refresh);
    connect(&m_workspace, &Workspace::opened, this, [this] {
        m_loaded = false;
        refresh();
    });
    connect(&m_workspace, &Workspace::selectionChanged, this, [this] {
        const bool shown = m_opened && m_opened->record.id == m_workspace.dataset();
        if (!shown || m_loading) refresh();
    });
    connect(&m_workspace, &Workspace::closed, this, [this] {
        ++m_load;
        m_loading = false;
        m_opened = nullptr;
        m_all.clear();
        m_loaded = false;
        m_viewChosen = false;
        m_waiting.clear();
        if (m_dialog) m_dialog->reject();
        m_notice->hide();
        m_table->setSource(nullptr);
        m_gallery->setSource(nullptr);
        m_panel->setDataset(nullptr);
        showContent();
    });
}

void DataPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void DataPage::retranslate() {
    m_heading->setText(tr("Data"));
    m_closed->setTexts(tr("No project is open"),
                       tr("A project keeps data, networks and trainings together. Open one or begin a new one, then bring your data here."));
    m_empty->setTexts(tr("Bring your data"), tr("Drop a file or a folder here: a table (CSV, TSV), pictures in folders, or IDX files. You see how it "
                                                "is read before anything is imported; your files stay as they are."));
    m_emptyImport->setText(tr("&Import …"));
    m_emptyImport->setToolTip(tr("Choose a file or folder (Ctrl+I)"));
    m_emptySample->setText(tr("Use &sample data"));
    m_emptySample->setToolTip(tr("70,000 small pictures of clothes (Fashion-MNIST)"));
    m_datasets->setAccessibleName(tr("Dataset"));
    m_datasets->setToolTip(tr("The dataset to look at"));
    m_more->setAccessibleName(tr("More about this dataset"));
    m_more->setToolTip(m_more->accessibleName());
    m_rename->setText(tr("&Rename …"));
    m_remarks->setText(tr("&Remarks of the import"));
    m_remove->setText(tr("&Delete"));
    const QString texts[] = {tr("&Table"), tr("&Gallery"), tr("&Split")};
    const QString tips[] = {tr("Rows and columns"), tr("The pictures"), tr("Training, validation and test part; items per class")};
    for (int view = 0; view < 3; ++view) {
        m_viewButtons->button(view)->setText(texts[view]);
        m_viewButtons->button(view)->setToolTip(tips[view]);
        m_viewButtons->button(view)->setAccessibleName(tips[view]);
    }
    m_import->setText(tr("&Import …"));
    m_import->setToolTip(tr("Import more data (Ctrl+I)"));
    m_build->setText(tr("&Build a model"));
    m_build->setToolTip(tr("Go on to the network that learns from this data"));
    for (QPushButton* button : {m_emptyImport, m_emptySample, m_import, m_build}) button->setAccessibleName(button->text().remove(u'&'));
    showWords();
}

// --- what is shown -----------------------------------------------------------------------------------------------------------------

void DataPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale) refresh();
}

void DataPage::refresh() {
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    m_stale = false;
    if (!m_workspace.isOpen()) return showContent();
    const int load = ++m_load;
    m_loading = true;
    m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), wanted = m_workspace.dataset(), known = m_opened](TaskContext& context) {
            return openDatasets(*project, wanted, known, context.cancel);
        },
        [this, load](Result<ProjectDatasets> datasets) {
            if (load != m_load) return;
            m_loading = false;
            if (datasets) take(std::move(*datasets));
            else if (datasets.error().code != "job.cancelled") m_notice->say(Notice::Tone::Bad, Workspace::words(datasets.error()));
        });
}

void DataPage::take(ProjectDatasets datasets) {
    const bool sameRows = m_opened && datasets.opened && datasets.opened->source == m_opened->source;
    const bool samePictures = sameRows && datasets.opened->pictures == m_opened->pictures;
    m_loaded = true;
    m_opened = std::move(datasets.opened);
    fillDatasets(datasets.all);
    showContent();
    if (!m_opened) {
        m_table->setSource(nullptr);
        m_gallery->setSource(nullptr);
        m_panel->setDataset(nullptr);
        return;
    }
    showTable(sameRows);
    if (!samePictures) m_gallery->setSource(m_opened->pictures);
    if (!sameRows) m_profiled.clear();
    m_panel->setDataset(m_opened);
    m_panel->setReadOnly(m_workspace.readOnly());
    m_split->setDataset(m_opened);
    m_split->setReadOnly(m_workspace.readOnly());
    m_parts->setCounts(m_opened->parts.counts);
    m_viewButtons->button(GalleryView)->setVisible(m_opened->pictures != nullptr);
    if (!m_viewChosen || (m_views->currentIndex() == GalleryView && !m_opened->pictures)) showView(m_opened->pictures ? GalleryView : TableView);
    showWords();
    m_workspace.setDataset(m_opened->record.id);
    profileNext();
    findRepeated();
}

void DataPage::showTable(bool sameRows) {
    if (!sameRows) m_table->setSource(m_opened->source);
    QStringList marks;
    for (const ColumnRecord& column : m_opened->record.columns)
        marks << (column.role == "target" ? tr("target") : column.role == "ignored" ? tr("ignored") : QString());
    m_table->model().setMarks(marks);
}

void DataPage::showContent() {
    const bool open = m_workspace.isOpen();
    m_stack->setCurrentIndex(!open ? 0 : m_opened || !m_loaded ? 2 : 1);
    m_stack->widget(2)->setVisible(open && m_opened);
    m_emptyImport->setEnabled(!m_workspace.readOnly());
    m_emptySample->setEnabled(!m_workspace.readOnly());
    showWords();
}

void DataPage::fillDatasets(const std::vector<DatasetRecord>& all) {
    m_all = all;
    const QSignalBlocker quiet(m_datasets);
    m_datasets->clear();
    for (const DatasetRecord& record : all) m_datasets->addItem(QString::fromStdString(record.name), QString::fromStdString(record.id));
    if (m_opened) m_datasets->setCurrentIndex(m_datasets->findData(QString::fromStdString(m_opened->record.id)));
}

void DataPage::showView(View view) {
    m_views->setCurrentIndex(view);
    m_viewButtons->button(view)->setChecked(true);
}

void DataPage::showWords() {
    const bool may = m_workspace.isOpen() && !m_workspace.readOnly();
    for (QWidget* button : {static_cast<QWidget*>(m_import), static_cast<QWidget*>(m_emptyImport)}) button->setEnabled(may);
    m_rename->setEnabled(may);
    m_remove->setEnabled(may);
    if (!m_opened) return;
    const DatasetRecord& record = m_opened->record;
    QStringList details{tr("%1 rows, %2 columns").arg(number(record.rows), number(static_cast<std::int64_t>(record.columns.size())))};
    if (const ImporterType* importer = findImporter(record.importer)) details << importerTitle(*importer);
    details << QString::fromStdString(record.sourcePath);
    m_details->setFullText(details.join(QStringLiteral(" · ")));
    m_remarks->setEnabled(!record.issues.empty());
    const auto& split = m_opened->split;
    m_splitWords->setVisible(!split);
    m_splitWords->setText(tr("The data is not split yet."));
    m_parts->setVisible(split.has_value());
    m_toSplit->setText(split ? tr("C&hange the split") : tr("S&plit the data"));
    m_toSplit->setAccessibleName(m_toSplit->text().remove(u'&'));
    m_toSplit->setEnabled(split || may);
    m_build->setEnabled(split.has_value());
    m_viewButtons->button(GalleryView)->setVisible(m_opened->pictures != nullptr);
}

QWidget* DataPage::sidePanel() { return m_panel; }

// --- import ------------------------------------------------------------------------------------------------------------------------

bool DataPage::dropFiles(const QStringList& files) {
    if (files.isEmpty() || !m_workspace.isOpen() || m_workspace.readOnly()) return false;
    importFiles(files);
    return true;
}

void DataPage::dragEnterEvent(QDragEnterEvent* event) {
    if (m_workspace.isOpen() && !m_workspace.readOnly() && !filesOf(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void DataPage::dropEvent(QDropEvent* event) {
    const QStringList files = filesOf(*event->mimeData());
    // A project is the frame's to open.
    for (const QString& file : files)
        if (file.endsWith(QLatin1String(".lamina"))) return event->ignore();
    if (dropFiles(files)) event->acceptProposedAction();
}

void DataPage::importFiles(const QStringList& files) {
    if (!m_workspace.isOpen()) return;
    if (m_workspace.readOnly()) {
        m_notice->say(Notice::Tone::Warning, tr("This project is open in another window or program; nothing can be imported here."));
        return;
    }
    if (files.isEmpty()) return askForFile();
    m_waiting << groupedSources(files);
    if (!m_dialog) nextImport();
}

void DataPage::askForFile() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName("import_what");
    const auto ask = [this](QFileDialog::FileMode mode, const QString& title) {
        auto* dialog = new QFileDialog(this, title);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setObjectName("import_file_dialog");
        dialog->setFileMode(mode);
        if (mode == QFileDialog::Directory) dialog->setOption(QFileDialog::ShowDirsOnly, false);
        connect(dialog, &QFileDialog::filesSelected, this, &DataPage::importFiles);
        dialog->open();
    };
    menu->addAction(themeIcon("table"), tr("A &file (table, IDX) …"), this, [ask] { ask(QFileDialog::ExistingFiles, tr("Import a file")); });
    menu->addAction(themeIcon("image"), tr("A f&older with pictures …"), this, [ask] { ask(QFileDialog::Directory, tr("Import a folder")); });
    menu->addSeparator();
    menu->addAction(tr("&Sample data: pictures of clothes"), this, &DataPage::importSample);
    QPushButton* from = m_stack->currentWidget() == m_empty ? m_emptyImport : m_import;
    menu->popup(from->mapToGlobal(QPoint(0, from->height() + 2)));
}

void DataPage::importSample() {
    const auto source = roadSource("fashion-mnist");
    if (!source) return m_notice->say(Notice::Tone::Warning, Workspace::words(source.error()));
    importFiles({QString::fromStdString(source->string())});
}

void DataPage::nextImport() {
    if (m_waiting.isEmpty() || m_dialog) return;
    ImportRequest request;
    request.source = m_waiting.takeFirst().toStdString();
    openDialog(request);
}

void DataPage::openDialog(const ImportRequest& request) {
    m_notice->hide();
    m_dialog = new ImportDialog(m_workspace, request, window());
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::finished, this, [this, dialog = m_dialog](int result) {
        const ImportRequest accepted = dialog->request();
        m_dialog = nullptr;
        if (result == QDialog::Accepted) startImport(accepted);
        nextImport();
    });
    m_dialog->open();
}

int DataPage::startImport(const ImportRequest& request) {
    const QString name = QFileInfo(QString::fromStdString(request.source.string())).fileName();
    const int task = m_workspace.tasks().start(
        tr("Import %1").arg(name), this,
        [project = m_workspace.shared(), request](TaskContext& context) -> Result<Imported> {
            Imported imported;
            LAMINA_TRY(imported.import, importDataset(*project, request, {context.progress, context.cancel, 0}));
            SplitSettings settings;
            settings.subset = subsetColumn(imported.import.dataset);
            // The data is there whether it can be split or not.
            if (auto split = splitDataset(*project, imported.import.dataset, settings, context.cancel); !split)
                imported.splitError = split.takeError();
            return imported;
        },
        [this, request, of = m_workspace.shared().get()](Result<Imported> result) {
            // Another project may be open by now.
            if (m_workspace.shared().get() == of) importEnded(request, std::move(result));
        });
    m_banner->follow(task);
    return task;
}

void DataPage::importEnded(const ImportRequest& request, Result<Imported> result) {
    m_workspace.noteEdit();
    if (result) {
        m_viewChosen = false;
        m_workspace.setDataset(result->import.dataset.id);
        sayImported(*result);
        return refresh();
    }
    if (result.error().code == "job.cancelled") return m_notice->say(Notice::Tone::Info, tr("The import was cancelled. Nothing was changed."));
    ImportRequest again = request;
    const auto fix = importFix(result.error());
    if (fix) again.settings[fix->setting] = fix->value;
    m_notice->say(Notice::Tone::Bad, Workspace::words(result.error()), fix ? fix->button : tr("Change the settings …"), [this, again] {
        if (!m_dialog && m_workspace.isOpen()) openDialog(again);
    });
}

void DataPage::sayImported(const Imported& imported) {
    QStringList words{
        tr("%1 was imported: %2 rows.").arg(QString::fromStdString(imported.import.dataset.name), number(imported.import.dataset.rows))};
    const auto& issues = imported.import.issues;
    for (std::size_t i = 0; i < std::min<std::size_t>(issues.size(), 3); ++i) words << Workspace::words(issues[i]);
    if (issues.size() > 3) words << tr("There are %n more remark(s).", nullptr, static_cast<int>(issues.size() - 3));
    if (imported.splitError) words << Workspace::words(*imported.splitError);
    const bool fine = issues.empty() && !imported.splitError;
    const QString sentence = words.join(u' ');
    if (issues.size() > 3) m_notice->say(Notice::Tone::Warning, sentence, tr("Show all"), [this] { showRemarks(); });
    else m_notice->say(fine ? Notice::Tone::Good : Notice::Tone::Warning, sentence);
}

// --- edits -------------------------------------------------------------------------------------------------------------------------

void DataPage::edit(std::function<Result<void>(Project&, TaskContext&)> work) {
    if (!m_workspace.isOpen() || m_workspace.readOnly()) return;
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), work = std::move(work)](TaskContext& context) { return work(*project, context); },
        [this](Result<void> done) {
            m_split->setBusy(false);
            if (!done) m_notice->say(Notice::Tone::Bad, Workspace::words(done.error()));
            m_workspace.noteEdit();
            refresh();
        });
}

void DataPage::setRole(int column, const QString& role) {
    if (!m_opened || column < 0 || column >= static_cast<int>(m_opened->record.columns.size())) return;
    const bool target = role == QLatin1String("target");
    SplitSettings settings = m_split->settings();
    edit([record = m_opened->record, column = static_cast<std::size_t>(column), role = role.toStdString(), target, settings,
          wasSplit = m_opened->split.has_value()](Project& project, TaskContext& context) mutable -> Result<void> {
        const ColumnRecord chosen = record.columns[column];
        if (chosen.role == role) return {};
        if (!target) {
            LAMINA_CHECK(project.datasets().setRole(chosen.id, role).get());
            return {};
        }
        LAMINA_CHECK(chooseTarget(project, record, chosen.name));
        // Parts drawn for another target leave out other rows and have other shares of the classes.
        settings.target = chosen.name;
        settings.stratify = true;
        if (wasSplit) LAMINA_CHECK(splitDataset(project, record, settings, context.cancel));
        return {};
    });
}

void DataPage::drawSplit(const SplitSettings& settings) {
    if (!m_opened) return;
    m_split->setBusy(true);
    edit([record = m_opened->record, settings](Project& project, TaskContext& context) -> Result<void> {
        LAMINA_CHECK(splitDataset(project, record, settings, context.cancel));
        return {};
    });
}

void DataPage::renameDataset() {
    if (!m_opened) return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("rename_dialog");
    dialog->setWindowTitle(tr("Rename dataset"));
    dialog->setLabelText(tr("New name:"));
    dialog->setTextValue(QString::fromStdString(m_opened->record.name));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id = m_opened->record.id](const QString& text) {
        const std::string name = text.trimmed().toStdString();
        if (name.empty()) return;
        edit([id, name](Project& project, TaskContext&) -> Result<void> {
            LAMINA_CHECK(project.datasets().rename(id, name).get());
            return {};
        });
    });
    dialog->open();
}

void DataPage::removeDataset() {
    if (!m_opened || m_workspace.readOnly()) return;
    const QString name = QString::fromStdString(m_opened->record.name);
    const auto edits = std::make_shared<int>(0);
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), id = m_opened->record.id, edits](TaskContext&) { return removeWithSplits(*project, id, *edits); },
        [this, name, edits](Result<void> removed) {
            if (removed)
                m_notice->say(Notice::Tone::Info, tr("%1 was deleted.").arg(name), tr("Undo"), [this, edits] {
                    m_notice->hide();
                    for (int i = 0; i < *edits; ++i) m_workspace.undo();
                });
            else if (removed.error().code == "store.constraint")
                m_notice->say(Notice::Tone::Warning,
                              tr("%1 cannot be deleted: a network or a training was made with it. Delete those first.").arg(name));
            else m_notice->say(Notice::Tone::Bad, Workspace::words(removed.error()));
            m_workspace.noteEdit();
            refresh();
        });
}

void DataPage::showRemarks() {
    if (!m_opened) return;
    QStringList words;
    for (const Issue& issue : issuesOf(m_opened->record)) words << QStringLiteral("• ") + Workspace::words(issue);
    auto* box =
        new QMessageBox(QMessageBox::Information, tr("Remarks of the import"),
                        tr("What the import of %1 had to remark:").arg(QString::fromStdString(m_opened->record.name)), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName("remarks");
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(words.join('\n').left(4000));
    box->open();
}

// --- figures in the background -----------------------------------------------------------------------------------------------------

void DataPage::profileNext() {
    if (!m_opened || !isVisible()) return;
    const int columns = static_cast<int>(m_opened->record.columns.size());
    int next = m_panel->currentColumn();
    if (next < 0 || m_profiled.contains(next))
        for (next = 0; next < columns && m_profiled.contains(next);) ++next;
    if (next >= columns || m_profiling != 0) return;
    m_profiling = m_workspace.tasks().quietly(
        this,
        [opened = m_opened, next](TaskContext& context) { return profileColumn(opened->table, static_cast<std::size_t>(next), context.cancel); },
        [this, source = m_opened->source, next](Result<ColumnProfile> profile) {
            m_profiling = 0;
            if (m_opened && m_opened->source == source) {
                m_profiled.insert(next);
                if (profile) m_panel->setProfile(next, *profile);
            }
            profileNext();
        });
}

void DataPage::findRepeated() {
    if (!m_opened || !m_opened->split) return m_split->setRepeated({});
    std::string key = m_opened->split->id;
    for (const ColumnRecord& column : m_opened->record.columns) key += column.role.substr(0, 1);
    if (key == m_repeatedOf) return;
    m_repeatedOf = key;
    m_split->setRepeated({});
    m_workspace.tasks().quietly(
        this, [opened = m_opened](TaskContext& context) { return findRepeatedRows(opened->table, opened->record, opened->parts, context.cancel); },
        [this, key](Result<RepeatedRows> repeated) {
            if (key == m_repeatedOf && repeated) m_split->setRepeated(*repeated);
        });
}

}  // namespace lamina
