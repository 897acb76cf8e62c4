#include "core/store/store.h"

#include <sys/wait.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/core/store/store_fixture.h"

namespace lamina {
namespace {

int inChild(const std::function<int()>& work) {
    const pid_t child = fork();
    if (child == 0) _exit(work());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

Schema withMigration(Schema schema, const std::string& sql) {
    schema.migrations.push_back({"003_test", sql});
    return schema;
}

TEST_F(StoreTest, ASecondWriterIsRefusedWithTheHolderNamed) {
    auto store = create();
    auto second = Store::open(file, options());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "project.locked");
    EXPECT_NE(second.error().argument("holder").find(std::to_string(getpid())), std::string::npos);
    store.reset();
    EXPECT_NE(open(), nullptr);
}

TEST_F(StoreTest, AWriterInAnotherProcessKeepsUsOutUntilItIsKilled) {
    create().reset();
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        auto store = Store::open(file, options());
        (void)!write(ready[1], store ? "1" : "0", 1);
        pause();
        _exit(0);
    }
    char opened = 0;
    ASSERT_EQ(read(ready[0], &opened, 1), 1);
    EXPECT_EQ(opened, '1');
    EXPECT_EQ(Store::open(file, options()).error().code, "project.locked");
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    EXPECT_NE(open(), nullptr);
    close(ready[0]);
    close(ready[1]);
}

TEST_F(StoreTest, AReaderInAnotherProcessSeesWhatIsCommitted) {
    auto store = create();
    ASSERT_TRUE(add(*store, "a"));
    EXPECT_EQ(inChild([&] {
        auto reader = Store::open(file, options(StoreAccess::ReadOnly));
        return reader && things(**reader) == "a=n" && !add(**reader, "b") ? 0 : 1;
    }), 0);
    auto reader = open(StoreAccess::ReadOnly);
    ASSERT_TRUE(store->write(Store::Durability::Normal, sql("INSERT INTO thing VALUES ('b', 'live')")).get());
    EXPECT_EQ(things(*reader), "a=n b=live");
    EXPECT_EQ(add(*reader, "c").error().code, "store.read_only");
    // Not even the connection itself would let a reader write.
    EXPECT_EQ(reader->read(sql("DELETE FROM thing")).error().code, "store.read_only");
}

TEST_F(StoreTest, EditsOvertakeQueuedWrites) {
    auto store = create();
    std::promise<void> gate;
    auto opened = gate.get_future().share();
    std::string order;
    auto note = [&order](char c) { return [&order, c](SQLite::Database&) -> Result<void> { order += c; return {}; }; };
    auto first = store->write(Store::Durability::Normal, [opened](SQLite::Database&) -> Result<void> { opened.wait(); return {}; });
    auto metrics = store->write(Store::Durability::Normal, note('m'));
    auto edit = store->edit(editName("edit.test"), "ann", note('e'));
    gate.set_value();
    ASSERT_TRUE(metrics.get());
    ASSERT_TRUE(edit.get());
    EXPECT_EQ(order, "em");
}

TEST_F(StoreTest, ManyThreadsMayEditAndReadAtOnce) {
    auto store = create();
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 10; ++i) {
                if (!add(*store, std::to_string(t) + "-" + std::to_string(i))) ++failures;
                if (things(*store).empty()) ++failures;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(store->history(0)->size(), 40u);
    EXPECT_TRUE(store->verify()->empty());
}

TEST_F(StoreTest, ClosingFinishesTheQueueAndLeavesOneFile) {
    auto store = create();
    std::vector<EditFuture> futures;
    for (int i = 0; i < 20; ++i)
        futures.push_back(store->edit(editName("edit.test"), "ann", sql("INSERT INTO thing VALUES ('" + std::to_string(i) + "', 'n')")));
    ASSERT_TRUE(store->close());
    for (auto& future : futures) EXPECT_TRUE(future.get());
    EXPECT_EQ(add(*store, "late").error().code, "store.closed");
    EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));
    EXPECT_EQ(open()->history(0)->size(), 20u);
}

TEST_F(StoreTest, AFullDiskFailsTheEditAndNothingElse) {
    auto store = create();
    ASSERT_TRUE(add(*store, "a"));
    // SQLite's own limit on pages answers exactly as a full disk does.
    ASSERT_TRUE(store->write(Store::Durability::Full, sql("PRAGMA max_page_count = 1")).get());
    auto refused = store->edit(editName("edit.test"), "ann", sql("INSERT INTO thing SELECT 'b', hex(zeroblob(100000))")).get();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "disk.full_while_writing");
    ASSERT_TRUE(store->write(Store::Durability::Full, sql("PRAGMA max_page_count = 1000000")).get());
    ASSERT_TRUE(add(*store, "c"));
    EXPECT_EQ(things(*store), "a=n c=n");
    EXPECT_TRUE(store->verify()->empty());
}

