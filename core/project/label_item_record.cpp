#include "core/project/label_item_record.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/base/clock.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

constexpr const char* stateNames[itemStates] = {"unlabelled", "labelled", "checked", "checked_empty", "skipped"};

#define LAMINA_ITEM_COLUMNS "key, position, identity, width, height, state, flagged, reason, comment, annotator, time"

LabelItemRecord itemRowOf(SQLite::Statement& query) {
    LabelItemRecord record;
    record.key = query.getColumn(0).getInt64();
    record.position = query.getColumn(1).getInt64();
    record.identity = query.getColumn(2).getString();
    record.width = query.getColumn(3).getInt64();
    record.height = query.getColumn(4).getInt64();
    record.state = static_cast<ItemState>(std::clamp(query.getColumn(5).getInt(), 0, itemStates - 1));
    record.flagged = query.getColumn(6).getInt() != 0;
    record.reason = query.getColumn(7).getString();
    record.comment = query.getColumn(8).getString();
    record.annotator = query.getColumn(9).getString();
    record.time = query.getColumn(10).getInt64();
    return record;
}

Result<std::optional<LabelItemRecord>> selectItem(const Store& store, const char* sql, std::int64_t first, const std::string* text,
                                                  std::int64_t second) {
    std::optional<LabelItemRecord> found;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        KeptStatement query(database, sql);
        query->bind(1, first);
        if (text) query->bind(2, *text);
        else query->bind(2, second);
        if (query->executeStep()) found = itemRowOf(*query);
        return {};
    }));
    return found;
}

/// The items of a filter: "… FROM label_item WHERE …", with ?1 the labelling and ?2 the first position.
std::string itemQuery(const ItemFilter& filter, bool rareClass) {
    std::string sql = "SELECT " LAMINA_ITEM_COLUMNS " FROM label_item WHERE ";
    // With a plus in front no index is taken for it: a rare class leads to its few items at once.
    sql += rareClass ? "+labelling = ?1 AND +position >= ?2" : "labelling = ?1 AND position >= ?2";
    if (filter.state) sql += " AND state = " + std::to_string(static_cast<int>(*filter.state));
    if (filter.flagged) sql += " AND flagged = 1";
    if (filter.commented) sql += " AND comment <> ''";
    if (!filter.classNumbers.empty()) {
        std::string numbers;
        for (const std::int64_t number : filter.classNumbers) numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
        // A frequent class is soon met by walking over the items.
        sql += rareClass ? " AND key IN (SELECT item FROM label WHERE live = 1 AND class IN (" + numbers + "))"
                         : " AND EXISTS (SELECT 1 FROM label WHERE item = label_item.key AND live = 1 AND class IN (" + numbers + "))";
    }
    return sql + " ORDER BY position LIMIT ?3";
}

bool isRare(SQLite::Database& database, std::int64_t labelling, const std::vector<std::int64_t>& classNumbers) {
    constexpr std::int64_t rarely = 5'000;
    if (classNumbers.empty()) return false;
    std::int64_t labels = 0;
    for (const std::int64_t number : classNumbers) {
        KeptStatement query(database, "SELECT number FROM label_count WHERE labelling = ? AND kind = 1 AND key = ?");
        rows::bind(*query, labelling, number);
        if (query->executeStep()) labels += query->getColumn(0).getInt64();
    }
    return labels <= rarely;
}

void insertItem(SQLite::Database& database, std::int64_t labelling, const LabelItemRecord& record) {
    KeptStatement statement(
        database,
        "INSERT INTO label_item (key, labelling, position, identity, width, height, state, flagged, reason, comment, annotator, time)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    rows::bind(*statement, record.key, labelling, record.position, record.identity, record.width, record.height,
               static_cast<std::int64_t>(record.state), record.flagged, record.reason, record.comment, record.annotator, record.time);
    statement->exec();
}

void removeLabelling(SQLite::Database& database, std::int64_t labelling) {
    rows::execute(database, "DELETE FROM label WHERE item IN (SELECT key FROM label_item WHERE labelling = ?)", labelling);
    rows::execute(database, "DELETE FROM label_item WHERE labelling = ?", labelling);
    rows::execute(database, "DELETE FROM label_count WHERE labelling = ?", labelling);
}

/// A row of the counts that says: items and labels are still being written.
constexpr std::int64_t countOfUnfinished = 9;

