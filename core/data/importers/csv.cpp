#include "core/data/importers/csv.h"

#include <algorithm>
#include <iterator>

#include "core/base/uuid.h"
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
    Result<void> append(const ColumnView& block) override { return m_writer->append(block); }
    Result<void> finish(std::vector<std::string> dictionary) override {
        m_writer->setDictionary(std::move(dictionary));
        return m_writer->seal();
    }
    std::unique_ptr<ColumnFileWriter> take() { return std::move(m_writer); }

private:
    std::unique_ptr<ColumnFileWriter> m_writer;
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

Result<CsvTable> parseSource(const CsvSource& source, const CsvSettings& settings, int threads, const CsvBeginning& beginning) {
    CsvReadOptions options;
    options.threads = threads;
    const std::int64_t rows = expectedRows(source, beginning);
    LAMINA_TRY(auto read, csvRead(source, beginning.layout, settings, options, [&](std::size_t, ColumnKind kind) -> Result<std::unique_ptr<CsvSink>> {
        return std::unique_ptr<CsvSink>(new MemorySink(kind, rows, source.size()));
    }));
    CsvTable table;
    table.names = beginning.layout.names;
    table.rows = read.rows;
    table.detected = csvDetected(beginning.layout);
    table.issues = csvLayoutIssues(beginning.layout);
    table.issues.insert(table.issues.end(), std::make_move_iterator(read.issues.begin()), std::make_move_iterator(read.issues.end()));
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

Result<ImportedTable> importSource(const CsvSource& source, const CsvSettings& settings, const Path& folder, const ImportJob& job) {
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
    LAMINA_TRY(auto read, csvRead(source, layout, settings, options, makeSink));
    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    for (auto& sink : read.sinks) writers.push_back(static_cast<FileSink&>(*sink).take());
    ImportedTable table;
    LAMINA_TRY(table.columns, publishAll(writers));
    table.rows = read.rows;
    table.detected = {{"encoding", settings.encoding}, {"missing", settings.missing}, {"trim", settings.trim}};
    table.issues = csvLayoutIssues(layout);
    table.issues.insert(table.issues.end(), std::make_move_iterator(read.issues.begin()), std::make_move_iterator(read.issues.end()));
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

Result<ImportedTable> importCsv(const Path& path, const CsvSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(auto file, SourceFile::open(path));
    auto imported = importSource(CsvFile(std::move(file)), settings, folder, job);
    if (!imported) return imported.takeError().with("file", path.string());
    nameFile(imported->issues, path);
    return imported;
}

Result<ImportPreview> previewCsv(const Path& path, const CsvSettings& settings, std::int64_t rows, const CancelToken&) {
    LAMINA_TRY(auto file, SourceFile::open(path));
    auto preview = previewSource(CsvFile(std::move(file)), settings, rows);
    if (!preview) return preview.takeError().with("file", path.string());
    nameFile(preview->issues, path);
    return preview;
}

double probeCsv(const Path& path) {
    auto file = SourceFile::open(path);
    if (!file) return 0;
    const CsvFile source(std::move(*file));
    std::string buffer;
    const auto read = source.read(0, std::min<std::size_t>(source.size(), 4096), buffer);
    if (!read) return 0;
    const auto beginning = *read;
    if (beginning.find('\0') != std::string_view::npos) return 0;
    if (fitsPatterns(path, csv_importer().patterns)) return 0.9;
    const auto layout = csvLayout(beginning, CsvSettings{});
    return layout && layout->names.size() > 1 ? 0.3 : 0;
}

}  // namespace

Result<CsvTable> parseCsvText(std::string_view text, const CsvSettings& settings, int threads) {
    return parseSource(CsvText(text), settings, threads);
}

Result<CsvTable> parseCsv(const Path& path, const CsvSettings& settings, int threads) {
    LAMINA_TRY(auto file, SourceFile::open(path));
    auto table = parseSource(CsvFile(std::move(file)), settings, threads);
    if (!table) return table.takeError().with("file", path.string());
    return table;
}

const ImporterType& csv_importer() {
    static const ImporterType type = ImporterDescriptor<CsvSettings, probeCsv, previewCsv, importCsv>{
        .id = "csv",
        .title = "Table as text (CSV)",
        .summary = "Rows of values separated by commas, semicolons, tabs or bars; the kinds of the columns are found by reading the whole file.",
        .patterns = {"*.csv", "*.tsv", "*.tab", "*.data", "*.txt"},
        .properties = csvProperties()};
    return type;
}

}  // namespace lamina
