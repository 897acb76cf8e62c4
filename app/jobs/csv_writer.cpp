#include "app/jobs/csv_writer.h"

#include <charconv>
#include <cmath>

#include "core/base/uuid.h"

namespace lamina {
namespace {

constexpr std::size_t flushBytes = 1 << 20;

template <class Number>
std::string shortest(Number value) {
    char text[64];
    const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
    return {text, end};
}

}  // namespace

CsvWriter::CsvWriter(Path file, const Form& form) : m_file(std::move(file)), m_temporary(m_file), m_form(form) {
    m_temporary += "." + newUuid().substr(0, 8) + ".part";
}

CsvWriter::~CsvWriter() {
    if (m_finished || !m_output) return;
    m_output.reset();
    (void)files().remove(m_temporary);
}

Result<std::unique_ptr<CsvWriter>> CsvWriter::create(const Path& file, const Form& form) {
    std::unique_ptr<CsvWriter> writer(new CsvWriter(file, form));
    LAMINA_TRY(writer->m_output, files().create(writer->m_temporary));
    if (form.byteOrderMark) writer->m_text = "\xEF\xBB\xBF";
    return writer;
}

void CsvWriter::separate() {
    if (!m_firstCell) m_text += m_form.delimiter;
    m_firstCell = false;
}

void CsvWriter::cell(std::string_view text) {
    separate();
    if (text.find_first_of("\"\r\n") == std::string_view::npos && text.find_first_of(m_form.delimiter) == std::string_view::npos) {
        m_text += text;
        return;
    }
    m_text += '"';
    for (const char c : text) {
        if (c == '"') m_text += '"';
        m_text += c;
    }
    m_text += '"';
}

void CsvWriter::number(double value) { numberText(std::isnan(value) ? std::string() : shortest(value)); }
void CsvWriter::number(float value) { numberText(std::isnan(value) ? std::string() : shortest(value)); }

void CsvWriter::numberText(std::string text) {
    if (const auto point = text.find('.'); point != std::string::npos) text[point] = m_form.decimal;
    cell(text);
}

Result<void> CsvWriter::endRow() {
    m_text += '\n';
    m_firstCell = true;
    return m_text.size() < flushBytes ? Result<void>() : flush();
}

Result<void> CsvWriter::flush() {
    LAMINA_CHECK(m_output->write(m_text.data(), m_text.size()));
    m_text.clear();
    return {};
}

Result<void> CsvWriter::finish() {
    LAMINA_CHECK(flush());
    LAMINA_CHECK(m_output->sync());
    LAMINA_CHECK(m_output->close());
    LAMINA_CHECK(files().rename(m_temporary, m_file));
    m_finished = true;
    return {};
}

}  // namespace lamina
