#include "app/pages/review/run_list.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

#include "app/settings/settings.h"
#include "widgets/common/icon.h"

namespace lamina {
namespace {

constexpr const char* columnsKey = "review/hidden_columns";
constexpr int columnWidths[RunListModel::ColumnCount] = {0, 72, 54, 72, 76, 150};  // the name takes the rest

}  // namespace

RunList::RunList(QWidget* parent)
    : QWidget(parent), m_model(new RunListModel(this)), m_sorted(new QSortFilterProxyModel(this)), m_filter(new QLineEdit),
      m_more(new QToolButton), m_view(new QTreeView), m_menu(new QMenu(this)), m_columns(new QMenu(this)) {
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RunListModel::SortRole);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(RunListModel::Name);
    m_filter->setObjectName("review_filter");
    m_filter->setClearButtonEnabled(true);
    prepareView();
    makeActions();
    makeColumnMenu();
    m_more->setObjectName("review_more");
    m_more->setIcon(themeIcon("more"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    auto* head = new QHBoxLayout;
    head->setSpacing(4);
    head->addWidget(m_filter, 1);
    head->addWidget(m_more);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
    connect(m_filter, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_view, &QTreeView::customContextMenuRequested, this,
            [this](const QPoint& place) { m_menu->popup(m_view->viewport()->mapToGlobal(place)); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { emit currentChanged(current()); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunList::updateActions);
    retranslate();
    updateActions();
}

void RunList::prepareView() {
    m_view->setObjectName("review_runs");
    m_view->setModel(m_sorted);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(RunListModel::Started, Qt::DescendingOrder);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setTextElideMode(Qt::ElideMiddle);
    QHeaderView* header = m_view->header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(48);
    header->setSectionResizeMode(RunListModel::Name, QHeaderView::Stretch);
    for (int column = 1; column < RunListModel::ColumnCount; ++column) m_view->setColumnWidth(column, columnWidths[column]);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this,
            [this, header](const QPoint& place) { m_columns->popup(header->mapToGlobal(place)); });
}

QAction* RunList::makeAction(const char* name, const char* icon, const QKeySequence& key, void (RunList::*act)()) {
    auto* action = new QAction(this);
    action->setObjectName(QLatin1String(name));
    if (*icon) action->setIcon(themeIcon(QLatin1String(icon)));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    action->setShortcutVisibleInContextMenu(true);
    m_view->addAction(action);
    connect(action, &QAction::triggered, this, act);
    return action;
}

void RunList::makeActions() {
    m_rename = makeAction("review_rename", "text", Qt::Key_F2, &RunList::renameCurrent);
    m_note = makeAction("review_note", "label", {}, &RunList::wantNote);
    m_remove = makeAction("review_delete", "delete", QKeySequence::Delete, &RunList::wantRemoval);
    m_alone = makeAction("review_show_alone", "eye", {}, &RunList::showAlone);
    m_all = makeAction("review_show_all", "", {}, &RunList::showAll);
    m_none = makeAction("review_hide_all", "", {}, &RunList::hideAll);
    m_free = makeAction("review_free_space", "", {}, &RunList::freeSpaceWanted);
    m_menu->addActions({m_rename, m_note, m_remove});
    m_menu->addSeparator();
    m_menu->addActions({m_alone, m_all, m_none});
    m_menu->addSeparator();
    m_menu->addMenu(m_columns);
    m_menu->addAction(m_free);
}

void RunList::makeColumnMenu() {
    const QStringList hidden = settings::value(columnsKey, QStringList{"epoch", "note"}).toStringList();
    static const QStringList ids{"name", "best", "epoch", "status", "started", "note"};
    for (int column = 1; column < RunListModel::ColumnCount; ++column) {
        QAction* action = m_columns->addAction(QString());
        action->setObjectName("review_column_" + ids[column]);
        action->setCheckable(true);
        action->setChecked(!hidden.contains(ids[column]));
        m_view->setColumnHidden(column, hidden.contains(ids[column]));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            m_view->setColumnHidden(column, !shown);
            QStringList hidden;
            for (int i = 1; i < RunListModel::ColumnCount; ++i)
                if (m_view->isColumnHidden(i)) hidden << ids[i];
            settings::setValue(columnsKey, hidden);
        });
    }
}

void RunList::setRuns(std::vector<RunRecord> runs) {
    const std::string chosen = current();
    const auto picked = selected();
    {
        const QSignalBlocker quiet(m_view->selectionModel());
        m_model->setRuns(std::move(runs));
    }
    setCurrent(chosen);
    for (const std::string& id : picked)
        for (int row = 0; row < m_sorted->rowCount(); ++row)
            if (const QModelIndex index = m_sorted->index(row, 0); index.data(RunListModel::IdRole).toString().toStdString() == id)
                m_view->selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    updateActions();
}

std::string RunList::current() const { return m_view->currentIndex().data(RunListModel::IdRole).toString().toStdString(); }

void RunList::setCurrent(const std::string& id) {
    if (id == current()) return;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->runs()[static_cast<std::size_t>(row)].id == id)
            m_view->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, RunListModel::Name)));
}

