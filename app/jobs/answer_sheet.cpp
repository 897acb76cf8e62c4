#include "app/jobs/answer_sheet.h"

#include <algorithm>

namespace lamina {

Result<void> AnswerSheet::begin(const std::vector<std::string>& inputNames, CsvWriter::Form form) {
    form.byteOrderMark = m_output.byteOrderMark;
    LAMINA_TRY(m_writer, CsvWriter::create(m_output.file, form));
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

Result<void> AnswerSheet::row(const std::vector<std::string>& cells, const Prediction* prediction, const std::string& remark) {
    for (const auto& cell : cells) m_writer->cell(cell);
    if (prediction && m_target.classes) m_writer->cell(prediction->className);
    else if (prediction) m_writer->number(prediction->value);
    else m_writer->cell({});
    for (std::size_t c = 0; c < m_target.classNames.size(); ++c) prediction ? m_writer->number(prediction->probabilities[c]) : m_writer->cell({});
    m_writer->cell(remark);
    count(prediction, remark);
    return m_writer->endRow();
}

void AnswerSheet::count(const Prediction* prediction, const std::string& remark) {
    ++m_outcome.rows;
    if (!prediction) ++m_outcome.unanswered;
    else if (!remark.empty()) ++m_outcome.remarked;
}

}  // namespace lamina
