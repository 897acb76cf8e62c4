#include "app/jobs/gathered_rows.h"

namespace lamina {
namespace {

template <class Add>
void gatherPresent(const ColumnView& column, std::span<const std::int64_t> rows, ColumnData& data, Add add) {
    for (const std::int64_t row : rows) {
        if (column.isMissing(row)) data.addMissing();
        else add(static_cast<std::size_t>(row));
    }
}

}  // namespace

ColumnData gatheredColumn(const ColumnView& column, std::span<const std::int64_t> rows) {
    ColumnData data(column.kind);
    data.reserve(std::ssize(rows));
    switch (column.kind) {
        case ColumnKind::Number: gatherPresent(column, rows, data, [&](std::size_t row) { data.addNumber(column.numbers[row]); }); break;
        case ColumnKind::Integer:
        case ColumnKind::Time: gatherPresent(column, rows, data, [&](std::size_t row) { data.addInteger(column.integers[row]); }); break;
        case ColumnKind::Boolean: gatherPresent(column, rows, data, [&](std::size_t row) { data.addBoolean(column.booleans[row] != 0); }); break;
        case ColumnKind::Category:
            gatherPresent(column, rows, data, [&](std::size_t row) { data.addCode(column.codes[row]); });
            data.setDictionary({column.dictionary.begin(), column.dictionary.end()});
            break;
        case ColumnKind::Text:
        case ColumnKind::Image: gatherPresent(column, rows, data, [&](std::size_t row) { data.addText(column.text(static_cast<std::int64_t>(row))); }); break;
        case ColumnKind::Tensor: break;
    }
    return data;
}

Result<Table> gatheredRows(const Table& table, std::span<const std::int64_t> rows, const CancelToken& cancel) {
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const ColumnInfo& info = table.info(c);
        if (info.kind == ColumnKind::Tensor) continue;
        columns.push_back(TableColumn::inMemory(gatheredColumn(table.view(c), rows), info.id, info.name));
        columns.back().info.role = info.role;
    }
    return Table::of(std::move(columns));
}

}  // namespace lamina
