// What kind of column a set of texts is, decided from all of them: every value has a class, the classes seen in the whole
// column give its kind. The order of the values does not matter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/column.h"

namespace lamina {

/// Bits, so that the classes of many values are or-ed together.
enum ValueClass : std::uint8_t { NoValue = 0, BooleanValue = 1, IntegerValue = 2, NumberValue = 4, TextValue = 8 };

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
/// The class of one value that is not missing.
ValueClass classOf(std::string_view text);

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

/// The kind for the classes seen: Number where nothing was seen, Text where any two of them have no common kind but text.
/// Text means "Category or Text": see isCategory.
ColumnKind kindFor(std::uint8_t classes);
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
