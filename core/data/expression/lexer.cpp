#include "core/data/expression/lexer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/data/utf8.h"

namespace lamina {
namespace {

bool isDigitByte(char c) { return c >= '0' && c <= '9'; }
bool isWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0; }
bool isWordByte(char c) { return isWordStart(c) || isDigitByte(c); }
bool isBlankByte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct SignForm {
    std::string_view written, meant;
};
/// Longer ones first.
constexpr std::array<SignForm, 40> signForms{{
    {"==", "="}, {"!=", "!="}, {"<>", "!="}, {"<=", "<="}, {">=", ">="}, {"**", "^"}, {"&&", "&"}, {"||", "|"}, {"＝＝", "="},
    {"≤", "<="}, {"≥", ">="}, {"≠", "!="}, {"×", "*"}, {"÷", "/"}, {"−", "-"}, {"　", " "}, {"\xc2\xa0", " "},
    {"（", "("}, {"）", ")"}, {"，", ","}, {"＋", "+"}, {"－", "-"}, {"＊", "*"}, {"／", "/"}, {"＝", "="}, {"＜", "<"}, {"＞", ">"}, {"％", "%"},
    {"+", "+"}, {"-", "-"}, {"*", "*"}, {"/", "/"}, {"%", "%"}, {"^", "^"}, {"(", "("}, {")", ")"}, {",", ","}, {"=", "="}, {"<", "<"}, {">", ">"}}};

struct QuoteForm {
    std::string_view open, close;
    TokenKind kind;
};
constexpr std::array<QuoteForm, 6> quoteForms{{{"'", "'", TokenKind::Text},
                                               {"\"", "\"", TokenKind::Text},
                                               {"‘", "’", TokenKind::Text},
                                               {"“", "”", TokenKind::Text},
                                               {"[", "]", TokenKind::Name},
                                               {"`", "`", TokenKind::Name}}};

class ExpressionLexer {
public:
    explicit ExpressionLexer(std::string_view text) : m_text(text) {}

    Result<std::vector<Token>> run() {
        while (true) {
            skipBlanks();
            if (m_at == m_text.size()) break;
            LAMINA_CHECK(next());
        }
        m_tokens.push_back({TokenKind::End, "", 0, m_position});
        return std::move(m_tokens);
    }

private:
    std::string_view rest() const { return m_text.substr(m_at); }

    void step(std::size_t bytes) {
        for (std::size_t i = 0; i < bytes; ++i) m_position += (static_cast<unsigned char>(m_text[m_at + i]) & 0xC0) != 0x80;
        m_at += bytes;
    }
    void skipBlanks() {
        while (m_at < m_text.size() && isBlankByte(m_text[m_at])) step(1);
    }
    const SignForm* signHere() const {
        for (const auto& form : signForms)
            if (rest().starts_with(form.written)) return &form;
        return nullptr;
    }
    const QuoteForm* quoteHere() const {
        for (const auto& form : quoteForms)
            if (rest().starts_with(form.open)) return &form;
        return nullptr;
    }

    Result<void> next() {
        const char c = m_text[m_at];
        if (isDigitByte(c) || (c == '.' && m_at + 1 < m_text.size() && isDigitByte(m_text[m_at + 1]))) return number();
        if (const QuoteForm* quote = quoteHere()) return quoted(*quote);
        if (const SignForm* sign = signHere()) return signToken(*sign);
        if (isWordStart(c)) return word();
        if (c == '!') return fail("expression.use_word", {{"position", std::to_string(m_position)}, {"found", "!"}, {"word", "not"}});
        return fail("expression.unknown_sign", {{"position", std::to_string(m_position)}, {"found", std::string(1, c)}});
    }

    Result<void> number() {
        double value = 0;
        const auto [end, error] = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), value);
        const auto length = static_cast<std::size_t>(end - (m_text.data() + m_at));
        std::size_t word = length;
        while (m_at + word < m_text.size() && (isWordByte(m_text[m_at + word]) || m_text[m_at + word] == '.') && !signAt(m_at + word)) ++word;
        if (error != std::errc() || word != length || !std::isfinite(value))
            return fail("expression.bad_number", {{"position", std::to_string(m_position)}, {"found", std::string(m_text.substr(m_at, word))}});
        m_tokens.push_back({TokenKind::Number, std::string(m_text.substr(m_at, length)), value, m_position});
        step(length);
        return {};
    }

    /// Is there a full-width sign, whose bytes look like letters?
    bool signAt(std::size_t at) const {
        for (const auto& form : signForms)
            if (m_text.substr(at).starts_with(form.written)) return true;
        return false;
    }
    bool quoteAt(std::size_t at) const {
        for (const auto& form : quoteForms)
            if (m_text.substr(at).starts_with(form.open) || m_text.substr(at).starts_with(form.close)) return true;
        return false;
    }

    Result<void> signToken(const SignForm& sign) {
        if (sign.meant == "&" || sign.meant == "|")
            return fail("expression.use_word", {{"position", std::to_string(m_position)},
                                                {"found", std::string(sign.written)},
                                                {"word", sign.meant == "&" ? "and" : "or"}});
        if (sign.meant != " ") m_tokens.push_back({TokenKind::Sign, std::string(sign.meant), 0, m_position});
        step(sign.written.size());
        return {};
    }

    Result<void> quoted(const QuoteForm& quote) {
        const std::size_t start = m_position;
        std::string value;
        step(quote.open.size());
        while (m_at < m_text.size()) {
            if (rest().starts_with(quote.close)) {
                step(quote.close.size());
                if (!rest().starts_with(quote.close)) {
                    m_tokens.push_back({quote.kind, std::move(value), 0, start});
                    return {};
                }
            }
            value += m_text[m_at];
            step(1);
        }
        return fail("expression.unclosed", {{"position", std::to_string(start)}, {"quote", std::string(quote.close)}});
    }

    Result<void> word() {
        std::size_t end = m_at;
        while (end < m_text.size() && (isWordByte(m_text[end]) || (m_text[end] == '.' && end + 1 < m_text.size() && isWordByte(m_text[end + 1]))) &&
               !signAt(end) && !quoteAt(end))
            ++end;
        m_tokens.push_back({TokenKind::Word, std::string(m_text.substr(m_at, end - m_at)), 0, m_position});
        step(end - m_at);
        return {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_position = 1;
    std::vector<Token> m_tokens;
};

}  // namespace

Result<std::vector<Token>> tokensOf(std::string_view text) {
    if (invalidUtf8At(text) != std::string_view::npos) return fail("expression.not_utf8");
    return ExpressionLexer(text).run();
}

}  // namespace lamina
