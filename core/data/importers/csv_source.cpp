#include "core/data/importers/csv_source.h"

#include <algorithm>

#include "core/data/importers/total_words.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

constexpr std::size_t noPosition = std::string_view::npos;
constexpr std::size_t firstBeginning = 4 << 20, longestBeginning = 64 << 20;
/// What is read behind a block's target, so that its last record usually is whole.
constexpr std::size_t recordRoom = 4 << 10;
constexpr std::size_t footerBytes = 64 << 10;
constexpr std::int64_t mostFooterLines = 20;

}  // namespace

Result<std::string_view> CsvFile::read(std::size_t at, std::size_t count, std::string& buffer) const {
    if (buffer.size() < count) buffer.resize(count);
    LAMINA_CHECK(m_file.read(at, std::as_writable_bytes(std::span(buffer.data(), count))));
    return std::string_view(buffer).substr(0, count);
}

Result<void> csvReadBeginning(const CsvSource& source, const CsvSettings& settings, CsvBeginning& out) {
    for (std::size_t count = firstBeginning;; count *= 4) {
        count = std::min(count, source.size());
        out.whole = count == source.size() && source.whole();
        LAMINA_TRY(out.text, source.read(0, count, out.buffer));
        auto layout = csvLayout(out.text, settings);
        // What a cut text shows is only believed where enough follows.
        const bool last = count == source.size() || count >= longestBeginning;
        if (layout && (last || layout->dataAt + csvSampleBytes <= count)) {
            out.layout = std::move(*layout);
            return {};
        }
        if (!layout && last) return layout.takeError();
    }
}

namespace {

/// The first word of the row says so, and a number stands behind it.
bool isTotal(const std::vector<std::string>& record) {
    const auto word = std::find_if(record.begin(), record.end(), [](const auto& field) { return !field.empty(); });
    if (word == record.end() || !isTotalWord(*word)) return false;
    std::string buffer;
    return std::any_of(word, record.end(), [&](const auto& field) { return readDecoratedNumber(field, field.find(',') != std::string::npos, buffer).is != TextValue; });
}

}  // namespace

Result<CsvFooter> csvFooter(const CsvSource& source, const CsvLayout& layout) {
    const std::size_t columns = layout.names.size(), end = source.size(), none = end;
    CsvFooter footer{none, 0};
    if (columns < 3 || layout.keepBelow || !source.whole()) return footer;
    std::string buffer;
    bool total = false, said = false;  // rows of nothing alone are rows of the table
    const std::size_t from = std::max(layout.dataAt, end > footerBytes ? end - footerBytes : 0);
    LAMINA_TRY(const auto text, source.read(from, end - from, buffer));
    const auto& dialect = layout.dialect;
    std::size_t lineEnd = text.size(), table = text.size();
    while (footer.lines <= mostFooterLines) {
        if (lineEnd > 0 && text[lineEnd - 1] == dialect.lineEnd) --lineEnd;
        const std::size_t before = lineEnd == 0 ? noPosition : text.rfind(dialect.lineEnd, lineEnd - 1);
        if (before == noPosition) break;
        const auto line = text.substr(before + 1, lineEnd - before - 1);
        // Half a quoted field is no line of its own.
        if (dialect.quote && std::count(line.begin(), line.end(), dialect.quote) % 2 != 0) break;
        const auto records = csvReadRecords(line, dialect, 1).records;
        const std::size_t fields = records.empty() ? 0 : records[0].size();
        const bool blank = fields > 0 && std::all_of(records[0].begin(), records[0].end(), [](const auto& field) { return field.empty(); });
        if (fields == columns && !blank) {
            const bool sums = isTotal(records[0]);
            if (sums && total) return CsvFooter{none, 0};  // several rows of totals are data of their own
            if (!sums) return said ? CsvFooter{from + table, footer.lines} : CsvFooter{none, 0};
            total = true;
        } else {
            if (fields > 1 && fields * 2 > columns && !blank) break;
            if (fields > 0 && records[0][0].empty() && !blank) break;
        }
        footer.lines += fields > 0;
        said = said || (fields > 0 && !blank);
        lineEnd = before + 1;
        table = lineEnd;
    }
    return CsvFooter{none, 0};
}

Result<void> csvReadBlock(const CsvSource& source, std::size_t from, std::size_t target, const CsvDialect& dialect, CsvBlock& out) {
    out.begin = from;
    for (std::size_t count = target + recordRoom;; count *= 2) {
        count = std::min(count, source.size() - from);
        LAMINA_TRY(const auto text, source.read(from, count, out.buffer));
        const auto cut = csvCut(text, 0, std::min(target, count), dialect);
        const bool last = from + count == source.size() || count > csvRecordLimit + target;
        if (!last && (cut.openQuote != noPosition || cut.end == count)) continue;
        out.end = from + cut.end;
        out.openQuote = cut.openQuote;
        out.text = text.substr(0, cut.end);
        return {};
    }
}

std::int64_t csvLineOf(const CsvSource& source, std::size_t at, char lineEnd) {
    std::string buffer;
    std::int64_t lines = 1;
    at = std::min(at, source.size());
    for (std::size_t done = 0; done < at;) {
        const auto piece = source.read(done, std::min<std::size_t>(at - done, 1 << 20), buffer);
        if (!piece) break;
        lines += std::count(piece->begin(), piece->end(), lineEnd);
        done += piece->size();
    }
    return lines;
}

}  // namespace lamina
