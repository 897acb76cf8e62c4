#include <algorithm>

#include "core/engine/formulas/activations.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace conv2d_kernel {

/// Calls use(place in x, place in w, place in y) for every product of the convolution of x[N,C,H,W] with w to y; the three kernels
/// differ only in which of the three they sum into.
template <class Use>
void forEachProduct(const Shape& x, const Shape& w, const Shape& y, const WindowAttributes& window, Use&& use) {
    const std::int64_t outPerGroup = w[0] / window.groups;
    for (std::int64_t n = 0; n < y[0]; ++n)
        for (std::int64_t o = 0; o < y[1]; ++o)
            for (std::int64_t i = 0; i < y[2]; ++i)
                for (std::int64_t j = 0; j < y[3]; ++j)
                    for (std::int64_t c = 0; c < w[1]; ++c)
                        for (std::int64_t ki = 0; ki < w[2]; ++ki)
                            for (std::int64_t kj = 0; kj < w[3]; ++kj) {
                                const std::int64_t h = i * window.stride[0] + ki * window.dilation[0] - window.padding[0];
                                const std::int64_t v = j * window.stride[1] + kj * window.dilation[1] - window.padding[1];
                                if (h < 0 || h >= x[2] || v < 0 || v >= x[3]) continue;
                                const std::int64_t channel = o / outPerGroup * w[1] + c;
                                use(((n * x[1] + channel) * x[2] + h) * x[3] + v, ((o * w[1] + c) * w[2] + ki) * w[3] + kj,
                                    ((n * y[1] + o) * y[2] + i) * y[3] + j);
                            }
}

template <class T>
void forward(const Call& call, const StepContext&) {
    const auto& window = call.as<WindowAttributes>();
    const Shape& shape = call.outShape();
    const Operand<T> left(call, 0, window.precision), right(call, 1, window.precision);
    const T *x = left.data(), *w = right.data();
    T* y = call.out<T>();
    const std::int64_t count = elementCount(shape), area = shape[2] * shape[3];
    for (std::int64_t i = 0; i < count; ++i) y[i] = window.bias ? call.in<T>(2)[i / area % shape[1]] : T(0);
    forEachProduct(call.inShape(0), call.inShape(1), shape, window, [&](auto atX, auto atW, auto atY) { y[atY] += x[atX] * w[atW]; });
    if (window.activation)
        formulas::dispatchUnary(*window.activation, [&](auto formula) {
            for (std::int64_t i = 0; i < count; ++i) y[i] = formula.forward(y[i], static_cast<T>(window.activationAlpha));
        });
}

template <class T>
void backwardData(const Call& call, const StepContext&) {
    const auto& window = call.as<WindowAttributes>();
    const Operand<T> left(call, 0, window.precision), right(call, 1, window.precision);
    const T *dy = left.data(), *w = right.data();
    T* dx = call.out<T>();
    std::fill_n(dx, elementCount(call.outShape()), T(0));
    forEachProduct(call.outShape(), call.inShape(1), call.inShape(0), window,
                   [&](auto atX, auto atW, auto atY) { dx[atX] += dy[atY] * w[atW]; });
}

template <class T>
void backwardWeights(const Call& call, const StepContext&) {
    const auto& window = call.as<WindowAttributes>();
    const Operand<T> left(call, 0, window.precision), right(call, 1, window.precision);
    const T *x = left.data(), *dy = right.data();
    T* dw = call.out<T>();
    std::fill_n(dw, elementCount(call.outShape()), T(0));
    forEachProduct(call.inShape(0), call.outShape(), call.inShape(1), window,
                   [&](auto atX, auto atW, auto atY) { dw[atW] += x[atX] * dy[atY]; });
}

}  // namespace conv2d_kernel

Kernels conv2d() {
    using namespace conv2d_kernel;
    return {forward<float>, forward<double>};
}
Kernels conv2dBackwardData() {
    using namespace conv2d_kernel;
    return {backwardData<float>, backwardData<double>};
}
Kernels conv2dBackwardWeights() {
    using namespace conv2d_kernel;
    return {backwardWeights<float>, backwardWeights<double>};
}

}  // namespace lamina::reference
