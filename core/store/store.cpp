#include "core/store/store.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/store/connection.h"
#include "core/store/file_lock.h"
#include "core/store/journal.h"
#include "core/store/migration.h"

namespace lamina {
namespace {

using Job = std::function<void(SQLite::Database&)>;

constexpr int checkpointPages = 4096;                          // 16 MiB of log: then it is moved into the file even if there is work
constexpr auto idleTime = std::chrono::milliseconds(500);      // or after this pause
constexpr auto readLimit = std::chrono::milliseconds(5000);
constexpr double readGoalSeconds = 0.1;
constexpr std::size_t keptReaders = 4;

template <class T>
std::future<Result<T>> ready(Error error) {
    std::promise<Result<T>> promise;
    promise.set_value(std::move(error));
    return promise.get_future();
}

Result<void> checkIsFile(const Path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) return fail("project.not_found", {{"file", file.string()}});
    if (!std::filesystem::is_regular_file(status)) return fail("project.not_a_project", {{"file", file.string()}});
    return {};
}

// Looks at the file without ever writing: a file that is not ours is left as it was.
Result<std::int32_t> inspect(const Path& file, const Schema& schema) {
    LAMINA_CHECK(checkIsFile(file));
    try {
        const Connection database = openForReading(file);
        LAMINA_TRY(const auto version, checkIdentity(*database, schema, file));
        LAMINA_CHECK(checkPages(*database, file));
        return version;
    } catch (...) {
        return currentException(file);
    }
}

}  // namespace

EditName editName(const char* code, std::initializer_list<std::pair<const char*, std::string>> arguments) {
    EditName name{code, {}};
    for (const auto& [key, value] : arguments) name.arguments.emplace_back(key, value);
    return name;
}

struct Store::State {
    Path file;
    StoreAccess access = StoreAccess::ReadOnly;
    FileLock lock;

    Connection writer;
    Durability synchronous = Durability::Full;
    int logPages = 0;
    std::thread thread;

    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Job> edits, writes;
    bool closing = false;

    std::function<bool()> makeRoom;  ///< see Store::onFullDisk

    std::mutex readersMutex;
    std::vector<Connection> readers;

    Result<void> startWriting(const StoreOptions& options);
    bool push(std::deque<Job>& queue, Job job);
    void run();
    void checkpoint(int mode);
    void setDurability(Durability durability);
    Result<EditReceipt> editWithRoom(const std::function<Result<EditReceipt>()>& work);
    template <class T>
    std::future<Result<T>> enqueue(std::deque<Job>& queue, std::function<Result<T>(SQLite::Database&)> work);
    Connection takeReader();
    void returnReader(Connection reader);
};

Result<void> Store::State::startWriting(const StoreOptions& options) {
    try {
        LAMINA_CHECK(files().makeFolder(options.lockFile.parent_path()));
        LAMINA_TRY(lock, FileLock::take(options.lockFile));
        writer = openForWriting(file);
        // Asked again: another writer may have changed the version before we held the lock.
        LAMINA_TRY(const auto version, checkIdentity(*writer, options.schema, file));
        writer->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
        if (static_cast<std::size_t>(version) < options.schema.migrations.size()) {
            LAMINA_CHECK(backUp(*writer, version, file, options.backupFolder));
            LAMINA_CHECK(migrate(*writer, options.schema, file));
        }
        const auto countPages = [](void* state, sqlite3*, const char*, int pages) {
            static_cast<State*>(state)->logPages = pages;
            return SQLITE_OK;
        };
        sqlite3_wal_hook(writer->getHandle(), countPages, this);
        thread = std::thread([this] { run(); });
        return {};
    } catch (...) {
        return currentException(file);
    }
}

bool Store::State::push(std::deque<Job>& queue, Job job) {
    {
        const std::lock_guard guard(mutex);
        if (closing) return false;
        queue.push_back(std::move(job));
    }
    wake.notify_one();
    return true;
}

