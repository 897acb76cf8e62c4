#include "core/project/removed_runs.h"

#include <algorithm>
#include <filesystem>

#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

/// One transaction removes at most so many points, so that edits need not wait for it.
constexpr std::int64_t pointsPerPiece = 10000;
/// A point of a curve with its share of the condensed levels, measured.
constexpr std::uint64_t bytesPerPoint = 80;

struct RemovedRun {
    std::string id, name;
};

struct RemovedAttempt {
    std::int64_t key = 0, points = 0;
};

struct Leftovers {
    std::vector<RemovedRun> runs;    ///< that have something to give back
    std::vector<std::string> files;  ///< of their checkpoints
    std::vector<RemovedAttempt> attempts;
    std::int64_t points = 0;
};

Result<Leftovers> leftovers(const Store& store) {
    Leftovers found;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        Statement runs(database, "SELECT id, name FROM run WHERE removed > 0 AND (removed = 1 OR EXISTS (SELECT 1 FROM attempt WHERE run = run.id)"
                                 " OR EXISTS (SELECT 1 FROM checkpoint WHERE run = run.id))");
        while (runs.executeStep()) found.runs.push_back({runs.getColumn(0).getString(), runs.getColumn(1).getString()});
        Statement files(database, "SELECT DISTINCT file_hash FROM checkpoint JOIN run ON run.id = checkpoint.run"
                                  " WHERE removed > 0 AND file_hash <> ''");
        while (files.executeStep()) found.files.push_back(files.getColumn(0).getString());
        // Sequences count up from about 0, and asking for the greatest is quick however many points there are.
        Statement attempts(database, "SELECT key, coalesce("
                                     "(SELECT max(key) FROM metric_point WHERE key >= attempt.key << 32 AND key < (attempt.key + 1) << 32)"
                                     " - (SELECT min(key) FROM metric_point WHERE key >= attempt.key << 32 AND key < (attempt.key + 1) << 32) + 1, 0)"
                                     " FROM attempt JOIN run ON run.id = attempt.run WHERE removed > 0");
        while (attempts.executeStep()) {
            found.attempts.push_back({attempts.getColumn(0).getInt64(), attempts.getColumn(1).getInt64()});
            found.points += found.attempts.back().points;
        }
        return {};
    }));
    return found;
}

RemovedRuns sizeOf(const Project& project, const Leftovers& found) {
    RemovedRuns size{static_cast<std::int64_t>(found.runs.size()), static_cast<std::uint64_t>(found.points) * bytesPerPoint};
    for (const std::string& hash : found.files) {
        std::error_code error;
        const auto bytes = std::filesystem::file_size(project.filePath(hash), error);
        if (!error) size.bytes += bytes;
    }
    return size;
}

/// The point of no return, one transaction. An edit that names such a run can no longer be undone or redone: what it would bring back is gone.
/// What the run was trained on is free again, but for a split whose test part was looked at.
Result<void> giveUp(SQLite::Database& database, const std::vector<RemovedRun>& runs) {
    for (const auto& [run, name] : runs) {
        rows::execute(database, "UPDATE edit SET state = 'dropped' WHERE kind = 'normal' AND (state = 'undone' OR code IN ('edit.remove_run',"
                                " 'edit.remove_runs', 'edit.rename_run', 'edit.change_run_note')) AND instr(changeset, CAST(?1 AS BLOB)) > 0", run);
        rows::execute(database, "UPDATE run SET removed = 2, network_document = 'null', settings = 'null', data_version = 'null', best = 'null'"
                                " WHERE id = ?", run);
        rows::execute(database, "DELETE FROM evaluation WHERE run = ? AND final_check = 0", run);
        rows::execute(database, "UPDATE run SET network = NULL WHERE id = ?", run);
        rows::execute(database, "UPDATE run SET dataset = NULL, split = NULL"
                                " WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM evaluation WHERE run = ?1)", run);
        rows::execute(database, "UPDATE evaluation SET document = 'null' WHERE run = ?", run);
        rows::execute(database, "DELETE FROM checkpoint WHERE run = ?", run);
    }
    return {};
}

/// Removes a piece of an attempt's points; the attempt itself when there are none left. True at the end.
Result<bool> removePiece(Store& store, std::int64_t attempt) {
    bool ended = false;
    LAMINA_CHECK(store.write(Store::Durability::Full, [attempt, &ended](SQLite::Database& database) -> Result<void> {
        rows::execute(database, "DELETE FROM metric_level WHERE attempt = ?1"
                                " AND last_key IN (SELECT last_key FROM metric_level WHERE attempt = ?1 LIMIT ?2)", attempt, pointsPerPiece);
        const int points = rows::execute(database, "DELETE FROM metric_point WHERE key IN (SELECT key FROM metric_point WHERE key >= ?1 << 32"
                                                   " AND key < (?1 + 1) << 32 LIMIT ?2)", attempt, pointsPerPiece);
        if (points > 0) return {};
        rows::execute(database, "DELETE FROM metric_level WHERE attempt = ?", attempt);
        rows::execute(database, "DELETE FROM attempt WHERE key = ?", attempt);
        ended = true;
        return {};
    }).get());
    return ended;
}

Result<void> removePoints(Store& store, const std::vector<RemovedAttempt>& attempts, std::int64_t total, const CancelToken& cancel,
                          const ProgressFunction& progress) {
    std::int64_t done = 0;
    for (const RemovedAttempt& attempt : attempts)
        for (bool ended = false; !ended;) {
            if (cancel.cancelled()) return fail("job.cancelled");
            LAMINA_TRY(ended, removePiece(store, attempt.key));
            done = std::min(total, done + pointsPerPiece);
            if (progress) progress({"free_space", done, total, "rows"});
        }
    return {};
}

}  // namespace

Result<RemovedRuns> removedRuns(Project& project) {
    LAMINA_TRY(const auto found, leftovers(project.store()));
    return sizeOf(project, found);
}

Result<RemovedRuns> freeRemovedRuns(Project& project, const CancelToken& cancel, const ProgressFunction& progress) {
    LAMINA_TRY(const auto found, leftovers(project.store()));
    const RemovedRuns size = sizeOf(project, found);
    for (const auto& [run, name] : found.runs)
        if (project.runs().inProgress(run)) return fail("run.in_progress", {{"run", name}});
    LAMINA_CHECK(project.store().write(Store::Durability::Full, [&](SQLite::Database& database) { return giveUp(database, found.runs); }).get());
    // What a checkpoint shares with something else stays; what a dying process leaves behind here is swept when the project is opened again.
    for (const std::string& hash : found.files)
        if (auto removed = project.removeFile(hash); !removed && removed.error().code != "project.file_in_use") return removed.takeError();
    LAMINA_CHECK(removePoints(project.store(), found.attempts, found.points, cancel, progress));
    return size;
}

}  // namespace lamina
