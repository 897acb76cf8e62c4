// The expression language: what people type as a filter, as a formula and as an argument of a block.
//
//     price * 1.19 > 100 and [city name] in ('Paris', 'Lyon') and note is not missing
//
// * Values: number (float64), text (UTF-8), boolean, time (milliseconds since 1970 UTC); each may be missing. Integer columns are numbers, category
//   columns are texts. A number that is not finite (1/0, sqrt(-1)) is missing.
// * Names: a word of letters, digits, _ and . ; any other name in [brackets] or `backquotes` (]] and `` stand for ] and `). Keywords (and or not in
//   between is missing true false, any case) and names with blanks need brackets. Function names stand before a "(", in any case.
// * Constants: 12, 1.5e3; 'text' or "text" (the quote twice stands for itself); true, false, missing.
// * Operators, the loosest first: or; and; not; = == != <> < <= > >=, [not] in (a, b), [not] between a and b, is [not] missing; + -; * / %;
//   unary -; ^ (from right to left; -2^2 is -4). + also joins texts. a % b has the sign of b.
// * Missing: whatever is computed from a missing value is missing. Exceptions: false and missing = false; true or missing = true; is missing; coalesce;
//   if() looks only at the branch it takes (a missing condition gives missing). A filter keeps the rows where its condition is true.
// * Texts compare byte by byte, positions in texts count characters from 1.
// There is no clock and no chance in it: the same values give the same result. Nothing is converted silently; number(), text(), date() do it by name.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/data/table.h"

namespace lamina {

/// Missing: of a value that is never there (the constant `missing` alone).
enum class ExpressionType : std::uint8_t { Missing, Number, Text, Boolean, Time };
/// "missing", "number", "text", "boolean", "time"
const char* expressionTypeName(ExpressionType type);
/// Integer is a number, Category a text; nothing for Tensor and Image.
std::optional<ExpressionType> expressionTypeOf(ColumnKind kind);

/// A point in time: milliseconds since 1970-01-01 00:00 UTC.
struct ExpressionTime {
    std::int64_t milliseconds = 0;
    bool operator==(const ExpressionTime&) const = default;
};
/// One value; monostate: missing.
using ExpressionValue = std::variant<std::monostate, double, std::string, bool, ExpressionTime>;

/// What a name of an expression means where it is used: its type, or nothing where there is no such name.
using NameTypes = std::function<std::optional<ExpressionType>(const std::string& name)>;

struct ExpressionTree;

/// A parsed expression: immutable, cheap to copy, any number of threads may use it.
class Expression {
public:
    /// Errors "expression.…" with {position}, the character (from 1) where it goes wrong; at most longestText bytes, limited depth.
    static Result<Expression> parse(std::string_view text);

    /// The names it uses, each once, in order of appearance.
    const std::vector<std::string>& names() const;
    const std::string& text() const;
    const ExpressionTree& tree() const { return *m_tree; }

    /// The type of its value where names have these types. `known` are proposed for a name that is not there.
    Result<ExpressionType> check(const NameTypes& types, std::span<const std::string> known = {}) const;
    /// The same for the columns of a table: "expression.column_kind" for columns that hold tensors or pictures.
    Result<ExpressionType> check(const Table& table) const;
    /// Its value without a table, from plain named values.
    Result<ExpressionValue> evaluate(const std::vector<std::pair<std::string, ExpressionValue>>& values = {}) const;

    static constexpr std::size_t longestText = 10'000;

private:
    explicit Expression(std::shared_ptr<const ExpressionTree> tree) : m_tree(std::move(tree)) {}
    std::shared_ptr<const ExpressionTree> m_tree;
};

struct ExpressionRun {
    int threads = 0;  ///< 0: as many as the machine has. The result does not depend on it
    CancelToken cancel;
};

/// Its value in every row as a column: Number, Text, Boolean or Time (of the constant `missing`: Number).
Result<TableColumn> evaluateColumn(const Expression& expression, const Table& table, const std::string& name, const ExpressionRun& run = {});

/// 1 where it is true, 0 where false, missingMask where missing. "expression.not_a_condition" {found} unless its type is boolean.
Result<std::vector<std::uint8_t>> evaluateMask(const Expression& expression, const Table& table, const ExpressionRun& run = {});
constexpr std::uint8_t missingMask = 2;

/// A function of the language, for completion and documentation.
struct ExpressionFunction {
    std::string name;
    std::string usage;  ///< "round(x, digits)"
    std::string help;   ///< English, one sentence
    std::string helpId; ///< of the sentence in app/messages, in all languages
};
/// In the order of the documentation.
const std::vector<ExpressionFunction>& expressionFunctions();
/// The words that are no names: "and", "or", …
const std::vector<std::string>& expressionKeywords();
/// The name as it is to be written in an expression: with brackets where it needs them.
std::string expressionName(const std::string& name);

}  // namespace lamina
