#include "core/data/importers/json_rows.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>

namespace lamina {
namespace {

constexpr std::size_t jsonDeepest = 64;
constexpr std::size_t jsonLongestLine = std::size_t{64} << 20;
constexpr std::size_t jsonLongestText = std::size_t{64} << 20;

/// The file's bytes one after the other. NaN and Infinity, which Python writes though JSON does not know them, become null where asked for.
class JsonBytes {
public:
    JsonBytes(const SourceFile& file, bool mendNumbers) : m_file(file), m_mend(mendNumbers) { fill(); }

    bool atEnd() const { return m_at == m_buffer.size(); }
    char current() const { return m_buffer[m_at]; }
    void next() {
        if (++m_at == m_buffer.size()) fill();
    }
    const Result<void>& state() const { return m_state; }
    std::uint64_t done() const { return m_done; }
    std::int64_t mended() const { return m_mended; }

private:
    void fill() {
        m_at = 0;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(m_file.size() - m_done, std::size_t{1} << 16));
        m_buffer.resize(m_state.ok() ? count : 0);
        if (m_buffer.empty()) return;
        m_state = m_file.read(m_done, std::as_writable_bytes(std::span(m_buffer)));
        m_done += count;
        if (!m_state) m_buffer.clear();
        else if (m_mend) mend();
    }
    /// A letter outside of strings that begins NaN or Infinity begins nothing else in JSON.
    void mend() {
        std::string out;
        for (const char c : m_buffer) {
            if (m_inText) {
                m_inText = m_escaped || c != '"';
                m_escaped = !m_escaped && c == '\\';
                out += c;
            } else if (m_skip > 0 && ((c >= 'a' && c <= 'z') || c == 'N')) {
                --m_skip;
            } else if (c == 'N' || c == 'I') {
                m_skip = c == 'N' ? 2 : 7;
                if (!out.empty() && out.back() == '-') out.pop_back();
                out += "null";
                ++m_mended;
            } else {
                m_skip = 0;
                m_inText = c == '"';
                out += c;
            }
        }
        m_buffer = std::move(out);
    }

    const SourceFile& m_file;
    const bool m_mend;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::uint64_t m_done = 0;
    Result<void> m_state;
    bool m_inText = false, m_escaped = false;
    int m_skip = 0;
    std::int64_t m_mended = 0;
};

/// JsonBytes as the library wants them.
struct JsonIterator {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;
    JsonBytes* bytes = nullptr;
    char operator*() const { return bytes->current(); }
    JsonIterator& operator++() {
        bytes->next();
        return *this;
    }
    JsonIterator operator++(int) {
        const auto old = *this;
        bytes->next();
        return old;
    }
    bool operator==(const JsonIterator& other) const { return other.bytes ? this->bytes == other.bytes : bytes->atEnd(); }
    bool operator!=(const JsonIterator& other) const { return !(*this == other); }
};

void putJsonText(std::string& out, std::string_view text) {
    out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// What the parser's events have in common: where in the text they are, and what went wrong.
struct JsonEvents {
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = std::string;
    using binary_t = nlohmann::json::binary_t;

    bool stop(Error error) {
        if (m_error.code.empty()) m_error = std::move(error);
        return false;
    }
    bool parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception& what) {
        m_badToken = token;
        std::string reason = what.what();
        if (const auto head = reason.find("] "); head != std::string::npos) reason.erase(0, head + 2);
        return stop(fail("json.not_json", {{"position", std::to_string(position)}, {"reason", reason.substr(0, 200)}}));
    }
    bool enter(bool list) {
        if (m_open.size() >= jsonDeepest) return stop(fail("json.too_deep", {{"limit", std::to_string(jsonDeepest)}}));
        m_open.push_back({list, {}});
        return true;
    }
    void leave() { m_open.pop_back(); }
    /// The keys that lead to the value that comes next; nothing where it lies in a list.
    std::optional<std::string> path() const {
        std::string path;
        for (const auto& open : m_open) {
            if (open.list) return std::nullopt;
            path += (path.empty() ? "" : ".") + open.key;
        }
        return path;
    }

    struct Open {
        bool list;
        std::string key;
    };
    std::vector<Open> m_open;
    Error m_error;
    std::string m_badToken;
};

/// Which lists the text holds outside of other lists, by the keys that lead to them, and how many objects each.
class JsonLook final : public JsonEvents {
public:
    bool null() { return true; }
    bool boolean(bool) { return true; }
    bool number_integer(number_integer_t) { return true; }
    bool number_unsigned(number_unsigned_t) { return true; }
    bool number_float(number_float_t, const string_t&) { return true; }
    bool string(string_t&) { return true; }
    bool binary(binary_t&) { return true; }
    bool key(string_t& name) {
        m_open.back().key = name;
        return true;
    }
    bool start_object(std::size_t) { return countItem(3), enter(false); }
    bool end_object() { return leave(), true; }
    bool start_array(std::size_t) {
        countItem(1);
        const auto here = path();
        if (here && m_lists.size() < 1000) {
            m_lists.emplace_back(*here, 0);
            m_listDepth = m_open.size() + 1;
        }
        return enter(true);
    }
    bool end_array() {
        if (m_open.size() == m_listDepth) m_listDepth = 0;
        return leave(), true;
    }
    /// The list with the most objects (a list of lists counts less); nothing where there is no such list.
    std::optional<std::string> best() const {
        const auto most = std::max_element(m_lists.begin(), m_lists.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        if (most == m_lists.end() || most->second == 0) return std::nullopt;
        return most->first;
    }

private:
    void countItem(std::int64_t weight) {
        if (m_listDepth != 0 && m_open.size() == m_listDepth) m_lists.back().second += weight;
    }
    std::vector<std::pair<std::string, std::int64_t>> m_lists;
    std::size_t m_listDepth = 0;
};

/// The records of one list into rows: objects, or lists of values in the order of the columns.
class JsonRecords final : public JsonEvents {
public:
    /// `path`: the keys that lead to the list. `bare`: the text is one record.
    JsonRecords(CellTable& cells, std::string path, bool bare) : m_cells(cells), m_path(std::move(path)), m_recordDepth(bare ? 1 : 0) {}

