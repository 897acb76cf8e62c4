#include "core/engine/reference/indices.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace binary_kernel {

template <class T>
T apply(BinaryKind kind, T a, T b) {
    switch (kind) {
        case BinaryKind::Add: return a + b;
        case BinaryKind::Subtract: return a - b;
        case BinaryKind::Multiply: return a * b;
        case BinaryKind::Divide: return a / b;
        case BinaryKind::Maximum: return a > b || a != a ? a : b;
        case BinaryKind::Minimum: return a < b || a != a ? a : b;
    }
    return a;
}

template <class T>
void run(const Call& call, const StepContext&) {
    const BinaryKind kind = call.as<BinaryAttributes>().kind;
    const BroadcastIndex atA(call.inShape(0), call.outShape()), atB(call.inShape(1), call.outShape());
    const std::int64_t count = elementCount(call.outShape());
    for (std::int64_t i = 0; i < count; ++i) call.out<T>()[i] = apply(kind, call.in<T>(0)[atA(i)], call.in<T>(1)[atB(i)]);
}

}  // namespace binary_kernel

Kernels binary() {
    using namespace binary_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
