#include "app/jobs/predict_jobs.h"

#include <algorithm>

#include "app/jobs/csv_writer.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/work_folder.h"
#include "core/data/importers/csv_source.h"
#include "core/data/importers/importer.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::size_t blockBytes = 1 << 20;
constexpr std::size_t batchRows = 256;

Result<void> checkOutput(const Path& input, const CsvOutput& output) {
    std::error_code ignored;
    if (!input.empty() && std::filesystem::equivalent(input, output.file, ignored)) return fail("predict.same_file", {{"file", output.file.string()}});
    if (!output.replace && std::filesystem::exists(output.file, ignored)) return fail("jobs.file_exists", {{"file", output.file.string()}});
    return {};
}

/// Writes rows with their answers: the same head and the same columns behind the input's, wherever the rows come from.
class AnswerSheet {
public:
    AnswerSheet(const TargetColumn& target, const CsvOutput& output, CsvOutcome& outcome) : m_target(target), m_output(output), m_outcome(outcome) {}

    Result<void> begin(const std::vector<std::string>& inputNames) {
        LAMINA_TRY(m_writer, CsvWriter::create(m_output.file, m_output.byteOrderMark));
        std::vector<std::string> taken = inputNames;
        const auto head = [&](std::string name) {
            while (std::find(taken.begin(), taken.end(), name) != taken.end()) name += "_";
            m_writer->cell(name);
            taken.push_back(std::move(name));
        };
        for (const auto& name : inputNames) m_writer->cell(name);
        head("prediction");
        for (const auto& name : m_target.classNames) head("probability of " + name);
        head("remark");
        return m_writer->endRow();
    }
    template <class Cells>
    Result<void> row(const Cells& cells, const Prediction* prediction, const std::string& remark) {
        for (const auto& cell : cells) m_writer->cell(cell);
        if (prediction && m_target.classes) m_writer->cell(prediction->className);
        else if (prediction) m_writer->number(prediction->value);
        else m_writer->cell({});
        for (std::size_t c = 0; c < m_target.classNames.size(); ++c) prediction ? m_writer->number(prediction->probabilities[c]) : m_writer->cell({});
        m_writer->cell(remark);
        ++m_outcome.rows;
        if (!prediction) ++m_outcome.unanswered;
        else if (!remark.empty()) ++m_outcome.remarked;
        return m_writer->endRow();
    }
    Result<void> finish() { return m_writer->finish(); }
    std::string words(const Error& error) const { return m_output.words ? m_output.words(error) : error.code; }

private:
    const TargetColumn& m_target;
    const CsvOutput& m_output;
    CsvOutcome& m_outcome;
    std::unique_ptr<CsvWriter> m_writer;
};

/// A table as text, read in pieces, answered in batches.
class CsvAnswers {
public:
    CsvAnswers(TrainedModel& model, AnswerSheet& sheet)
        : m_model(model), m_sheet(sheet), m_reader(model.preparation), m_pass(model.network, *model.parameters, nullptr),
          m_width(static_cast<std::size_t>(model.preparation.inputCount())) {}

    Result<void> run(const Path& input, const CancelToken& cancel, const ProgressFunction& progress) {
        LAMINA_TRY(auto file, SourceFile::open(input));
        const CsvFile source(std::move(file));
        CsvBeginning beginning;
        LAMINA_CHECK(csvReadBeginning(source, CsvSettings{}, beginning));
        m_layout = beginning.layout;
        LAMINA_CHECK(findColumns());
        LAMINA_CHECK(m_sheet.begin(m_layout.names));
        CsvBlock block;
        for (std::size_t at = m_layout.dataAt; at < source.size(); at = block.end) {
            if (cancel.cancelled()) return fail("job.cancelled");
            LAMINA_CHECK(csvReadBlock(source, at, blockBytes, m_layout.dialect, block));
            LAMINA_CHECK(takeBlock(source, block));
            if (progress) progress({"predict", static_cast<std::int64_t>(block.end), static_cast<std::int64_t>(source.size()), "bytes"});
        }
        LAMINA_CHECK(answerBatch());
        return source.checkUnchanged();
    }

private:
    struct Row {
        std::vector<std::string> cells;
        std::string remark;
        bool refused = false;
    };

