#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace reshape_kernel {

// The plan gave both values the same memory.
void run(const Call&, const StepContext&) {}

}  // namespace reshape_kernel

Kernels reshape() {
    using namespace reshape_kernel;
    return {run, run};
}

}  // namespace lamina::reference
