#include "widgets/tables/data_table.h"

#include <QAction>
#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QTimer>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/tables/column_filter_popup.h"
#include "widgets/tables/column_header.h"
#include "widgets/tables/fitting_width.h"
#include "widgets/tables/frozen_columns.h"

namespace lamina {
namespace {

/// Rows whose notes are measured: they say one of a few things.
constexpr int mostMeasured = 2000;

}  // namespace

DataTable::DataTable(QWidget* parent)
    : QWidget(parent),
      m_model(new DataTableModel(this)),
      m_view(new QTableView(this)),
      m_header(new ColumnHeader(*m_model, m_view)),
      m_bar(new QWidget),
      m_search(new QLineEdit),
      m_counts(new QLabel),
      m_clear(new QPushButton),
      m_cancel(new QPushButton),
      m_progress(new QProgressBar),
      m_searchDelay(new QTimer(this)),
      m_progressDelay(new QTimer(this)),
      m_sayDelay(new QTimer(this)) {
    m_view->setObjectName("data_table_view");
    m_view->setHorizontalHeader(m_header);
    m_view->setWordWrap(false);
    m_view->setCornerButtonEnabled(false);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTabKeyNavigation(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    // Measuring rows would freeze a long table.
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->setModel(m_model);
    m_frozen = new FrozenColumns(*m_view, *m_model);
    fitRows();
    makeBar();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_view, 1);
    makeKeys();

    connectHeader(*m_header);
    connectHeader(m_frozen->header());
    for (QTableView* view : {m_view, static_cast<QTableView*>(m_frozen)})
        connect(view, &QWidget::customContextMenuRequested, this, [this, view](const QPoint& position) { showMenu(*view, position); });
    connect(m_model, &DataTableModel::edited, this, &DataTable::cellEdited);
    connect(m_model, &DataTableModel::arranged, this, &DataTable::restorePlace);
    connect(m_view, &QAbstractItemView::activated, this, [this](const QModelIndex& index) { emit rowActivated(m_model->sourceRow(index.row())); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now, const QModelIndex& before) {
        if (!now.isValid()) return;
        if (now.column() != before.column()) emit columnChosen(now.column());
        if (now.row() != before.row()) emit rowChosen(m_model->sourceRow(now.row()));
    });
    connect(m_model, &DataTableModel::arranged, this, &DataTable::showCounts);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DataTable::showCounts);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DataTable::fitRows);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DataTable::fitRowHeads);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
        if (!roles.contains(Qt::DecorationRole)) fitColumns();
    });
    connect(m_model, &QAbstractItemModel::headerDataChanged, this, [this](Qt::Orientation orientation, int first, int last) {
        if (orientation == Qt::Horizontal) widenHeads(first, last);
    });
    connect(m_model, &DataTableModel::copied, this, &DataTable::sayCopied);
    connect(m_model, &DataTableModel::arrangeProgress, m_progress, [this](double part) { m_progress->setValue(static_cast<int>(part * 100)); });
    connect(m_model, &DataTableModel::arrangingChanged, this, [this] {
        if (m_model->arranging()) return m_progressDelay->start();
        m_progressDelay->stop();
        m_progress->hide();
        m_cancel->hide();
        showCounts();
    });
    retranslate();
}

void DataTable::connectHeader(ColumnHeader& header) {
    connect(&header, &QHeaderView::sectionClicked, this, [this](int column) {
        showColumn(column);
        cycleSort(column);
    });
    connect(&header, &ColumnHeader::filterWanted, this, &DataTable::editFilter);
    connect(&header, &QWidget::customContextMenuRequested, this, [this, &header](const QPoint& position) { showHeadMenu(header, position); });
}

void DataTable::freezeColumns(int count) { m_frozen->setCount(count); }

int DataTable::frozenColumns() const { return m_frozen->count(); }

void DataTable::makeBar() {
    m_search->setObjectName("table_search");
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(320);
    m_search->addAction(themeIcon("search"), QLineEdit::LeadingPosition);
    m_counts->setObjectName("table_counts");
    m_counts->setProperty(ThemeRole::muted, true);
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setMinimumWidth(20);
    m_clear->setObjectName("table_clear_filters");
    m_clear->setProperty(ThemeRole::flat, true);
    m_cancel->setObjectName("table_cancel");
    m_progress->setObjectName("table_progress");
    m_progress->setFixedWidth(120);
    m_progress->setTextVisible(false);
    auto* layout = new QHBoxLayout(m_bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_clear);
    layout->addStretch();
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    layout->addWidget(m_counts);
    for (QWidget* part : {static_cast<QWidget*>(m_clear), static_cast<QWidget*>(m_cancel), static_cast<QWidget*>(m_progress)}) part->hide();
    connectBar();
}

