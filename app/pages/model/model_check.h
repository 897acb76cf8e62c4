// What the compiler says of the network that is being drawn, ready to be shown.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/pages/model/fixes.h"

namespace lamina {

struct ModelProblem {
    Error what;
    std::string node;  ///< id; empty: the network as a whole
    std::vector<Fix> fixes;
    bool hinders = true;  ///< it must be mended before a training; else it is only to be known
};

struct ModelCheck {
    std::map<std::string, NodeReport> nodes;  ///< by node id
    std::vector<ModelProblem> problems;
    std::int64_t parameters = 0;
    double flops = 0;         ///< for one item
    std::uint64_t bytes = 0;  ///< weights and, for one item, what every layer gives
    std::size_t layers = 0;
    bool ok() const {
        return std::none_of(problems.begin(), problems.end(), [](const ModelProblem& problem) { return problem.hinders; });
    }
};

/// Any thread; a few milliseconds for hundreds of layers.
ModelCheck checkModel(const Network& network, const std::optional<NetworkNeeds>& needs);

}  // namespace lamina
