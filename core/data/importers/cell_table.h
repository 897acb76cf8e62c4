// Rows of cells from a source that says what each cell is only as it comes (JSON, a workbook, a database …): the kinds of the columns are
// decided from all rows, memory stays bounded. Cells wait in a buffer, beyond some megabytes in a temporary file, until the last row is there.
//
//     CellTable cells(options, folder, job);
//     while (…) { cells.setNumber(cells.column("a"), 1.5); LAMINA_TRY(const bool more, cells.endRow()); if (!more) break; }
//     LAMINA_TRY(auto table, cells.import());
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/data/importers/importer.h"
#include "core/data/type_detection.h"

namespace lamina {

/// What can be set on every importer that reads cells.
struct CellSettings {
    std::string missing;  ///< words that mean "no value", separated by commas
    std::string types;    ///< "name=kind,name=kind"
    std::string dates = "auto";  ///< auto day-first month-first
    std::int64_t maximumCategories = 1000;
};

class CellTable {
public:
    /// For an import: `folder` takes the temporary file and the columns.
    CellTable(const CellSettings& settings, Path folder, const ImportJob& job);
    /// For a preview: no file, and endRow() says "enough" after `rows` rows.
    CellTable(const CellSettings& settings, std::int64_t rows, const CancelToken& cancel);
    ~CellTable();
    CellTable(const CellTable&) = delete;
    CellTable& operator=(const CellTable&) = delete;

    /// The column of this name, a new one where there is none; "import.too_many_columns" {limit} beyond importMaximumColumns.
    Result<std::size_t> column(std::string_view name);
    /// One more column, whatever its name (names are made different: "a", "a_2").
    Result<std::size_t> newColumn(const std::string& name);
    std::size_t columnCount() const { return m_columns.size(); }
    /// The source says what the column is: values that do not fit are refused. Category: with these texts first, in this order.
    void declare(std::size_t column, ColumnKind kind, std::vector<std::string> dictionary = {});

    /// The cell of the current row; the last one counts. Texts are valid UTF-8 and count as what they spell (a number, a date …).
    void setBoolean(std::size_t column, bool value);
    void setInteger(std::size_t column, std::int64_t value);
    void setNumber(std::size_t column, double value);
    void setText(std::size_t column, std::string_view text);
    void setTime(std::size_t column, std::int64_t milliseconds);
    void clear(std::size_t column) { m_row[column] = Cell{}; }
    bool isSet(std::size_t column) const { return m_row[column].tag != Tag::Missing; }
    /// The cell of the current row cannot be read: it is missing, and the error (of the first one, with {column, row}) is counted. {row} is the
    /// table's, from 1, unless the error says the file's already.
    void refuse(std::size_t column, const Error& why);
    /// Something else that people should look at, counted by code (and column, where it has one): "…rows_skipped" for a row that is left out.
    void note(const Error& what, Severity severity = Severity::Warning);

    /// The row is complete. false: enough rows. "job.cancelled", errors of writing.
    Result<bool> endRow();
    /// Drops what was set since the last endRow().
    void dropRow();
    std::int64_t rows() const { return m_rows; }
    /// Says how far reading has come; "job.cancelled". Where most rows are dropped, endRow() alone would not ask.
    Result<void> progress(std::uint64_t done, std::uint64_t total);

    /// "import.no_rows" where there was none, "import.no_columns"; every column's kind is known now.
    Result<ImportedTable> import();
    /// import() before anything is published: a sealed writer per column; for columns that are published together with others.
    Result<std::vector<std::unique_ptr<ColumnFileWriter>>> seal();
    Result<ImportPreview> preview();
    /// What was noted, and after import(), seal() or preview() the values that did not fit.
    std::vector<Issue> issues() const;

private:
    enum class Tag : std::uint8_t { Missing, False, True, Integer, Number, Time, Text };
    struct Cell {
        Tag tag = Tag::Missing;
        std::int64_t integer = 0;  ///< Integer, Time; Text: where in m_rowText
        double number = 0;
        std::size_t size = 0;
    };
    struct Column {
        std::string name;
        SeenValues seen;
        bool longIntegers = false;  ///< a double would change some
        ColumnReading reading;
        std::int64_t present = 0;
        bool declared = false;  ///< the source or the user says the kind
        ColumnKind kind = ColumnKind::Number;
        WordIndex words;  ///< of a category: its dictionary
        bool tooManyWords = false;
        ColumnData data;  ///< of the block being converted
        std::int64_t unfit = 0, firstUnfit = 0;
    };
    using Append = std::function<Result<void>(std::size_t column, const ColumnView& block)>;

    NumberText numberOf(const Cell& cell, const Column& column);
    void classify(Column& column, const Cell& cell);
    std::string_view textOf(const Cell& cell) const { return std::string_view(m_rowText).substr(static_cast<std::size_t>(cell.integer), cell.size); }
    Result<void> spill();
    Result<void> decide();
    Result<void> askKinds();
    /// Calls `each` for every row, cells in m_row and m_rowText.
    Result<void> replay(const std::function<Result<void>()>& each);
    Result<void> replayRows(std::string_view bytes, const std::function<Result<void>()>& each, std::size_t& used);
    Result<void> countWords();
    void convert(const Cell& cell, Column& column);
    Result<void> write(const Append& append);
    ColumnInfo info(const Column& column) const;

    CellSettings m_settings;
    MissingWords m_missing;
    DateOrder m_dates;
    Path m_folder, m_spillPath;
    ImportJob m_job;
    std::int64_t m_mostRows = -1;
    std::vector<Column> m_columns;
    std::unordered_map<std::string, std::size_t> m_names;
    std::vector<Cell> m_row;
    std::string m_rowText, m_scratch;
    std::string m_buffer;  ///< rows as bytes, those not yet in the file
    std::unique_ptr<OutputFile> m_spill;
    std::uint64_t m_spilled = 0;
    std::int64_t m_rows = 0;
    std::vector<Issue> m_issues;
    std::map<std::string, std::size_t> m_issueAt;
};

/// The properties of CellSettings, for importers whose settings derive from it.
template <class Settings>
std::vector<Property> withCellProperties(std::vector<Property> own) {
    using Text = std::string Settings::*;
    using Count = std::int64_t Settings::*;
    own.push_back(property("missing", Text(&Settings::missing), "Missing values",
                           "Words that mean \"no value\", separated by commas. The empty text always does."));
    own.push_back(property("types", Text(&Settings::types), "Column kinds",
                           "Kinds you choose yourself, as name=kind separated by commas: number, integer, boolean, category, text, time."));
    own.push_back(property("dates", Text(&Settings::dates), "Order in dates",
                           "What stands first in dates like 03/04/2024; auto finds it where a value tells.",
                           {.choices = {"auto", "day-first", "month-first"}}));
    own.push_back(property("maximum_categories", Count(&Settings::maximumCategories), "Most categories",
                           "A text column with more different values than this stays text.", {.minimum = 2, .maximum = 100000}));
    return own;
}

/// The error and every issue name the file.
template <class T>
Result<T> namingFile(Result<T> result, const Path& path) {
    if (!result) return result.takeError().with("file", path.string());
    for (auto& issue : result->issues) issue.what = std::move(issue.what).with("file", path.string());
    return result;
}

}  // namespace lamina
