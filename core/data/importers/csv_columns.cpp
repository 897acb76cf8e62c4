#include "core/data/importers/csv_columns.h"

#include "core/data/number_reading.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool isBlankAt(char c) { return c == ' ' || c == '\t'; }

bool addBoolean(std::string_view value, const char*, CsvColumnBlock& out) {
    const int flag = readBoolean(value);
    if (flag < 0) return false;
    out.seen.add(BooleanValue);
    out.data.addBoolean(flag == 1);
    return true;
}

/// `limit`: see readNumberHere().
bool addInteger(std::string_view value, const char* limit, CsvColumnBlock& out) {
    const NumberText number = number_reading::readNumberHere(value, limit);
    if (number.is != IntegerValue) return false;
    out.seen.add(IntegerValue);
    out.data.addInteger(number.integer);
    return true;
}

bool addNumber(std::string_view value, const char* limit, CsvColumnBlock& out) {
    const NumberText number = number_reading::readNumberHere(value, limit);
    if (number.is == TextValue) return false;
    out.seen.add(number.is);
    out.data.addNumber(number.value);
    return true;
}

}  // namespace

std::string_view CsvConverter::utf8(std::string_view value) {
    if (!m_latin1 || isAscii(value)) return value;
    m_utf8.clear();
    if (m_windows) appendWindows1252(m_utf8, value);
    else appendLatin1(m_utf8, value);
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
            if (out.unreadable++ == 0) {
                out.firstUnreadable = field->begin;
                out.firstUnreadableRow = static_cast<std::int64_t>(row);
            }
            out.data.addMissing();
        }
    }
}

bool CsvConverter::addTime(std::string_view value, DateOrder order, CsvColumnBlock& out) {
    const TimeReading time = readTime(value);
    const auto point = time.in(order);
    out.seen.add(timeClassOf(time));
    if (point) out.data.addInteger(*point);
    return point.has_value();
}

/// A number with groups or the column's unit; plain ones too where the column has no unit.
bool CsvConverter::addDecorated(std::string_view value, const ColumnReading& reading, CsvColumnBlock& out) {
    const DecoratedNumber number = readDecoratedNumber(utf8(value), m_decimalComma, m_pointed);
    const bool integer = number.is == IntegerValue || number.is == GroupedInteger || number.is == UnitInteger;
    if (number.is == TextValue || number.unit != reading.unit || (reading.kind == ColumnKind::Integer && !integer)) return false;
    out.seen.add(number.is, number.unit);
    if (reading.kind == ColumnKind::Integer) out.data.addInteger(number.integer);
    else out.data.addNumber(number.value);
    return true;
}

bool CsvConverter::addAsked(std::string_view value, const CsvColumnPlan& plan, CsvColumnBlock& out) {
    const auto kind = plan.kind;
    if (kind == ColumnKind::Time) return addTime(value, plan.reading.dates, out);
    if (kind == ColumnKind::Boolean) {
        const int flag = readAnyBoolean(value);
        if (flag >= 0) out.data.addBoolean(flag == 1);
        return flag >= 0;
    }
    const NumberText number = readAnyNumber(pointed(value));
    if (number.is == TextValue) return addDecorated(value, plan.reading, out);
    if ((kind == ColumnKind::Integer && number.is != IntegerValue)) return false;
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
    out.seen = {};
    out.unreadable = 0;
    const auto kind = plan.kind;
    if (kind == ColumnKind::Text) {
        eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return out.data.addText(utf8(v)), true; });
    } else if (kind == ColumnKind::Category) {
        const auto limit = plan.asked ? csvMostCategories : m_maximumCategories;
        if (!classesOnly) eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return addWord(v, out, limit); });
    } else if (plan.asked) {
        eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return addAsked(trimmed(v), plan, out); });
    } else {
        const char* const end = text.data() + text.size();
        // Behind a field of the text itself stands a delimiter, a quote, a blank or a line end: no digit.
        const auto limitOf = [&](std::string_view v) { return v.data() >= text.data() && v.data() < end ? end : v.data() + v.size(); };
        const auto add = [&](std::string_view v, auto addTyped) {
            const auto plain = pointed(v);
            if (addTyped(plain, limitOf(plain), out)) return true;
            const auto inside = trimmed(v);
            if (inside.size() != v.size()) {
                const auto number = pointed(inside);
                if (addTyped(number, limitOf(number), out)) return true;
            }
            if ((out.seen.classes & TextValue) == 0) addClassOf(utf8(inside), m_decimalComma, m_pointed, out.seen);
            return false;
        };
        const auto addSpecial = [&](std::string_view v, bool fits) {
            if (!fits && (out.seen.classes & TextValue) == 0) addClassOf(utf8(trimmed(v)), m_decimalComma, m_pointed, out.seen);
            return fits;
        };
        if (kind == ColumnKind::Time)
            eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return addSpecial(v, addTime(v, plan.reading.dates, out)); });
        else if (plan.reading.decorated)
            eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return addSpecial(v, addDecorated(trimmed(v), plan.reading, out)); });
        else if (kind == ColumnKind::Number) eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return add(v, addNumber); });
        else if (kind == ColumnKind::Integer) eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return add(v, addInteger); });
        else eachPresent(text, fields, columns, column, out, [&](std::string_view v) { return add(v, addBoolean); });
    }
    out.fits = !classesOnly && (out.unreadable == 0 || (plan.asked && kind != ColumnKind::Category));
}

CsvColumnPlan CsvConverter::guess(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, bool whole, SeenValues& seen) {
    std::int64_t present = 0;
    WordIndex words;
    CsvColumnBlock unused;
    unused.data = ColumnData(ColumnKind::Category);
    eachPresent(text, fields, columns, column, unused, [&](std::string_view v) {
        ++present;
        if ((seen.classes & TextValue) == 0) addClassOf(utf8(trimmed(v)), m_decimalComma, m_pointed, seen);
        if (words.size() <= m_maximumCategories) words.add(v);
        unused.data.addCode(0);
        return true;
    });
    // The rest of the file may tell what these rows leave open.
    const bool open = !whole && datesInDoubt(seen, m_dates);
    CsvColumnPlan plan{readingFor(seen, open ? DateOrder::DayFirst : m_dates), {}, false};
    plan.kind = plan.reading.kind;
    if (plan.kind == ColumnKind::Number && seen.classes == NoValue && !whole) plan.kind = plan.reading.kind = ColumnKind::Integer;
    if (plan.kind != ColumnKind::Text) return plan;
    const bool category = whole ? isCategory(words.size(), present, m_maximumCategories) : words.size() <= m_maximumCategories;
    plan.kind = category ? ColumnKind::Category : ColumnKind::Text;
    return plan;
}

}  // namespace lamina
