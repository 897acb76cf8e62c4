#include "core/data/importers/csv_scan.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "core/data/importers/csv_quote_counter.h"
#include "core/data/importers/csv_walk.h"

namespace lamina {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Does the quote at `at` stand at the beginning of a field? `from` is the beginning of a record.
bool opensField(std::string_view text, std::size_t from, std::size_t at, const CsvDialect& d) {
    while (at > from && isBlank(text[at - 1], d)) --at;
    return at == from || text[at - 1] == d.delimiter || text[at - 1] == d.lineEnd || (d.runs && text[at - 1] == '\t');
}

/// From `at`, outside quotes, to behind the end of that record.
CsvCut restOfRecord(std::string_view text, std::size_t from, std::size_t at, const CsvDialect& d) {
    std::size_t lineEnd = 0;
    while (true) {
        if (lineEnd <= at) lineEnd = std::min(csvFindIn(text, d.lineEnd, at, text.size()), text.size());
        const std::size_t quote = d.quote ? csvFindIn(text, d.quote, at, lineEnd) : npos;
        if (quote == npos) return {std::min(lineEnd + 1, text.size()), npos};
        at = quote + 1;
        if (!opensField(text, from, quote, d)) continue;
        at = csvAfterQuoted(text, quote, d.quote).end;
        if (at == npos) return {text.size(), quote};
    }
}

CsvCut recordEnd(std::string_view text, std::size_t at, const CsvDialect& d) {
    if (d.comment == 0 || at >= text.size() || text[at] != d.comment) return restOfRecord(text, at, at, d);
    return {std::min(csvFindIn(text, d.lineEnd, at, text.size()), text.size() - 1) + 1, npos};
}

/// Can quotes be counted at all?
bool countsQuotes(const CsvDialect& d) { return d.comment == 0 && !d.runs && d.wide.empty(); }

/// Tells the handler what CsvWalk does, several times as quickly; false where CsvWalk has to do it (then what was told is to be forgotten).
template <class Handler>
class CountedWalk {
public:
    CountedWalk(std::string_view text, const CsvDialect& dialect, Handler& handler) : m_text(text), m_d(dialect), m_handler(handler) {}

    bool run() {
        CsvQuoteCounter quotes(m_text, m_d);
        for (std::size_t at = 0; at < m_text.size(); at += 64) {
            const CsvQuoteCounter::Part part = quotes.next(at);
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
    CsvQuoteCounter quotes(text.substr(from), d);
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

/// csvCut() where only walking from field to field tells which quotes open one. Takes positions in a text that begins with the first record.
class RecordFinder {
public:
    RecordFinder(std::string_view text, std::size_t target, char quote) : m_text(text), m_target(target), m_quote(quote) {}

    void field(std::size_t begin, std::size_t, bool raw) {
        if (raw && csvAfterQuoted(m_text, begin, m_quote).end == npos) m_cut.openQuote = begin;
    }
    bool record(std::size_t, std::size_t end) {
        m_cut.end = end;
        return end < m_target;
    }
    CsvCut cut() const { return m_cut; }

private:
    const std::string_view m_text;
    const std::size_t m_target;
    const char m_quote;
    CsvCut m_cut;
};

CsvCut walkedCut(std::string_view text, std::size_t from, std::size_t target, const CsvDialect& d) {
    RecordFinder finder(text.substr(from), target - std::min(from, target), d.quote);
    CsvWalk<RecordFinder>(text.substr(from), d, finder).run();
    CsvCut cut = finder.cut();
    // Comments alone end no record.
    cut.end = cut.end < target - std::min(from, target) ? text.size() : from + cut.end;
    if (cut.openQuote != npos) cut.openQuote += from;
    return cut;
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
        else if (found.doubled || delimitersIn(inside) > 0) ++m_signs.needed;
        else ++m_signs.plain;
    }
    bool record(std::size_t, std::size_t) { return true; }

private:
    std::size_t delimitersIn(std::string_view part) const {
        if (m_d.wide.empty()) return static_cast<std::size_t>(std::count(part.begin(), part.end(), m_d.delimiter));
        std::size_t count = 0;
        for (std::size_t at = part.find(m_d.wide); at != npos; at = part.find(m_d.wide, at + m_d.wide.size())) ++count;
        return count;
    }

    /// Is every line between the quotes a record by itself?
    bool holdsRecords(std::size_t open, std::size_t close) const {
        const std::size_t before = open == 0 ? npos : m_text.rfind(m_d.lineEnd, open - 1);
        std::size_t at = before == npos ? 0 : before + 1;
        while (at < close) {
            const std::size_t end = std::min(csvFindIn(m_text, m_d.lineEnd, at, m_text.size()), m_text.size());
            const auto line = m_text.substr(at, end - at);
            if (delimitersIn(line) + 1 != m_columns) return false;
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
        const std::size_t next = inside ? std::min(csvFindIn(raw, quote, at, raw.size()), raw.size()) : raw.size();
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
        const std::size_t close = csvFindIn(text, quote, at, text.size());
        if (close == npos) return quoted;
        quoted.end = close + 1;
        if (close + 1 >= text.size() || text[close + 1] != quote) return quoted;
        quoted = {npos, true};
        at = close + 2;
    }
}

CsvCut csvCut(std::string_view text, std::size_t from, std::size_t target, const CsvDialect& d) {
    target = std::min(target, text.size());
    if (!d.wide.empty()) return walkedCut(text, from, target, d);
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
        const std::size_t quote = csvFindIn(text, d.quote, at, target);
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
    walkCsv(text, dialect, cutter);
}

CsvQuoteSigns csvQuoteSigns(std::string_view text, const CsvDialect& dialect, std::size_t columns) {
    CsvQuoteSigns signs;
    QuoteJudge judge(text, dialect, columns, signs);
    walkCsv(text, dialect, judge);
    return signs;
}

CsvRecords csvReadRecords(std::string_view text, const CsvDialect& dialect, std::size_t limit) {
    CsvRecords out;
    RecordReader reader(text, dialect.quote, limit, out);
    walkCsv(text, dialect, reader);
    return out;
}

}  // namespace lamina