void Store::State::run() {
    std::unique_lock guard(mutex);
    const auto hasWork = [this] { return closing || !edits.empty() || !writes.empty(); };
    for (;;) {
        if (logPages == 0) wake.wait(guard, hasWork);
        const bool idle = !wake.wait_for(guard, idleTime, hasWork);
        auto& queue = edits.empty() ? writes : edits;
        if (!idle && queue.empty()) return;
        Job job;
        if (!idle) {
            job = std::move(queue.front());
            queue.pop_front();
        }
        guard.unlock();
        if (job) job(*writer);
        if (idle || logPages >= checkpointPages) checkpoint(SQLITE_CHECKPOINT_PASSIVE);
        guard.lock();
    }
}

void Store::State::checkpoint(int mode) {
    // A reader that keeps the log from being moved is not an error: the next pause will do.
    sqlite3_wal_checkpoint_v2(writer->getHandle(), nullptr, mode, nullptr, nullptr);
    logPages = 0;
}

void Store::State::setDurability(Durability durability) {
    if (durability == synchronous) return;
    writer->exec(durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    synchronous = durability;
}

/// An edit, tried again where the disk was full and somebody made room.
Result<EditReceipt> Store::State::editWithRoom(const std::function<Result<EditReceipt>()>& work) {
    const auto attempt = [&]() -> Result<EditReceipt> {
        try {
            setDurability(Durability::Full);
            return work();
        } catch (...) {
            return currentException(file);
        }
    };
    auto receipt = attempt();
    if (receipt || receipt.error().code != "disk.full_while_writing" || !makeRoom || !makeRoom()) return receipt;
    log(LogLevel::Warning, "store", "the disk is full: room was made for an edit");
    return attempt();
}

template <class T>
std::future<Result<T>> Store::State::enqueue(std::deque<Job>& queue, std::function<Result<T>(SQLite::Database&)> work) {
    if (access == StoreAccess::ReadOnly) return ready<T>(fail("store.read_only", {{"file", file.string()}}));
    auto promise = std::make_shared<std::promise<Result<T>>>();
    auto future = promise->get_future();
    const bool taken = push(queue, [this, promise, work = std::move(work)](SQLite::Database& database) {
        try {
            promise->set_value(work(database));
        } catch (...) {
            promise->set_value(currentException(file));
        }
    });
    if (!taken) return ready<T>(fail("store.closed", {{"file", file.string()}}));
    return future;
}

Connection Store::State::takeReader() {
    {
        const std::lock_guard guard(readersMutex);
        if (!readers.empty()) {
            Connection reader = std::move(readers.back());
            readers.pop_back();
            return reader;
        }
    }
    return openForReading(file);
}

void Store::State::returnReader(Connection reader) {
    const std::lock_guard guard(readersMutex);
    if (readers.size() < keptReaders) readers.push_back(std::move(reader));
}

Result<void> Store::create(const Path& file, const Path& temporary, const Schema& schema) {
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, error))) return fail("project.exists", {{"file", file.string()}});
    LAMINA_CHECK(checkFreeSpace(file, 1 << 20));
    // Made by the file layer, so that it is its owner's alone; SQLite gives its other files the same mode.
    LAMINA_TRY(auto made, files().create(temporary));
    LAMINA_CHECK(made->close());
    try {
        SQLite::Database database(temporary.string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA synchronous = FULL");
        LAMINA_CHECK(migrate(database, schema, file));
        database.exec("PRAGMA journal_mode = WAL");
    } catch (...) {
        return currentException(file);
    }
    return files().rename(temporary, file);
}

Result<std::unique_ptr<Store>> Store::open(const Path& file, StoreOptions options) {
    auto state = std::make_unique<State>();
    std::error_code error;
    state->file = std::filesystem::absolute(file, error);
    state->access = options.access;
    LAMINA_TRY(const auto version, inspect(state->file, options.schema));
    if (options.access == StoreAccess::Write) {
        LAMINA_CHECK(state->startWriting(options));
    } else if (static_cast<std::size_t>(version) < options.schema.migrations.size()) {
        return fail("project.older_version", {{"file", file.string()}, {"found", std::to_string(version)}});
    }
    return std::unique_ptr<Store>(new Store(std::move(state)));
}

