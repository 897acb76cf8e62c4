// A table of any length to look at: search, sorting by its head, a filter per column, copying.
#pragma once

#include <QPointer>
#include <QTableView>
#include <QWidget>

#include "widgets/tables/data_table_model.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTimer;

namespace lamina {

class ColumnFilterPopup;
class ColumnHeader;

class DataTable : public QWidget {
    Q_OBJECT
public:
    explicit DataTable(QWidget* parent = nullptr);

    void setSource(std::shared_ptr<const RowSource> source);
    DataTableModel& model() { return *m_model; }
    QTableView& view() { return *m_view; }

    /// -1: none.
    int currentColumn() const;
    std::int64_t currentRow() const;  ///< of the source
    void showColumn(int column);
    void showRow(std::int64_t sourceRow);
    /// Opens the little window with the column's filter.
    ColumnFilterPopup* editFilter(int column);
    /// Original order → rising → falling → original order.
    void cycleSort(int column);
    /// The hidden search field and line of counts make a plain table of it (a preview).
    void setBarVisible(bool visible);

signals:
    void columnChosen(int column);
    void rowChosen(std::int64_t sourceRow);
    /// Enter or a double click.
    void rowActivated(std::int64_t sourceRow);

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
    void showMenu(const QPoint& position);
    void copySelection();
    void sayCopied(const QString& text, int rows, int leftOut);
    void fitColumns();

    DataTableModel* m_model;
    QTableView* m_view;
    ColumnHeader* m_header;
    QWidget* m_bar;
    QLineEdit* m_search;
    QLabel* m_counts;
    QPushButton *m_clear, *m_cancel;
    QProgressBar* m_progress;
    QTimer *m_searchDelay, *m_progressDelay, *m_sayDelay;
    QString m_said;
    bool m_fitted = false;
};

}  // namespace lamina
