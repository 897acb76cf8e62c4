#include <algorithm>
#include <cmath>

#include "core/engine/reference/indices.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace softmax_kernel {

/// Calls use(first place) for every line along the axis; its places are view.inner apart.
template <class Use>
void forEachLine(const AxisView& view, Use&& use) {
    for (std::int64_t outer = 0; outer < view.outer; ++outer)
        for (std::int64_t inner = 0; inner < view.inner; ++inner) use(outer * view.size * view.inner + inner);
}

template <class T>
void forward(const Call& call, const StepContext&) {
    const AxisView view(call.inShape(0), call.as<AxisAttributes>().axis);
    if (view.size == 0) return;
    forEachLine(view, [&](std::int64_t first) {
        const T* x = call.in<T>(0) + first;
        T* y = call.out<T>() + first;
        T largest = x[0];
        for (std::int64_t i = 1; i < view.size; ++i) largest = std::max(largest, x[i * view.inner]);
        double sum = 0;
        for (std::int64_t i = 0; i < view.size; ++i) sum += std::exp(static_cast<double>(x[i * view.inner]) - largest);
        for (std::int64_t i = 0; i < view.size; ++i)
            y[i * view.inner] = static_cast<T>(std::exp(static_cast<double>(x[i * view.inner]) - largest) / sum);
    });
}

/// x - max - log Σ exp(x - max)
template <class T>
void logarithm(const Call& call, const StepContext&) {
    const AxisView view(call.inShape(0), call.as<AxisAttributes>().axis);
    if (view.size == 0) return;
    forEachLine(view, [&](std::int64_t first) {
        const T* x = call.in<T>(0) + first;
        T largest = x[0];
        for (std::int64_t i = 1; i < view.size; ++i) largest = std::max(largest, x[i * view.inner]);
        double sum = 0;
        for (std::int64_t i = 0; i < view.size; ++i) sum += std::exp(static_cast<double>(x[i * view.inner]) - largest);
        for (std::int64_t i = 0; i < view.size; ++i)
            call.out<T>()[first + i * view.inner] = static_cast<T>(static_cast<double>(x[i * view.inner]) - largest - std::log(sum));
    });
}

/// dx = y · (dy - Σ y·dy)
template <class T>
void backward(const Call& call, const StepContext&) {
    const AxisView view(call.inShape(0), call.as<AxisAttributes>().axis);
    forEachLine(view, [&](std::int64_t first) {
        const T *y = call.in<T>(0) + first, *dy = call.in<T>(1) + first;
        double sum = 0;
        for (std::int64_t i = 0; i < view.size; ++i) sum += static_cast<double>(y[i * view.inner]) * dy[i * view.inner];
        for (std::int64_t i = 0; i < view.size; ++i)
            call.out<T>()[first + i * view.inner] = static_cast<T>(y[i * view.inner] * (dy[i * view.inner] - sum));
    });
}

}  // namespace softmax_kernel

Kernels softmax() {
    using namespace softmax_kernel;
    return {forward<float>, forward<double>};
}
Kernels logSoftmax() {
    using namespace softmax_kernel;
    return {logarithm<float>, logarithm<double>};
}
Kernels softmaxBackward() {
    using namespace softmax_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
