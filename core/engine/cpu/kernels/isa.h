// Declarations of one instruction set's kernels; LAMINA_ISA is its namespace.
#pragma once

#include "core/engine/cpu/kernels/kernels.h"

namespace lamina::cpu::LAMINA_ISA {

void fillGemm(Kernels& table);
void fillPointwise(Kernels& table);
void fillReductions(Kernels& table);
void fillLosses(Kernels& table);
void fillPooling(Kernels& table);
void fillNormalisation(Kernels& table);

}  // namespace lamina::cpu::LAMINA_ISA