void DataTable::search() {
    m_searchDelay->stop();
    RowQuery query = m_model->query();
    query.search = m_search->text().trimmed();
    ask(query);
}

void DataTable::connectBar() {
    m_searchDelay->setSingleShot(true);
    m_searchDelay->setInterval(250);
    m_progressDelay->setSingleShot(true);
    m_progressDelay->setInterval(150);
    m_sayDelay->setSingleShot(true);
    m_sayDelay->setInterval(6000);
    connect(m_search, &QLineEdit::textChanged, m_searchDelay, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, &DataTable::search);
    connect(m_searchDelay, &QTimer::timeout, this, &DataTable::search);
    connect(m_progressDelay, &QTimer::timeout, this, [this] {
        m_progress->show();
        m_cancel->show();
    });
    connect(m_sayDelay, &QTimer::timeout, this, [this] {
        m_said.clear();
        showCounts();
    });
    connect(m_cancel, &QPushButton::clicked, m_model, &DataTableModel::cancelQuery);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        RowQuery query = m_model->query();
        query.filters.clear();
        query.search.clear();
        query.touchedOnly = false;
        query.only = nullptr;
        const QSignalBlocker quiet(m_search);
        m_search->clear();
        ask(query);
    });
}

void DataTable::makeKeys() {
    const auto key = [this](const QKeySequence& keys, auto act) {
        auto* shortcut = new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    key(QKeySequence::Find, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    key(QKeySequence::Copy, [this] { copySelection(); });
    key(Qt::ALT | Qt::Key_Down, [this] {
        if (currentColumn() >= 0) editFilter(currentColumn());
    });
    key(Qt::ALT | Qt::Key_Up, [this] {
        if (currentColumn() >= 0) cycleSort(currentColumn());
    });
    key(QKeySequence("Ctrl+G"), [this] { goToRow(); });
}

void DataTable::retranslate() {
    m_view->setAccessibleName(tr("Table"));
    m_header->setAccessibleName(tr("Columns"));
    m_frozen->setAccessibleName(tr("Columns that stay in view"));
    m_search->setPlaceholderText(tr("Search in all columns"));
    m_search->setAccessibleName(tr("Search in all columns"));
    m_search->setToolTip(tr("Search in all columns (%1)").arg(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText)));
    m_clear->setText(tr("Show all rows"));
    m_clear->setAccessibleName(m_clear->text());
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Stop sorting and filtering"));
    m_progress->setAccessibleName(tr("Sorting and filtering"));
    m_header->viewport()->update();
    showCounts();
}

void DataTable::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) fitRows();
}

void DataTable::setSource(std::shared_ptr<const RowSource> source) {
    m_searchDelay->stop();
    const QSignalBlocker quiet(m_search);
    m_search->clear();
    m_said.clear();
    m_fitted = false;
    m_topRow = m_wantedRow = m_wantedColumn = -1;
    m_model->setSource(std::move(source));
    setWidths({});
}

void DataTable::setWidths(const std::map<QString, int>& known) {
    m_widthsGiven.clear();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const auto found = known.find(m_model->heading(column).name);
        m_view->setColumnWidth(column, found != known.end() ? found->second : std::clamp(m_header->wantedWidth(column), 90, widestAtFirst));
        m_widthsGiven.push_back(found != known.end() ? -1 : m_view->columnWidth(column));
    }
    fitRowHeads();
}

void DataTable::fitRowHeads() {
    const QFontMetrics metrics = m_view->fontMetrics();
    const auto rows = m_model->source() ? m_model->source()->rows() : 0;
    int width = metrics.horizontalAdvance(QLocale().toString(static_cast<qlonglong>(rows))) + 20;
    if (m_model->rowNotes()) {
        int widest = 0;
        for (int row = 0; row < std::min(m_model->rowCount(), mostMeasured); ++row)
            widest = std::max(widest, metrics.horizontalAdvance(m_model->rowNotes()(m_model->sourceRow(row)).words));
        width += widest + metrics.horizontalAdvance(QStringLiteral(" · ")) + 20;  // and the spot
    }
    m_view->verticalHeader()->setFixedWidth(width);
}

