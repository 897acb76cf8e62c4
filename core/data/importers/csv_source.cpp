#include "core/data/importers/csv_source.h"

#include <algorithm>

namespace lamina {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t firstBeginning = 4 << 20, longestBeginning = 64 << 20;
/// What is read behind a block's target, so that its last record usually is whole.
constexpr std::size_t recordRoom = 4 << 10;

}  // namespace

Result<std::string_view> CsvFile::read(std::size_t at, std::size_t count, std::string& buffer) const {
    if (buffer.size() < count) buffer.resize(count);
    LAMINA_CHECK(m_file.read(at, std::as_writable_bytes(std::span(buffer.data(), count))));
    return std::string_view(buffer).substr(0, count);
}

Result<void> csvReadBeginning(const CsvSource& source, const CsvSettings& settings, CsvBeginning& out) {
    for (std::size_t count = firstBeginning;; count *= 4) {
        count = std::min(count, source.size());
        out.whole = count == source.size();
        LAMINA_TRY(out.text, source.read(0, count, out.buffer));
        auto layout = csvLayout(out.text, settings);
        // What a cut text shows is only believed where enough follows.
        const bool last = out.whole || count >= longestBeginning;
        if (layout && (last || layout->dataAt + csvSampleBytes <= count)) {
            out.layout = std::move(*layout);
            return {};
        }
        if (!layout && last) return layout.takeError();
    }
}

Result<void> csvReadBlock(const CsvSource& source, std::size_t from, std::size_t target, const CsvDialect& dialect, CsvBlock& out) {
    out.begin = from;
    for (std::size_t count = target + recordRoom;; count *= 2) {
        count = std::min(count, source.size() - from);
        LAMINA_TRY(const auto text, source.read(from, count, out.buffer));
        const auto cut = csvCut(text, 0, std::min(target, count), dialect);
        const bool last = from + count == source.size() || count > csvRecordLimit + target;
        if (!last && (cut.openQuote != npos || cut.end == count)) continue;
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