    Result<void> findColumns() {
        for (const FeatureColumn& feature : m_model.preparation.features) {
            if (feature.kind == FeatureKind::Tensor) return fail("predict.needs_pictures");
            const auto found = std::find(m_layout.names.begin(), m_layout.names.end(), feature.name);
            if (found == m_layout.names.end()) return fail("preparation.no_column", {{"column", feature.name}});
            m_columns.push_back(static_cast<std::size_t>(found - m_layout.names.begin()));
        }
        return {};
    }

    Result<void> takeBlock(const CsvFile& source, const CsvBlock& block) {
        const char lineEnd = m_layout.dialect.lineEnd;
        if (const auto bad = invalidUtf8At(block.text); bad != std::string_view::npos)
            return csvNotUtf8(block.text, bad, m_layout, block.begin, csvLineOf(source, block.begin, lineEnd));
        if (block.openQuote != std::string_view::npos)
            return csvUnterminated(block.text, block.openQuote, lineEnd, csvLineOf(source, block.begin, lineEnd));
        auto records = csvReadRecords(block.text, m_layout.dialect, std::string_view::npos).records;
        for (auto& record : records) {
            takeRecord(std::move(record));
            if (m_rows.size() == batchRows) LAMINA_CHECK(answerBatch());
        }
        return {};
    }

    void takeRecord(std::vector<std::string> record) {
        Row row;
        m_inputs.resize((m_rows.size() + 1) * m_width);
        const std::span<float> input(m_inputs.data() + m_rows.size() * m_width, m_width);
        const std::size_t expected = m_layout.names.size(), found = record.size();
        record.resize(expected);
        row.cells = std::move(record);
        if (found != expected) {
            row.refused = true;
            row.remark = m_sheet.words(fail("predict.row_length", {{"found", std::to_string(found)}, {"expected", std::to_string(expected)}}));
            std::fill(input.begin(), input.end(), 0.0f);
        } else {
            readRow(row, input);
        }
        m_rows.push_back(std::move(row));
    }

    void readRow(Row& row, std::span<float> input) {
        std::vector<std::string_view> texts;
        for (const std::size_t column : m_columns) texts.push_back(row.cells[column]);
        for (const ValueRemark& remark : m_reader.read(texts, input)) {
            row.refused |= remark.refused;
            if (!row.remark.empty()) row.remark += ' ';
            row.remark += m_sheet.words(remark.what);
        }
    }

    Result<void> answerBatch() {
        if (m_rows.empty()) return {};
        const auto count = static_cast<std::int64_t>(m_rows.size());
        LAMINA_TRY(const auto output, m_pass.run(m_inputs, count));
        const std::size_t width = output.size() / m_rows.size();
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            const Prediction prediction = predictionOf(m_model.preparation.target, 0, output.subspan(i * width, width));
            LAMINA_CHECK(m_sheet.row(m_rows[i].cells, m_rows[i].refused ? nullptr : &prediction, m_rows[i].remark));
        }
        m_rows.clear();
        m_inputs.clear();
        return {};
    }

    TrainedModel& m_model;
    AnswerSheet& m_sheet;
    RowReader m_reader;
    ForwardPass m_pass;
    std::size_t m_width;
    CsvLayout m_layout;
    std::vector<std::size_t> m_columns;  ///< of the features, in the file
    std::vector<Row> m_rows;
    std::vector<float> m_inputs;
};

/// Columns that a sheet can show: all but the pictures.
std::vector<std::size_t> textColumns(const Table& table) {
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < table.columnCount(); ++c)
        if (table.info(c).kind != ColumnKind::Tensor) columns.push_back(c);
    return columns;
}

Result<void> writeTable(AnswerSheet& sheet, const Table& table, const std::vector<Prediction>& predictions) {
    const auto columns = textColumns(table);
    std::vector<std::string> cells;
    for (const std::size_t c : columns) cells.push_back(table.info(c).name);
    LAMINA_CHECK(sheet.begin(cells));
    for (const Prediction& prediction : predictions) {
        cells.clear();
        for (const std::size_t c : columns) cells.push_back(table.cellText(prediction.row, c));
        LAMINA_CHECK(sheet.row(cells, &prediction, {}));
    }
    return sheet.finish();
}

