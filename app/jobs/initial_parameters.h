// The numbers that a network made elsewhere begins with: a content file of the project, by "node id/weight", so that renaming a layer keeps them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/network/network.h"
#include "core/onnx/node.h"
#include "core/project/project.h"
#include "core/training/checkpoint.h"

namespace lamina {

/// Writes the file and names it in network.origin. `parameters` by "node/weight".
Result<void> keepInitialParameters(Project& project, Network& network, const std::map<std::string, OnnxTensor>& parameters);

struct InitialParameters {
    std::shared_ptr<const Checkpoint> numbers;  ///< by "node/weight", in the network's shapes; nullptr where the network brings none
    /// What begins with random numbers although the network brings some: layers that were added or changed since.
    std::vector<std::string> fresh;
    std::vector<Issue> issues;  ///< "jobs.begins_partly_fresh" {layers, count}
};
/// Any network of the project, also a run's own. "checkpoint.damaged", the file errors, the errors of inferenceGraph.
Result<InitialParameters> initialParameters(const Project& project, const Network& network);

}  // namespace lamina
