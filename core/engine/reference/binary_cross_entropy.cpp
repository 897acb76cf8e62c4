#include <algorithm>
#include <cmath>

#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace binary_cross_entropy_kernel {

template <class T>
void forward(const Call& call, const StepContext&) {
    const std::int64_t count = elementCount(call.inShape(0));
    double loss = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const double z = call.in<T>(0)[i], t = call.in<T>(1)[i];
        loss += std::max(z, 0.0) - z * t + std::log1p(std::exp(-std::abs(z)));
    }
    *call.out<T>() = static_cast<T>(loss / static_cast<double>(count));
}

template <class T>
void backward(const Call& call, const StepContext&) {
    const std::int64_t count = elementCount(call.inShape(0));
    const double factor = static_cast<double>(*call.in<T>(2)) / static_cast<double>(count);
    for (std::int64_t i = 0; i < count; ++i) {
        const double z = call.in<T>(0)[i], t = call.in<T>(1)[i];
        call.out<T>()[i] = static_cast<T>((1 / (1 + std::exp(-z)) - t) * factor);
    }
}

}  // namespace binary_cross_entropy_kernel

Kernels binaryCrossEntropy() {
    using namespace binary_cross_entropy_kernel;
    return {forward<float>, forward<double>};
}
Kernels binaryCrossEntropyBackward() {
    using namespace binary_cross_entropy_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
