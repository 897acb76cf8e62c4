#include "app/jobs/answer_sheet.h"

#include <algorithm>
#include <charconv>

namespace lamina {
namespace {

/// A network computes with about seven digits: 7.1, where it gave 7.0999999.
double sevenDigits(double value) {
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 7).ptr;
    std::from_chars(text, end, value);
    return value;
}

}  // namespace

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
    for (const ModelOutput& answer : m_answers) {
        const std::string whose = m_answers.size() > 1 ? answer.title + ": " : "";
        head(whose + "prediction");
        for (const auto& name : answer.target.classNames) head(whose + "probability of " + name);
    }
    head("remark");
    return m_writer->endRow();
}

Result<void> AnswerSheet::row(const std::vector<std::string>& cells, const Prediction* prediction, const std::string& remark) {
    for (const auto& cell : cells) m_writer->cell(cell);
    for (std::size_t i = 0; i < m_answers.size(); ++i) this->cells(m_answers[i].target, prediction && i > 0 ? &prediction->more[i - 1] : prediction);
    m_writer->cell(remark);
    count(prediction, remark);
    return m_writer->endRow();
}

void AnswerSheet::cells(const TargetColumn& target, const Prediction* prediction) {
    if (prediction && target.classes) m_writer->cell(prediction->className);
    else if (prediction) m_writer->number(sevenDigits(prediction->value));
    else m_writer->cell({});
    for (std::size_t c = 0; c < target.classNames.size(); ++c) prediction ? m_writer->number(prediction->probabilities[c]) : m_writer->cell({});
}

void AnswerSheet::count(const Prediction* prediction, const std::string& remark) {
    ++m_outcome.rows;
    if (!prediction) ++m_outcome.unanswered;
    else if (!remark.empty()) ++m_outcome.remarked;
}

}  // namespace lamina
