// What models propose for items that nobody has labelled: kept as a model's, accepted or rejected by people. Blocks; any thread.
#pragma once

#include <string>
#include <vector>

#include "app/jobs/proposers/proposer_type.h"

namespace lamina {

struct ProposeRequest {
    std::string dataset;   ///< id or name; empty: the newest
    std::string proposer;  ///< id; empty: the first of the catalogue
    std::string run;       ///< for proposers that look at runs: id or name; empty: the newest
    double threshold = 0;  ///< nothing is proposed below this score
    int threads = 0;
};
struct ProposeOutcome {
    EditReceipt receipt;
    std::string model;
    std::int64_t asked = 0, proposed = 0;  ///< items
    std::vector<std::string> unknownClasses;
};
/// Older proposals of the same items are replaced; labels of people are left alone. The items stay unlabelled. One edit.
/// "labelling.none", "labelling.unknown_proposer" {proposer, known}, "annotation.too_many", errors of the proposer.
Result<ProposeOutcome> proposeLabels(Project& project, const ProposeRequest& request, const ImportJob& job = {});

struct JudgeProposals {
    std::string dataset;              ///< id or name; empty: the newest
    bool accept = true;               ///< they become the author's labels; else they are taken away
    double from = 0, below = 2;       ///< scores from … below …
    std::vector<std::int64_t> items;  ///< only these keys; empty: all
};
struct JudgeOutcome {
    EditReceipt receipt;
    std::int64_t items = 0;
};
/// One edit.
Result<JudgeOutcome> judgeProposals(Project& project, const JudgeProposals& request, const ImportJob& job = {});

}  // namespace lamina
