#include "app/cli/terminal_table.h"

#include <algorithm>
#include <iterator>

#include "app/cli/display_width.h"

namespace lamina {
namespace {

constexpr std::size_t longestCell = 60;

std::string padded(const std::string& cell, std::size_t width, TerminalTable::Align align) {
    const std::string space(width - displayWidth(cell), ' ');
    return align == TerminalTable::Align::Right ? space + cell : cell + space;
}

std::string withoutTrailingSpace(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

}  // namespace

void TerminalTable::add(std::vector<std::string> cells) {
    cells.resize(m_columns.size());
    std::vector<std::vector<std::string>> lines(1, std::vector<std::string>(m_columns.size()));
    for (std::size_t c = 0; c < cells.size(); ++c) {
        const std::string cell = printable(cells[c]);
        const auto parts = m_columns[c].whole ? wrapToWidth(cell, longestCell) : std::vector<std::string>{clipToWidth(cell, longestCell)};
        if (parts.size() > lines.size()) lines.resize(parts.size(), std::vector<std::string>(m_columns.size()));
        for (std::size_t i = 0; i < parts.size(); ++i) lines[i][c] = parts[i];
    }
    m_rows.insert(m_rows.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
}

std::string TerminalTable::str() const {
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        widths.push_back(displayWidth(m_columns[c].head));
        for (const auto& row : m_rows) widths[c] = std::max(widths[c], displayWidth(row[c]));
    }
    std::string head, rule, body;
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        head += padded(m_columns[c].head, widths[c], m_columns[c].align) + "  ";
        for (std::size_t i = 0; i < widths[c]; ++i) rule += "─";
        rule += "  ";
    }
    for (const auto& row : m_rows) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c) line += padded(row[c], widths[c], m_columns[c].align) + "  ";
        body += withoutTrailingSpace(line);
    }
    return withoutTrailingSpace(head) + withoutTrailingSpace(rule) + body;
}

}  // namespace lamina
