// The head of a table: what kind a column is, its name, a mark, how much is missing, how it is sorted and filtered.
#pragma once

#include <QHeaderView>

namespace lamina {

class DataTableModel;
struct ColumnSketch;

class ColumnHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit ColumnHeader(DataTableModel& model, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    /// Wide enough for the name and everything beside it.
    int wantedWidth(int column) const;

signals:
    /// The column's filter was asked for.
    void filterWanted(int column);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int column) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void paintSketch(QPainter* painter, const QRect& place, const ColumnSketch& sketch) const;
    void paintShares(QPainter* painter, const QRect& place, const ColumnSketch& sketch) const;
    void paintArrow(QPainter* painter, const QPointF& middle, bool descending) const;
    void paintFilter(QPainter* painter, int column, bool filtered) const;
    QRect filterRect(int column) const;
    int filterAt(const QPoint& position) const;
    QString secondLine(int column) const;

    DataTableModel& m_model;
    int m_pressedFilter = -1, m_hovered = -1;
};

}  // namespace lamina
