// What cleaning steps are made of: columns by name, a table with other columns, rows in slices of a fixed size (so that no number depends on the
// threads), columns filled by many threads, cells read as text, number or time, counts for the report.
#pragma once

#include <bit>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/cleaning/step_type.h"
#include "core/data/cleaning/text_slices.h"

namespace lamina {

/// What step files call it. Not in step_type.h: the engine has a StepContext of its own, and the jobs see both.
using StepContext = CleaningContext;

// Rows in slices

inline constexpr std::int64_t rowsPerSlice = 1 << 15;

/// The rows first … last-1. A slice begins at a multiple of 8, so that the bits of two slices share no byte.
struct RowSlice {
    std::size_t index = 0;
    std::int64_t first = 0, last = 0;
};
std::size_t sliceCount(std::int64_t rows);
/// work(slice) for every slice, by several threads. "job.cancelled" (then not all were done).
Result<void> forRowSlices(std::int64_t rows, const StepContext& context, const std::function<void(const RowSlice&)>& work);
/// work(i) for 0 … count-1, by several threads: for whole columns. "job.cancelled".
Result<void> forPieces(std::size_t count, const StepContext& context, const std::function<void(std::size_t)>& work);

/// work(i, slice) for every slice of each of `columns` columns: threads are begun once for all of them.
Result<void> forColumnSlices(std::size_t columns, std::int64_t rows, const StepContext& context, const std::function<void(std::size_t, const RowSlice&)>& work);

/// visit(row) for every row of the slice whose bit is set, eight rows at a time where none is.
template <class Visit>
void forMissingBits(std::span<const std::uint8_t> bits, const RowSlice& slice, Visit visit) {
    if (bits.empty()) return;
    for (std::int64_t row = slice.first; row < slice.last; row += 8)
        for (unsigned eight = bits[static_cast<std::size_t>(row >> 3)]; eight != 0; eight &= eight - 1)
            if (const std::int64_t missing = row + std::countr_zero(eight); missing < slice.last) visit(missing);
}

/// flags[row - slice.first]: 1 where the row is missing, else 0.
void flagMissing(const ColumnView& view, const RowSlice& slice, std::span<std::uint8_t> flags);

// Columns

/// "number, integer"
std::string kindNames(std::initializer_list<ColumnKind> kinds);
/// The column's index. "cleaning.no_column" {column, known}; "cleaning.no_column_chosen" where the name is empty.
Result<std::size_t> stepColumn(const Table& table, const std::string& name);
/// The same, and "cleaning.column_kind" {column, kind, needed} where its kind is not one of these.
Result<std::size_t> stepColumn(const Table& table, const std::string& name, std::initializer_list<ColumnKind> kinds);
/// Those named, each once, in the order named; all columns of these kinds where the list is empty. `mayLack`: names that are not there are passed
/// over (context.predicting: new rows need not have the target).
Result<std::vector<std::size_t>> stepColumns(const Table& table, const std::vector<std::string>& names, std::initializer_list<ColumnKind> kinds,
                                             bool mayLack = false);
/// The same for any kind; empty: all columns.
Result<std::vector<std::size_t>> stepColumns(const Table& table, const std::vector<std::string>& names, bool mayLack = false);
/// "cleaning.name_taken" {column}, "cleaning.name_empty". `except`: a column that gives its name up.
Result<void> checkNewName(const Table& table, const std::string& name, std::optional<std::size_t> except = std::nullopt);
/// `wish`, or "wish 2", "wish 3", … where that is taken.
std::string freeColumnName(const std::vector<TableColumn>& columns, const std::string& wish);
/// An id for a column that a step makes: the same whenever the step is run again.
std::string newColumnId(const CleanTable& input, const StepContext& context, const std::string& name);

/// All columns, to change some and hand the list to withColumns().
std::vector<TableColumn> columnsOf(const Table& table);
/// Puts a new column at this place (behind all where it is larger). "cleaning.name_taken", "cleaning.name_empty".
Result<void> insertColumn(std::vector<TableColumn>& columns, std::size_t place, TableColumn column);
/// The same rows with other columns.
Result<CleanTable> withColumns(const CleanTable& input, std::vector<TableColumn> columns);
/// Marks rows (remove[row] != 0) as removed by this step and counts them; those already removed stay as they are.
CleanTable withoutRows(const CleanTable& input, const std::vector<std::uint8_t>& remove, const StepContext& context, StepReport& report);
/// How many rows are not removed.
std::int64_t rowsThere(const CleanTable& table);

// Cells

/// Reads the cells of any column. Cheap to make; used by one thread at a time, the column must live.
class CellReader {
public:
    explicit CellReader(const TableColumn& column) : m_column(&column) {}
    bool isMissing(std::int64_t row) const { return m_column->view.isMissing(row); }
    /// As a person reads it; of texts and categories the text itself, else written into `buffer`. Empty where missing.
    std::string_view text(std::int64_t row, std::string& buffer) const;
    /// Number, Integer, Boolean, Time as ColumnView::number; texts and categories where all of the text is a number ("007" too); nothing where
    /// missing.
    std::optional<double> number(std::int64_t row) const;
    /// Time and Integer (milliseconds); nothing else.
    std::optional<std::int64_t> time(std::int64_t row) const;

private:
    const TableColumn* m_column;
};

// Report

/// What the slices of a column's work note, put together in the order of rows. Rows that are removed are not counted.
class SliceNotes {
public:
    explicit SliceNotes(const CleanTable& input)
        : m_input(&input), m_removed(input.removedBy ? input.removedBy->data() : nullptr), m_slices(sliceCount(input.table.rows())) {}
    bool counts(std::int64_t row) const { return !m_removed || m_removed[row] == 0; }
    void changed(const RowSlice& slice, std::int64_t row) { m_slices[slice.index].changed += counts(row); }
    /// So many cells of rows that count.
    void changedCells(const RowSlice& slice, std::int64_t cells) { m_slices[slice.index].changed += cells; }
    void refused(const RowSlice& slice, std::int64_t row, std::string_view text);
    void addTo(StepReport& report, const std::string& column) const;

private:
    struct alignas(64) Notes {
        std::int64_t changed = 0, refused = 0;
        std::vector<std::pair<std::int64_t, std::string>> cells;
    };
    const CleanTable* m_input;
    const std::uint16_t* m_removed;
    std::vector<Notes> m_slices;
};

// Columns being made

/// A column in the making. Threads may fill different slices at the same time; within a slice every row is given once, in order.
/// Any kind but Tensor.
class ColumnDraft {
public:
    ColumnDraft(ColumnKind kind, std::int64_t rows);
    ColumnKind kind() const;

