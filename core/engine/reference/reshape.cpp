#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace {

// The plan gave both values the same memory.
void run(const Call&, const StepContext&) {}

}  // namespace

Kernels reshape() { return {run, run}; }

}  // namespace lamina::reference
