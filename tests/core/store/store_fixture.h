// A folder of its own and a small schema for the store's tests.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/uuid.h"
#include "core/store/store.h"

namespace lamina {

class StoreTest : public testing::Test {
protected:
    StoreTest() : folder(std::filesystem::temp_directory_path() / ("lamina-" + newUuid())), file(folder / "a.lamina") {
        std::filesystem::create_directories(folder);
    }
    ~StoreTest() override { std::filesystem::remove_all(folder); }

    /// The journal and one table `thing (id, name)` with children; more migrations can be added.
    static Schema smallSchema() {
        return {77, {fullSchema().migrations.front(), {"002_thing", "CREATE TABLE thing (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL) STRICT;"
                                                                    "CREATE TABLE child (id INTEGER PRIMARY KEY, thing TEXT REFERENCES thing (id)) STRICT;"}}};
    }
    StoreOptions options(StoreAccess access = StoreAccess::Write) const {
        StoreOptions result;
        result.access = access;
        result.lockFile = folder / "lock";
        result.backupFolder = folder / "backups";
        result.schema = smallSchema();
        return result;
    }
    std::unique_ptr<Store> create() {
        EXPECT_TRUE(Store::create(file, folder / "new.part", smallSchema()));
        return open();
    }
    std::unique_ptr<Store> open(StoreAccess access = StoreAccess::Write) {
        auto store = Store::open(file, options(access));
        if (!store) ADD_FAILURE() << store.error().debugText();
        return store ? std::move(*store) : nullptr;
    }

    static StoreWork sql(const std::string& text) {
        return [text](SQLite::Database& database) -> Result<void> {
            database.exec(text);
            return {};
        };
    }
    static Result<EditReceipt> add(Store& store, const std::string& id, const std::string& name = "n") {
        return store.edit(editName("edit.test", {{"id", id}}), "ann", sql("INSERT INTO thing VALUES ('" + id + "', '" + name + "')")).get();
    }
    static Result<EditReceipt> rename(Store& store, const std::string& id, const std::string& name) {
        return store.edit(editName("edit.test_rename", {{"to", name}}), "ben", sql("UPDATE thing SET name = '" + name + "' WHERE id = '" + id + "'")).get();
    }
    /// "a=n b=m": the whole table as text.
    static std::string things(const Store& store) {
        std::string text;
        auto read = store.read([&](SQLite::Database& database) -> Result<void> {
            SQLite::Statement query(database, "SELECT id, name FROM thing ORDER BY id");
            while (query.executeStep()) text += (text.empty() ? "" : " ") + query.getColumn(0).getString() + "=" + query.getColumn(1).getString();
            return {};
        });
        return read ? text : read.error().debugText();
    }

    std::filesystem::path folder, file;
};

}  // namespace lamina
