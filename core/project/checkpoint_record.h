// Checkpoints of a run: which content file, at which point, which one is best.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/store/store.h"

namespace lamina {

struct CheckpointRecord {
    std::string run;
    std::int64_t generation = 0;  ///< counts up within the run
    std::int64_t epoch = 0;
    std::int64_t step = 0;
    std::string fileHash;         ///< content file (Project::filePath)
    bool isBest = false;
};

/// Durable writes outside the journal.
class CheckpointRepository {
public:
    explicit CheckpointRepository(Store& store) : m_store(store) {}

    /// Adds or replaces (run, generation); where isBest is set, the run's other checkpoints lose it. Earlier ones stay until keepOnly.
    WriteFuture add(CheckpointRecord record);
    /// Forgets all but the newest `generations` and the best one; gives the content hashes no checkpoint names any more
    /// (the caller removes them with Project::removeFile). Waits for the commit.
    Result<std::vector<std::string>> keepOnly(const std::string& run, std::int64_t generations);

    /// Newest first.
    Result<std::vector<CheckpointRecord>> ofRun(const std::string& run) const;
    Result<std::optional<CheckpointRecord>> best(const std::string& run) const;

private:
    Store& m_store;
};

}  // namespace lamina
