// Spans that were marked before, looked for in other places: proposals for a person to accept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lamina {

/// A piece of a text in units of UTF-16; the end is not part of it.
struct TextPiece {
    std::int64_t begin = 0, end = 0;
    bool operator==(const TextPiece&) const = default;
};

struct SpanProposal {
    TextPiece piece;
    std::string label;
    bool operator==(const SpanProposal&) const = default;
};

class SpanDictionary {
public:
    /// What this text was marked as; of several classes the most frequent one is proposed, of equals the first. Texts of one character, blanks around them
    /// left out, teach nothing, unless they are of a script that writes without blanks.
    void add(std::u16string_view text, const std::string& label);
    bool isEmpty() const { return m_entries.empty(); }

    /// Every place where a known text stands as a whole word (in scripts without blanks: anywhere), longest first, none over another or over one of
    /// `taken`. In the order of the text. 1 MB takes about 50 ms with some thousand entries.
    std::vector<SpanProposal> proposals(std::u16string_view text, std::vector<TextPiece> taken) const;

private:
    struct Entry {
        std::vector<std::pair<std::string, std::int64_t>> labels;  ///< with how often
        const std::string& best() const;
    };
    std::unordered_map<std::u16string, Entry> m_entries;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> m_lengths;  ///< by the first two units: how long entries are, longest first
};

/// A lane for each piece, from 0: pieces of one lane do not overlap, and there are no more lanes than overlap at one place.
std::vector<int> lanesOf(const std::vector<TextPiece>& pieces);

}  // namespace lamina
