#include <algorithm>

#include "core/engine/formulas/indices.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace gather_kernel {

/// Calls use(place, row) for every index; row is -1 where it lies outside.
template <class T, class Use>
void forEachIndex(const Call& call, std::size_t input, std::int64_t rows, Use&& use) {
    const std::int64_t count = elementCount(call.inShape(input));
    const bool whole = call.graph->value(call.op->inputs[input]).type == DType::Int32;
    for (std::int64_t i = 0; i < count; ++i)
        use(i, whole ? formulas::rowOf(call.in<std::int32_t>(input)[i], rows) : formulas::rowOf(call.in<T>(input)[i], rows));
}

template <class T>
void forward(const Call& call, const StepContext&) {
    const std::int64_t rows = call.inShape(0)[0], width = call.inShape(0)[1];
    std::fill_n(call.out<T>(), elementCount(call.outShape()), T(0));
    forEachIndex<T>(call, 1, rows, [&](std::int64_t i, std::int64_t row) {
        if (row >= 0) std::copy_n(call.in<T>(0) + row * width, width, call.out<T>() + i * width);
    });
}

template <class T>
void backward(const Call& call, const StepContext&) {
    const std::int64_t rows = call.outShape()[0], width = call.outShape()[1];
    std::vector<double> sums(static_cast<std::size_t>(rows * width), 0);
    forEachIndex<T>(call, 0, rows, [&](std::int64_t i, std::int64_t row) {
        if (row < 0) return;
        for (std::int64_t j = 0; j < width; ++j) sums[static_cast<std::size_t>(row * width + j)] += call.in<T>(1)[i * width + j];
    });
    std::transform(sums.begin(), sums.end(), call.out<T>(), [](double sum) { return static_cast<T>(sum); });
}

template <class T>
void marks(const Call& call, const StepContext&) {
    const std::int64_t classes = call.as<AxisAttributes>().length;
    std::fill_n(call.out<T>(), elementCount(call.outShape()), T(0));
    forEachIndex<T>(call, 0, classes, [&](std::int64_t i, std::int64_t row) {
        if (row >= 0) call.out<T>()[i * classes + row] = T(1);
    });
}

}  // namespace gather_kernel

Kernels gather() {
    using namespace gather_kernel;
    return {forward<float>, forward<double>};
}
Kernels gatherBackward() {
    using namespace gather_kernel;
    return {backward<float>, backward<double>};
}
Kernels oneHot() {
    using namespace gather_kernel;
    return {marks<float>, marks<double>};
}

}  // namespace lamina::reference
