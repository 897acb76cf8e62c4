// The contract of a proposer: one file in app/jobs/proposers, one line in proposers.cmake. It says what models think of items that nobody has labelled;
// what it says is kept as a model's until a person accepts it.
#pragma once

#include <string>
#include <vector>

#include "app/jobs/dataset_jobs.h"
#include "core/project/project.h"

namespace lamina {

struct Proposal {
    std::int64_t item = 0;         ///< LabelItemRecord::key
    std::int64_t classNumber = 0;  ///< LabelClassRecord::number
    double score = 0;              ///< 0 … 1
};

struct Proposals {
    std::string model;             ///< whose they are: persisted with every label
    std::vector<Proposal> list;
    std::vector<std::string> unknownClasses;  ///< of the model, which the project does not have: what it says of them is left out
};

/// What is asked of a proposer.
struct ProposalQuestion {
    Project& project;
    DatasetRecord dataset;
    LabellingRecord labelling;
    std::vector<WholeClass> items;  ///< that get proposals
    std::string run;                ///< id or name, for proposers that look at runs; empty: the newest
    int threads = 0;
    ImportJob job;
};

struct ProposerType {
    std::string id;       ///< persisted in the tool of its labels, "proposer:trained_classifier"
    std::string title;    ///< English; other languages in app/messages as "proposer.<id>.title"
    std::string summary;  ///< one sentence
    /// "job.cancelled", and what stands against it.
    Result<Proposals> (*propose)(const ProposalQuestion& question) = nullptr;
};

/// All proposers of proposers.cmake, in its order.
const std::vector<const ProposerType*>& proposerCatalogue();

}  // namespace lamina
