#include "core/data/importers/csv_columns.h"

#include "core/data/utf8.h"

namespace lamina {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool isBlankAt(char c) { return c == ' ' || c == '\t'; }

bool addBoolean(std::string_view value, CsvColumnBlock& out) {
    const int flag = readBoolean(value);
    if (flag < 0) return false;
    out.classes |= BooleanValue;
    out.data.addBoolean(flag == 1);
    return true;
}

bool addInteger(std::string_view value, CsvColumnBlock& out) {
    const NumberText number = readNumber(value);
    if (number.is != IntegerValue) return false;
    out.classes |= IntegerValue;
    out.data.addInteger(number.integer);
    return true;
}

bool addNumber(std::string_view value, CsvColumnBlock& out) {
    const NumberText number = readNumber(value);
    if (number.is == TextValue) return false;
    out.classes |= number.is;
    out.data.addNumber(number.value);
    return true;
}

}  // namespace

std::string_view CsvConverter::utf8(std::string_view value) {
    if (!m_latin1 || isAscii(value)) return value;
    m_utf8.clear();
    appendLatin1(m_utf8, value);
    return m_utf8;
}

/// add(value) gives false where the value does not fit; the value may still have blanks around it only where it was quoted.
template <class Add>
void CsvConverter::eachPresent(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvColumnBlock& out, Add add) {
    const CsvField* field = fields.fields.data() + column;
    for (std::size_t row = 0; row < fields.rows; ++row, field += columns) {
        const std::string_view found = value(text, *field);
        const bool blanks = !found.empty() && (isBlankAt(found.front()) || isBlankAt(found.back()));
        if (m_missing.contains(blanks ? trimmed(found) : found)) {
            out.data.addMissing();
        } else if (!add(found)) {
            if (out.unreadable++ == 0) out.firstUnreadable = field->begin;
            out.data.addMissing();
        }
    }
}

bool CsvConverter::addAsked(std::string_view value, ColumnKind kind, CsvColumnBlock& out) {
    if (kind == ColumnKind::Boolean) {
        const int flag = readAnyBoolean(value);
        if (flag >= 0) out.data.addBoolean(flag == 1);
        return flag >= 0;
    }
    const NumberText number = readAnyNumber(value);
    if (number.is == TextValue || (kind == ColumnKind::Integer && number.is != IntegerValue)) return false;
    if (kind == ColumnKind::Integer) out.data.addInteger(number.integer);
    else out.data.addNumber(number.value);
    return true;
}

bool CsvConverter::addWord(std::string_view value, CsvColumnBlock& out, std::int64_t limit) {
    if (out.words.size() > limit) return false;
    out.data.addCode(out.words.add(utf8(value)));
    return true;
}

void CsvConverter::convert(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvColumnPlan plan,
                           bool classesOnly, CsvColumnBlock& out) {
    if (out.data.kind() != plan.kind) out.data = ColumnData(plan.kind);
    out.data.clear();
    out.words.clear();
    out.classes = NoValue;
    out.unreadable = 0;
    const auto kind = plan.kind;
    if (kind == ColumnKind::Text) {
        eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return out.data.addText(utf8(v)), true; });
    } else if (kind == ColumnKind::Category) {
        const auto limit = plan.asked ? csvMostCategories : m_maximumCategories;
        if (!classesOnly) eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return addWord(v, out, limit); });
    } else if (plan.asked) {
        eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return addAsked(kind == ColumnKind::Boolean ? trimmed(v) : pointed(trimmed(v)), kind, out); });
    } else {
        const auto add = [&](std::string_view v, auto addTyped) {
            if (addTyped(pointed(v), out)) return true;
            const auto inside = trimmed(v);
            if (inside.size() != v.size() && addTyped(pointed(inside), out)) return true;
            out.classes |= classOf(pointed(inside));
            return false;
        };
        if (kind == ColumnKind::Number) eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return add(v, addNumber); });
        else if (kind == ColumnKind::Integer) eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return add(v, addInteger); });
        else eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return add(v, addBoolean); });
    }
    out.fits = !classesOnly && (out.unreadable == 0 || (plan.asked && kind != ColumnKind::Category));
}

CsvColumnPlan CsvConverter::guess(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, bool whole) {
    std::uint8_t classes = NoValue;
    std::int64_t present = 0;
    WordIndex words;
    CsvColumnBlock unused;
    unused.data = ColumnData(ColumnKind::Category);
    eachPresent(text, fields, columns, column, unused, [&](std::string_view v) {
        ++present;
        if ((classes & TextValue) == 0) classes |= classOf(pointed(trimmed(v)));
        if (words.size() <= m_maximumCategories) words.add(v);
        unused.data.addCode(0);
        return true;
    });
    const auto kind = kindFor(classes);
    if (kind != ColumnKind::Text) return {kind == ColumnKind::Number && classes == NoValue && !whole ? ColumnKind::Integer : kind, false};
    const bool category = whole ? isCategory(words.size(), present, m_maximumCategories) : words.size() <= m_maximumCategories;
    return {category ? ColumnKind::Category : ColumnKind::Text, false};
}

}  // namespace lamina
