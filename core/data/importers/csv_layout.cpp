#include "core/data/importers/csv_layout.h"

#include <algorithm>
#include <set>

#include "core/data/importers/csv_delimiter.h"
#include "core/data/importers/importer.h"
#include "core/data/type_detection.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

/// The character at the end of the first line: "\r" only where no "\n" follows it.
char findLineEnd(std::string_view text) {
    const auto at = text.find_first_of("\r\n");
    const bool carriage = at != std::string_view::npos && text[at] == '\r' && (at + 1 >= text.size() || text[at + 1] != '\n');
    // A "\r" at the very end of a file that has no other line end is the last line's own.
    return carriage && at + 1 < text.size() ? '\r' : '\n';
}

std::size_t skipLines(std::string_view text, std::size_t at, std::int64_t lines, char lineEnd) {
    for (; lines > 0 && at < text.size(); --lines) at = std::min(text.find(lineEnd, at), text.size() - 1) + 1;
    return at;
}

/// Single quotes only where they enclose most fields and no field begins with a double quote. None where what stands between double quotes
/// is not a field: messages with quotations in them.
char findQuote(std::string_view text, CsvDialect dialect) {
    dialect.quote = 0;
    std::size_t fields = 0, single = 0;
    bool doubles = false;
    const auto records = csvSampleOf(text, dialect);
    for (const auto& record : records) {
        for (const auto& field : record) {
            ++fields;
            doubles = doubles || (!field.empty() && field[0] == '"');
            single += field.size() >= 2 && field.front() == '\'' && field.back() == '\'';
        }
    }
    if (!doubles && single * 2 > fields) return '\'';
    const std::size_t columns = csvRegularity(records).fields;
    dialect.quote = '"';
    auto sample = text.substr(0, csvSampleBytes);
    // The last record may be cut.
    if (sample.size() < text.size()) sample = sample.substr(0, sample.rfind(dialect.lineEnd) + 1);
    const auto signs = csvQuoteSigns(sample, dialect, columns);
    const bool enclosesMost = signs.plain * 5 > signs.fields;
    if (signs.odd <= signs.needed || enclosesMost) return '"';
    CsvBlockFields with, without;
    csvCutFields(sample, dialect, columns, CsvRagged::Skip, with);
    dialect.quote = 0;
    csvCutFields(sample, dialect, columns, CsvRagged::Skip, without);
    return without.ragged <= with.ragged ? '\0' : '"';
}

/// "#" begins comments where the first line begins with it and is not simply a header ("#id,name").
char findComment(std::string_view text, const CsvDialect& dialect) {
    if (text.empty() || text[0] != '#') return 0;
    const auto end = text.find(dialect.lineEnd);
    if (end == std::string_view::npos) return 0;
    if (end + 1 < text.size() && text[end + 1] == '#') return '#';
    auto without = dialect;
    csvFindDelimiter(text, without);
    const auto records = csvReadRecords(text.substr(0, csvSampleBytes), without, 2).records;
    return records.size() == 2 && records[0].size() != records[1].size() ? '#' : 0;
}

struct HeaderVotes {
    int yes = 0, no = 0;
};

/// What column `j` says about the first row being a header.
void vote(const std::vector<std::vector<std::string>>& records, std::size_t j, const MissingWords& missing, HeaderVotes& votes) {
    const std::string& first = records[0][j];
    if (missing.contains(first)) return;
    std::uint8_t rest = NoValue;
    bool repeated = false;
    for (std::size_t i = 1; i < records.size(); ++i) {
        if (j >= records[i].size() || missing.contains(records[i][j])) continue;
        rest |= classOf(records[i][j]);
        repeated = repeated || records[i][j] == first;
    }
    if (rest == NoValue) return;
    const bool firstText = classOf(first) == TextValue, restText = (rest & TextValue) != 0;
    votes.yes += firstText && !restText;
    votes.no += !firstText || (restText && repeated);
}

/// The whole numbers among the fields, where there are two or more and they grow from one to the next by the same step; else none.
std::vector<std::int64_t> evenSteps(const std::vector<std::string>& record) {
    std::vector<std::int64_t> numbers;
    for (const auto& field : record)
        if (const auto number = readNumber(field); number.is == IntegerValue) numbers.push_back(number.integer);
    if (numbers.size() < 2 || numbers[1] == numbers[0]) return {};
    for (std::size_t i = 2; i < numbers.size(); ++i)
        if (numbers[i] - numbers[i - 1] != numbers[1] - numbers[0]) return {};
    return numbers;
}

