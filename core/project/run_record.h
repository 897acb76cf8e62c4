// A training run: what was trained on what, with which settings, and how far it came. One attempt for each time it was started or resumed.
#pragma once

#include <cstdint>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/store/store.h"

namespace lamina {

enum class RunStatus { Created, Running, Paused, Stopped, Finished, Failed };
/// "created", "running" …: as persisted and as app/messages names them ("run.status.running").
std::string runStatusId(RunStatus status);

struct RunRecord {
    std::string id = newUuid();
    std::string name;
    std::string networkId;
    nlohmann::json networkDocument;   ///< snapshot at the start; the run never looks at the network again
    std::string datasetId;
    std::string splitId;
    nlohmann::json settings;          ///< plan, optimizer, batch size, seed …
    nlohmann::json dataVersion;       ///< source hashes, recipe, labels, split: what the numbers mean
    RunStatus status = RunStatus::Created;
    std::int64_t created = 0;         ///< wall clock, milliseconds; filled by add where it is 0
    std::string note;
    nlohmann::json best;              ///< {"epoch", "name", "value" …} of the best checkpoint; null before there is one
};

struct AttemptRecord {
    std::string run;
    std::int64_t number = 0;       ///< 1, 2 … within the run
    std::int64_t started = 0;      ///< wall clock, milliseconds
    std::int64_t ended = 0;        ///< 0: still going, or the process died
    std::string device;            ///< device, instruction set, library versions in words
    std::string reason;            ///< why it ended ("finished", "stopped", "nan" …); empty while it goes on
};

/// Runs and attempts. What a run writes about itself is durable but not journaled; rename, setNote and remove are journaled edits.
/// "run.not_found" {run}, also for deleted ones.
class RunRepository {
public:
    RunRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    WriteFuture add(RunRecord record);
    WriteFuture setStatus(const std::string& id, RunStatus status);
    /// Another plan from the next attempt on (a run that is extended).
    WriteFuture setSettings(const std::string& id, nlohmann::json settings);
    WriteFuture setBest(const std::string& id, nlohmann::json best);
    EditFuture rename(const std::string& id, const std::string& name);
    EditFuture setNote(const std::string& id, const std::string& note);
    /// One edit, whose undo brings them back with their curves, checkpoints and evaluations: these stay until freeRemovedRuns()
    /// (core/project/removed_runs.h). "run.in_progress" {run} where one of them is being trained.
    EditFuture remove(const std::vector<std::string>& ids);
    /// Between startAttempt and endAttempt, in this process (only the writer trains).
    bool inProgress(const std::string& id) const;

    /// Starts the next attempt and sets the run to Running, in one transaction; waits for the commit and gives the attempt with its number.
    Result<AttemptRecord> startAttempt(const std::string& run, const std::string& device);
    /// Ends an attempt and sets the run's status, in one transaction.
    WriteFuture endAttempt(const AttemptRecord& attempt, const std::string& reason, RunStatus status);

    /// In order of creation, without the deleted ones.
    Result<std::vector<RunRecord>> all() const;
    /// By id, or by name where exactly one is called so ("run.ambiguous" otherwise).
    Result<RunRecord> find(const std::string& idOrName) const;
    Result<std::vector<AttemptRecord>> attempts(const std::string& run) const;

private:
    Store& m_store;
    const std::string& m_author;
    mutable std::mutex m_mutex;
    std::set<std::string> m_inProgress;
};

}  // namespace lamina
