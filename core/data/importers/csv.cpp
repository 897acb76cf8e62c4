#include "core/data/importers/csv.h"

#include <algorithm>
#include <iterator>

#include "core/base/uuid.h"
#include "core/data/importers/csv_column_watch.h"
#include "core/data/importers/csv_encoding.h"
#include "core/data/importers/csv_reader.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

class MemorySink final : public CsvSink {
public:
    MemorySink(ColumnKind kind, std::int64_t rows, std::size_t bytes) : m_data(kind), m_expected(rows), m_mostBytes(bytes) {}
    Result<void> append(const ColumnView& block) override {
        if (m_data.rows() == 0) reserve(block);
        m_data.append(block);
        return {};
    }
    Result<void> finish(std::vector<std::string> dictionary) override {
        m_data.setDictionary(std::move(dictionary));
        return {};
    }
    ColumnData take() { return std::move(m_data); }

private:
    void reserve(const ColumnView& first) {
        const double perRow = static_cast<double>(first.textBytes.size()) / static_cast<double>(std::max<std::int64_t>(first.rows, 1));
        m_data.reserve(m_expected, std::min(static_cast<std::size_t>(perRow * static_cast<double>(m_expected)), m_mostBytes));
    }

    ColumnData m_data;
    const std::int64_t m_expected;
    const std::size_t m_mostBytes;
};

class FileSink final : public CsvSink {
public:
    explicit FileSink(std::unique_ptr<ColumnFileWriter> writer) : m_writer(std::move(writer)) {}
    Result<void> append(const ColumnView& block) override {
        m_watch.add(block);
        return m_writer->append(block);
    }
    Result<void> finish(std::vector<std::string> dictionary) override {
        m_watch.addWords(dictionary);
        m_writer->setDictionary(std::move(dictionary));
        return m_writer->seal();
    }
    std::unique_ptr<ColumnFileWriter> take() { return std::move(m_writer); }
    const CsvColumnWatch& watch() const { return m_watch; }

private:
    std::unique_ptr<ColumnFileWriter> m_writer;
    CsvColumnWatch m_watch;
};

/// How many rows the text has, from those at its beginning; a little more, so that memory reserved for them suffices.
std::int64_t expectedRows(const CsvSource& source, const CsvBeginning& beginning) {
    const auto ends = csvReadRecords(beginning.text.substr(beginning.layout.dataAt), beginning.layout.dialect, 1000).ends;
    if (ends.empty()) return 0;
    const double perByte = static_cast<double>(ends.size()) / static_cast<double>(ends.back());
    const auto rows = static_cast<std::size_t>(1.05 * perByte * static_cast<double>(source.size()));
    // A row that is not filled up has a byte for each of its columns.
    return static_cast<std::int64_t>(std::min(rows, source.size() / beginning.layout.names.size())) + 16;
}

/// A table's own part of a source: without the lines below it, which become an issue.
Result<std::size_t> endOfTable(const CsvSource& source, const CsvLayout& layout, const CsvSettings& settings, std::vector<Issue>& issues) {
    if (settings.ragged != "error") return source.size();
    LAMINA_TRY(const auto footer, csvFooter(source, layout));
    if (footer.lines > 0)
        issues.push_back({Severity::Note, fail("csv.footer_lines", {{"row", std::to_string(csvLineOf(source, footer.at, layout.dialect.lineEnd))}}), footer.lines});
    return footer.at;
}

nlohmann::json detectedOf(const CsvLayout& layout, const CsvSettings& settings) {
    auto detected = csvDetected(layout);
    detected["encoding"] = settings.encoding;
    return detected;
}

