#include "core/data/importers/csv_encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::size_t guessBytes = 4 << 20;
/// Bytes of the file between two marks: what is converted to reach a place.
constexpr std::size_t markBytes = 64 << 10;
constexpr std::size_t longestLetter = 8;

const char* iconvName(std::string_view encoding) {
    if (encoding == "utf16le") return "UTF-16LE";
    if (encoding == "utf16be") return "UTF-16BE";
    if (encoding == "gb18030") return "GB18030";
    if (encoding == "big5") return "BIG5-HKSCS";
    if (encoding == "shift_jis") return "CP932";
    if (encoding == "euc_kr") return "CP949";
    return "CP1251";
}

class LetterConverter {
public:
    explicit LetterConverter(std::string_view encoding) : m_handle(iconv_open("UTF-8", iconvName(encoding))) {}
    ~LetterConverter() {
        if (works()) iconv_close(m_handle);
    }
    LetterConverter(const LetterConverter&) = delete;
    LetterConverter& operator=(const LetterConverter&) = delete;
    bool works() const { return m_handle != reinterpret_cast<iconv_t>(-1); }

    /// Appends all whole letters; gives how many bytes they were. `damaged`: the next ones are none.
    std::size_t append(std::string_view bytes, std::string& text, bool& damaged) {
        const std::size_t before = text.size();
        text.resize(before + 3 * bytes.size() + 16);
        char* from = const_cast<char*>(bytes.data());
        char* to = text.data() + before;
        std::size_t left = bytes.size(), room = text.size() - before;
        damaged = iconv(m_handle, &from, &left, &to, &room) == static_cast<std::size_t>(-1) && errno == EILSEQ;
        text.resize(text.size() - room);
        return bytes.size() - left;
    }

private:
    iconv_t m_handle;
};

std::size_t zerosAt(std::string_view text, std::size_t first) {
    std::size_t zeros = 0;
    for (std::size_t i = first; i < text.size(); i += 2) zeros += text[i] == '\0';
    return zeros;
}

/// UTF-16 without a byte order mark: every other byte of ASCII letters is zero.
std::string guessWide(std::string_view text) {
    const std::size_t half = text.size() / 2, even = zerosAt(text, 0), odd = zerosAt(text, 1);
    if (half >= 4 && odd * 10 > half * 3 && even * 20 < half) return "utf16le";
    if (half >= 4 && even * 10 > half * 3 && odd * 20 < half) return "utf16be";
    return {};
}

/// Whole words of letters from the last eighth of the code page, where Windows-1251 has its small Cyrillic letters.
bool looksCyrillic(std::string_view text) {
    std::size_t high = 0, small = 0, runs = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) continue;
        ++high;
        small += byte >= 0xE0;
        runs += i == 0 || static_cast<unsigned char>(text[i - 1]) < 0x80;
    }
    return high >= 8 && small * 10 > high * 6 && high * 2 > runs * 5;
}

/// Letters above ASCII come in pairs of bytes in Chinese and mostly alone in Western text.
bool looksChinese(std::string_view text) {
    std::size_t pairs = 0, single = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]), next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        if (byte < 0x80) continue;
        if (i + 1 == text.size()) break;
        const bool pair = byte >= 0x81 && byte <= 0xFE && next >= 0xA1 && next <= 0xFE;
        pairs += pair;
        single += !pair;
        i += pair;
    }
    if (pairs < 2 || single * 5 > pairs) return false;
    LetterConverter converter("gb18030");
    bool damaged = false;
    std::string unused;
    if (converter.works()) converter.append(text, unused, damaged);
    return converter.works() && !damaged;
}

bool isCutLetter(std::string_view text, std::size_t at) { return at + 4 > text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0xC0; }

/// How many letters of two bytes and more are well-formed UTF-8.
std::size_t longLetters(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const std::size_t good = std::min(invalidUtf8At(text), text.size());
        for (std::size_t i = 0; i < good; ++i) count += (static_cast<unsigned char>(text[i]) & 0xC0) == 0xC0;
        text.remove_prefix(std::min(good + 1, text.size()));
    }
    return count;
}

/// UTF-8 with damaged letters among good ones. Pairs of bytes that happen to be a letter come up in other encodings, but for few of their bytes.
bool looksLikeDamagedUtf8(std::string_view text) {
    const auto high = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
    const std::size_t letters = longLetters(text);
    return letters >= 8 && letters * 5 >= high;
}

}  // namespace

std::string csvGuessEncoding(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) return "utf8";
    if (text.starts_with("\xFF\xFE")) return "utf16le";
    if (text.starts_with("\xFE\xFF")) return "utf16be";
    if (const auto wide = guessWide(text.substr(0, 4096)); !wide.empty()) return wide;
    const auto bad = isAscii(text) ? std::string_view::npos : invalidUtf8At(text);
    if (bad == std::string_view::npos || isCutLetter(text, bad)) return "utf8";
    if (looksLikeDamagedUtf8(text)) return "utf8";
    return looksCyrillic(text) ? "windows1251" : looksChinese(text) ? "gb18030" : "windows1252";
}

std::string csvOtherEncoding(const CsvSource& source, std::size_t position) {
    std::string buffer;
    const auto beginning = source.read(0, std::min(guessBytes, source.size()), buffer);
    if (!beginning || longLetters(*beginning) > 0) return {};
    std::string near;
    const std::size_t from = std::min(position, source.size());
    const auto around = source.read(from, std::min<std::size_t>(1 << 20, source.size() - from), near);
    if (!around) return {};
    const auto found = csvGuessEncoding(*around);
    return found == "utf8" ? std::string() : found;
}

