#include "core/data/importers/csv_delimiter.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/data/type_detection.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::size_t sampleRecords = 200;
/// Between fields since before there was CSV; in no other text.
constexpr char delimitingControls[] = {'\x01', '\x1F', '\x1E'};
/// What the regularity of the first row, mostly names, counts more than that of a row of data.
constexpr double headShare = 0.06;

/// The number that `digits` digits of this base at the text's beginning say.
std::optional<unsigned> characterNumber(std::string_view text, std::size_t digits, unsigned base) {
    if (text.size() < digits) return {};
    unsigned number = 0;
    for (const char c : text.substr(0, digits)) {
        const char letter = static_cast<char>(c | 32);
        const unsigned digit = c >= '0' && c <= '9' ? static_cast<unsigned>(c - '0') : letter >= 'a' && letter <= 'f' ? static_cast<unsigned>(letter - 'a' + 10) : base;
        if (digit >= base) return {};
        number = number * base + digit;
    }
    return number < 256 ? std::optional(number) : std::nullopt;
}

std::string withoutEscapes(std::string_view setting) {
    std::string bytes;
    for (std::size_t at = 0; at < setting.size(); ++at) {
        const auto rest = setting.substr(at);
        std::optional<unsigned> number;
        std::size_t length = 1;
        if (rest.starts_with("\\t")) number = '\t', length = 2;
        else if (rest.starts_with("\\\\")) number = '\\', length = 2;
        else if (rest.starts_with("\\x")) number = characterNumber(rest.substr(2), 2, 16), length = 4;
        else if (rest.starts_with("\\")) number = characterNumber(rest.substr(1), 3, 8), length = 4;
        if (!number) {
            bytes += setting[at];
            continue;
        }
        const char character = static_cast<char>(*number);
        appendLatin1(bytes, {&character, 1});
        at += length - 1;
    }
    return bytes;
}

std::string characterEscape(char c) {
    constexpr char hex[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
}

/// Are most of the fields that hold a comma numbers with a decimal comma?
bool commasAreDecimal(const std::vector<std::vector<std::string>>& records) {
    std::size_t fields = 0, numbers = 0;
    std::string buffer;
    for (const auto& record : records)
        for (const auto& field : record) {
            if (field.find(',') == std::string::npos) continue;
            ++fields;
            const auto is = readDecoratedNumber(field, true, buffer).is;
            numbers += is == NumberValue || is == UnitNumber || is == GroupedNumber;
        }
    return numbers * 2 > fields;
}

/// Does one of the first `fields` columns hold numbers below its first row?
bool holdsNumbers(const std::vector<std::vector<std::string>>& records, std::size_t fields) {
    for (std::size_t j = 0; j < fields; ++j) {
        std::size_t numbers = 0;
        for (std::size_t i = 1; i < records.size(); ++i) numbers += j < records[i].size() && readAnyNumber(records[i][j]).is != TextValue;
        if (records.size() > 1 && numbers * 10 >= (records.size() - 1) * 9) return true;
    }
    return false;
}

/// Are there as many words in every line, and at least one column of numbers? (Words alone are text with blanks in it.)
bool blanksDelimit(std::string_view text, CsvDialect dialect) {
    csvSetDelimiter(dialect, " ");
    dialect.runs = true;
    const auto records = csvSampleOf(text, dialect);
    const auto found = csvRegularity(records);
    return found.fields >= 2 && found.share >= 0.98 && records.size() >= 2 && holdsNumbers(records, found.fields);
}

/// How regularly a candidate cuts the rows; fields < 2: not at all.
CsvRegularity regularityWith(const std::vector<std::vector<std::string>>& records) {
    auto found = csvRegularity(records);
    if (!records.empty() && records[0].size() == found.fields) found.share += headShare;
    return found;
}

/// A character that no text holds unless it stands between fields.
bool controlDelimits(std::string_view text, CsvDialect& dialect) {
    const auto sample = text.substr(0, csvSampleBytes);
    for (const char control : delimitingControls) {
        if (sample.find(control) == std::string_view::npos) continue;
        csvSetDelimiter(dialect, {&control, 1});
        const auto found = csvRegularity(csvSampleOf(text, dialect));
        if (found.fields >= 2 && found.share >= 0.9) return true;
    }
    return false;
}

/// Two colons between fields: three or more of them in nearly every row, and numbers in a column. Else they may belong to names (std::vector) or addresses (fe80::1).
bool colonsDelimit(const std::vector<std::vector<std::string>>& records, const CsvRegularity& found) {
    return found.fields >= 3 && csvRegularity(records).share >= 0.95 && holdsNumbers(records, found.fields);
}

/// Do bars only come in twos? Then one alone cuts every row alike, too, with an empty field behind each.
bool barsAreDoubled(std::string_view text, CsvDialect dialect) {
    const auto sample = text.substr(0, csvSampleBytes);
    for (std::size_t at = sample.find('|'); at != std::string_view::npos; at = sample.find('|', at)) {
        const std::size_t end = std::min(sample.find_first_not_of('|', at), sample.size());
        if ((end - at) % 2 != 0 && end < sample.size()) return false;
        at = end;
    }
    csvSetDelimiter(dialect, "||");
    const auto found = csvRegularity(csvSampleOf(text, dialect));
    return found.fields >= 2 && found.share >= 0.9;
}

}  // namespace

