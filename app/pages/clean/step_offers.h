// Steps that fit what was pointed at or what was found: with their settings filled in.
#pragma once

#include <QString>

#include <optional>
#include <vector>

#include "core/data/cleaning/recipe.h"

namespace lamina {

/// A step to be had with one click.
struct StepOffer {
    QString text;  ///< menu: "Fill missing values of Age …"; suggestion: a whole sentence
    RecipeStep step;
    bool complete = true;  ///< nothing is left to be asked: otherwise its settings are opened
    bool first = false;    ///< belongs before all other steps, where every column is still there

    /// Only said: there is no step for it.
    bool isRemark() const { return step.type.empty(); }
};

/// The first of these types that there is, with the columns named where it asks for columns and those of `settings` that it knows.
/// Empty where there is none of them.
std::optional<RecipeStep> makeStep(const std::vector<std::string>& types, const std::vector<std::string>& columns,
                                   const nlohmann::json& settings = nlohmann::json::object());

/// For the head of a column.
std::vector<StepOffer> offersForColumn(const Table& table, std::size_t column);
/// For a cell: its value as a person reads it, empty where it is missing.
std::vector<StepOffer> offersForCell(const Table& table, std::size_t column, std::int64_t row);
/// Another text typed into a cell: a step of its own, or `step` with one more cell where that is such a step already.
std::optional<RecipeStep> cellEditStep(const Table& table, std::size_t column, std::int64_t row, const std::string& text, const RecipeStep* step);

/// How a value is written in an expression.
std::string expressionValue(const Table& table, std::size_t column, std::int64_t row);

}  // namespace lamina