void addIssues(std::vector<Issue>& issues, std::vector<Issue> more) {
    issues.insert(issues.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Result<CsvTable> parseSource(const CsvSource& source, const CsvSettings& settings, int threads, const CsvBeginning& beginning) {
    CsvReadOptions options;
    options.threads = threads;
    CsvTable table;
    table.issues = csvLayoutIssues(beginning.layout);
    LAMINA_TRY(const std::size_t end, endOfTable(source, beginning.layout, settings, table.issues));
    const CsvUpTo whole(source, end);
    const std::int64_t rows = expectedRows(whole, beginning);
    LAMINA_TRY(auto read, csvRead(whole, beginning.layout, settings, options, [&](std::size_t, ColumnKind kind) -> Result<std::unique_ptr<CsvSink>> {
        return std::unique_ptr<CsvSink>(new MemorySink(kind, rows, source.size()));
    }));
    table.names = beginning.layout.names;
    table.rows = read.rows;
    table.detected = detectedOf(beginning.layout, settings);
    addIssues(table.issues, std::move(read.issues));
    for (auto& sink : read.sinks) table.columns.push_back(static_cast<MemorySink&>(*sink).take());
    return table;
}

Result<CsvTable> parseSource(const CsvSource& source, const CsvSettings& settings, int threads) {
    CsvBeginning beginning;
    LAMINA_CHECK(csvReadBeginning(source, settings, beginning));
    return parseSource(source, settings, threads, beginning);
}

/// The first `records` whole records as a table; rows of another length are filled or cut.
Result<CsvTable> parseBeginning(const CsvBeginning& beginning, CsvSettings settings, std::size_t records, std::size_t& bytes) {
    settings.ragged = "pad";
    auto ends = csvReadRecords(beginning.text.substr(beginning.layout.dataAt), beginning.layout.dialect, records).ends;
    const bool cut = !beginning.whole && ends.size() > 1 && ends.size() < records;
    if (cut) ends.pop_back();
    bytes = ends.empty() ? 0 : ends.back();
    return parseSource(CsvText(beginning.text.substr(0, beginning.layout.dataAt + bytes)), settings, 1, beginning);
}

/// How many bytes the column files will need, from the first rows: typed bytes per byte of text.
std::uint64_t expectedBytes(std::size_t textBytes, const CsvTable& sample, std::size_t sampleBytes) {
    std::uint64_t bytes = 0;
    for (const auto& column : sample.columns) {
        const auto view = column.view();
        bytes += view.numbers.size_bytes() + view.integers.size_bytes() + view.booleans.size_bytes() + view.codes.size_bytes() +
                 view.offsets.size_bytes() + view.textBytes.size() + view.missingBits.size_bytes();
    }
    const double ratio = static_cast<double>(bytes) / static_cast<double>(std::max<std::size_t>(sampleBytes, 1));
    return static_cast<std::uint64_t>(ratio * static_cast<double>(textBytes));
}

Result<void> checkSpace(const CsvSource& source, const CsvBeginning& beginning, const CsvSettings& settings, const Path& folder) {
    std::size_t sampleBytes = 0;
    const auto sample = parseBeginning(beginning, settings, 500, sampleBytes);
    if (!sample) return {};
    return checkFreeSpace(folder, expectedBytes(source.size(), *sample, sampleBytes));
}

/// The order that other files of this form have: the one asked for, or the one that all dates which told it had.
std::string orderOfDates(const std::vector<ColumnReading>& readings, const CsvSettings& settings) {
    bool dayFirst = false, monthFirst = false;
    for (const auto& reading : readings) {
        dayFirst = dayFirst || (reading.kind == ColumnKind::Time && reading.dates == DateOrder::DayFirst);
        monthFirst = monthFirst || (reading.kind == ColumnKind::Time && reading.dates == DateOrder::MonthFirst);
    }
    if (settings.dates != "auto" || dayFirst == monthFirst) return settings.dates;
    return dayFirst ? "day-first" : "month-first";
}

/// Choices that the file's beginning would not have led to: another file of its form is read so, too.
void keepChoices(const CsvBeginning& beginning, const CsvSettings& settings, nlohmann::json& detected) {
    if (settings.delimiter == "auto" && settings.header == "auto") return;
    CsvSettings open = settings;
    open.delimiter = open.header = "auto";
    const auto alone = csvLayout(beginning.text, open);
    const auto found = alone ? csvDetected(*alone) : nlohmann::json::object(), used = csvDetected(beginning.layout);
    for (const auto& [id, chosen] : {std::pair("delimiter", settings.delimiter), std::pair("header", settings.header)})
        if (chosen != "auto" && (!found.contains(id) || found[id] != used[id])) detected[id] = chosen;
}

Result<ImportedTable> importSource(const Path& path, const CsvSource& source, const CsvSettings& settings, const Path& folder, const ImportJob& job) {
    CsvBeginning beginning;
    LAMINA_CHECK(csvReadBeginning(source, settings, beginning));
    LAMINA_CHECK(checkSpace(source, beginning, settings, folder));
    const auto& layout = beginning.layout;
    CsvReadOptions options{job.threads, job.progress, job.cancel};
    auto makeSink = [&](std::size_t column, ColumnKind kind) -> Result<std::unique_ptr<CsvSink>> {
        ColumnInfo info;
        info.id = newUuid();
        info.name = layout.names[column];
        info.kind = kind;
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info)));
        return std::unique_ptr<CsvSink>(new FileSink(std::move(writer)));
    };
    ImportedTable table;
    table.issues = csvLayoutIssues(layout);
    LAMINA_TRY(const std::size_t end, endOfTable(source, layout, settings, table.issues));
    LAMINA_TRY(auto read, csvRead(CsvUpTo(source, end), layout, settings, options, makeSink));
    addIssues(table.issues, std::move(read.issues));
    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    std::vector<bool> identifiers;
    for (auto& sink : read.sinks) {
        auto& file = static_cast<FileSink&>(*sink);
        const std::size_t column = writers.size();
        identifiers.push_back(file.watch().isIdentifier(layout.names[column], layout.head.rows > 0 && column == 0));
        if (identifiers.back()) table.issues.push_back({Severity::Note, fail("csv.identifier", {{"column", layout.names[column]}}), 1});
        if (file.watch().holdsPictures(path.parent_path())) table.issues.push_back({Severity::Note, fail("csv.image_paths", {{"column", layout.names[column]}}), 1});
        if (const auto words = file.watch().wordsAmongNumbers(); !words.empty())
            table.issues.push_back({Severity::Note, fail("csv.words_among_numbers", {{"column", layout.names[column]}, {"words", words}}), 1});
        writers.push_back(file.take());
    }
    LAMINA_TRY(table.columns, publishAll(writers));
    for (std::size_t i = 0; i < identifiers.size(); ++i)
        if (identifiers[i]) table.columns[i].info.role = "ignore";
    table.rows = read.rows;
    table.detected = {{"encoding", settings.encoding}, {"missing", settings.missing}, {"trim", settings.trim}, {"dates", orderOfDates(read.readings, settings)}};
    keepChoices(beginning, settings, table.detected);
    return table;
}

