#include "core/data/table.h"

#include <algorithm>

namespace lamina {

Result<Table> Table::open(const std::vector<StoredColumn>& columns) {
    Table table;
    for (const auto& stored : columns) {
        LAMINA_TRY(auto file, ColumnFile::open(stored.path));
        if (file.info().kind != stored.info.kind) return fail("column.damaged", {{"file", stored.path.string()}, {"reason", "kind"}});
        const std::int64_t rows = file.info().rows;
        if (!table.m_columns.empty() && rows != table.m_rows)
            return fail("table.row_counts_differ", {{"column", stored.info.name}, {"found", std::to_string(rows)}, {"expected", std::to_string(table.m_rows)}});
        table.m_rows = rows;
        // What the values are, the file knows best; what they are called, the caller.
        ColumnInfo info = file.info();
        info.id = stored.info.id;
        info.name = stored.info.name;
        info.role = stored.info.role;
        table.m_columns.push_back({std::move(info), std::make_shared<const ColumnFile>(std::move(file))});
    }
    return table;
}

Result<std::size_t> Table::find(const std::string& name) const {
    std::string known;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].info.name == name) return i;
        known += (known.empty() ? "" : ", ") + m_columns[i].info.name;
    }
    return fail("table.no_such_column", {{"column", name}, {"known", known}});
}

std::string Table::cellText(std::int64_t row, std::size_t column) const { return displayText(view(column), info(column), row); }

std::vector<std::string> Table::rowText(std::int64_t row) const {
    std::vector<std::string> cells;
    for (std::size_t column = 0; column < columnCount(); ++column) cells.push_back(cellText(row, column));
    return cells;
}

std::vector<std::vector<std::string>> Table::head(std::int64_t n) const {
    std::vector<std::vector<std::string>> rows;
    for (std::int64_t row = 0; row < std::min(n, m_rows); ++row) rows.push_back(rowText(row));
    return rows;
}

}  // namespace lamina
