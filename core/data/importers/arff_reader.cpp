#include "core/data/importers/arff_reader.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "core/data/time_text.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::size_t arffLongestLine = std::size_t{64} << 20;

struct ArffColumn {
    enum class Kind { Nominal, Numeric, Integer, Text, Date } kind = Kind::Numeric;
    std::map<std::string, int, std::less<>> words;
    std::string first;   ///< of the nominal words: what a sparse row leaves out
    std::string format;  ///< of dates, as strptime has it
    std::size_t cell = 0;
};

struct ArffToken {
    std::string text;
    bool quoted = false;
};

/// Parts a line at blanks and commas; quotes keep them together, backslashes escape.
class ArffTokens {
public:
    explicit ArffTokens(std::string_view line) : m_left(line) {}

    bool atEnd() {
        blanks();
        return m_left.empty() || m_left.front() == '%';
    }
    bool take(char c) {
        blanks();
        if (m_left.empty() || m_left.front() != c) return false;
        m_left.remove_prefix(1);
        return true;
    }
    /// Up to a comma or one of `ends` (blanks within are kept where `blanksPart` is false). Nothing where a quote is not closed.
    std::optional<ArffToken> next(std::string_view ends, bool blanksPart) {
        blanks();
        ArffToken token;
        if (!m_left.empty() && (m_left.front() == '\'' || m_left.front() == '"')) return quoted(m_left.front());
        while (!m_left.empty() && ends.find(m_left.front()) == std::string_view::npos && !(blanksPart && isBlank(m_left.front()))) {
            token.text += m_left.front();
            m_left.remove_prefix(1);
        }
        while (!token.text.empty() && isBlank(token.text.back())) token.text.pop_back();
        return token;
    }

private:
    static bool isBlank(char c) { return c == ' ' || c == '\t'; }
    void blanks() {
        while (!m_left.empty() && isBlank(m_left.front())) m_left.remove_prefix(1);
    }
    std::optional<ArffToken> quoted(char quote) {
        ArffToken token{{}, true};
        m_left.remove_prefix(1);
        while (!m_left.empty() && m_left.front() != quote) {
            char c = m_left.front();
            m_left.remove_prefix(1);
            if (c == '\\' && !m_left.empty()) {
                c = m_left.front() == 'n' ? '\n' : m_left.front() == 't' ? '\t' : m_left.front() == 'r' ? '\r' : m_left.front();
                m_left.remove_prefix(1);
            }
            token.text += c;
        }
        if (m_left.empty()) return std::nullopt;
        m_left.remove_prefix(1);
        return token;
    }
    std::string_view m_left;
};

std::string arffLower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

/// "yyyy-MM-dd'T'HH:mm:ss" as strptime writes it; empty: a letter that is not known.
std::string arffDateFormat(const std::string& java) {
    std::string format;
    for (std::size_t i = 0; i < java.size();) {
        const char c = java[i];
        std::size_t n = 1;
        while (i + n < java.size() && java[i + n] == c) ++n;
        if (c == '\'') n = 1;
        else if (c == 'y') format += n == 2 ? "%y" : "%Y";
        else if (c == 'M') format += n >= 4 ? "%B" : n == 3 ? "%b" : "%m";
        else if (c == 'd') format += "%d";
        else if (c == 'H') format += "%H";
        else if (c == 'h') format += "%I";
        else if (c == 'm') format += "%M";
        else if (c == 's') format += "%S";
        else if (c == 'S') format += "%f";
        else if (c == 'a') format += "%p";
        else if (c == 'z' || c == 'Z' || c == 'X') format += "%z";
        else if (c == 'T' || !std::isalpha(static_cast<unsigned char>(c))) format.append(n, c);
        else return {};
        i += n;
    }
    return format;
}

class ArffReading {
public:
    ArffReading(const SourceFile& file, CellTable& cells) : m_file(file), m_cells(cells) {}

    Result<void> run() {
        std::string buffer;
        std::uint64_t read = 0;
        while (read < m_file.size() && !m_enough) {
            const auto kept = buffer.size();
            if (kept > arffLongestLine) return fail("arff.line_too_long", {{"line", std::to_string(m_line + 1)}});
            const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(m_file.size() - read, std::size_t{1} << 18));
            buffer.resize(kept + count);
            LAMINA_CHECK(m_file.read(read, std::as_writable_bytes(std::span(buffer)).subspan(kept)));
            read += count;
            std::size_t at = 0;
            for (auto end = buffer.find('\n', kept); end != std::string::npos && !m_enough; end = buffer.find('\n', at)) {
                LAMINA_CHECK(line(std::string_view(buffer).substr(at, end - at)));
                at = end + 1;
            }
            buffer.erase(0, at);
            LAMINA_CHECK(m_cells.progress(read, m_file.size()));
        }
        if (!buffer.empty() && !m_enough) LAMINA_CHECK(line(buffer));
        if (!m_inData) return fail("arff.no_data");
        return {};
    }

