// Many numbers in few words: a hundred thousand items that went out, or every third of them, are one run.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace lamina {

/// [[first, step, how many], …]; each number once, ascending.
nlohmann::json keyRuns(std::vector<std::int64_t> keys);
/// The other way round; what is no run is passed over.
std::vector<std::int64_t> keysOfRuns(const nlohmann::json& runs);

}  // namespace lamina
