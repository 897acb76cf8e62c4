// From field to field through a text: the slow way, which knows every case. Inside core/data/importers only.
#pragma once

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>

#include "core/data/importers/csv_scan.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace lamina {

/// The place of `c` in text[from … to-1]; npos: none.
inline std::size_t csvFindIn(std::string_view text, char c, std::size_t from, std::size_t to) {
    if (from >= to) return std::string_view::npos;
#if defined(__SSE2__)
    // What is near, as most quotes are, is found without a call.
    if (to - from >= 32) {
        const __m128i wanted = _mm_set1_epi8(c);
        const char* const at = text.data() + from;
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)), wanted))) |
                          static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16)), wanted))) << 16;
        if (mask != 0) return from + static_cast<std::size_t>(std::countr_zero(mask));
        from += 32;
        if (from == to) return std::string_view::npos;
    }
#endif
    const void* found = std::memchr(text.data() + from, c, to - from);
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : std::string_view::npos;
}

/// Walks over a text and tells the handler every field and record. Handler: void field(begin, end, raw); bool record(begin, end).
template <class Handler>
class CsvWalk {
public:
    CsvWalk(std::string_view text, const CsvDialect& dialect, Handler& handler)
        : m_text(text), m_d(dialect), m_delimiter(dialect.wide.empty() ? dialect.delimiter : dialect.wide[0]), m_handler(handler) {}

    void run() {
        std::size_t at = skipComments(0);
        m_field = m_record = at;
        while (at < m_text.size() && !m_stopped) at = walkPart(at);
        if (!m_stopped && m_record < m_text.size()) endRecord(m_text.size());
    }

private:
    /// Up to 64 bytes from `at`; gives where to go on.
    std::size_t walkPart(std::size_t at) {
        const std::size_t size = std::min<std::size_t>(64, m_text.size() - at);
        const char* const bytes = m_text.data() + at;
        const char quote = m_d.quote ? m_d.quote : m_delimiter;
        std::uint64_t mask = size == 64 ? detail::csvMask(bytes, m_delimiter, m_d.lineEnd, quote)
                                        : detail::csvMaskOfTail(bytes, size, m_delimiter, m_d.lineEnd, quote);
        while (mask != 0) {
            const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(mask));
            mask &= mask - 1;
            const char c = m_text[place];
            if (c == m_delimiter && m_d.wide.empty()) {
                endField(place);
                m_field = place + 1;
                continue;
            }
            const std::size_t next = c == m_delimiter ? endWide(place) : c == m_d.lineEnd ? endRecord(place) : skipQuoted(place);
            if (m_stopped) return next;
            if (next >= at + 64) return next;
            mask &= ~std::uint64_t{0} << (next - at);
        }
        return at + size;
    }

    /// The first byte of a delimiter of several: is it all there?
    std::size_t endWide(std::size_t place) {
        if (!m_text.substr(place).starts_with(m_d.wide)) return place + 1;
        endField(place);
        return m_field = place + m_d.wide.size();
    }

    std::size_t skipQuoted(std::size_t place) {
        for (std::size_t i = m_field; i < place; ++i)
            if (!isBlank(m_text[i], m_d)) return place + 1;
        m_open = place;
        const auto quoted = csvAfterQuoted(m_text, place, m_d.quote);
        m_close = std::min(quoted.end, m_text.size());
        m_doubled = quoted.doubled || quoted.end == std::string_view::npos;
        return m_close;
    }

    void endField(std::size_t end) {
        if (m_open != std::string_view::npos) return endQuoted(end);
        std::size_t begin = m_field;
        while (begin < end && isBlank(m_text[begin], m_d)) ++begin;
        while (begin < end && isBlank(m_text[end - 1], m_d)) --end;
        m_handler.field(begin, end, false);
    }

    void endQuoted(std::size_t end) {
        while (end > m_close && isBlank(m_text[end - 1], m_d)) --end;
        // "" stays raw: it is an empty value, not an empty line.
        const bool plain = end == m_close && m_close > m_open + 2 && !m_doubled;
        if (plain) m_handler.field(m_open + 1, m_close - 1, false);
        else m_handler.field(m_open, end, true);
        if constexpr (requires { m_handler.oddQuote(m_open); })
            if (end != m_close) m_handler.oddQuote(m_open);
        m_open = std::string_view::npos;
    }

    std::size_t endRecord(std::size_t place) {
        const bool carriage = m_d.lineEnd == '\n' && place > m_field && m_text[place - 1] == '\r' && (m_open == std::string_view::npos || place - 1 >= m_close);
        endField(carriage ? place - 1 : place);
        m_stopped = !m_handler.record(m_record, std::min(place + 1, m_text.size()));
        m_record = m_field = skipComments(place + 1);
        return m_record;
    }

    std::size_t skipComments(std::size_t at) const {
        while (m_d.comment && at < m_text.size() && m_text[at] == m_d.comment)
            at = std::min(csvFindIn(m_text, m_d.lineEnd, at, m_text.size()), m_text.size() - 1) + 1;
        return at;
    }

    std::string_view m_text;
    const CsvDialect m_d;
    const char m_delimiter;  ///< its first byte
    Handler& m_handler;
    std::size_t m_field = 0, m_record = 0, m_open = std::string_view::npos, m_close = 0;
    bool m_doubled = false;
    bool m_stopped = false;
};

/// The same for fields between runs of blanks.
template <class Handler>
class CsvBlankWalk {
public:
    CsvBlankWalk(std::string_view text, const CsvDialect& dialect, Handler& handler) : m_text(text), m_d(dialect), m_handler(handler) {}

    void run() {
        for (std::size_t at = 0; at < m_text.size();) {
            if (m_d.comment && m_text[at] == m_d.comment) {
                at = std::min(csvFindIn(m_text, m_d.lineEnd, at, m_text.size()), m_text.size() - 1) + 1;
                continue;
            }
            const std::size_t begin = at;
            at = walkRecord(at);
            if (!m_handler.record(begin, at)) return;
        }
    }

private:
    static bool isGap(char c) { return c == ' ' || c == '\t' || c == '\r'; }

    /// Gives where the next record begins.
    std::size_t walkRecord(std::size_t at) {
        for (bool first = true;; first = false) {
            while (at < m_text.size() && m_text[at] != m_d.lineEnd && isGap(m_text[at])) ++at;
            const bool end = at >= m_text.size() || m_text[at] == m_d.lineEnd;
            if (end && first) m_handler.field(at, at, false);
            if (end) return std::min(at + 1, m_text.size());
            const std::size_t begin = at;
            if (m_d.quote && m_text[at] == m_d.quote) at = std::min(csvAfterQuoted(m_text, at, m_d.quote).end, m_text.size());
            const bool quoted = at != begin;
            while (at < m_text.size() && m_text[at] != m_d.lineEnd && !isGap(m_text[at])) ++at;
            m_handler.field(begin, at, quoted);
        }
    }

    std::string_view m_text;
    const CsvDialect m_d;
    Handler& m_handler;
};

template <class Handler> void walkCsv(std::string_view text, const CsvDialect& dialect, Handler& handler) {
    if (dialect.runs) CsvBlankWalk<Handler>(text, dialect, handler).run();
    else CsvWalk<Handler>(text, dialect, handler).run();
}

}  // namespace lamina
