// Declarations of one instruction set's kernels; LAMINA_ISA is its namespace.
#pragma once

#include "core/engine/cpu/kernels/kernels.h"

namespace lamina::cpu::LAMINA_ISA {

// Used by several kernels; contracts as in the table.
double sum(const float* x, Size n);
/// Σ x·y
double dot(const float* x, const float* y, Size n);
float largest(const float* x, Size n);

void fillGemm(Kernels& table);
void fillRounding(Kernels& table);
void fillPointwise(Kernels& table);
void fillRandom(Kernels& table);
void fillReductions(Kernels& table);
void fillLosses(Kernels& table);
void fillPooling(Kernels& table);
void fillNormalisation(Kernels& table);
void fillLayerNorm(Kernels& table);
void fillRecurrent(Kernels& table);

}  // namespace lamina::cpu::LAMINA_ISA
