#include <cmath>

#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace layer_norm_kernel {

template <class T>
void forward(const Call& call, const StepContext&) {
    const auto& attributes = call.as<LayerNormAttributes>();
    const std::int64_t rows = call.inShape(0)[0], size = call.inShape(0)[1];
    const T* gamma = attributes.affine ? call.in<T>(1) : nullptr;
    const T* beta = attributes.affine && attributes.centered ? call.in<T>(2) : nullptr;
    for (std::int64_t row = 0; row < rows; ++row) {
        const T* x = call.in<T>(0) + row * size;
        double mean = 0, variance = 0;
        if (attributes.centered) {
            for (std::int64_t i = 0; i < size; ++i) mean += x[i];
            mean /= static_cast<double>(size);
        }
        for (std::int64_t i = 0; i < size; ++i) variance += (x[i] - mean) * (x[i] - mean);
        const double rstd = 1 / std::sqrt(variance / static_cast<double>(size) + attributes.epsilon);
        for (std::int64_t i = 0; i < size; ++i)
            call.out<T>()[row * size + i] = static_cast<T>((x[i] - mean) * rstd * (gamma ? gamma[i] : 1) + (beta ? beta[i] : 0));
        call.out<T>(1)[row] = static_cast<T>(mean);
        call.out<T>(2)[row] = static_cast<T>(rstd);
    }
}

/// With xhat = (x - mean)·rstd and g = dy·gamma: dx = rstd·(g - mean(g) - xhat·mean(g·xhat)), without mean(g) where not centered.
template <class T>
void backwardRow(const T* x, const T* dy, const T* gamma, double mean, double rstd, bool centered, std::int64_t size, T* dx) {
    double sum = 0, product = 0;
    for (std::int64_t i = 0; i < size; ++i) {
        const double g = static_cast<double>(dy[i]) * (gamma ? gamma[i] : 1);
        sum += centered ? g : 0;
        product += g * (x[i] - mean) * rstd;
    }
    const double count = static_cast<double>(size);
    for (std::int64_t i = 0; i < size; ++i) {
        const double g = static_cast<double>(dy[i]) * (gamma ? gamma[i] : 1);
        dx[i] = static_cast<T>(rstd * (g - sum / count - (x[i] - mean) * rstd * product / count));
    }
}

template <class T>
void backward(const Call& call, const StepContext&) {
    const auto& attributes = call.as<LayerNormAttributes>();
    const std::int64_t rows = call.inShape(0)[0], size = call.inShape(0)[1];
    const T *x = call.in<T>(0), *dy = call.in<T>(1), *mean = call.in<T>(2), *rstd = call.in<T>(3);
    const T* gamma = attributes.affine ? call.in<T>(4) : nullptr;
    for (std::int64_t row = 0; row < rows; ++row)
        backwardRow(x + row * size, dy + row * size, gamma, static_cast<double>(mean[row]), static_cast<double>(rstd[row]), attributes.centered, size,
                    call.out<T>() + row * size);
    if (!attributes.affine) return;
    for (std::int64_t i = 0; i < size; ++i) {
        double dgamma = 0, dbeta = 0;
        for (std::int64_t row = 0; row < rows; ++row) {
            const double d = dy[row * size + i];
            dgamma += d * (static_cast<double>(x[row * size + i]) - mean[row]) * rstd[row];
            dbeta += d;
        }
        call.out<T>(1)[i] = static_cast<T>(dgamma);
        if (attributes.centered) call.out<T>(2)[i] = static_cast<T>(dbeta);
    }
}

}  // namespace layer_norm_kernel

Kernels layerNorm() {
    using namespace layer_norm_kernel;
    return {forward<float>, forward<double>};
}
Kernels layerNormBackward() {
    using namespace layer_norm_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
