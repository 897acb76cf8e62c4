#include "core/project/annotation_record.h"

#include "core/base/clock.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

Result<std::vector<AnnotationRecord>> select(const Store& store, const char* condition, const std::string& item) {
    std::vector<AnnotationRecord> records;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, std::string("SELECT id, item, annotator, pass, coalesce(parent, ''), coalesce(class, ''), document, time"
                                                      " FROM annotation WHERE item = ? AND ") +
                                              condition + " ORDER BY rowid");
        query.bind(1, item);
        while (query.executeStep()) {
            LAMINA_TRY(auto document, rows::document(query.getColumn(6).getString()));
            records.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString(),
                               query.getColumn(3).getInt64(), query.getColumn(4).getString(), query.getColumn(5).getString(), std::move(document),
                               query.getColumn(7).getInt64()});
        }
        return {};
    }));
    return records;
}

}  // namespace

EditFuture AnnotationRepository::add(AnnotationRecord revision) {
    if (revision.time == 0) revision.time = clock().wallMilliseconds();
    return m_store.edit(editName("edit.label"), m_author, [revision = std::move(revision)](SQLite::Database& database) -> Result<void> {
        rows::execute(database,
                      "INSERT INTO annotation (id, item, annotator, pass, parent, class, document, time)"
                      " VALUES (?, ?, ?, ?, nullif(?, ''), nullif(?, ''), ?, ?)",
                      revision.id, revision.item, revision.annotator, revision.pass, revision.parent, revision.classId, rows::text(revision.document),
                      revision.time);
        return {};
    });
}

Result<std::vector<AnnotationRecord>> AnnotationRepository::heads(const std::string& item) const {
    return select(m_store, "NOT EXISTS (SELECT 1 FROM annotation AS child WHERE child.parent = annotation.id)", item);
}

Result<std::vector<AnnotationRecord>> AnnotationRepository::revisions(const std::string& item) const { return select(m_store, "1", item); }

}  // namespace lamina
