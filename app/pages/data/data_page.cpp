#include "app/pages/data/data_page.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QShortcut>
#include <QStackedWidget>

#include "app/pages/data/column_panel.h"
#include "app/pages/data/dataset_bar.h"
#include "app/pages/data/dataset_edits.h"
#include "app/pages/data/dataset_figures.h"
#include "app/pages/data/import_again.h"
#include "app/pages/data/import_banner.h"
#include "app/pages/data/import_flow.h"
#include "app/pages/data/import_remarks.h"
#include "app/pages/data/no_data.h"
#include "app/pages/data/part_words.h"
#include "app/pages/common/pictures_out.h"
#include "app/pages/data/source_watch.h"
#include "app/pages/data/split_bar.h"
#include "app/pages/data/split_view.h"
#include "app/sources/column_sketch.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/notice.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

QStringList filesOf(const QMimeData& data) {
    QStringList files;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    return files;
}

/// Which part each row of what the page shows lies in now.
RowNotes partNotes(const DataPage& page) {
    return [&page](std::int64_t row) -> RowNote {
        const auto opened = page.opened();
        if (!opened || row < 0 || row >= std::ssize(opened->parts.parts)) return {};
        const auto part = static_cast<Part>(opened->parts.parts[static_cast<std::size_t>(row)]);
        return {partTitle(part), partColour(part)};
    };
}

}  // namespace

DataPage::DataPage(Workspace& workspace, QWidget* parent) : Page(parent), m_workspace(workspace) {
    setObjectName("data_page");
    setAcceptDrops(true);
    m_notice = new Notice;
    m_source = new Notice;
    m_source->setObjectName("source_notice");
    m_source->hide();
    m_banner = new ImportBanner(m_workspace.tasks());
    m_panel = new ColumnPanel;
    m_closed = new EmptyState("data");
    m_closed->setObjectName("data_closed");
    m_empty = new NoData;
    m_content = makeContent();
    m_stack = new QStackedWidget;
    for (QWidget* state : {static_cast<QWidget*>(m_closed), static_cast<QWidget*>(m_empty), m_content}) m_stack->addWidget(state);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_notice);
    layout->addWidget(m_source);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    m_import = new ImportFlow(m_workspace, *m_notice, *m_banner, this);
    m_again = new ImportAgain(m_workspace, *m_notice, *m_banner, this);
    m_watch = new SourceWatch(m_workspace, this);
    m_edits = new DatasetEdits(m_workspace, *m_notice, this);
    m_figures = new DatasetFigures(m_workspace, this);
    m_pictures = new PicturesOut(m_workspace, *m_notice, this);
    connectImport();
    connectBars();
    connectEdits();
    connectFigures();
    connectSource();
    connectWorkspace();
    retranslate();
}

DataPage::~DataPage() {
    if (!m_panel->parent()) delete m_panel;
}

QWidget* DataPage::makeContent() {
    auto* content = new QWidget;
    m_bar = new DatasetBar;
    m_views = new DatasetViews;
    m_foot = new SplitBar;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_bar);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_foot);
    return content;
}

void DataPage::connectImport() {
    connect(m_empty, &NoData::importWanted, m_import, [this] { m_import->ask(m_empty->importButton()); });
    connect(m_empty, &NoData::sampleWanted, m_import, &ImportFlow::importSample);
    connect(m_bar, &DatasetBar::importWanted, m_import, [this] { m_import->ask(m_bar->importButton()); });
    connect(m_import, &ImportFlow::remarksWanted, m_bar, &DatasetBar::remarksWanted);
    connect(m_import, &ImportFlow::imported, this, [this] {
        m_views->forgetChoice();
        refresh();
    });
}

void DataPage::connectSource() {
    auto* paste = new QShortcut(QKeySequence(QKeySequence::Paste), this);
    connect(paste, &QShortcut::activated, this, &DataPage::paste);
    connect(m_watch, &SourceWatch::found, this, &DataPage::sayChanged);
    connect(m_source, &Notice::closed, m_watch, &SourceWatch::dismiss);
    connect(m_bar, &DatasetBar::againWanted, this, [this] {
        if (m_opened) m_again->start(*m_opened);
    });
    connect(m_bar, &DatasetBar::watchWanted, m_watch, &SourceWatch::setOn);
    connect(m_again, &ImportAgain::ended, this, &DataPage::refresh);
}

void DataPage::sayChanged(const SourceChange& change, bool folder) {
    if (!change.any() || !m_opened || m_banner->following()) return m_source->hide();
    const QString name = QFileInfo(QString::fromStdString(m_opened->record.sourcePath)).fileName();
    QString text = tr("%1 has changed since it was imported.").arg(name);
    if (folder) {
        QStringList parts;
        const auto count = [](std::int64_t files) { return static_cast<int>(files); };
        if (change.added > 0) parts << (m_opened->pictures ? tr("%n new picture(s)", nullptr, count(change.added)) : tr("%n new file(s)", nullptr, count(change.added)));
        if (change.changed > 0) parts << tr("%n changed", nullptr, count(change.changed));
        if (change.gone > 0) parts << tr("%n gone", nullptr, count(change.gone));
        text = tr("In the folder %1: %2.").arg(name, parts.join(tr(", ", "between counts")));
    }
    m_source->say(Notice::Tone::Info, text, tr("Bring them in"), [this] {
        m_source->hide();
        if (m_opened) m_again->start(*m_opened);
    });
}

void DataPage::paste() { m_import->paste(); }

