// A confusion matrix: rows are the actual classes, columns the predicted ones, totals at the margins. A cell that is clicked says so.
#pragma once

#include <QAbstractScrollArea>

#include <optional>

#include "widgets/charts/matrix_values.h"

namespace lamina {

/// For 2 to some hundred classes; scrolls where it has to, the names stay in sight. Keys: arrows move, Enter or Space opens the cell.
class ConfusionMatrixView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit ConfusionMatrixView(QWidget* parent = nullptr);

    void setValues(const MatrixValues& values);
    const MatrixValues& values() const { return m_values; }
    void setUnit(MatrixUnit unit);
    MatrixUnit unit() const { return m_unit; }
    /// Row and column of the cell that keys act on.
    std::optional<std::pair<int, int>> current() const;
    void setCurrent(int actual, int predicted);
    /// The whole matrix, also what is scrolled away.
    void paintAll(QPainter& painter);
    QSize wholeSize() const;
    QSize sizeHint() const override;

signals:
    void cellActivated(int actual, int predicted);
    void currentChanged(int actual, int predicted);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Sizes {
        int cellWidth = 48, cellHeight = 30, names = 80, heads = 28, title = 20;
    };
    Sizes sizes(int width) const;
    void measure();
    void paint(QPainter& painter, const QRect& visible, QPoint scrolled);
    void paintCell(QPainter& painter, const QRect& place, int actual, int predicted) const;
    void paintNames(QPainter& painter, const QRect& visible, QPoint scrolled) const;
    std::optional<std::pair<int, int>> cellAt(const QPoint& place) const;
    /// The class whose name stands at a place of the margins; empty where none does.
    QString nameAt(const QPoint& place) const;
    QString cellSentence(int actual, int predicted) const;

    MatrixValues m_values;
    MatrixUnit m_unit = MatrixUnit::Count;
    Sizes m_sizes;
    int m_actual = 0, m_predicted = 0;
};

}  // namespace lamina
