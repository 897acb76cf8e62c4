#include "core/data/table.h"

#include <algorithm>

namespace lamina {

TableColumn TableColumn::inMemory(ColumnData data, std::string id, std::string name) {
    auto kept = std::make_shared<const ColumnData>(std::move(data));
    return {kept->info(std::move(id), std::move(name)), kept->view(), kept};
}

TableColumn TableColumn::renamed(std::string name) const {
    TableColumn column = *this;
    column.info.name = std::move(name);
    return column;
}

Result<Table> Table::open(const std::vector<StoredColumn>& columns) {
    std::vector<TableColumn> opened;
    for (const auto& stored : columns) {
        LAMINA_TRY(auto file, ColumnFile::open(stored.path));
        if (file.info().kind != stored.info.kind) return fail("column.damaged", {{"file", stored.path.string()}, {"reason", "kind"}});
        // What the values are, the file knows best; what they are called, the caller.
        ColumnInfo info = file.info();
        info.id = stored.info.id;
        info.name = stored.info.name;
        info.role = stored.info.role;
        auto kept = std::make_shared<const ColumnFile>(std::move(file));
        opened.push_back({std::move(info), kept->view(), kept});
    }
    return of(std::move(opened));
}

Result<Table> Table::of(std::vector<TableColumn> columns) {
    Table table;
    if (!columns.empty()) table.m_rows = columns[0].view.rows;
    for (const auto& column : columns)
        if (column.view.rows != table.m_rows)
            return fail("table.row_counts_differ",
                        {{"column", column.info.name}, {"found", std::to_string(column.view.rows)}, {"expected", std::to_string(table.m_rows)}});
    table.m_columns = std::move(columns);
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
