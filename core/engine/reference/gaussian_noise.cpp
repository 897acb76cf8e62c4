#include "core/engine/reference/kernel.h"
#include "core/tensor/random.h"

namespace lamina::reference {

namespace gaussian_noise_kernel {

template <class T>
void run(const Call& call, const StepContext& context) {
    const auto& attributes = call.as<NoiseAttributes>();
    const RandomStream stream(context.seed, attributes.stream, context.step);
    const std::int64_t count = elementCount(call.outShape());
    const T deviation = static_cast<T>(attributes.deviation);
    for (std::int64_t i = 0; i < count; ++i)
        call.out<T>()[i] = call.in<T>(0)[i] + deviation * static_cast<T>(stream.normal(static_cast<std::uint64_t>(i)));
}

}  // namespace gaussian_noise_kernel

Kernels gaussianNoise() {
    using namespace gaussian_noise_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
