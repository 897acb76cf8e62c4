// Any bytes as a CSV file, under every encoding and policy: a table or an error, never a crash; and one thread reads what two read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string_view>

#include "core/data/importers/csv.h"
#include "core/data/importers/csv_delimiter.h"
#include "core/data/time_text.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(csv)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const char* const encodings[] = {"auto", "utf8", "latin1", "windows1252", "gb18030", "utf16le", "utf16be"};
    static const char* const delimiters[] = {"auto", "auto", "blanks", "::", "||", "\\x01", ", ", "aa"};
    static const char* const headers[] = {"auto", "auto", "2", "3", "no"};
    // What a delimiter is written as means it again.
    CsvDialect told, again;
    if (csvSetDelimiterAsTold(told, text.substr(0, 8)) && (!csvSetDelimiterAsTold(again, csvDelimiterSetting(told)) || again.delimiterBytes() != told.delimiterBytes())) std::abort();
    const auto time = readTime(text.substr(0, 64));
    const std::int64_t at = time.dayFirst ? time.asDayFirst : time.asMonthFirst;
    constexpr std::int64_t yearOne = -62'135'596'800'000, yearTenThousand = 253'402'300'800'000;
    if (time.isTime() && at >= yearOne && at < yearTenThousand && parseTime(timeText(at)) != at) std::abort();
    if (size > 8) static_cast<void>(parseTimeAs(text.substr(8), text.substr(0, 8)));
    for (const char* ragged : {"error", "pad", "skip"}) {
        CsvSettings settings;
        settings.ragged = ragged;
        settings.encoding = encodings[size % std::size(encodings)];
        settings.delimiter = size % 9 == 8 ? std::string(text.substr(0, 3)) : delimiters[size % std::size(delimiters)];
        settings.header = headers[size / 8 % std::size(headers)];
        if (size % 2 == 0) settings.dates = "day-first";
        const auto one = parseCsvText(text, settings, 1), two = parseCsvText(text, settings, 2);
        if (one.ok() != two.ok()) std::abort();
        if (!one) continue;
        if (one->rows != two->rows || one->columns.size() != two->columns.size()) std::abort();
        for (std::size_t i = 0; i < one->columns.size(); ++i)
            if (one->columns[i].rows() != one->rows || one->columns[i].kind() != two->columns[i].kind()) std::abort();
    }
    return 0;
}
