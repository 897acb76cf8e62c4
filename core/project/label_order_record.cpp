#include "core/project/label_order_record.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "core/base/clock.h"
#include "core/project/rows.h"

namespace lamina {
namespace {

constexpr std::size_t entryBytes = 16;
/// Before all items of the filter are read: where the filter lets much through, the next one is near.
constexpr std::size_t looksByOne = 32;

void putBytes(std::string& bytes, std::uint64_t number, int count) {
    for (int i = 0; i < count; ++i) bytes += static_cast<char>(number >> (8 * i) & 255);
}

std::uint64_t takeBytes(const char* bytes, int count) {
    std::uint64_t number = 0;
    for (int i = 0; i < count; ++i) number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return number;
}

std::string bytesOfEntries(const std::vector<OrderEntry>& entries) {
    std::string bytes;
    bytes.reserve(entries.size() * entryBytes);
    for (const OrderEntry& entry : entries) {
        putBytes(bytes, static_cast<std::uint64_t>(entry.item), 8);
        putBytes(bytes, static_cast<std::uint32_t>(entry.suggestion), 4);
        putBytes(bytes, std::bit_cast<std::uint32_t>(entry.score), 4);
    }
    return bytes;
}

std::vector<OrderEntry> entriesOfBytes(const std::string& bytes) {
    std::vector<OrderEntry> entries(bytes.size() / entryBytes);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const char* at = bytes.data() + i * entryBytes;
        entries[i] = {static_cast<std::int64_t>(takeBytes(at, 8)), static_cast<std::int32_t>(takeBytes(at + 8, 4)),
                      std::bit_cast<float>(static_cast<std::uint32_t>(takeBytes(at + 12, 4)))};
    }
    return entries;
}

/// Looks for the first item of an order that a filter lets through.
class OrderSearch {
public:
    OrderSearch(const LabelItemRepository& items, std::int64_t labelling, const LabelOrder& order, const ItemFilter& filter)
        : m_items(items), m_labelling(labelling), m_order(order), m_filter(filter) {}

    Result<std::optional<OrderStep>> from(std::size_t rank) {
        const std::size_t count = m_order.entries.size();
        for (std::size_t looked = 0; looked < count; ++looked) {
            const std::size_t at = (rank + looked) % count;
            if (looked == looksByOne && !m_all) LAMINA_CHECK(readAll());
            LAMINA_TRY(auto item, itemOf(m_order.entries[at].item));
            if (item) return std::optional(OrderStep{at, m_order.entries[at], std::move(*item)});
        }
        return std::optional<OrderStep>();
    }

private:
    Result<void> readAll() {
        m_all = true;
        constexpr std::int64_t atOnce = 10'000;
        for (std::int64_t position = 0;;) {
            LAMINA_TRY(auto found, m_items.list(m_labelling, m_filter, position, atOnce));
            const auto read = std::ssize(found);
            if (read > 0) position = found.back().position + 1;
            for (auto& item : found) m_known.emplace(item.key, std::move(item));
            if (read < atOnce) return {};
        }
    }

    Result<std::optional<LabelItemRecord>> itemOf(std::int64_t key) {
        // An item does not know the classes of its labels.
        if (!m_all && !m_filter.classNumbers.empty()) LAMINA_CHECK(readAll());
        if (m_all) {
            const auto known = m_known.find(key);
            return known == m_known.end() ? std::optional<LabelItemRecord>() : std::optional(known->second);
        }
        auto item = m_items.find(key);
        if (!item) return item.error().code == "label_item.not_found" ? Result<std::optional<LabelItemRecord>>(std::nullopt) : item.takeError();
        return passes(*item) ? std::optional(std::move(*item)) : std::nullopt;
    }

    bool passes(const LabelItemRecord& item) const {
        if (item.position < 0 || (m_filter.flagged && !item.flagged) || (m_filter.commented && item.comment.empty())) return false;
        return !m_filter.state || item.state == *m_filter.state;
    }

