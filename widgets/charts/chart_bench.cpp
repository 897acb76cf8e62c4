#include "widgets/charts/chart_bench.h"

#include <QPixmap>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <vector>

#include "widgets/charts/curves_plot.h"
#include "widgets/charts/curves_view.h"

namespace lamina {
namespace {

constexpr int curveCount = 4, pointsPerFrame = 5;

/// A falling curve with noise that is the same every time.
CurvePoint pointOf(int curve, int index) {
    const double noise = std::sin(index * 12.9898 + curve) * 43758.5453;
    const double step = index;
    return {step, step / 1000, step / 50, 2.0 / (1 + step / 5000) + 0.2 * curve + 0.3 * (noise - std::floor(noise))};
}

void appendPoints(CurvesView& view, const std::vector<int>& ids, int from, int count) {
    std::vector<CurvePoint> points(static_cast<std::size_t>(count));
    for (std::size_t c = 0; c < ids.size(); ++c) {
        for (int i = 0; i < count; ++i) points[static_cast<std::size_t>(i)] = pointOf(static_cast<int>(c), from + i);
        view.append(ids[c], points);
    }
}

/// Of this thread alone: other programs do not count.
double processorMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

}  // namespace

double chartFrameMilliseconds(int points, int frames) {
    CurvesView view;
    view.resize(1200, 600);
    std::vector<int> ids;
    for (int c = 0; c < curveCount; ++c) ids.push_back(view.addCurve({QString::number(c), c, c % 2 == 1}));
    appendPoints(view, ids, 0, points);
    view.show();
    QPixmap picture(view.size());
    view.render(&picture);
    std::vector<double> times;
    for (int frame = 0; frame < frames; ++frame) {
        const double begun = processorMilliseconds();
        appendPoints(view, ids, points + frame * pointsPerFrame, pointsPerFrame);
        view.refreshNow();
        view.render(&picture);
        times.push_back(processorMilliseconds() - begun);
    }
    std::nth_element(times.begin(), times.begin() + frames / 2, times.end());
    return times[static_cast<std::size_t>(frames / 2)];
}

}  // namespace lamina
