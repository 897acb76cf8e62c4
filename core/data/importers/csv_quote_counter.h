// Which bytes of a text stand within quotes: the fast way. Inside core/data/importers only.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "core/data/importers/csv_scan.h"

namespace lamina {

/// What stands where in 64 bytes.
struct CsvPartMasks {
    std::uint64_t delimiters, lines, quotes;
};

/// Follows quotes by counting them, 64 bytes at a time and without a branch for each: right as long as quotes stand only where they open or close a
/// field or are doubled inside; where one does not, odd() is true and CsvWalk has to look.
class CsvQuoteCounter {
public:
    CsvQuoteCounter(std::string_view text, const CsvDialect& dialect) : m_text(text), m_d(dialect) {}

    /// Bits of bytes that are not within quotes.
    struct Part {
        std::uint64_t ends = 0;   ///< of fields: delimiters and line ends
        std::uint64_t lines = 0;  ///< line ends
    };
    /// The 64 bytes from `at`, fewer where the text ends; called for one part after the other.
    [[gnu::always_inline]] Part next(std::size_t at) {
        if (m_used == m_masked) mask(at);
        const CsvPartMasks& masks = m_masks[m_used++];
        const std::uint64_t lines = masks.lines, ends = masks.delimiters | lines, quotes = m_d.quote ? masks.quotes : 0;
        if ((quotes | m_inside | m_closed) == 0) {
            m_before = ends >> 63;
            m_doubled = 0;
            return {ends, lines};
        }
        const std::uint64_t inside = prefixXor(quotes) ^ m_inside, opening = quotes & inside, closing = quotes & ~inside;
        const std::uint64_t behindQuote = (quotes << 1) | m_quoteBefore;
        m_odd = m_odd || (opening & ~((ends << 1) | m_before | behindQuote)) != 0 || isOdd(((closing << 1) | m_closed) & ~(ends | quotes), at);
        m_doubled = opening & behindQuote;
        m_before = ends >> 63;
        m_quoteBefore = quotes >> 63;
        m_closed = closing >> 63;
        m_inside = std::uint64_t{0} - (inside >> 63);
        return {ends & ~inside, lines & ~inside};
    }
    bool odd() const { return m_odd; }
    bool isInside() const { return m_inside != 0; }
    /// Does the last part hold a doubled quote?
    bool doubled() const { return m_doubled != 0; }

private:
    /// Some parts at a time; behind the text's end nothing is found.
    void mask(std::size_t at);

    static std::uint64_t prefixXor(std::uint64_t bits) {
        for (const int shift : {1, 2, 4, 8, 16, 32}) bits ^= bits << shift;
        return bits;
    }
    /// Bytes behind closing quotes that end no field: only the first half of a line end may stand there.
    bool isOdd(std::uint64_t behind, std::size_t at) const {
        for (; behind != 0; behind &= behind - 1) {
            const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(behind));
            if (place >= m_text.size()) return false;
            const bool carriage = m_d.lineEnd == '\n' && m_text[place] == '\r' && place + 1 < m_text.size() && m_text[place + 1] == '\n';
            if (!carriage) return true;
        }
        return false;
    }

    const std::string_view m_text;
    const CsvDialect m_d;
    std::uint64_t m_inside = 0;       ///< all bits: the next byte is within quotes
    std::uint64_t m_before = 1;       ///< lowest bit, of the byte before the next: it ends a field …
    std::uint64_t m_quoteBefore = 0;  ///< … is a quote …
    std::uint64_t m_closed = 0;       ///< … that closes
    std::uint64_t m_doubled = 0;
    bool m_odd = false;
    std::array<CsvPartMasks, 64> m_masks;
    std::size_t m_used = 0, m_masked = 0;
};

}  // namespace lamina
