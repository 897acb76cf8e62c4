// The x86-64 level that the whole process computes with where LAMINA_INSTRUCTION_SET names one: to see here what an older processor would do.
#pragma once

#include <string>

namespace lamina {

/// LAMINA_INSTRUCTION_SET: "v2" (no AVX), "v3" (AVX2), "v4" (AVX-512); empty: the best this machine has.
std::string wantedInstructionSet();
bool knowsInstructionSet(const std::string& name);
/// Keeps oneDNN within the level too. Counts the first time only, and before the first primitive.
void limitLibrary(const std::string& instructionSet);

}  // namespace lamina