Result<ImportPreview> previewSource(const CsvSource& source, const CsvSettings& settings, std::int64_t rows) {
    CsvBeginning beginning;
    LAMINA_CHECK(csvReadBeginning(source, settings, beginning));
    std::size_t bytes = 0;
    LAMINA_TRY(const auto table, parseBeginning(beginning, settings, static_cast<std::size_t>(std::max<std::int64_t>(rows, 1)), bytes));
    ImportPreview preview;
    preview.detected = table.detected;
    preview.issues = table.issues;
    for (std::size_t i = 0; i < table.columns.size(); ++i) preview.columns.push_back(table.columns[i].info({}, table.names[i]));
    for (std::int64_t row = 0; row < std::min(rows, table.rows); ++row) {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < table.columns.size(); ++i) cells.push_back(displayText(table.columns[i].view(), preview.columns[i], row));
        preview.rows.push_back(std::move(cells));
    }
    return preview;
}

void nameFile(std::vector<Issue>& issues, const Path& path) {
    for (auto& issue : issues) issue.what = std::move(issue.what).with("file", path.string());
}

/// Work on a file whose encoding and quotes may only be known when all of it has been read: where that shows that what its beginning
/// suggested is wrong, the work is done once more. work(source, settings)
template <class Work> auto withFile(const Path& path, CsvSettings settings, const CancelToken& cancel, std::uint64_t most, Work work) -> decltype(work(std::declval<const CsvSource&>(), settings)) {
    const bool anyEncoding = settings.encoding == "auto", anyQuote = settings.quote == "auto";
    LAMINA_TRY(auto source, csvOpen(path, settings, cancel, most));
    auto done = work(*source, settings);
    if (!done && anyEncoding && done.error().code == "csv.not_utf8") {
        const auto other = csvOtherEncoding(*source, static_cast<std::size_t>(std::stoull("0" + done.error().argument("position"))));
        if (!other.empty()) {
            settings.encoding = other;
            LAMINA_TRY(source, csvOpen(path, settings, cancel, most));
            done = work(*source, settings);
        }
    }
    if (!done && anyQuote && done.error().code == "csv.unterminated_quote") {
        settings.quote = "none";
        if (auto again = work(*source, settings)) {
            again->issues.push_back({Severity::Note, fail("csv.quotes_are_letters"), 1});
            done = std::move(again);
        }
    }
    if (!done) return done.takeError().with("file", path.string());
    if (anyEncoding && settings.encoding != "utf8") done->issues.push_back({Severity::Note, fail("csv.encoding_found", {{"encoding", csvEncodingTitle(settings.encoding)}}), 1});
    nameFile(done->issues, path);
    return done;
}