/// Years, or 0, 1, 2 …, as names of columns: what stands below does not grow so, and no word comes again below itself.
bool namesAreNumbers(const std::vector<std::vector<std::string>>& records) {
    const auto names = evenSteps(records[0]);
    const bool fractions = std::any_of(records[0].begin(), records[0].end(), [](const auto& field) { return readNumber(field).is == NumberValue; });
    if (names.empty() || fractions || records.size() < 2) return false;
    const bool years = std::all_of(names.begin(), names.end(), [](std::int64_t name) { return name >= 1500 && name <= 2200; });
    const bool counted = (names[0] == 0 || names[0] == 1) && names[1] == names[0] + 1;
    if (!(years || counted) || (names.size() < 3 && names.size() == records[0].size())) return false;
    std::size_t alike = 0;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const auto below = evenSteps(records[i]);
        alike += below.size() == names.size() && below[1] - below[0] == names[1] - names[0];
        for (std::size_t j = 0; j < std::min(records[0].size(), records[i].size()); ++j)
            if (!records[0][j].empty() && records[i][j] == records[0][j] && classOf(records[0][j]) == TextValue) return false;
    }
    return alike * 5 <= records.size() - 1;
}

bool findHeader(const std::vector<std::vector<std::string>>& records, const MissingWords& missing) {
    if (namesAreNumbers(records)) return true;
    HeaderVotes votes;
    for (std::size_t j = 0; j < records[0].size(); ++j) vote(records, j, missing, votes);
    if (votes.yes > 0) return true;
    if (votes.no > 0) return false;
    const std::set<std::string> distinct(records[0].begin(), records[0].end());
    return distinct.size() == records[0].size() && distinct.count("") == 0;
}

/// A comma where more numbers are certain to have one than have a point; "1,234" may be a thousand with its separator.
char findDecimal(const std::vector<std::vector<std::string>>& records, char delimiter) {
    if (delimiter == ',') return '.';
    std::size_t commas = 0, points = 0;
    std::string buffer;
    for (const auto& record : records) {
        for (const auto& field : record) {
            const auto comma = field.find(',');
            if (comma == std::string::npos) {
                points += field.find('.') != std::string::npos && readNumber(field).is == NumberValue;
                continue;
            }
            const std::size_t behind = std::min(field.find_first_not_of("0123456789", comma + 1), field.size()) - comma - 1;
            const bool certain = behind != 3 || field.starts_with("0,") || field.starts_with("-0,");
            const auto is = certain ? readDecoratedNumber(field, true, buffer).is : TextValue;
            commas += is == NumberValue || is == UnitNumber || is == GroupedNumber;
        }
    }
    return commas > points ? ',' : '.';
}

/// So that the rows are judged by the numbers they hold.
void writeWithPoints(std::vector<std::vector<std::string>>& records) {
    std::string buffer;
    for (auto& record : records)
        for (auto& field : record)
            if (const auto number = withoutDecimalComma(field, buffer); readNumber(number).is != TextValue) field = std::string(number);
}

std::int64_t wholeNumber(const std::string& text) {
    const auto number = readNumber(text);
    return number.is == IntegerValue ? number.integer : -1;
}

/// Some data sets begin with "rows,features,class names" instead of column names. Told from a header and from a row of data by the number
/// of features, which must fit the other records, and by names that stand above numbers or above nothing.
bool isCountLine(const std::vector<std::vector<std::string>>& records, const MissingWords& missing) {
    const auto& first = records[0];
    if (first.size() < 2 || records.size() < 3) return false;
    const auto below = csvRegularity({records.begin() + 1, records.end()});
    const auto features = wholeNumber(first[1]), columns = static_cast<std::int64_t>(below.fields);
    if (below.share < 0.9 || features < 1 || columns - features < 0 || columns - features > 1) return false;
    if (wholeNumber(first[0]) < static_cast<std::int64_t>(records.size()) - 1) return false;
    for (std::size_t j = 2; j < first.size(); ++j) {
        if (classOf(first[j]) != TextValue) return false;
        HeaderVotes votes;
        if (j < below.fields) vote(records, j, missing, votes);
        if (j < below.fields && votes.yes == 0) return false;
    }
    return first.size() > 2 || first.size() != below.fields;
}

