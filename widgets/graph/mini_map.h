// The whole network, small, in a corner of the canvas; a frame shows what is seen. Click or drag to go there.
#pragma once

#include <QPixmap>
#include <QWidget>

namespace lamina {

class GraphView;

class MiniMap : public QWidget {
    Q_OBJECT
public:
    MiniMap(GraphView* view, QWidget* parent);

    /// Nodes came, went, moved or look different.
    void redraw();
    QSize sizeHint() const override { return {168, 120}; }
    void retranslate();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void updateShown();
    QTransform toMap() const;
    void go(QPoint to);

    GraphView* m_view;
    QRectF m_area;  ///< of the scene
    QPixmap m_picture;
};

}  // namespace lamina
