// The first columns of a table, which stay where they are while the others are scrolled: a second view over the left edge of the first.
#pragma once

#include <QTableView>

namespace lamina {

class ColumnHeader;
class DataTableModel;

/// A child of the view that it lies over; shares its model, its selection and its vertical scrolling.
class FrozenColumns : public QTableView {
    Q_OBJECT
public:
    FrozenColumns(QTableView& main, DataTableModel& model);

    /// How many of the first columns stay; 0: none, and this is hidden.
    void setCount(int columns);
    int count() const { return m_count; }
    ColumnHeader& header() { return *m_header; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void updateColumns();
    void updatePlace();

    QTableView& m_main;
    ColumnHeader* m_header;
    int m_count = 0;
};

}  // namespace lamina
