#include "core/data/type_detection.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace lamina {
namespace {

constexpr std::array<double, 23> powersOfTen{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t exactMantissa = std::uint64_t{1} << 53;
constexpr int plainIntegerDigits = 15;

bool isDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equalsAnyCase(std::string_view text, std::string_view lowerCase) {
    return text.size() == lowerCase.size() && std::equal(text.begin(), text.end(), lowerCase.begin(), [](char a, char b) { return lower(a) == b; });
}

/// Called for every number of a table; as functions of their own they hand their results over in memory.
#define LAMINA_INLINE [[gnu::always_inline]] inline

/// The parts of a decimal text.
struct Decimal {
    bool valid = false, negative = false, integer = true;
    bool exact = true;  ///< the mantissa holds all digits
    bool leadingZero = false;
    std::ptrdiff_t digits = 0;  ///< before the point
    std::uint64_t mantissa = 0;
    int exponent = 0;
};

constexpr std::array<std::uint64_t, 9> wholePowersOfTen{1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

/// Up to eight bytes from `at`, the first one lowest, zeros behind `end`. `begin` … `end` is what may be touched.
LAMINA_INLINE std::uint64_t bytesAt(const char* begin, const char* at, const char* end) {
    const std::ptrdiff_t left = end - at;
    std::uint64_t bytes = 0;
    if (left >= 8) {
        std::memcpy(&bytes, at, 8);
    } else if (left > 0 && end - begin >= 8) {
        std::memcpy(&bytes, end - 8, 8);
        bytes >>= 8 * (8 - left);
    } else {
        for (std::ptrdiff_t i = 0; i < left; ++i) bytes |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
    }
    return bytes;
}

/// Eight digits, the first one in the lowest byte (three multiplications instead of eight).
LAMINA_INLINE std::uint64_t valueOfDigits(std::uint64_t digits) {
    digits = (digits * 2561) >> 8;
    digits = ((digits & 0x00FF00FF00FF00FFull) * 6553601) >> 16;
    return ((digits & 0x0000FFFF0000FFFFull) * 42949672960001ull) >> 32;
}

/// All digits from `at` into the mantissa, which wraps around where there are more than it can hold. No branch depends on how many
/// digits there are (fewer than eight): that differs from number to number, and a branch guessed wrongly costs more than the arithmetic.
LAMINA_INLINE const char* readDigits(const char* begin, const char* at, const char* end, std::uint64_t& mantissa) {
    while (true) {
        const std::uint64_t values = bytesAt(begin, at, end) ^ 0x3030303030303030ull;
        // The lowest byte above 9; what a carry makes of the bytes above it does not matter.
        const std::uint64_t others = ((values + 0x7676767676767676ull) | values) & 0x8080808080808080ull;
        const int digits = std::countr_zero(others) / 8;
        const int shift = 4 * (8 - digits);
        mantissa = mantissa * wholePowersOfTen[static_cast<std::size_t>(digits)] + valueOfDigits((values << shift) << shift);
        at += digits;
        if (digits < 8) return at;
    }
}

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

LAMINA_INLINE Decimal readDecimal(std::string_view text) {
    Decimal d;
    const char* at = text.data();
    const char* const end = at + text.size();
    if (at != end && (*at == '-' || *at == '+')) d.negative = *at++ == '-';
    const char* const first = at;
    at = readDigits(text.data(), at, end, d.mantissa);
    d.digits = at - first;
    d.leadingZero = d.digits > 1 && *first == '0';
    std::ptrdiff_t fraction = 0;
    if (at != end && *at == '.') {
        d.integer = false;
        const char* const point = ++at;
        at = readDigits(text.data(), at, end, d.mantissa);
        fraction = at - point;
        d.exponent = -static_cast<int>(std::min<std::ptrdiff_t>(fraction, 1 << 20));
    }
    if (d.digits + fraction == 0) return d;
    d.exact = d.digits + fraction <= 19;
    if (at != end && (*at == 'e' || *at == 'E')) {
        d.integer = false;
        at = readExponent(at + 1, end, d);
    }
    d.valid = at == end;
    return d;
}

/// For texts that the fast path cannot do exactly. Overflow and underflow as strtod does them.
double exactDouble(std::string_view text) {
    if (text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec == std::errc()) return value;
    return std::strtod(std::string(text).c_str(), nullptr);
}

LAMINA_INLINE double valueOf(const Decimal& d, std::string_view text) {
    // Mantissa and power of ten are both exact doubles, so one rounding is left (Clinger 1990).
    if (d.exact && d.mantissa <= exactMantissa && d.exponent >= -22 && d.exponent <= 22) {
        const double m = static_cast<double>(d.mantissa);
        const double value = d.exponent < 0 ? m / powersOfTen[static_cast<std::size_t>(-d.exponent)] : m * powersOfTen[static_cast<std::size_t>(d.exponent)];
        return d.negative ? -value : value;
    }
    return exactDouble(text);
}

NumberText readInfinity(std::string_view text) {
    std::string_view word = text;
    const bool negative = !word.empty() && word[0] == '-';
    if (negative || (!word.empty() && word[0] == '+')) word.remove_prefix(1);
    if (!equalsAnyCase(word, "inf") && !equalsAnyCase(word, "infinity")) return {};
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return {NumberValue, negative ? -infinity : infinity, 0};
}

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

NumberText readNumber(std::string_view text) {
    const Decimal d = readDecimal(text);
    if (!d.valid) return readInfinity(text);
    if (d.leadingZero || (d.integer && d.digits > plainIntegerDigits)) return {};
    if (!d.integer) return {NumberValue, valueOf(d, text), 0};
    const auto integer = static_cast<std::int64_t>(d.mantissa);
    const double value = static_cast<double>(integer);
    return {IntegerValue, d.negative ? -value : value, d.negative ? -integer : integer};
}

NumberText readAnyNumber(std::string_view text) {
    const Decimal d = readDecimal(text);
    if (!d.valid) return readInfinity(text);
    const double value = valueOf(d, text);
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
            sinceGroup += isDigit(c);
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

ColumnKind kindFor(std::uint8_t classes) {
    if (classes == BooleanValue) return ColumnKind::Boolean;
    if ((classes & (BooleanValue | TextValue)) != 0) return ColumnKind::Text;
    return classes == IntegerValue ? ColumnKind::Integer : ColumnKind::Number;
}

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
