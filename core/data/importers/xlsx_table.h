// The rows of a sheet as the table that people mean: without what stands above it, with its names, without totals and notes below.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/data/importers/table_head.h"
#include "core/data/importers/xlsx_reader.h"

namespace lamina {

/// In small letters, as names of parts and words for totals are compared.
std::string xlsxLower(std::string text);
/// Milliseconds since 1970 of a serial day number.
std::int64_t xlsxMilliseconds(double serial, bool since1904);

struct XlsxCell {
    enum class Kind : std::uint8_t { Empty, Number, Text, Boolean, Error, Date, Broken } kind = Kind::Empty;
    std::uint32_t column = 0;
    double number = 0;
    std::string text;
};

struct XlsxRow {
    std::int64_t number = 0;  ///< in the sheet, from 1
    std::vector<XlsxCell> cells;  ///< those that hold something
};

/// Finds where the table begins and ends among the rows, and gives it to the cells.
class XlsxTable {
public:
    XlsxTable(const XlsxSettings& settings, bool since1904, CellTable& cells) : m_settings(settings), m_since1904(since1904), m_cells(cells) {}

    /// false: enough rows.
    Result<bool> row(XlsxRow row);
    Result<void> end();
    nlohmann::json detected() const;

private:
    static bool isWord(const XlsxCell& cell) { return cell.kind == XlsxCell::Kind::Text && classOf(cell.text) == TextValue; }

    /// The rows of m_head from this one on as texts, one for each column that holds something.
    struct Texts {
        std::vector<std::uint32_t> columns;
        std::vector<std::vector<std::string>> rows;
    };
    Texts textsFrom(std::size_t row) const;

    /// The place of the header's first row in m_head; m_head.size(): there is none.
    std::size_t findHeader();
    /// Where a head of several rows begins, if `first` holds names.
    std::size_t beginOfHead(std::size_t first) const;
    TableHead formOfHead(HeadRows rows) const;
    void takeNames(std::size_t header);

    Result<bool> begin();

    std::string nameOf(const XlsxCell& cell) const;
    static std::string numberName(double value);

    Result<bool> later(XlsxRow row);

    bool isFooter(const XlsxRow& row) const;
    void leaveOutLast();

    Result<bool> putFirst();

    void set(std::size_t column, const XlsxCell& cell, std::int64_t row);

    const XlsxSettings& m_settings;
    const bool m_since1904;
    CellTable& m_cells;
    std::vector<XlsxRow> m_head;
    std::deque<XlsxRow> m_tail;
    std::map<std::uint32_t, std::string> m_names;
    std::map<std::uint32_t, std::size_t> m_columns;
    bool m_begun = false;
    TableHead m_form;
    std::size_t m_width = 0, m_firstRow = 0, m_rowsBefore = 0;
    std::int64_t m_headerNumber = 0, m_leftAtEnd = 0, m_firstLeftAtEnd = 0;
};

}  // namespace lamina
