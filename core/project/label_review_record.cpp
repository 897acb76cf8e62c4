#include "core/project/label_review_record.h"

#include "core/base/clock.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

/// A label of the item that came or went after its review.
#define LAMINA_CHANGED_SINCE(time) "EXISTS (SELECT 1 FROM label WHERE label.item = label_item.key AND label.time > " time ")"
#define LAMINA_QUEUED_COLUMNS                                                                                                              \
    "SELECT label_item.key, position, identity, width, height, state, flagged, reason, label_item.comment, annotator, label_item.time FROM label_item"
#define LAMINA_LAST_REVIEW " LEFT JOIN label_review AS review ON review.key = (SELECT max(key) FROM label_review WHERE item = label_item.key)"

const char* queueQuery(ReviewQueue which) {
    switch (which) {
        case ReviewQueue::Waiting:
            return LAMINA_QUEUED_COLUMNS LAMINA_LAST_REVIEW " WHERE labelling = ?1 AND position >= ?2 AND state IN (1, 2, 3)"
                                                            " AND (review.key IS NULL OR " LAMINA_CHANGED_SINCE("review.time") ") ORDER BY position LIMIT ?3";
        case ReviewQueue::Rejected:
            return LAMINA_QUEUED_COLUMNS LAMINA_LAST_REVIEW " WHERE labelling = ?1 AND position >= ?2 AND review.accepted = 0"
                                                            " AND NOT " LAMINA_CHANGED_SINCE("review.time") " ORDER BY position LIMIT ?3";
        case ReviewQueue::Accepted: break;
    }
    return LAMINA_QUEUED_COLUMNS LAMINA_LAST_REVIEW " WHERE labelling = ?1 AND position >= ?2 AND review.accepted = 1"
                                                    " AND NOT " LAMINA_CHANGED_SINCE("review.time") " ORDER BY position LIMIT ?3";
}

constexpr const char* openQuery = LAMINA_QUEUED_COLUMNS
    " WHERE labelling = ?1 AND position >= ?2 AND label_item.key IN (SELECT item FROM label_open WHERE labelling = ?1) ORDER BY position LIMIT ?3";

#undef LAMINA_CHANGED_SINCE
#undef LAMINA_QUEUED_COLUMNS
#undef LAMINA_LAST_REVIEW

LabelItemRecord queuedItem(SQLite::Statement& query) {
    LabelItemRecord item;
    item.key = query.getColumn(0).getInt64();
    item.position = query.getColumn(1).getInt64();
    item.identity = query.getColumn(2).getString();
    item.width = query.getColumn(3).getInt64();
    item.height = query.getColumn(4).getInt64();
    item.state = static_cast<ItemState>(query.getColumn(5).getInt());
    item.flagged = query.getColumn(6).getInt() != 0;
    item.reason = query.getColumn(7).getString();
    item.comment = query.getColumn(8).getString();
    item.annotator = query.getColumn(9).getString();
    item.time = query.getColumn(10).getInt64();
    return item;
}

Result<std::vector<LabelItemRecord>> selectQueue(const Store& store, const char* sql, std::int64_t labelling, std::int64_t position, std::int64_t limit) {
    std::vector<LabelItemRecord> items;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, sql);
        rows::bind(query, labelling, position, limit);
        while (query.executeStep()) items.push_back(queuedItem(query));
        return {};
    }));
    return items;
}

/// What an item becomes by its review; its own state where nothing changes.
ItemState reviewedState(ItemState before, bool accepted) {
    if (accepted && before == ItemState::Labelled) return ItemState::Checked;
    return !accepted && before == ItemState::Checked ? ItemState::Labelled : before;
}

Result<std::vector<LabelSessionRecord>> selectSessions(const Store& store) {
    std::vector<LabelSessionRecord> sessions;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT id, role, labelling, settings, created, merged FROM label_session ORDER BY created, id");
        while (query.executeStep()) {
            LabelSessionRecord record;
            record.id = query.getColumn(0).getString();
            record.isPackage = query.getColumn(1).getInt() != 0;
            record.labelling = query.getColumn(2).getInt64();
            LAMINA_TRY(record.settings, rows::document(query.getColumn(3).getString()));
            record.created = query.getColumn(4).getInt64();
            record.merged = query.getColumn(5).getInt64();
            sessions.push_back(std::move(record));
        }
        return {};
    }));
    return sessions;
}

}  // namespace

EditFuture ReviewRepository::add(ReviewRecord record) {
    if (record.reviewer.empty()) record.reviewer = m_author;
    EditName name = record.accepted ? editName("edit.accept_item", {{"item", std::to_string(record.item)}})
                                    : editName("edit.reject_item", {{"item", std::to_string(record.item)}});
    return m_store.edit(std::move(name), m_author, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        std::int64_t labelling = 0;
        LAMINA_TRY(const auto item, label_items::read(database, record.item, labelling));
        const std::int64_t time = record.time != 0 ? record.time : clock().wallMilliseconds();
        rows::execute(database, "INSERT INTO label_review (item, accepted, comment, reviewer, time) VALUES (?, ?, ?, ?, ?)", record.item, record.accepted,
                      record.comment, record.reviewer, time);
        const ItemState state = reviewedState(item.state, record.accepted);
        if (state != item.state) label_items::changeState(database, labelling, item, state, item.reason, record.reviewer, time);
        return {};
    });
}

Result<std::vector<ReviewRecord>> ReviewRepository::ofItem(std::int64_t item) const {
    std::vector<ReviewRecord> reviews;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT item, accepted, comment, reviewer, time, NOT EXISTS (SELECT 1 FROM label WHERE label.item = label_review.item"
                                          " AND label.time > label_review.time) FROM label_review WHERE item = ? ORDER BY key DESC");
        query.bind(1, item);
        while (query.executeStep())
            reviews.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt() != 0, query.getColumn(2).getString(), query.getColumn(3).getString(),
                               query.getColumn(4).getInt64(), query.getColumn(5).getInt() != 0});
        return {};
    }));
    return reviews;
}

Result<std::vector<LabelItemRecord>> ReviewRepository::queue(std::int64_t labelling, ReviewQueue which, std::int64_t fromPosition, std::int64_t limit) const {
    return selectQueue(m_store, queueQuery(which), labelling, fromPosition, limit);
}

Result<std::vector<LabelItemRecord>> ReviewRepository::openItems(std::int64_t labelling, std::int64_t fromPosition, std::int64_t limit) const {
    return selectQueue(m_store, openQuery, labelling, fromPosition, limit);
}

EditFuture LabelSessionRepository::add(EditName name, LabelSessionRecord record) {
    return m_store.edit(std::move(name), m_author, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        rows::execute(database, "INSERT OR REPLACE INTO label_session (id, role, labelling, settings, created, merged) VALUES (?, ?, ?, ?, ?, ?)", record.id,
                      record.isPackage, record.labelling, rows::text(record.settings), record.created != 0 ? record.created : clock().wallMilliseconds(),
                      record.merged);
        return {};
    });
}

Result<std::vector<LabelSessionRecord>> LabelSessionRepository::all() const { return selectSessions(m_store); }

Result<std::optional<LabelSessionRecord>> LabelSessionRepository::package() const {
    LAMINA_TRY(auto sessions, selectSessions(m_store));
    for (LabelSessionRecord& session : sessions)
        if (session.isPackage) return std::optional(std::move(session));
    return std::optional<LabelSessionRecord>();
}

}  // namespace lamina
