#include "core/project/item_marks.h"

#include <algorithm>

#include "core/project/rows.h"

namespace lamina {
namespace {

/// For LIKE: its own signs stand for themselves.
std::string containing(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

/// The position that a number typed by a person means; -1: it is none.
std::int64_t numberedPosition(const std::string& search) {
    if (search.empty() || search.size() > 9 || search.find_first_not_of("0123456789") != std::string::npos) return -1;
    return std::stoll(search) - 1;
}

std::string positionsQuery(const QueueFilter& filter) {
    std::string sql = "SELECT position, key FROM label_item WHERE labelling = ?1 AND position >= 0";
    if (filter.items.state) sql += " AND state = " + std::to_string(static_cast<int>(*filter.items.state));
    if (filter.items.flagged) sql += " AND flagged = 1";
    if (filter.items.commented) sql += " AND comment <> ''";
    if (!filter.annotator.empty()) sql += " AND annotator = ?2";
    if (filter.score) sql += " AND EXISTS (SELECT 1 FROM label WHERE item = label_item.key AND live = 1 AND model <> '' AND confidence >= ?5 AND confidence <= ?6)";
    if (!filter.search.empty()) sql += " AND (identity LIKE ?3 ESCAPE '\\' OR comment LIKE ?3 ESCAPE '\\' OR position = ?4)";
    return sql + " ORDER BY position";
}

/// Keys of the items with a live label of one of these classes, ascending. The index alone answers it.
std::vector<std::int64_t> itemsOfClasses(SQLite::Database& database, const std::vector<std::int64_t>& numbers) {
    std::vector<std::int64_t> keys;
    for (const std::int64_t number : numbers) {
        SQLite::Statement query(database, "SELECT DISTINCT item FROM label INDEXED BY label_of_class WHERE class = ? AND live = 1");
        query.bind(1, number);
        while (query.executeStep()) keys.push_back(query.getColumn(0).getInt64());
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

}  // namespace

bool QueueFilter::isNone() const {
    return !items.state && !items.flagged && !items.commented && items.classNumbers.empty() && annotator.empty() && !score && search.empty();
}

Result<std::vector<ItemMark>> itemMarks(const Store& store, std::int64_t labelling) {
    std::vector<ItemMark> marks;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT key, position, state, flagged, comment <> '' FROM label_item"
                                          " WHERE labelling = ? AND position >= 0 ORDER BY position");
        query.bind(1, labelling);
        while (query.executeStep())
            marks.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                             static_cast<ItemState>(std::clamp(query.getColumn(2).getInt(), 0, itemStates - 1)), query.getColumn(3).getInt() != 0,
                             query.getColumn(4).getInt() != 0});
        return {};
    }));
    return marks;
}

Result<std::vector<std::int64_t>> queuePositions(const Store& store, std::int64_t labelling, const QueueFilter& filter) {
    std::vector<std::int64_t> positions;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        const bool byClass = !filter.items.classNumbers.empty();
        const auto keys = itemsOfClasses(database, filter.items.classNumbers);
        SQLite::Statement query(database, positionsQuery(filter));
        query.bind(1, labelling);
        if (!filter.annotator.empty()) query.bind(2, filter.annotator);
        if (!filter.search.empty()) query.bind(3, containing(filter.search));
        if (!filter.search.empty()) query.bind(4, numberedPosition(filter.search));
        if (filter.score) query.bind(5, filter.score->first);
        if (filter.score) query.bind(6, filter.score->second);
        while (query.executeStep())
            if (!byClass || std::binary_search(keys.begin(), keys.end(), query.getColumn(1).getInt64())) positions.push_back(query.getColumn(0).getInt64());
        return {};
    }));
    return positions;
}

Result<std::vector<std::string>> itemAnnotators(const Store& store, std::int64_t labelling) {
    std::vector<std::string> names;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT DISTINCT annotator FROM label_item WHERE labelling = ? AND annotator <> '' ORDER BY annotator");
        query.bind(1, labelling);
        while (query.executeStep()) names.push_back(query.getColumn(0).getString());
        return {};
    }));
    return names;
}

}  // namespace lamina