/// What imports left behind that did not come to their end, but for those that are at work.
void sweep(SQLite::Database& database, const std::set<std::int64_t>& open) {
    std::vector<std::int64_t> strays;
    SQLite::Statement query(database,
                            "SELECT labelling FROM label_count WHERE kind = 9 AND number > 0 AND labelling NOT IN (SELECT key FROM labelling)");
    while (query.executeStep()) strays.push_back(query.getColumn(0).getInt64());
    for (const std::int64_t stray : strays)
        if (!open.count(stray)) removeLabelling(database, stray);
}

std::int64_t numberFrom(SQLite::Database& database, const char* sql) {
    SQLite::Statement query(database, sql);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

void takeCount(LabelCounts& counts, std::int64_t kind, std::int64_t key, std::int64_t number) {
    if (number == 0) return;
    if (kind == label_items::countOfStates && key >= 0 && key < itemStates) counts.states[static_cast<std::size_t>(key)] += number;
    else if (kind == label_items::countOfClasses) counts.classes[key] += number;
    else if (kind == label_items::countOfFlagged) counts.flagged += number;
    else if (kind == label_items::countOfComments) counts.commented += number;
}

/// The index holds proposals alone: the labels, which may be millions, are not looked at.
constexpr const char* openProposals = "SELECT class, count(*) FROM label INDEXED BY label_proposed CROSS JOIN label_item ON label_item.key = label.item"
                                      " WHERE label.live = 1 AND label.model <> '' AND labelling = ?1 AND position >= 0 GROUP BY class";

/// What is counted with every change does not know whose a label is.
void tellProposalsApart(SQLite::Database& database, std::int64_t labelling, LabelCounts& counts) {
    KeptStatement query(database, openProposals);
    query->bind(1, labelling);
    while (query->executeStep()) {
        const std::int64_t number = query->getColumn(0).getInt64(), proposed = query->getColumn(1).getInt64();
        if ((counts.classes[number] -= proposed) == 0) counts.classes.erase(number);
        counts.proposals[number] = proposed;
    }
}

Result<LabelCounts> selectCounts(const Store& store, const char* sql, std::int64_t labelling) {
    LabelCounts counts;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, sql);
        query.bind(1, labelling);
        while (query.executeStep()) takeCount(counts, query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64());
        tellProposalsApart(database, labelling, counts);
        return {};
    }));
    return counts;
}

}  // namespace

const char* itemStateName(ItemState state) { return stateNames[static_cast<std::size_t>(state)]; }

std::optional<ItemState> itemStateFromName(const std::string& name) {
    for (int i = 0; i < itemStates; ++i)
        if (name == stateNames[i]) return static_cast<ItemState>(i);
    return std::nullopt;
}

std::int64_t LabelCounts::items() const { return std::accumulate(states.begin(), states.end(), std::int64_t{0}); }

namespace {

std::int64_t sumOf(const std::map<std::int64_t, std::int64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}, [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
}

}  // namespace

std::int64_t LabelCounts::labels() const { return sumOf(classes); }
std::int64_t LabelCounts::proposed() const { return sumOf(proposals); }

void LabelCounts::add(const LabelCounts& other) {
    for (std::size_t state = 0; state < states.size(); ++state) states[state] += other.states[state];
    for (const auto& [number, labels] : other.classes) classes[number] += labels;
    for (const auto& [number, proposed] : other.proposals) proposals[number] += proposed;
    flagged += other.flagged;
    commented += other.commented;
}

void label_items::addToCount(SQLite::Database& database, std::int64_t labelling, std::int64_t kind, std::int64_t key, std::int64_t difference) {
    KeptStatement statement(database,
                            "INSERT INTO label_count (labelling, kind, key, number) VALUES (?1, ?2, ?3, ?4)"
                            " ON CONFLICT (labelling, kind, key) DO UPDATE SET number = number + ?4");
    rows::bind(*statement, labelling, kind, key, difference);
    statement->exec();
}

