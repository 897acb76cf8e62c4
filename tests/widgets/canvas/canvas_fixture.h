// A canvas with a picture on it, and hands for it.
#pragma once

#include "widgets/canvas/canvas_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>

namespace lamina {

/// A view on a picture of 400 × 300 pixels, shown one to one at (50, 50), and what it tells.
class CanvasViewTest : public testing::Test {
protected:
    CanvasViewTest() {
        view.resize(500, 400);
        QImage picture(400, 300, QImage::Format_RGB32);
        picture.fill(QColor(90, 120, 90));
        view.setPicture(std::make_shared<PicturePyramid>(picture), picture.size());
        view.setZoom(1);
        view.showPlace({200, 150});
        view.setLabel({"screw", QColor(200, 60, 0), {}, {}});
        QObject::connect(&view, &CanvasView::edited, [this](const CanvasEdit& edit) { edits.push_back(edit); });
        QObject::connect(&view, &CanvasView::accepted, [this] { ++accepted; });
        view.show();
    }

    QPoint at(double x, double y) const { return view.transform().toView(QPointF(x, y)).toPoint(); }
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(&view, Qt::LeftButton, modifiers, at(from.x(), from.y()));
        send(QEvent::MouseMove, (from + to) / 2, modifiers);
        send(QEvent::MouseMove, to, modifiers);
        QTest::mouseRelease(&view, Qt::LeftButton, modifiers, at(to.x(), to.y()));
    }
    void send(QEvent::Type type, QPointF picture, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButtons buttons = Qt::LeftButton) {
        const QPointF place = view.transform().toView(picture);
        QMouseEvent event(type, place, view.mapToGlobal(place), Qt::NoButton, buttons, modifiers);
        QApplication::sendEvent(&view, &event);
    }
    void click(QPointF where, Qt::KeyboardModifiers modifiers = {}) { QTest::mouseClick(&view, Qt::LeftButton, modifiers, at(where.x(), where.y())); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers); }
    CanvasShape box(const char* id, double left, double top, double right, double bottom) {
        return {id, boxShape("screw", left, top, right, bottom), QColor(200, 60, 0), "screw", false, false, false};
    }
    void look(const char* name) {
        const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
        if (!folder.isEmpty()) view.grab().save(folder + "/canvas_" + name + ".png");
    }

    CanvasView view;
    std::vector<CanvasEdit> edits;
    int accepted = 0;
};

}  // namespace lamina