TEST_F(StoreTest, AnOlderFileIsMigratedAfterABackup) {
    ASSERT_TRUE(add(*create(), "a"));
    EXPECT_EQ(Store::open(file, [&] {
        auto newer = options(StoreAccess::ReadOnly);
        newer.schema = withMigration(smallSchema(), "ALTER TABLE thing ADD COLUMN size INTEGER");
        return newer;
    }()).error().code, "project.older_version");

    auto newer = options();
    newer.schema = withMigration(smallSchema(), "ALTER TABLE thing ADD COLUMN size INTEGER; UPDATE thing SET size = 7");
    {
        auto store = Store::open(file, newer);
        ASSERT_TRUE(store) << store.error().debugText();
        ASSERT_TRUE((*store)->read([](SQLite::Database& database) -> Result<void> {
            EXPECT_EQ(database.execAndGet("SELECT size FROM thing WHERE id = 'a'").getInt(), 7);
            return {};
        }));
        // What was done before the migration can still be taken back.
        ASSERT_TRUE((*store)->undo("ann").get());
        EXPECT_EQ(things(**store), "");
    }
    const auto backup = folder / "backups" / "a.version-2.backup";
    ASSERT_TRUE(std::filesystem::exists(backup));
    SQLite::Database copy(backup.string());
    EXPECT_EQ(copy.execAndGet("SELECT count(*) FROM thing").getInt(), 1);
    EXPECT_EQ(copy.execAndGet("PRAGMA user_version").getInt(), 2);

    EXPECT_EQ(Store::open(file, options()).error().code, "project.newer_version");
}

TEST_F(StoreTest, AnInterruptedMigrationLeavesTheOldVersion) {
    ASSERT_TRUE(add(*create(), "a"));
    auto broken = options();
    broken.schema = withMigration(smallSchema(), "DROP TABLE child; CREATE TABLE more (id INTEGER); this fails");
    EXPECT_FALSE(Store::open(file, broken));
    EXPECT_EQ(things(*open()), "a=n");

    // Killed in the middle: the recursion runs until the process dies.
    auto endless = options();
    endless.schema = withMigration(smallSchema(), "DROP TABLE child; CREATE TABLE more AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
    const pid_t child = fork();
    if (child == 0) {
        auto store = Store::open(file, endless);
        _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    auto store = open();
    ASSERT_NE(store, nullptr);
    EXPECT_EQ(things(*store), "a=n");
    EXPECT_TRUE(store->verify()->empty());
}

TEST_F(StoreTest, FilesThatAreNotOursAreRefusedAndLeftAsTheyWere) {
    auto codeOf = [&](const std::string& bytes) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
        for (const auto access : {StoreAccess::ReadOnly, StoreAccess::Write}) {
            auto store = Store::open(file, options(access));
            if (store) return std::string("opened");
            if (access == StoreAccess::Write) return store.error().code;
        }
        return std::string();
    };
    EXPECT_EQ(Store::open(file, options()).error().code, "project.not_found");
    EXPECT_EQ(codeOf(""), "project.not_a_project");
    EXPECT_EQ(codeOf("hello"), "project.not_a_project");
    EXPECT_EQ(codeOf(std::string(5000, 'x')), "project.not_a_project");
    EXPECT_FALSE(std::filesystem::exists(folder / "lock"));
    EXPECT_EQ(Store::open(folder, options()).error().code, "project.not_a_project");

    std::filesystem::remove(file);
    { SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE thing (id TEXT)"); }
    EXPECT_EQ(Store::open(file, options()).error().code, "project.not_a_project");
}

TEST_F(StoreTest, ForeignTablesTriggersAndViewsAreRefused) {
    create().reset();
    for (const char* sql : {"CREATE VIEW v AS SELECT 1", "CREATE TRIGGER t AFTER INSERT ON thing BEGIN DELETE FROM thing; END", "CREATE VIRTUAL TABLE f USING fts5(a)"}) {
        const auto copy = folder / "b.lamina";
        std::filesystem::copy_file(file, copy, std::filesystem::copy_options::overwrite_existing);
        { SQLite::Database(copy.string(), SQLite::OPEN_READWRITE).exec(sql); }
        EXPECT_EQ(Store::open(copy, options(StoreAccess::ReadOnly)).error().code, "project.damaged") << sql;
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(copy.string() + end);
    }
}

TEST_F(StoreTest, TruncatedAndFlippedFilesNeverCrash) {
    {
        auto store = create();
        for (int i = 0; i < 50; ++i) ASSERT_TRUE(add(*store, std::to_string(i), std::string(300, 'x')));
    }
    std::ifstream in(file, std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    auto tryToUse = [&](const std::string& bytes) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
        auto store = Store::open(file, options(StoreAccess::ReadOnly));
        if (!store) return store.error().code;
        (void)(*store)->history(0);
        (void)things(**store);
        return (*store)->verify()->empty() ? std::string("fine") : std::string("found");
    };
    EXPECT_EQ(tryToUse(whole), "fine");
    for (std::size_t size = 100; size < whole.size(); size += whole.size() / 20) EXPECT_NE(tryToUse(whole.substr(0, size)), "fine") << size;
    unsigned random = 1;
    for (int i = 0; i < 100; ++i) {
        std::string damaged = whole;
        random = random * 1664525u + 1013904223u;
        damaged[random % damaged.size()] ^= static_cast<char>(1 + random % 255);
        (void)tryToUse(damaged);
    }
}

TEST_F(StoreTest, CreatingOverAnExistingFileIsRefused) {
    create().reset();
    EXPECT_EQ(Store::create(file, folder / "new.part", smallSchema()).error().code, "project.exists");
}

}  // namespace
}  // namespace lamina
