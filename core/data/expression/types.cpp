// Which types an expression is made of: everything that can be wrong with it is found here, before a row is looked at.
#include <algorithm>
#include <array>

#include "core/data/expression/functions.h"
#include "core/data/expression/tree.h"

namespace lamina {
namespace {

/// Ids of the texts for types in sentences.
const char* typeText(ExpressionType type) {
    switch (type) {
        case ExpressionType::Number: return "expression.type.number";
        case ExpressionType::Text: return "expression.type.text";
        case ExpressionType::Boolean: return "expression.type.boolean";
        case ExpressionType::Time: return "expression.type.time";
        case ExpressionType::Missing: break;
    }
    return "expression.type.missing";
}

ExpressionType typeOfLetter(char letter) {
    switch (letter) {
        case 'n': return ExpressionType::Number;
        case 't':
        case 'p': return ExpressionType::Text;
        case 'b': return ExpressionType::Boolean;
        case 'd': return ExpressionType::Time;
        default: return ExpressionType::Missing;
    }
}

/// A signature, argument by argument.
struct ArgumentRule {
    char letter;
    bool optional, repeated;
};
std::vector<ArgumentRule> rulesOf(std::string_view signature) {
    std::vector<ArgumentRule> rules;
    for (const char c : signature) {
        if (c == '?') rules.back().optional = true;
        else if (c == '*') rules.back().repeated = true;
        else rules.push_back({c, false, false});
    }
    return rules;
}

bool fits(ExpressionType type, ExpressionType needed) { return type == needed || type == ExpressionType::Missing || needed == ExpressionType::Missing; }

class TypeChecker {
public:
    TypeChecker(const ExpressionTree& tree, const NameTypes& names, std::span<const std::string> known)
        : m_tree(tree), m_names(names), m_known(known) {}

    Result<std::vector<ExpressionType>> run() {
        for (const ExpressionNode& node : m_tree.nodes) {
            LAMINA_TRY(const ExpressionType type, typeOf(node));
            m_types.push_back(type);
        }
        return std::move(m_types);
    }

private:
    ExpressionType part(const ExpressionNode& node, std::size_t i) const { return m_types[static_cast<std::size_t>(node.parts[i])]; }
    const ExpressionNode& partNode(const ExpressionNode& node, std::size_t i) const { return m_tree.nodes[static_cast<std::size_t>(node.parts[i])]; }

    Result<ExpressionType> typeOf(const ExpressionNode& node) {
        switch (node.kind) {
            case NodeKind::Number: return ExpressionType::Number;
            case NodeKind::Text: return ExpressionType::Text;
            case NodeKind::Boolean: return ExpressionType::Boolean;
            case NodeKind::Missing: return ExpressionType::Missing;
            case NodeKind::Name: return typeOfName(node);
            case NodeKind::Not:
            case NodeKind::And:
            case NodeKind::Or: return allOf(node, ExpressionType::Boolean);
            case NodeKind::Add: return typeOfAdd(node);
            case NodeKind::Negate:
            case NodeKind::Subtract:
            case NodeKind::Multiply:
            case NodeKind::Divide:
            case NodeKind::Modulo:
            case NodeKind::Power: return allOf(node, ExpressionType::Number);
            case NodeKind::IsMissing: return ExpressionType::Boolean;
            case NodeKind::Call: return typeOfCall(node);
            default: return typeOfComparison(node);
        }
    }

    Result<ExpressionType> typeOfName(const ExpressionNode& node) const {
        const std::string& name = m_tree.names[static_cast<std::size_t>(node.name)];
        if (const auto type = m_names(name)) return *type;
        const std::string meant = likelyMeant(name, m_known);
        if (!meant.empty())
            return fail("expression.unknown_name",
                        {{"position", std::to_string(node.position)}, {"name", name}, {"suggestion", expressionName(meant)}});
        std::string all;
        for (const auto& known : m_known.first(std::min<std::size_t>(m_known.size(), 20))) all += (all.empty() ? "" : ", ") + expressionName(known);
        if (m_known.size() > 20) all += ", …";
        if (all.empty()) return fail("expression.no_names", {{"position", std::to_string(node.position)}, {"name", name}});
        return fail("expression.no_such_name", {{"position", std::to_string(node.position)}, {"name", name}, {"known", all}});
    }

    Result<ExpressionType> allOf(const ExpressionNode& node, ExpressionType needed) const {
        for (std::size_t i = 0; i < node.parts.size(); ++i)
            if (!fits(part(node, i), needed)) return operandError(node, needed, part(node, i));
        return needed;
    }
    static Error operandError(const ExpressionNode& node, ExpressionType needed, ExpressionType found) {
        return fail("expression.operand_type", {{"position", std::to_string(node.position)},
                                                {"operator", node.text},
                                                {"needed", typeText(needed)},
                                                {"found", typeText(found)}});
    }

    Result<ExpressionType> typeOfAdd(const ExpressionNode& node) const {
        const ExpressionType left = part(node, 0), right = part(node, 1);
        const bool texts = left == ExpressionType::Text || right == ExpressionType::Text;
        if (texts && !(fits(left, ExpressionType::Text) && fits(right, ExpressionType::Text))) return differ(node, left, right);
        return allOf(node, texts ? ExpressionType::Text : ExpressionType::Number);
    }
    static Error differ(const ExpressionNode& node, ExpressionType left, ExpressionType right) {
        return fail("expression.types_differ", {{"position", std::to_string(node.position)},
                                                {"operator", node.text},
                                                {"left", typeText(left)},
                                                {"right", typeText(right)}});
    }

