#include "core/project/annotation_record.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/clock.h"
#include "core/project/label_item_record.h"
#include "core/project/label_review_record.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

/// The 16 bytes of a UUID; empty for an empty text.
std::string bytesOfUuid(const std::string& uuid) {
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    std::string bytes;
    int high = -1;
    for (const char c : uuid) {
        const int value = digit(c);
        if (value < 0) continue;
        if (high < 0) {
            high = value;
        } else {
            bytes += static_cast<char>(high * 16 + value);
            high = -1;
        }
    }
    return bytes;
}

std::string uuidOfBytes(const std::string& bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string uuid;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
        const auto byte = static_cast<unsigned char>(bytes[i]);
        uuid += digits[byte >> 4];
        uuid += digits[byte & 15];
    }
    return uuid;
}

void bindUuid(SQLite::Statement& statement, int index, const std::string& uuid) {
    const std::string bytes = bytesOfUuid(uuid);
    if (bytes.empty()) statement.bind(index);
    else statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

Result<AnnotationRecord> labelRowOf(SQLite::Statement& query) {
    AnnotationRecord record;
    record.item = query.getColumn(0).getInt64();
    record.id = uuidOfBytes(query.getColumn(1).getString());
    record.label = uuidOfBytes(query.getColumn(2).getString());
    record.parent = uuidOfBytes(query.getColumn(3).getString());
    record.live = query.getColumn(4).getInt() != 0;
    record.removed = query.getColumn(5).getInt() != 0;
    record.classNumber = query.getColumn(6).getInt64();
    record.annotator = query.getColumn(7).getString();
    record.tool = query.getColumn(8).getString();
    record.model = query.getColumn(9).getString();
    if (!query.getColumn(10).isNull()) record.confidence = query.getColumn(10).getDouble();
    record.pass = query.getColumn(11).getInt64();
    record.time = query.getColumn(12).getInt64();
    LAMINA_TRY(record.document, rows::document(query.getColumn(13).getString()));
    return record;
}

constexpr const char* liveLabels =
    "SELECT item, revision, label, coalesce(parent, x''), live, removed, class, annotator, tool, model, confidence, pass, time, document"
    " FROM label WHERE item = ? AND live = 1 ORDER BY time, revision";
constexpr const char* allLabels =
    "SELECT item, revision, label, coalesce(parent, x''), live, removed, class, annotator, tool, model, confidence, pass, time, document"
    " FROM label WHERE item = ? ORDER BY time, revision";

constexpr const char* wholeLabels =
    "SELECT key, position, state, class, revision, label.time, model, confidence FROM label_item"
    " LEFT JOIN label ON label.item = key AND live = 1 AND document = '{}' AND class > 0 AND pass = 1"
    " WHERE labelling = ? AND position >= ? AND position < ? ORDER BY position, label.time, revision";

void addWholeClass(std::vector<WholeClass>& classes, SQLite::Statement& row) {
    const std::int64_t item = row.getColumn(0).getInt64(), number = row.getColumn(3).getInt64();
    if (classes.empty() || classes.back().item != item) {
        classes.emplace_back();
        classes.back().item = item;
        classes.back().position = row.getColumn(1).getInt64();
        classes.back().state = static_cast<ItemState>(row.getColumn(2).getInt());
    }
    WholeClass& whole = classes.back();
    const std::string model = row.getColumn(6).getString();
    if (number == 0 || (model.empty() ? whole.classNumber : whole.proposed) != 0) return;
    (model.empty() ? whole.classNumber : whole.proposed) = number;
    (model.empty() ? whole.revision : whole.proposal) = uuidOfBytes(row.getColumn(4).getString());
    if (model.empty()) {
        whole.time = row.getColumn(5).getInt64();
    } else {
        whole.model = model;
        whole.confidence = row.getColumn(7).getDouble();
    }
}

Result<std::vector<AnnotationRecord>> selectLabels(const Store& store, const char* sql, std::int64_t item) {
    std::vector<AnnotationRecord> records;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        KeptStatement query(database, sql);
        query->bind(1, item);
        while (query->executeStep()) {
            LAMINA_TRY(auto record, labelRowOf(*query));
            records.push_back(std::move(record));
        }
        return {};
    }));
    return records;
}