/// Lines above the table that are no part of it: a title, a note, of one field or less than half the others.
std::size_t titleRecords(const std::vector<std::vector<std::string>>& records) {
    constexpr std::size_t most = 20;
    std::size_t first = 0;
    const auto table = csvRegularity(records);
    if (table.fields < 2 || records[0].size() >= table.fields) return 0;
    while (first < std::min(records.size(), most) && records[first].size() < table.fields) {
        const std::size_t fields = records[first++].size();
        if (fields > 1 && fields * 2 > table.fields) return 0;
    }
    if (first + 2 > records.size() || records[first].size() != table.fields) return 0;
    return csvRegularity({records.begin() + static_cast<std::ptrdiff_t>(first), records.end()}).share >= 0.95 ? first : 0;
}

std::size_t filledFields(const std::vector<std::string>& record) {
    const auto last = std::find_if(record.rbegin(), record.rend(), [](const auto& field) { return !field.empty(); });
    return static_cast<std::size_t>(record.rend() - last);
}

/// Where the widest run of `fewest` or more records with equally many fields begins, the longest of these.
std::size_t widestRun(const std::vector<std::vector<std::string>>& records, std::size_t fewest) {
    std::size_t best = 0, fields = 0, length = 0;
    for (std::size_t from = 0, to = 0; from < records.size(); from = to) {
        while (to < records.size() && records[to].size() == records[from].size()) ++to;
        if (to - from < fewest || std::pair(records[from].size(), to - from) <= std::pair(fields, length)) continue;
        best = from, fields = records[from].size(), length = to - from;
    }
    return best;
}

/// Words, all there and no two alike: names of columns, as far as a row tells by itself.
bool couldBeNames(const std::vector<std::string>& record) {
    const std::set<std::string> distinct(record.begin(), record.end());
    return distinct.size() == record.size() && std::all_of(record.begin(), record.end(), [](const auto& field) { return !field.empty() && classOf(field) == TextValue; });
}

/// The same for what devices and spreadsheets write above a table: settings with their values, sentences with commas, titles in a row filled up with
/// delimiters. The names below must be told from them: by the numbers that stand under them, or because nothing above is as wide.
std::size_t noteRecords(const std::vector<std::vector<std::string>>& records, const MissingWords& missing) {
    constexpr std::size_t most = 150, fewestRows = 3;
    std::size_t first = widestRun(records, fewestRows);
    const std::size_t fields = records[first].size();
    while (first < records.size() && records[first].size() == fields && filledFields(records[first]) <= 1) ++first;
    if (fields < 3 || first == 0 || first > most || first + fewestRows > records.size() || records[first].size() != fields) return 0;
    if (!couldBeNames(records[first]) && !isGroupRow(HeadRows(records).subspan(first), missing)) return 0;
    const auto above = [&](auto holds) { return std::all_of(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(first), holds); };
    if (above([](const auto& record) { return filledFields(record) <= 1; })) return first;
    if (first >= 2 && above([&](const auto& record) { return record.size() < fields; })) return first;
    HeaderVotes votes;
    const std::vector<std::vector<std::string>> table(records.begin() + static_cast<std::ptrdiff_t>(first), records.end());
    for (std::size_t j = 0; j < fields; ++j) vote(table, j, missing, votes);
    return votes.yes > 0 ? first : 0;
}

/// Tools that number the rows leave out the name above the numbers; others end every row, but not the header, with a delimiter.
void addName(std::vector<std::string>& names, const std::vector<std::vector<std::string>>& records) {
    const bool lastIsEmpty = std::all_of(records.begin() + 1, records.end(), [](const auto& record) { return record.back().empty(); });
    names.insert(lastIsEmpty ? names.end() : names.begin(), std::string());
}

/// Do all records below the first have one field more than it?
bool oneNameLess(const std::vector<std::vector<std::string>>& records) {
    const std::size_t names = records[0].size();
    if (std::any_of(records[0].begin(), records[0].end(), [](const auto& name) { return classOf(name) != TextValue; })) return false;
    return records.size() > 1 && std::all_of(records.begin() + 1, records.end(), [&](const auto& record) { return record.size() == names + 1; });
}

char characterOf(const std::string& setting) { return setting == "none" ? '\0' : setting[0]; }

std::string settingOf(char c) { return c == 0 ? "none" : std::string(1, c); }

