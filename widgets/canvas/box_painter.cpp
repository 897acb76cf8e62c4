#include "widgets/canvas/box_painter.h"

#include <algorithm>
#include <cmath>

namespace lamina {

namespace {

constexpr double dashOn = 5, dashOff = 2;  // times the width of the line; as Qt paints {4, 3}, whose caps make dashes longer

struct PixelRange {
    int from = 0, to = 0;
};

/// The dashes of one side that can be seen, `from` its beginning `to` its end; the next side goes on where the pattern stands.
template <class Fill>
void dashSide(int from, int to, PixelRange seen, PixelRange dash, int& phase, Fill&& fill) {
    const int step = from <= to ? 1 : -1, length = std::abs(to - from), period = dash.to;
    const int first = std::max(0, step > 0 ? seen.from - from : from - seen.to), last = std::min(length, step > 0 ? seen.to - from : from - seen.from);
    for (int at = first - (first + phase) % period; at < last; at += period) {
        const int a = from + step * std::max(at, 0), b = from + step * std::min(at + dash.from, length);
        if ((b - a) * step > 0) fill(std::min(a, b), std::max(a, b));
    }
    phase = (phase + length) % period;
}

}  // namespace

int ScreenPixels::whole(double pixels) { return static_cast<int>(std::floor(std::clamp(pixels, -1e7, 1e7) + 0.5)); }

void paintBox(QPainter& painter, const QRectF& place, const BoxBorder& border, QColor fill) {
    const ScreenPixels screen(painter);
    const int width = std::max(1, static_cast<int>(std::lround(border.width * screen.ratio()))), outside = width / 2, inside = width - outside;
    const int left = screen.column(place.left()) - outside, top = screen.row(place.top()) - outside;
    const int right = std::max(screen.column(place.right()) + inside, left + width), bottom = std::max(screen.row(place.bottom()) + inside, top + width);
    const auto paint = [&](int l, int t, int r, int b, const QColor& colour) {
        if (l < r && t < b) painter.fillRect(screen.toView(l, t, r, b), colour);
    };
    if (fill.alpha() > 0) paint(left + width, top + width, right - width, bottom - width, fill);
    const auto across = [&](int y) { return [&paint, &border, y, width](int a, int b) { paint(a, y, b, y + width, border.colour); }; };
    const auto down = [&](int x) { return [&paint, &border, x, width](int a, int b) { paint(x, a, x + width, b, border.colour); }; };
    if (!border.dashed) {
        across(top)(left, right);
        across(bottom - width)(left, right);
        down(left)(top + width, bottom - width);
        down(right - width)(top + width, bottom - width);
        return;
    }
    const int on = std::max(2, static_cast<int>(std::lround(dashOn * border.width * screen.ratio())));
    const PixelRange dash{on, on + std::max(1, static_cast<int>(std::lround(dashOff * border.width * screen.ratio())))};
    const QPaintDevice& device = *painter.device();
    const PixelRange columns{screen.column(0), screen.column(device.width())}, rows{screen.row(0), screen.row(device.height())};
    int phase = 0;
    dashSide(left, right, columns, dash, phase, across(top));
    dashSide(top, bottom, rows, dash, phase, down(right - width));
    dashSide(right, left, columns, dash, phase, across(bottom - width));
    dashSide(bottom, top, rows, dash, phase, down(left));
}

}  // namespace lamina
