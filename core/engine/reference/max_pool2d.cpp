#include <algorithm>

#include "core/engine/reference/kernel.h"
#include "core/engine/reference/pool2d.h"

namespace lamina::reference {

namespace max_pool2d_kernel {

/// The place in the plane that wins: the first of the largest; a NaN wins over everything, so that it is seen later.
template <class T>
std::int64_t winner(const T* plane, const Shape& x, const WindowAttributes& window, std::int64_t row, std::int64_t column) {
    std::int64_t best = -1;
    forEachPlace(x, window, row, column, [&](std::int64_t place) {
        const bool already = best >= 0 && !(plane[place] > plane[best]) && (plane[place] == plane[place] || plane[best] != plane[best]);
        if (!already) best = place;
    });
    return best;
}

template <class T>
void forward(const Call& call, const StepContext&) {
    const auto& window = call.as<WindowAttributes>();
    const Shape& x = call.inShape(0);
    forEachWindow(x, call.outShape(), window, [&](auto at, auto plane, auto row, auto column) {
        const T* numbers = call.in<T>(0) + plane;
        const std::int64_t best = winner(numbers, x, window, row, column);
        call.out<T>()[at] = numbers[best];
    });
}

template <class T>
void backward(const Call& call, const StepContext&) {
    const auto& window = call.as<WindowAttributes>();
    const Shape& x = call.outShape();
    T* dx = call.out<T>();
    std::fill_n(dx, elementCount(x), T(0));
    forEachWindow(x, call.inShape(2), window, [&](auto at, auto plane, auto row, auto column) {
        dx[plane + winner(call.in<T>(0) + plane, x, window, row, column)] += call.in<T>(2)[at];
    });
}

}  // namespace max_pool2d_kernel

Kernels maxPool2d() {
    using namespace max_pool2d_kernel;
    return {forward<float>, forward<double>};
}
Kernels maxPool2dBackward() {
    using namespace max_pool2d_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