    void number(std::int64_t row, double value) { m_numbers[static_cast<std::size_t>(row)] = value; }  ///< NaN: missing
    void integer(std::int64_t row, std::int64_t value) { m_integers[static_cast<std::size_t>(row)] = value; }
    void boolean(std::int64_t row, bool value) { m_booleans[static_cast<std::size_t>(row)] = value; }
    void code(std::int64_t row, std::int32_t value) { m_codes[static_cast<std::size_t>(row)] = value; }  ///< -1: missing
    void text(std::int64_t row, std::string_view value);
    void missing(std::int64_t row);
    /// As the row of a column of the same kind (Category: its code).
    void copy(std::int64_t row, const ColumnView& from, std::int64_t fromRow);
    void setDictionary(std::vector<std::string> texts);

    /// The values of a slice, for those who write all of it by themselves.
    std::span<double> numbersOf(const RowSlice& slice) { return {m_numbers + slice.first, static_cast<std::size_t>(slice.last - slice.first)}; }
    std::span<std::int64_t> integersOf(const RowSlice& slice) { return {m_integers + slice.first, static_cast<std::size_t>(slice.last - slice.first)}; }
    std::span<std::uint8_t> booleansOf(const RowSlice& slice) { return {m_booleans + slice.first, static_cast<std::size_t>(slice.last - slice.first)}; }
    /// Number, Integer, Boolean, Time: the rows of a slice as they are in a column of the same kind.
    void copySlice(const RowSlice& slice, const ColumnView& from);
    /// Number: how many of a slice are missing, where that is known; else finish() counts them.
    void knowMissing(const RowSlice& slice, std::int64_t count);
    /// Integer, Boolean, Time: the rows of a slice that are missing in `from` are missing; their values must be 0.
    void copyMissing(const RowSlice& slice, const ColumnView& from);
    /// Text: what an editor of a slice writes to. `bytes`: memory for it.
    TextSliceEditor::Target textsOf(const RowSlice& slice, TextBytes bytes);

