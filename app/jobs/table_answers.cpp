#include "app/jobs/table_answers.h"

#include <algorithm>

#include "app/jobs/dataset_jobs.h"
#include "core/data/importers/csv.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::size_t blockBytes = 1 << 20;
constexpr std::size_t batchRows = 256;

/// Is the whole text UTF-8? Letters that a piece cuts are looked at with the next one.
Result<bool> isUtf8(const CsvSource& source, const CancelToken& cancel) {
    constexpr std::size_t longestLetter = 4;
    std::string buffer;
    for (std::size_t at = 0; at < source.size();) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const std::size_t count = std::min(blockBytes, source.size() - at);
        LAMINA_TRY(const auto text, source.read(at, count, buffer));
        const auto bad = invalidUtf8At(text);
        if (bad == std::string_view::npos) at += count;
        else if (bad > 0 && bad + longestLetter > count && at + count < source.size()) at += bad;
        else return false;
    }
    return true;
}

}  // namespace

TableAnswers::TableAnswers(TrainedModel& model, AnswerSheet& sheet, CsvOutcome& outcome)
    : m_model(model), m_sheet(sheet), m_outcome(outcome), m_pass(model.network, *model.parameters, nullptr),
      m_width(static_cast<std::size_t>(model.preparation.inputCount())) {}

Result<CsvSettings> TableAnswers::settingsFor(const CsvSource& source, const CancelToken& cancel) {
    std::any settings = csv_importer().defaults;
    LAMINA_CHECK(propertiesFromJson(csv_importer().properties, settingsLike(m_model.dataset, csv_importer()), settings));
    auto chosen = std::any_cast<CsvSettings>(settings);
    LAMINA_TRY(const bool utf8, isUtf8(source, cancel));
    if (!utf8 && chosen.encoding != "latin1") m_outcome.issues.push_back({Severity::Warning, fail("predict.read_as_latin1"), 1});
    chosen.encoding = utf8 ? "utf8" : "latin1";
    return chosen;
}

Result<void> TableAnswers::run(const Path& input, const CancelToken& cancel, const ProgressFunction& progress) {
    LAMINA_TRY(auto file, SourceFile::open(input));
    const CsvFile source(std::move(file));
    LAMINA_TRY(const auto settings, settingsFor(source, cancel));
    LAMINA_TRY(m_table, findTableColumns(m_model, source, settings));
    const CsvLayout& layout = m_table.layout;
    if (m_table.byPosition)
        m_outcome.issues.push_back(
            {Severity::Note, fail("predict.by_position", {{"first", layout.names.front()}, {"last", layout.names.back()}}), 1});
    m_reader.emplace(m_model.preparation, settings.missing, layout.decimal);
    LAMINA_CHECK(m_sheet.begin(layout.names, {layout.dialect.delimiter, layout.decimal}));
    CsvBlock block;
    for (std::size_t at = layout.dataAt; at < source.size(); at = block.end) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_CHECK(csvReadBlock(source, at, blockBytes, layout.dialect, block));
        LAMINA_CHECK(takeBlock(source, block));
        if (progress) progress({"predict", static_cast<std::int64_t>(block.end), static_cast<std::int64_t>(source.size()), "bytes"});
    }
    LAMINA_CHECK(answerBatch());
    return source.checkUnchanged();
}

Result<void> TableAnswers::takeBlock(const CsvSource& source, const CsvBlock& block) {
    const CsvDialect& dialect = m_table.layout.dialect;
    if (block.openQuote != std::string_view::npos)
        return csvUnterminated(block.text, block.openQuote, dialect.lineEnd, csvLineOf(source, block.begin, dialect.lineEnd));
    for (auto& record : csvReadRecords(block.text, dialect, std::string_view::npos).records) {
        takeRecord(std::move(record));
        if (m_rows.size() == batchRows) LAMINA_CHECK(answerBatch());
    }
    return {};
}

void TableAnswers::takeRecord(std::vector<std::string> record) {
    Row row;
    m_inputs.resize((m_rows.size() + 1) * m_width);
    const std::span<float> input(m_inputs.data() + m_rows.size() * m_width, m_width);
    const std::size_t expected = m_table.layout.names.size(), found = record.size();
    record.resize(expected);
    row.cells = std::move(record);
    if (m_table.layout.latin1) {
        for (std::string& cell : row.cells) {
            std::string text;
            appendLatin1(text, cell);
            cell = std::move(text);
        }
    }
    if (found == expected) {
        readRow(row, input);
    } else {
        row.refused = true;
        row.remark = m_sheet.words(fail("predict.row_length", {{"found", std::to_string(found)}, {"expected", std::to_string(expected)}}));
        std::fill(input.begin(), input.end(), 0.0f);
    }
    m_rows.push_back(std::move(row));
}

void TableAnswers::readRow(Row& row, std::span<float> input) {
    std::vector<std::string_view> texts;
    for (const std::size_t column : m_table.ofFeature) texts.push_back(row.cells[column]);
    for (const ValueRemark& remark : m_reader->read(texts, input)) {
        row.refused |= remark.refused;
        if (!row.remark.empty()) row.remark += ' ';
        row.remark += m_sheet.words(remark.what);
    }
}

Result<void> TableAnswers::answerBatch() {
    if (m_rows.empty()) return {};
    LAMINA_TRY(const auto output, m_pass.run(m_inputs, static_cast<std::int64_t>(m_rows.size())));
    const std::size_t width = output.size() / m_rows.size();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Prediction prediction = predictionOf(m_model.preparation.target, 0, output.subspan(i * width, width));
        LAMINA_CHECK(m_sheet.row(m_rows[i].cells, m_rows[i].refused ? nullptr : &prediction, m_rows[i].remark));
    }
    m_rows.clear();
    m_inputs.clear();
    return {};
}

}  // namespace lamina
