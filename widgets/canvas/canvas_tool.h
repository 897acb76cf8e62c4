// What the mouse and the keys do on a canvas: one class per tool, in tools/, one file each, and a line in tools.cmake.
#pragma once

#include <QCursor>
#include <QKeyEvent>
#include <QPainter>
#include <QPointF>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/annotation/annotation.h"

namespace lamina {

class CanvasView;

/// The mouse as tools see it.
struct CanvasPointer {
    QPointF view;     ///< where it is in the widget
    QPointF picture;  ///< the same place in pixels of the picture; may lie outside of it
    Qt::KeyboardModifiers modifiers;
    bool right = false;  ///< the right button, where the tool takes it
};

/// Gets the left button (the right one too, where it says so), moves, and the keys that the view does not need itself. Lives while it is chosen. GUI thread.
class CanvasTool {
public:
    explicit CanvasTool(CanvasView& view) : m_view(view) {}
    virtual ~CanvasTool() = default;
    CanvasTool(const CanvasTool&) = delete;
    CanvasTool& operator=(const CanvasTool&) = delete;

    virtual void press(const CanvasPointer&) {}
    /// With or without a button; `pressed`: the left one.
    virtual void move(const CanvasPointer&, bool pressed) { static_cast<void>(pressed); }
    virtual void release(const CanvasPointer&) {}
    /// The second press of a double click, which press() is not told. True: moves and the release that follow belong to it, as after press().
    virtual bool doubleClick(const CanvasPointer&) { return false; }
    /// True: the key is used up.
    virtual bool key(const QKeyEvent&) { return false; }
    /// Needs this key now, whatever else it is bound to; while something is half drawn, the keys for that belong to it anyway.
    virtual bool needsKey(const QKeyEvent&) const { return false; }
    /// Notches of the wheel, away from the person positive. True: the view does not zoom.
    virtual bool wheel(double notches, Qt::KeyboardModifiers modifiers) {
        static_cast<void>(notches), static_cast<void>(modifiers);
        return false;
    }
    /// Over the shapes, in view coordinates.
    virtual void paint(QPainter&) const {}
    virtual QCursor cursor() const { return Qt::CrossCursor; }

    /// What is half drawn: kept by the owner of the view, so that a crash costs a second of it; given back by restore().
    virtual std::optional<AnnotationShape> draft() const { return {}; }
    virtual void restore(const AnnotationShape&) {}
    /// Drops what is half drawn. True: there was something.
    virtual bool cancel() { return false; }
    /// Space was tapped. True: it is used up, and does not accept the picture.
    virtual bool accept() { return false; }
    /// At this moment; else the right button opens a menu.
    virtual bool takesRightButton() const { return false; }

protected:
    CanvasView& view() const { return m_view; }

private:
    CanvasView& m_view;
};

struct CanvasToolType {
    std::string name;         ///< "box"
    const char* icon;         ///< of resources/icons
    const char* title;        ///< QT_TRANSLATE_NOOP("CanvasTool", …)
    const char* help;         ///< a sentence: how it is used
    const char* key;          ///< its usual key, "R"
    std::optional<ShapeKind> makes;
    std::unique_ptr<CanvasTool> (*make)(CanvasView&);
};

/// In the order in which they are shown; the first is the one that selects.
const std::vector<const CanvasToolType*>& canvasTools();
/// nullptr: there is none of this name.
const CanvasToolType* canvasTool(const std::string& name);

}  // namespace lamina