/// Rows with pictures are as high as these.
void DataTable::fitRows() {
    m_model->pictures().setScale(devicePixelRatioF());
    const int height = std::max(fontMetrics().height() + 10, m_model->pictures().any() ? CellPictures::edge + 6 : 0);
    for (QTableView* view : {m_view, static_cast<QTableView*>(m_frozen)}) view->verticalHeader()->setDefaultSectionSize(height);
}

void DataTable::replaceSource(std::shared_ptr<const RowSource> source) {
    if (!m_model->source() || !source) return setSource(std::move(source));
    std::map<QString, int> widths;
    const int stretched = stretchedColumn(*m_view);
    for (int column = 0; column < m_model->columnCount(); ++column)
        if (m_fitted || m_view->columnWidth(column) != m_widthsGiven[static_cast<std::size_t>(column)])
            widths[m_model->heading(column).name] = column == stretched ? fittingWidth(*m_view, *m_header, column) : m_view->columnWidth(column);
    m_topRow = m_model->sourceRow(m_view->rowAt(0));
    m_wantedRow = currentRow();
    m_left = m_view->horizontalScrollBar()->value();
    const QString current = currentColumn() >= 0 ? m_model->heading(currentColumn()).name : QString();
    m_wantedColumn = -1;
    for (int column = 0; column < source->columns() && !current.isEmpty(); ++column)
        if (source->heading(column).name == current) m_wantedColumn = column;
    m_model->replaceSource(std::move(source));
    setWidths(widths);
    m_view->horizontalScrollBar()->setValue(m_left);
    if (!m_model->arranging()) restorePlace();
}

/// After the rows of another state are there: the same rows at the same place.
void DataTable::restorePlace() {
    if (const int row = m_topRow < 0 ? -1 : m_model->shownRow(m_topRow); row >= 0)
        m_view->scrollTo(m_model->index(row, std::max(0, m_view->columnAt(0))), QAbstractItemView::PositionAtTop);
    if (const int row = m_wantedRow < 0 ? -1 : m_model->shownRow(m_wantedRow); row >= 0 && m_wantedColumn >= 0) {
        const QSignalBlocker quiet(this);
        m_view->selectionModel()->setCurrentIndex(m_model->index(row, m_wantedColumn), QItemSelectionModel::ClearAndSelect);
    }
    if (m_topRow >= 0) m_view->horizontalScrollBar()->setValue(m_left);
    m_topRow = m_wantedRow = m_wantedColumn = -1;
}

void DataTable::setEditable(bool editable) {
    m_model->setEditable(editable);
    for (QTableView* view : {m_view, static_cast<QTableView*>(m_frozen)})
        view->setEditTriggers(editable ? QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed : QAbstractItemView::NoEditTriggers);
}

void DataTable::ask(const RowQuery& query) {
    m_topRow = m_wantedRow = m_wantedColumn = -1;
    m_model->setQuery(query);
    emit queryAsked();
}

void DataTable::showOnly(std::vector<std::uint32_t> rows, const QString& words, RowNotes notes) {
    RowQuery query;
    query.gone = m_model->query().gone;
    query.only = std::make_shared<const RowOrder>(std::move(rows));
    m_onlyWords = words;
    const QSignalBlocker quiet(m_search);
    m_search->clear();
    ask(query);
    m_model->setRowNotes(std::move(notes));
    fitRowHeads();
}

void DataTable::setGoneShown(bool shown) {
    RowQuery query = m_model->query();
    if (query.gone == shown) return;
    query.gone = shown;
    ask(query);
}

void DataTable::setTouchedOnly(bool on) {
    RowQuery query = m_model->query();
    if (query.touchedOnly == on) return;
    query.touchedOnly = on;
    ask(query);
}

void DataTable::goToRow() {
    if (!m_model->source() || m_model->source()->rows() == 0) return;
    const int last = static_cast<int>(std::min(m_model->source()->rows(), DataTableModel::mostRows));
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("go_to_row");
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setWindowTitle(tr("Go to row"));
    dialog->setLabelText(tr("Number of the row (1 to %1):").arg(QLocale().toString(last)));
    dialog->setIntRange(1, last);
    dialog->setIntValue(static_cast<int>(std::max<std::int64_t>(0, currentRow())) + 1);
    connect(dialog, &QInputDialog::intValueSelected, this, [this](int row) {
        if (m_model->shownRow(row - 1) >= 0) return showRow(row - 1);
        m_said = tr("Row %1 is not among those shown.").arg(QLocale().toString(row));
        m_sayDelay->start();
        showCounts();
    });
    dialog->open();
}

