// Numbers rounded to bfloat16, many at once.
#include "core/engine/cpu/kernels/isa.h"
#include "core/tensor/bfloat16.h"

namespace lamina::cpu::LAMINA_ISA {

namespace rounding_kernels {

void round(const float* x, float* y, Size n) {
    for (Size i = 0; i < n; ++i) y[i] = roundToBfloat16(x[i]);
}

void shorten(const float* x, std::uint16_t* y, Size n) {
    for (Size i = 0; i < n; ++i) y[i] = floatToBfloat16(x[i]);
}

}  // namespace rounding_kernels

void fillRounding(Kernels& table) {
    table.roundToBfloat16 = rounding_kernels::round;
    table.toBfloat16 = rounding_kernels::shorten;
}

}  // namespace lamina::cpu::LAMINA_ISA
