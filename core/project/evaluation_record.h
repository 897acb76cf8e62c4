// Results of an evaluation of a run on one split. Opening the test split is the final check: dated and counted.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/store/store.h"

namespace lamina {

struct EvaluationRecord {
    std::string id = newUuid();
    std::string run;
    std::string split;             ///< "training", "validation", "test"
    bool finalCheck = false;       ///< true whenever the test split was looked at
    std::int64_t count = 0;        ///< of a final check: the how-many-th on this data split, over all runs; filled by add
    std::int64_t time = 0;         ///< wall clock, milliseconds; filled by add
    nlohmann::json document;       ///< confusion matrix, scores …
};

/// Durable writes outside the journal: a final check cannot be undone.
class EvaluationRepository {
public:
    explicit EvaluationRepository(Store& store) : m_store(store) {}

    /// Waits for the commit and gives the record with count and time.
    Result<EvaluationRecord> add(EvaluationRecord record);
    /// Newest first.
    Result<std::vector<EvaluationRecord>> ofRun(const std::string& run) const;
    /// How often the test part of this split has been opened, over all runs.
    Result<std::int64_t> finalChecks(const std::string& splitId) const;
    /// When that was: wall clock, milliseconds, oldest first.
    Result<std::vector<std::int64_t>> finalCheckTimes(const std::string& splitId) const;

private:
    Store& m_store;
};

}  // namespace lamina
