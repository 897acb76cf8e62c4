// The CSV file that answers are written to: the same head and the same columns behind the input's, wherever the rows come from.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/jobs/csv_writer.h"
#include "app/jobs/model_outputs.h"
#include "core/evaluation/prediction.h"

namespace lamina {

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

/// begin(), rows, finish(). Counts into the outcome. What it refers to must outlive it.
class AnswerSheet {
public:
    AnswerSheet(const std::vector<ModelOutput>& answers, const CsvOutput& output, CsvOutcome& outcome)
        : m_answers(answers), m_output(output), m_outcome(outcome) {}

    /// `form`: as the input looks, so that the same program opens both.
    Result<void> begin(const std::vector<std::string>& inputNames, CsvWriter::Form form = {});
    /// `prediction` nullptr: unanswered.
    Result<void> row(const std::vector<std::string>& cells, const Prediction* prediction, const std::string& remark);
    Result<void> finish() { return m_writer->finish(); }
    std::string words(const Error& error) const { return m_output.words ? m_output.words(error) : error.code; }

private:
    void count(const Prediction* prediction, const std::string& remark);

    void cells(const TargetColumn& target, const Prediction* prediction);

    const std::vector<ModelOutput>& m_answers;
    const CsvOutput& m_output;
    CsvOutcome& m_outcome;
    std::unique_ptr<CsvWriter> m_writer;
};

}  // namespace lamina
