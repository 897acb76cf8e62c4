#include <algorithm>
#include <array>
#include <limits>

#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace reduce_kernel {

bool isReduced(const ReduceAttributes& attributes, std::size_t axis) {
    const auto& axes = attributes.axes;
    return axes.empty() || std::find(axes.begin(), axes.end(), static_cast<std::int64_t>(axis)) != axes.end();
}

/// The axes of x in two groups, each walked row-major: those that stay and those that are summed over.
struct Axes {
    std::array<std::int64_t, 8> size{}, step{};
    std::size_t axes = 0;
    std::int64_t count = 1;

    Axes(const Shape& x, const ReduceAttributes& attributes, bool reduced) {
        std::int64_t stride = 1;
        for (std::size_t axis = x.size(); axis-- > 0;) {
            if (isReduced(attributes, axis) == reduced) {
                size[axes] = x[axis];
                step[axes++] = stride;
                count *= x[axis];
            }
            stride *= x[axis];
        }
    }
    std::int64_t place(std::int64_t index) const {
        std::int64_t at = 0;
        for (std::size_t i = 0; i < axes; ++i) {
            at += index % size[i] * step[i];
            index /= size[i];
        }
        return at;
    }
};

/// NaN where any of them is, -∞ of none.
template <class T>
T largest(const T* x, const Axes& axes) {
    T result = -std::numeric_limits<T>::infinity();
    for (std::int64_t j = 0; j < axes.count; ++j) {
        const T number = x[axes.place(j)];
        if (number > result || number != number) result = number;
        if (result != result) break;
    }
    return result;
}

template <class T>
void run(const Call& call, const StepContext&) {
    const auto& attributes = call.as<ReduceAttributes>();
    const Axes kept(call.inShape(0), attributes, false), summed(call.inShape(0), attributes, true);
    for (std::int64_t i = 0; i < kept.count; ++i) {
        const T* const x = call.in<T>(0) + kept.place(i);
        if (attributes.kind == ReduceKind::Maximum) {
            call.out<T>()[i] = largest(x, summed);
            continue;
        }
        double sum = 0;
        for (std::int64_t j = 0; j < summed.count; ++j) sum += x[summed.place(j)];
        if (attributes.kind == ReduceKind::Mean) sum /= static_cast<double>(summed.count);
        call.out<T>()[i] = static_cast<T>(sum);
    }
}

}  // namespace reduce_kernel

Kernels reduce() {
    using namespace reduce_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
