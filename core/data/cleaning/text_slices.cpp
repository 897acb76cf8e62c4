#include "core/data/cleaning/text_slices.h"

#include <bit>

namespace lamina {

TextSliceEditor::TextSliceEditor(const ColumnView& view, std::int64_t first, std::int64_t last, Target target, const std::uint16_t* removed)
    : m_view(view), m_first(first), m_last(last), m_target(target), m_removed(removed), m_copied(first) {
    const std::size_t bytes = allTexts().size();
    m_target.bytes.reserve(bytes + bytes / 8);
    if (!view.missingBits.empty()) takeMissingBits();
}

void TextSliceEditor::takeMissingBits() {
    for (std::int64_t row = m_first; row < m_last; row += 8) {
        unsigned eight = m_view.missingBits[static_cast<std::size_t>(row >> 3)];
        if (m_last - row < 8) eight &= (1u << (m_last - row)) - 1;
        m_target.missingBits[row >> 3] = static_cast<std::uint8_t>(eight);
        for (; eight != 0; eight &= eight - 1) {
            const std::int64_t missing = row + std::countr_zero(eight);
            m_plain = m_plain && begin(missing) == begin(missing + 1);
        }
    }
}

void TextSliceEditor::refuse(std::int64_t row) {
    m_target.missingBits[row >> 3] |= static_cast<std::uint8_t>(1u << (row & 7));
    write(row, {}, nullptr);
}

void TextSliceEditor::copyRows(std::int64_t end) {
    const std::size_t from = begin(m_copied), shift = m_target.bytes.size() - from;
    m_target.bytes.append({m_view.textBytes.data() + from, begin(end) - from}, readable());
    // Unsigned numbers that wrap around come out right.
    for (std::int64_t row = m_copied; row < end; ++row) m_target.ends[row + 1] = begin(row + 1) + shift;
    m_copied = end;
}

}  // namespace lamina