    const LabelItemRepository& m_items;
    std::int64_t m_labelling;
    const LabelOrder& m_order;
    const ItemFilter& m_filter;
    std::unordered_map<std::int64_t, LabelItemRecord> m_known;
    bool m_all = false;
};

}  // namespace

WriteFuture LabelOrderRepository::save(std::int64_t labelling, LabelOrder order) {
    if (order.created == 0) order.created = clock().wallMilliseconds();
    return m_store.write(Store::Durability::Full, [labelling, order = std::move(order)](SQLite::Database& database) -> Result<void> {
        const std::string entries = bytesOfEntries(order.entries), settings = rows::text(order.settings);
        SQLite::Statement statement(database, "INSERT OR REPLACE INTO label_order (labelling, kind, settings, created, entries) VALUES (?, ?, ?, ?, ?)");
        statement.bind(1, labelling);
        statement.bind(2, order.kind);
        statement.bind(3, settings);
        statement.bind(4, order.created);
        statement.bind(5, entries.data(), static_cast<int>(entries.size()));
        statement.exec();
        return {};
    });
}

WriteFuture LabelOrderRepository::clear(std::int64_t labelling) {
    return m_store.write(Store::Durability::Full, [labelling](SQLite::Database& database) -> Result<void> {
        rows::execute(database, "DELETE FROM label_order WHERE labelling = ?", labelling);
        return {};
    });
}

Result<std::optional<LabelOrder>> LabelOrderRepository::of(std::int64_t labelling) const {
    std::optional<LabelOrder> order;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT kind, settings, created, entries FROM label_order WHERE labelling = ?");
        query.bind(1, labelling);
        if (!query.executeStep()) return {};
        order.emplace();
        order->kind = query.getColumn(0).getString();
        LAMINA_TRY(order->settings, rows::document(query.getColumn(1).getString()));
        order->created = query.getColumn(2).getInt64();
        order->entries = entriesOfBytes(query.getColumn(3).getString());
        return {};
    }));
    return order;
}

Result<std::optional<OrderStep>> LabelOrderRepository::next(std::int64_t labelling, const LabelOrder& order, const ItemFilter& filter, std::size_t rank) const {
    if (order.entries.empty()) return std::optional<OrderStep>();
    const std::string nobody;
    const LabelItemRepository items(m_store, nobody);
    return OrderSearch(items, labelling, order, filter).from(rank % order.entries.size());
}

Result<std::string> LabelModelRepository::save(std::int64_t labelling, LabelModelRecord record) {
    std::string before;
    record.created = clock().wallMilliseconds();
    LAMINA_CHECK(m_store
                     .write(Store::Durability::Full,
                            [&](SQLite::Database& database) -> Result<void> {
                                SQLite::Statement query(database, "SELECT file_hash FROM label_model WHERE labelling = ?");
                                query.bind(1, labelling);
                                if (query.executeStep()) before = query.getColumn(0).getString();
                                rows::execute(database, "INSERT OR REPLACE INTO label_model (labelling, created, document, file_hash) VALUES (?, ?, ?, ?)", labelling,
                                              record.created, rows::text(record.document), record.fileHash);
                                return {};
                            })
                     .get());
    return before == record.fileHash ? std::string() : before;
}

Result<std::optional<LabelModelRecord>> LabelModelRepository::of(std::int64_t labelling) const {
    std::optional<LabelModelRecord> record;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT created, document, file_hash FROM label_model WHERE labelling = ?");
        query.bind(1, labelling);
        if (!query.executeStep()) return {};
        record.emplace();
        record->created = query.getColumn(0).getInt64();
        LAMINA_TRY(record->document, rows::document(query.getColumn(1).getString()));
        record->fileHash = query.getColumn(2).getString();
        return {};
    }));
    return record;
}

}  // namespace lamina
