// Where fields and records of a CSV text begin and end. RFC 4180: a quote opens a field only at its beginning (blanks before it
// are allowed where they are trimmed); inside, delimiters and line ends are text and a doubled quote is one quote. What follows a
// closing quote up to the delimiter belongs to the field as it is. Elsewhere a quote is a character like any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace lamina {

struct CsvDialect {
    char delimiter = ',';  ///< 0 where `wide` says it
    bool runs = false;    ///< any number of blanks and tabs between two fields is one delimiter (then it is the blank)
    char quote = '"';     ///< 0: none
    char comment = 0;     ///< 0: none; records that begin with it are skipped
    char lineEnd = '\n';  ///< '\n' (a '\r' before it is dropped) or '\r'
    bool trim = true;     ///< blanks around unquoted values are dropped
    std::string wide = {};  ///< a delimiter of several bytes, found from left to right; read less quickly. Empty: `delimiter` is all of it

    std::string_view delimiterBytes() const { return wide.empty() ? std::string_view(&delimiter, 1) : wide; }
};

inline bool isBlank(char c, const CsvDialect& d) { return (c == ' ' || c == '\t') && c != d.delimiter && d.trim; }

/// A field within a text. `raw`: begin … begin+size still holds its quotes and needs csvUnquote().
struct CsvField {
    std::uint32_t begin = 0;
    std::uint32_t size : 31 = 0;
    std::uint32_t raw : 1 = 0;
    std::string_view in(std::string_view text) const { return {text.data() + begin, size}; }
};

/// The value of a raw field: quotes removed, doubled ones made single. Replaces what is in `value`.
void csvUnquote(std::string_view raw, char quote, std::string& value);

/// Where the field whose opening quote is at `open` closes.
struct CsvQuoted {
    std::size_t end = std::string_view::npos;  ///< behind the closing quote; npos: never closed
    bool doubled = false;                      ///< a doubled quote stands inside
};
CsvQuoted csvAfterQuoted(std::string_view text, std::size_t open, char quote);

/// The end of the first record that ends at or behind `target`. `from` is the beginning of a record.
struct CsvCut {
    std::size_t end = 0;
    std::size_t openQuote = std::string_view::npos;  ///< a quote that is never closed
};
CsvCut csvCut(std::string_view text, std::size_t from, std::size_t target, const CsvDialect& dialect);

/// How many lines (physical, 1-based) begin at or before `at`.
std::int64_t csvLineOf(std::string_view text, std::size_t at, char lineEnd);

/// What to do with records that have too few or too many fields.
enum class CsvRagged : std::uint8_t { Error, Pad, Skip };

/// Are there bytes above 127, or zeros?
struct CsvBytes {
    bool high = false, nul = false;
};
CsvBytes csvBytes(std::string_view text);

/// A block of whole records, cut into fields: row after row, `columns` fields each. Blank lines and comments are left out.
struct CsvBlockFields {
    std::vector<CsvField> fields;  ///< at least rows × columns entries
    std::size_t rows = 0;
    std::int64_t ragged = 0;         ///< records with another number of fields (Error: the cutting stops at the first)
    std::size_t firstRaggedAt = 0;   ///< where the first of them begins
    std::size_t firstRaggedFound = 0;
    std::int64_t oddQuotes = 0;      ///< quoted fields with text behind their closing quote
    std::size_t firstOddQuoteAt = 0;
};
void csvCutFields(std::string_view text, const CsvDialect& dialect, std::size_t columns, CsvRagged policy, CsvBlockFields& out);

/// Does the text show that quotes enclose fields, or that they are letters like others?
struct CsvQuoteSigns {
    std::size_t needed = 0;   ///< quoted fields that hold a delimiter or a doubled quote
    std::size_t plain = 0;    ///< other fields within quotes
    std::size_t odd = 0;      ///< text behind the closing quote; a quote never closed; whole records between opening and closing quote
    std::size_t fields = 0;   ///< all fields
};
CsvQuoteSigns csvQuoteSigns(std::string_view text, const CsvDialect& dialect, std::size_t columns);

/// The first `limit` records as texts, whatever their number of fields (for detection). `ends`: where each record ends.
struct CsvRecords {
    std::vector<std::vector<std::string>> records;
    std::vector<std::size_t> ends;
};
CsvRecords csvReadRecords(std::string_view text, const CsvDialect& dialect, std::size_t limit);

namespace detail {

/// One bit per byte of at[0 … 63]: is it one of the three?
inline std::uint64_t csvMask(const char* at, char a, char b, char c) {
#if defined(__SSE2__)
    const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b), vc = _mm_set1_epi8(c);
    std::uint64_t mask = 0;
    for (int i = 0; i < 4; ++i) {
        const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16 * i));
        const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, va), _mm_cmpeq_epi8(v, vb)), _mm_cmpeq_epi8(v, vc));
        mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hit))) << (16 * i);
    }
    return mask;
#else
    std::uint64_t mask = 0;
    for (int i = 0; i < 64; ++i) mask |= static_cast<std::uint64_t>(at[i] == a || at[i] == b || at[i] == c) << i;
    return mask;
#endif
}

/// The same for the last, shorter part of a text.
inline std::uint64_t csvMaskOfTail(const char* at, std::size_t size, char a, char b, char c) {
    char padded[64] = {};
    std::memcpy(padded, at, size);
    return csvMask(padded, a, b, c) & ((std::uint64_t{1} << size) - 1);
}

}  // namespace detail

}  // namespace lamina
