#include <algorithm>

#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace pad_kernel {

template <class T>
void run(const Call& call, const StepContext&) {
    const auto& attributes = call.as<PadAttributes>();
    const Shape &from = call.inShape(0), &to = call.outShape();
    std::fill_n(call.out<T>(), elementCount(to), static_cast<T>(attributes.value));
    const std::int64_t count = elementCount(from);
    for (std::int64_t i = 0; i < count; ++i) {
        std::int64_t place = 0, rest = i, step = 1;
        for (std::size_t axis = from.size(); axis-- > 0; rest /= from[axis], step *= to[axis])
            place += (rest % from[axis] + attributes.before[axis]) * step;
        call.out<T>()[place] = call.in<T>(0)[i];
    }
}

}  // namespace pad_kernel

Kernels pad() {
    using namespace pad_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
