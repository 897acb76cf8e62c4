#include "core/data/cleaning/typed_text.h"

#include <cmath>

#include "core/data/time_text.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

bool readWholeNumber(std::string_view text, CellValue& value) {
    const NumberText number = readAnyNumber(text);
    if (number.is == IntegerValue) return value.integer = number.integer, true;
    if (number.is != NumberValue || std::floor(number.value) != number.value || std::abs(number.value) >= 9.2e18) return false;
    value.integer = static_cast<std::int64_t>(number.value);
    return true;
}

}  // namespace

std::string_view withoutOuterBlanks(std::string_view text) {
    const auto isBlank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

bool readCell(std::string_view text, ColumnKind kind, CellValue& value) {
    text = withoutOuterBlanks(text);
    if (kind == ColumnKind::Integer) return readWholeNumber(text, value);
    if (kind == ColumnKind::Number) {
        const NumberText number = readAnyNumber(text);
        value.number = number.value;
        return number.is != TextValue;
    }
    if (kind == ColumnKind::Boolean) {
        const int flag = readAnyBoolean(text);
        value.integer = flag;
        return flag >= 0;
    }
    const auto time = kind == ColumnKind::Time ? parseTime(text) : std::nullopt;
    value.integer = time.value_or(0);
    return time.has_value();
}

void putCell(ColumnDraft& draft, std::int64_t row, const CellValue& value) {
    switch (draft.kind()) {
        case ColumnKind::Number: return draft.number(row, value.number);
        case ColumnKind::Boolean: return draft.boolean(row, value.integer != 0);
        default: return draft.integer(row, value.integer);
    }
}

CellValue cellOf(const ColumnView& view, std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    if (view.kind == ColumnKind::Number) return {view.numbers[i], 0};
    if (view.kind == ColumnKind::Boolean) return {0, view.booleans[i]};
    return {0, view.integers[i]};
}

}  // namespace lamina
