// What the bytes of a text file mean. UTF-8 and encodings of one byte per letter are read as they are (their delimiters and line ends are those
// of ASCII); others are turned into UTF-8 piece by piece while the file is read.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancel.h"
#include "core/data/importers/csv_source.h"

namespace lamina {

/// "utf8", "utf16le", "utf16be", "gb18030", "windows1251" or "windows1252": what the text most likely is. `text` is a piece from the beginning of a file (a byte
/// order mark counts) or from elsewhere; a letter cut at its end does not matter.
std::string csvGuessEncoding(std::string_view text);

/// A file whose settings said "auto" turned out not to be UTF-8: another encoding to read it with, from the bytes around `position`; empty where it is UTF-8 with a
/// damaged place.
std::string csvOtherEncoding(const CsvSource& source, std::size_t position);

/// What people call an encoding of the settings: "Windows-1252".
std::string csvEncodingTitle(std::string_view encoding);

/// Is it read byte by byte?
bool csvReadsBytes(std::string_view encoding);

/// A file as UTF-8, whatever its encoding. Opening reads it once, to know how long its text is. Errors while opening and reading:
/// "csv.wrong_encoding" {encoding, position}, "csv.encoding_unavailable" {encoding}, those of SourceFile, "job.cancelled".
class CsvConverted final : public CsvSource {
public:
    /// `most`: not more than so many bytes of the file (0: all), for a look at its beginning.
    static Result<std::unique_ptr<CsvSource>> open(SourceFile file, const std::string& encoding, std::uint64_t most, const CancelToken& cancel);
    std::size_t size() const override { return static_cast<std::size_t>(m_marks.back().text); }
    bool whole() const override { return m_whole; }
    Result<std::string_view> read(std::size_t at, std::size_t count, std::string& buffer) const override;
    Result<void> checkUnchanged() const override { return m_file.checkUnchanged(); }

private:
    struct Mark {
        std::uint64_t file = 0, text = 0;  ///< the same place, between two letters
    };
    CsvConverted(SourceFile file, std::string encoding) : m_file(std::move(file)), m_encoding(std::move(encoding)) {}
    Result<void> measure(std::uint64_t most, const CancelToken& cancel);
    Result<void> convert(std::uint64_t from, std::uint64_t to, std::string& text) const;

    SourceFile m_file;
    std::string m_encoding;
    std::vector<Mark> m_marks;
    bool m_whole = true;
};

/// A text in memory as UTF-8; the same errors.
Result<std::string> csvConvertText(std::string_view text, const std::string& encoding);

/// Opens a file with the encoding of the settings; "auto" is replaced by what was found.
Result<std::unique_ptr<CsvSource>> csvOpen(const Path& path, CsvSettings& settings, const CancelToken& cancel = {}, std::uint64_t most = 0);

}  // namespace lamina
