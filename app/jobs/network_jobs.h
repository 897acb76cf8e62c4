// Networks of a project: made from a template or read from JSON, checked, kept. All functions block; any thread.
#pragma once

#include <string>

#include "core/compiler/compiler.h"
#include "core/network/network.h"
#include "core/project/project.h"

namespace lamina {

struct BuildRequest {
    std::string dataset;       ///< id or name; empty: the newest
    std::string split;         ///< id; empty: the dataset's newest (means and categories come from its training rows)
    std::string templateId;    ///< empty: the one that fits the data
    Path file;                 ///< a network as JSON instead of a template
    std::string task;          ///< empty: from the target's kind
    std::string name;          ///< empty: from template or file
    CancelToken cancel;
};

struct BuildOutcome {
    NetworkRecord record;
    Network network;
    NetworkReport report;
    EditReceipt receipt;
};

/// Adds the network as one edit. A network with a problem is refused with the first one. "jobs.unknown_template" {template, known},
/// "jobs.no_split", errors of preparation, JSON and compiler.
Result<BuildOutcome> buildNetwork(Project& project, const BuildRequest& request);

/// By id or name; empty: the newest. "jobs.no_network" where the project has none.
Result<NetworkRecord> findNetwork(Project& project, const std::string& idOrName);

/// What the compiler and the device make of a network for `batch` items.
struct NetworkExplanation {
    NetworkReport report;
    std::vector<PlannedOp> steps;
    std::uint64_t arenaBytes = 0, parameterBytes = 0;
    double flops = 0;
    std::string device;
};
/// `training`: forward, loss, backward and update as a training would run them; else as the model is used.
Result<NetworkExplanation> explainNetwork(const NetworkRecord& record, std::int64_t batch, bool training, int threads);

}  // namespace lamina
