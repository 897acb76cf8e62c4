// One picture with its shapes: looked at, drawn on, changed. Knows no project: it gets shapes and tells of every finished gesture.
#pragma once

#include <QSet>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/canvas/canvas_layer.h"
#include "widgets/canvas/canvas_options.h"
#include "widgets/canvas/canvas_shape.h"
#include "widgets/canvas/canvas_tool.h"
#include "widgets/canvas/canvas_transform.h"
#include "widgets/canvas/picture_pyramid.h"
#include "widgets/canvas/shape_painter.h"
#include "widgets/common/key_map.h"

namespace lamina {

/// Wheel: zoom at the mouse (with Shift sideways, with Ctrl too). Middle button or Space held and dragged: pan, also while a shape is drawn.
/// Space tapped (< 200 ms, nothing dragged): accepted(). Delete, arrows (Shift: ten pixels), Ctrl+D, Esc as everywhere. An owner with keys of his own
/// takes setOwnKeys(false) and setAcceptKey().
/// The input method is off, so that letter keys work while a Chinese one is active. GUI thread.
class CanvasView : public QWidget {
    Q_OBJECT
public:
    explicit CanvasView(QWidget* parent = nullptr);
    ~CanvasView() override;

    /// A picture of `full` pixels; a smaller preview may come first: it is shown at the full size and said to be one, and coordinates are those of the full
    /// picture. The view is fitted where the size is another.
    void setPicture(std::shared_ptr<const PicturePyramid> picture, QSize full);
    QSize pictureSize() const { return m_size; }
    /// With all its pixels; nullptr: there is none, or only a preview. What tools read.
    const PicturePyramid* picture() const { return isSharp() ? m_picture.get() : nullptr; }
    bool isSharp() const { return m_picture && m_picture->size() == m_size; }

    /// All shapes, the last one on top. What is selected stays so where its id is still there; what is half drawn stays, too.
    void setShapes(std::vector<CanvasShape> shapes);
    std::vector<CanvasShape> shapes() const;
    const std::vector<PaintedShape>& paintedShapes() const { return m_shapes; }
    const CanvasShape* shape(const QString& id) const;

    const std::vector<QString>& selection() const { return m_selection; }
    void select(std::vector<QString> ids);
    void selectNext(int step);
    void selectAll();
    /// Shapes of classes for which `looks` says so are hidden or locked from now on; the rest of what they are stays.
    void setClassLooks(const std::function<std::pair<bool, bool>(const std::string& label)>& looks);

    /// What is half drawn is dropped.
    void setTool(const std::string& name);
    const CanvasToolType& toolType() const { return *m_toolType; }
    CanvasTool& tool() const { return *m_tool; }
    void setLabel(CanvasLabel label);
    const CanvasLabel& label() const { return m_label; }
    void setOptions(const CanvasOptions& options);
    const CanvasOptions& options() const { return m_options; }

    /// false: Delete, Ctrl+D and Tab are the owner's; arrows, Esc and what a tool needs stay.
    void setOwnKeys(bool own) { m_ownKeys = own; }
    /// A Qt::Key, alone; stands for Space. 0: there is none.
    void setAcceptKey(int key) { m_acceptKey = key; }
    /// What a person presses for the keys of the view and its tools.
    void setKeyMap(KeyMap keys) { m_keys = std::move(keys); }
    const KeyMap& keyMap() const { return m_keys; }
    /// In view coordinates; empty where it is not shown.
    QRectF miniMap() const;

    const CanvasTransform& transform() const { return m_transform; }
    double zoom() const { return m_transform.scale(); }
    void setZoom(double zoom);
    void setZoom(double zoom, QPointF at);
    void fit();
    void fitSelection();
    void showPlace(QPointF picture);

    void removeSelected();
    void duplicateSelected();
    void nudgeSelected(QPointF pixels);
    std::vector<CanvasShape> selectedShapes() const;
    /// Shapes of another picture (or this one), with new ids, cut to this picture.
    void paste(const std::vector<CanvasShape>& shapes);

