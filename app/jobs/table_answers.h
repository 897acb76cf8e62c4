// Answers for a table file, read and written in pieces, whatever its size.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "app/jobs/answer_sheet.h"
#include "app/jobs/output_passes.h"
#include "app/jobs/raw_rows.h"
#include "app/jobs/row_reader.h"
#include "app/jobs/table_columns.h"
#include "app/jobs/work_folder.h"

namespace lamina {

/// One use. What it refers to must outlive it.
class TableAnswers {
public:
    TableAnswers(TrainedModel& model, AnswerSheet& sheet, CsvOutcome& outcome);

    /// Every row with its own texts, in order. The errors of findTableColumns(), of reading and of writing; "job.cancelled".
    Result<void> run(const Path& input, const CancelToken& cancel, const ProgressFunction& progress);

private:
    struct Row {
        std::vector<std::string> cells;
        std::string remark;
        bool refused = false;
    };

    Result<CsvSettings> settingsFor(const CsvSource& source, const CancelToken& cancel);
    Result<void> eachBlock(const CsvSource& source, const CancelToken& cancel, const std::function<Result<void>(const CsvBlock&)>& take);
    Result<void> cleanAll(const CsvSource& source, const CsvSettings& settings, const CancelToken& cancel);
    Result<void> takeRaw(const CsvBlock& block, const Path& folder);
    Result<void> takeBlock(const CsvBlock& block);
    void makeUtf8(std::vector<std::string>& cells) const;
    std::vector<std::string_view> inputTexts(const std::vector<std::string>& cells) const;
    void readCleaned(Row& row, std::span<float> input);
    void remark(Row& row, const Error& what) const;
    void takeRecord(std::vector<std::string> record);
    void readRow(Row& row, std::span<float> input);
    Result<void> answerBatch();

    TrainedModel& m_model;
    AnswerSheet& m_sheet;
    CsvOutcome& m_outcome;
    OutputPasses m_passes;
    std::size_t m_width;
    TableColumns m_table;
    std::optional<RowReader> m_reader;
    // Where the model cleans new rows first: all of them at once, since a step may look at the rows before.
    std::optional<WorkFolder> m_folder;
    std::optional<RawRows> m_raw;
    CleanTable m_clean;
    std::optional<PreparedData> m_prepared;
    std::int64_t m_row = 0;
    std::vector<Row> m_rows;
    std::vector<float> m_inputs;
};

}  // namespace lamina
