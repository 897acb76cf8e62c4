#include "core/data/profile/value_counts.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/data/profile/row_mask.h"
#include "core/data/row_hash.h"

namespace lamina {

namespace {

constexpr std::int64_t countedStride = 1 << 14;

template <class Number>
Result<void> countRows(const ColumnView& view, std::span<const std::uint16_t> removedBy, const CancelToken& cancel, ValueCounts& counts,
                       Number numberOf) {
    counts.valueOf.assign(static_cast<std::size_t>(view.rows), -1);
    for (std::int64_t row = 0; row < view.rows; ++row) {
        if (row % countedStride == 0 && cancel.cancelled()) return fail("job.cancelled");
        if (!rowIsThere(removedBy, row)) continue;
        if (bitAt(view.missingBits, row)) continue;
        const std::int32_t number = numberOf(row);
        if (number < 0) continue;
        if (static_cast<std::size_t>(number) >= counts.values.size()) counts.values.resize(static_cast<std::size_t>(number) + 1);
        auto& value = counts.values[static_cast<std::size_t>(number)];
        if (value.rows++ == 0) value.first = row;
        counts.valueOf[static_cast<std::size_t>(row)] = number;
        ++counts.present;
    }
    for (const auto& value : counts.values) counts.distinct += value.rows > 0;
    return {};
}

}  // namespace

KeyNumbers::KeyNumbers(std::size_t expected) : m_slots(std::bit_ceil(std::max<std::size_t>(64, 2 * expected))) {}

std::size_t KeyNumbers::slotOf(std::uint64_t key) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = placeOf(key);
    while (m_slots[at].number >= 0 && m_slots[at].key != key) at = (at + 1) & mask;
    return at;
}

std::int32_t KeyNumbers::add(std::uint64_t key) {
    std::size_t at = slotOf(key);
    if (m_slots[at].number >= 0) return m_slots[at].number;
    if (2 * (static_cast<std::size_t>(m_count) + 1) > m_slots.size()) {
        grow();
        at = slotOf(key);
    }
    m_slots[at] = {key, m_count};
    return m_count++;
}

std::int32_t KeyNumbers::find(std::uint64_t key) const { return m_slots[slotOf(key)].number; }

void KeyNumbers::grow() {
    std::vector<Slot> old(2 * m_slots.size());
    old.swap(m_slots);
    for (const Slot& slot : old)
        if (slot.number >= 0) m_slots[slotOf(slot.key)] = slot;
}

Result<ValueCounts> countValues(const ColumnView& view, std::span<const std::uint16_t> removedBy, const CancelToken& cancel) {
    ValueCounts counts;
    if (view.kind == ColumnKind::Category || view.kind == ColumnKind::Boolean) {
        counts.values.resize(view.kind == ColumnKind::Boolean ? 2 : view.dictionary.size());
        LAMINA_CHECK(countRows(view, removedBy, cancel, counts, [&](std::int64_t row) {
            const auto at = static_cast<std::size_t>(row);
            return view.kind == ColumnKind::Boolean ? static_cast<std::int32_t>(view.booleans[at]) : view.codes[at];
        }));
        return counts;
    }
    KeyNumbers numbers;
    // The place of a key may be anywhere: those of the next rows are fetched meanwhile.
    constexpr std::int64_t ahead = 16;
    std::array<std::uint64_t, ahead> keys{};
    std::int64_t known = 0;
    LAMINA_CHECK(countRows(view, removedBy, cancel, counts, [&](std::int64_t row) {
        known = std::max(known, row);
        for (; known < std::min(view.rows, row + ahead); ++known) {
            keys[static_cast<std::size_t>(known % ahead)] = hashCell(view, known);
            numbers.expect(keys[static_cast<std::size_t>(known % ahead)]);
        }
        return numbers.add(keys[static_cast<std::size_t>(row % ahead)]);
    }));
    return counts;
}

}  // namespace lamina
