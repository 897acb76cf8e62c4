#include <QRegularExpression>
#include <QString>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/data/expression/functions.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

using TextSlices = std::span<const ValueSlice>;

QString qString(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

/// A text made from a text, as a kernel; Function(text, arena).
template <auto Function>
void ofText(TextSlices arguments, ValueSlice& result, std::size_t rows, TextArena& arena) {
    for (std::size_t row = 0; row < rows; ++row)
        if (const auto text = arguments[0].text(row); text.data()) result.texts[row] = Function(text, arena);
}
/// true or false of two texts.
template <auto Function>
void ofTwoTexts(TextSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) {
        const auto text = arguments[0].text(row), part = arguments[1].text(row);
        if (text.data() && part.data()) result.booleans[row] = Function(text, part);
    }
}

template <bool Upper>
std::string_view inCase(std::string_view text, TextArena& arena) {
    if (!isAscii(text)) return arena.keep((Upper ? qString(text).toUpper() : qString(text).toLower()).toStdString());
    char* const made = arena.room(text.size() + 1);
    constexpr char first = Upper ? 'a' : 'A', last = Upper ? 'z' : 'Z';
    std::transform(text.begin(), text.end(), made, [](char c) { return c >= first && c <= last ? static_cast<char>(c ^ 0x20) : c; });
    return {made, text.size()};
}

std::string_view withoutOuterBlanks(std::string_view text, TextArena& arena) {
    const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    std::string_view inner = text;
    while (!inner.empty() && blank(inner.front())) inner.remove_prefix(1);
    while (!inner.empty() && blank(inner.back())) inner.remove_suffix(1);
    if (inner.empty()) return text.substr(0, 0);
    const bool wide = (inner.front() & 0x80) != 0 || (inner.back() & 0x80) != 0;  // perhaps a no-break or ideographic blank
    return wide ? arena.keep(qString(inner).trimmed().toStdString()) : inner;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

void characterCount(TextSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row)
        if (const auto text = arguments[0].text(row); text.data())
            result.numbers[row] = static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

/// The byte where character number `characters` (from 0) begins.
std::size_t byteOfCharacter(std::string_view text, double characters, std::size_t from = 0) {
    std::size_t at = from;
    for (double passed = 0; at < text.size() && passed < characters; ++passed) {
        ++at;
        while (at < text.size() && continues(text[at])) ++at;
    }
    return at;
}

void substringOf(TextSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) {
        const auto text = arguments[0].text(row);
        const double start = arguments[1].number(row), count = arguments.size() > 2 ? arguments[2].number(row) : 1e18;
        if (!text.data() || std::isnan(start) || std::isnan(count)) continue;
        const std::size_t first = byteOfCharacter(text, std::max(0.0, std::trunc(start) - 1));
        result.texts[row] = text.substr(first, byteOfCharacter(text, std::trunc(count), first) - first);
    }
}

void replaceAll(TextSlices arguments, ValueSlice& result, std::size_t rows, TextArena& arena) {
    std::string made;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto text = arguments[0].text(row), part = arguments[1].text(row), other = arguments[2].text(row);
        if (!text.data() || !part.data() || !other.data()) continue;
        result.texts[row] = text;
        if (part.empty() || text.find(part) == std::string_view::npos) continue;
        made.clear();
        std::size_t at = 0;
        for (std::size_t next; (next = text.find(part, at)) != std::string_view::npos && made.size() <= longestMadeText; at = next + part.size())
            made.append(text, at, next - at).append(other);
        made.append(text, at);
        result.texts[row] = made.size() <= longestMadeText ? arena.keep(made) : std::string_view();
    }
}

