#include "core/project/dataset_record.h"

#include "core/project/label_item_record.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

void insertColumns(SQLite::Database& database, const DatasetRecord& record) {
    std::int64_t position = 0;
    for (const ColumnRecord& column : record.columns)
        rows::execute(database, "INSERT INTO dataset_column (id, dataset, position, name, kind, role, file_hash, info) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                      column.id, record.id, position++, column.name, column.kind, column.role, column.fileHash, rows::text(column.info));
}

void insert(SQLite::Database& database, const DatasetRecord& record) {
    rows::execute(database, "INSERT INTO dataset (id, name, importer, source_path, source_hash, row_count, issues) VALUES (?, ?, ?, ?, ?, ?, ?)", record.id,
                  record.name, record.importer, record.sourcePath, record.sourceHash, record.rows, rows::text(record.issues));
    insertColumns(database, record);
}

Result<std::vector<ColumnRecord>> columnsOf(SQLite::Database& database, const std::string& dataset) {
    Statement query(database, "SELECT id, name, kind, role, file_hash, info FROM dataset_column WHERE dataset = ? ORDER BY position");
    query.bind(1, dataset);
    std::vector<ColumnRecord> columns;
    while (query.executeStep()) {
        LAMINA_TRY(auto info, rows::document(query.getColumn(5).getString()));
        columns.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString(), query.getColumn(3).getString(),
                           query.getColumn(4).getString(), std::move(info)});
    }
    return columns;
}

/// By the time of birth in the ids: what undo brings back has a new rowid.
Result<std::vector<DatasetRecord>> selectDatasets(SQLite::Database& database, const std::string& idOrName) {
    Statement query(database, "SELECT id, name, importer, source_path, source_hash, row_count, issues FROM dataset"
                              " WHERE ?1 = '' OR id = ?1 OR name = ?1 ORDER BY id <> ?1, substr(id, 1, 13), rowid");
    query.bind(1, idOrName);
    std::vector<DatasetRecord> records;
    while (query.executeStep()) {
        DatasetRecord record{query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString(), query.getColumn(3).getString(),
                             query.getColumn(4).getString(), query.getColumn(5).getInt64(),  {},                             {}};
        LAMINA_TRY(record.issues, rows::document(query.getColumn(6).getString()));
        LAMINA_TRY(record.columns, columnsOf(database, record.id));
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace

EditFuture DatasetRepository::add(DatasetRecord record) {
    EditName name = editName("edit.add_dataset", {{"name", record.name}});
    return m_store.edit(std::move(name), m_author, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        insert(database, record);
        return {};
    });
}

EditFuture DatasetRepository::rename(const std::string& id, const std::string& name) {
    return m_store.edit(editName("edit.rename_dataset", {{"to", name}}), m_author, [id, name](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE dataset SET name = ? WHERE id = ?", name, id) == 0) return fail("dataset.not_found", {{"dataset", id}});
        return {};
    });
}

EditFuture DatasetRepository::replace(DatasetRecord record, std::optional<SplitRecord> split, std::vector<std::string> identities) {
    EditName name = editName("edit.import_again", {{"name", record.name}});
    return m_store.edit(std::move(name), m_author,
                        [record = std::move(record), split = std::move(split), identities = std::move(identities)](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE dataset SET importer = ?, source_path = ?, source_hash = ?, row_count = ?, issues = ? WHERE id = ?", record.importer,
                          record.sourcePath, record.sourceHash, record.rows, rows::text(record.issues), record.id) == 0)
            return fail("dataset.not_found", {{"dataset", record.id}});
        rows::execute(database, "DELETE FROM dataset_column WHERE dataset = ?", record.id);
        insertColumns(database, record);
        if (split) insertSplit(database, *split);
        if (!identities.empty()) label_items::reseat(database, record.id, identities);
        return {};
    });
}

EditFuture DatasetRepository::setRole(const std::string& columnId, const std::string& role) {
    return m_store.edit(editName("edit.set_column_role", {{"role", role}}), m_author, [columnId, role](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE dataset_column SET role = ? WHERE id = ?", role, columnId) == 0)
            return fail("dataset.column_not_found", {{"column", columnId}});
        return {};
    });
}

EditFuture DatasetRepository::remove(const std::string& id) {
    return m_store.edit(editName("edit.remove_dataset"), m_author, [id](SQLite::Database& database) -> Result<void> {
        rows::execute(database, "DELETE FROM split WHERE dataset = ?", id);
        rows::execute(database, "DELETE FROM recipe WHERE dataset = ?", id);
        rows::execute(database, "DELETE FROM labelling WHERE dataset = ?", id);
        rows::execute(database, "DELETE FROM dataset_column WHERE dataset = ?", id);
        if (rows::execute(database, "DELETE FROM dataset WHERE id = ?", id) == 0) return fail("dataset.not_found", {{"dataset", id}});
        return {};
    });
}

Result<std::vector<DatasetRecord>> DatasetRepository::all() const {
    std::vector<DatasetRecord> records;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        LAMINA_TRY(records, selectDatasets(database, {}));
        return {};
    }));
    return records;
}

Result<DatasetRecord> DatasetRepository::find(const std::string& idOrName) const {
    std::vector<DatasetRecord> found;
    if (!idOrName.empty())
        LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
            LAMINA_TRY(found, selectDatasets(database, idOrName));
            return {};
        }));
    if (found.empty()) return fail("dataset.not_found", {{"dataset", idOrName}});
    if (found.size() > 1 && found.front().id != idOrName) return fail("dataset.ambiguous", {{"dataset", idOrName}});
    return std::move(found.front());
}

}  // namespace lamina
