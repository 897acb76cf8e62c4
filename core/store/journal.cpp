#include "core/store/journal.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/clock.h"
#include "core/base/sha256.h"
#include "core/base/uuid.h"
#include "core/store/changeset.h"
#include "core/store/connection.h"

namespace lamina::journal {
namespace {

using SQLite::Statement;

/// A row of the table, as it goes in and comes out.
struct Row {
    std::int64_t sequence = 0;
    std::string id, kind, code, arguments, author, target, changeset, digest;
    std::int64_t time = 0;
};

constexpr const char* columns = "sequence, id, kind, code, arguments, author, time, coalesce(target, ''), changeset, digest";

Row rowOf(Statement& query) {
    Row row;
    row.sequence = query.getColumn(0).getInt64();
    row.id = query.getColumn(1).getString();
    row.kind = query.getColumn(2).getString();
    row.code = query.getColumn(3).getString();
    row.arguments = query.getColumn(4).getString();
    row.author = query.getColumn(5).getString();
    row.time = query.getColumn(6).getInt64();
    row.target = query.getColumn(7).getString();
    row.changeset = query.getColumn(8).getString();
    row.digest = query.getColumn(9).getString();
    return row;
}

// Every part is preceded by its length, so that no two rows have the same bytes.
std::string digestOf(const Row& row, const std::string& previous) {
    Sha256 hash;
    const std::string sequence = std::to_string(row.sequence), time = std::to_string(row.time);
    for (const std::string* part : {&previous, &sequence, &row.id, &row.kind, &row.code, &row.arguments, &row.author, &time, &row.target, &row.changeset}) {
        const std::string length = std::to_string(part->size()) + ":";
        hash.add(length.data(), length.size());
        hash.add(part->data(), part->size());
    }
    return hash.finish();
}

std::string argumentsText(const EditName& name) {
    return nlohmann::json(name.arguments).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

EditName nameOf(const std::string& code, const std::string& arguments) {
    EditName name{code, {}};
    const auto json = nlohmann::json::parse(arguments, nullptr, false);
    if (!json.is_array()) return name;
    for (const auto& pair : json)
        if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string())
            name.arguments.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
    return name;
}

EditReceipt insert(SQLite::Database& database, Row row) {
    std::string previous;
    Statement last(database, "SELECT sequence, digest FROM edit ORDER BY sequence DESC LIMIT 1");
    if (last.executeStep()) {
        row.sequence = last.getColumn(0).getInt64();
        previous = last.getColumn(1).getString();
    }
    ++row.sequence;
    row.id = newUuid();
    row.time = clock().wallMilliseconds();
    row.digest = digestOf(row, previous);
    Statement insert(database, "INSERT INTO edit (sequence, id, kind, state, code, arguments, author, time, target, changeset, digest)"
                               " VALUES (?, ?, ?, 'done', ?, ?, ?, ?, nullif(?, ''), ?, ?)");
    int at = 0;
    insert.bind(++at, row.sequence);
    for (const std::string* text : {&row.id, &row.kind, &row.code, &row.arguments, &row.author}) insert.bind(++at, *text);
    insert.bind(++at, row.time);
    insert.bind(++at, row.target);
    insert.bind(++at, row.changeset.data(), static_cast<int>(row.changeset.size()));
    insert.bind(++at, row.digest);
    insert.exec();
    return {row.id, row.sequence, nameOf(row.code, row.arguments)};
}

std::optional<Row> findRow(SQLite::Database& database, const std::string& condition) {
    Statement query(database, std::string("SELECT ") + columns + " FROM edit WHERE kind = 'normal' AND " + condition + " LIMIT 1");
    if (!query.executeStep()) return std::nullopt;
    return rowOf(query);
}

Row commandRow(const char* kind, const Row& target, const std::string& author, std::string changeset) {
    Row row;
    row.kind = kind;
    row.code = target.code;
    row.arguments = target.arguments;
    row.author = author;
    row.target = target.id;
    row.changeset = std::move(changeset);
    return row;
}

Error unreadable(const Row& row) { return fail("store.journal_unreadable", {{"sequence", std::to_string(row.sequence)}}); }

void setState(SQLite::Database& database, const std::string& id, const char* state) {
    Statement update(database, "UPDATE edit SET state = ? WHERE id = ?");
    update.bind(1, state);
    update.bind(2, id);
    update.exec();
}

EditKind kindOf(const std::string& text) { return text == "undo" ? EditKind::Undo : text == "redo" ? EditKind::Redo : EditKind::Normal; }

EditState stateOf(const std::string& text) { return text == "undone" ? EditState::Undone : text == "dropped" ? EditState::Dropped : EditState::Done; }

}  // namespace

Result<EditReceipt> edit(SQLite::Database& database, const EditName& name, const std::string& author, const StoreWork& work) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    Row row;
    {
        ChangeRecorder recorder(database);
        LAMINA_CHECK(runInside(database, work));
        row.changeset = recorder.changeset();
    }
    if (row.changeset.empty()) return EditReceipt{{}, 0, name};
    row.kind = "normal";
    row.code = name.code;
    row.arguments = argumentsText(name);
    row.author = author;
    database.exec("UPDATE edit SET state = 'dropped' WHERE kind = 'normal' AND state = 'undone'");
    EditReceipt receipt = insert(database, std::move(row));
    transaction.commit();
    return receipt;
}

