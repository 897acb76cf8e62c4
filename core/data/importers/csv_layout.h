// What a CSV file looks like: dialect, header, names, where the data begins; found from its first rows where the settings say "auto".
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/importers/csv_delimiter.h"
#include "core/data/importers/csv_settings.h"
#include "core/data/importers/table_head.h"

namespace lamina {

struct CsvLayout {
    CsvDialect dialect;
    TableHead head{0, false, false};  ///< rows == 0: there is none
    bool latin1 = false;             ///< one byte is one letter, as in Latin-1
    bool windows = false;            ///< with latin1: as in Windows-1252
    char decimal = '.';              ///< or ',': 3,5
    bool headerGuessed = false;      ///< nobody said whether there is one
    std::int64_t skippedLines = 0;   ///< lines above the table: those asked for, and a line of counts
    std::int64_t titleLines = 0;     ///< those of them that nobody asked for: a title, a note
    bool nameAdded = false;          ///< the header has one name less than the rows have fields
    bool quotesAreLetters = false;   ///< the quote was not told, and quotes do not enclose fields here
    bool keepBelow = false;          ///< totals, notes and empty rows below the table are rows of it
    bool countLine = false;          ///< there was one: rows, columns and class names ("150,4,setosa,versicolor,virginica")
    std::vector<std::string> names;  ///< one per column, no two alike, none empty
    std::vector<RenamedColumn> renamed;  ///< those that are called otherwise than the header says
    std::vector<Issue> headIssues;       ///< of a head of several rows
    std::size_t dataAt = 0;          ///< where the first data record begins (or the file ends)
};

/// `text` is the whole file, or enough of its beginning: csvSampleBytes behind `dataAt`. Errors: csv.empty, csv.not_utf8 (in the header), csv.unterminated_quote, csv.too_many_columns,
/// csv.bad_delimiter, csv.delimiter_holds_quote; the caller adds {file}.
Result<CsvLayout> csvLayout(std::string_view text, const CsvSettings& settings);
/// The layout as settings: {"delimiter": "tab", "header": "yes", …}
nlohmann::json csvDetected(const CsvLayout& layout);
/// The delimiter as UTF-8.
std::string csvDelimiterText(const CsvLayout& layout);
/// One value as UTF-8, whatever the layout says of its bytes.
std::string csvToUtf8(std::string_view value, const CsvLayout& layout);
/// What a person should look at: no header was found, lines were left out.
std::vector<Issue> csvLayoutIssues(const CsvLayout& layout);

/// The kind the settings ask for, by column ("types"); Result has one entry per column, -1: not asked for.
/// csv.no_such_column, csv.unknown_kind.
Result<std::vector<int>> csvAskedKinds(const CsvSettings& settings, const std::vector<std::string>& names);

/// "csv.not_utf8" {row, column, byte, position} for the byte at `at` of a text that begins at `textAt` of the file, in line `firstLine`.
/// "csv.nul_bytes" {row, position}
Error csvNulByte(std::string_view text, std::size_t at, const CsvLayout& layout, std::size_t textAt = 0, std::int64_t firstLine = 1);
Error csvNotUtf8(std::string_view text, std::size_t at, const CsvLayout& layout, std::size_t textAt = 0, std::int64_t firstLine = 1);
Error csvUnterminated(std::string_view text, std::size_t quoteAt, char lineEnd, std::int64_t firstLine = 1);

}  // namespace lamina
