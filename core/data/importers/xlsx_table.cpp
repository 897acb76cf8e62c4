#include "core/data/importers/xlsx_table.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/data/importers/total_words.h"
#include "core/data/time_text.h"

namespace lamina {
namespace {

constexpr std::size_t xlsxLookAhead = 50;  ///< rows in which the header is looked for
constexpr std::size_t xlsxLookBack = 8;    ///< rows at the end that may be totals and notes
constexpr std::int64_t xlsxLookBelow = 20; ///< rows below a header whose place is told

}  // namespace

std::string xlsxLower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

/// A part's path from a relationship's target, which counts from the folder `base`.

std::int64_t xlsxMilliseconds(double serial, bool since1904) {
    // Excel's first calendar has a 29 February 1900.
    const double days = since1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
    return std::llround((days - 25569) * 86'400'000.0);
}

Result<bool> XlsxTable::row(XlsxRow row) {
    if (row.number <= m_settings.skipRows || row.cells.empty()) return true;
    if (m_begun) return later(std::move(row));
    m_head.push_back(std::move(row));
    if (m_head.size() >= xlsxLookAhead || (m_settings.headerRow > 0 && m_head.back().number > m_settings.headerRow + xlsxLookBelow)) return begin();
    return true;
}

Result<void> XlsxTable::end() {
    if (!m_begun && !m_head.empty()) {
        LAMINA_TRY(const bool more, begin());
        if (!more) return {};
    }
    while (m_settings.skipLast > 0 && m_leftAtEnd < m_settings.skipLast && !m_tail.empty()) leaveOutLast();
    while (!m_settings.totals && m_settings.skipLast == 0 && !m_tail.empty() && m_rowsBefore + m_tail.size() > 1 && isFooter(m_tail.back())) leaveOutLast();
    while (!m_tail.empty()) {
        LAMINA_TRY(const bool more, putFirst());
        if (!more) return {};
    }
    if (m_leftAtEnd > 0) m_cells.note(fail("xlsx.rows_below", {{"row", std::to_string(m_firstLeftAtEnd)}, {"count", std::to_string(m_leftAtEnd)}}), Severity::Note);
    return {};
}

std::size_t XlsxTable::findHeader() {
    if (m_settings.headerRow > 0) {
        for (std::size_t i = 0; i < m_head.size(); ++i)
            if (m_head[i].number >= m_settings.headerRow) return m_head[i].number == m_settings.headerRow ? i : m_head.size();
        return m_head.size();
    }
    for (const auto& row : m_head) m_width = std::max(m_width, row.cells.size());
    std::size_t first = 0;
    while (first + 1 < m_head.size() && m_head[first].cells.size() * 2 <= m_width && m_head[first].cells.size() < m_width) ++first;
    m_firstRow = first;
    if (m_settings.header == "no") return m_head.size();
    if (const std::size_t begin = beginOfHead(first); begin != first || m_settings.header == "2" || m_settings.header == "3") return m_firstRow = begin;
    const auto& row = m_head[first];
    const bool words = std::all_of(row.cells.begin(), row.cells.end(), isWord);
    if (m_settings.header == "yes") return first;
    if (isGroupRow(textsFrom(first).rows, MissingWords(m_settings.missing))) return first;
    if (!words) {
        // Years as names: most are words, and no number stands where words do below.
        const auto count = std::count_if(row.cells.begin(), row.cells.end(), isWord);
        return count > 0 && first + 1 < m_head.size() && !isWord(m_head[first + 1].cells.back()) && isWord(row.cells.front()) && count * 3 >= static_cast<std::ptrdiff_t>(row.cells.size())
                   ? first
                   : m_head.size();
    }
    const bool alone = first + 1 == m_head.size();
    return alone && m_head.size() > 1 ? m_head.size() : first;
}

std::size_t XlsxTable::beginOfHead(std::size_t first) const {
    const MissingWords missing(m_settings.missing);
    if (m_settings.header == "yes") return first;
    if (m_settings.header == "auto") {
        // Groups fill fewer cells than names, so that they may have been taken for a title.
        return first > 0 && isGroupRow(textsFrom(first - 1).rows, missing) ? first - 1 : first;
    }
    const auto texts = textsFrom(first);
    const bool unitsBelow = m_settings.header == "2" && texts.rows.size() > 1 && tableHeadOf(HeadRows(texts.rows).first(2)).units;
    return first > 0 && m_head[first - 1].cells.size() > 1 && !unitsBelow ? first - 1 : first;
}

TableHead XlsxTable::formOfHead(HeadRows rows) const {
    if (m_settings.header == "auto") return findTableHead(rows, MissingWords(m_settings.missing));
    const std::size_t asked = m_settings.header == "2" ? 2 : m_settings.header == "3" ? 3 : 1;
    return tableHeadOf(rows.first(std::min(asked, rows.size())));
}

XlsxTable::Texts XlsxTable::textsFrom(std::size_t row) const {
    Texts texts;
    std::map<std::uint32_t, std::size_t> places;
    for (std::size_t i = row; i < m_head.size(); ++i)
        for (const auto& cell : m_head[i].cells) places.emplace(cell.column, 0);
    for (auto& [column, place] : places) {
        place = texts.columns.size();
        texts.columns.push_back(column);
    }
    for (std::size_t i = row; i < m_head.size(); ++i) {
        texts.rows.emplace_back(texts.columns.size());
        for (const auto& cell : m_head[i].cells) texts.rows.back()[places[cell.column]] = nameOf(cell);
    }
    return texts;
}

void XlsxTable::takeNames(std::size_t header) {
    const auto texts = textsFrom(header);
    m_form = formOfHead(texts.rows);
    const auto head = HeadRows(texts.rows).first(m_form.rows);
    auto names = headNames(head, m_form);
    for (const auto& issue : renamedIssues(makeNamesDistinct(names)))
        for (std::int64_t i = 0; i < issue.count; ++i) m_cells.note(issue.what, issue.severity);
    if (m_settings.header == "auto" && m_form.rows > 1)
        for (const auto& issue : headIssues(head, m_form, m_head[header + m_form.rows - 1].number)) m_cells.note(issue.what, issue.severity);
    std::map<std::uint32_t, std::string> nameOfColumn;
    for (std::size_t j = 0; j < names.size(); ++j) nameOfColumn[texts.columns[j]] = names[j];
    for (std::size_t i = header; i < header + m_form.rows; ++i)
        for (const auto& cell : m_head[i].cells) m_names[cell.column] = nameOfColumn[cell.column];
}

nlohmann::json XlsxTable::detected() const {
    if (m_headerNumber == 0) return {{"header", "no"}};
    return {{"header", m_form.rows == 1 ? "yes" : std::to_string(m_form.rows)}, {"header_row", m_headerNumber}};
}

Result<bool> XlsxTable::begin() {
    m_begun = true;
    const std::size_t header = findHeader();
    std::size_t at = header < m_head.size() ? header : m_settings.headerRow > 0 ? 0 : m_firstRow;
    if (at > 0) m_cells.note(fail("xlsx.rows_above", {{"row", std::to_string(m_head[0].number)}, {"count", std::to_string(at)}}), Severity::Note);
    if (header < m_head.size()) {
        m_headerNumber = m_head[header].number;
        takeNames(header);
        m_width = std::max(m_width, m_names.size());
        at += m_form.rows;
    }
    auto head = std::move(m_head);
    for (; at < head.size(); ++at) {
        LAMINA_TRY(const bool more, later(std::move(head[at])));
        if (!more) return false;
    }
    return true;
}

std::string XlsxTable::nameOf(const XlsxCell& cell) const {
    std::string name = cell.kind == XlsxCell::Kind::Date     ? timeText(xlsxMilliseconds(cell.number, m_since1904))
                       : cell.kind == XlsxCell::Kind::Number ? numberName(cell.number)
                                                             : cell.text;
    std::replace_if(name.begin(), name.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    const auto from = name.find_first_not_of(' ');
    return from == std::string::npos ? "" : name.substr(from, name.find_last_not_of(' ') - from + 1);
}

std::string XlsxTable::numberName(double value) {
    return value == std::floor(value) && std::abs(value) < 1e15 ? std::to_string(static_cast<std::int64_t>(value)) : std::to_string(value);
}

Result<bool> XlsxTable::later(XlsxRow row) {
    m_tail.push_back(std::move(row));
    const auto keep = std::max<std::size_t>(xlsxLookBack, static_cast<std::size_t>(m_settings.skipLast));
    while (m_tail.size() > keep) {
        LAMINA_TRY(const bool more, putFirst());
        if (!more) return false;
    }
    return true;
}

bool XlsxTable::isFooter(const XlsxRow& row) const {
    if (m_width >= 3 && row.cells.size() == 1 && row.cells[0].kind == XlsxCell::Kind::Text) return true;
    for (const auto& cell : row.cells) {
        if (cell.kind != XlsxCell::Kind::Text) continue;
        return isTotalWord(cell.text);
    }
    return false;
}

void XlsxTable::leaveOutLast() {
    m_firstLeftAtEnd = m_tail.back().number;
    m_tail.pop_back();
    ++m_leftAtEnd;
}

Result<bool> XlsxTable::putFirst() {
    const XlsxRow row = std::move(m_tail.front());
    m_tail.pop_front();
    ++m_rowsBefore;
    if (m_columns.empty())
        for (const auto& [column, name] : m_names) {
            LAMINA_TRY(m_columns[column], m_cells.newColumn(name));
        }
    for (const auto& cell : row.cells) {
        auto found = m_columns.find(cell.column);
        if (found == m_columns.end()) {
            LAMINA_TRY(const auto made, m_cells.newColumn(""));
            found = m_columns.emplace(cell.column, made).first;
        }
        set(found->second, cell, row.number);
    }
    return m_cells.endRow();
}

void XlsxTable::set(std::size_t column, const XlsxCell& cell, std::int64_t row) {
    switch (cell.kind) {
        case XlsxCell::Kind::Number:
            if (cell.number == std::floor(cell.number) && std::abs(cell.number) < 9007199254740992.0)
                m_cells.setInteger(column, static_cast<std::int64_t>(cell.number));
            else m_cells.setNumber(column, cell.number);
            break;
        case XlsxCell::Kind::Text: m_cells.setText(column, cell.text); break;
        case XlsxCell::Kind::Boolean: m_cells.setBoolean(column, cell.number != 0); break;
        case XlsxCell::Kind::Date:
            if (std::abs(cell.number) < 3e6) m_cells.setTime(column, xlsxMilliseconds(cell.number, m_since1904));
            else m_cells.setNumber(column, cell.number);
            break;
        case XlsxCell::Kind::Error:
        case XlsxCell::Kind::Broken:
            m_cells.refuse(column, fail("xlsx.values_became_missing", {{"value", cell.text.substr(0, 100)}, {"line", std::to_string(row)}}));
            break;
        case XlsxCell::Kind::Empty: break;
    }
}

}  // namespace lamina
