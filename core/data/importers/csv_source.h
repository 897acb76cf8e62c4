// Where a CSV text comes from: from memory, or from a file that is read in pieces.
#pragma once

#include <string>
#include <string_view>

#include "core/data/importers/csv_layout.h"
#include "core/data/source_file.h"

namespace lamina {

class CsvSource {
public:
    virtual ~CsvSource() = default;
    virtual std::size_t size() const = 0;
    /// Does the text end where the source does? (Else it is the beginning of a longer one.)
    virtual bool whole() const { return true; }
    /// `count` bytes from `at`, both within the text. The view is good while the buffer and the source are left alone. Any number of threads.
    virtual Result<std::string_view> read(std::size_t at, std::size_t count, std::string& buffer) const = 0;
    /// After the last read: is the text still the same?
    virtual Result<void> checkUnchanged() const = 0;
};

class CsvText final : public CsvSource {
public:
    explicit CsvText(std::string_view text) : m_text(text) {}
    std::size_t size() const override { return m_text.size(); }
    Result<std::string_view> read(std::size_t at, std::size_t count, std::string&) const override { return m_text.substr(at, count); }
    Result<void> checkUnchanged() const override { return {}; }

private:
    std::string_view m_text;
};

class CsvFile final : public CsvSource {
public:
    explicit CsvFile(SourceFile file) : m_file(std::move(file)) {}
    std::size_t size() const override { return static_cast<std::size_t>(m_file.size()); }
    Result<std::string_view> read(std::size_t at, std::size_t count, std::string& buffer) const override;
    Result<void> checkUnchanged() const override { return m_file.checkUnchanged(); }

private:
    SourceFile m_file;
};

/// The beginning of another source, which must live: a table without the lines below it.
class CsvUpTo final : public CsvSource {
public:
    CsvUpTo(const CsvSource& source, std::size_t end) : m_source(source), m_end(end) {}
    std::size_t size() const override { return m_end; }
    bool whole() const override { return m_source.whole(); }
    Result<std::string_view> read(std::size_t at, std::size_t count, std::string& buffer) const override { return m_source.read(at, count, buffer); }
    Result<void> checkUnchanged() const override { return m_source.checkUnchanged(); }

private:
    const CsvSource& m_source;
    const std::size_t m_end;
};

/// The beginning of a text, long enough to know its layout and to show its first rows.
struct CsvBeginning {
    std::string buffer;
    std::string_view text;
    bool whole = false;  ///< it is all there is
    CsvLayout layout;
};
/// Errors: those of csvLayout() and of reading.
Result<void> csvReadBeginning(const CsvSource& source, const CsvSettings& settings, CsvBeginning& out);

/// Lines below the table (a source, a note): the last ones of the text, of one field or less than half the columns, behind a whole record.
struct CsvFooter {
    std::size_t at = 0;       ///< where the table ends
    std::int64_t lines = 0;   ///< how many there are, blank ones left out
};
Result<CsvFooter> csvFooter(const CsvSource& source, const CsvLayout& layout);

/// Records longer than this are refused.
inline constexpr std::size_t csvRecordLimit = 64 << 20;

/// Whole records one after the other; the memory is reused from block to block.
struct CsvBlock {
    std::size_t number = 0;
    std::size_t begin = 0, end = 0;                       ///< in the whole text
    std::size_t openQuote = std::string_view::npos;       ///< in `text`: a quote that is never closed
    std::string_view text;
    std::string buffer;
};
/// The records from `from` (the beginning of one) to the end of the first that ends `target` bytes behind it or later. A block longer than
/// csvRecordLimit may end anywhere.
Result<void> csvReadBlock(const CsvSource& source, std::size_t from, std::size_t target, const CsvDialect& dialect, CsvBlock& out);

/// How many lines (physical, 1-based) begin at or before `at`, as far as the source can still be read.
std::int64_t csvLineOf(const CsvSource& source, std::size_t at, char lineEnd);

}  // namespace lamina
