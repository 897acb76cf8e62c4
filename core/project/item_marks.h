// The queue of labelling: how far each item is, small enough to be kept in memory for all of them, and which items a filter lets through.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/project/label_item_record.h"

namespace lamina {

class Store;

/// What a list of all items has to know of one; its texts are read when it is shown.
struct ItemMark {
    std::int64_t key = 0, position = 0;
    ItemState state = ItemState::Unlabelled;
    bool flagged = false, commented = false;
    bool operator==(const ItemMark&) const = default;
};

/// Of all items that have a row, by position. About 0.1 s for 100,000; not in the GUI thread.
Result<std::vector<ItemMark>> itemMarks(const Store& store, std::int64_t labelling);

struct QueueFilter {
    ItemFilter items;       ///< classes: an item with a label of one of them
    std::string annotator;  ///< who brought the item into its state; empty: anybody
    std::optional<std::pair<double, double>> score;  ///< a label of a model has a score from … to, 0 … 1
    std::string search;     ///< within the name or the comment, small and capital letters alike (of ASCII); or the item's number, from 1
    bool isNone() const;
};

/// The positions of the items that the filter lets through, ascending.
Result<std::vector<std::int64_t>> queuePositions(const Store& store, std::int64_t labelling, const QueueFilter& filter);

/// Everybody who brought an item of the labelling into its state, by name.
Result<std::vector<std::string>> itemAnnotators(const Store& store, std::int64_t labelling);

}  // namespace lamina
