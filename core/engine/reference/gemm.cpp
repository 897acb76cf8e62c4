#include "core/engine/formulas/activations.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace gemm_kernel {

template <class T>
void run(const Call& call, const StepContext&) {
    const auto& attributes = call.as<GemmAttributes>();
    const bool ta = attributes.transposeA, tb = attributes.transposeB;
    const std::int64_t rows = call.outShape()[0], columns = call.outShape()[1], inner = call.inShape(0)[ta ? 0 : 1];
    const Operand<T> left(call, 0, attributes.precision), right(call, 1, attributes.precision);
    const T *a = left.data(), *b = right.data(), *bias = attributes.bias ? call.in<T>(2) : nullptr;
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j) {
            double sum = bias ? bias[j] : 0;
            for (std::int64_t k = 0; k < inner; ++k)
                sum += static_cast<double>(a[ta ? k * rows + i : i * inner + k]) * b[tb ? j * inner + k : k * columns + j];
            call.out<T>()[i * columns + j] = static_cast<T>(sum);
        }
    if (attributes.activation)
        formulas::dispatchUnary(*attributes.activation, [&](auto formula) {
            for (T *y = call.out<T>(), *end = y + rows * columns; y < end; ++y) *y = formula.forward(*y, static_cast<T>(attributes.activationAlpha));
        });
}

}  // namespace gemm_kernel

Kernels gemm() {
    using namespace gemm_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
