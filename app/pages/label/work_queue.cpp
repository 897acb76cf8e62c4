#include "app/pages/label/work_queue.h"

#include <algorithm>

namespace lamina {

namespace {

bool isStillWanted(const ItemMark& mark, const ItemFilter& filter) {
    const bool checkedToo = filter.state == ItemState::Checked && mark.state == ItemState::CheckedEmpty;
    return (!filter.state || mark.state == *filter.state || checkedToo) && (!filter.flagged || mark.flagged) && (!filter.commented || mark.commented);
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
    const auto found = std::lower_bound(m_shown->begin(), m_shown->end(), position);
    return found == m_shown->end() || *found != position ? -1 : found - m_shown->begin();
}

std::optional<std::int64_t> WorkQueue::next(std::int64_t position, const ItemFilter& filter, int step) const {
    const std::int64_t count = shownCount();
    if (count == 0) return {};
    const auto placeOf = [&](std::int64_t wanted) -> std::int64_t {
        if (m_shown) return std::lower_bound(m_shown->begin(), m_shown->end(), wanted) - m_shown->begin();
        return std::lower_bound(m_marks.begin(), m_marks.end(), wanted, [](const ItemMark& mark, std::int64_t p) { return mark.position < p; }) - m_marks.begin();
    };
    std::int64_t at = step > 0 ? placeOf(position + 1) : placeOf(position) - 1;
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

void WorkQueue::noteClasses(const std::map<std::int64_t, std::int64_t>& differences) {
    for (const auto& [number, difference] : differences) m_counts.classes[number] += difference;
}

}  // namespace lamina
