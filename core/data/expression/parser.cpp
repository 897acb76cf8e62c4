// Recursive descent over the tokens; what it builds is checked for types later, where the names are known.
#include <algorithm>

#include "core/data/expression/functions.h"
#include "core/data/expression/lexer.h"
#include "core/data/expression/tree.h"

namespace lamina {
namespace {

constexpr int deepestNesting = 100;
constexpr std::size_t mostNodes = 2000;

std::string asciiLower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool isKeyword(const std::string& word) {
    const auto& all = expressionKeywords();
    return std::find(all.begin(), all.end(), word) != all.end();
}

class ExpressionParser {
public:
    explicit ExpressionParser(std::vector<Token> tokens, std::string_view source) : m_tokens(std::move(tokens)) { m_tree.source = source; }

    Result<ExpressionTree> run() {
        if (here().kind == TokenKind::End) return fail("expression.empty");
        LAMINA_TRY([[maybe_unused]] const int root, either());
        if (here().kind != TokenKind::End) return unexpected("expression.expected.operator");
        return std::move(m_tree);
    }

private:
    using Part = Result<int>;
    using Rule = Part (ExpressionParser::*)();

    const Token& here() const { return m_tokens[m_at]; }
    const Token& ahead(std::size_t n) const { return m_tokens[std::min(m_at + n, m_tokens.size() - 1)]; }
    bool isSign(std::string_view sign) const { return here().kind == TokenKind::Sign && here().text == sign; }
    static bool isWord(const Token& token, std::string_view word) { return token.kind == TokenKind::Word && asciiLower(token.text) == word; }
    bool takeSign(std::string_view sign) {
        const bool is = isSign(sign);
        m_at += is;
        return is;
    }
    bool takeWord(std::string_view word) {
        const bool is = isWord(here(), word);
        m_at += is;
        return is;
    }

    Error unexpected(const char* expected) const {
        if (here().kind == TokenKind::End) return fail("expression.ended", {{"position", std::to_string(here().position)}, {"expected", expected}});
        return fail("expression.unexpected", {{"position", std::to_string(here().position)}, {"found", here().text}, {"expected", expected}});
    }

    Part add(ExpressionNode node) {
        if (m_tree.nodes.size() >= mostNodes) return fail("expression.too_complex", {{"limit", std::to_string(mostNodes)}});
        m_tree.nodes.push_back(std::move(node));
        return static_cast<int>(m_tree.nodes.size()) - 1;
    }
    Part add(NodeKind kind, const Token& at, std::vector<int> parts) {
        ExpressionNode node;
        node.kind = kind;
        node.position = at.position;
        node.text = at.text;
        node.parts = std::move(parts);
        return add(std::move(node));
    }

    /// Counts how deep brackets, functions, "not" and signs are nested.
    Part nested(Rule rule) {
        if (m_depth >= deepestNesting) return fail("expression.too_complex", {{"limit", std::to_string(deepestNesting)}});
        ++m_depth;
        Part part = (this->*rule)();
        --m_depth;
        return part;
    }

    Part either() {
        LAMINA_TRY(int left, both());
        while (isWord(here(), "or")) {
            const Token at = m_tokens[m_at++];
            LAMINA_TRY(const int right, both());
            LAMINA_TRY(left, add(NodeKind::Or, at, {left, right}));
        }
        return left;
    }
    Part both() {
        LAMINA_TRY(int left, negation());
        while (isWord(here(), "and")) {
            const Token at = m_tokens[m_at++];
            LAMINA_TRY(const int right, negation());
            LAMINA_TRY(left, add(NodeKind::And, at, {left, right}));
        }
        return left;
    }
    Part negation() {
        if (!isWord(here(), "not")) return comparison();
        const Token at = m_tokens[m_at++];
        LAMINA_TRY(const int part, nested(&ExpressionParser::negation));
        return add(NodeKind::Not, at, {part});
    }

