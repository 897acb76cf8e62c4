// The items in the order in which they are worked on, all in memory: how far each is, which of them are shown, how many there are of what.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/project/item_marks.h"

namespace lamina {

/// A value; GUI thread. Edits that the page makes are noted here at once, so that nothing has to be read again.
class WorkQueue {
public:
    WorkQueue() = default;
    WorkQueue(std::vector<ItemMark> marks, LabelCounts counts);

    const std::vector<ItemMark>& marks() const { return m_marks; }
    const LabelCounts& counts() const { return m_counts; }
    void setCounts(LabelCounts counts) { m_counts = std::move(counts); }
    /// nullptr: no such item.
    const ItemMark* at(std::int64_t position) const;
    const ItemMark* ofKey(std::int64_t key) const;

    /// Which positions are shown, in which order (each once); nothing: all, in theirs.
    void setShown(std::optional<std::vector<std::int64_t>> positions);
    const std::optional<std::vector<std::int64_t>>& shown() const { return m_shown; }
    std::int64_t shownCount() const;
    /// Among those that are shown, from 0; -1: it is not.
    std::int64_t place(std::int64_t position) const;

    /// The next (or previous) shown item that is still as `filter` wants it (its state, flag and comment), beginning anew behind the last; nothing: there
    /// is none but this one.
    std::optional<std::int64_t> next(std::int64_t position, const ItemFilter& filter, int step = 1) const;

    /// The item is so now; its counts follow.
    void note(const ItemMark& mark);
    /// Labels of people and proposals of models came and went: differences by class number.
    void noteLabels(const std::map<std::int64_t, std::int64_t>& labels, const std::map<std::int64_t, std::int64_t>& proposals);

private:
    ItemMark* find(std::int64_t position);
    std::int64_t positionAt(std::int64_t place) const;
    std::int64_t placeBeside(std::int64_t position, int step) const;

    std::vector<ItemMark> m_marks;  ///< by position
    std::optional<std::vector<std::int64_t>> m_shown;
    std::unordered_map<std::int64_t, std::int64_t> m_places;  ///< by position, where the order is another one than theirs
    LabelCounts m_counts;
};

}  // namespace lamina
