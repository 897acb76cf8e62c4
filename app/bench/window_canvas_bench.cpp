#include "app/bench/window_canvas_bench.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

#include "widgets/canvas/canvas_view.h"

namespace lamina::bench {
namespace {

constexpr int canvasFrames = 120;

QImage photo24() {
    QImage photo(6000, 4000, QImage::Format_RGB32);
    for (int y = 0; y < photo.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(photo.scanLine(y));
        for (int x = 0; x < photo.width(); ++x) line[x] = qRgb((x * 7 + y) & 255, (x + y * 3) & 255, (x ^ y) & 255);
    }
    return photo;
}

std::vector<CanvasShape> shapes500() {
    std::vector<CanvasShape> shapes;
    for (int i = 0; i < 500; ++i) {
        const double x = 230.0 * (i % 25) + 60, y = 190.0 * (i / 25) + 60;
        AnnotationShape shape = boxShape("cell", x, y, x + 170, y + 140);
        if (i % 25 == 0) {  // 20 polygons of 400 points
            shape.kind = ShapeKind::Polygon;
            shape.parts = {{}};
            for (int p = 0; p < 400; ++p) {
                const double angle = p * 0.0157079632679, radius = 60 + 25 * std::sin(angle * 9);
                shape.parts[0].push_back({x + 85 + radius * std::cos(angle), y + 70 + radius * std::sin(angle)});
            }
        }
        shapes.push_back({QString::number(i), std::move(shape), QColor::fromHsv(i * 37 % 360, 200, 220), "cell", i % 7 == 0, false, false});
    }
    return shapes;
}

/// A change and its painting; in milliseconds.
template <class Change>
std::vector<double> canvasTimes(CanvasView& view, Change change) {
    std::vector<double> times;
    QElapsedTimer clock;
    for (int i = 0; i < canvasFrames; ++i) {
        clock.start();
        change(i);
        view.repaint();
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    return times;
}

void sendMouse(CanvasView& view, QEvent::Type type, QPointF place, Qt::MouseButton button) {
    const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : button;
    QMouseEvent event(type, place, view.mapToGlobal(place), type == QEvent::MouseMove ? Qt::NoButton : button, held, Qt::NoModifier);
    QApplication::sendEvent(&view, &event);
}

std::vector<double> panTimes(CanvasView& view, double zoom) {
    view.setZoom(zoom);
    view.showPlace({3000, 2000});
    QPointF place(640, 400);
    sendMouse(view, QEvent::MouseButtonPress, place, Qt::MiddleButton);
    auto times = canvasTimes(view, [&](int i) { sendMouse(view, QEvent::MouseMove, place += QPointF(i % 40 < 20 ? 12 : -12, i % 3 - 1), Qt::MiddleButton); });
    sendMouse(view, QEvent::MouseButtonRelease, place, Qt::MiddleButton);
    return times;
}

std::vector<double> zoomTimes(CanvasView& view) {
    return canvasTimes(view, [&](int i) { view.setZoom(0.12 * std::pow(30, i / static_cast<double>(canvasFrames)), QPointF(500, 300)); });
}

std::vector<double> dragTimes(CanvasView& view) {
    view.fit();
    const auto box = boundsOf(view.shapes()[262].shape);
    QPointF place = view.transform().toView(QPointF((box.left + box.right) / 2, (box.top + box.bottom) / 2));
    sendMouse(view, QEvent::MouseButtonPress, place, Qt::LeftButton);
    auto times = canvasTimes(view, [&](int i) { sendMouse(view, QEvent::MouseMove, place += QPointF(i % 40 < 20 ? 3 : -3, 1), Qt::LeftButton); });
    sendMouse(view, QEvent::MouseButtonRelease, place, Qt::LeftButton);
    return times;
}

double canvasPercentile(std::vector<double> times, double part) {
    std::sort(times.begin(), times.end());
    return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
}

}  // namespace

Figure measureCanvas() {
    CanvasView view;
    view.resize(1280, 800);
    QElapsedTimer clock;
    clock.start();
    const auto pyramid = std::make_shared<PicturePyramid>(photo24());
    const double made = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    view.setPicture(pyramid, pyramid->size());
    view.setShapes(shapes500());
    view.show();
    QApplication::processEvents();
    Figure figure{"canvas_24mp_500_frame_ms", {}, {}};
    figure.lines.push_back(line("%-22s %.0f ms (in a background thread)", "picture made ready", made));
    std::vector<double> all;
    const std::pair<const char*, std::vector<double>> parts[] = {
        {"panning at 1:8", panTimes(view, 0.125)}, {"panning at 1:1", panTimes(view, 1)}, {"zooming", zoomTimes(view)}, {"dragging a shape", dragTimes(view)}};
    for (const auto& [name, times] : parts) {
        figure.lines.push_back(line("%-22s median %5.1f ms, 95 %% below %5.1f ms", name, canvasPercentile(times, 0.5), canvasPercentile(times, 0.95)));
        all.insert(all.end(), times.begin(), times.end());
    }
    figure.value = canvasPercentile(all, 0.95);
    return figure;
}

}  // namespace lamina::bench
