// From the fields of a block to typed values, one column at a time.
#pragma once

#include <string>
#include <string_view>

#include "core/data/importers/csv_layout.h"
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

/// A block of one column; reused from block to block.
struct CsvColumnBlock {
    ColumnData data;
    WordIndex words;            ///< Category: the texts of the block's own codes
    SeenValues seen;            ///< kinds Number, Integer, Boolean, Time
    bool fits = true;           ///< false: data is of no use, a wider kind is needed
    std::int64_t unreadable = 0;
    std::size_t firstUnreadable = 0;  ///< where in the block's text
    std::int64_t firstUnreadableRow = 0;  ///< counted in the block
};

class CsvConverter {
public:
    CsvConverter(const MissingWords& missing, const CsvLayout& layout, DateOrder dates, std::int64_t maximumCategories)
        : m_missing(missing),
          m_quote(layout.dialect.quote),
          m_latin1(layout.latin1),
          m_windows(layout.windows),
          m_dates(dates),
          m_decimalComma(layout.decimal == ','),
          m_maximumCategories(maximumCategories) {}

    /// Reads column `column`. `classesOnly`: the column is known not to fit, only the classes are wanted.
    void convert(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvColumnPlan plan, bool classesOnly,
                 CsvColumnBlock& out);
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
    template <class Add> void eachPresent(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvColumnBlock& out, Add add);
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
    std::string m_unquoted, m_utf8, m_pointed;
};

/// More categories than this cannot be asked for.
inline constexpr std::int64_t csvMostCategories = 1 << 20;

}  // namespace lamina