    bool enough() const { return m_enough; }
    bool found() const { return m_recordDepth > 0; }

    bool null() {
        return value("null", [](std::size_t) {});
    }
    bool boolean(bool is) {
        return value(is ? "true" : "false", [&](std::size_t column) { m_cells.setBoolean(column, is); });
    }
    bool number_integer(number_integer_t number) {
        return value(std::to_string(number), [&](std::size_t column) { m_cells.setInteger(column, number); });
    }
    bool number_unsigned(number_unsigned_t number) {
        const std::string text = std::to_string(number);
        return value(text, [&](std::size_t column) {
            constexpr auto most = static_cast<number_unsigned_t>(std::numeric_limits<number_integer_t>::max());
            if (number <= most) m_cells.setInteger(column, static_cast<number_integer_t>(number));
            else m_cells.setText(column, text);
        });
    }
    bool number_float(number_float_t number, const string_t& text) {
        return value(text, [&](std::size_t column) {
            // Digits that no integer type holds: an identifier that a double would change.
            if (text.find_first_of(".eE") == std::string::npos) m_cells.setText(column, text);
            else m_cells.setNumber(column, number);
        });
    }
    bool string(string_t& text) {
        if (m_listDepth == 0) return value({}, [&](std::size_t column) { m_cells.setText(column, text); });
        m_quoted.clear();
        putJsonText(m_quoted, text);
        return value(m_quoted, [](std::size_t) {});
    }
    bool binary(binary_t&) { return true; }

