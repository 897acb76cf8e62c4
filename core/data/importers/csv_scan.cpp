#include "core/data/importers/csv_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lamina {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::size_t findIn(std::string_view text, char c, std::size_t from, std::size_t to) {
    if (from >= to) return npos;
#if defined(__SSE2__)
    // What is near, as most quotes are, is found without a call.
    if (to - from >= 32) {
        const __m128i wanted = _mm_set1_epi8(c);
        const char* const at = text.data() + from;
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)), wanted))) |
                          static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16)), wanted))) << 16;
        if (mask != 0) return from + static_cast<std::size_t>(std::countr_zero(mask));
        from += 32;
        if (from == to) return npos;
    }
#endif
    const void* found = std::memchr(text.data() + from, c, to - from);
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : npos;
}

/// Does the quote at `at` stand at the beginning of a field? `from` is the beginning of a record.
bool opensField(std::string_view text, std::size_t from, std::size_t at, const CsvDialect& d) {
    while (at > from && isBlank(text[at - 1], d)) --at;
    return at == from || text[at - 1] == d.delimiter || text[at - 1] == d.lineEnd || (d.runs && text[at - 1] == '\t');
}

/// From `at`, outside quotes, to behind the end of that record.
CsvCut restOfRecord(std::string_view text, std::size_t from, std::size_t at, const CsvDialect& d) {
    std::size_t lineEnd = 0;
    while (true) {
        if (lineEnd <= at) lineEnd = std::min(findIn(text, d.lineEnd, at, text.size()), text.size());
        const std::size_t quote = d.quote ? findIn(text, d.quote, at, lineEnd) : npos;
        if (quote == npos) return {std::min(lineEnd + 1, text.size()), npos};
        at = quote + 1;
        if (!opensField(text, from, quote, d)) continue;
        at = csvAfterQuoted(text, quote, d.quote).end;
        if (at == npos) return {text.size(), quote};
    }
}

CsvCut recordEnd(std::string_view text, std::size_t at, const CsvDialect& d) {
    if (d.comment == 0 || at >= text.size() || text[at] != d.comment) return restOfRecord(text, at, at, d);
    return {std::min(findIn(text, d.lineEnd, at, text.size()), text.size() - 1) + 1, npos};
}

/// Walks over a text and tells the handler every field and record. Handler: void field(begin, end, raw); bool record(begin, end).
template <class Handler>
class Walk {
public:
    Walk(std::string_view text, const CsvDialect& dialect, Handler& handler) : m_text(text), m_d(dialect), m_handler(handler) {}

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
        const char quote = m_d.quote ? m_d.quote : m_d.delimiter;
        std::uint64_t mask = size == 64 ? detail::csvMask(bytes, m_d.delimiter, m_d.lineEnd, quote)
                                        : detail::csvMaskOfTail(bytes, size, m_d.delimiter, m_d.lineEnd, quote);
        while (mask != 0) {
            const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(mask));
            mask &= mask - 1;
            const char c = m_text[place];
            if (c == m_d.delimiter) {
                endField(place);
                m_field = place + 1;
                continue;
            }
            const std::size_t next = c == m_d.lineEnd ? endRecord(place) : skipQuoted(place);
            if (m_stopped) return next;
            if (next >= at + 64) return next;
            mask &= ~std::uint64_t{0} << (next - at);
        }
        return at + size;
    }

    std::size_t skipQuoted(std::size_t place) {
        for (std::size_t i = m_field; i < place; ++i)
            if (!isBlank(m_text[i], m_d)) return place + 1;
        m_open = place;
        const auto quoted = csvAfterQuoted(m_text, place, m_d.quote);
        m_close = std::min(quoted.end, m_text.size());
        m_doubled = quoted.doubled || quoted.end == npos;
        return m_close;
    }

    void endField(std::size_t end) {
        if (m_open != npos) return endQuoted(end);
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
        m_open = npos;
    }

    std::size_t endRecord(std::size_t place) {
        const bool carriage = m_d.lineEnd == '\n' && place > m_field && m_text[place - 1] == '\r' && (m_open == npos || place - 1 >= m_close);
        endField(carriage ? place - 1 : place);
        m_stopped = !m_handler.record(m_record, std::min(place + 1, m_text.size()));
        m_record = m_field = skipComments(place + 1);
        return m_record;
    }

    std::size_t skipComments(std::size_t at) const {
        while (m_d.comment && at < m_text.size() && m_text[at] == m_d.comment)
            at = std::min(findIn(m_text, m_d.lineEnd, at, m_text.size()), m_text.size() - 1) + 1;
        return at;
    }

    std::string_view m_text;
    const CsvDialect m_d;
    Handler& m_handler;
    std::size_t m_field = 0, m_record = 0, m_open = npos, m_close = 0;
    bool m_doubled = false;
    bool m_stopped = false;
};

