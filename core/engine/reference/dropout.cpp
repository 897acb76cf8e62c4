#include "core/engine/reference/kernel.h"
#include "core/tensor/random.h"

namespace lamina::reference {

namespace dropout_kernel {

template <class T>
void run(const Call& call, const StepContext& context) {
    const auto& attributes = call.as<DropoutAttributes>();
    const RandomStream stream(context.seed, attributes.stream, context.step);
    const std::int64_t count = elementCount(call.outShape());
    const T kept = static_cast<T>(1 / (1 - attributes.rate));
    const float rate = static_cast<float>(attributes.rate);
    for (std::int64_t i = 0; i < count; ++i)
        call.out<T>()[i] = stream.uniform(static_cast<std::uint64_t>(i)) >= rate ? call.in<T>(0)[i] * kept : T(0);
}

}  // namespace dropout_kernel

Kernels dropout() {
    using namespace dropout_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