    bool key(string_t& name) {
        if (m_listDepth > 0) {
            comma();
            putJsonText(m_listText, name);
            m_listText += ':';
            m_afterKey = true;
        } else if (m_inRecord) {
            m_name.resize(m_prefixes.back());
            m_name += (m_name.empty() ? "" : ".") + name;
        } else {
            m_open.back().key = name;
        }
        return true;
    }
    bool start_object(std::size_t) {
        if (m_listDepth > 0 || m_rowIsList) return openInList('{');
        if (!enter(false)) return false;
        if (m_inRecord) m_prefixes.push_back(m_name.size());
        else if (m_open.size() == m_recordDepth) beginRecord(false);
        return true;
    }
    bool end_object() {
        if (m_listDepth > 0) return closeInList('}');
        leave();
        if (!m_inRecord) return true;
        m_prefixes.pop_back();
        if (m_prefixes.empty()) return endRecord();
        m_name.resize(m_prefixes.back());
        return true;
    }
    bool start_array(std::size_t) {
        if (m_listDepth > 0 || m_inRecord) return openInList('[');
        const bool isList = m_recordDepth == 0 && path() == m_path;
        if (!enter(true)) return false;
        if (isList) m_recordDepth = m_open.size() + 1;
        else if (m_open.size() == m_recordDepth) beginRecord(true);
        return true;
    }
    bool end_array() {
        if (m_listDepth > 0) return closeInList(']');
        leave();
        if (m_rowIsList) return endRecord();
        if (m_recordDepth == m_open.size() + 2) m_recordDepth = noDepth;
        return true;
    }

private:
    static constexpr std::size_t noDepth = std::size_t(-1);

    void beginRecord(bool list) {
        m_inRecord = true;
        m_rowIsList = list;
        m_place = 0;
        m_name.clear();
        m_prefixes.assign(1, 0);
    }
    bool endRecord() {
        m_inRecord = m_rowIsList = false;
        auto more = m_cells.endRow();
        if (!more) return stop(more.takeError());
        m_enough = !*more;
        return *more;
    }
    /// A value that is no object: in a list its JSON text, else a cell.
    template <class Set> bool value(std::string_view json, Set set) {
        if (m_listDepth > 0) {
            comma();
            m_listText += json;
            return checkLength();
        }
        if (!m_inRecord) {
            if (m_open.size() + 1 == m_recordDepth) m_cells.note(fail("json.items_rows_skipped", {{"row", std::to_string(m_cells.rows() + 1)}}));
            return true;
        }
        if (m_rowIsList) m_name = "column_" + std::to_string(++m_place);
        auto column = m_cells.column(m_name);
        if (!column) return stop(column.takeError());
        if (m_cells.isSet(*column)) m_cells.note(fail("json.repeated_key", {{"column", m_name}, {"row", std::to_string(m_cells.rows() + 1)}}));
        set(*column);
        return true;
    }
    void comma() {
        if (!m_afterKey && m_listText.back() != '[' && m_listText.back() != '{') m_listText += ',';
        m_afterKey = false;
    }
    bool checkLength() {
        return m_listText.size() <= jsonLongestText || stop(fail("json.list_too_long", {{"row", std::to_string(m_cells.rows() + 1)}}));
    }
    bool openInList(char bracket) {
        if (!enter(bracket == '[')) return false;
        if (m_listDepth++ > 0) comma();
        m_listText += bracket;
        m_afterKey = false;
        return true;
    }
    bool closeInList(char bracket) {
        leave();
        m_listText += bracket;
        if (--m_listDepth > 0) return checkLength();
        const std::string text = std::move(m_listText);
        m_listText.clear();
        return value({}, [&](std::size_t column) { m_cells.setText(column, text); });
    }

    CellTable& m_cells;
    const std::string m_path;
    std::size_t m_recordDepth;  ///< how many brackets are open within a record; 0: its list has not begun, noDepth: it is over
    bool m_inRecord = false, m_rowIsList = false, m_enough = false, m_afterKey = false;
    std::string m_name, m_listText, m_quoted;
    std::vector<std::size_t> m_prefixes;  ///< lengths of m_name in front of the open objects of the record
    std::size_t m_listDepth = 0;          ///< open brackets of a list within the record
    std::int64_t m_place = 0;
};

/// Runs the parser over the file; true where it was stopped early by `events` without an error.
template <class Events> Result<void> parseJson(const SourceFile& file, bool mend, Events& events, std::int64_t& mended) {
    JsonBytes bytes(file, mend);
    try {
        (void)nlohmann::json::sax_parse(JsonIterator{&bytes}, JsonIterator{}, &events, nlohmann::json::input_format_t::json, true);
    } catch (const std::exception& exception) {
        events.stop(fail("json.not_json", {{"position", std::to_string(bytes.done())}, {"reason", exception.what()}}));
    }
    mended = bytes.mended();
    if (!bytes.state()) return bytes.state();
    if (!events.m_error.code.empty()) return events.m_error;
    return {};
}

/// Where the list of records is: as asked, or the longest list of objects that lies in no other list.
Result<std::string> findRecords(const SourceFile& file, const std::string& asked, bool mend, std::int64_t& mended) {
    if (!asked.empty()) return asked;
    JsonLook look;
    LAMINA_CHECK(parseJson(file, mend, look, mended));
    if (const auto best = look.best()) return *best;
    return fail("json.no_records");
}

char firstCharacter(const SourceFile& file) {
    std::string beginning(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), 4096)), '\0');
    if (!file.read(0, std::as_writable_bytes(std::span(beginning)))) return '\0';
    const auto at = beginning.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return at == std::string::npos ? '\0' : beginning[at];
}

