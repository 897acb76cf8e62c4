// The order in which items come to be labelled, kept in the project so that the queue is the same tomorrow; and the quick model that it comes from.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/project/label_item_record.h"
#include "core/store/store.h"

namespace lamina {

struct OrderEntry {
    std::int64_t item = 0;        ///< LabelItemRecord::key
    std::int32_t suggestion = 0;  ///< LabelClassRecord::number of the class that is proposed; 0: none
    float score = 0;              ///< what it stands at its place for
    bool operator==(const OrderEntry&) const = default;
};

struct LabelOrder {
    std::string kind;  ///< "random", "entropy", "margin", "different", "suspects"
    nlohmann::json settings = nlohmann::json::object();
    std::int64_t created = 0;         ///< wall clock, milliseconds; filled by save() where it is 0
    std::vector<OrderEntry> entries;  ///< first to last
};

/// A place in the order.
struct OrderStep {
    std::size_t rank = 0;
    OrderEntry entry;
    LabelItemRecord item;
};

/// Durable writes outside the journal: an order is how one works, not what was said. A million items take 16 MB and well under a second.
class LabelOrderRepository {
public:
    explicit LabelOrderRepository(Store& store) : m_store(store) {}

    /// In the place of the one before.
    WriteFuture save(std::int64_t labelling, LabelOrder order);
    /// By rows again.
    WriteFuture clear(std::int64_t labelling);
    Result<std::optional<LabelOrder>> of(std::int64_t labelling) const;
    /// The first item from this rank on that the filter lets through, beginning anew at 0 behind the last; items whose rows are gone are passed over.
    Result<std::optional<OrderStep>> next(std::int64_t labelling, const LabelOrder& order, const ItemFilter& filter, std::size_t rank) const;

private:
    Store& m_store;
};

/// Of a labelling.
struct LabelModelRecord {
    std::int64_t created = 0;                            ///< wall clock, milliseconds; filled by save()
    nlohmann::json document = nlohmann::json::object();  ///< network, preparation, classes, figures
    std::string fileHash;                                ///< content file with its numbers (core/training/checkpoint.h)
};

/// Durable writes outside the journal.
class LabelModelRepository {
public:
    explicit LabelModelRepository(Store& store) : m_store(store) {}

    /// In the place of the one before; gives the content file that nobody names any more (empty: none), which the caller removes. Waits for the commit.
    Result<std::string> save(std::int64_t labelling, LabelModelRecord record);
    Result<std::optional<LabelModelRecord>> of(std::int64_t labelling) const;

private:
    Store& m_store;
};

}  // namespace lamina
