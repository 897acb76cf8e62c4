#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lamina {

/// A fuzz target in the program that replays them all.
struct FuzzTarget {
    const char* name;
    int (*run)(const std::uint8_t* data, std::size_t size);
};

/// All of them; generated from the files of this folder.
const std::vector<FuzzTarget>& fuzzTargets();

}  // namespace lamina
