#include "core/data/type_detection.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "core/data/number_reading.h"

namespace lamina {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equalsAnyCase(std::string_view text, std::string_view lowerCase) {
    return text.size() == lowerCase.size() && std::equal(text.begin(), text.end(), lowerCase.begin(), [](char a, char b) { return lower(a) == b; });
}

}  // namespace

namespace number_reading {

/// The exponent after e; far outside the fast path's range it only has to be "too large".
const char* readExponent(const char* at, const char* end, Decimal& d) {
    bool negative = false;
    if (at != end && (*at == '+' || *at == '-')) negative = *at++ == '-';
    if (at == end || !isDigit(*at)) return nullptr;
    int value = 0;
    for (; at != end && isDigit(*at); ++at) value = std::min(value * 10 + (*at - '0'), 100000);
    d.exponent += negative ? -value : value;
    return at;
}

double exactDouble(std::string_view text) {
    if (text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec == std::errc()) return value;
    return std::strtod(std::string(text).c_str(), nullptr);
}

NumberText readInfinity(std::string_view text) {
    std::string_view word = text;
    const bool negative = !word.empty() && word[0] == '-';
    if (negative || (!word.empty() && word[0] == '+')) word.remove_prefix(1);
    if (!equalsAnyCase(word, "inf") && !equalsAnyCase(word, "infinity")) return {};
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return {NumberValue, negative ? -infinity : infinity, 0};
}

}  // namespace number_reading

namespace {

std::uint64_t hashOf(std::string_view word) {
    std::uint64_t hash = word.size() * 0x9E3779B97F4A7C15ull;
    const char* at = word.data();
    std::size_t left = word.size();
    std::uint64_t part = 0;
    for (; left >= 8; at += 8, left -= 8) {
        std::memcpy(&part, at, 8);
        hash = (hash ^ part) * 0xff51afd7ed558ccdull;
        hash ^= hash >> 32;
    }
    part = 0;
    if (left > 0) std::memcpy(&part, at, left);
    hash = (hash ^ part) * 0xc4ceb9fe1a85ec53ull;
    return hash ^ (hash >> 29);
}

}  // namespace

NumberText readNumber(std::string_view text) { return number_reading::readNumberHere(text, text.data() + text.size()); }

NumberText readAnyNumber(std::string_view text) {
    const number_reading::Decimal d = number_reading::readDecimal(text, text.data() + text.size());
    if (!d.valid) return number_reading::readInfinity(text);
    const double value = number_reading::valueOf(d, text);
    if (value < -9.2e18 || value > 9.2e18 || value != static_cast<double>(static_cast<std::int64_t>(value))) return {NumberValue, value, 0};
    if (!d.integer || !d.exact) return {IntegerValue, value, static_cast<std::int64_t>(value)};
    const auto integer = static_cast<std::int64_t>(d.mantissa);
    return {IntegerValue, value, d.negative ? -integer : integer};
}

std::string_view withoutDecimalComma(std::string_view text, std::string& buffer) {
    constexpr std::string_view noNumber = "?";
    const auto comma = text.find(',');
    const auto whole = text.substr(0, comma);
    if (comma == std::string_view::npos && whole.find('.') == std::string_view::npos) return text;
    buffer.clear();
    std::size_t sinceGroup = 0;
    bool grouped = false;
    for (const char c : whole) {
        if (c != '.') {
            buffer += c;
            sinceGroup += number_reading::isDigit(c);
            continue;
        }
        if (grouped ? sinceGroup != 3 : sinceGroup < 1 || sinceGroup > 3) return noNumber;
        grouped = true;
        sinceGroup = 0;
    }
    if (grouped && sinceGroup != 3) return noNumber;
    if (comma == std::string_view::npos) return buffer;
    buffer += '.';
    const auto fraction = text.substr(comma + 1);
    if (fraction.find_first_of(".,") != std::string_view::npos) return noNumber;
    buffer += fraction;
    return buffer;
}

int readBoolean(std::string_view text) {
    if (text == "true" || text == "True" || text == "TRUE") return 1;
    if (text == "false" || text == "False" || text == "FALSE") return 0;
    return -1;
}

int readAnyBoolean(std::string_view text) {
    for (const auto* word : {"true", "yes", "t", "y", "1"})
        if (equalsAnyCase(text, word)) return 1;
    for (const auto* word : {"false", "no", "f", "n", "0"})
        if (equalsAnyCase(text, word)) return 0;
    return -1;
}

ValueClass classOf(std::string_view text) {
    const auto number = readNumber(text);
    if (number.is != TextValue) return number.is;
    return readBoolean(text) >= 0 ? BooleanValue : TextValue;
}

MissingWords::MissingWords(std::string_view list) {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const auto word = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        if (word.empty()) continue;
        m_words.emplace_back(word);
        m_longest = std::max(m_longest, word.size());
        m_first[static_cast<unsigned char>(word[0])] = true;
    }
}

