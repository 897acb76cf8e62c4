#include "app/pages/review/run_list.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTreeView>

namespace lamina {

RunList::RunList(QWidget* parent)
    : QWidget(parent), m_model(new RunListModel(this)), m_sorted(new QSortFilterProxyModel(this)), m_filter(new QLineEdit), m_view(new QTreeView) {
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RunListModel::SortRole);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(RunListModel::Name);
    m_filter->setObjectName("review_filter");
    m_filter->setClearButtonEnabled(true);
    m_view->setObjectName("review_runs");
    m_view->setModel(m_sorted);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(RunListModel::Started, Qt::DescendingOrder);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->header()->setStretchLastSection(true);
    m_view->setColumnWidth(RunListModel::Name, 120);
    m_view->setColumnWidth(RunListModel::Best, 176);
    m_view->setTextElideMode(Qt::ElideRight);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_filter);
    layout->addWidget(m_view, 1);
    connect(m_filter, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &RunList::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { emit currentChanged(current()); });
    retranslate();
}

void RunList::setRuns(std::vector<RunRecord> runs) {
    const std::string chosen = current();
    {
        const QSignalBlocker quiet(m_view->selectionModel());
        m_model->setRuns(std::move(runs));
    }
    setCurrent(chosen);
}

std::string RunList::current() const { return m_view->currentIndex().data(RunListModel::IdRole).toString().toStdString(); }

void RunList::setCurrent(const std::string& id) {
    if (id == current()) return;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->runs()[static_cast<std::size_t>(row)].id == id)
            m_view->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, RunListModel::Name)));
}

void RunList::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    m_view->setEditTriggers(readOnly ? QAbstractItemView::NoEditTriggers : QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
}

void RunList::showAll(bool shown) {
    for (const RunRecord& run : m_model->runs()) m_model->setShown(run.id, shown);
}

void RunList::showMenu(const QPoint& place) {
    QMenu menu;
    const std::string id = m_view->indexAt(place).data(RunListModel::IdRole).toString().toStdString();
    if (!id.empty()) {
        menu.addAction(m_model->shown(id) ? tr("Hide its curves") : tr("Show its curves"), this, [this, id] { m_model->setShown(id, !m_model->shown(id)); });
        menu.addAction(tr("Show this run alone"), this, [this, id] {
            for (const RunRecord& run : m_model->runs()) m_model->setShown(run.id, run.id == id);
        });
        QAction* rename = menu.addAction(tr("Rename"), this, [this] { m_view->edit(m_view->currentIndex().siblingAtColumn(RunListModel::Name)); });
        rename->setShortcut(Qt::Key_F2);
        rename->setEnabled(!m_readOnly);
        menu.addAction(tr("Note…"), this, [this, id] { emit noteWanted(id); })->setEnabled(!m_readOnly);
        menu.addSeparator();
    }
    menu.addAction(tr("Show all"), this, [this] { showAll(true); });
    menu.addAction(tr("Hide all"), this, [this] { showAll(false); });
    menu.exec(m_view->viewport()->mapToGlobal(place));
}

void RunList::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void RunList::retranslate() {
    m_filter->setPlaceholderText(tr("Find a run"));
    m_filter->setAccessibleName(tr("Find a run"));
    m_view->setAccessibleName(tr("Runs"));
    m_view->setToolTip(tr("Tick the runs whose curves you want to see. F2 renames."));
}

}  // namespace lamina
