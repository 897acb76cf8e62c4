#include "core/data/cleaning/measured_text.h"

#include <algorithm>
#include <charconv>

#include "core/data/cleaning/typed_text.h"

namespace lamina {
namespace {

bool isDigitByte(char c) { return c >= '0' && c <= '9'; }

/// Bytes of a blank, ' or the like between groups of digits; 0: none.
std::size_t groupMarkAt(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) return byte == ' ' || byte == '\'' || byte == '_' ? 1 : 0;
    for (const std::string_view mark : {"\u00A0", "\u202F", "\u2009", "\u2019"})
        if (text.substr(at, mark.size()) == mark) return mark.size();
    return 0;
}

bool threeDigitsAt(std::string_view text, std::size_t at) {
    return at + 3 <= text.size() && isDigitByte(text[at]) && isDigitByte(text[at + 1]) && isDigitByte(text[at + 2]) &&
           (at + 3 == text.size() || !isDigitByte(text[at + 3]));
}

/// The end of the number that begins at `at`: digits, points, commas, marks before three digits, an exponent.
std::size_t endOfDigits(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        if (isDigitByte(text[at])) {
            ++at;
            continue;
        }
        const std::size_t mark = groupMarkAt(text, at);
        if ((text[at] == '.' || text[at] == ',') && at + 1 < text.size() && isDigitByte(text[at + 1])) ++at;
        else if (mark > 0 && at > 0 && isDigitByte(text[at - 1]) && threeDigitsAt(text, at + mark)) at += mark;
        else break;
    }
    if (at + 1 < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        std::size_t end = at + 1 + (text[at + 1] == '+' || text[at + 1] == '-');
        const std::size_t first = end;
        while (end < text.size() && isDigitByte(text[end])) ++end;
        if (end > first) return end;
    }
    if (at < text.size() && text[at] == '.' && (at + 1 == text.size() || text[at + 1] == ' ')) ++at;
    return at;
}

void skipBlanks(std::string_view& text) {
    while (!text.empty()) {
        if (text.front() == ' ' || text.front() == '\t') text.remove_prefix(1);
        else if (text.starts_with("\u00A0") || text.starts_with("\u202F") || text.starts_with("\u2009"))
            text.remove_prefix(text.starts_with("\u00A0") ? 2 : 3);
        else return;
    }
}

void dropBlanksBehind(std::string_view& text) {
    while (!text.empty()) {
        if (text.back() == ' ' || text.back() == '\t') text.remove_suffix(1);
        else if (text.ends_with("\u00A0")) text.remove_suffix(2);
        else if (text.ends_with("\u202F") || text.ends_with("\u2009")) text.remove_suffix(3);
        else return;
    }
}

bool takeSign(std::string_view& text, bool& negative) {
    for (const std::string_view minus : {"-", "\u2212", "\u2013"})
        if (text.starts_with(minus)) return text.remove_prefix(minus.size()), negative = !negative, true;
    if (text.starts_with("+")) return text.remove_prefix(1), true;
    return false;
}

double multiplierOf(std::string_view word) {
    if (word == "k" || word == "K" || word == "千") return 1e3;
    if (word == "万") return 1e4;
    if (word == "M" || word == "mn" || word == "Mio" || word == "Mio." || word == "million") return 1e6;
    if (word == "亿") return 1e8;
    if (word == "bn" || word == "billion" || word == "Mrd" || word == "Mrd.") return 1e9;
    return 0;
}

/// "kg", "k €", "€", "million USD": unit and multiplier of what stands behind a number.
bool readUnitWords(std::string_view words, WrittenNumber& number) {
    skipBlanks(words);
    dropBlanksBehind(words);
    if (words.empty()) return true;
    const MeasureUnit* unit = findUnit(words);
    if (!unit && words.back() == '.') unit = findUnit(words.substr(0, words.size() - 1));
    if (unit && number.unit) return std::string_view(unit->dimension) == number.unit->dimension;
    if (unit) return number.unit = unit, true;
    if (const double factor = multiplierOf(words); factor != 0) return number.multiplier = factor, true;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if ((static_cast<unsigned char>(words[i]) & 0xC0) == 0x80) continue;
        const double factor = multiplierOf(words.substr(0, i));
        std::string_view rest = words.substr(i);
        skipBlanks(rest);
        const MeasureUnit* behind = factor != 0 ? findUnit(rest) : nullptr;
        if (behind) return number.multiplier = factor, number.unit = behind, true;
    }
    return false;
}

