// The open project: one SQLite file `name.lamina` and, beside it, the folder `name.lamina.d` for large immutable files named by their content.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/files.h"
#include "core/base/result.h"
#include "core/project/annotation_record.h"
#include "core/project/checkpoint_record.h"
#include "core/project/dataset_record.h"
#include "core/project/disk_reserve.h"
#include "core/project/evaluation_record.h"
#include "core/project/label_class_record.h"
#include "core/project/label_item_record.h"
#include "core/project/label_order_record.h"
#include "core/project/label_review_record.h"
#include "core/project/metric_row.h"
#include "core/project/network_record.h"
#include "core/project/recipe_record.h"
#include "core/project/run_record.h"
#include "core/project/split_record.h"
#include "core/store/store.h"

namespace lamina {

enum class VerifyLevel {
    Quick,  ///< the SQLite file itself, and that every content file is there
    Full    ///< also reads every content file and compares its SHA-256
};

/// Any thread may call anything. Futures of edits and writes are ready after the durable commit; `.get()` waits for it:
///     LAMINA_TRY(auto receipt, project.datasets().add(record).get());
class Project {
public:
    /// A new, empty project, opened for writing. ".lamina" is appended where it is missing. "project.exists", "disk.full", "file.*".
    static Result<std::unique_ptr<Project>> create(const Path& file);
    /// "project.not_found", "project.not_a_project", "project.damaged", "project.newer_version", and for Write "project.locked" {holder}.
    /// A project whose folder is missing opens; issues() says so.
    static Result<std::unique_ptr<Project>> open(const Path& file, StoreAccess access);
    ~Project();
    Project(const Project&) = delete;

    /// Finishes what is queued and gives the lock back; says what could not be written. The destructor does the same without saying it.
    Result<void> close();

    const Path& file() const;
    const Path& folder() const;
    std::string name() const;  ///< the file's name without ".lamina"
    bool readOnly() const;
    /// What was found missing at opening (the folder, content files), for the user to act on.
    const std::vector<Issue>& issues() const;

    /// Who makes the edits (the local profile); the login name until it is set.
    const std::string& author() const;
    void setAuthor(std::string author);  ///< before other threads use the project

    // Content files: immutable, named by the SHA-256 of their bytes; the same content is kept once.

    /// A path for a file that is being made: unique, ends in ".part", in the project's folder. What is left over after a crash is swept
    /// when the writer opens the project again.
    Path temporaryFile(std::string_view purpose) const;
    /// Takes a finished, synced temporary file in and gives the hash it is now known by; the temporary name is gone afterwards.
    Result<std::string> addFile(const Path& temporary);
    /// Writes bytes as a content file.
    Result<std::string> addBytes(std::string_view bytes);
    /// Where a content file lies (whether it is there or not).
    Path filePath(const std::string& hash) const;
    bool hasFile(const std::string& hash) const;
    /// Removes a content file nothing names any more; refused with "project.file_in_use" where something does.
    Result<void> removeFile(const std::string& hash);

    // What the project consists of. References stay valid while the project lives.

    DatasetRepository& datasets();
    RecipeRepository& recipes();
    SplitRepository& splits();
    NetworkRepository& networks();
    RunRepository& runs();
    MetricRepository& metrics();
    CheckpointRepository& checkpoints();
    EvaluationRepository& evaluations();
    LabelClassRepository& labelClasses();
    LabelItemRepository& labelItems();
    AnnotationRepository& annotations();
    LabelOrderRepository& labelOrders();
    LabelModelRepository& labelModels();
    ReviewRepository& reviews();
    LabelSessionRepository& labelSessions();

    // The journal.

    EditFuture undo();
    EditFuture redo();
    Result<std::vector<JournalEntry>> history(std::int64_t limit = 0) const;  ///< newest first; 0: all

    /// Another text whenever an edit, a run's status or best, or an evaluation came since, from whatever process. Metrics and checkpoints
    /// do not count. Quick: to be asked several times a second.
    Result<std::string> changeMark() const;

    /// Everything that is wrong (empty: nothing). Works on a project opened either way. "job.cancelled".
    Result<std::vector<Issue>> verify(VerifyLevel level, const CancelToken& cancel = {}, const ProgressFunction& progress = {}) const;

    /// A copy of the project's file as it is at one moment, without its folder, whoever writes meanwhile. "file.failed".
    Result<void> snapshot(const Path& to) const;

    Store& store();
    /// Given up by itself when an edit finds the disk full; whoever works on the project for long makes it.
    DiskReserve& reserve();

private:
    struct State;
    explicit Project(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace lamina
