// The rows of the class list: with the mouse one is dragged to another place. What it becomes is up to the list.
#pragma once

#include <QListWidget>

#include <cstdint>
#include <memory>

class QMimeData;

namespace lamina {

/// In the data of a row: the number of its class.
inline constexpr int classNumberRole = Qt::UserRole + 1;

class ClassRows : public QListWidget {
    Q_OBJECT
public:
    explicit ClassRows(QWidget* parent = nullptr);

    void setMovable(bool movable);
    bool isMovable() const { return dragEnabled(); }
    /// What a drag of this row carries; no other list takes it.
    std::unique_ptr<QMimeData> carried(std::int64_t number) const;
    /// Where what is dragged would go: before this row; -1: nothing is dragged over the rows.
    int target() const { return m_target; }

signals:
    /// `before`: the row before which it was dropped, as rows were counted until then.
    void dropped(qint64 number, int before);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void startDrag(Qt::DropActions actions) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int rowBehind(int y) const;
    void showTarget(int row);
    /// 0: not one of these rows.
    std::int64_t numberIn(const QMimeData* carried) const;

    QPoint m_pressed;
    int m_target = -1;
};

}  // namespace lamina
