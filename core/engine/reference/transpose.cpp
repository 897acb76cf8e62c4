#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace transpose_kernel {

template <class T>
void run(const Call& call, const StepContext&) {
    const auto& axes = call.as<TransposeAttributes>().axes;
    const Shape &from = call.inShape(0), &to = call.outShape();
    std::vector<std::int64_t> steps(from.size(), 1);
    for (std::size_t axis = from.size(); axis-- > 1;) steps[axis - 1] = steps[axis] * from[axis];
    const std::int64_t count = elementCount(to);
    for (std::int64_t i = 0; i < count; ++i) {
        std::int64_t place = 0, rest = i;
        for (std::size_t axis = to.size(); axis-- > 0; rest /= to[axis]) place += rest % to[axis] * steps[static_cast<std::size_t>(axes[axis])];
        call.out<T>()[i] = call.in<T>(0)[place];
    }
}

}  // namespace transpose_kernel

Kernels transpose() {
    using namespace transpose_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
