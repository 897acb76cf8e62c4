#include "widgets/tables/data_table_model.h"

#include <QColor>
#include <QFont>
#include <QLocale>
#include <QPainter>

#include <algorithm>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int blockRows = 64, blockColumns = 16;
constexpr int longestCell = 300;  ///< characters shown of one value
constexpr std::size_t mostWanted = 24;

quint64 blockOf(int row, int column) { return (static_cast<quint64>(row / blockRows) << 32) | static_cast<quint64>(column / blockColumns); }
int firstRowOf(quint64 key) { return static_cast<int>(key >> 32) * blockRows; }
int firstColumnOf(quint64 key) { return static_cast<int>(key & 0xffffffffu) * blockColumns; }

bool isNumeric(CellKind kind) { return kind == CellKind::Number || kind == CellKind::Integer; }

std::int64_t rowAt(const std::shared_ptr<const RowOrder>& order, std::int64_t row) { return order ? (*order)[static_cast<std::size_t>(row)] : row; }

/// A value for one line: whatever breaks lines or cells made a blank; never null.
QString oneLine(QString text) {
    if (text.isNull()) text = QStringLiteral("");
    for (QChar& c : text)
        if (c == u'\n' || c == u'\r' || c == u'\t') c = u' ';
    return text;
}

/// A round spot of the note's colour.
QPixmap spotOf(const QColor& colour) {
    constexpr int side = 10;
    QPixmap spot(side, side);
    spot.fill(Qt::transparent);
    QPainter painter(&spot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(1, 1, side - 2, side - 2);
    return spot;
}

QFont struckFont() {
    QFont font;
    font.setStrikeOut(true);
    return font;
}

}  // namespace

DataTableModel::DataTableModel(QObject* parent) : QAbstractTableModel(parent), m_blocks(400) {
    m_announce.setSingleShot(true);
    m_announce.setInterval(12);
    connect(&m_pictures, &CellPictures::ready, this, [this] {
        if (!m_announce.isActive()) m_announce.start();
    });
    connect(&m_announce, &QTimer::timeout, this, [this] {
        if (m_rows > 0) emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1), {Qt::DecorationRole});
    });
}

DataTableModel::~DataTableModel() {
    m_arrangeCancel.cancel();
    m_copyCancel.cancel();
    m_fetchPool.waitForDone();
    m_arrangePool.waitForDone();
}

void DataTableModel::setSource(std::shared_ptr<const RowSource> source) {
    m_query = {};
    takeSource(std::move(source));
}

void DataTableModel::takeSource(std::shared_ptr<const RowSource> source, const std::map<QString, ColumnSketch>& sketches) {
    m_arrangeCancel.cancel();
    ++m_request;
    const bool was = std::exchange(m_arranging, false);
    beginResetModel();
    m_source = std::move(source);
    m_pictures.setSource(m_source);
    if (!m_query.only) m_notes = nullptr;
    m_headings.clear();
    m_sketches.clear();
    for (int column = 0; m_source && column < m_source->columns(); ++column) {
        m_headings.push_back(m_source->heading(column));
        if (const auto known = sketches.find(m_headings.back().name); known != sketches.end()) m_sketches[column] = known->second;
    }
    m_shownQuery = {};
    m_order = nullptr;
    m_rows = m_source ? static_cast<int>(std::min(m_source->rows(), mostRows)) : 0;
    forgetBlocks();
    endResetModel();
    if (was) emit arrangingChanged();
    if (m_source && needsArranging(m_query)) arrange(m_query);
}

void DataTableModel::replaceSource(std::shared_ptr<const RowSource> source) {
    RowQuery kept = m_query;
    const auto find = [&](int column) {
        for (int i = 0; source && i < source->columns(); ++i)
            if (const ColumnHeading now = source->heading(i); now.name == heading(column).name && now.kind == heading(column).kind) return i;
        return -1;
    };
    if (kept.sortColumn >= 0) kept.sortColumn = find(kept.sortColumn);
    kept.filters.clear();
    // The codes of categories are others in another state.
    for (const auto& [column, filter] : m_query.filters)
        if (const int now = find(column); now >= 0 && !filter.categories) kept.filters[now] = filter;
    if (m_source && source && m_source->rows() != source->rows()) kept.only = nullptr;
    m_query = kept;
    std::map<QString, ColumnSketch> sketches;
    for (const auto& [column, sketch] : m_sketches) sketches[heading(column).name] = sketch;
    takeSource(std::move(source), sketches);
}

bool DataTableModel::needsArranging(const RowQuery& query) const { return !query.asksNothing() || (m_source->anyGone() && !query.gone); }

