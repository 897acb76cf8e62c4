// A table of any length to look at: search, sorting by its head, a filter per column, copying.
#pragma once

#include <QPointer>
#include <QTableView>
#include <QWidget>

#include <map>
#include <vector>

#include "widgets/tables/data_table_model.h"

class QLabel;
class QLineEdit;
class QMenu;
class QProgressBar;
class QPushButton;
class QTimer;

namespace lamina {

class ColumnFilterPopup;
class ColumnHeader;
class FrozenColumns;

class DataTable : public QWidget {
    Q_OBJECT
public:
    explicit DataTable(QWidget* parent = nullptr);

    void setSource(std::shared_ptr<const RowSource> source);
    /// The same table in another state: search, sorting, filters, widths, scrolling and the current cell stay where they can.
    void replaceSource(std::shared_ptr<const RowSource> source);
    /// Cells can be typed into; see cellEdited().
    void setEditable(bool editable);
    /// Only these rows, in this order, until "Show all rows"; `words` say which they are, `notes` something of each.
    void showOnly(std::vector<std::uint32_t> rows, const QString& words, RowNotes notes = {});
    /// Rows that are gone, too; only rows with something to see.
    void setGoneShown(bool shown);
    void setTouchedOnly(bool on);
    DataTableModel& model() { return *m_model; }
    QTableView& view() { return *m_view; }

    /// -1: none.
    int currentColumn() const;
    std::int64_t currentRow() const;  ///< of the source
    void showColumn(int column);
    void showRow(std::int64_t sourceRow);
    void showCell(std::int64_t sourceRow, int column);
    /// Ctrl+G: asks for the number of a row.
    void goToRow();
    /// The first columns stay where they are; 0: none does.
    void freezeColumns(int count);
    int frozenColumns() const;
    /// Opens the little window with the column's filter.
    ColumnFilterPopup* editFilter(int column);
    /// Original order → rising → falling → original order.
    void cycleSort(int column);
    /// The hidden search field and line of counts make a plain table of it (a preview).
    void setBarVisible(bool visible);
    /// One more control in that line, beside the search.
    void addTool(QWidget* tool);

signals:
    void columnChosen(int column);
    void rowChosen(std::int64_t sourceRow);
    /// Enter or a double click.
    void rowActivated(std::int64_t sourceRow);
    /// Somebody typed into a cell; the table itself does not change.
    void cellEdited(std::int64_t sourceRow, int column, const QString& text);
    /// A menu is about to be shown for a column (sourceRow -1: at its head) or a cell; who listens adds to it.
    void menuOpening(QMenu* menu, int column, std::int64_t sourceRow);
    /// Another search, filter or order was asked for.
    void queryAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeBar();
    void connectBar();
    void makeKeys();
    void retranslate();
    void search();
    void setSort(int column, bool descending);
    void setFilter(int column, const ColumnFilter& filter);
    void showCounts();
    void ask(const RowQuery& query);
    void showMenu(QTableView& view, const QPoint& position);
    void showHeadMenu(ColumnHeader& header, const QPoint& position);
    void connectHeader(ColumnHeader& header);
    QMenu* makeMenu(int column, std::int64_t sourceRow);
    void setWidths(const std::map<QString, int>& known);
    void fitRowHeads();
    void fitRows();
    void restorePlace();
    void copySelection();
    void sayCopied(const QString& text, int rows, int leftOut);
    void fitColumns();
    void widenHeads(int first, int last);

    DataTableModel* m_model;
    QTableView* m_view;
    ColumnHeader* m_header;
    FrozenColumns* m_frozen;
    QWidget* m_bar;
    QLineEdit* m_search;
    QLabel* m_counts;
    QPushButton *m_clear, *m_cancel;
    QProgressBar* m_progress;
    QTimer *m_searchDelay, *m_progressDelay, *m_sayDelay;
    QString m_said, m_onlyWords;
    bool m_fitted = false;
    std::vector<int> m_widthsGiven;  ///< by Lamina, per column; -1: somebody chose it, or has seen it
    std::int64_t m_topRow = -1, m_wantedRow = -1;  ///< of the source: where to be again once the rows are arranged
    int m_wantedColumn = -1, m_left = 0;
};

}  // namespace lamina