namespace {

constexpr const char* countedAnew =
    "SELECT 0, state, count(*) FROM label_item WHERE labelling = ?1 AND position >= 0 GROUP BY state"
    " UNION ALL SELECT 2, 0, count(*) FROM label_item WHERE labelling = ?1 AND position >= 0 AND flagged = 1"
    " UNION ALL SELECT 3, 0, count(*) FROM label_item WHERE labelling = ?1 AND position >= 0 AND comment <> ''"
    " UNION ALL SELECT 1, class, count(*) FROM label JOIN label_item ON label_item.key = label.item"
    " WHERE labelling = ?1 AND position >= 0 AND live = 1 GROUP BY class";

void moveItem(SQLite::Database& database, std::int64_t key, std::int64_t position) {
    KeptStatement statement(database, "UPDATE label_item SET position = ? WHERE key = ?");
    rows::bind(*statement, position, key);
    statement->exec();
}

void replaceCounts(SQLite::Database& database, std::int64_t labelling) {
    rows::execute(database, "UPDATE label_count SET number = 0 WHERE labelling = ?", labelling);
    SQLite::Statement query(database, countedAnew);
    query.bind(1, labelling);
    while (query.executeStep())
        label_items::addToCount(database, labelling, query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64());
}

}  // namespace

void label_items::reseat(SQLite::Database& database, const std::string& datasetId, const std::vector<std::string>& identities) {
    SQLite::Statement found(database, "SELECT key FROM labelling WHERE dataset = ?");
    found.bind(1, datasetId);
    if (!found.executeStep()) return;
    const std::int64_t labelling = found.getColumn(0).getInt64();
    std::map<std::string, std::int64_t> rowOf;
    for (std::size_t row = 0; row < identities.size(); ++row) rowOf.emplace(identities[row], static_cast<std::int64_t>(row));
    std::vector<bool> taken(identities.size());
    std::vector<std::array<std::int64_t, 2>> moves;
    SQLite::Statement query(database, "SELECT key, position, identity FROM label_item WHERE labelling = ? ORDER BY position < 0, key");
    query.bind(1, labelling);
    while (query.executeStep()) {
        const std::int64_t key = query.getColumn(0).getInt64();
        const auto row = rowOf.find(query.getColumn(2).getString());
        const bool there = row != rowOf.end() && !taken[static_cast<std::size_t>(row->second)];
        if (there) taken[static_cast<std::size_t>(row->second)] = true;
        const std::int64_t position = there ? row->second : -key;
        if (position != query.getColumn(1).getInt64()) moves.push_back({key, position});
    }
    for (const auto& [key, position] : moves) moveItem(database, key, position);
    std::int64_t key = numberFrom(database, "SELECT ifnull(max(key), 0) FROM label_item");
    for (std::size_t row = 0; row < identities.size(); ++row) {
        if (taken[row]) continue;
        LabelItemRecord added;
        added.key = ++key;
        added.position = static_cast<std::int64_t>(row);
        added.identity = identities[row];
        insertItem(database, labelling, added);
    }
    replaceCounts(database, labelling);
}

Result<LabelItemRecord> label_items::read(SQLite::Database& database, std::int64_t key, std::int64_t& labelling) {
    KeptStatement query(database,
                        "SELECT " LAMINA_ITEM_COLUMNS ", labelling FROM label_item WHERE key = ? AND labelling IN (SELECT key FROM labelling)");
    query->bind(1, key);
    if (!query->executeStep()) return fail("label_item.not_found", {{"item", std::to_string(key)}});
    labelling = query->getColumn(11).getInt64();
    return itemRowOf(*query);
}

void label_items::changeState(SQLite::Database& database, std::int64_t labelling, const LabelItemRecord& before, ItemState state,
                              const std::string& reason, const std::string& annotator, std::int64_t time) {
    KeptStatement statement(database, "UPDATE label_item SET state = ?, reason = ?, annotator = ?, time = ? WHERE key = ?");
    rows::bind(*statement, static_cast<std::int64_t>(state), reason, annotator, time, before.key);
    statement->exec();
    if (state == before.state) return;
    addToCount(database, labelling, countOfStates, static_cast<std::int64_t>(before.state), -1);
    addToCount(database, labelling, countOfStates, static_cast<std::int64_t>(state), 1);
}

void label_items::changeFlag(SQLite::Database& database, std::int64_t labelling, const LabelItemRecord& before, bool flagged) {
    if (before.flagged == flagged) return;
    rows::execute(database, "UPDATE label_item SET flagged = ? WHERE key = ?", flagged, before.key);
    addToCount(database, labelling, countOfFlagged, 0, flagged ? 1 : -1);
}

void label_items::changeComment(SQLite::Database& database, std::int64_t labelling, const LabelItemRecord& before, const std::string& comment) {
    rows::execute(database, "UPDATE label_item SET comment = ? WHERE key = ?", comment, before.key);
    if (before.comment.empty() != comment.empty()) addToCount(database, labelling, countOfComments, 0, comment.empty() ? -1 : 1);
}

