#include "core/data/importers/csv_columns.h"

#include <algorithm>
#include <limits>

#include "core/data/importers/csv_numbers.h"
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

/// Gives false for what has to be read with more care.
[[gnu::always_inline]] inline bool putShortNumber(const csv_numbers::ShortNumber& number, CsvColumnBlock& out) {
    if (!number.known || number.mantissa > number_reading::exactMantissa || (!number.point && number.mantissa >= 1'000'000'000'000'000)) return false;
    const double value = static_cast<double>(static_cast<std::int64_t>(number.mantissa)) / number_reading::powersOfTen[number.fraction];
    out.data.addNumber(number.negative ? -value : value);
    out.seen.add(number.point ? NumberValue : IntegerValue);
    return true;
}

[[gnu::always_inline]] inline bool putShortInteger(const csv_numbers::ShortNumber& number, CsvColumnBlock& out) {
    if (!number.known || number.point || number.mantissa >= 1'000'000'000'000'000) return false;
    const auto value = static_cast<std::int64_t>(number.mantissa);
    out.data.addInteger(number.negative ? -value : value);
    out.seen.add(IntegerValue);
    return true;
}

}  // namespace

bool csvLikeNumbers(std::string_view words) {
    bool first = true;
    for (const char c : words) {
        if (first && (number_reading::isDigit(c) || c == '-' || c == '.')) return true;
        first = c == ',';
    }
    return false;
}

void CsvBlockData::start(ColumnKind kind, std::size_t rows) {
    m_kind = kind;
    m_rows = m_bytesUsed = 0;
    m_missing = 0;
    const auto makeRoom = [](auto& values, std::size_t count) {
        if (values.size() < count) values.resize(count);
    };
    if (kind == ColumnKind::Number) makeRoom(m_numbers, rows);
    if (storedAsInteger(kind)) makeRoom(m_integers, rows);
    if (kind == ColumnKind::Boolean) makeRoom(m_booleans, rows);
    if (kind == ColumnKind::Category) makeRoom(m_codes, rows);
    if (kind == ColumnKind::Text) makeRoom(m_offsets, rows + 1);
    if (kind == ColumnKind::Text) m_offsets[0] = 0;
    m_missingBits.assign((rows + 7) / 8, 0);
}

void CsvBlockData::addMissing() {
    ++m_missing;
    if (m_kind == ColumnKind::Number) return addNumber(std::numeric_limits<double>::quiet_NaN());
    if (m_kind == ColumnKind::Category) return addCode(-1);
    m_missingBits[m_rows / 8] |= static_cast<std::uint8_t>(1u << (m_rows % 8));
    if (m_kind == ColumnKind::Text) addText({}, nullptr);
    else if (m_kind == ColumnKind::Boolean) addBoolean(false);
    else addInteger(0);
}

void CsvBlockData::mapCodes(std::span<const std::int32_t> newCodes) {
    for (std::size_t row = 0; row < m_rows; ++row)
        if (m_codes[row] >= 0) m_codes[row] = newCodes[static_cast<std::size_t>(m_codes[row])];
}

ColumnView CsvBlockData::view() const {
    ColumnView view;
    view.kind = m_kind;
    view.rows = rows();
    view.elementType = elementTypeOf(m_kind);
    const bool bits = m_missing > 0 && m_kind != ColumnKind::Number && m_kind != ColumnKind::Category;
    if (m_kind == ColumnKind::Number) view.numbers = {m_numbers.data(), m_rows};
    if (storedAsInteger(m_kind)) view.integers = {m_integers.data(), m_rows};
    if (m_kind == ColumnKind::Boolean) view.booleans = {m_booleans.data(), m_rows};
    if (m_kind == ColumnKind::Category) view.codes = {m_codes.data(), m_rows};
    if (m_kind == ColumnKind::Text) view.offsets = {m_offsets.data(), m_rows + 1};
    view.textBytes = {m_bytes.data(), m_bytesUsed};
    if (bits) view.missingBits = {m_missingBits.data(), (m_rows + 7) / 8};
    return view;
}

std::string_view CsvConverter::utf8(std::string_view value) {
    if (!m_latin1 || isAscii(value)) return value;
    m_utf8.clear();
    if (m_windows) appendWindows1252(m_utf8, value);
    else appendLatin1(m_utf8, value);
    return m_utf8;
}

/// add(value) gives false where the value does not fit; the value may still have blanks around it only where it was quoted.
template <class Add>
void CsvConverter::present(std::string_view text, const CsvField& field, std::size_t row, CsvColumnBlock& out, Add add) {
    const std::string_view found = value(text, field);
    const bool blanks = !found.empty() && (isBlankAt(found.front()) || isBlankAt(found.back()));
    if (m_missing.contains(blanks ? trimmed(found) : found)) {
        out.data.addMissing();
    } else if (!add(found)) {
        if (out.unreadable++ == 0) {
            out.firstUnreadable = field.begin;
            out.firstUnreadableRow = static_cast<std::int64_t>(row);
        }
        out.data.addMissing();
    }
}

template <class Add>
void CsvConverter::eachPresent(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvRows rows, CsvColumnBlock& out,
                               Add add) {
    for (std::size_t row = rows.first; row < rows.last; ++row) present(text, fields.fields[row * columns + column], row, out, add);
}

/// The same for numbers: those of the usual form are read by readShort() and taken by put(number, out), which gives false where it cannot.
template <class Put, class Add>
void CsvConverter::eachNumber(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvRows rows, CsvColumnBlock& out,
                              Put put, Add add) {
    if (!csv_numbers::available || !m_plainNumbers) return eachPresent(text, fields, columns, column, rows, out, add);
    for (std::size_t row = rows.first; row < rows.last; ++row) {
        const CsvField& field = fields.fields[row * columns + column];
        if (field.size == 0) {
            out.data.addMissing();
            continue;
        }
        const bool near = field.raw || field.begin + field.size < csv_numbers::bytesBefore;
        if (near || !put(csv_numbers::readShort(text.data() + field.begin, field.size), out)) present(text, field, row, out, add);
    }
}

void CsvConverter::convertTexts(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvRows rows,
                                CsvColumnBlock& out) {
    const char* const readable = text.data() + text.size();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
        const CsvField& field = fields.fields[row * columns + column];
        const bool plain = !field.raw && !m_latin1 && field.size > 0;
        const std::string_view found = field.in(text);
        if (plain && !isBlankAt(found.front()) && !isBlankAt(found.back()) && !m_missing.contains(found)) out.data.addText(found, readable);
        else present(text, field, row, out, [&](std::string_view v) { return out.data.addText(utf8(v), nullptr), true; });
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

void CsvConverter::begin(const CsvBlockFields& fields, const CsvColumnPlan& plan, CsvColumnBlock& out) {
    out.data.start(plan.kind, fields.rows);
    out.words.clear();
    out.seen = {};
    out.unreadable = 0;
}

void CsvConverter::end(const CsvColumnPlan& plan, bool classesOnly, CsvColumnBlock& out) {
    out.fits = !classesOnly && (out.unreadable == 0 || (plan.asked && plan.kind != ColumnKind::Category));
}

void CsvConverter::convert(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, CsvRows rows,
                           const CsvColumnPlan& plan, bool classesOnly, CsvColumnBlock& out) {
    const auto kind = plan.kind;
    const auto each = [&](auto add) { eachPresent(text, fields, columns, column, rows, out, add); };
    if (kind == ColumnKind::Text) return convertTexts(text, fields, columns, column, rows, out);
    if (kind == ColumnKind::Category) {
        const auto limit = plan.asked ? csvMostCategories : m_maximumCategories;
        if (!classesOnly) each([&](std::string_view v) { return addWord(v, out, limit); });
        return;
    }
    if (plan.asked) return each([&](std::string_view v) { return addAsked(trimmed(v), plan, out); });
    const char* const end = text.data() + text.size();
    // Behind a field of the text itself stands a delimiter, a quote, a blank or a line end: no digit, but for odd delimiters.
    const auto limitOf = [&](std::string_view v) { return v.data() >= text.data() && v.data() < end && !m_digitsFollow ? end : v.data() + v.size(); };
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
    if (kind == ColumnKind::Time) return each([&](std::string_view v) { return addSpecial(v, addTime(v, plan.reading.dates, out)); });
    if (plan.reading.decorated) return each([&](std::string_view v) { return addSpecial(v, addDecorated(trimmed(v), plan.reading, out)); });
    if (kind == ColumnKind::Boolean) return each([&](std::string_view v) { return add(v, addBoolean); });
    if (kind == ColumnKind::Number)
        return eachNumber(text, fields, columns, column, rows, out, [](const auto& number, auto& to) { return putShortNumber(number, to); },
                          [&](std::string_view v) { return add(v, addNumber); });
    eachNumber(text, fields, columns, column, rows, out, [](const auto& number, auto& to) { return putShortInteger(number, to); },
               [&](std::string_view v) { return add(v, addInteger); });
}

CsvColumnPlan CsvConverter::guess(std::string_view text, const CsvBlockFields& fields, std::size_t columns, std::size_t column, bool whole, SeenValues& seen) {
    std::int64_t present = 0;
    WordIndex words;
    CsvColumnBlock unused;
    unused.data.start(ColumnKind::Category, fields.rows);
    eachPresent(text, fields, columns, column, {0, fields.rows}, unused, [&](std::string_view v) {
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