/// The revisions with which a gesture begins, by id: only what it needs of them.
struct Parent {
    std::string label;
    std::int64_t classNumber = 0;
    bool live = false, removed = false;
};

/// What one gesture does, on the store thread.
class GestureWork {
public:
    GestureWork(SQLite::Database& database, const LabelGesture& gesture, const std::string& author, bool mayConflict)
        : m_database(database), m_gesture(gesture), m_author(author), m_mayConflict(mayConflict) {}

    Result<void> run() {
        LAMINA_TRY(const auto item, label_items::read(m_database, m_gesture.item, m_labelling));
        for (const AnnotationRecord& revision : m_gesture.revisions) LAMINA_CHECK(add(revision));
        const ItemState state = m_gesture.state ? *m_gesture.state : stateAfter(item.state);
        if (state != item.state || (m_gesture.state && m_gesture.reason != item.reason))
            label_items::changeState(m_database, m_labelling, item, state, m_gesture.reason, m_gesture.stateBy.empty() ? m_author : m_gesture.stateBy,
                                     m_gesture.stateTime != 0 ? m_gesture.stateTime : clock().wallMilliseconds());
        if (m_gesture.flagged) label_items::changeFlag(m_database, m_labelling, item, *m_gesture.flagged);
        if (m_gesture.comment) label_items::changeComment(m_database, m_labelling, item, *m_gesture.comment);
        noteWhetherOpen();
        return {};
    }

private:
    void noteWhetherOpen() {
        if (m_gesture.settles) rows::execute(m_database, "DELETE FROM label_open WHERE item = ?", m_gesture.item);
        else if (m_open || m_gesture.disputed) rows::execute(m_database, "INSERT OR IGNORE INTO label_open (item, labelling) VALUES (?, ?)", m_gesture.item, m_labelling);
    }

    Result<void> add(const AnnotationRecord& revision) {
        AnnotationRecord added = revision;
        added.item = m_gesture.item;
        if (added.label.empty()) added.label = added.id;
        if (added.annotator.empty()) added.annotator = m_author;
        if (added.time == 0) added.time = clock().wallMilliseconds();
        if (added.pass > 1) m_open = true;
        if (!added.parent.empty()) LAMINA_CHECK(replace(added));
        label_rows::insert(m_database, added, !added.removed);
        if (!added.removed) label_items::addToCount(m_database, m_labelling, label_items::countOfClasses, added.classNumber, 1);
        return {};
    }

    /// Takes the parent out of what counts.
    Result<void> replace(AnnotationRecord& added) {
        const auto parent = read(added.parent);
        if (!parent) return fail("annotation.changed_meanwhile");
        added.label = parent->label;
        if (!parent->live) {
            m_open = m_open || !parent->removed;
            return m_mayConflict || parent->removed ? Result<void>() : fail("annotation.changed_meanwhile");
        }
        KeptStatement update(m_database, "UPDATE label SET live = 0 WHERE item = ? AND revision = ?");
        update->bind(1, m_gesture.item);
        bindUuid(*update, 2, added.parent);
        update->exec();
        label_items::addToCount(m_database, m_labelling, label_items::countOfClasses, parent->classNumber, -1);
        return {};
    }

    std::optional<Parent> read(const std::string& revision) {
        KeptStatement query(m_database, "SELECT label, class, live, removed FROM label WHERE item = ? AND revision = ?");
        query->bind(1, m_gesture.item);
        bindUuid(*query, 2, revision);
        if (!query->executeStep()) return std::nullopt;
        return Parent{uuidOfBytes(query->getColumn(0).getString()), query->getColumn(1).getInt64(), query->getColumn(2).getInt() != 0,
                      query->getColumn(3).getInt() != 0};
    }