void DataTable::setBarVisible(bool visible) { m_bar->setVisible(visible); }

void DataTable::addTool(QWidget* tool) {
    auto* layout = static_cast<QHBoxLayout*>(m_bar->layout());
    layout->insertWidget(layout->indexOf(m_clear), tool);
}

int DataTable::currentColumn() const { return m_view->currentIndex().column(); }

std::int64_t DataTable::currentRow() const { return m_model->sourceRow(m_view->currentIndex().row()); }

void DataTable::showColumn(int column) {
    if (column < 0 || column >= m_model->columnCount() || column == currentColumn()) return;
    const int row = std::max(0, m_view->currentIndex().row());
    if (m_model->rowCount() == 0) return;
    m_view->setCurrentIndex(m_model->index(row, column));
}

void DataTable::showRow(std::int64_t sourceRow) {
    const int row = m_model->shownRow(sourceRow);
    if (row >= 0) m_view->setCurrentIndex(m_model->index(row, std::max(0, currentColumn())));
}

void DataTable::showCell(std::int64_t sourceRow, int column) {
    const int row = m_model->shownRow(sourceRow);
    if (row < 0 || column < 0 || column >= m_model->columnCount()) return;
    m_view->setCurrentIndex(m_model->index(row, column));
    m_view->scrollTo(m_model->index(row, column), QAbstractItemView::PositionAtCenter);
}

void DataTable::setSort(int column, bool descending) {
    RowQuery query = m_model->query();
    query.sortColumn = column;
    query.descending = descending;
    ask(query);
}

void DataTable::cycleSort(int column) {
    if (column < 0 || column >= m_model->columnCount() || m_model->heading(column).kind == CellKind::Picture) return;
    const RowQuery& query = m_model->query();
    if (query.sortColumn != column) return setSort(column, false);
    setSort(query.descending ? -1 : column, !query.descending);
}

void DataTable::setFilter(int column, const ColumnFilter& filter) {
    RowQuery query = m_model->query();
    if (filter.asksNothing()) query.filters.erase(column);
    else query.filters[column] = filter;
    ask(query);
}

ColumnFilterPopup* DataTable::editFilter(int column) {
    if (column < 0 || column >= m_model->columnCount() || m_model->heading(column).kind == CellKind::Picture) return nullptr;
    const auto& filters = m_model->query().filters;
    const auto known = filters.find(column);
    ColumnHeading heading = m_model->heading(column);
    if (heading.kind == CellKind::Boolean) heading.categories = {"false", "true"};
    auto* popup = new ColumnFilterPopup(heading, known == filters.end() ? ColumnFilter{} : known->second, this);
    connect(popup, &ColumnFilterPopup::applied, this, [this, column](const ColumnFilter& filter) { setFilter(column, filter); });
    const int x = m_header->sectionViewportPosition(column);
    popup->move(m_header->mapToGlobal(QPoint(std::clamp(x, 0, std::max(0, m_header->width() - 300)), m_header->height())));
    popup->show();
    return popup;
}

void DataTable::showCounts() {
    m_clear->setVisible(m_model->shownQuery().filtersRows());
    const QLocale locale;
    const QString all = locale.toString(static_cast<qlonglong>(m_model->source() ? m_model->source()->rows() : 0));
    const QString shown = locale.toString(static_cast<qlonglong>(m_model->rowCount()));
    if (!m_said.isEmpty()) m_counts->setText(m_said);
    else if (m_model->shownQuery().only) m_counts->setText(tr("%1: %2 of %3 rows").arg(m_onlyWords, shown, all));
    else if (m_model->shownQuery().filtersRows()) m_counts->setText(tr("%1 of %2 rows").arg(shown, all));
    else if (m_model->source() && m_model->source()->anyGone() && !m_model->shownQuery().gone && m_model->rowCount() < m_model->source()->rows())
        m_counts->setText(
            tr("%1 rows · %2 removed").arg(shown, locale.toString(static_cast<qlonglong>(m_model->source()->rows() - m_model->rowCount()))));
    else if (m_model->source() && m_model->source()->rows() > m_model->rowCount()) m_counts->setText(tr("the first %1 of %2 rows").arg(shown, all));
    else m_counts->setText(tr("%1 rows").arg(all));
}

