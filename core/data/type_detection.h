// What kind of column a set of texts is, decided from all of them: every value has a class, the classes seen in the whole
// column give its kind. The order of the values does not matter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/column.h"
#include "core/data/time_text.h"

namespace lamina {

/// Bits, so that the classes of many values are or-ed together.
enum ValueClass : std::uint16_t {
    NoValue = 0,
    BooleanValue = 1,
    IntegerValue = 2,
    NumberValue = 4,
    TextValue = 8,
    CertainTime = 16,     ///< 2024-03-01, 1 Mar 2024
    DayFirstTime = 32,    ///< 23/04/2024
    MonthFirstTime = 64,  ///< 04/23/2024
    EitherTime = 128,     ///< 03/04/2024
    GroupedInteger = 256, ///< 1,234
    GroupedNumber = 512,  ///< 1,234.5
    UnitInteger = 1024,   ///< $5, 45 %
    UnitNumber = 2048,    ///< 4.5 km
};
using ValueClasses = std::uint16_t;

/// A text as a number. `value` is what strtod gives, bit for bit.
struct NumberText {
    ValueClass is = TextValue;  ///< IntegerValue, NumberValue, or TextValue: not a number
    double value = 0;
    std::int64_t integer = 0;  ///< where is == IntegerValue
};

/// Reads the whole of `text` (no blanks around it): [+-] digits [. digits] [e [+-] digits], or [+-] inf, infinity.
/// Integers with leading zeros (007) or with more than 15 digits are TextValue: as numbers they would lose something.
NumberText readNumber(std::string_view text);
/// The same, but leading zeros and long integers are numbers too (a kind the user asked for).
NumberText readAnyNumber(std::string_view text);
/// A number written with a decimal comma, as readNumber() takes it: "-1.234,5" gives "-1234.5" (in `buffer`), points stand between groups of
/// three digits.
/// A text without comma and point comes back as it is; what cannot be read so comes back as a text that is no number.
std::string_view withoutDecimalComma(std::string_view text, std::string& buffer);
/// true, false in lower, upper or capitalised spelling: 1 or 0; -1: neither.
int readBoolean(std::string_view text);
/// Also yes, no, t, f, y, n, 1, 0 in any case (a kind the user asked for).
int readAnyBoolean(std::string_view text);
/// The class of one value that is not missing: BooleanValue, IntegerValue, NumberValue or TextValue.
ValueClass classOf(std::string_view text);

/// A number with marks between its thousands or with a unit, as people write them.
struct DecoratedNumber {
    ValueClass is = TextValue;  ///< GroupedInteger … UnitNumber, or IntegerValue, NumberValue where it has neither; TextValue: no such number
    double value = 0;
    std::int64_t integer = 0;
    int unit = -1;  ///< numberUnit(unit) is how it is written; 45 % is 45
};
/// Marks between groups of three digits: comma (point where the comma is the decimal mark), apostrophe, no-break blank; between all groups or
/// none. Units: %, currencies before or behind the number, and common measures behind it ("12 km").
DecoratedNumber readDecoratedNumber(std::string_view text, bool decimalComma, std::string& buffer);
std::string_view numberUnit(int unit);
/// readAnyNumber(), also with groups or a unit: a value of a column that is known to hold numbers.
NumberText readLooseNumber(std::string_view text, bool decimalComma, std::string& buffer);

/// What the values of a column showed.
struct SeenValues {
    ValueClasses classes = NoValue;
    int unit = -1;  ///< of those with a unit; a second one makes the column text

    void add(ValueClass value, int valueUnit = -1) {
        classes |= value;
        if (valueUnit < 0) return;
        if (unit < 0) unit = valueUnit;
        else if (unit != valueUnit) classes |= TextValue;
    }
    void add(const SeenValues& others) { add(static_cast<ValueClass>(others.classes), others.unit); }
};
/// Adds the finest class of one value that is not missing, blanks around it dropped: also times, grouped numbers and units.
void addClassOf(std::string_view text, bool decimalComma, std::string& buffer, SeenValues& seen);

/// The words that mean "no value". The empty text always does.
class MissingWords {
public:
    /// Separated by commas: "NA,N/A,?".
    explicit MissingWords(std::string_view list);
    bool contains(std::string_view text) const {
        if (text.empty()) return true;
        return text.size() <= m_longest && m_first[static_cast<unsigned char>(text[0])] && listed(text);
    }

private:
    bool listed(std::string_view text) const;
    std::vector<std::string> m_words;
    std::size_t m_longest = 0;
    bool m_first[256] = {};
};

/// How the texts of a column are read.
struct ColumnReading {
    ColumnKind kind = ColumnKind::Integer;
    DateOrder dates = DateOrder::Unknown;  ///< Time: what stands first
    bool decorated = false;                ///< Number, Integer: with groups or a unit
    int unit = -1;                         ///< Number, Integer: the unit that every value has
    bool operator==(const ColumnReading&) const = default;
};
/// The kind for the classes seen: Number where nothing was seen, Text where any two of them have no common kind but text.
/// Text means "Category or Text": see isCategory. Dates whose order no value tells are text where `dates` does not tell it either.
ColumnReading readingFor(const SeenValues& seen, DateOrder dates);
/// Was the order of day and month all that was missing for a time column?
bool datesInDoubt(const SeenValues& seen, DateOrder dates);
/// All values are dates, but some only make sense in another order than others, or than `dates`.
bool datesContradict(const SeenValues& seen, DateOrder dates);
/// CertainTime … EitherTime; NoValue where it is no time.
ValueClass timeClassOf(const TimeReading& time);
/// The kind of readingFor().
ColumnKind kindFor(ValueClasses classes);
/// Few distinct values for so many present ones? At most `limit`, and each at least twice on average.
bool isCategory(std::int64_t distinct, std::int64_t present, std::int64_t limit);

/// Texts numbered in the order they come first: the dictionary of a category column while it is read.
class WordIndex {
public:
    /// The number of `word`, a new one where it is new.
    std::int32_t add(std::string_view word);
    const std::vector<std::string>& words() const { return m_words; }
    std::int64_t size() const { return static_cast<std::int64_t>(m_words.size()); }
    void clear();

private:
    void grow();
    std::vector<std::string> m_words;
    std::vector<std::uint64_t> m_hashes;
    std::vector<std::int32_t> m_slots;  ///< -1: free; a power of two, at most half full
};

}  // namespace lamina