void DataTableModel::setMarks(const QStringList& marks) {
    for (int column = 0; column < std::min<int>(columnCount(), static_cast<int>(marks.size())); ++column)
        m_headings[static_cast<std::size_t>(column)].mark = marks[column];
    if (columnCount() > 0) emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void DataTableModel::setSketch(int column, const ColumnSketch& sketch) {
    if (column < 0 || column >= columnCount()) return;
    m_sketches[column] = sketch;
    emit headerDataChanged(Qt::Horizontal, column, column);
}

void DataTableModel::setRowNotes(RowNotes notes) {
    m_notes = m_query.only ? std::move(notes) : nullptr;
    if (m_rows > 0) emit headerDataChanged(Qt::Vertical, 0, m_rows - 1);
}

const ColumnSketch* DataTableModel::sketch(int column) const {
    const auto found = m_sketches.find(column);
    return found == m_sketches.end() ? nullptr : &found->second;
}

void DataTableModel::clearSketches() {
    m_sketches.clear();
    if (columnCount() > 0) emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void DataTableModel::setQuery(const RowQuery& wanted) {
    RowQuery query = wanted;
    // A query that was made for another source.
    if (query.sortColumn >= columnCount()) query.sortColumn = -1;
    std::erase_if(query.filters, [this](const auto& filter) { return filter.first < 0 || filter.first >= columnCount(); });
    if (!m_source || query == m_query) return;
    m_arrangeCancel.cancel();
    m_query = query;
    if (!query.only) m_notes = nullptr;
    if (needsArranging(query)) return arrange(query);
    ++m_request;
    show(nullptr, query);
}

void DataTableModel::arrange(const RowQuery& query) {
    m_arrangeCancel.cancel();
    m_arrangeCancel = {};
    const int request = ++m_request;
    const bool was = std::exchange(m_arranging, true);
    if (!was) emit arrangingChanged();
    m_arrangePool.start([this, source = m_source, query, request, cancel = m_arrangeCancel] {
        auto last = std::make_shared<int>(-1);
        ArrangeJob job{cancel, [this, request, last](double part) {
                           if (static_cast<int>(part * 100) == *last) return;
                           *last = static_cast<int>(part * 100);
                           QMetaObject::invokeMethod(
                               this,
                               [this, request, part] {
                                   if (request == m_request) emit arrangeProgress(part);
                               },
                               Qt::QueuedConnection);
                       }};
        auto order = arrangeRows(*source, query, job);
        if (!order) return;
        QMetaObject::invokeMethod(
            this,
            [this, request, query, order = std::make_shared<const RowOrder>(std::move(*order))] {
                if (request == m_request) show(order, query);
            },
            Qt::QueuedConnection);
    });
}

void DataTableModel::cancelQuery() {
    if (!m_arranging) return;
    m_arrangeCancel.cancel();
    ++m_request;
    m_query = m_shownQuery;
    m_arranging = false;
    emit arrangingChanged();
}

void DataTableModel::show(Order order, const RowQuery& query) {
    beginResetModel();
    m_order = std::move(order);
    m_rows = static_cast<int>(std::min(m_order ? static_cast<std::int64_t>(m_order->size()) : m_source->rows(), mostRows));
    m_shownQuery = query;
    forgetBlocks();
    endResetModel();
    if (std::exchange(m_arranging, false)) emit arrangingChanged();
    emit arranged();
}

void DataTableModel::forgetBlocks() {
    m_blocks.clear();
    m_wanted.clear();
    m_fetching.reset();
    ++m_generation;
}

std::int64_t DataTableModel::sourceRow(int row) const { return row < 0 || row >= m_rows ? -1 : rowAt(m_order, row); }

int DataTableModel::shownRow(std::int64_t sourceRow) const {
    if (!m_order) return sourceRow >= 0 && sourceRow < m_rows ? static_cast<int>(sourceRow) : -1;
    const auto found = std::find(m_order->begin(), m_order->end(), static_cast<std::uint32_t>(sourceRow));
    return found == m_order->end() ? -1 : static_cast<int>(found - m_order->begin());
}

int DataTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }

int DataTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_headings.size()); }

const DataTableModel::Cell* DataTableModel::cell(int row, int column) const {
    const quint64 key = blockOf(row, column);
    if (const Block* block = m_blocks.object(key)) {
        const int width = std::min(blockColumns, columnCount() - firstColumnOf(key));
        return &block->cells[static_cast<std::size_t>((row - firstRowOf(key)) * width + column - firstColumnOf(key))];
    }
    if (m_fetching == key) return nullptr;
    std::erase(m_wanted, key);
    m_wanted.push_back(key);
    // What was asked for longest ago has been scrolled away; who still shows it asks again.
    if (m_wanted.size() > mostWanted) m_wanted.erase(m_wanted.begin());
    fetchNext();
    return nullptr;
}