/// The length of a first line "sep=;" as Excel writes and reads it, and the delimiter it names; 0: there is none.
std::size_t separatorLine(std::string_view text, std::string_view& delimiter) {
    if (text.size() < 6 || (text.substr(0, 4) != "sep=" && text.substr(0, 4) != "SEP=") || (text[5] != '\n' && text[5] != '\r')) return 0;
    delimiter = text.substr(4, 1);
    return text.substr(5, 2) == "\r\n" ? 7 : 6;
}

/// `told`: what a line above the table says the delimiter is, or empty.
Result<CsvDialect> dialectOf(std::string_view text, const CsvSettings& settings, char lineEnd, std::string_view told) {
    CsvDialect dialect;
    dialect.lineEnd = lineEnd;
    dialect.trim = settings.trim;
    const bool found = settings.delimiter == "auto";
    if (!found) LAMINA_CHECK(csvSetDelimiterAsTold(dialect, settings.delimiter));
    else if (!told.empty()) csvSetDelimiter(dialect, told);
    const auto holds = [&](char c) { return !found && dialect.delimiterBytes().find(c) != std::string_view::npos; };
    dialect.comment = settings.comment != "auto" ? characterOf(settings.comment) : holds('#') ? '\0' : findComment(text, dialect);
    if (found && told.empty()) csvFindDelimiter(text, dialect);
    dialect.quote = settings.quote == "auto" ? (holds('"') ? '\0' : findQuote(text, dialect)) : characterOf(settings.quote);
    if (dialect.quote == 0 || !holds(dialect.quote)) return dialect;
    if (settings.quote != "auto") return fail("csv.delimiter_holds_quote", {{"delimiter", settings.delimiter}, {"quote", settings.quote}});
    dialect.quote = 0;
    return dialect;
}

/// The delimiter as the bytes of a file in which one byte is one letter.
void writeDelimiterInBytes(CsvDialect& dialect, const CsvLayout& layout) {
    std::string bytes(dialect.delimiterBytes());
    for (int byte = 0x80; byte <= 0xFF; ++byte) {
        const std::string one(1, static_cast<char>(byte)), letter = csvToUtf8(one, layout);
        for (auto at = bytes.find(letter); at != std::string::npos; at = bytes.find(letter, at + 1)) bytes.replace(at, letter.size(), one);
    }
    const bool runs = dialect.runs;
    csvSetDelimiter(dialect, bytes);
    dialect.runs = runs;
}

/// The head that settings ask for, or that the records show; rows == 0: they have none.
TableHead headOf(const std::vector<std::vector<std::string>>& records, const CsvSettings& settings, const MissingWords& missing, bool nameAdded) {
    if (settings.header == "no") return {0, false, false};
    if (settings.header == "2" || settings.header == "3") return tableHeadOf(HeadRows(records).first(std::min<std::size_t>(settings.header == "2" ? 2 : 3, records.size())));
    if (settings.header == "yes" || nameAdded) return {};
    const auto head = findTableHead(records, missing);
    const bool words = std::all_of(records[0].begin(), records[0].end(), [](const auto& name) { return classOf(name) == TextValue; });
    if (head.groups || (head.units && words)) return head;
    if (!findHeader(records, missing)) return {0, false, false};
    return head;
}

}  // namespace

