// What every fuzz target begins with, and the list of them for the program that replays them all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// The head of a target: LAMINA_FUZZ_TARGET(csv)(const std::uint8_t* data, std::size_t size) { … return 0; } in the file csv.cpp.
/// A fuzzer asks for one name, which all targets of one program cannot have.
#ifdef LAMINA_FUZZER
#define LAMINA_FUZZ_TARGET(name) extern "C" int LLVMFuzzerTestOneInput
#else
#define LAMINA_FUZZ_TARGET(name) extern "C" int fuzz_##name
#endif

namespace lamina {

/// A fuzz target in the program that replays them all.
struct FuzzTarget {
    const char* name;
    int (*run)(const std::uint8_t* data, std::size_t size);
};

/// All of them; generated from the files of this folder.
const std::vector<FuzzTarget>& fuzzTargets();

}  // namespace lamina