Result<std::int64_t> LabelItemRepository::begin() {
    std::int64_t key = 0;
    LAMINA_CHECK(m_store
                     .write(Store::Durability::Normal,
                            [&](SQLite::Database& database) -> Result<void> {
                                sweep(database, m_open);
                                key = 1 + std::max(numberFrom(database, "SELECT ifnull(max(labelling), 0) FROM label_count"),
                                                   numberFrom(database, "SELECT ifnull(max(key), 0) FROM labelling"));
                                // Takes the key, so that nobody else gets it.
                                label_items::addToCount(database, key, countOfUnfinished, 0, 1);
                                m_open.insert(key);
                                return {};
                            })
                     .get());
    return key;
}

Result<void> LabelItemRepository::append(std::int64_t labelling, std::vector<LabelledItem>& items) {
    return m_store
        .write(Store::Durability::Normal,
               [&](SQLite::Database& database) -> Result<void> {
                   std::int64_t key = numberFrom(database, "SELECT ifnull(max(key), 0) FROM label_item");
                   const std::int64_t now = clock().wallMilliseconds();
                   std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> counts;
                   for (LabelledItem& entry : items) {
                       entry.item.key = ++key;
                       insertItem(database, labelling, entry.item);
                       ++counts[{label_items::countOfStates, static_cast<std::int64_t>(entry.item.state)}];
                       if (entry.item.flagged) ++counts[{label_items::countOfFlagged, 0}];
                       if (!entry.item.comment.empty()) ++counts[{label_items::countOfComments, 0}];
                       for (AnnotationRecord& label : entry.labels) {
                           label.item = key;
                           if (label.annotator.empty()) label.annotator = m_author;
                           if (label.time == 0) label.time = now;
                           label_rows::insert(database, label, true);
                           ++counts[{label_items::countOfClasses, label.classNumber}];
                       }
                   }
                   for (const auto& [what, number] : counts) label_items::addToCount(database, labelling, what.first, what.second, number);
                   return {};
               })
        .get();
}

EditFuture LabelItemRepository::finish(EditName name, LabellingRecord labelling, std::vector<LabelClassRecord> classes) {
    // From here on it stays, whatever undo and redo do with the row that makes it count.
    auto marked = m_store
                      .write(Store::Durability::Normal,
                             [this, key = labelling.key](SQLite::Database& database) -> Result<void> {
                                 rows::execute(database, "DELETE FROM label_count WHERE labelling = ? AND kind = 9", key);
                                 m_open.erase(key);
                                 return {};
                             })
                      .get();
    if (!marked) {
        std::promise<Result<EditReceipt>> failed;
        failed.set_value(marked.takeError());
        return failed.get_future();
    }
    return m_store.edit(
        std::move(name), m_author, [labelling = std::move(labelling), classes = std::move(classes)](SQLite::Database& database) -> Result<void> {
            SQLite::Statement query(database, "SELECT 1 FROM labelling WHERE dataset = ?");
            query.bind(1, labelling.datasetId);
            if (query.executeStep()) return fail("labelling.exists", {{"dataset", labelling.datasetId}});
            for (const LabelClassRecord& record : classes) insertLabelClass(database, record);
            rows::execute(database, "INSERT INTO labelling (key, dataset, created, report) VALUES (?, ?, ?, ?)", labelling.key, labelling.datasetId,
                          labelling.created != 0 ? labelling.created : clock().wallMilliseconds(), rows::text(labelling.report));
            return {};
        });
}

Result<void> LabelItemRepository::abandon(std::int64_t labelling) {
    return m_store
        .write(Store::Durability::Normal,
               [this, labelling](SQLite::Database& database) -> Result<void> {
                   m_open.erase(labelling);
                   SQLite::Statement query(database, "SELECT 1 FROM labelling WHERE key = ?");
                   query.bind(1, labelling);
                   if (!query.executeStep()) removeLabelling(database, labelling);
                   return {};
               })
        .get();
}

Result<std::optional<LabellingRecord>> LabelItemRepository::ofDataset(const std::string& datasetId) const {
    std::optional<LabellingRecord> found;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT key, dataset, created, report FROM labelling WHERE dataset = ?");
        query.bind(1, datasetId);
        if (!query.executeStep()) return {};
        found = LabellingRecord{query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getInt64(), {}};
        LAMINA_TRY(found->report, rows::document(query.getColumn(3).getString()));
        return {};
    }));
    return found;
}

