#include <cmath>
#include <cstring>

#include "core/data/expression/functions.h"
#include "core/data/type_detection.h"

namespace lamina {

char* TextArena::room(std::size_t bytes) {
    if (m_used + bytes > m_size || m_chunks.empty()) {
        m_size = std::max(chunkBytes, bytes);
        m_chunks.push_back(std::make_unique_for_overwrite<char[]>(m_size));
        m_used = 0;
    }
    char* const at = m_chunks.back().get() + m_used;
    m_used += bytes;
    return at;
}

std::string_view TextArena::keep(std::string_view text) {
    char* const at = room(text.size() + 1);  // never nothing: an empty text is not a missing one
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
}

void ValueSlice::become(ExpressionType newType, std::size_t count) {
    type = newType;
    single = false;
    switch (type) {
        case ExpressionType::Number: numbers.assign(count, std::numeric_limits<double>::quiet_NaN()); break;
        case ExpressionType::Text: texts.assign(count, {}); break;
        case ExpressionType::Boolean: booleans.assign(count, missingMask); break;
        case ExpressionType::Time: times.assign(count, missingTime); break;
        case ExpressionType::Missing: break;
    }
}

bool ValueSlice::isMissing(std::size_t row) const {
    switch (type) {
        case ExpressionType::Number: return std::isnan(number(row));
        case ExpressionType::Text: return text(row).data() == nullptr;
        case ExpressionType::Boolean: return boolean(row) == missingMask;
        case ExpressionType::Time: return time(row) == missingTime;
        case ExpressionType::Missing: break;
    }
    return true;
}

void ValueSlice::setMissing(std::size_t row) {
    if (type == ExpressionType::Number) numbers[row] = std::numeric_limits<double>::quiet_NaN();
    if (type == ExpressionType::Text) texts[row] = {};
    if (type == ExpressionType::Boolean) booleans[row] = missingMask;
    if (type == ExpressionType::Time) times[row] = missingTime;
}

void ValueSlice::copy(std::size_t row, const ValueSlice& other, std::size_t from) {
    if (other.type != type) return setMissing(row);
    if (type == ExpressionType::Number) numbers[row] = other.number(from);
    if (type == ExpressionType::Text) texts[row] = other.text(from);
    if (type == ExpressionType::Boolean) booleans[row] = other.boolean(from);
    if (type == ExpressionType::Time) times[row] = other.time(from);
}

namespace {

using Slices = std::span<const ValueSlice>;

void ifValue(Slices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) {
        const std::uint8_t condition = arguments[0].type == ExpressionType::Boolean ? arguments[0].boolean(row) : missingMask;
        if (condition != missingMask) result.copy(row, arguments[condition ? 1 : 2], row);
    }
}

void firstPresent(Slices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row)
        for (const ValueSlice& argument : arguments) {
            result.copy(row, argument, row);
            if (!result.isMissing(row)) break;
        }
}

std::string_view withoutBlanks(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

void toNumber(Slices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    const ValueSlice& from = arguments[0];
    for (std::size_t row = 0; row < rows; ++row) {
        if (from.isMissing(row)) continue;
        if (from.type == ExpressionType::Number) result.numbers[row] = from.number(row);
        if (from.type == ExpressionType::Boolean) result.numbers[row] = from.boolean(row);
        if (from.type == ExpressionType::Time) result.numbers[row] = static_cast<double>(from.time(row));
        if (from.type != ExpressionType::Text) continue;
        const NumberText read = readAnyNumber(withoutBlanks(from.text(row)));
        if (read.is != TextValue && std::isfinite(read.value)) result.numbers[row] = read.value;
    }
}

void toText(Slices arguments, ValueSlice& result, std::size_t rows, TextArena& arena) {
    const ValueSlice& from = arguments[0];
    for (std::size_t row = 0; row < rows; ++row) {
        if (from.isMissing(row)) continue;
        if (from.type == ExpressionType::Text) {
            result.texts[row] = from.text(row);
            continue;
        }
        ColumnData cell(from.type == ExpressionType::Number ? ColumnKind::Number : from.type == ExpressionType::Time ? ColumnKind::Time : ColumnKind::Boolean);
        if (from.type == ExpressionType::Number) cell.addNumber(from.number(row));
        if (from.type == ExpressionType::Time) cell.addInteger(from.time(row));
        if (from.type == ExpressionType::Boolean) cell.addBoolean(from.boolean(row) != 0);
        result.texts[row] = arena.keep(displayText(cell.view(), ColumnInfo(), 0));
    }
}

constexpr FunctionDefinition valueFunctionTable[] = {
    {"if", "if(condition, a, b)", "a where the condition is true, b where it is false.", "baa", ExpressionType::Missing, ifValue},
    {"coalesce", "coalesce(a, b, …)", "The first of these values that is not missing.", "aa*", ExpressionType::Missing, firstPresent},
    {"number", "number(x)", "A text as a number, true as 1, false as 0; missing where it cannot be read.", "a", ExpressionType::Number, toNumber},
    {"text", "text(x)", "Any value as it is shown in a table.", "a", ExpressionType::Text, toText},
};

}  // namespace

std::span<const FunctionDefinition> valueFunctions() { return valueFunctionTable; }

std::vector<const FunctionDefinition*> allFunctions() {
    std::vector<const FunctionDefinition*> all;
    for (const auto& group : {valueFunctions(), numberFunctions(), textFunctions(), timeFunctions()})
        for (const auto& function : group) all.push_back(&function);
    return all;
}

const FunctionDefinition* findFunction(std::string_view name) {
    const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b) || (b >= 'A' && b <= 'Z' && b + 32 == a); };
    for (const auto* function : allFunctions())
        if (std::equal(name.begin(), name.end(), function->name, function->name + std::strlen(function->name), same)) return function;
    return nullptr;
}

const std::vector<ExpressionFunction>& expressionFunctions() {
    static const std::vector<ExpressionFunction> all = [] {
        std::vector<ExpressionFunction> made;
        for (const auto* function : allFunctions()) made.push_back({function->name, function->usage, function->help, std::string("expression.function.") + function->name});
        return made;
    }();
    return all;
}

}  // namespace lamina