void DataTableModel::fetchNext() const {
    if (m_fetching || m_wanted.empty()) return;
    const quint64 key = m_wanted.back();
    m_wanted.pop_back();
    m_fetching = key;
    auto* self = const_cast<DataTableModel*>(this);
    m_fetchPool.start([self, source = m_source, order = m_order, rows = static_cast<std::int64_t>(m_rows), key, generation = m_generation] {
        auto cells = readBlock(*source, order, rows, key);
        QMetaObject::invokeMethod(
            self, [self, key, generation, cells = std::move(cells)]() mutable { self->keepBlock(key, std::move(cells), generation); },
            Qt::QueuedConnection);
    });
}

std::vector<DataTableModel::Cell> DataTableModel::readBlock(const RowSource& source, const Order& order, std::int64_t rows, quint64 key) {
    const int firstColumn = firstColumnOf(key), lastColumn = std::min(firstColumn + blockColumns, source.columns());
    const std::int64_t firstRow = firstRowOf(key), lastRow = std::min<std::int64_t>(firstRow + blockRows, rows);
    std::vector<Cell> cells;
    cells.reserve(static_cast<std::size_t>((lastRow - firstRow) * (lastColumn - firstColumn)));
    for (std::int64_t row = firstRow; row < lastRow; ++row)
        for (int column = firstColumn; column < lastColumn; ++column) {
            const std::int64_t at = rowAt(order, row);
            // A null text is a missing value, an empty one a value that is empty.
            Cell cell{{}, source.tint(at, column), source.state(at)};
            if (!source.missing(at, column)) cell.text = oneLine(source.text(at, column).left(longestCell));
            cells.push_back(std::move(cell));
        }
    return cells;
}

void DataTableModel::keepBlock(quint64 key, std::vector<Cell> cells, int generation) {
    if (generation == m_generation) {
        m_fetching.reset();
        const int top = firstRowOf(key), left = firstColumnOf(key);
        const int right = std::min(left + blockColumns, columnCount()) - 1, bottom = std::min(top + blockRows, m_rows) - 1;
        m_blocks.insert(key, new Block{std::move(cells)});
        if (top <= bottom && left <= right) emit dataChanged(index(top, left), index(bottom, right));
    }
    fetchNext();
}

QVariant DataTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (isNumeric(heading(index.column()).kind) ? Qt::AlignRight : Qt::AlignLeft)));
    switch (role) {
        case Qt::DecorationRole: return picture(index);
        case Qt::DisplayRole:
        case Qt::EditRole:
        case Qt::BackgroundRole:
        case Qt::ForegroundRole:
        case Qt::FontRole:
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: break;
        default: return {};
    }
    const Cell* known = cell(index.row(), index.column());
    switch (role) {
        case Qt::DisplayRole: return m_source->hasPictures(index.column()) ? pictureText(index, known) : known ? known->text : QStringLiteral("…");
        case Qt::EditRole: return known ? known->text : QString();
        case Qt::ForegroundRole: return known && known->state == RowState::There ? QVariant() : QVariant(themeColours().mutedText);
        case Qt::FontRole: return known && known->state != RowState::There ? QVariant(struckFont()) : QVariant();
        case Qt::BackgroundRole: return known ? background(*known) : QVariant();
        case Qt::AccessibleTextRole: return !known ? QString() : known->text.isNull() ? tr("missing") : known->text;
        default: return known ? toolTip(*known, m_source->hasPictures(index.column())) : QVariant();
    }
}

QVariant DataTableModel::picture(const QModelIndex& index) const {
    const Cell* known = m_source->hasPictures(index.column()) ? cell(index.row(), index.column()) : nullptr;
    if (!known || known->text.isNull()) return {};
    const auto found = m_pictures.find(sourceRow(index.row()), index.column());
    return found && !found->isNull() ? QVariant(*found) : QVariant();
}

/// Words stand where no picture can: of one that cannot be shown they say which it is.
QVariant DataTableModel::pictureText(const QModelIndex& index, const Cell* cell) const {
    if (!cell) return QStringLiteral("…");
    if (cell->text.isNull()) return {};
    const auto found = m_pictures.find(sourceRow(index.row()), index.column());
    return !found ? QStringLiteral("…") : found->isNull() ? tr("cannot be shown: %1").arg(cell->text) : QString();
}

