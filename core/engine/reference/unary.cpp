#include "core/engine/formulas/activations.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace unary_kernel {

template <class T>
void forward(const Call& call, const StepContext&) {
    const auto& attributes = call.as<UnaryAttributes>();
    const std::int64_t count = elementCount(call.outShape());
    formulas::dispatchUnary(attributes.kind, [&](auto formula) {
        for (std::int64_t i = 0; i < count; ++i) call.out<T>()[i] = formula.forward(call.in<T>(0)[i], static_cast<T>(attributes.alpha));
    });
}

template <class T>
void backward(const Call& call, const StepContext&) {
    const auto& attributes = call.as<UnaryAttributes>();
    const T *x = call.in<T>(0), *y = call.in<T>(1), *dy = call.in<T>(2);
    const std::int64_t count = elementCount(call.outShape());
    formulas::dispatchUnary(attributes.kind, [&](auto formula) {
        for (std::int64_t i = 0; i < count; ++i) call.out<T>()[i] = formula.backward(x[i], y[i], dy[i], static_cast<T>(attributes.alpha));
    });
}

}  // namespace unary_kernel

Kernels unary() {
    using namespace unary_kernel;
    return {forward<float>, forward<double>};
}
Kernels unaryBackward() {
    using namespace unary_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
