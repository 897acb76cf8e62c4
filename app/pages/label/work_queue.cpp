#include "app/pages/label/work_queue.h"

#include <algorithm>

namespace lamina {

namespace {

bool isStillWanted(const ItemMark& mark, const ItemFilter& filter) {
    const bool checkedToo = filter.state == ItemState::Checked && mark.state == ItemState::CheckedEmpty;
    return (!filter.state || mark.state == *filter.state || checkedToo) && (!filter.flagged || mark.flagged) && (!filter.commented || mark.commented);
}

void addDifferences(std::map<std::int64_t, std::int64_t>& counts, const std::map<std::int64_t, std::int64_t>& differences) {
    for (const auto& [number, difference] : differences)
        if ((counts[number] += difference) == 0) counts.erase(number);
}

}  // namespace

WorkQueue::WorkQueue(std::vector<ItemMark> marks, LabelCounts counts) : m_marks(std::move(marks)), m_counts(std::move(counts)) {}

const ItemMark* WorkQueue::at(std::int64_t position) const {
    const auto found = std::lower_bound(m_marks.begin(), m_marks.end(), position, [](const ItemMark& mark, std::int64_t wanted) { return mark.position < wanted; });
    return found == m_marks.end() || found->position != position ? nullptr : &*found;
}

ItemMark* WorkQueue::find(std::int64_t position) { return const_cast<ItemMark*>(at(position)); }

const ItemMark* WorkQueue::ofKey(std::int64_t key) const {
    // Items are numbered in the order of their rows, unless rows were moved since.
    const auto found = std::lower_bound(m_marks.begin(), m_marks.end(), key, [](const ItemMark& mark, std::int64_t wanted) { return mark.key < wanted; });
    if (found != m_marks.end() && found->key == key) return &*found;
    const auto moved = std::find_if(m_marks.begin(), m_marks.end(), [&](const ItemMark& mark) { return mark.key == key; });
    return moved == m_marks.end() ? nullptr : &*moved;
}

std::int64_t WorkQueue::shownCount() const { return std::ssize(m_marks) == 0 ? 0 : m_shown ? std::ssize(*m_shown) : std::ssize(m_marks); }

std::int64_t WorkQueue::positionAt(std::int64_t place) const {
    return m_shown ? (*m_shown)[static_cast<std::size_t>(place)] : m_marks[static_cast<std::size_t>(place)].position;
}

std::int64_t WorkQueue::place(std::int64_t position) const {
    if (!m_shown) {
        const auto* mark = at(position);
        return mark ? mark - m_marks.data() : -1;
    }
    if (!m_places.empty()) {
        const auto found = m_places.find(position);
        return found == m_places.end() ? -1 : found->second;
    }
    const auto found = std::lower_bound(m_shown->begin(), m_shown->end(), position);
    return found == m_shown->end() || *found != position ? -1 : found - m_shown->begin();
}

/// Where to look first from a position on. In an order of its own what is not shown comes before all.
std::int64_t WorkQueue::placeBeside(std::int64_t position, int step) const {
    if (!m_places.empty()) {
        const auto found = m_places.find(position);
        return found == m_places.end() ? (step > 0 ? 0 : shownCount() - 1) : found->second + step;
    }
    const std::int64_t wanted = step > 0 ? position + 1 : position;
    const auto place = m_shown ? std::lower_bound(m_shown->begin(), m_shown->end(), wanted) - m_shown->begin()
                               : std::lower_bound(m_marks.begin(), m_marks.end(), wanted, [](const ItemMark& mark, std::int64_t p) { return mark.position < p; }) - m_marks.begin();
    return step > 0 ? place : place - 1;
}

void WorkQueue::setShown(std::optional<std::vector<std::int64_t>> positions) {
    m_shown = std::move(positions);
    m_places.clear();
    if (!m_shown || std::is_sorted(m_shown->begin(), m_shown->end())) return;
    m_places.reserve(m_shown->size());
    for (const std::int64_t position : *m_shown) m_places.emplace(position, std::ssize(m_places));
}

std::optional<std::int64_t> WorkQueue::next(std::int64_t position, const ItemFilter& filter, int step) const {
    const std::int64_t count = shownCount();
    if (count == 0) return {};
    std::int64_t at = placeBeside(position, step);
    for (std::int64_t i = 0; i < count; ++i, at += step) {
        const std::int64_t found = positionAt(((at % count) + count) % count);
        const auto* mark = this->at(found);
        if (mark && found != position && isStillWanted(*mark, filter)) return found;
    }
    return {};
}

void WorkQueue::note(const ItemMark& mark) {
    ItemMark* known = find(mark.position);
    if (!known) return;
    --m_counts.states[static_cast<std::size_t>(known->state)];
    ++m_counts.states[static_cast<std::size_t>(mark.state)];
    m_counts.flagged += mark.flagged - known->flagged;
    m_counts.commented += mark.commented - known->commented;
    *known = mark;
}

void WorkQueue::noteLabels(const std::map<std::int64_t, std::int64_t>& labels, const std::map<std::int64_t, std::int64_t>& proposals) {
    addDifferences(m_counts.classes, labels);
    addDifferences(m_counts.proposals, proposals);
}

}  // namespace lamina