    /// Parts that cannot be compared. A time and a text: people write dates as they would in a table.
    Error compared(const ExpressionNode& node, std::size_t left, std::size_t right) const {
        const ExpressionType first = part(node, left), second = part(node, right);
        const std::size_t text = first == ExpressionType::Text ? left : right;
        const bool timeAndText = (first == ExpressionType::Time || second == ExpressionType::Time) && part(node, text) == ExpressionType::Text;
        if (!timeAndText) return differ(node, first, second);
        const ExpressionNode& written = partNode(node, text);
        const std::string date = written.kind == NodeKind::Name ? expressionName(m_tree.names[static_cast<std::size_t>(written.name)])
                                 : written.kind == NodeKind::Text && written.text.find('\'') == std::string::npos ? "'" + written.text + "'"
                                                                                                                  : "…";
        return fail("expression.time_and_text", {{"position", std::to_string(node.position)}, {"operator", node.text}, {"date", "date(" + date + ")"}});
    }

    Result<ExpressionType> typeOfComparison(const ExpressionNode& node) const {
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            if (partNode(node, i).kind == NodeKind::Missing) return fail("expression.compare_missing", {{"position", std::to_string(node.position)}});
            for (const std::size_t other : {std::size_t{0}, std::size_t{1}})
                if (!fits(part(node, i), part(node, other))) return compared(node, std::min(i, other), std::max(i, other));
        }
        const bool ordered = node.kind != NodeKind::Equal && node.kind != NodeKind::NotEqual && node.kind != NodeKind::In;
        if (ordered && (part(node, 0) == ExpressionType::Boolean || part(node, 1) == ExpressionType::Boolean)) return operandError(node, ExpressionType::Number, ExpressionType::Boolean);
        return ExpressionType::Boolean;
    }

    Result<ExpressionType> typeOfCall(const ExpressionNode& node) const {
        const auto rules = rulesOf(node.function->signature);
        std::size_t least = 0;
        while (least < rules.size() && !rules[least].optional) ++least;
        const bool endless = !rules.empty() && rules.back().repeated;
        if (node.parts.size() < least || (!endless && node.parts.size() > rules.size()))
            return fail("expression.argument_count", {{"position", std::to_string(node.position)},
                                                      {"name", node.function->name},
                                                      {"found", std::to_string(node.parts.size())},
                                                      {"usage", node.function->usage}});
        ExpressionType common = ExpressionType::Missing;
        for (std::size_t i = 0; i < node.parts.size(); ++i) LAMINA_CHECK(checkArgument(node, i, rules[std::min(i, rules.size() - 1)].letter, common));
        return node.function->result == ExpressionType::Missing ? common : node.function->result;
    }

    Result<void> checkArgument(const ExpressionNode& node, std::size_t i, char letter, ExpressionType& common) const {
        const ExpressionType found = part(node, i);
        const bool unified = letter == 'a' && node.function->result == ExpressionType::Missing;
        const ExpressionType needed = unified ? common : typeOfLetter(letter);
        if (!fits(found, needed))
            return fail("expression.argument_type", {{"position", std::to_string(partNode(node, i).position)},
                                                     {"name", node.function->name},
                                                     {"argument", std::to_string(i + 1)},
                                                     {"needed", typeText(needed)},
                                                     {"found", typeText(found)},
                                                     {"usage", node.function->usage}});
        if (unified && common == ExpressionType::Missing) common = found;
        return letter == 'p' ? checkPattern(partNode(node, i)) : Result<void>();
    }

    /// A pattern is compiled once, so it must be written out.
    static Result<void> checkPattern(const ExpressionNode& node) {
        if (node.kind != NodeKind::Text) return fail("expression.pattern_not_written", {{"position", std::to_string(node.position)}});
        if (const std::string problem = patternProblem(node.text); !problem.empty())
            return fail("expression.bad_pattern", {{"position", std::to_string(node.position)}, {"pattern", node.text}, {"reason", problem}});
        return {};
    }

    const ExpressionTree& m_tree;
    const NameTypes& m_names;
    std::span<const std::string> m_known;
    std::vector<ExpressionType> m_types;
};

}  // namespace

std::optional<ExpressionType> expressionTypeOf(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::Number:
        case ColumnKind::Integer: return ExpressionType::Number;
        case ColumnKind::Boolean: return ExpressionType::Boolean;
        case ColumnKind::Category:
        case ColumnKind::Text: return ExpressionType::Text;
        case ColumnKind::Time: return ExpressionType::Time;
        case ColumnKind::Tensor:
        case ColumnKind::Image: break;
    }
    return std::nullopt;
}

const char* expressionTypeName(ExpressionType type) {
    static constexpr std::array names{"missing", "number", "text", "boolean", "time"};
    return names[static_cast<std::size_t>(type)];
}

Result<std::vector<ExpressionType>> checkNodes(const ExpressionTree& tree, const NameTypes& types, std::span<const std::string> known) {
    return TypeChecker(tree, types, known).run();
}

Result<ExpressionType> Expression::check(const NameTypes& types, std::span<const std::string> known) const {
    LAMINA_TRY(const std::vector<ExpressionType> all, checkNodes(*m_tree, types, known));
    return all.back();
}

Result<ExpressionType> Expression::check(const Table& table) const {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < table.columnCount(); ++i) {
        known.push_back(table.info(i).name);
        const auto& used = names();
        if (!expressionTypeOf(table.info(i).kind) && std::find(used.begin(), used.end(), known.back()) != used.end())
            return fail("expression.column_kind", {{"name", known.back()}, {"kind", columnKindName(table.info(i).kind)}});
    }
    return check(
        [&](const std::string& name) -> std::optional<ExpressionType> {
            for (std::size_t i = 0; i < table.columnCount(); ++i)
                if (table.info(i).name == name) return expressionTypeOf(table.info(i).kind);
            return std::nullopt;
        },
        known);
}

}  // namespace lamina
