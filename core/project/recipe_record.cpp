#include "core/project/recipe_record.h"

#include "core/project/rows.h"

namespace lamina {
namespace {

using SQLite::Statement;

bool hasDataset(SQLite::Database& database, const std::string& id) {
    Statement query(database, "SELECT 1 FROM dataset WHERE id = ?");
    query.bind(1, id);
    return query.executeStep();
}

std::int64_t revisionOf(SQLite::Database& database, const std::string& dataset) {
    Statement query(database, "SELECT revision FROM recipe WHERE dataset = ?");
    query.bind(1, dataset);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

}  // namespace

Result<RecipeRecord> RecipeRepository::of(const std::string& datasetId) const {
    RecipeRecord record;
    record.datasetId = datasetId;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        if (!hasDataset(database, datasetId)) return fail("dataset.not_found", {{"dataset", datasetId}});
        Statement query(database, "SELECT document, roles, revision FROM recipe WHERE dataset = ?");
        query.bind(1, datasetId);
        if (!query.executeStep()) return {};
        LAMINA_TRY(record.document, rows::document(query.getColumn(0).getString()));
        LAMINA_TRY(record.roles, rows::document(query.getColumn(1).getString()));
        record.revision = query.getColumn(2).getInt64();
        return {};
    }));
    return record;
}

EditFuture RecipeRepository::set(EditName name, RecipeRecord record) {
    return m_store.edit(std::move(name), m_author, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        if (!hasDataset(database, record.datasetId)) return fail("dataset.not_found", {{"dataset", record.datasetId}});
        if (revisionOf(database, record.datasetId) != record.revision) return fail("recipe.changed_meanwhile");
        rows::execute(database, "INSERT INTO recipe (dataset, document, roles, revision) VALUES (?1, ?2, ?3, ?4)"
                                " ON CONFLICT (dataset) DO UPDATE SET document = ?2, roles = ?3, revision = ?4",
                      record.datasetId, rows::text(record.document), rows::text(record.roles), record.revision + 1);
        return {};
    });
}

}  // namespace lamina
