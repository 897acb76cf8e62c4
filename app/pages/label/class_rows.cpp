#include "app/pages/label/class_rows.h"

#include <QDrag>
#include <QDragMoveEvent>
#include <QMimeData>
#include <QPainter>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr const char* carriedFormat = "application/x-lamina-label-class";

}  // namespace

ClassRows::ClassRows(QWidget* parent) : QListWidget(parent) {
    setDropIndicatorShown(false);  // its own, between the rows
    setMovable(false);
}

void ClassRows::setMovable(bool movable) {
    setDragEnabled(movable);
    setAcceptDrops(movable);
}

std::unique_ptr<QMimeData> ClassRows::carried(std::int64_t number) const {
    auto data = std::make_unique<QMimeData>();
    data->setData(carriedFormat, QByteArray::number(qulonglong(reinterpret_cast<std::uintptr_t>(this))) + ' ' + QByteArray::number(qlonglong(number)));
    return data;
}

std::int64_t ClassRows::numberIn(const QMimeData* carried) const {
    const QList<QByteArray> parts = carried ? carried->data(carriedFormat).split(' ') : QList<QByteArray>();
    const bool own = parts.size() == 2 && parts[0].toULongLong() == reinterpret_cast<std::uintptr_t>(this);
    return own ? parts[1].toLongLong() : 0;
}

void ClassRows::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->position().toPoint();
    QListWidget::mousePressEvent(event);
}

/// A hand that trembles while it clicks drags nothing: the way to another row is half a row at least.
void ClassRows::mouseMoveEvent(QMouseEvent* event) {
    const bool held = (event->buttons() & Qt::LeftButton) != 0;
    if (held && std::abs(event->position().toPoint().y() - m_pressed.y()) * 2 < sizeHintForRow(0)) return;
    QListWidget::mouseMoveEvent(event);
}

void ClassRows::startDrag(Qt::DropActions) {
    const auto* row = currentItem();
    if (!row) return;
    const QRect place = visualItemRect(row);
    auto* drag = new QDrag(this);
    drag->setMimeData(carried(row->data(classNumberRole).toLongLong()).release());
    drag->setPixmap(viewport()->grab(place));
    drag->setHotSpot(m_pressed - place.topLeft());
    drag->exec(Qt::MoveAction);
    showTarget(-1);
}

void ClassRows::dragEnterEvent(QDragEnterEvent* event) {
    if (numberIn(event->mimeData()) != 0) event->acceptProposedAction();
    else event->ignore();
}

void ClassRows::dragMoveEvent(QDragMoveEvent* event) {
    QListWidget::dragMoveEvent(event);  // scrolls near the edges
    if (numberIn(event->mimeData()) == 0) return event->ignore();
    showTarget(rowBehind(event->position().toPoint().y()));
    event->acceptProposedAction();
}

void ClassRows::dragLeaveEvent(QDragLeaveEvent* event) {
    QListWidget::dragLeaveEvent(event);
    showTarget(-1);
}

void ClassRows::dropEvent(QDropEvent* event) {
    stopAutoScroll();
    setState(NoState);
    showTarget(-1);
    const std::int64_t number = numberIn(event->mimeData());
    if (number == 0) return event->ignore();
    event->acceptProposedAction();
    emit dropped(number, rowBehind(event->position().toPoint().y()));
}

int ClassRows::rowBehind(int y) const {
    for (int row = 0; row < count(); ++row)
        if (y < visualItemRect(item(row)).center().y()) return row;
    return count();
}

void ClassRows::showTarget(int row) {
    if (std::exchange(m_target, row) != row) viewport()->update();
}

void ClassRows::paintEvent(QPaintEvent* event) {
    QListWidget::paintEvent(event);
    if (m_target < 0 || count() == 0) return;
    const int y = m_target < count() ? visualItemRect(item(m_target)).top() : visualItemRect(item(count() - 1)).bottom();
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themeColours().accent);
    painter.drawRoundedRect(QRectF(2, std::max(y - 1, 0), viewport()->width() - 4, 3), 1.5, 1.5);
    painter.drawEllipse(QPointF(4, std::max(y + 0.5, 4.0)), 4, 4);
}

}  // namespace lamina