Store::Store(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Store::~Store() {
    if (auto closed = close(); !closed) log(LogLevel::Warning, "store", closed.error().debugText());
}

Result<void> Store::close() {
    {
        const std::lock_guard guard(m_state->mutex);
        m_state->closing = true;
    }
    m_state->wake.notify_one();
    if (m_state->thread.joinable()) m_state->thread.join();
    {
        const std::lock_guard guard(m_state->readersMutex);
        m_state->readers.clear();
    }
    if (m_state->writer) {
        sqlite3_busy_timeout(m_state->writer->getHandle(), 200);
        m_state->checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
        m_state->writer.reset();
    }
    m_state->lock = {};
    return {};
}

bool Store::readOnly() const { return m_state->access == StoreAccess::ReadOnly; }

const Path& Store::file() const { return m_state->file; }

EditFuture Store::edit(EditName name, std::string author, StoreWork work) {
    return m_state->enqueue<EditReceipt>(
        m_state->edits, [state = m_state.get(), name = std::move(name), author = std::move(author), work = std::move(work)](SQLite::Database& database) {
            return state->editWithRoom([&] { return journal::edit(database, name, author, work); });
        });
}

void Store::onFullDisk(std::function<bool()> makeRoom) { m_state->makeRoom = std::move(makeRoom); }

EditFuture Store::undo(std::string author) {
    return m_state->enqueue<EditReceipt>(m_state->edits, [state = m_state.get(), author = std::move(author)](SQLite::Database& database) {
        return state->editWithRoom([&] { return journal::undo(database, author); });
    });
}

EditFuture Store::redo(std::string author) {
    return m_state->enqueue<EditReceipt>(m_state->edits, [state = m_state.get(), author = std::move(author)](SQLite::Database& database) {
        return state->editWithRoom([&] { return journal::redo(database, author); });
    });
}

WriteFuture Store::write(Durability durability, StoreWork work) {
    return m_state->enqueue<void>(m_state->writes, [state = m_state.get(), durability, work = std::move(work)](SQLite::Database& database) -> Result<void> {
        state->setDurability(durability);
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        LAMINA_CHECK(runInside(database, work));
        transaction.commit();
        return {};
    });
}

Result<void> Store::read(const StoreWork& work) const {
    const Stopwatch watch;
    try {
        Connection reader = m_state->takeReader();
        Result<void> result;
        {
            const Deadline deadline(*reader, readLimit);
            SQLite::Transaction snapshot(*reader, SQLite::TransactionBehavior::DEFERRED);
            result = work(*reader);
        }
        m_state->returnReader(std::move(reader));
        if (watch.seconds() > readGoalSeconds) log(LogLevel::Info, "store", "a read took " + std::to_string(watch.seconds()) + " s");
        return result;
    } catch (...) {
        return currentException(m_state->file);
    }
}

Result<std::vector<JournalEntry>> Store::history(std::int64_t limit) const {
    std::vector<JournalEntry> entries;
    LAMINA_CHECK(read([&](SQLite::Database& database) -> Result<void> {
        LAMINA_TRY(entries, journal::history(database, limit));
        return {};
    }));
    return entries;
}

Result<std::vector<Issue>> Store::verify() const {
    std::vector<Issue> issues;
    const std::string file = m_state->file.string();
    try {
        const Connection reader = openForReading(m_state->file);
        SQLite::Statement integrity(*reader, "PRAGMA integrity_check(20)");
        while (integrity.executeStep())
            if (const std::string found = integrity.getColumn(0).getString(); found != "ok")
                issues.push_back({Severity::Blocker, fail("store.integrity", {{"file", file}, {"reason", found}})});
        SQLite::Statement references(*reader, "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1");
        while (references.executeStep())
            issues.push_back({Severity::Blocker, fail("store.foreign_key", {{"table", references.getColumn(0).getString()}}), references.getColumn(1).getInt64()});
        for (Issue& issue : journal::check(*reader)) issues.push_back(std::move(issue));
    } catch (...) {
        issues.push_back({Severity::Blocker, currentException(m_state->file)});
    }
    return issues;
}

std::string sqliteVersion() { return sqlite3_libversion(); }

}  // namespace lamina
