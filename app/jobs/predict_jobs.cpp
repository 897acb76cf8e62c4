#include "app/jobs/predict_jobs.h"

#include <algorithm>
#include <numeric>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/picture_answers.h"
#include "app/jobs/raw_rows.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/table_answers.h"
#include "app/jobs/work_folder.h"
#include "core/data/importers/csv.h"

namespace lamina {
namespace {

Result<void> checkOutput(const Path& input, const CsvOutput& output) {
    std::error_code ignored;
    if (!input.empty() && std::filesystem::equivalent(input, output.file, ignored)) return fail("predict.same_file", {{"file", output.file.string()}});
    if (!output.replace && std::filesystem::exists(output.file, ignored)) return fail("jobs.file_exists", {{"file", output.file.string()}});
    return {};
}

/// Columns that a sheet can show: all but the pictures.
std::vector<std::size_t> textColumns(const Table& table) {
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < table.columnCount(); ++c)
        if (table.info(c).kind != ColumnKind::Tensor && table.info(c).kind != ColumnKind::Image) columns.push_back(c);
    return columns;
}

/// What a person may want to know of a row that the recipe made; of others it is not known any more.
std::string remarkOf(const AnswerSheet& sheet, const TrainedModel& model, const FilePredictions& answers, std::int64_t row) {
    std::string text;
    if (!model.makesRows()) return text;
    for (const ValueRemark& one : cleanedRemarks(model.preparation, answers.made, row)) text += (text.empty() ? "" : " ") + sheet.words(one.what);
    return text;
}

/// The rows asked for, in their order, with their own texts; those without an answer say why.
Result<void> writeTable(AnswerSheet& sheet, const TrainedModel& model, const Table& table, const std::vector<std::int64_t>& rows, const FilePredictions& answers) {
    const auto columns = textColumns(table);
    std::vector<std::string> cells;
    for (const std::size_t c : columns) cells.push_back(table.info(c).name);
    LAMINA_CHECK(sheet.begin(cells));
    std::size_t answered = 0, unanswered = 0;
    for (const std::int64_t row : rows) {
        cells.clear();
        for (const std::size_t c : columns) cells.push_back(table.cellText(row, c));
        const bool removed = unanswered < answers.unanswered.size() && answers.unanswered[unanswered].row == row;
        LAMINA_CHECK(removed ? sheet.row(cells, nullptr, sheet.words(answers.unanswered[unanswered++].why)) : sheet.row(cells, &answers.predictions[answered++], remarkOf(sheet, model, answers, row)));
    }
    return {};
}

/// Any other source that an importer reads.
Result<void> answerImported(Project& project, TrainedModel& model, const ImporterType& importer, const Path& input, AnswerSheet& sheet,
                           CsvOutcome& outcome, const CancelToken& cancel, const ProgressFunction& progress) {
    const WorkFolder folder(project, "predict");
    LAMINA_TRY(auto imported, importWith(importer, input, importSettings(model, importer), folder.path(), {progress, cancel, 0}));
    for (StoredColumn& column : imported.columns)  // another importer may have another word for the picture
        if ((column.info.kind == ColumnKind::Tensor || column.info.kind == ColumnKind::Image) && model.preparation.isImage()) column.info.name = model.preparation.features[0].name;
    LAMINA_TRY(const auto table, Table::open(imported.columns));
    LAMINA_TRY(auto answers, predictTable(project, model, table, cancel));
    outcome.issues = std::move(imported.issues);
    outcome.issues.insert(outcome.issues.end(), answers.issues.begin(), answers.issues.end());
    const Table& answered = model.makesRows() ? answers.made : table;
    std::vector<std::int64_t> rows(static_cast<std::size_t>(answered.rows()));
    std::iota(rows.begin(), rows.end(), 0);
    return writeTable(sheet, model, answered, rows, answers);
}

}  // namespace

nlohmann::json importSettings(const TrainedModel& model, const ImporterType& importer) {
    nlohmann::json settings = settingsLike(model.dataset, importer);
    const Preparation& preparation = model.preparation;
    if (importer.id != "image_folder" || !settings.empty() || !preparation.isImage() || preparation.features[0].elementShape.size() != 3)
        return settings;
    const Shape& shape = preparation.features[0].elementShape;
    return {{"width", shape[2]}, {"height", shape[1]}, {"colour", shape[0] == 1 ? "grey" : "rgb"}};
}

