// From the fields of a block to typed values, one column at a time.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/importers/csv_layout.h"
#include "core/data/number_reading.h"
#include "core/data/type_detection.h"

namespace lamina {

/// What a column is read as. `asked`: the user chose the kind, so a value that does not fit becomes missing and is counted;
/// otherwise such a value shows that the column needs a wider kind.
struct CsvColumnPlan {
    ColumnReading reading;  ///< kind Category or Text where it says Text: see `kind`
    ColumnKind kind = ColumnKind::Integer;
    bool asked = false;
    bool operator==(const CsvColumnPlan&) const = default;
};

/// The values of a block of one column (any kind but Tensor and Image). Only the vectors of its kind are used; they keep their size from block to block.
class CsvBlockData {
public:
    ColumnKind kind() const { return m_kind; }
    std::int64_t rows() const { return static_cast<std::int64_t>(m_rows); }
    std::int64_t missing() const { return m_missing; }
    /// No rows any more; room for so many.
    void start(ColumnKind kind, std::size_t rows);

    /// One more row, of those there is room for. Each may only be called for its own kind.
    void addNumber(double value) { m_numbers[m_rows++] = value; }
    void addInteger(std::int64_t value) { m_integers[m_rows++] = value; }
    void addBoolean(bool value) { m_booleans[m_rows++] = value; }
    void addCode(std::int32_t code) { m_codes[m_rows++] = code; }
    /// `readable`: up to where bytes behind the text may be read; short texts are then copied without a call.
    void addText(std::string_view utf8, const char* readable) {
        if (m_bytesUsed + utf8.size() + shortText > m_bytes.size()) m_bytes.resize((m_bytes.size() + utf8.size() + shortText) * 2);
        const bool isShort = utf8.size() <= shortText && readable - utf8.data() >= static_cast<std::ptrdiff_t>(shortText);
        if (isShort) std::memcpy(m_bytes.data() + m_bytesUsed, utf8.data(), shortText);
        else if (!utf8.empty()) std::memcpy(m_bytes.data() + m_bytesUsed, utf8.data(), utf8.size());
        m_bytesUsed += utf8.size();
        m_offsets[++m_rows] = m_bytesUsed;
    }
    void addMissing();
    /// Category: every code c ≥ 0 becomes newCodes[c].
    void mapCodes(std::span<const std::int32_t> newCodes);
    ColumnView view() const;

private:
    static constexpr std::size_t shortText = 32;

    ColumnKind m_kind = ColumnKind::Number;
    std::size_t m_rows = 0, m_bytesUsed = 0;
    std::int64_t m_missing = 0;
    std::vector<double> m_numbers;
    std::vector<std::int64_t> m_integers;
    std::vector<std::uint8_t> m_booleans;
    std::vector<std::int32_t> m_codes;
    std::vector<std::uint64_t> m_offsets;
    std::vector<char> m_bytes;
    std::vector<std::uint8_t> m_missingBits;
};

/// A block of one column; reused from block to block.
struct CsvColumnBlock {
    CsvBlockData data;
    WordIndex words;            ///< Category: the texts of the block's own codes
    SeenValues seen;            ///< kinds Number, Integer, Boolean, Time
    bool fits = true;           ///< false: data is of no use, a wider kind is needed
    std::int64_t unreadable = 0;
    std::size_t firstUnreadable = 0;  ///< where in the block's text
    std::int64_t firstUnreadableRow = 0;  ///< counted in the block
};

/// Some rows of a block.
struct CsvRows {
    std::size_t first = 0, last = 0;
};

class CsvConverter {
public:
    /// `plainNumbers`: no word of `missing` begins as a number does, see csvLikeNumbers().
    CsvConverter(const MissingWords& missing, bool plainNumbers, const CsvLayout& layout, DateOrder dates, std::int64_t maximumCategories)
        : m_missing(missing),
          m_quote(layout.dialect.quote),
          m_latin1(layout.latin1),
          m_windows(layout.windows),
          m_dates(dates),
          m_decimalComma(layout.decimal == ','),
          m_maximumCategories(maximumCategories),
          m_plainNumbers(plainNumbers && layout.decimal != ','),
          m_digitsFollow(number_reading::isDigit(layout.dialect.delimiterBytes()[0])) {}

    /// Begins a block of a column, reads some rows after others, all of them in the end, and ends it. `classesOnly`: the column is known not to fit, only
    /// the classes are wanted.
    static void begin(const CsvBlockFields& fields, const CsvColumnPlan& plan, CsvColumnBlock& out);
    void convert(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvRows rows, const CsvColumnPlan& plan,
                 bool classesOnly, CsvColumnBlock& out);
    static void end(const CsvColumnPlan& plan, bool classesOnly, CsvColumnBlock& out);
    /// The best plan for what this block shows, and what it showed. `whole`: the block is the whole file.
    CsvColumnPlan guess(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, bool whole, SeenValues& seen);

private:
    std::string_view value(std::string_view text, const CsvField& field) {
        if (!field.raw) return field.in(text);
        csvUnquote(field.in(text), m_quote, m_unquoted);
        return m_unquoted;
    }
    std::string_view utf8(std::string_view value);
    /// The value as the number readers take it.
    std::string_view pointed(std::string_view value) { return m_decimalComma ? withoutDecimalComma(value, m_pointed) : value; }
    template <class Add> void present(std::string_view text, const CsvField& field, std::size_t row, CsvColumnBlock& out, Add add);
    template <class Add>
    void eachPresent(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvRows rows, CsvColumnBlock& out, Add add);
    template <class Put, class Add>
    void eachNumber(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvRows rows, CsvColumnBlock& out, Put put, Add add);
    void convertTexts(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvRows rows, CsvColumnBlock& out);
    bool addAsked(std::string_view value, const CsvColumnPlan& plan, CsvColumnBlock& out);
    bool addTime(std::string_view value, DateOrder order, CsvColumnBlock& out);
    bool addDecorated(std::string_view value, const ColumnReading& reading, CsvColumnBlock& out);
    bool addWord(std::string_view value, CsvColumnBlock& out, std::int64_t limit);

    const MissingWords& m_missing;
    const char m_quote;
    const bool m_latin1, m_windows;
    const DateOrder m_dates;
    const bool m_decimalComma;
    const std::int64_t m_maximumCategories;
    const bool m_plainNumbers;  ///< … and the decimal mark is the point
    const bool m_digitsFollow;  ///< a delimiter that begins with a digit stands behind a field
    std::string m_unquoted, m_utf8, m_pointed;
};

/// Does one of these words (separated by commas) begin as a number does?
bool csvLikeNumbers(std::string_view words);

/// More categories than this cannot be asked for.
inline constexpr std::int64_t csvMostCategories = 1 << 20;

}  // namespace lamina
