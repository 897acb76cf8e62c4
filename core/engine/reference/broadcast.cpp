#include "core/engine/reference/indices.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace broadcast_kernel {

template <class T>
void run(const Call& call, const StepContext&) {
    const BroadcastIndex at(call.inShape(0), call.outShape());
    const std::int64_t count = elementCount(call.outShape());
    for (std::int64_t i = 0; i < count; ++i) call.out<T>()[i] = call.in<T>(0)[at(i)];
}

}  // namespace broadcast_kernel

Kernels broadcast() {
    using namespace broadcast_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
