#include "core/annotation/span_dictionary.h"

#include <algorithm>
#include <numeric>

namespace lamina {

namespace {

/// Letters and digits of scripts that put blanks between words. Han, Kana and Hangul begin at U+2E80; punctuation stands between U+2000 and U+2BFF.
bool ofSpacedWord(char16_t c) {
    if (c < 0x80) return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
    return (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7) || (c >= 0x2c00 && c < 0x2e00);
}

bool isBlank(char16_t c) { return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == 0xa0 || c == 0x3000; }

std::u16string_view withoutBlanks(std::u16string_view text) {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

std::uint32_t beginningOf(std::u16string_view text) { return static_cast<std::uint32_t>(text[0]) << 16 | (text.size() > 1 ? text[1] : 0U); }

/// Does the piece begin and end where words do?
bool standsAlone(std::u16string_view text, std::size_t begin, std::size_t length) {
    const std::size_t end = begin + length;
    if (begin > 0 && ofSpacedWord(text[begin]) && ofSpacedWord(text[begin - 1])) return false;
    return end >= text.size() || !ofSpacedWord(text[end - 1]) || !ofSpacedWord(text[end]);
}

}  // namespace

const std::string& SpanDictionary::Entry::best() const {
    return std::max_element(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

void SpanDictionary::add(std::u16string_view text, const std::string& label) {
    text = withoutBlanks(text);
    if (text.empty() || (text.size() == 1 && text[0] < 0x2e80) || text.size() > 200) return;
    auto& entry = m_entries[std::u16string(text)];
    const auto known = std::find_if(entry.labels.begin(), entry.labels.end(), [&](const auto& named) { return named.first == label; });
    if (known != entry.labels.end()) {
        ++known->second;
        return;
    }
    entry.labels.emplace_back(label, 1);
    auto& lengths = m_lengths[beginningOf(text)];
    const auto place = std::lower_bound(lengths.begin(), lengths.end(), text.size(), std::greater<>());
    if (place == lengths.end() || *place != text.size()) lengths.insert(place, text.size());
}

std::vector<SpanProposal> SpanDictionary::proposals(std::u16string_view text, std::vector<TextPiece> taken) const {
    std::vector<SpanProposal> found;
    std::sort(taken.begin(), taken.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    std::size_t next = 0;         // of those taken: all before it begin before the place looked at
    std::int64_t takenUntil = 0;  // by those
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto place = static_cast<std::int64_t>(at);
        for (; next < taken.size() && taken[next].begin <= place; ++next) takenUntil = std::max(takenUntil, taken[next].end);
        if (takenUntil > place) continue;
        for (const std::uint32_t key : {beginningOf(text.substr(at)), static_cast<std::uint32_t>(text[at]) << 16}) {
            const auto lengths = m_lengths.find(key);
            if (lengths == m_lengths.end()) continue;
            const auto fits = std::find_if(lengths->second.begin(), lengths->second.end(), [&](std::size_t length) {
                if (at + length > text.size() || (next < taken.size() && taken[next].begin < place + static_cast<std::int64_t>(length))) return false;
                return standsAlone(text, at, length) && m_entries.count(std::u16string(text.substr(at, length))) != 0;
            });
            if (fits == lengths->second.end()) continue;
            found.push_back({{place, place + static_cast<std::int64_t>(*fits)}, m_entries.at(std::u16string(text.substr(at, *fits))).best()});
            takenUntil = found.back().piece.end;
            break;
        }
    }
    return found;
}

std::vector<int> lanesOf(const std::vector<TextPiece>& pieces) {
    std::vector<std::size_t> order(pieces.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return pieces[a].begin != pieces[b].begin ? pieces[a].begin < pieces[b].begin : pieces[a].end != pieces[b].end ? pieces[a].end > pieces[b].end : a < b;
    });
    std::vector<int> lanes(pieces.size());
    std::vector<std::int64_t> ends;  // of the last piece in each lane
    for (const std::size_t i : order) {
        const auto free = std::find_if(ends.begin(), ends.end(), [&](std::int64_t end) { return end <= pieces[i].begin; });
        lanes[i] = static_cast<int>(free - ends.begin());
        if (free == ends.end()) ends.push_back(pieces[i].end);
        else *free = pieces[i].end;
    }
    return lanes;
}

}  // namespace lamina
