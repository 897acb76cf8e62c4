#include <cmath>

#include "core/engine/reference/indices.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace batch_norm_kernel {

/// Calls use(place in x) for every element of one channel.
template <class Use>
void forEachOfChannel(const AxisView& view, std::int64_t channel, Use&& use) {
    for (std::int64_t outer = 0; outer < view.outer; ++outer)
        for (std::int64_t inner = 0; inner < view.inner; ++inner) use((outer * view.size + channel) * view.inner + inner);
}

/// A batch with NaN or infinity must not spoil the statistics: the step that made it is thrown away, the states are not.
template <class T>
void moveTowards(T& running, double batch, double momentum) {
    if (std::isfinite(batch)) running = static_cast<T>(running + momentum * (batch - running));
}

template <class T>
void training(const Call& call, const StepContext&) {
    const auto& attributes = call.as<BatchNormAttributes>();
    const AxisView view(call.inShape(0), 1);
    const double count = static_cast<double>(view.outer * view.inner);
    const T* x = call.in<T>(0);
    for (std::int64_t c = 0; c < view.size; ++c) {
        double mean = 0, variance = 0;
        forEachOfChannel(view, c, [&](auto at) { mean += x[at]; });
        mean /= count;
        forEachOfChannel(view, c, [&](auto at) { variance += (x[at] - mean) * (x[at] - mean); });
        variance /= count;
        const double rstd = 1 / std::sqrt(variance + attributes.epsilon), gamma = call.in<T>(1)[c], beta = call.in<T>(2)[c];
        forEachOfChannel(view, c, [&](auto at) { call.out<T>()[at] = static_cast<T>(gamma * (x[at] - mean) * rstd + beta); });
        call.out<T>(1)[c] = static_cast<T>(mean);
        call.out<T>(2)[c] = static_cast<T>(rstd);
        moveTowards(call.in<T>(3)[c], mean, attributes.momentum);
        moveTowards(call.in<T>(4)[c], count > 1 ? variance * count / (count - 1) : variance, attributes.momentum);
    }
}

template <class T>
void inference(const Call& call, const StepContext&) {
    const AxisView view(call.inShape(0), 1);
    for (std::int64_t c = 0; c < view.size; ++c) {
        const double gamma = call.in<T>(1)[c], beta = call.in<T>(2)[c], mean = call.in<T>(3)[c], variance = call.in<T>(4)[c];
        const double factor = gamma / std::sqrt(variance + call.as<BatchNormAttributes>().epsilon);
        forEachOfChannel(view, c, [&](auto at) { call.out<T>()[at] = static_cast<T>((call.in<T>(0)[at] - mean) * factor + beta); });
    }
}

/// With xhat = (x - mean)·rstd: dbeta = Σ dy, dgamma = Σ dy·xhat, dx = gamma·rstd·(dy - dbeta/n - xhat·dgamma/n).
template <class T>
void backward(const Call& call, const StepContext&) {
    const AxisView view(call.inShape(0), 1);
    const double count = static_cast<double>(view.outer * view.inner);
    const T *x = call.in<T>(0), *dy = call.in<T>(1);
    for (std::int64_t c = 0; c < view.size; ++c) {
        const double gamma = call.in<T>(2)[c], mean = call.in<T>(3)[c], rstd = call.in<T>(4)[c];
        double dgamma = 0, dbeta = 0;
        forEachOfChannel(view, c, [&](auto at) {
            dbeta += dy[at];
            dgamma += dy[at] * (x[at] - mean) * rstd;
        });
        forEachOfChannel(view, c, [&](auto at) {
            call.out<T>()[at] = static_cast<T>(gamma * rstd * (dy[at] - dbeta / count - (x[at] - mean) * rstd * dgamma / count));
        });
        call.out<T>(1)[c] = static_cast<T>(dgamma);
        call.out<T>(2)[c] = static_cast<T>(dbeta);
    }
}

}  // namespace batch_norm_kernel

Kernels batchNormTraining() {
    using namespace batch_norm_kernel;
    return {training<float>, training<double>};
}
Kernels batchNormInference() {
    using namespace batch_norm_kernel;
    return {inference<float>, inference<double>};
}
Kernels batchNormBackward() {
    using namespace batch_norm_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
