#include "core/project/label_class_record.h"

#include "core/project/rows.h"

namespace lamina {

EditFuture LabelClassRepository::add(LabelClassRecord record) {
    EditName name = editName("edit.add_class", {{"name", record.name}});
    return m_store.edit(std::move(name), m_author, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        rows::execute(database, "INSERT INTO label_class (id, name, colour, key, position, retired) VALUES (?, ?, ?, ?, ?, ?)", record.id, record.name,
                      record.colour, record.key, record.order, record.retired);
        return {};
    });
}

EditFuture LabelClassRepository::rename(const std::string& id, const std::string& name) {
    return m_store.edit(editName("edit.rename_class", {{"to", name}}), m_author, [id, name](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE label_class SET name = ? WHERE id = ?", name, id) == 0) return fail("label_class.not_found", {{"class", id}});
        return {};
    });
}

EditFuture LabelClassRepository::setRetired(const std::string& id, bool retired) {
    EditName name = retired ? editName("edit.retire_class") : editName("edit.bring_back_class");
    return m_store.edit(std::move(name), m_author, [id, retired](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE label_class SET retired = ? WHERE id = ?", retired, id) == 0)
            return fail("label_class.not_found", {{"class", id}});
        return {};
    });
}

Result<std::vector<LabelClassRecord>> LabelClassRepository::all() const {
    std::vector<LabelClassRecord> records;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT id, name, colour, key, position, retired FROM label_class ORDER BY position, id");
        while (query.executeStep())
            records.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString(),
                               query.getColumn(3).getString(), query.getColumn(4).getInt64(), query.getColumn(5).getInt() != 0});
        return {};
    }));
    return records;
}

}  // namespace lamina