std::string csvEncodingTitle(std::string_view encoding) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 10> titles{{{"utf8", "UTF-8"},
                                                                                     {"latin1", "Latin-1"},
                                                                                     {"windows1252", "Windows-1252"},
                                                                                     {"windows1251", "Windows-1251"},
                                                                                     {"utf16le", "UTF-16 (LE)"},
                                                                                     {"utf16be", "UTF-16 (BE)"},
                                                                                     {"gb18030", "GB 18030"},
                                                                                     {"big5", "Big5"},
                                                                                     {"shift_jis", "Shift-JIS"},
                                                                                     {"euc_kr", "EUC-KR"}}};
    for (const auto& [id, title] : titles)
        if (id == encoding) return title;
    return std::string(encoding);
}

bool csvReadsBytes(std::string_view encoding) { return encoding == "utf8" || encoding == "latin1" || encoding == "windows1252" || encoding == "auto"; }

Result<std::unique_ptr<CsvSource>> CsvConverted::open(SourceFile file, const std::string& encoding, std::uint64_t most, const CancelToken& cancel) {
    std::unique_ptr<CsvConverted> source(new CsvConverted(std::move(file), encoding));
    LAMINA_CHECK(source->measure(most, cancel));
    return std::unique_ptr<CsvSource>(std::move(source));
}

Result<void> CsvConverted::measure(std::uint64_t most, const CancelToken& cancel) {
    LetterConverter converter(m_encoding);
    if (!converter.works()) return fail("csv.encoding_unavailable", {{"encoding", csvEncodingTitle(m_encoding)}});
    const std::uint64_t end = most == 0 ? m_file.size() : std::min(most, m_file.size());
    m_whole = end == m_file.size();
    std::vector<char> bytes(markBytes);
    std::string text;
    Mark at;
    m_marks.push_back(at);
    while (at.file < end) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(markBytes, end - at.file));
        LAMINA_CHECK(m_file.read(at.file, std::as_writable_bytes(std::span(bytes.data(), count))));
        text.clear();
        bool damaged = false;
        const std::size_t done = converter.append({bytes.data(), count}, text, damaged);
        at.file += done;
        at.text += text.size();
        // A letter that the end of the file cuts is damaged; one that the end of a look at the beginning cuts is not.
        if (damaged || (done + longestLetter < count) || (done < count && at.file + (count - done) == m_file.size()))
            return fail("csv.wrong_encoding", {{"encoding", csvEncodingTitle(m_encoding)}, {"position", std::to_string(at.file)}});
        if (done == 0) break;
        m_marks.push_back(at);
    }
    return {};
}

Result<void> CsvConverted::convert(std::uint64_t from, std::uint64_t to, std::string& text) const {
    LetterConverter converter(m_encoding);
    if (!converter.works()) return fail("csv.encoding_unavailable", {{"encoding", csvEncodingTitle(m_encoding)}});
    std::vector<char> bytes(static_cast<std::size_t>(to - from));
    LAMINA_CHECK(m_file.read(from, std::as_writable_bytes(std::span(bytes.data(), bytes.size()))));
    bool damaged = false;
    converter.append({bytes.data(), bytes.size()}, text, damaged);
    return {};
}

Result<std::string_view> CsvConverted::read(std::size_t at, std::size_t count, std::string& buffer) const {
    buffer.clear();
    if (count == 0) return std::string_view(buffer);
    const auto textBefore = [](std::uint64_t place, const Mark& mark) { return place < mark.text; };
    const auto first = std::upper_bound(m_marks.begin(), m_marks.end(), static_cast<std::uint64_t>(at), textBefore) - 1;
    const auto last = std::lower_bound(first, m_marks.end(), static_cast<std::uint64_t>(at + count), [](const Mark& mark, std::uint64_t place) { return mark.text < place; });
    LAMINA_CHECK(convert(first->file, last->file, buffer));
    const std::size_t skipped = at - static_cast<std::size_t>(first->text);
    if (buffer.size() < skipped + count) return fail("file.changed_while_reading", {{"file", m_file.path().string()}});
    return std::string_view(buffer).substr(skipped, count);
}

Result<std::string> csvConvertText(std::string_view text, const std::string& encoding) {
    LetterConverter converter(encoding);
    if (!converter.works()) return fail("csv.encoding_unavailable", {{"encoding", csvEncodingTitle(encoding)}});
    std::string utf8;
    bool damaged = false;
    const std::size_t done = converter.append(text, utf8, damaged);
    if (done < text.size()) return fail("csv.wrong_encoding", {{"encoding", csvEncodingTitle(encoding)}, {"position", std::to_string(done)}});
    return utf8;
}

Result<std::unique_ptr<CsvSource>> csvOpen(const Path& path, CsvSettings& settings, const CancelToken& cancel, std::uint64_t most) {
    LAMINA_TRY(auto file, SourceFile::open(path));
    auto source = std::make_unique<CsvFile>(std::move(file));
    if (settings.encoding == "auto") {
        std::string buffer;
        LAMINA_TRY(const auto beginning, source->read(0, std::min(guessBytes, source->size()), buffer));
        settings.encoding = csvGuessEncoding(beginning);
    }
    if (csvReadsBytes(settings.encoding)) return std::unique_ptr<CsvSource>(std::move(source));
    LAMINA_TRY(auto again, SourceFile::open(path));
    return CsvConverted::open(std::move(again), settings.encoding, most, cancel);
}

}  // namespace lamina