std::vector<std::vector<std::string>> csvSampleOf(std::string_view text, const CsvDialect& dialect) {
    const auto sample = text.substr(0, csvSampleBytes);
    auto records = csvReadRecords(sample, dialect, sampleRecords).records;
    if (sample.size() < text.size() && records.size() > 1 && records.size() < sampleRecords) records.pop_back();
    return records;
}

CsvRegularity csvRegularity(const std::vector<std::vector<std::string>>& records) {
    std::map<std::size_t, std::size_t> counts;
    for (const auto& record : records) ++counts[record.size()];
    CsvRegularity best;
    for (const auto& [fields, count] : counts) {
        const double share = static_cast<double>(count) / static_cast<double>(records.size());
        if (share >= best.share) best = {fields, share};
    }
    return best;
}

void csvSetDelimiter(CsvDialect& dialect, std::string_view bytes) {
    dialect.runs = false;
    dialect.delimiter = bytes.size() == 1 ? bytes[0] : '\0';
    dialect.wide = bytes.size() == 1 ? std::string_view() : bytes;
}

Result<void> csvSetDelimiterAsTold(CsvDialect& dialect, std::string_view setting) {
    const std::string bytes = setting == "tab" ? "\t" : setting == "blanks" ? " " : withoutEscapes(setting);
    const bool bad = bytes.empty() || bytes.size() > csvLongestDelimiter || bytes.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos;
    if (bad || invalidUtf8At(bytes) != std::string_view::npos)
        return fail("csv.bad_delimiter", {{"delimiter", std::string(setting.substr(0, 100))}, {"limit", std::to_string(csvLongestDelimiter)}});
    csvSetDelimiter(dialect, bytes);
    dialect.runs = setting == "blanks";
    return {};
}

std::string csvDelimiterSetting(const CsvDialect& dialect) {
    if (dialect.runs) return "blanks";
    const auto bytes = dialect.delimiterBytes();
    if (bytes == "\t") return "tab";
    std::string setting;
    const bool isWord = bytes == "auto" || bytes == "tab" || bytes == "blanks";
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        const auto byte = static_cast<unsigned char>(c);
        const bool begins = c == '\\' && i + 1 < bytes.size();
        if (byte < 32 || byte == 127 || (isWord && i == 0) || (byte > 127 && dialect.wide.empty())) setting += characterEscape(c);
        else setting += begins ? "\\\\" : std::string(1, c);
    }
    return setting;
}

void csvFindDelimiter(std::string_view text, CsvDialect& dialect) {
    if (controlDelimits(text, dialect)) return;
    std::string_view best = ",";
    double bestShare = 0;
    for (const std::string_view candidate : {",", "\t", ";", "|", "::"}) {
        if (candidate.size() > 1 && text.substr(0, csvSampleBytes).find(candidate) == std::string_view::npos) continue;
        csvSetDelimiter(dialect, candidate);
        const auto records = csvSampleOf(text, dialect);
        const auto found = regularityWith(records);
        if (found.fields < 2 || found.share <= bestShare + 0.05 || (candidate == "::" && !colonsDelimit(records, found))) continue;
        bestShare = found.share;
        best = candidate;
    }
    if (bestShare < 0.6 && blanksDelimit(text, dialect)) {
        csvSetDelimiter(dialect, " ");
        dialect.runs = true;
        return;
    }
    csvSetDelimiter(dialect, best == "|" && barsAreDoubled(text, dialect) ? "||" : best);
    if (best != ",") return;
    // Rows with two numbers such as 0,25 are cut as regularly by their commas as by their semicolons.
    for (const std::string_view candidate : {";", "\t", "|"}) {
        csvSetDelimiter(dialect, candidate);
        const auto records = csvSampleOf(text, dialect);
        const auto found = regularityWith(records);
        if (found.fields >= 2 && found.share >= bestShare - 0.05 && commasAreDecimal(records)) return;
    }
    csvSetDelimiter(dialect, best);
}

}  // namespace lamina
