// A read-only table over column files or columns in memory: typed access by column, text by cell for display.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/data/column_file.h"

namespace lamina {

/// One column of a table, wherever its values live. Immutable, shared, cheap to copy; views stay valid while any copy lives.
struct TableColumn {
    ColumnInfo info;
    ColumnView view;
    std::shared_ptr<const void> owner;  ///< what keeps the values alive

    /// Takes the data; rows, missing, kind and dictionary of `info` are filled from it.
    static TableColumn inMemory(ColumnData data, std::string id, std::string name);
    /// The same values under another description (name, id, role).
    TableColumn renamed(std::string name) const;
};

/// Copyable and cheap to copy (columns are shared); any number of threads may read.
class Table {
public:
    Table() = default;
    /// Opens every column's file. "table.row_counts_differ" where the columns do not have the same number of rows;
    /// "column.damaged" where a file's kind is not the one in the info.
    static Result<Table> open(const std::vector<StoredColumn>& columns);

    /// "table.row_counts_differ" as above. A table without columns has no rows.
    static Result<Table> of(std::vector<TableColumn> columns);

    std::int64_t rows() const { return m_rows; }
    std::size_t columnCount() const { return m_columns.size(); }
    const ColumnInfo& info(std::size_t column) const { return m_columns[column].info; }
    ColumnView view(std::size_t column) const { return m_columns[column].view; }
    const TableColumn& column(std::size_t column) const { return m_columns[column]; }
    /// The index of the column of this name, or "table.no_such_column" {column, known}.
    Result<std::size_t> find(const std::string& name) const;

    /// What a person reads in one cell (displayText), and in all cells of a row.
    std::string cellText(std::int64_t row, std::size_t column) const;
    std::vector<std::string> rowText(std::int64_t row) const;
    /// The first n rows (fewer where the table is shorter), as text.
    std::vector<std::vector<std::string>> head(std::int64_t n) const;

private:
    std::vector<TableColumn> m_columns;
    std::int64_t m_rows = 0;
};

}  // namespace lamina
