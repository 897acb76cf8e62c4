#pragma once

#include "core/engine/cpu/kernels/isa.h"

/// How long sums are cut, the same for every instruction set and every number of threads: their bits depend on lengths alone.
namespace lamina::cpu::LAMINA_ISA {

constexpr int laneCount = 16;                                     // lanes that add side by side
constexpr Size chunk = 4096, rowChunk = 128, columnLimit = 256;  // numbers, rows and columns of one partial sum

}  // namespace lamina::cpu::LAMINA_ISA
