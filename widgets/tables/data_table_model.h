// A source's rows as an item model that never makes its view wait: cells are fetched in blocks by a background thread, sorting and filters
// are an order of row numbers made by another.
#pragma once

#include <QAbstractTableModel>
#include <QCache>
#include <QColor>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/base/worker_pool.h"
#include "widgets/tables/cell_pictures.h"
#include "widgets/tables/row_query.h"

namespace lamina {

/// A rectangle of shown cells, all ends included.
struct CellRange {
    int top = 0, bottom = -1, left = 0, right = -1;
};

/// What the head of a row says beside its number.
struct RowNote {
    QString words;
    QColor colour;
};
/// Of a row of the source; asked when it is painted.
using RowNotes = std::function<RowNote(std::int64_t)>;

class DataTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    /// More rows are not shown: a view counts pixels with 32 bits.
    static constexpr std::int64_t mostRows = 50'000'000;
    static constexpr int copyRows = 10'000;

    explicit DataTableModel(QObject* parent = nullptr);
    /// Waits for the background threads, which stop at once.
    ~DataTableModel() override;

    /// nullptr: an empty table. All rows, in their order.
    void setSource(std::shared_ptr<const RowSource> source);
    const std::shared_ptr<const RowSource>& source() const { return m_source; }
    const ColumnHeading& heading(int column) const { return m_headings[static_cast<std::size_t>(column)]; }

    /// The same table in another state: the query stays, by the names of its columns, and so do the pictures in their heads, until there
    /// are others. Until they are arranged, the rows are those of the new source.
    void replaceSource(std::shared_ptr<const RowSource> source);
    /// Are cells edited here? What was typed is edited(); the model itself never changes.
    void setEditable(bool editable) { m_editable = editable; }

    /// The small picture in a column's head; heads are higher as soon as there is one.
    void setSketch(int column, const ColumnSketch& sketch);
    const ColumnSketch* sketch(int column) const;
    bool hasSketches() const { return !m_sketches.empty(); }
    void clearSketches();

    /// Words beneath the names of the columns, instead of the source's.
    void setMarks(const QStringList& marks);

    /// Said beside the numbers of the rows, as long as only some of them are shown (RowQuery::only).
    void setRowNotes(RowNotes notes);
    const RowNotes& rowNotes() const { return m_notes; }

    CellPictures& pictures() const { return m_pictures; }

    /// Arranges the rows anew in the background; the newest query wins. arranged() when it is shown. Columns that
    /// the source does not have are left out.
    void setQuery(const RowQuery& wanted);
    /// Gives up what is being arranged; the table stays as it is.
    void cancelQuery();
    /// What was asked last, and what is shown.
    const RowQuery& query() const { return m_query; }
    const RowQuery& shownQuery() const { return m_shownQuery; }
    bool arranging() const { return m_arranging; }

    std::int64_t sourceRow(int row) const;
    /// Where a row of the source is shown; -1: it is not.
    int shownRow(std::int64_t sourceRow) const;

    /// Cells as lines of tab-separated values, at most copyRows of them; copied() when they are there.
    void copy(std::vector<CellRange> ranges);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    /// Nothing: a view that searches as one types would ask for every row.
    QModelIndexList match(const QModelIndex& start, int role, const QVariant& value, int hits, Qt::MatchFlags flags) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The word for a kind of column, in the language in use.
    static QString kindText(CellKind kind);

signals:
    void arrangingChanged();
    void arrangeProgress(double part);
    void arranged();
    /// rows of the selection that were left out because they were too many.
    void copied(const QString& text, int rows, int leftOut);
    /// Somebody typed another text into a cell.
    void edited(std::int64_t sourceRow, int column, const QString& text);

private:
    struct Cell {
        QString text;  ///< null: missing
        CellTint tint = CellTint::None;
        RowState state = RowState::There;
    };
    struct Block {
        std::vector<Cell> cells;
    };
    using Order = std::shared_ptr<const RowOrder>;

    const Cell* cell(int row, int column) const;
    QVariant picture(const QModelIndex& index) const;
    QVariant pictureText(const QModelIndex& index, const Cell* cell) const;
    QVariant rowHead(int row, int role) const;
    static QVariant background(const Cell& cell);
    static QVariant toolTip(const Cell& cell, bool picture);
    bool needsArranging(const RowQuery& query) const;
    void arrange(const RowQuery& query);
    void takeSource(std::shared_ptr<const RowSource> source, const std::map<QString, ColumnSketch>& sketches = {});
    void fetchNext() const;
    void keepBlock(quint64 key, std::vector<Cell> cells, int generation);
    void forgetBlocks();
    void show(Order order, const RowQuery& query);
    static std::vector<Cell> readBlock(const RowSource& source, const Order& order, std::int64_t rows, quint64 key);

    std::shared_ptr<const RowSource> m_source;
    std::vector<ColumnHeading> m_headings;
    std::map<int, ColumnSketch> m_sketches;
    int m_rows = 0;
    Order m_order;  ///< nullptr: as in the source
    RowQuery m_query, m_shownQuery;
    RowNotes m_notes;
    bool m_arranging = false, m_editable = false;
    int m_generation = 0;  ///< counts what makes fetched blocks worthless
    int m_request = 0;     ///< counts queries
    CancelToken m_arrangeCancel;
    mutable QCache<quint64, Block> m_blocks;
    mutable std::vector<quint64> m_wanted;  ///< newest last
    mutable std::optional<quint64> m_fetching;
    mutable CellPictures m_pictures;
    QTimer m_announce;  ///< pictures that come soon after each other are painted together
    mutable WorkerPool m_fetchPool{1}, m_arrangePool{1};
    CancelToken m_copyCancel;
};

}  // namespace lamina
