#include <algorithm>

#include "core/engine/reference/indices.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace slice_kernel {

template <class T>
void run(const Call& call, const StepContext&) {
    const auto& attributes = call.as<AxisAttributes>();
    const AxisView whole(call.inShape(0), attributes.axis);
    const std::int64_t block = attributes.length * whole.inner;
    for (std::int64_t outer = 0; outer < whole.outer; ++outer)
        std::copy_n(call.in<T>(0) + (outer * whole.size + attributes.begin) * whole.inner, block, call.out<T>() + outer * block);
}

}  // namespace slice_kernel

Kernels slice() {
    using namespace slice_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
