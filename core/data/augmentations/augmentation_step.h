// One augmentation as a training plan keeps it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace lamina {

struct AugmentationStep {
    std::string type;  ///< "flip"
    nlohmann::json settings = nlohmann::json::object();
    double probability = 1;  ///< that an item is changed by it
    bool operator==(const AugmentationStep&) const = default;
};

}  // namespace lamina
