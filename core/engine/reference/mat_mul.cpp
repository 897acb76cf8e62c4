#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace mat_mul_kernel {

template <class T>
void run(const Call& call, const StepContext&) {
    const auto& attributes = call.as<GemmAttributes>();
    const bool ta = attributes.transposeA, tb = attributes.transposeB;
    const Shape &shapeA = call.inShape(0), &shapeB = call.inShape(1), &shape = call.outShape();
    const std::int64_t rows = shape[shape.size() - 2], columns = shape.back(), inner = shapeA[shapeA.size() - (ta ? 2 : 1)];
    const std::int64_t stepA = shapeA.size() > 2 ? rows * inner : 0, stepB = shapeB.size() > 2 ? inner * columns : 0;
    const std::int64_t products = rows * columns == 0 ? 0 : elementCount(shape) / (rows * columns);
    const Operand<T> left(call, 0, attributes.precision), right(call, 1, attributes.precision);
    for (std::int64_t p = 0; p < products; ++p) {
        const T *a = left.data() + p * stepA, *b = right.data() + p * stepB;
        T* const y = call.out<T>() + p * rows * columns;
        for (std::int64_t i = 0; i < rows; ++i)
            for (std::int64_t j = 0; j < columns; ++j) {
                double sum = 0;
                for (std::int64_t k = 0; k < inner; ++k)
                    sum += static_cast<double>(a[ta ? k * rows + i : i * inner + k]) * b[tb ? j * inner + k : k * columns + j];
                y[i * columns + j] = static_cast<T>(sum);
            }
    }
}

}  // namespace mat_mul_kernel

Kernels matMul() {
    using namespace mat_mul_kernel;
    return {run<float>, run<double>};
}

}  // namespace lamina::reference
