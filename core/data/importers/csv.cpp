#include "core/data/importers/csv.h"

#include <algorithm>

#include "core/base/uuid.h"
#include "core/data/importers/csv_reader.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

class MemorySink final : public CsvSink {
public:
    explicit MemorySink(ColumnKind kind) : m_data(kind) {}
    Result<void> append(const ColumnView& block) override {
        m_data.append(block);
        return {};
    }
    Result<void> finish(std::vector<std::string> dictionary) override {
        m_data.setDictionary(std::move(dictionary));
        return {};
    }
    ColumnData take() { return std::move(m_data); }

private:
    ColumnData m_data;
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

Result<CsvTable> parseLaidOut(std::string_view text, const CsvLayout& layout, const CsvSettings& settings, int threads) {
    CsvReadOptions options;
    options.threads = threads;
    LAMINA_TRY(auto read, csvRead(text, layout, settings, options, [](std::size_t, ColumnKind kind) -> Result<std::unique_ptr<CsvSink>> {
        return std::unique_ptr<CsvSink>(new MemorySink(kind));
    }));
    CsvTable table;
    table.names = layout.names;
    table.rows = read.rows;
    table.detected = csvDetected(layout);
    table.issues = std::move(read.issues);
    for (auto& sink : read.sinks) table.columns.push_back(static_cast<MemorySink&>(*sink).take());
    return table;
}

/// How many bytes the column files will need, from the first rows: typed bytes per byte of text.
std::uint64_t expectedBytes(std::string_view text, const CsvTable& sample, std::size_t sampleBytes) {
    std::uint64_t bytes = 0;
    for (const auto& column : sample.columns) {
        const auto view = column.view();
        bytes += view.numbers.size_bytes() + view.integers.size_bytes() + view.booleans.size_bytes() + view.codes.size_bytes() +
                 view.offsets.size_bytes() + view.textBytes.size() + view.missingBits.size_bytes();
    }
    const double ratio = static_cast<double>(bytes) / static_cast<double>(std::max<std::size_t>(sampleBytes, 1));
    return static_cast<std::uint64_t>(ratio * static_cast<double>(text.size()));
}

/// The text up to the end of the first `records` records.
std::string_view beginningOf(std::string_view text, const CsvLayout& layout, std::size_t records) {
    const auto ends = csvReadRecords(text.substr(layout.dataAt), layout.dialect, records).ends;
    return text.substr(0, layout.dataAt + (ends.empty() ? 0 : ends.back()));
}

CsvSettings lenient(CsvSettings settings) {
    settings.ragged = "pad";
    return settings;
}

Result<void> checkSpace(std::string_view text, const CsvLayout& layout, const CsvSettings& settings, const Path& folder) {
    const auto beginning = beginningOf(text, layout, 500);
    const auto sample = parseLaidOut(beginning, layout, lenient(settings), 1);
    if (!sample) return {};
    return checkFreeSpace(folder, expectedBytes(text, *sample, beginning.size() - layout.dataAt));
}

Result<ImportedTable> importText(std::string_view text, const CsvSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto layout, csvLayout(text, settings));
    LAMINA_CHECK(checkSpace(text, layout, settings, folder));
    CsvReadOptions options{job.threads, true, job.progress, job.cancel};
    auto makeSink = [&](std::size_t column, ColumnKind kind) -> Result<std::unique_ptr<CsvSink>> {
        ColumnInfo info;
        info.id = newUuid();
        info.name = layout.names[column];
        info.kind = kind;
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info)));
        return std::unique_ptr<CsvSink>(new FileSink(std::move(writer)));
    };
    LAMINA_TRY(auto read, csvRead(text, layout, settings, options, makeSink));
    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    for (auto& sink : read.sinks) writers.push_back(static_cast<FileSink&>(*sink).take());
    ImportedTable table;
    LAMINA_TRY(table.columns, publishAll(writers));
    table.rows = read.rows;
    table.issues = std::move(read.issues);
    return table;
}

Result<ImportPreview> previewText(std::string_view text, const CsvSettings& settings, std::int64_t rows) {
    LAMINA_TRY(const auto layout, csvLayout(text, settings));
    const auto beginning = beginningOf(text, layout, static_cast<std::size_t>(std::max<std::int64_t>(rows, 1)));
    LAMINA_TRY(const auto table, parseLaidOut(beginning, layout, lenient(settings), 1));
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

Result<ImportedTable> importCsv(const Path& path, const CsvSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto mapped, MappedFile::open(path));
    auto imported = importText(mapped.text(), settings, folder, job);
    if (!imported) return imported.takeError().with("file", path.string());
    return imported;
}

Result<ImportPreview> previewCsv(const Path& path, const CsvSettings& settings, std::int64_t rows) {
    LAMINA_TRY(const auto mapped, MappedFile::open(path));
    auto preview = previewText(mapped.text(), settings, rows);
    if (!preview) return preview.takeError().with("file", path.string());
    return preview;
}

double probeCsv(const Path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return 0;
    const auto mapped = MappedFile::open(path);
    if (!mapped) return 0;
    const auto beginning = mapped->text().substr(0, 4096);
    if (beginning.find('\0') != std::string_view::npos) return 0;
    if (fitsPatterns(path, csv_importer().patterns)) return 0.9;
    const auto layout = csvLayout(beginning, CsvSettings{});
    return layout && layout->names.size() > 1 ? 0.3 : 0;
}

}  // namespace

Result<CsvTable> parseCsvText(std::string_view text, const CsvSettings& settings, int threads) {
    LAMINA_TRY(const auto layout, csvLayout(text, settings));
    return parseLaidOut(text, layout, settings, threads);
}

Result<CsvTable> parseCsv(const Path& path, const CsvSettings& settings, int threads) {
    LAMINA_TRY(const auto mapped, MappedFile::open(path));
    auto table = parseCsvText(mapped.text(), settings, threads);
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
