#include "widgets/tables/text_order.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "widgets/tables/radix_order.h"

namespace lamina {
namespace text_order_parts {

constexpr std::size_t bytesAtOnce = 7;     ///< the eighth says how many there were
constexpr std::size_t fewEntries = 2048;   ///< fewer are sorted by comparing
constexpr std::size_t between = 1 << 15;   ///< entries between two looks whether to go on

unsigned char lower(char c) { return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }

/// How many bytes at the front all have in common.
std::size_t commonFront(std::span<const TextEntry> entries) {
    const TextEntry& first = entries.front();
    std::size_t common = first.size;
    for (std::size_t i = 1; i < entries.size() && common > 0; ++i) {
        const TextEntry& entry = entries[i];
        std::size_t same = 0;
        const std::size_t most = std::min<std::size_t>(common, entry.size);
        while (same < most && lower(entry.at[same]) == lower(first.at[same])) ++same;
        common = same;
    }
    return common;
}

void skip(TextEntry& entry, std::size_t bytes) {
    const auto skipped = static_cast<std::uint32_t>(std::min<std::size_t>(bytes, entry.size));
    entry.at += skipped;
    entry.size -= skipped;
}

/// The next seven bytes and whether there are fewer: a text that ends stands before one that goes on, and texts of one value that have nothing left are equal.
void takeNext(TextEntry& entry, bool descending) {
    const std::size_t there = std::min<std::size_t>(entry.size, bytesAtOnce);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < there; ++i) value = value << 8 | lower(entry.at[i]);
    if (there > 0) value <<= 8 * (bytesAtOnce - there + 1);
    value |= std::min<std::size_t>(entry.size, bytesAtOnce + 1);
    entry.value = descending ? ~value : value;
    skip(entry, bytesAtOnce);
}

class TextSort {
public:
    TextSort(std::vector<TextEntry>& entries, bool descending, const std::function<bool(double)>& goOn)
        : m_entries(entries), m_descending(descending), m_goOn(goOn), m_scratch(entries.size()) {}

    bool run() {
        if (m_entries.size() > 1) m_waiting.emplace_back(0, m_entries.size());
        while (!m_waiting.empty()) {
            const auto [from, to] = m_waiting.back();
            m_waiting.pop_back();
            if (!sortRange(from, to)) return false;
        }
        return true;
    }

private:
    /// The entries of the range are equal in all that was taken of them.
    bool sortRange(std::size_t from, std::size_t to) {
        const std::span<TextEntry> range(m_entries.data() + from, to - from);
        const std::size_t common = commonFront(range);
        if (!count(range.size())) return false;
        for (TextEntry& entry : range) {
            skip(entry, common);
            takeNext(entry, m_descending);
        }
        if (!count(range.size())) return false;
        if (range.size() < fewEntries) std::stable_sort(range.begin(), range.end(), byValue);
        else if (!radixSort(range, std::span<TextEntry>(m_scratch), [this] { return ask(); })) return false;
        return queueEqual(from, to);
    }

    static bool byValue(const TextEntry& a, const TextEntry& b) { return a.value < b.value; }

    bool queueEqual(std::size_t from, std::size_t to) {
        // From the back, so that the front is taken first and memory is walked in one direction.
        for (std::size_t end = to; end > from;) {
            std::size_t begin = end - 1;
            while (begin > from && m_entries[begin - 1].value == m_entries[end - 1].value) --begin;
            if (end - begin > 1 && m_entries[begin].size > 0) m_waiting.emplace_back(begin, end);
            end = begin;
        }
        return count(to - from);
    }

    bool count(std::size_t entries) {
        m_counted += entries;
        return m_counted < between || ask();
    }

    bool ask() {
        m_done += std::exchange(m_counted, 0);
        // Texts are told apart after one or two rounds, as a rule.
        return m_goOn(std::min(0.95, static_cast<double>(m_done) / (6.0 * static_cast<double>(m_entries.size()))));
    }

    std::vector<TextEntry>& m_entries;
    bool m_descending;
    const std::function<bool(double)>& m_goOn;
    std::vector<TextEntry> m_scratch;
    std::vector<std::pair<std::size_t, std::size_t>> m_waiting;
    std::size_t m_counted = 0, m_done = 0;
};

}  // namespace text_order_parts

TextEntry TextEntry::of(std::string_view text, std::uint32_t row) {
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    return {0, text.data(), static_cast<std::uint32_t>(std::min(text.size(), most)), row};
}

bool sortTextEntries(std::vector<TextEntry>& entries, bool descending, const std::function<bool(double)>& goOn) {
    return text_order_parts::TextSort(entries, descending, goOn).run();
}

}  // namespace lamina
