#include "core/data/importers/concatenate.h"

#include <algorithm>

#include "core/base/uuid.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

constexpr std::int64_t concatenateRows = 16384;

/// The same column in every table.
struct SameColumn {
    std::vector<std::size_t> at;
    ColumnKind kind = ColumnKind::Number;
};

ColumnKind widerKind(ColumnKind a, ColumnKind b) {
    const auto either = [&](ColumnKind one, ColumnKind other) { return (a == one && b == other) || (a == other && b == one); };
    if (a == b) return a;
    if (either(ColumnKind::Integer, ColumnKind::Number)) return ColumnKind::Number;
    return ColumnKind::Text;
}

Result<std::vector<SameColumn>> matchColumns(const std::vector<NamedTable>& tables) {
    std::vector<SameColumn> columns(tables[0].table.columnCount());
    for (const auto& [name, table] : tables) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& first = tables[0].table.info(i);
            const auto found = table.find(first.name);
            const auto differ = [&](const std::string& column) {
                return fail("import.columns_differ", {{"first", tables[0].name}, {"second", name}, {"column", column}});
            };
            if (!found) return differ(first.name);
            const auto& info = table.info(*found);
            const bool oneIsTensor = info.kind == ColumnKind::Tensor || first.kind == ColumnKind::Tensor;
            if (oneIsTensor && (info.kind != first.kind || info.elementShape != first.elementShape || info.elementType != first.elementType)) return differ(first.name);
            columns[i].at.push_back(*found);
        }
        if (table.columnCount() > columns.size())
            for (std::size_t i = 0; i < table.columnCount(); ++i)
                if (!tables[0].table.find(table.info(i).name)) return fail("import.columns_differ", {{"first", tables[0].name}, {"second", name}, {"column", table.info(i).name}});
    }
    for (auto& column : columns) {
        bool known = false;
        for (std::size_t t = 0; t < tables.size(); ++t) {
            const auto& info = tables[t].table.info(column.at[t]);
            // A column without a value says nothing about its kind.
            if (info.missing == info.rows && info.kind == ColumnKind::Number) continue;
            column.kind = known ? widerKind(column.kind, info.kind) : info.kind;
            known = true;
        }
    }
    return columns;
}

void appendConcatenated(const ColumnView& view, const ColumnInfo& info, std::int64_t row, WordIndex& words, ColumnData& out) {
    if (view.isMissing(row)) return out.addMissing();
    switch (out.kind()) {
        case ColumnKind::Category: return out.addCode(words.add(view.text(row)));
        case ColumnKind::Number: return out.addNumber(view.number(row));
        case ColumnKind::Text: return out.addText(displayText(view, info, row));
        case ColumnKind::Image: return out.addText(view.text(row));
        case ColumnKind::Boolean: return out.addBoolean(view.booleans[static_cast<std::size_t>(row)] != 0);
        default: return out.addInteger(view.integers[static_cast<std::size_t>(row)]);
    }
}

Result<std::unique_ptr<ColumnFileWriter>> writeSame(const std::vector<NamedTable>& tables, const SameColumn& column, const Path& folder, const ImportJob& job) {
    ColumnInfo info = tables[0].table.info(column.at[0]);
    info.id = newUuid();
    info.kind = column.kind;
    if (column.kind != ColumnKind::Tensor) info.elementType = elementTypeOf(column.kind);
    info.dictionary.clear();
    info.rows = info.missing = 0;
    LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, info));
    WordIndex words;
    ColumnData block(column.kind == ColumnKind::Tensor ? ColumnKind::Number : column.kind);
    for (std::size_t t = 0; t < tables.size(); ++t) {
        const auto view = tables[t].table.view(column.at[t]);
        const auto& own = tables[t].table.info(column.at[t]);
        if (view.kind == column.kind && column.kind != ColumnKind::Category) {
            LAMINA_CHECK(writer->append(view));
            continue;
        }
        for (std::int64_t row = 0; row < view.rows;) {
            if (job.cancel.cancelled()) return fail("job.cancelled");
            block.clear();
            for (const auto end = std::min(row + concatenateRows, view.rows); row < end; ++row) appendConcatenated(view, own, row, words, block);
            LAMINA_CHECK(writer->append(block.view()));
        }
    }
    if (column.kind == ColumnKind::Category) writer->setDictionary(words.words());
    LAMINA_CHECK(writer->seal());
    return writer;
}

Result<std::unique_ptr<ColumnFileWriter>> writeNames(const std::vector<NamedTable>& tables, std::string name, const Path& folder) {
    while (tables[0].table.find(name)) name += "_2";
    ColumnInfo info;
    info.id = newUuid();
    info.name = name;
    info.kind = ColumnKind::Category;
    info.elementType = DType::Int32;
    LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, info));
    WordIndex words;
    for (const auto& table : tables) {
        const auto code = words.add(table.name);
        ColumnData block(ColumnKind::Category);
        for (std::int64_t row = 0; row < table.table.rows();) {
            block.clear();
            for (const auto end = std::min(row + concatenateRows, table.table.rows()); row < end; ++row) block.addCode(code);
            LAMINA_CHECK(writer->append(block.view()));
        }
    }
    writer->setDictionary(words.words());
    LAMINA_CHECK(writer->seal());
    return writer;
}

}  // namespace

Result<ImportedTable> concatenateTables(const std::vector<NamedTable>& tables, const std::string& nameColumn, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto columns, matchColumns(tables));
    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    for (const auto& column : columns) {
        LAMINA_TRY(auto writer, writeSame(tables, column, folder, job));
        writers.push_back(std::move(writer));
    }
    LAMINA_TRY(auto names, writeNames(tables, nameColumn, folder));
    writers.push_back(std::move(names));
    ImportedTable table;
    LAMINA_TRY(table.columns, publishAll(writers));
    for (const auto& one : tables) table.rows += one.table.rows();
    return table;
}

}  // namespace lamina
