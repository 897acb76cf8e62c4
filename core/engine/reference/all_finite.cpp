#include <algorithm>
#include <cmath>

#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace all_finite_kernel {

template <class T>
void run(const Call& call, const StepContext&) {
    bool finite = true;
    for (std::size_t i = 0; i < call.inputs.size(); ++i) {
        const T* numbers = call.in<T>(i);
        finite = finite && std::all_of(numbers, numbers + elementCount(call.inShape(i)), [](T number) { return std::isfinite(number); });
    }
    *call.out<T>() = finite ? T(1) : T(0);
}

}  // namespace all_finite_kernel

Kernels allFinite() {
    using namespace all_finite_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