/// Does the text say NaN or Infinity somewhere, be it within a string?
bool mentionsNan(std::string_view text) { return text.find("NaN") != std::string_view::npos || text.find("Infinity") != std::string_view::npos; }

Result<bool> mentionsNan(const SourceFile& file) {
    constexpr std::size_t overlap = 8;
    std::string piece;
    for (std::uint64_t at = 0; at < file.size();) {
        const auto kept = std::min(piece.size(), overlap);
        piece.erase(0, piece.size() - kept);
        const auto more = static_cast<std::size_t>(std::min<std::uint64_t>(file.size() - at, std::size_t{1} << 20));
        piece.resize(kept + more);
        LAMINA_CHECK(file.read(at, std::as_writable_bytes(std::span(piece)).subspan(kept)));
        if (mentionsNan(piece)) return true;
        at += more;
    }
    return false;
}

Result<JsonForm> readWholeJson(const SourceFile& file, const JsonSettings& settings, CellTable& cells) {
    JsonForm form;
    std::int64_t mended = 0;
    LAMINA_TRY(const bool mend, mentionsNan(file));
    if (firstCharacter(file) != '[' || !settings.records.empty()) {
        LAMINA_TRY(form.records, findRecords(file, settings.records, mend, mended));
    }
    JsonRecords records(cells, form.records, false);
    LAMINA_CHECK(parseJson(file, mend, records, mended));
    if (!records.found()) return fail("json.no_such_list", {{"records", form.records}});
    if (mended > 0) cells.note(fail("json.not_a_number", {{"count", std::to_string(mended)}}), Severity::Note);
    return form;
}

/// The lines of a file, whatever their length up to a limit; without their ends.
class JsonLines {
public:
    explicit JsonLines(const SourceFile& file) : m_file(file) {}
    /// false: no more lines. A line beyond the limit comes empty, with `tooLong`.
    Result<bool> next(std::string_view& line, bool& tooLong) {
        tooLong = false;
        while (true) {
            const auto end = m_buffer.find('\n', m_searched);
            if (end != std::string::npos || (m_read == m_file.size() && m_at < m_buffer.size())) {
                const auto until = std::min(end, m_buffer.size());
                line = std::string_view(m_buffer).substr(m_at, until - m_at);
                m_at = m_searched = std::min(until + 1, m_buffer.size());
                if (m_skipping) {
                    m_skipping = false;
                    tooLong = true;
                    line = {};
                }
                return true;
            }
            if (m_read == m_file.size()) return false;
            if (m_buffer.size() - m_at > jsonLongestLine) m_skipping = true, m_at = m_buffer.size();
            LAMINA_CHECK(fill());
        }
    }
    std::uint64_t done() const { return m_read; }

private:
    Result<void> fill() {
        m_buffer.erase(0, m_at);
        m_at = 0;
        const auto kept = m_buffer.size();
        m_searched = kept;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(m_file.size() - m_read, std::size_t{1} << 18));
        m_buffer.resize(kept + count);
        LAMINA_CHECK(m_file.read(m_read, std::as_writable_bytes(std::span(m_buffer)).subspan(kept)));
        m_read += count;
        return {};
    }
    const SourceFile& m_file;
    std::string m_buffer;
    std::size_t m_at = 0, m_searched = 0;
    std::uint64_t m_read = 0;
    bool m_skipping = false;
};

