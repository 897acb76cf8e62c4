// A parsed expression. Inside of the folder only.
#pragma once

#include <string>
#include <vector>

#include "core/data/expression/expression.h"

namespace lamina {

struct FunctionDefinition;

enum class NodeKind : std::uint8_t {
    Number, Text, Boolean, Missing, Name, Negate, Not, Add, Subtract, Multiply, Divide, Modulo, Power,
    Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, And, Or, In, Between, IsMissing, Call
};

struct ExpressionNode {
    NodeKind kind = NodeKind::Missing;
    std::size_t position = 1;       ///< of its first character or its operator, from 1
    std::vector<int> parts;         ///< indices of nodes, all smaller than its own
    double number = 0;              ///< Number; Boolean: 0 or 1
    std::string text;               ///< Text; operators: as they were written
    int name = -1;                  ///< Name: index of ExpressionTree::names
    const FunctionDefinition* function = nullptr;  ///< Call
};

struct ExpressionTree {
    std::string source;
    std::vector<ExpressionNode> nodes;  ///< the last is the whole
    std::vector<std::string> names;
};

/// The types of all nodes, in their order.
Result<std::vector<ExpressionType>> checkNodes(const ExpressionTree& tree, const NameTypes& types, std::span<const std::string> known);

/// The one of `known` that `word` is likely to be a misspelling of, or "".
std::string likelyMeant(std::string_view word, std::span<const std::string> known);

}  // namespace lamina
