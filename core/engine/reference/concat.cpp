#include <algorithm>

#include "core/engine/reference/indices.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace concat_kernel {

template <class T>
void run(const Call& call, const StepContext&) {
    const std::int64_t axis = call.as<AxisAttributes>().axis;
    const AxisView whole(call.outShape(), axis);
    std::int64_t begin = 0;
    for (std::size_t part = 0; part < call.inputs.size(); ++part) {
        const std::int64_t size = call.inShape(part)[static_cast<std::size_t>(axis)], block = size * whole.inner;
        for (std::int64_t outer = 0; outer < whole.outer; ++outer)
            std::copy_n(call.in<T>(part) + outer * block, block, call.out<T>() + (outer * whole.size + begin) * whole.inner);
        begin += size;
    }
}

}  // namespace concat_kernel

Kernels concat() {
    using namespace concat_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