    /// The draft is used up. `threads`: may help to put texts together. `pool`: gets the memory of the slices.
    TableColumn finish(std::string id, std::string name, std::string role = {}, int threads = 1, TextBytesPool* pool = nullptr);

private:
    struct Values;
    void markMissing(std::int64_t row);

    std::shared_ptr<Values> m_values;
    double* m_numbers = nullptr;
    std::int64_t* m_integers = nullptr;
    std::uint8_t* m_booleans = nullptr;
    std::int32_t* m_codes = nullptr;
    std::uint64_t* m_offsets = nullptr;
};

/// What becomes of a text.
enum class TextChange : std::uint8_t { Same, Changed, Missing, Refused };
/// change(text, out): Changed: `out` (empty when called) holds the new text; Missing and Refused: the cell becomes missing, Refused is reported.
using TextFunction = std::function<TextChange(std::string_view text, std::string& out)>;
/// A Text or Category column with every text changed; missing cells stay. Of a category each text of the dictionary is changed once, and texts that
/// become alike become one category. `change` is made for each slice by `makeChange`, so that it may own buffers; it is called by several threads.
/// The column itself, shared, where nothing changed.
/// `ofSlice`: does the same to the texts of a slice, only quicker; where it is given, `makeChange` is for categories. Of a slice that is not plain it
/// is not asked.
Result<TableColumn> changeTexts(const CleanTable& input, std::size_t column, const StepContext& context, const std::function<TextFunction()>& makeChange,
                                StepReport& report, const TextSliceFunction& ofSlice = {});

/// The columns named (Text or Category; empty: all such), every text changed as changeTexts() does.
Result<CleanTable> changeTextColumns(const CleanTable& input, const std::vector<std::string>& names, const StepContext& context,
                                     const std::function<TextFunction()>& makeChange, StepReport& report, const TextSliceFunction& ofSlice = {});

/// A cell's value in the making: `number` for Number, `integer` for Integer, Time and Boolean.
struct CellValue {
    double number = 0;
    std::int64_t integer = 0;
};
/// Gives false where the text is refused.
using ReadFunction = std::function<bool(std::string_view text, CellValue& out)>;
/// A new Number, Integer, Boolean or Time column under the old one's id, name and role: what `read` makes of each cell's text (of a category: of each
/// text once). Missing cells stay missing, refused ones become missing and are reported. `makeRead`: see changeTexts.
Result<TableColumn> readTexts(const CleanTable& input, std::size_t column, ColumnKind kind, const StepContext& context,
                              const std::function<ReadFunction()>& makeRead, StepReport& report);

/// textOf(row, buffer): a row's text, which may be written into `buffer`; nothing where missing. Called by several threads.
using RowText = std::function<std::optional<std::string_view>(std::int64_t row, std::string& buffer)>;
/// A Category made of texts, its dictionary in the order in which they first come. "cleaning.too_many_categories" {column, most}.
Result<TableColumn> categorise(const CleanTable& input, const StepContext& context, const RowText& textOf, std::string id, std::string name);

}  // namespace lamina