QMenu* DataTable::makeMenu(int column, std::int64_t sourceRow) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName("table_menu");
    emit menuOpening(menu, column, sourceRow);
    if (!menu->isEmpty()) menu->addSeparator();
    if (sourceRow >= 0) {
        menu->addAction(themeIcon("copy"), tr("&Copy"), QKeySequence(QKeySequence::Copy), this, &DataTable::copySelection);
        menu->addAction(tr("&Go to row …"), QKeySequence("Ctrl+G"), this, &DataTable::goToRow);
        menu->addSeparator();
    }
    const bool picture = m_model->heading(column).kind == CellKind::Picture;
    menu->addAction(tr("Sort &rising"), this, [this, column] { setSort(column, false); })->setEnabled(!picture);
    menu->addAction(tr("Sort &falling"), this, [this, column] { setSort(column, true); })->setEnabled(!picture);
    menu->addAction(tr("&Original order"), this, [this] { setSort(-1, false); })->setEnabled(m_model->query().sortColumn >= 0);
    menu->addSeparator();
    menu->addAction(themeIcon("filter"), tr("F&ilter …"), QKeySequence(Qt::ALT | Qt::Key_Down), this, [this, column] { editFilter(column); })
        ->setEnabled(!picture);
    menu->addSeparator();
    menu->addAction(column == 0 ? tr("Keep the first column in &view") : tr("Keep the columns up to here in &view"), this,
                    [this, column] { freezeColumns(column + 1); });
    if (frozenColumns() > 0) menu->addAction(tr("Let all columns scro&ll"), this, [this] { freezeColumns(0); });
    return menu;
}

void DataTable::showMenu(QTableView& view, const QPoint& position) {
    const QModelIndex index = view.indexAt(position);
    if (index.isValid()) makeMenu(index.column(), m_model->sourceRow(index.row()))->popup(view.viewport()->mapToGlobal(position));
}

void DataTable::showHeadMenu(ColumnHeader& header, const QPoint& position) {
    const int column = header.logicalIndexAt(position);
    if (column < 0 || column >= m_model->columnCount()) return;
    showColumn(column);
    makeMenu(column, -1)->popup(header.mapToGlobal(position));
}

void DataTable::copySelection() {
    std::vector<CellRange> ranges;
    for (const QItemSelectionRange& range : m_view->selectionModel()->selection())
        ranges.push_back({range.top(), range.bottom(), range.left(), range.right()});
    m_model->copy(std::move(ranges));
}

void DataTable::sayCopied(const QString& text, int rows, int leftOut) {
    QGuiApplication::clipboard()->setText(text);
    const QLocale locale;
    m_said = leftOut > 0 ? tr("Copied the first %1 of %2 rows.").arg(locale.toString(rows), locale.toString(rows + leftOut))
                         : tr("Copied %n row(s).", nullptr, rows);
    m_sayDelay->start();
    showCounts();
}

/// Once, when the first cells are there: columns as wide as what is in them, unless somebody has chosen their width meanwhile.
void DataTable::fitColumns() {
    if (std::exchange(m_fitted, true)) return;
    for (int column = 0; column < std::min(m_model->columnCount(), 64); ++column)
        if (int& given = m_widthsGiven[static_cast<std::size_t>(column)]; m_view->columnWidth(column) == given) {
            given = fittingWidth(*m_view, *m_header, column);
            m_view->setColumnWidth(column, given);
        }
}

/// A sketch or a mark adds words to the head; where nobody has chosen the width they get room.
void DataTable::widenHeads(int first, int last) {
    for (int column = first; column <= last && column < static_cast<int>(m_widthsGiven.size()); ++column) {
        int& given = m_widthsGiven[static_cast<std::size_t>(column)];
        const int wanted = std::min(m_header->wantedWidth(column), widestAtFirst);
        if (m_view->columnWidth(column) != given || wanted <= given) continue;
        const bool before = m_view->columnViewportPosition(column) < 0;
        QScrollBar* bar = m_view->horizontalScrollBar();
        const int left = bar->value() + (before ? wanted - given : 0);  // what is looked at stays where it is
        given = wanted;
        m_view->setColumnWidth(column, given);
        if (before) bar->setValue(left);
    }
}

}  // namespace lamina