std::size_t firstDigit(std::string_view text) {
    const auto isStart = [&](std::size_t i) {
        return isDigitByte(text[i]) || ((text[i] == '.' || text[i] == ',') && i + 1 < text.size() && isDigitByte(text[i + 1]));
    };
    for (std::size_t i = 0; i < text.size(); ++i)
        if (isStart(i)) return i;
    return text.size();
}

/// What stands before the first number: a sign, a currency.
bool readBefore(std::string_view before, WrittenNumber& number) {
    skipBlanks(before);
    if (takeSign(before, number.negative)) skipBlanks(before);
    if (before.ends_with('-') || before.ends_with("\u2212")) {
        number.negative = !number.negative;
        before.remove_suffix(before.ends_with('-') ? 1 : 3);
    }
    dropBlanksBehind(before);
    if (before.empty()) return true;
    number.unit = findUnit(before);
    return number.unit != nullptr;
}

}  // namespace

WrittenNumbers readWritten(std::string_view text) {
    text = withoutOuterBlanks(text);
    WrittenNumbers numbers;
    bool brackets = false;
    if (text.size() > 2 && text.front() == '(' && text.back() == ')') text = text.substr(1, text.size() - 2), brackets = true;
    while (!text.empty() && numbers.count < numbers.numbers.size()) {
        WrittenNumber number;
        number.negative = brackets;
        const std::size_t begin = firstDigit(text);
        if (begin == text.size() || !(numbers.empty() ? readBefore(text.substr(0, begin), number) : begin == 0)) return {};
        const std::size_t end = endOfDigits(text, begin);
        number.digits = text.substr(begin, end - begin);
        std::string_view rest = text.substr(end);
        if (rest.ends_with('-') && firstDigit(rest) == rest.size()) rest.remove_suffix(1), number.negative = !number.negative;
        // A unit may hold a digit ("m2"), so the longest that is one counts.
        std::string_view words = rest;
        if (!readUnitWords(words, number)) {
            words = rest.substr(0, firstDigit(rest));
            if (words.size() == rest.size() || !readUnitWords(words, number) || !number.unit) return {};
        }
        numbers.numbers[numbers.count++] = number;
        text = rest.substr(words.size());
    }
    for (const auto& number : numbers)
        if (numbers.count > 1 && (!number.unit || std::string_view(number.unit->dimension) != numbers[0].unit->dimension)) return {};
    return text.empty() ? numbers : WrittenNumbers();
}

DecimalHint decimalHint(std::string_view digits) {
    const auto points = std::count(digits.begin(), digits.end(), '.'), commas = std::count(digits.begin(), digits.end(), ',');
    if (points == 0 && commas == 0) return DecimalHint::Nothing;
    if (points > 0 && commas > 0) return digits.rfind('.') > digits.rfind(',') ? DecimalHint::Point : DecimalHint::Comma;
    if (points > 1) return DecimalHint::Comma;
    if (commas > 1) return DecimalHint::Point;
    const std::size_t at = digits.find_first_of(".,");
    const bool marked = std::any_of(digits.begin(), digits.begin() + static_cast<std::ptrdiff_t>(at), [](char c) { return !isDigitByte(c); });
    const bool group = threeDigitsAt(digits, at + 1) && at + 4 == digits.size() && at >= 1 && at <= 3 && digits[0] != '0';
    if (group && !marked) return DecimalHint::Either;
    return digits[at] == '.' ? DecimalHint::Point : DecimalHint::Comma;
}

std::optional<double> writtenValue(std::string_view digits, char decimal) {
    const char group = decimal == '.' ? ',' : '.';
    char plain[64];
    std::size_t size = 0;
    bool fraction = false;
    for (std::size_t i = 0; i < digits.size();) {
        if (size + 1 >= sizeof plain) return std::nullopt;
        const char c = digits[i];
        const std::size_t mark = c == group ? 1 : isDigitByte(c) ? 0 : groupMarkAt(digits, i);
        if (mark > 0) {
            if (fraction || !threeDigitsAt(digits, i + mark)) return std::nullopt;
            i += mark;
            continue;
        }
        if (c == decimal) {
            if (fraction) return std::nullopt;
            fraction = true;
        }
        plain[size++] = c == decimal ? '.' : c;
        ++i;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(plain, plain + size, value);
    if (error != std::errc() || end != plain + size) return std::nullopt;
    return value;
}

}  // namespace lamina