    static std::optional<NodeKind> comparisonKind(const Token& token) {
        if (token.kind != TokenKind::Sign) return std::nullopt;
        if (token.text == "=") return NodeKind::Equal;
        if (token.text == "!=") return NodeKind::NotEqual;
        if (token.text == "<") return NodeKind::Less;
        if (token.text == "<=") return NodeKind::LessEqual;
        if (token.text == ">") return NodeKind::Greater;
        if (token.text == ">=") return NodeKind::GreaterEqual;
        return std::nullopt;
    }

    Part comparison() {
        LAMINA_TRY(const int left, sum());
        if (const auto kind = comparisonKind(here())) {
            const Token at = m_tokens[m_at++];
            LAMINA_TRY(const int right, sum());
            if (comparisonKind(here())) return fail("expression.chained", {{"position", std::to_string(here().position)}});
            return add(*kind, at, {left, right});
        }
        if (isWord(here(), "is")) return missingTest(left);
        const Token at = here();
        const bool negated = isWord(at, "not") && (isWord(ahead(1), "in") || isWord(ahead(1), "between"));
        m_at += negated;
        LAMINA_TRY(const int test, isWord(here(), "in") ? inList(left) : isWord(here(), "between") ? between(left) : Part(left));
        return negated ? add(NodeKind::Not, at, {test}) : Part(test);
    }

    Part missingTest(int left) {
        const Token at = m_tokens[m_at++];
        const bool negated = takeWord("not");
        if (!takeWord("missing")) return unexpected("expression.expected.missing");
        LAMINA_TRY(const int test, add(NodeKind::IsMissing, at, {left}));
        return negated ? add(NodeKind::Not, at, {test}) : Part(test);
    }

    Part inList(int left) {
        const Token at = m_tokens[m_at++];
        if (!takeSign("(")) return unexpected("expression.expected.open");
        std::vector<int> parts{left};
        LAMINA_CHECK(list(parts));
        return add(NodeKind::In, at, std::move(parts));
    }

    Part between(int left) {
        const Token at = m_tokens[m_at++];
        LAMINA_TRY(const int low, sum());
        if (!takeWord("and")) return unexpected("expression.expected.and");
        LAMINA_TRY(const int high, sum());
        return add(NodeKind::Between, at, {left, low, high});
    }

    /// Expressions separated by commas, up to the closing bracket.
    Result<void> list(std::vector<int>& parts) {
        do {
            LAMINA_TRY(const int part, nested(&ExpressionParser::either));
            parts.push_back(part);
        } while (takeSign(","));
        if (!takeSign(")")) return unexpected("expression.expected.comma_or_close");
        return {};
    }

    Part sum() {
        LAMINA_TRY(int left, product());
        while (isSign("+") || isSign("-")) {
            const Token at = m_tokens[m_at++];
            LAMINA_TRY(const int right, product());
            LAMINA_TRY(left, add(at.text == "+" ? NodeKind::Add : NodeKind::Subtract, at, {left, right}));
        }
        return left;
    }
    Part product() {
        LAMINA_TRY(int left, sign());
        while (isSign("*") || isSign("/") || isSign("%")) {
            const Token at = m_tokens[m_at++];
            LAMINA_TRY(const int right, sign());
            const NodeKind kind = at.text == "*" ? NodeKind::Multiply : at.text == "/" ? NodeKind::Divide : NodeKind::Modulo;
            LAMINA_TRY(left, add(kind, at, {left, right}));
        }
        return left;
    }
    Part sign() {
        if (takeSign("+")) return nested(&ExpressionParser::sign);
        if (!isSign("-")) return power();
        const Token at = m_tokens[m_at++];
        LAMINA_TRY(const int part, nested(&ExpressionParser::sign));
        return add(NodeKind::Negate, at, {part});
    }
    Part power() {
        LAMINA_TRY(const int base, value());
        if (!isSign("^")) return base;
        const Token at = m_tokens[m_at++];
        LAMINA_TRY(const int exponent, nested(&ExpressionParser::sign));
        return add(NodeKind::Power, at, {base, exponent});
    }