Result<void> parseLine(std::string_view line, CellTable& cells, bool& enough) {
    JsonRecords record(cells, {}, true);
    try {
        (void)nlohmann::json::sax_parse(line.begin(), line.end(), &record, nlohmann::json::input_format_t::json, true);
    } catch (const std::exception& exception) {
        return fail("json.not_json", {{"position", "1"}, {"reason", exception.what()}});
    }
    enough = record.enough();
    if (!record.m_error.code.empty()) return record.m_error;
    return {};
}

/// Is the error one of this line alone?
bool ofTheLine(const Error& error) { return error.code == "json.not_json" || error.code == "json.too_deep" || error.code == "json.list_too_long"; }

/// How long the number is that JSON does not know and that `text` begins with; 0: none.
std::size_t unknownNumberLength(std::string_view text) {
    for (const std::string_view word : {"NaN", "-Infinity", "Infinity"})
        if (text.starts_with(word)) return word.size();
    return 0;
}

/// NaN and Infinity outside of texts as null.
std::string withoutNan(std::string_view line) {
    std::string out;
    bool inText = false, escaped = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto length = inText ? 0 : unknownNumberLength(line.substr(i));
        if (length > 0) {
            out += "null";
            i += length - 1;
            continue;
        }
        out += line[i];
        if (line[i] == '"' && !escaped) inText = !inText;
        escaped = inText && line[i] == '\\' && !escaped;
    }
    return out;
}

Result<JsonForm> readJsonLines(const SourceFile& file, const JsonSettings& settings, CellTable& cells) {
    JsonForm form;
    form.lines = true;
    JsonLines lines(file);
    std::string_view line;
    bool tooLong = false, enough = false;
    char bracket = 0;  ///< what the lines begin with: objects, or lists of values
    for (std::int64_t number = 1;; ++number) {
        LAMINA_TRY(const bool more, lines.next(line, tooLong));
        if (!more || enough) break;
        if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        if ((number & 1023) == 0) LAMINA_CHECK(cells.progress(lines.done(), file.size()));
        const auto before = cells.rows();
        const auto begin = line.find_first_not_of(" \t\r");
        if (!tooLong && begin == std::string_view::npos) continue;
        Result<void> parsed = fail("json.not_json", {{"position", "1"}, {"reason", tooLong ? "too long" : "not like the first line"}});
        if (!tooLong && (bracket == 0 || line[begin] == bracket)) parsed = parseLine(line, cells, enough);
        if (!parsed && cells.rows() == before && mentionsNan(line)) {
            cells.dropRow();
            parsed = parseLine(withoutNan(line), cells, enough);
        }
        if (!parsed && !ofTheLine(parsed.error())) return parsed.takeError();
        if (parsed && cells.rows() > before) {
            bracket = line[begin];
            continue;
        }
        cells.dropRow();
        const std::string reason = parsed ? "" : parsed.error().argument("reason");
        if (settings.bad == "error") return fail("json.line", {{"line", std::to_string(number)}, {"reason", reason}});
        cells.note(fail("json.rows_skipped", {{"line", std::to_string(number)}, {"reason", reason}}));
    }
    return form;
}

}  // namespace

bool isJsonLines(std::string_view beginning) {
    const auto first = beginning.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos || beginning[first] != '{') return false;
    const auto end = beginning.find('\n', first);
    if (end == std::string_view::npos) return false;
    return nlohmann::json::accept(withoutNan(beginning.substr(first, end - first)));
}

Result<JsonForm> readJson(const SourceFile& file, const JsonSettings& settings, CellTable& cells) {
    bool lines = settings.lines == "yes";
    if (settings.lines == "auto") {
        std::string beginning(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), std::uint64_t{1} << 20)), '\0');
        LAMINA_CHECK(file.read(0, std::as_writable_bytes(std::span(beginning))));
        lines = isJsonLines(beginning) || fitsPatterns(file.path(), {"*.jsonl", "*.ndjson"});
    }
    auto form = lines ? readJsonLines(file, settings, cells) : readWholeJson(file, settings, cells);
    if (form) LAMINA_CHECK(file.checkUnchanged());
    return form;
}

}  // namespace lamina