    bool hasLabels() {
        KeptStatement query(m_database, "SELECT 1 FROM label WHERE item = ? AND live = 1 LIMIT 1");
        query->bind(1, m_gesture.item);
        return query->executeStep();
    }

    ItemState stateAfter(ItemState before) {
        if (m_gesture.revisions.empty()) return before;
        if (!hasLabels()) return before == ItemState::Labelled || before == ItemState::Checked ? ItemState::Unlabelled : before;
        return before == ItemState::Checked ? before : ItemState::Labelled;
    }

    SQLite::Database& m_database;
    const LabelGesture& m_gesture;
    const std::string& m_author;
    const bool m_mayConflict;
    std::int64_t m_labelling = 0;
    bool m_open = false;  ///< opinions met that may differ
};

/// States that packages brought of items that are settled now are no open opinions any more; what was said stays where it is.
Result<void> settleStates(SQLite::Database& database, const LabelEdit& edit) {
    static const std::string path = std::string("$.") + statesInDispute;
    std::vector<std::string> items;
    for (const LabelGesture& gesture : edit.gestures)
        if (gesture.settles) items.push_back(std::to_string(gesture.item));
    if (items.empty()) return {};
    std::vector<std::pair<std::string, nlohmann::json>> sessions;
    SQLite::Statement query(database, "SELECT id, json_extract(settings, ?1) FROM label_session WHERE CASE WHEN json_valid(settings) THEN json_type(settings, ?1) END = 'object'");
    query.bind(1, path);
    while (query.executeStep()) {
        LAMINA_TRY(auto states, rows::document(query.getColumn(1).getString()));
        sessions.emplace_back(query.getColumn(0).getString(), std::move(states));
    }
    for (auto& [id, states] : sessions) {
        bool changed = false;
        for (const std::string& item : items) {
            const auto said = states.find(item);
            if (said == states.end() || !said->is_object() || said->contains("settled")) continue;
            (*said)["settled"] = true;
            changed = true;
        }
        if (changed) rows::execute(database, "UPDATE label_session SET settings = json_set(settings, ?1, json(?2)) WHERE id = ?3", path, rows::text(states), id);
    }
    return {};
}

Result<void> addRemarks(SQLite::Database& database, const LabelEdit& edit) {
    SQLite::Statement query(database, "SELECT report FROM labelling WHERE key = ?");
    query.bind(1, edit.labelling);
    if (!query.executeStep()) return {};
    LAMINA_TRY(auto report, rows::document(query.getColumn(0).getString()));
    if (!report.is_array()) report = nlohmann::json::array();
    report.insert(report.end(), edit.remarks.begin(), edit.remarks.end());
    rows::execute(database, "UPDATE labelling SET report = ? WHERE key = ?", rows::text(report), edit.labelling);
    return {};
}

}  // namespace