/// The same for fields between runs of blanks.
template <class Handler>
class BlankWalk {
public:
    BlankWalk(std::string_view text, const CsvDialect& dialect, Handler& handler) : m_text(text), m_d(dialect), m_handler(handler) {}

    void run() {
        for (std::size_t at = 0; at < m_text.size();) {
            if (m_d.comment && m_text[at] == m_d.comment) {
                at = std::min(findIn(m_text, m_d.lineEnd, at, m_text.size()), m_text.size() - 1) + 1;
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

template <class Handler> void walkText(std::string_view text, const CsvDialect& dialect, Handler& handler) {
    if (dialect.runs) BlankWalk<Handler>(text, dialect, handler).run();
    else Walk<Handler>(text, dialect, handler).run();
}

/// What stands where in 64 bytes.
struct PartMasks {
    std::uint64_t delimiters, lines, quotes;
};
/// Masks of `count` parts of 64 bytes, one behind the other.
using PartMasker = void (*)(const char* at, std::size_t count, const CsvDialect& d, PartMasks* out);

void maskParts(const char* at, std::size_t count, const CsvDialect& d, PartMasks* out) {
    for (std::size_t i = 0; i < count; ++i, at += 64)
        out[i] = {detail::csvMask(at, d.delimiter, d.delimiter, d.delimiter), detail::csvMask(at, d.lineEnd, d.lineEnd, d.lineEnd),
                  detail::csvMask(at, d.quote, d.quote, d.quote)};
}

#if defined(__x86_64__) && defined(__GNUC__)

[[gnu::target("avx2")]] void maskPartsAvx2(const char* at, std::size_t count, const CsvDialect& d, PartMasks* out) {
    const __m256i delimiter = _mm256_set1_epi8(d.delimiter), lineEnd = _mm256_set1_epi8(d.lineEnd), quote = _mm256_set1_epi8(d.quote);
    for (std::size_t i = 0; i < count; ++i, at += 64) {
        const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)), high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + 32));
        const __m256i wanted[3] = {delimiter, lineEnd, quote};
        std::uint64_t masks[3];
        for (int k = 0; k < 3; ++k)
            masks[k] = static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted[k]))) |
                       static_cast<std::uint64_t>(static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted[k])))) << 32;
        out[i] = {masks[0], masks[1], masks[2]};
    }
}

[[gnu::target("avx512bw")]] void maskPartsAvx512(const char* at, std::size_t count, const CsvDialect& d, PartMasks* out) {
    const __m512i delimiter = _mm512_set1_epi8(d.delimiter), lineEnd = _mm512_set1_epi8(d.lineEnd), quote = _mm512_set1_epi8(d.quote);
    for (std::size_t i = 0; i < count; ++i, at += 64) {
        const __m512i bytes = _mm512_loadu_si512(at);
        out[i] = {_mm512_cmpeq_epi8_mask(bytes, delimiter), _mm512_cmpeq_epi8_mask(bytes, lineEnd), _mm512_cmpeq_epi8_mask(bytes, quote)};
    }
}

PartMasker bestMasker() {
    if (__builtin_cpu_supports("avx512bw")) return maskPartsAvx512;
    return __builtin_cpu_supports("avx2") ? maskPartsAvx2 : maskParts;
}

#else

PartMasker bestMasker() { return maskParts; }

#endif

/// Follows quotes by counting them, 64 bytes at a time and without a branch for each: right as long as quotes stand only where they open or close a
/// field or are doubled inside; where one does not, odd() is true and Walk has to look.
class QuoteCounter {
public:
    QuoteCounter(std::string_view text, const CsvDialect& dialect) : m_text(text), m_d(dialect) {}