Result<LabelItemRecord> LabelItemRepository::find(std::int64_t key) const {
    LabelItemRecord record;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        std::int64_t labelling = 0;
        LAMINA_TRY(record, label_items::read(database, key, labelling));
        return {};
    }));
    return record;
}

Result<std::optional<LabelItemRecord>> LabelItemRepository::at(std::int64_t labelling, std::int64_t position) const {
    return selectItem(m_store, "SELECT " LAMINA_ITEM_COLUMNS " FROM label_item WHERE labelling = ? AND position = ?", labelling, nullptr, position);
}

Result<std::optional<LabelItemRecord>> LabelItemRepository::byIdentity(std::int64_t labelling, const std::string& identity) const {
    return selectItem(m_store, "SELECT " LAMINA_ITEM_COLUMNS " FROM label_item WHERE labelling = ? AND identity = ?", labelling, &identity, 0);
}

Result<std::optional<LabelItemRecord>> LabelItemRepository::next(std::int64_t labelling, const ItemFilter& filter, std::int64_t position) const {
    for (const std::int64_t from : {position, std::int64_t{0}}) {
        LAMINA_TRY(auto found, list(labelling, filter, from, 1));
        if (!found.empty()) return std::optional(std::move(found.front()));
    }
    return std::optional<LabelItemRecord>();
}

Result<std::vector<LabelItemRecord>> LabelItemRepository::list(std::int64_t labelling, const ItemFilter& filter, std::int64_t fromPosition,
                                                               std::int64_t limit) const {
    std::vector<LabelItemRecord> records;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, itemQuery(filter, isRare(database, labelling, filter.classNumbers)));
        rows::bind(query, labelling, fromPosition, limit);
        while (query.executeStep()) records.push_back(itemRowOf(query));
        return {};
    }));
    return records;
}

Result<LabelCounts> LabelItemRepository::counts(std::int64_t labelling) const {
    return selectCounts(m_store, "SELECT kind, key, number FROM label_count WHERE labelling = ?", labelling);
}

Result<LabelCounts> LabelItemRepository::countAnew(std::int64_t labelling) const { return selectCounts(m_store, countedAnew, labelling); }

EditFuture LabelItemRepository::setState(const std::vector<std::int64_t>& keys, ItemState state, const std::string& reason) {
    EditName name = editName("edit.item_state", {{"items", std::to_string(keys.size())},
                                                 {"item", keys.empty() ? "" : std::to_string(keys.front())},
                                                 {"state", std::string("item_state.") + itemStateName(state)}});
    return m_store.edit(std::move(name), m_author, [keys, state, reason, author = m_author](SQLite::Database& database) -> Result<void> {
        for (const std::int64_t key : keys) {
            std::int64_t labelling = 0;
            LAMINA_TRY(const auto before, label_items::read(database, key, labelling));
            if (before.state != state || before.reason != reason)
                label_items::changeState(database, labelling, before, state, reason, author, clock().wallMilliseconds());
        }
        return {};
    });
}

EditFuture LabelItemRepository::setFlagged(const std::vector<std::int64_t>& keys, bool flagged) {
    EditName name =
        flagged ? editName("edit.flag_items", {{"items", std::to_string(keys.size())}, {"item", keys.empty() ? "" : std::to_string(keys.front())}})
                : editName("edit.unflag_items", {{"items", std::to_string(keys.size())}, {"item", keys.empty() ? "" : std::to_string(keys.front())}});
    return m_store.edit(std::move(name), m_author, [keys, flagged](SQLite::Database& database) -> Result<void> {
        for (const std::int64_t key : keys) {
            std::int64_t labelling = 0;
            LAMINA_TRY(const auto before, label_items::read(database, key, labelling));
            label_items::changeFlag(database, labelling, before, flagged);
        }
        return {};
    });
}

EditFuture LabelItemRepository::setComment(std::int64_t key, const std::string& comment) {
    return m_store.edit(editName("edit.comment_item", {{"item", std::to_string(key)}}), m_author,
                        [key, comment](SQLite::Database& database) -> Result<void> {
                            std::int64_t labelling = 0;
                            LAMINA_TRY(const auto before, label_items::read(database, key, labelling));
                            label_items::changeComment(database, labelling, before, comment);
                            return {};
                        });
}

}  // namespace lamina
