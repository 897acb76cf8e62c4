// Small tables written as JSON, and one step run on them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/data/cleaning/recipe.h"
#include "core/data/time_text.h"

namespace lamina {

// Tables written as JSON: {"a": [1, null], "b": ["x", "y"], "c": {"category": ["x", null]}, "t": {"time": ["2024-03-01", null]}}

inline ColumnKind kindOfCells(const nlohmann::json& cells) {
    ColumnKind kind = ColumnKind::Text;
    for (const nlohmann::json& cell : cells) {
        if (cell.is_number_float()) return ColumnKind::Number;
        if (cell.is_number_integer()) kind = ColumnKind::Integer;
        if (cell.is_boolean()) kind = ColumnKind::Boolean;
    }
    return kind;
}

inline TableColumn writtenColumn(const std::string& name, const nlohmann::json& written) {
    const nlohmann::json& cells = written.is_object() ? written.begin().value() : written;
    const ColumnKind kind = written.is_object() ? *columnKindFromName(written.begin().key()) : kindOfCells(cells);
    ColumnData data(kind);
    std::vector<std::string> dictionary;
    for (const nlohmann::json& cell : cells) {
        if (cell.is_null()) data.addMissing();
        else if (kind == ColumnKind::Number) data.addNumber(cell.get<double>());
        else if (kind == ColumnKind::Integer) data.addInteger(cell.get<std::int64_t>());
        else if (kind == ColumnKind::Boolean) data.addBoolean(cell.get<bool>());
        else if (kind == ColumnKind::Time) data.addInteger(*parseTime(cell.get<std::string>()));
        else if (kind == ColumnKind::Text) data.addText(cell.get<std::string>());
        else {
            const auto found = std::find(dictionary.begin(), dictionary.end(), cell.get<std::string>());
            data.addCode(static_cast<std::int32_t>(found - dictionary.begin()));
            if (found == dictionary.end()) dictionary.push_back(cell.get<std::string>());
        }
    }
    if (kind == ColumnKind::Category) data.setDictionary(dictionary);
    return TableColumn::inMemory(std::move(data), "id of " + name, name);
}

inline Table writtenTable(const std::string& text) {
    std::vector<TableColumn> columns;
    const nlohmann::json written = nlohmann::json::parse(text);
    for (const auto& [name, cells] : written.items()) columns.push_back(writtenColumn(name, cells));
    auto table = Table::of(std::move(columns));
    EXPECT_TRUE(table.ok());
    return table ? *table : Table();
}

inline std::string cellWritten(const nlohmann::json& cell) {
    if (cell.is_null()) return "∅";
    if (cell.is_string()) return cell.get<std::string>();
    if (cell.is_number_float() && std::floor(cell.get<double>()) == cell.get<double>()) return std::to_string(cell.get<std::int64_t>());
    return cell.dump();
}

inline std::string cellFound(const Table& table, std::size_t column, std::int64_t row) {
    const ColumnView view = table.view(column);
    if (view.isMissing(row)) return "∅";
    if (view.kind != ColumnKind::Number) return table.cellText(row, column);
    return cellWritten(std::abs(view.number(row)) < 1e15 ? nlohmann::json(std::round(view.number(row) * 1e9) / 1e9)
                                                         : nlohmann::json(view.number(row)));
}

inline Recipe recipeOf(const std::string& step, const nlohmann::json& settings) {
    Recipe recipe;
    recipe.steps.push_back({.type = step, .settings = settings, .comment = {}, .fitted = {}});
    return recipe;
}

inline RecipeResult runOnly(const Table& table, const std::string& step, const nlohmann::json& settings, const RecipeRun& run = {}) {
    auto result = runRecipe(table, recipeOf(step, settings), run);
    EXPECT_TRUE(result.ok());
    return result ? *result : RecipeResult();
}

}  // namespace lamina