    /// Bits of bytes that are not within quotes.
    struct Part {
        std::uint64_t ends = 0;   ///< of fields: delimiters and line ends
        std::uint64_t lines = 0;  ///< line ends
    };
    /// The 64 bytes from `at`, fewer where the text ends; called for one part after the other.
    [[gnu::always_inline]] Part next(std::size_t at) {
        if (m_used == m_masked) mask(at);
        const PartMasks& masks = m_masks[m_used++];
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
    void mask(std::size_t at) {
        static const PartMasker masker = bestMasker();
        const std::size_t left = m_text.size() - at;
        m_used = 0;
        m_masked = std::min(left / 64, m_masks.size());
        if (m_masked > 0) return masker(m_text.data() + at, m_masked, m_d, m_masks.data());
        char padded[64] = {};
        std::memcpy(padded, m_text.data() + at, left);
        m_masked = 1;
        masker(padded, 1, m_d, m_masks.data());
        const std::uint64_t there = (std::uint64_t{1} << left) - 1;
        m_masks[0] = {m_masks[0].delimiters & there, m_masks[0].lines & there, m_masks[0].quotes & there};
    }

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
    std::array<PartMasks, 64> m_masks;
    std::size_t m_used = 0, m_masked = 0;
};

/// Can quotes be counted at all?
bool countsQuotes(const CsvDialect& d) { return d.comment == 0 && !d.runs; }

/// Tells the handler what Walk does, several times as quickly; false where Walk has to do it (then what was told is to be forgotten).
template <class Handler>
class CountedWalk {
public:
    CountedWalk(std::string_view text, const CsvDialect& dialect, Handler& handler) : m_text(text), m_d(dialect), m_handler(handler) {}

    bool run() {
        QuoteCounter quotes(m_text, m_d);
        for (std::size_t at = 0; at < m_text.size(); at += 64) {
            const QuoteCounter::Part part = quotes.next(at);
            if (quotes.odd()) return false;
            if (quotes.doubled()) m_doubledBefore = at + 64;
            for (std::uint64_t ends = part.ends; ends != 0; ends &= ends - 1) {
                const auto bit = static_cast<unsigned>(std::countr_zero(ends));
                if (!endField(at + bit, ((part.lines >> bit) & 1) != 0)) return true;
            }
        }
        if (quotes.isInside()) return false;
        if (m_record < m_text.size()) endField(m_text.size(), true);
        return true;
    }

private:
    /// False: no more, please.
    [[gnu::always_inline]] bool endField(std::size_t place, bool line) {
        std::size_t begin = m_field, end = place;
        m_field = place + 1;
        if (line && end > begin && m_d.lineEnd == '\n' && m_text[end - 1] == '\r') --end;
        if (end == begin) {
            m_handler.field(begin, end, false);
        } else if (m_text[begin] == m_d.quote && m_d.quote) {
            // "" stays raw: it is an empty value, not an empty line.
            const bool raw = end - begin <= 2 || (m_doubledBefore > begin && m_text.substr(begin + 1, end - begin - 2).find(m_d.quote) != npos);
            m_handler.field(raw ? begin : begin + 1, raw ? end : end - 1, raw);
        } else {
            while (begin < end && isBlank(m_text[begin], m_d)) ++begin;
            while (begin < end && isBlank(m_text[end - 1], m_d)) --end;
            m_handler.field(begin, end, false);
        }
        if (!line) return true;
        const std::size_t record = std::exchange(m_record, m_field);
        return m_handler.record(record, std::min(m_field, m_text.size()));
    }

    const std::string_view m_text;
    const CsvDialect m_d;
    Handler& m_handler;
    std::size_t m_field = 0, m_record = 0;
    std::size_t m_doubledBefore = 0;  ///< the end of the last part with a doubled quote
};

/// csvCut() by counting quotes; nothing where that does not do.
std::optional<CsvCut> countedCut(std::string_view text, std::size_t from, std::size_t target, const CsvDialect& d) {
    QuoteCounter quotes(text.substr(from), d);
    for (std::size_t at = 0; at < text.size() - from; at += 64) {
        std::uint64_t lines = quotes.next(at).lines;
        if (quotes.odd()) return std::nullopt;
        // The record that ends at or behind the target: its line end is the target's last byte or comes later.
        const std::size_t least = target > from ? target - 1 - from : 0;
        if (at + 64 <= least) continue;
        if (least > at) lines &= ~std::uint64_t{0} << (least - at);
        if (lines != 0) return CsvCut{from + at + static_cast<std::size_t>(std::countr_zero(lines)) + 1, npos};
    }
    if (quotes.isInside()) return std::nullopt;
    return CsvCut{text.size(), npos};
}

class FieldCutter {
public:
    FieldCutter(std::size_t columns, CsvRagged policy, CsvBlockFields& out) : m_columns(columns), m_policy(policy), m_out(out) { makeRoom(); }

