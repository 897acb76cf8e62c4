// What stands between the fields of a CSV text: as settings write it, as a dialect holds it, and found in the first rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/importers/csv_scan.h"

namespace lamina {

/// Bytes of the text that layout and kinds are first guessed from.
inline constexpr std::size_t csvSampleBytes = 1 << 20;

/// The records of the sample; the last one is left out where the sample cuts it.
std::vector<std::vector<std::string>> csvSampleOf(std::string_view text, const CsvDialect& dialect);

/// The most frequent number of fields and in what share of the records it is found.
struct CsvRegularity {
    std::size_t fields = 0;
    double share = 0;
};
CsvRegularity csvRegularity(const std::vector<std::vector<std::string>>& records);

/// No delimiter is longer.
inline constexpr std::size_t csvLongestDelimiter = 8;

/// Puts these bytes between the fields.
void csvSetDelimiter(CsvDialect& dialect, std::string_view bytes);
/// What a setting writes: "tab", "blanks" (any run of them), or the characters themselves, in which \t, \x01 (a character's number) and \001 (the same in
/// octal, as Hive writes it) stand for those that cannot be typed and \\ for \. "csv.bad_delimiter" {delimiter, limit}: empty, too long, or with a line end.
Result<void> csvSetDelimiterAsTold(CsvDialect& dialect, std::string_view setting);
/// The setting that means the dialect's delimiter.
std::string csvDelimiterSetting(const CsvDialect& dialect);

/// Comma, tab, semicolon, bar, runs of blanks, "::", "||" or a control character that is made for it (0x01, 0x1E, 0x1F): what cuts most rows alike. The comma
/// where nothing does.
void csvFindDelimiter(std::string_view text, CsvDialect& dialect);

}  // namespace lamina