std::vector<std::string> RunList::selected() const {
    std::vector<std::string> ids;
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    for (const QModelIndex& row : rows) ids.push_back(row.data(RunListModel::IdRole).toString().toStdString());
    return ids;
}

void RunList::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    m_view->setEditTriggers(readOnly ? QAbstractItemView::NoEditTriggers : QAbstractItemView::DoubleClicked);
    updateActions();
}

void RunList::updateActions() {
    const auto picked = selected().size();
    m_rename->setEnabled(picked == 1 && !m_readOnly);
    m_note->setEnabled(picked == 1 && !m_readOnly);
    m_remove->setEnabled(picked > 0 && !m_readOnly);
    m_alone->setEnabled(picked > 0);
    m_free->setEnabled(!m_readOnly);
    const QString why = m_readOnly ? tr("This project is open for reading only.") : QString();
    for (QAction* action : {m_rename, m_note, m_remove, m_free}) action->setToolTip(why);
    m_menu->setToolTipsVisible(m_readOnly);
}

void RunList::renameCurrent() { m_view->edit(m_view->currentIndex().siblingAtColumn(RunListModel::Name)); }
void RunList::wantNote() { emit noteWanted(current()); }
void RunList::wantRemoval() { emit removeWanted(selected()); }

void RunList::showAll() {
    for (const RunRecord& run : m_model->runs()) m_model->setShown(run.id, true);
}

void RunList::hideAll() {
    for (const RunRecord& run : m_model->runs()) m_model->setShown(run.id, false);
}

void RunList::showAlone() {
    const auto picked = selected();
    for (const RunRecord& run : m_model->runs()) m_model->setShown(run.id, std::find(picked.begin(), picked.end(), run.id) != picked.end());
}

void RunList::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void RunList::retranslate() {
    m_filter->setPlaceholderText(tr("Find a run"));
    m_filter->setAccessibleName(tr("Find a run"));
    m_view->setAccessibleName(tr("Runs"));
    m_view->setToolTip(tr("Tick the runs whose curves you want to see. F2 or a double click renames, Delete deletes."));
    m_more->setToolTip(tr("Rename, note, delete; which columns and curves are shown"));
    m_more->setAccessibleName(tr("More about runs"));
    m_rename->setText(tr("&Rename"));
    m_note->setText(tr("&Note…"));
    m_remove->setText(tr("&Delete…"));
    m_alone->setText(tr("Show &only the curves of the selected"));
    m_all->setText(tr("Show &all curves"));
    m_none->setText(tr("&Hide all curves"));
    m_free->setText(tr("&Free the space of deleted runs…"));
    m_columns->setTitle(tr("&Columns"));
    for (int column = 1; column < RunListModel::ColumnCount; ++column)
        m_columns->actions()
            .at(column - 1)
            ->setText(column == RunListModel::Best ? tr("Best value") : m_model->headerData(column, Qt::Horizontal).toString());
    updateActions();
}

}  // namespace lamina
