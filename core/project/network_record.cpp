#include "core/project/network_record.h"

#include "core/project/rows.h"

namespace lamina {
namespace {

Result<std::vector<NetworkRecord>> selectNetworks(const Store& store, const std::string& idOrName) {
    std::vector<NetworkRecord> records;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT id, name, coalesce(dataset, ''), task, document, revision FROM network"
                                          " WHERE ?1 = '' OR id = ?1 OR name = ?1 ORDER BY id <> ?1, rowid");
        query.bind(1, idOrName);
        while (query.executeStep()) {
            LAMINA_TRY(auto document, rows::document(query.getColumn(4).getString()));
            records.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString(),
                               query.getColumn(3).getString(), std::move(document), query.getColumn(5).getInt64()});
        }
        return {};
    }));
    return records;
}

}  // namespace

EditFuture NetworkRepository::add(NetworkRecord record) {
    EditName name = editName("edit.add_network", {{"name", record.name}});
    return m_store.edit(std::move(name), m_author, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        rows::execute(database, "INSERT INTO network (id, name, dataset, task, document, revision) VALUES (?, ?, nullif(?, ''), ?, ?, ?)", record.id,
                      record.name, record.datasetId, record.taskId, rows::text(record.document), record.revision);
        return {};
    });
}

EditFuture NetworkRepository::rename(const std::string& id, const std::string& name) {
    return m_store.edit(editName("edit.rename_network", {{"to", name}}), m_author, [id, name](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE network SET name = ? WHERE id = ?", name, id) == 0) return fail("network.not_found", {{"network", id}});
        return {};
    });
}

EditFuture NetworkRepository::save(const std::string& id, nlohmann::json document, EditName what) {
    return m_store.edit(std::move(what), m_author, [id, text = rows::text(document)](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE network SET document = ?, revision = revision + 1 WHERE id = ?", text, id) == 0)
            return fail("network.not_found", {{"network", id}});
        return {};
    });
}

EditFuture NetworkRepository::remove(const std::string& id) {
    return m_store.edit(editName("edit.remove_network"), m_author, [id](SQLite::Database& database) -> Result<void> {
        // Runs keep their own copy of what was trained; the undo points them here again.
        rows::execute(database, "UPDATE run SET network = NULL WHERE network = ?", id);
        if (rows::execute(database, "DELETE FROM network WHERE id = ?", id) == 0) return fail("network.not_found", {{"network", id}});
        return {};
    });
}

Result<std::vector<NetworkRecord>> NetworkRepository::all() const { return selectNetworks(m_store, {}); }

Result<NetworkRecord> NetworkRepository::find(const std::string& idOrName) const {
    if (idOrName.empty()) return fail("network.not_found", {{"network", idOrName}});
    LAMINA_TRY(auto found, selectNetworks(m_store, idOrName));
    if (found.empty()) return fail("network.not_found", {{"network", idOrName}});
    if (found.size() > 1 && found.front().id != idOrName) return fail("network.ambiguous", {{"network", idOrName}});
    return std::move(found.front());
}

}  // namespace lamina