void label_rows::insert(SQLite::Database& database, const AnnotationRecord& record, bool live) {
    KeptStatement statement(
        database,
        "INSERT INTO label (item, revision, label, parent, live, removed, class, annotator, tool, model, confidence, pass, time, document)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement->bind(1, record.item);
    bindUuid(*statement, 2, record.id);
    bindUuid(*statement, 3, record.label.empty() ? record.id : record.label);
    bindUuid(*statement, 4, record.parent);
    statement->bind(5, live ? 1 : 0);
    statement->bind(6, record.removed ? 1 : 0);
    statement->bind(7, record.classNumber);
    statement->bind(8, record.annotator);
    statement->bind(9, record.tool);
    statement->bind(10, record.model);
    if (std::isnan(record.confidence)) statement->bind(11);
    else statement->bind(11, record.confidence);
    statement->bind(12, record.pass);
    statement->bind(13, record.time);
    statement->bind(14, rows::text(record.document));
    statement->exec();
}

EditFuture AnnotationRepository::apply(EditName name, LabelEdit edit) {
    return m_store.edit(std::move(name), m_author, [edit = std::move(edit), author = m_author](SQLite::Database& database) -> Result<void> {
        std::size_t count = 0;
        for (const LabelGesture& gesture : edit.gestures) count += gesture.revisions.size();
        if (count > largestEdit) return fail("annotation.too_many", {{"count", std::to_string(count)}, {"limit", std::to_string(largestEdit)}});
        for (const LabelClassRecord& record : edit.classes) insertLabelClass(database, record);
        for (const LabelGesture& gesture : edit.gestures) LAMINA_CHECK(GestureWork(database, gesture, author, edit.mayConflict).run());
        if (!edit.session.empty()) rows::execute(database, "UPDATE label_session SET merged = ? WHERE id = ?", clock().wallMilliseconds(), edit.session);
        if (!edit.session.empty() && edit.sessionSettings)
            rows::execute(database, "UPDATE label_session SET settings = ? WHERE id = ?", rows::text(*edit.sessionSettings), edit.session);
        LAMINA_CHECK(settleStates(database, edit));
        return edit.labelling == 0 || edit.remarks.empty() ? Result<void>() : addRemarks(database, edit);
    });
}

EditFuture AnnotationRepository::apply(EditName name, LabelGesture gesture) {
    LabelEdit edit;
    edit.gestures.push_back(std::move(gesture));
    return apply(std::move(name), std::move(edit));
}

Result<std::vector<AnnotationRecord>> AnnotationRepository::ofItem(std::int64_t item) const { return selectLabels(m_store, liveLabels, item); }

Result<std::vector<WholeClass>> AnnotationRepository::wholeClasses(std::int64_t labelling) const {
    constexpr std::int64_t rowsAtOnce = 20'000;
    std::vector<WholeClass> classes;
    std::int64_t last = -1;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT ifnull(max(position), -1) FROM label_item WHERE labelling = ?");
        query.bind(1, labelling);
        query.executeStep();
        last = query.getColumn(0).getInt64();
        return {};
    }));
    for (std::int64_t from = 0; from <= last; from += rowsAtOnce)
        LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
            KeptStatement query(database, wholeLabels);
            rows::bind(*query, labelling, from, from + rowsAtOnce);
            while (query->executeStep()) addWholeClass(classes, *query);
            return {};
        }));
    return classes;
}

Result<std::vector<AnnotationRecord>> AnnotationRepository::history(std::int64_t item) const { return selectLabels(m_store, allLabels, item); }

Result<JudgedProposals> AnnotationRepository::judgedProposals(std::int64_t labelling) const {
    JudgedProposals judged;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT count(*), ifnull(sum(said.removed = 0 AND said.class = proposed.class AND said.document = proposed.document), 0) FROM label_item"
                                          " CROSS JOIN label AS proposed ON proposed.item = label_item.key"
                                          " CROSS JOIN label AS said ON said.item = proposed.item AND said.parent = proposed.revision"
                                          " WHERE labelling = ?1 AND position >= 0 AND proposed.model <> '' AND proposed.live = 0 AND said.model = ''");
        query.bind(1, labelling);
        if (query.executeStep()) judged = {query.getColumn(0).getInt64(), query.getColumn(1).getInt64()};
        return {};
    }));
    return judged;
}

Result<std::vector<AnnotationRecord>> AnnotationRepository::conflicts(std::int64_t item) const {
    LAMINA_TRY(auto revisions, history(item));
    std::set<std::string> replaced;
    for (const auto& revision : revisions) replaced.insert(revision.parent);
    std::erase_if(revisions, [&](const AnnotationRecord& revision) {
        return replaced.count(revision.id) > 0 || (revision.removed && revision.tool == settlingTool);
    });
    std::map<std::string, int> heads, there;
    for (const auto& head : revisions) {
        ++heads[head.label];
        if (!head.removed) ++there[head.label];
    }
    std::erase_if(revisions, [&](const AnnotationRecord& head) { return heads[head.label] < 2 || there[head.label] == 0; });
    return revisions;
}

}  // namespace lamina
