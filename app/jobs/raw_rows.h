// New rows as texts, for a run whose recipe cleans them first: read into columns of the kinds that the recipe began with.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/row_reader.h"

namespace lamina {

/// What a row to be answered consists of: the original columns that the recipe's features come from. A category without categories is any text.
std::vector<FeatureColumn> inputsOf(const FrozenRecipe& frozen);

/// One thread at a time. The recipe must outlive it.
class RawRows {
public:
    /// `missing`, `decimal`: as of RowReader. `dates`: what 03/04/2024 means; Unknown: such a date is not understood.
    explicit RawRows(const FrozenRecipe& frozen, const std::string& missing = CsvSettings{}.missing, char decimal = '.', DateOrder dates = DateOrder::Unknown);

    /// One text for each of inputsOf(). A text that is not of the column's kind is taken as missing and remarked: "predict.not_of_kind" {column, value, kind}.
    std::vector<ValueRemark> add(std::span<const std::string_view> texts);
    /// What add() would remark, without adding.
    std::vector<ValueRemark> check(std::span<const std::string_view> texts) const;
    std::int64_t rows() const { return m_rows; }
    /// The rows so far, as a table with all original columns: those that are not needed hold their stand-in. No rows are left.
    Result<Table> take();
    /// Puts the rows so far behind those in the files. No rows are left.
    Result<void> flush(const Path& folder);
    /// The table of all that was flushed.
    Result<Table> finish(const Path& folder);

private:
    struct Column {
        const FrozenColumn* frozen = nullptr;
        ColumnKind kind = ColumnKind::Text;
        bool input = false;
        WordIndex words;
        ColumnData data;
        std::unique_ptr<ColumnFileWriter> writer;
    };
    bool read(Column& column, std::string_view text, bool keep) const;
    std::vector<ValueRemark> each(std::span<const std::string_view> texts, bool keep) const;
    TableColumn taken(Column& column);

    std::vector<std::unique_ptr<Column>> m_columns;
    MissingWords m_missing;
    bool m_decimalComma;
    DateOrder m_dates;
    std::int64_t m_rows = 0;
};

/// An imported table in the form that the recipe begins with: columns by name, of the kinds they had; those that are not needed may be missing.
/// "predict.missing_columns" {columns, known}.
Result<Table> asFrozenColumns(const FrozenRecipe& frozen, const Table& imported);

/// What the preparation makes of a cleaned row that a person may want to know: "predict.filled", "predict.unknown_category".
std::vector<ValueRemark> cleanedRemarks(const Preparation& preparation, const Table& clean, std::int64_t row);

}  // namespace lamina