Result<ImportedTable> importCsv(const Path& path, const CsvSettings& settings, const Path& folder, const ImportJob& job) {
    return withFile(path, settings, job.cancel, 0,
                    [&](const CsvSource& source, const CsvSettings& found) { return importSource(path, source, found, folder, job); });
}

Result<ImportPreview> previewCsv(const Path& path, const CsvSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    constexpr std::uint64_t mostBytes = 16 << 20;
    return withFile(path, settings, cancel, mostBytes,
                    [&](const CsvSource& source, const CsvSettings& found) { return previewSource(source, found, rows); });
}

double probeCsv(const Path& path) {
    auto file = SourceFile::open(path);
    if (!file) return 0;
    const CsvFile source(std::move(*file));
    std::string buffer;
    const auto read = source.read(0, std::min<std::size_t>(source.size(), 4096), buffer);
    if (!read) return 0;
    const auto beginning = *read;
    const auto encoding = csvGuessEncoding(beginning);
    const bool wide = encoding.starts_with("utf16");
    if (!wide && beginning.find('\0') != std::string_view::npos) return 0;
    if (fitsPatterns(path, csv_importer().patterns)) return 0.9;
    if (wide) return 0;
    CsvSettings settings;
    settings.encoding = encoding;
    const auto layout = csvLayout(beginning, settings);
    return layout && layout->names.size() > 1 ? 0.3 : 0;
}

}  // namespace

Result<CsvTable> parseCsvText(std::string_view text, const CsvSettings& settings, int threads) {
    auto chosen = settings;
    if (chosen.encoding == "auto") chosen.encoding = csvGuessEncoding(text.substr(0, csvSampleBytes));
    if (csvReadsBytes(chosen.encoding)) return parseSource(CsvText(text), chosen, threads);
    LAMINA_TRY(const auto utf8, csvConvertText(text, chosen.encoding));
    return parseSource(CsvText(utf8), chosen, threads);
}

Result<CsvTable> parseCsv(const Path& path, const CsvSettings& settings, int threads) {
    return withFile(path, settings, {}, 0, [&](const CsvSource& source, const CsvSettings& found) { return parseSource(source, found, threads); });
}

const ImporterType& csv_importer() {
    static const ImporterType type = ImporterDescriptor<CsvSettings, probeCsv, previewCsv, importCsv>{
        .id = "csv",
        .title = "Table as text (CSV)",
        .summary = "Rows of values separated by commas, semicolons, tabs, bars or blanks; the kinds of the columns are found by reading the whole file.",
        .patterns = {"*.csv", "*.tsv", "*.tab", "*.data", "*.txt"},
        .properties = csvProperties()};
    return type;
}

}  // namespace lamina
