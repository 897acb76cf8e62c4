// Answers of a trained model: for one thing at a time, and for whole files written as CSV. Blocks; any thread, one at a time for each model.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/row_reader.h"
#include "app/jobs/trained_model.h"
#include "core/data/importers/importer.h"

namespace lamina {

/// Answers one thing at a time, quickly: what is compiled stays. The model must outlive it and stay where it is.
class Answerer {
public:
    explicit Answerer(TrainedModel& model);

    struct TypedAnswer {
        std::optional<Prediction> prediction;  ///< none where a value was refused
        std::vector<ValueRemark> remarks;
    };
    /// A row typed by hand: one text for each feature of the preparation.
    Result<TypedAnswer> typedRow(const std::vector<std::string>& texts);
    /// A picture or another tensor: elementShape elements of elementType. "preparation.tensor_size".
    Result<Prediction> tensor(std::span<const std::byte> bytes);

private:
    Result<Prediction> answer();

    TrainedModel& m_model;
    RowReader m_reader;
    ForwardPass m_pass;
    std::vector<float> m_input;
};

/// Settings with which an importer reads what this model can look at: pictures in the size, colours and fit of its training data.
nlohmann::json importSettings(const TrainedModel& model, const ImporterType& importer);

struct CsvOutput {
    Path file;
    bool replace = false;        ///< "jobs.file_exists" where the file is there and this is false
    bool byteOrderMark = false;  ///< at the beginning, for spreadsheets that otherwise do not see that it is UTF-8
    /// The text of a row's remark; left empty, its code.
    std::function<std::string(const Error&)> words;
};

struct CsvOutcome {
    Path file;
    std::int64_t rows = 0;
    std::int64_t unanswered = 0;  ///< rows without a prediction; their remark says why
    std::int64_t remarked = 0;    ///< answered rows with a remark
    std::vector<Issue> issues;    ///< about the file as a whole
};

/// Every row of the input comes back, in order, with its columns as they were (as text; pictures are left out), then "prediction", for classes a
/// "probability of …" each, and "remark": why the row has no answer, or what was assumed. Table files are read and written in pieces, whatever
/// their size. The output is there whole or not at all. "predict.same_file", "preparation.no_column", the importers' errors, "job.cancelled".
Result<CsvOutcome> predictFileToCsv(const Project& project, TrainedModel& model, const Path& input, const CsvOutput& output,
                                    const CancelToken& cancel = {}, const ProgressFunction& progress = {});
/// The same for rows of the run's dataset. "jobs.no_row".
Result<CsvOutcome> predictRowsToCsv(Project& project, TrainedModel& model, const std::vector<std::int64_t>& rows, const CsvOutput& output,
                                    const CancelToken& cancel = {});

}  // namespace lamina