void DataPage::connectBars() {
    connect(m_bar, &DatasetBar::datasetChosen, this, [this](const QString& id) {
        m_views->forgetChoice();
        m_notice->hide();
        m_workspace.setDataset(id.toStdString());
    });
    connect(m_bar, &DatasetBar::viewChosen, m_views, &DatasetViews::show);
    connect(m_views, &DatasetViews::viewChanged, m_bar, &DatasetBar::setView);
    connect(m_foot, &SplitBar::splitWanted, this, [this] {
        if (m_opened && !drawnSplit(*m_opened)) emit m_views->split().drawWanted(m_views->split().settings());
        showView(PartsView);
    });
    connect(m_foot, &SplitBar::againWanted, this, [this] {
        if (m_opened) m_edits->redrawSplit(*m_opened);
    });
    connect(m_foot, &SplitBar::buildWanted, this, [this] { m_workspace.show("model"); });
}

void DataPage::connectEdits() {
    connect(m_bar, &DatasetBar::renameWanted, this, [this] {
        if (m_opened) m_edits->rename(*m_opened);
    });
    connect(m_bar, &DatasetBar::removeWanted, this, [this] {
        if (m_opened) m_edits->remove(*m_opened);
    });
    connect(m_bar, &DatasetBar::picturesWanted, this, [this] {
        if (m_opened) m_pictures->ask(m_opened->record);
    });
    connect(m_bar, &DatasetBar::remarksWanted, this, [this] {
        if (m_opened) showImportRemarks(m_opened->record, this);
    });
    connect(&m_views->split(), &SplitView::drawWanted, this, [this](const SplitSettings& settings) {
        if (!m_opened) return;
        m_views->split().setBusy(true);
        m_edits->drawSplit(*m_opened, settings);
    });
    connect(&m_views->split(), &SplitView::mendWanted, this, [this] {
        if (!m_opened || !m_opened->split) return;
        m_views->split().setBusy(true);
        m_edits->mendSplit(*m_opened);
    });
    connect(m_panel, &ColumnPanel::roleWanted, this, [this](int column, const QString& role) {
        if (m_opened) m_edits->setRole(*m_opened, column, role, m_views->split().settings());
    });
    connect(m_edits, &DatasetEdits::ended, this, [this] {
        m_views->split().setBusy(false);
        refresh();
    });
}

void DataPage::connectFigures() {
    connect(&m_views->table(), &DataTable::columnChosen, m_panel, &ColumnPanel::setCurrentColumn);
    connect(m_panel, &ColumnPanel::columnChosen, &m_views->table(), &DataTable::showColumn);
    connect(m_figures, &DatasetFigures::columnProfiled, m_panel, &ColumnPanel::setProfile);
    connect(m_figures, &DatasetFigures::columnProfiled, this,
            [this](int column, const ProfiledColumn& profile) { m_views->table().model().setSketch(column, sketchOf(profile)); });
    connect(m_figures, &DatasetFigures::profiled, m_panel, &ColumnPanel::setDatasetProfile);
    connect(m_figures, &DatasetFigures::leaksFound, &m_views->split(), &SplitView::setLeaks);
    connect(m_panel, &ColumnPanel::rowsWanted, m_figures, &DatasetFigures::findRows);
    connect(m_figures, &DatasetFigures::rowsFound, this, [this](const std::vector<std::uint32_t>& rows, const QString& words) {
        showView(TableView);
        m_views->table().showOnly(rows, words);
    });
    connect(&m_views->split(), &SplitView::rowsWanted, this, [this](const std::vector<std::uint32_t>& rows, const QString& words) {
        showView(TableView);
        m_views->table().showOnly(rows, words, partNotes(*this));
    });
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
    connect(&m_workspace, &Workspace::closed, this, &DataPage::closed);
}

void DataPage::closed() {
    ++m_load;
    m_loading = m_loaded = false;
    m_all.clear();
    m_opened = nullptr;
    m_import->forget();
    m_notice->hide();
    m_watch->setDataset(nullptr);
    showContent();
}

void DataPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void DataPage::retranslate() {
    m_closed->setTexts(tr("No project is open"),
                       tr("A project keeps data, networks and trainings together. Open one or begin a new one, then bring your data here."));
}

QWidget* DataPage::sidePanel() { return m_panel; }

void DataPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale) refresh();
    m_figures->resume();
    m_watch->resume();
}

void DataPage::refresh() {
    m_stale = !isVisible();
    if (m_stale) return;
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
    m_loaded = true;
    m_all = std::move(datasets.all);
    m_opened = std::move(datasets.opened);
    showContent();
    if (m_opened) m_workspace.setDataset(m_opened->record.id);
}

void DataPage::showContent() {
    const bool open = m_workspace.isOpen(), may = open && !m_workspace.readOnly();
    m_stack->setCurrentWidget(!open ? m_closed : m_opened || !m_loaded ? m_content : static_cast<QWidget*>(m_empty));
    m_content->setVisible(open && m_opened);
    m_empty->setEditable(may);
    m_bar->setDatasets(m_all, m_opened);
    m_bar->setEditable(may);
    m_views->setDataset(m_opened);
    m_views->setEditable(may);
    m_foot->setDataset(m_opened);
    m_foot->setEditable(may);
    m_panel->setDataset(m_opened);
    m_panel->setReadOnly(!may);
    m_figures->setDataset(m_opened);
    m_watch->setDataset(may ? m_opened : nullptr);
    m_bar->setWatched(m_watch->isOn());
}

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
    if (!files.isEmpty()) return m_import->importFiles(files);
    m_import->ask(m_stack->currentWidget() == m_empty ? m_empty->importButton() : m_bar->importButton());
}

int DataPage::startImport(const ImportRequest& request) { return m_import->start(request); }

}  // namespace lamina