    Part value() {
        const Token token = here();
        if (token.kind == TokenKind::Number || token.kind == TokenKind::Text) return constant(token);
        if (token.kind == TokenKind::Name) return named(token);
        if (takeSign("(")) {
            LAMINA_TRY(const int inner, nested(&ExpressionParser::either));
            if (!takeSign(")")) return unexpected("expression.expected.close");
            return inner;
        }
        if (token.kind != TokenKind::Word) return unexpected("expression.expected.value");
        if (ahead(1).kind == TokenKind::Sign && ahead(1).text == "(" && !isKeyword(asciiLower(token.text))) return call(token);
        return word(token);
    }

    Part constant(const Token& token) {
        ++m_at;
        ExpressionNode node;
        node.kind = token.kind == TokenKind::Number ? NodeKind::Number : NodeKind::Text;
        node.position = token.position;
        node.number = token.number;
        node.text = token.text;
        return add(std::move(node));
    }
    Part word(const Token& token) {
        const std::string word = asciiLower(token.text);
        if (!isKeyword(word)) return named(token);
        if (word != "true" && word != "false" && word != "missing") return unexpected("expression.expected.value");
        ++m_at;
        ExpressionNode node;
        node.kind = word == "missing" ? NodeKind::Missing : NodeKind::Boolean;
        node.position = token.position;
        node.number = word == "true";
        return add(std::move(node));
    }
    Part named(const Token& token) {
        ++m_at;
        auto& names = m_tree.names;
        auto found = std::find(names.begin(), names.end(), token.text);
        if (found == names.end()) found = names.insert(names.end(), token.text);
        ExpressionNode node;
        node.kind = NodeKind::Name;
        node.position = token.position;
        node.name = static_cast<int>(found - names.begin());
        return add(std::move(node));
    }

    Part call(const Token& token) {
        const FunctionDefinition* function = findFunction(token.text);
        if (!function) return unknownFunction(token);
        m_at += 2;
        std::vector<int> parts;
        if (!takeSign(")")) LAMINA_CHECK(list(parts));
        ExpressionNode node;
        node.kind = NodeKind::Call;
        node.position = token.position;
        node.text = function->name;
        node.parts = std::move(parts);
        node.function = function;
        return add(std::move(node));
    }
    static Error unknownFunction(const Token& token) {
        std::vector<std::string> known;
        std::string all;
        for (const auto* function : allFunctions()) {
            known.push_back(function->name);
            all += (all.empty() ? "" : ", ") + known.back();
        }
        const std::string meant = likelyMeant(token.text, known);
        if (meant.empty())
            return fail("expression.no_such_function", {{"position", std::to_string(token.position)}, {"name", token.text}, {"known", all}});
        return fail("expression.unknown_function", {{"position", std::to_string(token.position)}, {"name", token.text}, {"suggestion", meant}});
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    ExpressionTree m_tree;
};

/// Levenshtein's distance of two short words.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string likelyMeant(std::string_view word, std::span<const std::string> known) {
    const std::string wanted = asciiLower(std::string(word.substr(0, 100)));
    std::string best;
    std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    for (const std::string& candidate : known) {
        if (candidate.size() > 100) continue;
        const std::size_t distance = editDistance(wanted, asciiLower(candidate));
        if (distance < least) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

const std::vector<std::string>& expressionKeywords() {
    static const std::vector<std::string> all{"and", "or", "not", "in", "between", "is", "missing", "true", "false"};
    return all;
}

Result<Expression> Expression::parse(std::string_view text) {
    if (text.size() > longestText) return fail("expression.too_long", {{"limit", std::to_string(longestText)}});
    LAMINA_TRY(std::vector<Token> tokens, tokensOf(text));
    LAMINA_TRY(ExpressionTree tree, ExpressionParser(std::move(tokens), text).run());
    return Expression(std::make_shared<const ExpressionTree>(std::move(tree)));
}

const std::vector<std::string>& Expression::names() const { return m_tree->names; }
const std::string& Expression::text() const { return m_tree->source; }

std::string expressionName(const std::string& name) {
    const auto tokens = tokensOf(name);
    if (tokens && tokens->size() == 2 && tokens->front().kind == TokenKind::Word && tokens->front().text == name && !isKeyword(asciiLower(name)))
        return name;
    std::string written = "[";
    for (const char c : name) written += c == ']' ? std::string("]]") : std::string(1, c);
    return written + "]";
}

}  // namespace lamina
