// Masks painted with a round brush; the eraser is the same brush with nothing in it.
#pragma once

#include "widgets/canvas/canvas_shape.h"
#include "widgets/canvas/canvas_tool.h"

#include <QImage>

namespace lamina {

/// Paints on the selected mask, or on a new one of the chosen class where none is selected; the eraser takes the first mask that its stroke touches, the selected one before others. [ and ] change the size, so does the wheel with Ctrl.
/// A stroke is one edit. The picture of 8 bits that is painted on lives as long as the mask is selected.
class BrushTool : public CanvasTool {
public:
    BrushTool(CanvasView& view, bool erases) : CanvasTool(view), m_erases(erases) {}

    void press(const CanvasPointer& at) override;
    void move(const CanvasPointer& at, bool pressed) override;
    void release(const CanvasPointer& at) override;
    /// A second stroke that follows quickly is a stroke, too.
    bool doubleClick(const CanvasPointer& at) override {
        press(at);
        return true;
    }
    bool key(const QKeyEvent& event) override;
    bool wheel(double notches, Qt::KeyboardModifiers modifiers) override;
    void paint(QPainter& painter) const override;
    QCursor cursor() const override { return Qt::BlankCursor; }
    bool cancel() override;

    /// In pixels of the picture, kept from one mask to the next.
    static double& diameter();

private:
    bool begin();
    bool findMask(QPointF from, QPointF to);
    void stroke(QPointF from, QPointF to);
    std::optional<CanvasShape> target() const;

    bool m_erases;
    bool m_painting = false;
    QImage m_grey;            ///< of the whole picture
    QRect m_covered;          ///< nothing of m_grey is covered outside of it
    QColor m_colour;
    QString m_target;         ///< the mask that is painted on; empty: a new one
    QPointF m_last;
    std::optional<QPointF> m_mouse;  ///< picture
};

}  // namespace lamina