private:
    Result<void> line(std::string_view text) {
        ++m_line;
        if (m_line == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        if (text.ends_with('\r')) text.remove_suffix(1);
        if (invalidUtf8At(text) != std::string_view::npos) {
            // Old files are Latin-1.
            m_utf8.clear();
            appendLatin1(m_utf8, text);
            text = m_utf8;
        }
        ArffTokens tokens(text);
        if (tokens.atEnd()) return {};
        return m_inData ? row(tokens) : headerLine(tokens);
    }

    Error broken(const char* what) const { return fail("arff.header", {{"line", std::to_string(m_line)}, {"reason", what}}); }

    Result<void> headerLine(ArffTokens& tokens) {
        const auto word = tokens.next("", true);
        const std::string what = word ? arffLower(word->text) : "";
        if (what == "@relation") return {};
        if (what == "@data") {
            m_inData = true;
            return m_columns.empty() ? Result<void>(fail("import.no_columns")) : Result<void>();
        }
        if (what != "@attribute") return broken("@attribute");
        const auto name = tokens.next("{", true);
        if (!name || name->text.empty()) return broken("name");
        ArffColumn column;
        LAMINA_TRY(column.cell, m_cells.newColumn(name->text));
        if (tokens.take('{')) LAMINA_CHECK(nominal(tokens, column));
        else LAMINA_CHECK(plain(tokens, column));
        m_columns.push_back(std::move(column));
        return {};
    }

    Result<void> nominal(ArffTokens& tokens, ArffColumn& column) {
        column.kind = ArffColumn::Kind::Nominal;
        std::vector<std::string> dictionary;
        while (!tokens.take('}')) {
            const auto word = tokens.next(",}", false);
            if (!word || dictionary.size() > 1'000'000) return broken("{ }");
            tokens.take(',');
            if (column.words.emplace(word->text, 0).second) dictionary.push_back(word->text);
            if (tokens.atEnd()) return broken("}");
        }
        if (dictionary.empty()) return broken("{ }");
        column.first = dictionary[0];
        m_cells.declare(column.cell, ColumnKind::Category, std::move(dictionary));
        return {};
    }

    Result<void> plain(ArffTokens& tokens, ArffColumn& column) {
        const auto kind = tokens.next("", true);
        const std::string word = kind ? arffLower(kind->text) : "";
        if (word == "numeric" || word == "real") {
            column.kind = ArffColumn::Kind::Numeric;
            m_cells.declare(column.cell, ColumnKind::Number);
        } else if (word == "integer") {
            column.kind = ArffColumn::Kind::Integer;
            m_cells.declare(column.cell, ColumnKind::Integer);
        } else if (word == "string") {
            column.kind = ArffColumn::Kind::Text;
        } else if (word == "date") {
            column.kind = ArffColumn::Kind::Date;
            const auto format = tokens.atEnd() ? std::optional<ArffToken>() : tokens.next("", false);
            column.format = arffDateFormat(format && !format->text.empty() ? format->text : "yyyy-MM-dd'T'HH:mm:ss");
            if (column.format.empty() || !isTimeFormat(column.format)) return broken("date");
            m_cells.declare(column.cell, ColumnKind::Time);
        } else {
            return broken(word == "relational" ? "relational" : "type");
        }
        return {};
    }

    Result<void> row(ArffTokens& tokens) {
        const bool fits = tokens.take('{') ? sparseRow(tokens) : denseRow(tokens);
        if (!fits) {
            m_cells.dropRow();
            m_cells.note(fail("arff.rows_skipped", {{"line", std::to_string(m_line)}}));
            return {};
        }
        LAMINA_TRY(const bool more, m_cells.endRow());
        m_enough = !more;
        return {};
    }

    bool denseRow(ArffTokens& tokens) {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (i > 0 && !tokens.take(',')) return false;
            const auto token = tokens.next(",", false);
            if (!token) return false;
            set(m_columns[i], *token);
        }
        // A weight of the row may stand behind it.
        return tokens.atEnd() || (tokens.take(',') && tokens.take('{'));
    }

    /// {1 5.5, 3 yes}: what is left out is 0 or the first word.
    bool sparseRow(ArffTokens& tokens) {
        for (const auto& column : m_columns) set(column, {column.kind == ArffColumn::Kind::Nominal ? column.first : column.kind == ArffColumn::Kind::Date ? "?" : "0", false});
        while (!tokens.take('}')) {
            const auto index = tokens.next(",}", true);
            if (!index) return false;
            const auto number = readAnyNumber(index->text);
            if (number.is != IntegerValue || number.integer < 0 || number.integer >= static_cast<std::int64_t>(m_columns.size())) return false;
            const auto token = tokens.next(",}", false);
            if (!token) return false;
            set(m_columns[static_cast<std::size_t>(number.integer)], *token);
            tokens.take(',');
            if (tokens.atEnd()) return false;
        }
        return true;
    }

    void set(const ArffColumn& column, const ArffToken& token) {
        if (token.text.empty() || (!token.quoted && token.text == "?")) return m_cells.clear(column.cell);
        const auto refused = [&] { m_cells.refuse(column.cell, fail("arff.values_became_missing", {{"line", std::to_string(m_line)}, {"value", token.text.substr(0, 100)}})); };
        if (column.kind == ArffColumn::Kind::Date) {
            const auto time = parseTimeAs(token.text, column.format);
            return time ? m_cells.setTime(column.cell, *time) : refused();
        }
        if (column.kind == ArffColumn::Kind::Numeric || column.kind == ArffColumn::Kind::Integer) {
            const auto number = readAnyNumber(token.text);
            if (number.is == TextValue) return refused();
            if (number.is == IntegerValue) return m_cells.setInteger(column.cell, number.integer);
            return m_cells.setNumber(column.cell, number.value);
        }
        if (column.kind == ArffColumn::Kind::Nominal && !column.words.contains(token.text)) return refused();
        m_cells.setText(column.cell, token.text);
    }

    const SourceFile& m_file;
    CellTable& m_cells;
    std::vector<ArffColumn> m_columns;
    std::int64_t m_line = 0;
    bool m_inData = false, m_enough = false;
    std::string m_utf8;
};

}  // namespace

Result<void> readArff(const SourceFile& file, CellTable& cells) { return ArffReading(file, cells).run(); }

}  // namespace lamina