Answerer::Answerer(TrainedModel& model)
    : m_model(model), m_reader(model.preparation, CsvSettings{}.missing, '.', pictureFolders(model.dataset, model.project->file())), m_passes(model),
      m_input(static_cast<std::size_t>(model.preparation.inputCount())) {}

Result<Answerer::TypedAnswer> Answerer::typedRow(const std::vector<std::string>& texts) {
    if (texts.size() != m_model.inputs.size())
        return fail("preparation.value_count", {{"found", std::to_string(texts.size())}, {"expected", std::to_string(m_model.inputs.size())}});
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    if (m_model.cleansRows() && !m_model.makesRows()) return cleanedRow(views);
    TypedAnswer typed;
    typed.remarks = m_reader.read(views, m_input);
    if (std::any_of(typed.remarks.begin(), typed.remarks.end(), [](const ValueRemark& remark) { return remark.refused; })) return typed;
    LAMINA_TRY(typed.prediction, answer());
    return typed;
}

Result<Answerer::TypedAnswer> Answerer::cleanedRow(std::span<const std::string_view> texts) {
    TypedAnswer typed;
    const auto settings = settingsLike(m_model.dataset, csv_importer());
    RawRows raw(m_model.recipe, CsvSettings{}.missing, '.', dateOrderFromName(settings.value("dates", std::string())));
    typed.remarks = raw.add(texts);
    LAMINA_TRY(const auto source, raw.take());
    LAMINA_TRY(const auto clean, applyFrozen(*m_model.project, m_model.recipe, source, m_model.run.datasetId, {}, 1));
    if (clean.isRemoved(0)) {
        typed.remarks.push_back({0, removedReason(m_model.recipe.recipe, clean, 0), true});
        return typed;
    }
    LAMINA_TRY(const auto prepared, PreparedData::createForPrediction(clean.table, m_model.preparation));
    prepared.writeInput(0, m_input.data());
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
    LAMINA_TRY(auto predictions, m_passes.run(m_input, 1));
    return std::move(predictions.front());
}

Result<CsvOutcome> predictFileToCsv(Project& project, TrainedModel& model, const Path& input, const CsvOutput& output,
                                    const CancelToken& cancel, const ProgressFunction& progress) {
    LAMINA_CHECK(checkOutput(input, output));
    LAMINA_TRY(const ImporterType* importer, importerFor(input));
    CsvOutcome outcome;
    outcome.file = output.file;
    AnswerSheet sheet(model.outputs, output, outcome);
    const auto answered = importer->id == "csv" && !model.makesRows() ? TableAnswers(model, sheet, outcome).run(input, cancel, progress)
                          : importer->id == "image_folder" ? answerPictures(model, input, sheet, cancel, progress)
                                                           : answerImported(project, model, *importer, input, sheet, outcome, cancel, progress);
    if (!answered) return Error(answered.error()).with("file", input.string());
    for (Issue& issue : outcome.issues) issue.what = std::move(issue.what).with("file", input.string());
    LAMINA_CHECK(sheet.finish());
    return outcome;
}

Result<CsvOutcome> predictRowsToCsv(Project& project, TrainedModel& model, const std::vector<std::int64_t>& rows, const CsvOutput& output,
                                    const CancelToken& cancel) {
    LAMINA_CHECK(checkOutput({}, output));
    CsvOutcome outcome;
    outcome.file = output.file;
    AnswerSheet sheet(model.outputs, output, outcome);
    LAMINA_TRY(const auto dataset, project.datasets().find(model.run.datasetId));
    LAMINA_TRY(const auto table, openTable(project, dataset));
    LAMINA_TRY(auto answers, predictDatasetRows(project, model, rows, cancel));
    outcome.issues = std::move(answers.issues);
    LAMINA_CHECK(writeTable(sheet, model, model.makesRows() ? answers.made : table, rows, answers));
    LAMINA_CHECK(sheet.finish());
    return outcome;
}

}  // namespace lamina
