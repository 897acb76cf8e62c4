// Answers of a trained model: for one thing at a time, and for whole files written as CSV. Blocks; any thread, one at a time for each model.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/answer_sheet.h"
#include "app/jobs/output_passes.h"
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
    /// A row typed by hand: one text for each of the model's inputs. A row that a step of the recipe removes has no prediction and the reason as a remark.
    /// Where the recipe makes rows out of many it is one that has been made.
    Result<TypedAnswer> typedRow(const std::vector<std::string>& texts);
    /// A picture or another tensor: elementShape elements of elementType. "preparation.tensor_size".
    Result<Prediction> tensor(std::span<const std::byte> bytes);
    /// What it looked at last, where rows are answered as they are typed.
    const RowReader& reader() const { return m_reader; }

private:
    Result<Prediction> answer();
    Result<TypedAnswer> cleanedRow(std::span<const std::string_view> texts);

    TrainedModel& m_model;
    RowReader m_reader;
    OutputPasses m_passes;
    std::vector<float> m_input;
};

/// Settings with which an importer reads what this model can look at: pictures in the size, colours and fit of its training data.
nlohmann::json importSettings(const TrainedModel& model, const ImporterType& importer);

/// Every row of the input comes back, in order, with its columns as they were (as text; pictures are left out), then "prediction", for classes a
/// "probability of …" each (of several outputs "TITLE: prediction" …), and "remark": why the row has no answer, or what was assumed. Of a folder of pictures every file is a row. Table files
/// are read and written in pieces, whatever their size; the output has their delimiter and decimal mark. The output is there whole or not at all.
/// Where the run's recipe makes rows of its own (pivot, group …) the answers stand beside those, with their columns.
/// "predict.same_file", the errors of findTableColumns() and answerPictures(), the importers' errors, "job.cancelled".
Result<CsvOutcome> predictFileToCsv(Project& project, TrainedModel& model, const Path& input, const CsvOutput& output,
                                    const CancelToken& cancel = {}, const ProgressFunction& progress = {});
/// The same for rows of the run's dataset. "jobs.no_row".
Result<CsvOutcome> predictRowsToCsv(Project& project, TrainedModel& model, const std::vector<std::int64_t>& rows, const CsvOutput& output,
                                    const CancelToken& cancel = {});

}  // namespace lamina
