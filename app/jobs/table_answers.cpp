#include "app/jobs/table_answers.h"

#include <algorithm>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "core/data/importers/csv.h"
#include "core/data/importers/csv_encoding.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::size_t blockBytes = 1 << 20;
constexpr std::size_t batchRows = 256;
constexpr std::int64_t rawRowsAtOnce = 1 << 16;

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
    : m_model(model), m_sheet(sheet), m_outcome(outcome), m_passes(model),
      m_width(static_cast<std::size_t>(model.preparation.inputCount())) {}

Result<CsvSettings> TableAnswers::settingsFor(const CsvSource& source, const CancelToken& cancel) {
    std::any settings = csv_importer().defaults;
    LAMINA_CHECK(propertiesFromJson(csv_importer().properties, settingsLike(m_model.dataset, csv_importer()), settings));
    auto chosen = std::any_cast<CsvSettings>(settings);
    LAMINA_TRY(const bool utf8, isUtf8(source, cancel));
    if (!utf8 && chosen.encoding != "latin1" && chosen.encoding != "windows1252") m_outcome.issues.push_back({Severity::Warning, fail("predict.read_as_latin1"), 1});
    chosen.encoding = utf8 ? "utf8" : chosen.encoding == "latin1" ? "latin1" : "windows1252";
    return chosen;
}

Result<void> TableAnswers::run(const Path& input, const CancelToken& cancel, const ProgressFunction& progress) {
    CsvSettings any;
    LAMINA_TRY(const auto opened, csvOpen(input, any, cancel));
    const CsvSource& source = *opened;
    LAMINA_TRY(const auto settings, settingsFor(source, cancel));
    LAMINA_TRY(m_table, findTableColumns(m_model, source, settings));
    const CsvLayout& layout = m_table.layout;
    if (m_table.byPosition)
        m_outcome.issues.push_back(
            {Severity::Note, fail("predict.by_position", {{"first", layout.names.front()}, {"last", layout.names.back()}}), 1});
    auto folders = pictureFolders(m_model.dataset, m_model.project->file());
    folders.insert(folders.begin(), input.parent_path());
    m_reader.emplace(m_model.preparation, settings.missing, layout.decimal, std::move(folders));
    if (m_model.cleansRows()) LAMINA_CHECK(cleanAll(source, settings, cancel));
    LAMINA_CHECK(m_sheet.begin(layout.names, {csvDelimiterText(layout), layout.decimal, false}));
    LAMINA_CHECK(eachBlock(source, cancel, [&](const CsvBlock& block) -> Result<void> {
        LAMINA_CHECK(takeBlock(block));
        if (progress) progress({"predict", static_cast<std::int64_t>(block.end), static_cast<std::int64_t>(source.size()), "bytes"});
        return {};
    }));
    LAMINA_CHECK(answerBatch());
    return source.checkUnchanged();
}

Result<void> TableAnswers::eachBlock(const CsvSource& source, const CancelToken& cancel, const std::function<Result<void>(const CsvBlock&)>& take) {
    const CsvDialect& dialect = m_table.layout.dialect;
    CsvBlock block;
    for (std::size_t at = m_table.layout.dataAt; at < source.size(); at = block.end) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_CHECK(csvReadBlock(source, at, blockBytes, dialect, block));
        if (block.openQuote != std::string_view::npos)
            return csvUnterminated(block.text, block.openQuote, dialect.lineEnd, csvLineOf(source, block.begin, dialect.lineEnd));
        LAMINA_CHECK(take(block));
    }
    return {};
}

Result<void> TableAnswers::cleanAll(const CsvSource& source, const CsvSettings& settings, const CancelToken& cancel) {
    m_folder.emplace(*m_model.project, "predict");
    m_raw.emplace(m_model.recipe, settings.missing, m_table.layout.decimal, dateOrderFromName(settings.dates));
    LAMINA_CHECK(eachBlock(source, cancel, [&](const CsvBlock& block) { return takeRaw(block, m_folder->path()); }));
    LAMINA_TRY(const auto raw, m_raw->finish(m_folder->path()));
    LAMINA_TRY(m_clean, applyFrozen(*m_model.project, m_model.recipe, raw, m_model.run.datasetId, cancel));
    LAMINA_TRY(auto prepared, PreparedData::createForPrediction(m_clean.table, m_model.preparation, PreparedData::Settings{}, cancel));
    m_prepared.emplace(std::move(prepared));
    return {};
}

Result<void> TableAnswers::takeRaw(const CsvBlock& block, const Path& folder) {
    for (auto& cells : csvReadRecords(block.text, m_table.layout.dialect, std::string_view::npos).records) {
        cells.resize(m_table.layout.names.size());
        makeUtf8(cells);
        (void)m_raw->add(inputTexts(cells));
        if (m_raw->rows() == rawRowsAtOnce) LAMINA_CHECK(m_raw->flush(folder));
    }
    return {};
}

Result<void> TableAnswers::takeBlock(const CsvBlock& block) {
    for (auto& record : csvReadRecords(block.text, m_table.layout.dialect, std::string_view::npos).records) {
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
    makeUtf8(row.cells);
    if (found == expected) {
        if (m_prepared) readCleaned(row, input);
        else readRow(row, input);
    } else {
        row.refused = true;
        row.remark = m_sheet.words(fail("predict.row_length", {{"found", std::to_string(found)}, {"expected", std::to_string(expected)}}));
        std::fill(input.begin(), input.end(), 0.0f);
    }
    m_rows.push_back(std::move(row));
    ++m_row;
}

void TableAnswers::makeUtf8(std::vector<std::string>& cells) const {
    if (!m_table.layout.latin1) return;
    for (std::string& cell : cells) cell = csvToUtf8(cell, m_table.layout);
}

std::vector<std::string_view> TableAnswers::inputTexts(const std::vector<std::string>& cells) const {
    std::vector<std::string_view> texts;
    for (const std::size_t column : m_table.ofFeature) texts.push_back(cells[column]);
    return texts;
}

void TableAnswers::remark(Row& row, const Error& what) const {
    if (!row.remark.empty()) row.remark += ' ';
    row.remark += m_sheet.words(what);
}

void TableAnswers::readCleaned(Row& row, std::span<float> input) {
    row.refused = m_clean.isRemoved(m_row);
    if (row.refused) remark(row, removedReason(m_model.recipe.recipe, m_clean, m_row));
    for (const ValueRemark& one : m_raw->check(inputTexts(row.cells))) remark(row, one.what);
    if (!row.refused)
        for (const ValueRemark& one : cleanedRemarks(m_model.preparation, m_clean.table, m_row)) remark(row, one.what);
    m_prepared->writeInput(m_row, input.data());
}

void TableAnswers::readRow(Row& row, std::span<float> input) {
    for (const ValueRemark& one : m_reader->read(inputTexts(row.cells), input)) {
        row.refused |= one.refused;
        remark(row, one.what);
    }
}

Result<void> TableAnswers::answerBatch() {
    if (m_rows.empty()) return {};
    LAMINA_TRY(const auto predictions, m_passes.run(m_inputs, static_cast<std::int64_t>(m_rows.size())));
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        LAMINA_CHECK(m_sheet.row(m_rows[i].cells, m_rows[i].refused ? nullptr : &predictions[i], m_rows[i].remark));
    m_rows.clear();
    m_inputs.clear();
    return {};
}

}  // namespace lamina