    /// For tools.
    /// The topmost, smallest visible and unlocked shape; the selected one is preferred where `preferSelected`.
    const PaintedShape* shapeAt(QPointF picture, bool preferSelected = false) const;
    /// Onto what is near, unless snapping is off or Alt is held.
    QPointF snap(const CanvasPointer& pointer, const QString& except = {}) const;
    /// View pixels in pixels of the picture.
    double pixels(double viewPixels) const { return viewPixels / m_transform.scale(); }
    /// A new shape with the chosen class; refused (false) where it is too small or outside the picture.
    bool add(AnnotationShape shape, CanvasEdit::Kind kind = CanvasEdit::Kind::Draw);
    /// Shows the edit and tells it.
    void commit(CanvasEdit edit);
    /// Shows these shapes instead of those with the same ids until the gesture ends; empty: as they are.
    void preview(std::vector<CanvasShape> shapes);
    void changed();  ///< the tool looks different: paint, tell of the draft, set the cursor

    static constexpr double rotationReach = 26;  ///< view pixels between a box and its rotation handle
    static constexpr double tolerance = 7;       ///< view pixels

signals:
    void edited(const lamina::CanvasEdit& edit);
    void selectionChanged();
    void zoomChanged(double zoom);
    void draftChanged();
    void accepted();
    /// In pixels of the picture, while the mouse is over it.
    void mouseAt(QPointF picture);
    void failed(const lamina::Error& error);  ///< of a tool: it could not do what was asked
    void labelWanted();  ///< a shape was about to be drawn, but no class is chosen

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    CanvasPointer pointer(const QPointF& view, Qt::KeyboardModifiers modifiers) const;
    bool isDrawnWith(Qt::MouseButton button) const;
    void transformed();
    void hover(const CanvasPointer& at);
    bool needsKey(const QKeyEvent& key) const;
    bool viewKey(const QKeyEvent& event);
    bool ownKey(const QKeyEvent& event);
    void endPan();
    void pressAccept(const QKeyEvent& event);
    void releaseAccept(const QKeyEvent& event);
    void updateCursor();
    void paintResting(QPainter& painter, const QRectF& part, const QSet<QString>& moving) const;
    void paintMoving(QPainter& painter) const;
    void paintShape(QPainter& painter, const PaintedShape& painted, bool selected, const QRectF& seen) const;
    QRectF shapesSeen(const QRectF& part) const;
    void paintCrosshair(QPainter& painter) const;
    void paintMiniMap(QPainter& painter);
    QImage mapPicture(QSizeF size, double ratio) const;
    void paintMagnifier(QPainter& painter) const;
    void paintPreviewTag(QPainter& painter) const;
    bool mapPress(QPointF view);
    const PaintedShape* painted(const QString& id) const;

    std::shared_ptr<const PicturePyramid> m_picture;
    QSize m_size;
    std::vector<PaintedShape> m_shapes, m_preview;
    std::vector<QString> m_selection;
    QString m_hovered;
    CanvasTransform m_transform;
    bool m_fitted = true;
    const CanvasToolType* m_toolType = nullptr;
    std::unique_ptr<CanvasTool> m_tool;
    CanvasLabel m_label;
    CanvasOptions m_options;
    CanvasLayer m_resting;
    bool m_crowded = false;  ///< so many points that curved borders are painted finer
    std::uint64_t m_pictureVersion = 0, m_shapesVersion = 0;  ///< others after every change of m_picture, of m_shapes
    struct {
        RestingScene scene;
        QImage picture;
    } m_map;  ///< the mini-map as it was painted last
    std::optional<QPointF> m_mouse;      ///< view
    std::optional<QPointF> m_panFrom;    ///< view, while panning
    std::optional<qint64> m_spacePressed, m_spaceReleased;  ///< milliseconds; the hold that lasts or was the last
    bool m_pannedAtRelease = false;
    bool m_space = false, m_spaceUsed = false, m_drawing = false, m_drawsRight = false, m_onMap = false;
    bool m_ownKeys = true;
    int m_acceptKey = Qt::Key_Space;
    KeyMap m_keys;
};

}  // namespace lamina
