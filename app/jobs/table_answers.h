// Answers for a table file, read and written in pieces, whatever its size.
#pragma once

#include <span>
#include <vector>

#include "app/jobs/answer_sheet.h"
#include "app/jobs/row_reader.h"
#include "app/jobs/table_columns.h"

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
    Result<void> takeBlock(const CsvSource& source, const CsvBlock& block);
    void takeRecord(std::vector<std::string> record);
    void readRow(Row& row, std::span<float> input);
    Result<void> answerBatch();

    TrainedModel& m_model;
    AnswerSheet& m_sheet;
    CsvOutcome& m_outcome;
    ForwardPass m_pass;
    std::size_t m_width;
    TableColumns m_table;
    std::optional<RowReader> m_reader;
    std::vector<Row> m_rows;
    std::vector<float> m_inputs;
};

}  // namespace lamina