/// Any source that an importer reads: pictures, mostly.
Result<void> importedToCsv(const Project& project, TrainedModel& model, const ImporterType& importer, const Path& input, AnswerSheet& sheet,
                           CsvOutcome& outcome, const CancelToken& cancel, const ProgressFunction& progress) {
    const WorkFolder folder(project, "predict");
    LAMINA_TRY(auto imported, importWith(importer, input, importSettings(model, importer), folder.path(), {progress, cancel, 0}));
    for (StoredColumn& column : imported.columns)  // another importer may have another word for the picture
        if (column.info.kind == ColumnKind::Tensor && model.preparation.isImage()) column.info.name = model.preparation.features[0].name;
    LAMINA_TRY(const auto table, Table::open(imported.columns));
    LAMINA_TRY(const auto data, PreparedData::createForPrediction(table, model.preparation, PreparedData::Settings{}, cancel));
    outcome.issues = std::move(imported.issues);
    outcome.issues.insert(outcome.issues.end(), data.issues().begin(), data.issues().end());
    LAMINA_TRY(const auto predictions, predictRows(model.network, *model.parameters, data, data.rows(Part::Test), cancel));
    return writeTable(sheet, table, predictions);
}

}  // namespace

nlohmann::json importSettings(const TrainedModel& model, const ImporterType& importer) {
    nlohmann::json settings = settingsLike(model.dataset, importer);
    const Preparation& preparation = model.preparation;
    if (importer.id != "image_folder" || !settings.empty() || !preparation.isImage() || preparation.features[0].elementShape.size() != 3) return settings;
    const Shape& shape = preparation.features[0].elementShape;
    return {{"width", shape[2]}, {"height", shape[1]}, {"colour", shape[0] == 1 ? "grey" : "rgb"}};
}

Answerer::Answerer(TrainedModel& model)
    : m_model(model), m_reader(model.preparation), m_pass(model.network, *model.parameters, nullptr),
      m_input(static_cast<std::size_t>(model.preparation.inputCount())) {}

Result<Answerer::TypedAnswer> Answerer::typedRow(const std::vector<std::string>& texts) {
    if (texts.size() != m_model.preparation.features.size())
        return fail("preparation.value_count", {{"found", std::to_string(texts.size())}, {"expected", std::to_string(m_model.preparation.features.size())}});
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    TypedAnswer typed;
    typed.remarks = m_reader.read(views, m_input);
    if (std::any_of(typed.remarks.begin(), typed.remarks.end(), [](const ValueRemark& remark) { return remark.refused; })) return typed;
    LAMINA_TRY(typed.prediction, answer());
    return typed;
}

Result<Prediction> Answerer::tensor(std::span<const std::byte> bytes) {
    RawValue value;
    value.tensor = bytes;
    LAMINA_CHECK(m_model.preparation.apply(std::span(&value, 1), m_input));
    return answer();
}

Result<Prediction> Answerer::answer() {
    LAMINA_TRY(const auto output, m_pass.run(m_input, 1));
    return predictionOf(m_model.preparation.target, 0, output);
}

Result<CsvOutcome> predictFileToCsv(const Project& project, TrainedModel& model, const Path& input, const CsvOutput& output, const CancelToken& cancel,
                                    const ProgressFunction& progress) {
    LAMINA_CHECK(checkOutput(input, output));
    LAMINA_TRY(const ImporterType* importer, importerFor(input));
    CsvOutcome outcome;
    outcome.file = output.file;
    AnswerSheet sheet(model.preparation.target, output, outcome);
    if (importer->id != "csv") {
        LAMINA_CHECK(importedToCsv(project, model, *importer, input, sheet, outcome, cancel, progress));
        return outcome;
    }
    if (auto answered = CsvAnswers(model, sheet).run(input, cancel, progress); !answered) return answered.takeError().with("file", input.string());
    LAMINA_CHECK(sheet.finish());
    return outcome;
}

Result<CsvOutcome> predictRowsToCsv(Project& project, TrainedModel& model, const std::vector<std::int64_t>& rows, const CsvOutput& output,
                                    const CancelToken& cancel) {
    LAMINA_CHECK(checkOutput({}, output));
    CsvOutcome outcome;
    outcome.file = output.file;
    AnswerSheet sheet(model.preparation.target, output, outcome);
    LAMINA_TRY(const auto dataset, project.datasets().find(model.run.datasetId));
    LAMINA_TRY(const auto table, openTable(project, dataset));
    LAMINA_TRY(auto answers, predictDatasetRows(project, model, rows, cancel));
    outcome.issues = std::move(answers.issues);
    LAMINA_CHECK(writeTable(sheet, table, answers.predictions));
    return outcome;
}

}  // namespace lamina
