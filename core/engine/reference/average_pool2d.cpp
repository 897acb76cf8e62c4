#include <algorithm>

#include "core/engine/reference/kernel.h"
#include "core/engine/reference/pool2d.h"

namespace lamina::reference {

namespace average_pool2d_kernel {

/// How many places a window's sum is divided by. The number of windows is rounded down, so each lies inside the padded image as a whole.
std::int64_t divisor(const Shape& x, const WindowAttributes& window, std::int64_t row, std::int64_t column) {
    if (window.countPadding) return window.kernel[0] * window.kernel[1];
    std::int64_t places = 0;
    forEachPlace(x, window, row, column, [&](std::int64_t) { ++places; });
    return places;
}

template <class T>
void forward(const Call& call, const StepContext&) {
    const auto& window = call.as<WindowAttributes>();
    const Shape& x = call.inShape(0);
    forEachWindow(x, call.outShape(), window, [&](auto at, auto plane, auto row, auto column) {
        double sum = 0;
        forEachPlace(x, window, row, column, [&](std::int64_t place) { sum += call.in<T>(0)[plane + place]; });
        call.out<T>()[at] = static_cast<T>(sum / static_cast<double>(divisor(x, window, row, column)));
    });
}

template <class T>
void backward(const Call& call, const StepContext&) {
    const auto& window = call.as<WindowAttributes>();
    const Shape& x = call.outShape();
    T* dx = call.out<T>();
    std::fill_n(dx, elementCount(x), T(0));
    forEachWindow(x, call.inShape(0), window, [&](auto at, auto plane, auto row, auto column) {
        const T share = call.in<T>(0)[at] / static_cast<T>(divisor(x, window, row, column));
        forEachPlace(x, window, row, column, [&](std::int64_t place) { dx[plane + place] += share; });
    });
}

}  // namespace average_pool2d_kernel

Kernels averagePool2d() {
    using namespace average_pool2d_kernel;
    return {forward<float>, forward<double>};
}
Kernels averagePool2dBackward() {
    using namespace average_pool2d_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
