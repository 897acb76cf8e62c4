#include <algorithm>
#include <cmath>

#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace cross_entropy_kernel {

template <class T>
double logSumExp(const T* row, std::int64_t classes) {
    const double largest = *std::max_element(row, row + classes);
    double sum = 0;
    for (std::int64_t c = 0; c < classes; ++c) sum += std::exp(row[c] - largest);
    return largest + std::log(sum);
}

template <class T>
void forward(const Call& call, const StepContext&) {
    const std::int64_t rows = call.inShape(0)[0], classes = call.inShape(0)[1];
    double loss = 0;
    for (std::int64_t n = 0; n < rows; ++n) {
        const T* row = call.in<T>(0) + n * classes;
        const std::int32_t label = call.in<std::int32_t>(1)[n];
        if (label >= 0 && label < classes) loss += logSumExp(row, classes) - row[label];
    }
    *call.out<T>() = static_cast<T>(loss / static_cast<double>(rows));
}

template <class T>
void backward(const Call& call, const StepContext&) {
    const std::int64_t rows = call.inShape(0)[0], classes = call.inShape(0)[1];
    const double factor = static_cast<double>(*call.in<T>(2)) / static_cast<double>(rows);
    for (std::int64_t n = 0; n < rows; ++n) {
        const T* row = call.in<T>(0) + n * classes;
        T* dRow = call.out<T>() + n * classes;
        const std::int32_t label = call.in<std::int32_t>(1)[n];
        std::fill_n(dRow, classes, T(0));
        if (label < 0 || label >= classes) continue;
        const double all = logSumExp(row, classes);
        for (std::int64_t c = 0; c < classes; ++c) dRow[c] = static_cast<T>((std::exp(row[c] - all) - (c == label ? 1 : 0)) * factor);
    }
}

}  // namespace cross_entropy_kernel

Kernels crossEntropy() {
    using namespace cross_entropy_kernel;
    return {forward<float>, forward<double>};
}
Kernels crossEntropyBackward() {
    using namespace cross_entropy_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
