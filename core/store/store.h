// One SQLite file: a write connection on its own thread, read-only connections, and a journal of named edits that can be undone.
// The store knows nothing of what is stored; the tables come with the schema, the meaning with whoever calls.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/store/schema.h"

namespace SQLite {
class Database;
class Statement;
}

namespace lamina {

enum class StoreAccess { Write, ReadOnly };

struct StoreOptions {
    StoreAccess access = StoreAccess::Write;
    Path lockFile;      ///< Write: held while the store is open (one writer for each file)
    Path backupFolder;  ///< Write: a copy is put here before a migration
    Schema schema = fullSchema();
};

/// What an edit is called: `code` names a text in app/messages, `arguments` fill its {placeholders}, exactly as in an Error.
struct EditName {
    std::string code;
    std::vector<std::pair<std::string, std::string>> arguments;
};
/// The only way to make one; the code is always a literal, so that tests find its text: editName("edit.rename_dataset", {{"to", name}}).
EditName editName(const char* code, std::initializer_list<std::pair<const char*, std::string>> arguments = {});

enum class EditKind { Normal, Undo, Redo };
enum class EditState {
    Done,     ///< part of what the project is now
    Undone,   ///< taken back, can be redone
    Dropped,  ///< taken back, and something else was done afterwards: audit trail only
};

/// What came back from a committed edit. An edit that changed nothing leaves no entry: sequence 0, id empty.
struct EditReceipt {
    std::string id;
    std::int64_t sequence = 0;  ///< order of the journal
    EditName name;              ///< of an undo or redo: the name of the edit it took back or did again
};

/// One line of the journal.
struct JournalEntry {
    std::string id;
    std::int64_t sequence = 0;
    EditKind kind = EditKind::Normal;
    EditState state = EditState::Done;
    EditName name;
    std::string author;
    std::int64_t time = 0;  ///< wall clock, milliseconds since 1970; order is by sequence, never by time
    std::string target;     ///< of an undo or redo: the id of the edit concerned
    std::int64_t changesetBytes = 0;
};

using EditFuture = std::future<Result<EditReceipt>>;
using WriteFuture = std::future<Result<void>>;
/// Work on a connection. An Error or an exception rolls the transaction back. It must not begin or end transactions and must be short.
using StoreWork = std::function<Result<void>(SQLite::Database&)>;

/// A statement that stays prepared as long as its connection, for work that is done again and again. Ready to be bound; reset at the end.
class KeptStatement {
public:
    /// `database`: the one that a StoreWork was given. `sql`: a literal. One use of it at a time.
    KeptStatement(SQLite::Database& database, const char* sql);
    ~KeptStatement();
    KeptStatement(const KeptStatement&) = delete;
    SQLite::Statement& operator*() const { return m_statement; }
    SQLite::Statement* operator->() const { return &m_statement; }

private:
    SQLite::Statement& m_statement;
};

/// Any thread may call anything. Writers never run in the caller's thread; a future is ready only after the commit.
/// Edits overtake writes: wait for a write's future where an edit builds on it.
/// Errors of all functions: "store.read_only", "store.closed", "store.constraint", "store.busy", "store.io", "store.too_large", "store.sql",
/// "project.damaged", "disk.full_while_writing", and whatever the work itself returns.
class Store {
public:
    /// A new file with the schema, there whole or not at all; it is made as `temporary` (same disk) and renamed.
    /// "project.exists" where the file is there already.
    static Result<void> create(const Path& file, const Path& temporary, const Schema& schema = fullSchema());
    /// Write: takes the lock ("project.locked" {holder}), brings an older schema up to date after a backup, starts the store thread.
    /// ReadOnly: never writes, never migrates, sees what the writer commits.
    /// "project.not_found", "project.not_a_project", "project.damaged", "project.newer_version" {found, known}, "project.older_version" (ReadOnly).
    static Result<std::unique_ptr<Store>> open(const Path& file, StoreOptions options);
    ~Store();
    Store(const Store&) = delete;

    /// Finishes what is queued, checkpoints, closes and gives the lock back. Later edits and writes give "store.closed".
    Result<void> close();
    bool readOnly() const;
    const Path& file() const;

    /// One journaled transaction, durable (fsync) when the future is ready. Edits overtake queued writes. `work` runs on the store thread; a second time
    /// where the disk was full at the first and onFullDisk() made room.
    EditFuture edit(EditName name, std::string author, StoreWork work);
    /// Asked on the store thread when an edit finds the disk full; true: there is room now, and the edit is tried once more. Before the first edit.
    void onFullDisk(std::function<bool()> makeRoom);
    /// Takes back the newest edit that is done / does the oldest undone one again. "store.nothing_to_undo", "store.nothing_to_redo",
    /// "store.undo_conflict" {table} where something that is not in the journal has come to depend on it: nothing is changed then.
    EditFuture undo(std::string author);
    EditFuture redo(std::string author);
    /// Newest first, undos and redos included; limit 0: all.
    Result<std::vector<JournalEntry>> history(std::int64_t limit) const;

    enum class Durability {
        Full,   ///< survives a power cut once the future is ready
        Normal  ///< survives a killed process; the last seconds may be missing after a power cut (metrics)
    };
    /// One transaction that is not in the journal (status of a run, checkpoints, metrics).
    WriteFuture write(Durability durability, StoreWork work);

    /// A consistent snapshot on a read-only connection, in the caller's thread. Should take ≤ 100 ms (longer ones are logged, so that
    /// the log file stays small) and is interrupted after 5 s ("store.too_slow").
    Result<void> read(const StoreWork& work) const;

    /// Integrity check, foreign keys, a readable journal. What is wrong, nothing where all is well. Takes as long as the file is large.
    Result<std::vector<Issue>> verify() const;

private:
    struct State;
    explicit Store(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The version of the SQLite library in use ("3.40.1").
std::string sqliteVersion();

}  // namespace lamina