    void field(std::size_t begin, std::size_t end, bool raw) {
        if (m_found < m_columns) {
            CsvField& field = m_next[m_found];
            field.begin = static_cast<std::uint32_t>(begin);
            field.size = static_cast<std::uint32_t>(end - begin) & 0x7fffffffu;
            field.raw = raw;
        }
        ++m_found;
    }

    void oddQuote(std::size_t at) {
        if (m_out.oddQuotes++ == 0) m_out.firstOddQuoteAt = at;
    }

    bool record(std::size_t begin, std::size_t) {
        const std::size_t found = std::exchange(m_found, 0);
        if (found == 1 && m_next->size == 0 && !m_next->raw) return true;
        if (found == m_columns) return keep();
        if (m_out.ragged++ == 0) {
            m_out.firstRaggedAt = begin;
            m_out.firstRaggedFound = found;
        }
        if (m_policy == CsvRagged::Error) return false;
        if (m_policy == CsvRagged::Skip) return true;
        for (std::size_t i = found; i < m_columns; ++i) m_next[i] = {};
        return keep();
    }

private:
    bool keep() {
        ++m_out.rows;
        m_next += m_columns;
        if ((m_out.rows + 1) * m_columns > m_out.fields.size()) makeRoom();
        return true;
    }

    void makeRoom() {
        const std::size_t needed = (m_out.rows + 1) * m_columns;
        if (m_out.fields.size() < needed) m_out.fields.resize(std::max(needed, m_out.fields.size() * 2));
        m_next = m_out.fields.data() + m_out.rows * m_columns;
    }

    const std::size_t m_columns;
    const CsvRagged m_policy;
    CsvBlockFields& m_out;
    CsvField* m_next = nullptr;
    std::size_t m_found = 0;
};

/// Counts what quotes do in a text.
class QuoteJudge {
public:
    QuoteJudge(std::string_view text, const CsvDialect& dialect, std::size_t columns, CsvQuoteSigns& signs)
        : m_text(text), m_d(dialect), m_columns(columns), m_signs(signs) {}

    void field(std::size_t begin, std::size_t end, bool raw) {
        ++m_signs.fields;
        const bool quoted = raw || (begin > 0 && m_text[begin - 1] == m_d.quote && end < m_text.size() && m_text[end] == m_d.quote);
        if (!quoted) return;
        const std::size_t open = raw ? begin : begin - 1;
        const auto found = csvAfterQuoted(m_text, open, m_d.quote);
        if (found.end == npos || (raw && found.end < end)) {
            ++m_signs.odd;
            return;
        }
        const auto inside = m_text.substr(open + 1, found.end - open - 2);
        if (inside.find(m_d.lineEnd) != npos && holdsRecords(open, found.end)) ++m_signs.odd;
        else if (found.doubled || inside.find(m_d.delimiter) != npos) ++m_signs.needed;
        else ++m_signs.plain;
    }
    bool record(std::size_t, std::size_t) { return true; }

private:
    /// Is every line between the quotes a record by itself?
    bool holdsRecords(std::size_t open, std::size_t close) const {
        const std::size_t before = open == 0 ? npos : m_text.rfind(m_d.lineEnd, open - 1);
        std::size_t at = before == npos ? 0 : before + 1;
        while (at < close) {
            const std::size_t end = std::min(findIn(m_text, m_d.lineEnd, at, m_text.size()), m_text.size());
            const auto line = m_text.substr(at, end - at);
            if (static_cast<std::size_t>(std::count(line.begin(), line.end(), m_d.delimiter)) + 1 != m_columns) return false;
            at = end + 1;
        }
        return m_columns > 1;
    }

    std::string_view m_text;
    const CsvDialect m_d;
    const std::size_t m_columns;
    CsvQuoteSigns& m_signs;
};

class RecordReader {
public:
    RecordReader(std::string_view text, char quote, std::size_t limit, CsvRecords& out) : m_text(text), m_quote(quote), m_limit(limit), m_out(out) {}

    void field(std::size_t begin, std::size_t end, bool raw) {
        const auto value = m_text.substr(begin, end - begin);
        m_fields.emplace_back(raw ? std::string_view() : value);
        if (raw) csvUnquote(value, m_quote, m_fields.back());
    }