bool MissingWords::listed(std::string_view text) const { return std::find(m_words.begin(), m_words.end(), text) != m_words.end(); }

namespace {

constexpr std::array<std::string_view, 76> unitWords{
    "%", "‰", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "元", "US$", "A$", "C$", "R$", "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "INR", "CHF", "CAD", "AUD",
    "km", "m", "cm", "mm", "µm", "nm", "mi", "ft", "in", "yd", "km²", "m²", "m2", "km2", "ha", "m³", "m3", "l", "L", "ml", "mL",
    "kg", "g", "mg", "µg", "t", "lb", "lbs", "oz", "h", "min", "s", "sec", "ms", "km/h", "m/s", "mph", "mpg",
    "°C", "°F", "°", "W", "kW", "MW", "V", "Hz", "kHz", "MHz", "GB", "MB", "kB"};
/// Those that may stand before the number.
constexpr std::size_t firstCurrency = 2, behindCurrencies = 25;

std::string_view withoutBlanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Takes the unit off: "$-5", "-$5", "4.5 km". -1: it has none.
int takeUnit(std::string_view& text, bool& negative) {
    std::string_view rest = text;
    const bool sign = !rest.empty() && rest.front() == '-';
    if (sign) rest.remove_prefix(1);
    for (std::size_t i = firstCurrency; i < behindCurrencies; ++i) {
        if (!rest.starts_with(unitWords[i])) continue;
        text = withoutBlanks(rest.substr(unitWords[i].size()));
        negative = sign;
        return static_cast<int>(i);
    }
    std::size_t digits = text.size();
    while (digits > 0 && !number_reading::isDigit(text[digits - 1]) && text[digits - 1] != '.') --digits;
    const auto word = withoutBlanks(text.substr(digits));
    const auto found = std::find(unitWords.begin(), unitWords.end(), word);
    if (digits == 0 || word.empty() || found == unitWords.end()) return -1;
    text = text.substr(0, digits);
    return static_cast<int>(found - unitWords.begin());
}

/// Bytes of the mark between two groups at `at`, 0 where there is none.
std::size_t groupMark(std::string_view text, std::size_t at, bool decimalComma) {
    if (text[at] == (decimalComma ? '.' : ',') || text[at] == '\'') return 1;
    if (text.substr(at).starts_with("\xC2\xA0")) return 2;
    return text.substr(at).starts_with("\xE2\x80\xAF") ? 3 : 0;
}

/// The digits without the marks between groups, in `buffer`; false where the marks do not stand between groups of three, or are not all alike.
bool withoutGroups(std::string_view text, bool decimalComma, std::string& buffer) {
    buffer.clear();
    std::size_t at = 0, digits = 0, groups = 0;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) buffer += text[at++];
    std::string_view mark;
    for (; at < text.size() && text[at] != (decimalComma ? ',' : '.'); ) {
        if (number_reading::isDigit(text[at])) {
            buffer += text[at++];
            ++digits;
            continue;
        }
        const auto size = groupMark(text, at, decimalComma);
        if (size == 0 || (groups == 0 ? digits < 1 || digits > 3 : digits != 3 || text.substr(at, size) != mark)) return false;
        mark = text.substr(at, size);
        at += size;
        digits = 0;
        ++groups;
    }
    if (groups == 0 || digits != 3) return false;
    if (at < text.size()) buffer += '.';
    if (at < text.size()) buffer.append(text.substr(at + 1));
    return true;
}

constexpr ValueClasses timeClasses = CertainTime | DayFirstTime | MonthFirstTime | EitherTime;

bool isTimeColumn(ValueClasses classes) { return (classes & timeClasses) != 0 && (classes & ~timeClasses) == 0; }

DateOrder orderOf(ValueClasses classes, DateOrder dates) {
    if (dates != DateOrder::Unknown) return dates;
    if ((classes & DayFirstTime) != 0) return DateOrder::DayFirst;
    return (classes & MonthFirstTime) != 0 ? DateOrder::MonthFirst : DateOrder::Unknown;
}

}  // namespace

std::string_view numberUnit(int unit) { return unit < 0 ? std::string_view() : unitWords[static_cast<std::size_t>(unit)]; }

DecoratedNumber readDecoratedNumber(std::string_view text, bool decimalComma, std::string& buffer) {
    DecoratedNumber result;
    if (text.empty() || text.size() > 64) return result;
    bool negative = false;
    result.unit = takeUnit(text, negative);
    const bool grouped = withoutGroups(text, decimalComma, buffer);
    if (!grouped && decimalComma) text = withoutDecimalComma(text, buffer);
    const NumberText number = readNumber(grouped ? std::string_view(buffer) : text);
    if (number.is == TextValue || (negative && (number.value < 0 || text.front() == '+'))) return {};
    const bool integer = number.is == IntegerValue;
    if (result.unit >= 0) result.is = integer ? UnitInteger : UnitNumber;
    else result.is = grouped ? (integer ? GroupedInteger : GroupedNumber) : number.is;
    result.value = negative ? -number.value : number.value;
    result.integer = negative ? -number.integer : number.integer;
    return result;
}