QVariant DataTableModel::background(const Cell& cell) {
    const ThemeColours& colours = themeColours();
    if (cell.tint == CellTint::Changed) return colours.accentSoft;
    if (cell.tint == CellTint::Refused) {
        QColor soft = colours.warning;
        soft.setAlphaF(0.28F);
        return soft;
    }
    return cell.text.isNull() ? QVariant(colours.raised) : QVariant();
}

QVariant DataTableModel::toolTip(const Cell& cell, bool picture) {
    QStringList words;
    if (cell.text.isNull()) words << tr("No value");
    else if (picture || cell.text.size() > 24) words << cell.text.toHtmlEscaped();
    if (cell.tint == CellTint::Changed) words << tr("Changed by this step");
    if (cell.tint == CellTint::Refused) words << tr("This step could not read what stood here");
    if (cell.state == RowState::Struck) words << tr("This row is removed by this step");
    if (cell.state == RowState::Gone) words << tr("This row was removed by an earlier step");
    return words.isEmpty() ? QVariant() : words.join(QStringLiteral("<br>"));
}

Qt::ItemFlags DataTableModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags plain = QAbstractTableModel::flags(index);
    return m_editable && index.isValid() && heading(index.column()).kind != CellKind::Picture ? plain | Qt::ItemIsEditable : plain;
}

bool DataTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !m_editable || !index.isValid()) return false;
    const Cell* known = cell(index.row(), index.column());
    if (!known || known->text == value.toString()) return false;
    emit edited(sourceRow(index.row()), index.column(), value.toString());
    return true;
}

QModelIndexList DataTableModel::match(const QModelIndex&, int, const QVariant&, int, Qt::MatchFlags) const { return {}; }

QVariant DataTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) return rowHead(section, role);
    if (section < 0 || section >= columnCount()) return {};
    const ColumnHeading& column = heading(section);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) return column.name;
    if (role != Qt::ToolTipRole) return {};
    QString tip = tr("%1: %2. Click to sort, Alt+Down to filter.").arg(column.name.toHtmlEscaped(), kindText(column.kind));
    if (const ColumnSketch* known = sketch(section))
        tip += QStringLiteral("<br>") + known->words.toHtmlEscaped().replace(u'\n', QLatin1String("<br>"));
    return tip;
}

QVariant DataTableModel::rowHead(int row, int role) const {
    if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (row < 0 || row >= m_rows || (role != Qt::DisplayRole && role != Qt::DecorationRole)) return {};
    const RowNote note = m_notes ? m_notes(sourceRow(row)) : RowNote();
    if (role == Qt::DecorationRole) return note.words.isEmpty() ? QVariant() : QVariant(spotOf(note.colour));
    const QString number = QLocale().toString(static_cast<qlonglong>(sourceRow(row) + 1));
    return note.words.isEmpty() ? number : tr("%1 · %2").arg(note.words, number);
}

void DataTableModel::copy(std::vector<CellRange> ranges) {
    if (ranges.empty() || !m_source) return;
    m_copyCancel.cancel();
    m_copyCancel = {};
    m_arrangePool.start([this, ranges = std::move(ranges), source = m_source, order = m_order, cancel = m_copyCancel] {
        std::set<int> rows, columns;
        int leftOut = 0;
        for (const CellRange& range : ranges) {
            for (int column = range.left; column <= range.right; ++column) columns.insert(column);
            for (int row = range.top; row <= range.bottom; ++row) {
                if (rows.size() >= copyRows && !rows.contains(row)) {
                    leftOut += range.bottom - row + 1;
                    break;
                }
                rows.insert(row);
            }
        }
        QString text;
        for (const int row : rows) {
            if (cancel.cancelled()) return;
            for (const int column : columns) {
                const bool chosen = std::any_of(ranges.begin(), ranges.end(), [&](const CellRange& range) {
                    return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
                });
                if (column != *columns.begin()) text += u'\t';
                if (chosen) text += oneLine(source->text(rowAt(order, row), column));
            }
            text += u'\n';
        }
        if (rows.size() == 1 && columns.size() == 1) text.chop(1);
        QMetaObject::invokeMethod(
            this, [this, text, rows = static_cast<int>(rows.size()), leftOut] { emit copied(text, rows, leftOut); }, Qt::QueuedConnection);
    });
}

QString DataTableModel::kindText(CellKind kind) {
    switch (kind) {
        case CellKind::Number: return tr("numbers");
        case CellKind::Integer: return tr("whole numbers");
        case CellKind::Boolean: return tr("true or false");
        case CellKind::Category: return tr("categories");
        case CellKind::Text: return tr("text");
        case CellKind::Picture: return tr("pictures");
        case CellKind::Time: return tr("dates and times");
    }
    return {};
}

}  // namespace lamina