Result<CsvLayout> csvLayout(std::string_view text, const CsvSettings& settings) {
    CsvLayout layout;
    layout.latin1 = settings.encoding == "latin1" || settings.encoding == "windows1252";
    layout.windows = settings.encoding == "windows1252";
    layout.keepBelow = settings.totals;
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        layout.dialect.lineEnd = findLineEnd(text);
        return csvNulByte(text, nul, layout);
    }
    layout.dataAt = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const char lineEnd = findLineEnd(text);
    layout.dataAt = skipLines(text, layout.dataAt, settings.skipRows, lineEnd);
    std::string_view named;
    const std::size_t naming = settings.skipRows == 0 ? separatorLine(text.substr(layout.dataAt), named) : 0;
    layout.dataAt += naming;
    const auto table = text.substr(layout.dataAt);
    const auto letters = layout.latin1 ? csvToUtf8(table.substr(0, csvSampleBytes + 1), layout) : std::string();
    LAMINA_TRY(layout.dialect, dialectOf(layout.latin1 ? std::string_view(letters) : table, settings, lineEnd, named));
    if (layout.latin1) writeDelimiterInBytes(layout.dialect, layout);
    layout.quotesAreLetters = settings.quote == "auto" && layout.dialect.quote == 0;

    layout.skippedLines = settings.skipRows + (naming > 0);
    layout.headerGuessed = settings.header == "auto";
    auto rest = text.substr(layout.dataAt);
    auto records = csvSampleOf(rest, layout.dialect);
    if (records.empty()) return fail("csv.empty");
    if (layout.latin1)
        for (auto& record : records)
            for (auto& field : record) field = csvToUtf8(field, layout);
    layout.decimal = settings.decimal == "auto" ? findDecimal(records, layout.dialect.delimiter) : settings.decimal[0];
    if (layout.decimal == ',') writeWithPoints(records);
    const MissingWords missing(settings.missing);
    std::size_t titles = settings.skipRows == 0 ? titleRecords(records) : 0;
    if (titles == 0 && settings.skipRows == 0 && settings.header != "no") titles = noteRecords(records, missing);
    if (titles > 0 && !(layout.headerGuessed && isCountLine(records, missing))) {
        const std::size_t end = csvReadRecords(rest, layout.dialect, titles).ends.back();
        layout.titleLines = csvLineOf(rest, end, lineEnd) - 1;
        layout.skippedLines += layout.titleLines;
        layout.dataAt += end;
        rest = rest.substr(end);
        records.erase(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(titles));
    }
    layout.countLine = layout.headerGuessed && isCountLine(records, missing);
    if (layout.countLine) {
        const std::size_t end = csvReadRecords(rest, layout.dialect, 1).ends[0];
        layout.skippedLines += csvLineOf(rest, end, lineEnd) - 1;
        layout.dataAt += end;
        rest = rest.substr(end);
        records.erase(records.begin());
    }
    const bool oneRow = layout.headerGuessed || settings.header == "yes";
    layout.nameAdded = oneRow && oneNameLess(records);
    layout.head = headOf(records, settings, missing, layout.nameAdded);

    const std::size_t headRows = std::max<std::size_t>(layout.head.rows, 1);
    auto first = csvReadRecords(rest, layout.dialect, headRows);
    const std::size_t columns = std::max_element(first.records.begin(), first.records.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); })->size();
    if (columns > importMaximumColumns)
        return fail("csv.too_many_columns", {{"found", std::to_string(columns)}, {"limit", std::to_string(importMaximumColumns)}});
    const auto cut = csvCut(rest, 0, first.ends.back(), layout.dialect);
    if (cut.openQuote != std::string_view::npos) return csvUnterminated(text, layout.dataAt + cut.openQuote, lineEnd);
    if (layout.head.rows == 0) {
        layout.names.assign(columns, {});
    } else {
        const auto bad = layout.latin1 ? std::string_view::npos : invalidUtf8At(rest.substr(0, first.ends.back()));
        if (bad != std::string_view::npos) return csvNotUtf8(text, layout.dataAt + bad, layout);
        for (auto& record : first.records)
            for (auto& cell : record) cell = csvToUtf8(cell, layout);
        layout.names = headNames(first.records, layout.head);
        if (layout.nameAdded) addName(layout.names, records);
        if (layout.headerGuessed && layout.head.rows > 1)
            layout.headIssues = headIssues(first.records, layout.head, csvLineOf(text, layout.dataAt + first.ends[first.ends.size() - 2], lineEnd));
        layout.dataAt += first.ends.back();
    }
    layout.renamed = makeNamesDistinct(layout.names);
    nameTheNameless(layout.names);
    return layout;
}

std::string csvDelimiterText(const CsvLayout& layout) { return csvToUtf8(layout.dialect.delimiterBytes(), layout); }

nlohmann::json csvDetected(const CsvLayout& layout) {
    nlohmann::json found{{"delimiter", csvDelimiterSetting(layout.dialect)},
                         {"header", layout.head.rows == 0 ? "no" : layout.head.rows == 1 ? "yes" : std::to_string(layout.head.rows)},
                         {"decimal", std::string(1, layout.decimal)},
                         {"quote", settingOf(layout.dialect.quote)},
                         {"comment", settingOf(layout.dialect.comment)}};
    if (layout.countLine || layout.titleLines > 0) found["skip_rows"] = layout.skippedLines;
    return found;
}

