// Writes a CSV file (RFC 4180, UTF-8) in pieces: there whole or not at all.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/files.h"

namespace lamina {

class CsvWriter {
public:
    /// How the file looks.
    struct Form {
        std::string delimiter = ",";  ///< one character or several
        char decimal = '.';  ///< of number()
        bool byteOrderMark = false;
    };
    /// Writes beside `file`; nothing is there under its name before finish(). Errors are those of core/base/files.h.
    static Result<std::unique_ptr<CsvWriter>> create(const Path& file, const Form& form);
    /// Unfinished: removes what was written.
    ~CsvWriter();
    CsvWriter(const CsvWriter&) = delete;

    /// Quoted where its text needs it.
    void cell(std::string_view text);
    /// The shortest text that gives the same number, with the form's decimal mark; empty for NaN.
    void number(double value);
    void number(float value);
    Result<void> endRow();
    Result<void> finish();

private:
    CsvWriter(Path file, const Form& form);
    void numberText(std::string text);
    Result<void> flush();
    void separate();

    Path m_file, m_temporary;
    Form m_form;
    std::unique_ptr<OutputFile> m_output;
    std::string m_text;
    bool m_firstCell = true, m_finished = false;
};

}  // namespace lamina
