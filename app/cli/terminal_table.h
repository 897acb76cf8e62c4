// A table for the terminal: columns as wide as their widest cell, numbers to the right.
#pragma once

#include <string>
#include <vector>

namespace lamina {

class TerminalTable {
public:
    enum class Align { Left, Right };
    struct Column {
        std::string head;
        Align align = Align::Left;
        bool whole = false;  ///< long cells go on in the lines below instead of being cut
    };

    explicit TerminalTable(std::vector<Column> columns) : m_columns(std::move(columns)) {}
    /// One cell per column; cells hold user's text as it is, control characters become visible.
    void add(std::vector<std::string> cells);
    bool empty() const { return m_rows.empty(); }
    /// Lines with "\n"; a line under the head; cells longer than 60 columns are cut or, in a column that is shown whole, wrapped.
    std::string str() const;

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;  ///< lines of the table; a row with a wrapped cell takes several
};

}  // namespace lamina