NumberText readLooseNumber(std::string_view text, bool decimalComma, std::string& buffer) {
    const NumberText plain = readAnyNumber(decimalComma ? withoutDecimalComma(text, buffer) : text);
    if (plain.is != TextValue) return plain;
    const DecoratedNumber number = readDecoratedNumber(text, decimalComma, buffer);
    if (number.is == TextValue) return {};
    return {number.is == GroupedInteger || number.is == UnitInteger || number.is == IntegerValue ? IntegerValue : NumberValue, number.value, number.integer};
}

void addClassOf(std::string_view text, bool decimalComma, std::string& buffer, SeenValues& seen) {
    if (const auto plain = classOf(decimalComma ? withoutDecimalComma(text, buffer) : text); plain != TextValue) return seen.add(plain);
    if (const auto time = timeClassOf(readTime(text)); time != NoValue) return seen.add(time);
    const auto number = readDecoratedNumber(text, decimalComma, buffer);
    seen.add(number.is, number.unit);
}

ColumnReading readingFor(const SeenValues& seen, DateOrder dates) {
    ColumnReading reading;
    const auto only = [&](ValueClasses allowed) { return (seen.classes & ~allowed) == 0; };
    constexpr ValueClasses integers = IntegerValue | GroupedInteger, numbers = integers | NumberValue | GroupedNumber;
    if (seen.classes == BooleanValue) {
        reading.kind = ColumnKind::Boolean;
    } else if (isTimeColumn(seen.classes) && !datesContradict(seen, dates) && !datesInDoubt(seen, dates)) {
        reading.kind = ColumnKind::Time;
        reading.dates = orderOf(seen.classes, dates);
    } else if (only(numbers)) {
        reading.kind = seen.classes != NoValue && only(integers) ? ColumnKind::Integer : ColumnKind::Number;
        reading.decorated = (seen.classes & (GroupedInteger | GroupedNumber)) != 0;
    } else if (only(UnitInteger | UnitNumber)) {
        reading.kind = only(UnitInteger) ? ColumnKind::Integer : ColumnKind::Number;
        reading.decorated = true;
        reading.unit = seen.unit;
    } else {
        reading.kind = ColumnKind::Text;
    }
    return reading;
}

bool datesInDoubt(const SeenValues& seen, DateOrder dates) {
    return isTimeColumn(seen.classes) && (seen.classes & EitherTime) != 0 && orderOf(seen.classes, dates) == DateOrder::Unknown;
}

bool datesContradict(const SeenValues& seen, DateOrder dates) {
    if (!isTimeColumn(seen.classes)) return false;
    const bool dayFirst = (seen.classes & DayFirstTime) != 0, monthFirst = (seen.classes & MonthFirstTime) != 0;
    return (dayFirst && (monthFirst || dates == DateOrder::MonthFirst)) || (monthFirst && dates == DateOrder::DayFirst);
}

ValueClass timeClassOf(const TimeReading& time) {
    if (!time.isTime()) return NoValue;
    if (time.in(DateOrder::Unknown)) return CertainTime;
    return time.dayFirst && time.monthFirst ? EitherTime : time.dayFirst ? DayFirstTime : MonthFirstTime;
}

ColumnKind kindFor(ValueClasses classes) { return readingFor({classes, -1}, DateOrder::Unknown).kind; }

bool isCategory(std::int64_t distinct, std::int64_t present, std::int64_t limit) { return distinct <= limit && distinct * 2 <= present; }

std::int32_t WordIndex::add(std::string_view word) {
    if (m_words.size() * 2 >= m_slots.size()) grow();
    const std::uint64_t hash = hashOf(word);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        const std::int32_t found = m_slots[slot];
        if (found < 0) {
            m_slots[slot] = static_cast<std::int32_t>(m_words.size());
            m_words.emplace_back(word);
            m_hashes.push_back(hash);
            return m_slots[slot];
        }
        const auto i = static_cast<std::size_t>(found);
        if (m_hashes[i] == hash && m_words[i] == word) return found;
    }
}

void WordIndex::clear() {
    if (m_words.empty()) return;
    m_words.clear();
    m_hashes.clear();
    std::fill(m_slots.begin(), m_slots.end(), -1);
}

void WordIndex::grow() {
    m_slots.assign(std::max<std::size_t>(64, m_slots.size() * 2), -1);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        std::size_t slot = m_hashes[i] & mask;
        while (m_slots[slot] >= 0) slot = (slot + 1) & mask;
        m_slots[slot] = static_cast<std::int32_t>(i);
    }
}

}  // namespace lamina
