#include "widgets/graph/mini_map.h"

#include <QMouseEvent>
#include <QPainter>

#include "widgets/common/theme.h"
#include "widgets/graph/graph_view.h"
#include "widgets/graph/layer_colour.h"

namespace lamina {

MiniMap::MiniMap(GraphView* view, QWidget* parent) : QWidget(parent), m_view(view) {
    setObjectName(QStringLiteral("miniMap"));
    setFocusPolicy(Qt::NoFocus);
    setCursor(Qt::PointingHandCursor);
    resize(sizeHint());
    hide();
    retranslate();
    connect(view, &GraphView::viewChanged, this, &MiniMap::updateShown);
}

void MiniMap::retranslate() {
    setAccessibleName(tr("Overview of the network"));
    setToolTip(tr("The whole network. Click or drag to go there."));
}

/// Where everything is seen anyway, the map would only hide something.
void MiniMap::updateShown() {
    const QRectF all = m_view->graph().bounds();
    const bool roomy = m_view->viewport()->width() >= 2.5 * width() && m_view->viewport()->height() >= 2.5 * height();
    setVisible(roomy && !all.isEmpty() && !m_view->visibleArea().contains(all));
    update();
}

void MiniMap::redraw() {
    const qreal ratio = devicePixelRatioF();
    m_area = m_view->graph().bounds().adjusted(-60, -60, 60, 60);
    m_picture = QPixmap((QSizeF(size()) * ratio).toSize());
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    const QTransform map = toMap();
    const auto& graph = m_view->graph();
    painter.setPen(Qt::NoPen);
    for (const auto& node : graph.network().nodes) {
        const GraphLayer* layer = graph.layer(node.type);
        const auto note = graph.notes().find(node.id);
        const bool wrong = note != graph.notes().end() && !note->second.problem.isEmpty();
        const QColor colour = wrong ? themeColours().bad : layerColour(layer ? layer->colour : 7);
        QRectF place = map.mapRect(QRectF(node.x, node.y, NodeRoom::width, NodeRoom::height));
        place.setSize(place.size().expandedTo({2, 2}));
        painter.fillRect(place, colour);
    }
    updateShown();
}

QTransform MiniMap::toMap() const {
    if (m_area.isEmpty()) return {};
    const double scale = std::min(width() / m_area.width(), height() / m_area.height());
    const QPointF offset = QPointF(width(), height()) / 2 - m_area.center() * scale;
    return QTransform(scale, 0, 0, scale, offset.x(), offset.y());
}

void MiniMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto& colours = themeColours();
    QColor back = colours.surface;
    back.setAlphaF(0.92F);
    painter.setPen(colours.border);
    painter.setBrush(back);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.drawPixmap(0, 0, m_picture);
    QColor soft = colours.accent;
    soft.setAlphaF(0.12F);
    painter.setPen(colours.accent);
    painter.setBrush(soft);
    painter.drawRect(toMap().mapRect(m_view->visibleArea()).intersected(QRectF(rect()).adjusted(1, 1, -2, -2)));
}

void MiniMap::mousePressEvent(QMouseEvent* event) { go(event->pos()); }

void MiniMap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) go(event->pos());
}

void MiniMap::go(QPoint to) { m_view->centerOn(toMap().inverted().map(QPointF(to))); }

}  // namespace lamina