std::vector<Issue> csvLayoutIssues(const CsvLayout& layout) {
    std::vector<Issue> issues;
    if (layout.titleLines > 0) issues.push_back({Severity::Note, fail("csv.title_lines", {{"row", std::to_string(layout.titleLines)}}), layout.titleLines});
    if (layout.nameAdded) issues.push_back({Severity::Note, fail("csv.name_added", {{"columns", std::to_string(layout.names.size())}}), 1});
    if (layout.quotesAreLetters) issues.push_back({Severity::Note, fail("csv.quotes_are_letters"), 1});
    if (layout.countLine) issues.push_back({Severity::Note, fail("csv.count_line", {{"row", std::to_string(layout.skippedLines)}}), 1});
    if (layout.headerGuessed && layout.head.rows == 0)
        issues.push_back({Severity::Note, fail("csv.no_header", {{"first", layout.names.front()}, {"last", layout.names.back()}}), 1});
    issues.insert(issues.end(), layout.headIssues.begin(), layout.headIssues.end());
    for (auto& issue : renamedIssues(layout.renamed)) issues.push_back(std::move(issue));
    return issues;
}

namespace {

/// The first "name=kind" of the list. A comma may be part of a name that the table has.
std::string_view kindEntry(std::string_view list, const std::vector<std::string>& names) {
    std::size_t longest = std::min(list.find(','), list.size());
    for (const auto& name : names)
        if (name.find(',') != std::string::npos && list.starts_with(name) && list.substr(name.size()).starts_with("="))
            longest = std::max(longest, std::min(list.find(',', name.size()), list.size()));
    return list.substr(0, longest);
}

}  // namespace

Result<std::vector<int>> csvAskedKinds(const CsvSettings& settings, const std::vector<std::string>& names) {
    std::vector<int> kinds(names.size(), -1);
    std::string_view left = settings.types;
    while (!left.empty()) {
        const auto entry = kindEntry(left, names);
        left.remove_prefix(std::min(entry.size() + 1, left.size()));
        const auto equals = entry.rfind('=');
        const std::string name(entry.substr(0, equals));
        const auto column = std::find(names.begin(), names.end(), name);
        if (column == names.end()) return fail("csv.no_such_column", {{"column", name}});
        const auto word = equals == std::string_view::npos ? std::string_view() : entry.substr(equals + 1);
        const auto kind = columnKindFromName(word);
        if (!kind || *kind == ColumnKind::Tensor || *kind == ColumnKind::Image) return fail("csv.unknown_kind", {{"column", name}, {"kind", std::string(word)}});
        kinds[static_cast<std::size_t>(column - names.begin())] = static_cast<int>(*kind);
    }
    return kinds;
}

std::string csvToUtf8(std::string_view value, const CsvLayout& layout) {
    std::string utf8;
    if (layout.windows) appendWindows1252(utf8, value);
    else if (layout.latin1) appendLatin1(utf8, value);
    else utf8 = value;
    return utf8;
}

Error csvNulByte(std::string_view text, std::size_t at, const CsvLayout& layout, std::size_t textAt, std::int64_t firstLine) {
    return fail("csv.nul_bytes", {{"row", std::to_string(firstLine - 1 + csvLineOf(text, at, layout.dialect.lineEnd))}, {"position", std::to_string(textAt + at)}});
}

Error csvNotUtf8(std::string_view text, std::size_t at, const CsvLayout& layout, std::size_t textAt, std::int64_t firstLine) {
    const char lineEnd = layout.dialect.lineEnd;
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind(lineEnd, at - 1);
    const std::size_t line = before == std::string_view::npos ? 0 : before + 1;
    // Counted on the physical line: good enough to find the place, whatever the quotes do.
    const auto fields = csvReadRecords(text.substr(line, at - line + 1), layout.dialect, 1).records;
    char byte[8];
    std::snprintf(byte, sizeof byte, "0x%02X", static_cast<unsigned>(static_cast<unsigned char>(text[at])));
    return fail("csv.not_utf8", {{"row", std::to_string(firstLine - 1 + csvLineOf(text, at, lineEnd))},
                                 {"column", std::to_string(fields.empty() ? 1 : fields[0].size())},
                                 {"byte", byte},
                                 {"position", std::to_string(textAt + at)}});
}

Error csvUnterminated(std::string_view text, std::size_t quoteAt, char lineEnd, std::int64_t firstLine) {
    return fail("csv.unterminated_quote", {{"row", std::to_string(firstLine - 1 + csvLineOf(text, quoteAt, lineEnd))}});
}

}  // namespace lamina