Result<EditReceipt> undo(SQLite::Database& database, const std::string& author) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const auto target = findRow(database, "state = 'done' ORDER BY sequence DESC");
    if (!target) return fail("store.nothing_to_undo");
    if (!isReadable(target->changeset)) return unreadable(*target);
    std::string changes = inverse(target->changeset);
    LAMINA_CHECK(applyChangeset(database, changes));
    setState(database, target->id, "undone");
    EditReceipt receipt = insert(database, commandRow("undo", *target, author, std::move(changes)));
    transaction.commit();
    return receipt;
}

Result<EditReceipt> redo(SQLite::Database& database, const std::string& author) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const auto target = findRow(database, "state = 'undone' ORDER BY sequence");
    if (!target) return fail("store.nothing_to_redo");
    if (!isReadable(target->changeset)) return unreadable(*target);
    LAMINA_CHECK(applyChangeset(database, target->changeset));
    setState(database, target->id, "done");
    EditReceipt receipt = insert(database, commandRow("redo", *target, author, target->changeset));
    transaction.commit();
    return receipt;
}

Result<std::vector<JournalEntry>> history(SQLite::Database& database, std::int64_t limit) {
    Statement query(database, "SELECT sequence, id, kind, state, code, arguments, author, time, coalesce(target, ''), length(changeset)"
                              " FROM edit ORDER BY sequence DESC LIMIT ?");
    query.bind(1, limit > 0 ? limit : std::int64_t{-1});
    std::vector<JournalEntry> entries;
    while (query.executeStep()) {
        JournalEntry entry;
        entry.sequence = query.getColumn(0).getInt64();
        entry.id = query.getColumn(1).getString();
        entry.kind = kindOf(query.getColumn(2).getString());
        entry.state = stateOf(query.getColumn(3).getString());
        entry.name = nameOf(query.getColumn(4).getString(), query.getColumn(5).getString());
        entry.author = query.getColumn(6).getString();
        entry.time = query.getColumn(7).getInt64();
        entry.target = query.getColumn(8).getString();
        entry.changesetBytes = query.getColumn(9).getInt64();
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<Issue> check(SQLite::Database& database) {
    std::vector<Issue> issues;
    Statement query(database, std::string("SELECT ") + columns + " FROM edit ORDER BY sequence");
    std::string previous;
    while (query.executeStep()) {
        const Row row = rowOf(query);
        const std::string sequence = std::to_string(row.sequence);
        if (!isReadable(row.changeset)) issues.push_back({Severity::Blocker, unreadable(row)});
        else if (digestOf(row, previous) != row.digest) issues.push_back({Severity::Blocker, fail("store.journal_changed", {{"sequence", sequence}})});
        previous = row.digest;
    }
    return issues;
}

}  // namespace lamina::journal