void joined(TextSlices arguments, ValueSlice& result, std::size_t rows, TextArena& arena) {
    for (std::size_t row = 0; row < rows; ++row) {
        std::size_t bytes = 0;
        bool present = true;
        for (const ValueSlice& argument : arguments) {
            present = present && argument.text(row).data();
            bytes += argument.text(row).size();
        }
        if (!present || bytes > longestMadeText) continue;
        char* made = arena.room(bytes + 1);
        result.texts[row] = {made, bytes};
        for (const ValueSlice& argument : arguments) made = std::copy(argument.text(row).begin(), argument.text(row).end(), made);
    }
}

/// Compiled once per slice of rows. One that runs away on a text gives missing: the limit stands before the pattern, as PCRE has it.
QRegularExpression compiledPattern(std::string_view pattern) {
    return QRegularExpression(QStringLiteral("(*LIMIT_MATCH=200000)") + qString(pattern), QRegularExpression::UseUnicodePropertiesOption);
}

void matchesPattern(TextSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    const QRegularExpression pattern = compiledPattern(arguments[1].text(0));
    for (std::size_t row = 0; row < rows; ++row) {
        const auto text = arguments[0].text(row);
        if (!text.data()) continue;
        const auto match = pattern.match(qString(text));
        if (match.isValid()) result.booleans[row] = match.hasMatch();
    }
}

void extracted(TextSlices arguments, ValueSlice& result, std::size_t rows, TextArena& arena) {
    const QRegularExpression pattern = compiledPattern(arguments[1].text(0));
    for (std::size_t row = 0; row < rows; ++row) {
        const auto text = arguments[0].text(row);
        if (!text.data()) continue;
        const auto match = pattern.match(qString(text));
        if (match.hasMatch()) result.texts[row] = arena.keep(match.captured(match.lastCapturedIndex() > 0 ? 1 : 0).toStdString());
    }
}

constexpr FunctionDefinition textFunctionTable[] = {
    {"length", "length(text)", "How many characters the text has.", "t", ExpressionType::Number, characterCount},
    {"lower", "lower(text)", "In small letters.", "t", ExpressionType::Text, ofText<inCase<false>>},
    {"upper", "upper(text)", "In capital letters.", "t", ExpressionType::Text, ofText<inCase<true>>},
    {"trim", "trim(text)", "Without blanks at both ends.", "t", ExpressionType::Text, ofText<withoutOuterBlanks>},
    {"contains", "contains(text, part)", "Does the text hold this part? Small and capital letters differ.", "tt", ExpressionType::Boolean,
     ofTwoTexts<[](std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }>},
    {"startsWith", "startsWith(text, part)", "Does the text begin with this part?", "tt", ExpressionType::Boolean,
     ofTwoTexts<[](std::string_view text, std::string_view part) { return text.starts_with(part); }>},
    {"endsWith", "endsWith(text, part)", "Does the text end with this part?", "tt", ExpressionType::Boolean,
     ofTwoTexts<[](std::string_view text, std::string_view part) { return text.ends_with(part); }>},
    {"matches", "matches(text, 'pattern')", "Is the regular expression found in the text? ^ and $ stand for its ends.", "tp", ExpressionType::Boolean, matchesPattern},
    {"extract", "extract(text, 'pattern')", "What the regular expression finds, or its first group; missing where it finds nothing.", "tp", ExpressionType::Text,
     extracted},
    {"replace", "replace(text, part, other)", "With every occurrence of the part replaced.", "ttt", ExpressionType::Text, replaceAll},
    {"substring", "substring(text, start, count)", "So many characters (or the rest) from this one on; the first is 1.", "tnn?", ExpressionType::Text, substringOf},
    {"concat", "concat(a, b, …)", "The texts one after the other.", "t*", ExpressionType::Text, joined},
};

}  // namespace

std::span<const FunctionDefinition> textFunctions() { return textFunctionTable; }

std::string patternProblem(const std::string& pattern) {
    const QRegularExpression compiled(qString(pattern), QRegularExpression::UseUnicodePropertiesOption);
    return compiled.isValid() ? std::string() : compiled.errorString().toStdString();
}

}  // namespace lamina
