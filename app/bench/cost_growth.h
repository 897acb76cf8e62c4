// Does a sample cost more where there are more of them? Loading, shuffling, training steps and metrics, at a thousand and at a million rows.
#pragma once

#include <optional>
#include <string>

namespace lamina::bench {

struct CostGrowth {
    double small = 0, large = 0;  ///< seconds per sample, with 1,000 and with 1,000,000 rows
    double ratio() const { return large / small; }
};

/// Both tables go through the same loop (Loader, training step, accuracy and its kin) until a million samples are done; the quickest of `rounds`
/// rounds counts, the two by turns. Nothing where the temporary folder or the memory does not suffice; `reason` says so.
std::optional<CostGrowth> measureCostGrowth(int rounds, int threads, std::string& reason);

}  // namespace lamina::bench