    bool record(std::size_t, std::size_t end) {
        auto fields = std::exchange(m_fields, {});
        if (fields.size() == 1 && fields[0].empty()) return true;
        m_out.records.push_back(std::move(fields));
        m_out.ends.push_back(end);
        return m_out.records.size() < m_limit;
    }

private:
    std::string_view m_text;
    const char m_quote;
    const std::size_t m_limit;
    CsvRecords& m_out;
    std::vector<std::string> m_fields;
};

}  // namespace

void csvUnquote(std::string_view raw, char quote, std::string& value) {
    value.clear();
    bool inside = true;
    for (std::size_t at = 1; at < raw.size();) {
        const std::size_t next = inside ? std::min(findIn(raw, quote, at, raw.size()), raw.size()) : raw.size();
        value.append(raw.substr(at, next - at));
        at = next + 1;
        if (at < raw.size() && raw[at] == quote) value.push_back(raw[at++]);
        else inside = false;
    }
}

CsvQuoted csvAfterQuoted(std::string_view text, std::size_t open, char quote) {
    CsvQuoted quoted;
    std::size_t at = open + 1;
    while (true) {
        const std::size_t close = findIn(text, quote, at, text.size());
        if (close == npos) return quoted;
        quoted.end = close + 1;
        if (close + 1 >= text.size() || text[close + 1] != quote) return quoted;
        quoted = {npos, true};
        at = close + 2;
    }
}

CsvCut csvCut(std::string_view text, std::size_t from, std::size_t target, const CsvDialect& d) {
    target = std::min(target, text.size());
    if (countsQuotes(d) && from < text.size())
        if (const auto cut = countedCut(text, from, target, d)) return *cut;
    CsvCut cut{from, npos};
    if (d.comment) {
        do cut = recordEnd(text, cut.end, d);
        while (cut.openQuote == npos && cut.end < target);
        return cut;
    }
    std::size_t at = from;
    while (d.quote && at < target) {
        const std::size_t quote = findIn(text, d.quote, at, target);
        if (quote == npos) break;
        at = quote + 1;
        if (!opensField(text, from, quote, d)) continue;
        at = csvAfterQuoted(text, quote, d.quote).end;
        if (at == npos) return {text.size(), quote};
    }
    at = std::max(at, target > from ? target - 1 : target);
    return restOfRecord(text, from, at, d);
}

std::int64_t csvLineOf(std::string_view text, std::size_t at, char lineEnd) {
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), lineEnd);
}

CsvBytes csvBytes(std::string_view text) {
    std::size_t i = 0;
    CsvBytes seen;
#if defined(__SSE2__)
    __m128i all = _mm_setzero_si128(), least = _mm_set1_epi8(-1);
    for (; i + 16 <= text.size(); i += 16) {
        const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
        all = _mm_or_si128(all, v);
        least = _mm_min_epu8(least, v);
    }
    seen.high = _mm_movemask_epi8(all) != 0;
    seen.nul = _mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128())) != 0;
#endif
    for (; i < text.size(); ++i) {
        seen.high = seen.high || static_cast<unsigned char>(text[i]) >= 0x80;
        seen.nul = seen.nul || text[i] == '\0';
    }
    return seen;
}

void csvCutFields(std::string_view text, const CsvDialect& dialect, std::size_t columns, CsvRagged policy, CsvBlockFields& out) {
    out.rows = 0;
    out.ragged = 0;
    out.oddQuotes = 0;
    if (countsQuotes(dialect)) {
        FieldCutter cutter(columns, policy, out);
        if (CountedWalk<FieldCutter>(text, dialect, cutter).run()) return;
        out.rows = 0;
        out.ragged = 0;
    }
    FieldCutter cutter(columns, policy, out);
    walkText(text, dialect, cutter);
}

CsvQuoteSigns csvQuoteSigns(std::string_view text, const CsvDialect& dialect, std::size_t columns) {
    CsvQuoteSigns signs;
    QuoteJudge judge(text, dialect, columns, signs);
    walkText(text, dialect, judge);
    return signs;
}

CsvRecords csvReadRecords(std::string_view text, const CsvDialect& dialect, std::size_t limit) {
    CsvRecords out;
    RecordReader reader(text, dialect.quote, limit, out);
    walkText(text, dialect, reader);
    return out;
}

}  // namespace lamina
