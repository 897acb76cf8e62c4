// Cleaning steps against pandas and scikit-learn, cell by cell (pandas_numbers.py made the numbers).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <nlohmann/json.hpp>

#include "core/data/cleaning/recipe.h"
#include "core/data/cleaning/steps/isolation_forest.h"

namespace lamina {
namespace {

using nlohmann::json;

const json& pandasNumbers() {
    static const json all = json::parse(std::ifstream(std::string(LAMINA_SOURCE_DIR) + "/tests/core/data/cleaning/pandas_numbers.json"));
    return all;
}

TableColumn columnFromJson(const std::string& name, const json& values) {
    const bool text = std::any_of(values.begin(), values.end(), [](const json& value) { return value.is_string(); });
    const bool integer = std::all_of(values.begin(), values.end(), [](const json& value) { return value.is_number_integer(); });
    ColumnData data(text ? ColumnKind::Text : integer ? ColumnKind::Integer : ColumnKind::Number);
    for (const json& value : values) {
        if (value.is_null()) data.addMissing();
        else if (text) data.addText(value.get<std::string>());
        else if (integer) data.addInteger(value.get<std::int64_t>());
        else data.addNumber(value.get<double>());
    }
    return TableColumn::inMemory(std::move(data), "id " + name, name);
}

Table tableFromJson(const json& columns) {
    std::vector<TableColumn> all;
    for (const auto& [name, values] : columns.items()) all.push_back(columnFromJson(name, values));
    return *Table::of(std::move(all));
}

/// The step alone as a recipe, fitted on the first rows.
RecipeResult runStepAlone(const std::string& step, const json& settings, const RecipeRun& how = {}) {
    Recipe recipe;
    recipe.steps.emplace_back();
    recipe.steps[0].type = step;
    recipe.steps[0].settings = settings;
    const Table table = tableFromJson(pandasNumbers()["table"]);
    std::vector<std::uint8_t> training(static_cast<std::size_t>(table.rows()));
    std::fill_n(training.begin(), pandasNumbers()["training"].get<int>(), std::uint8_t{1});
    RecipeRun run = how;
    run.training = training;
    auto result = runRecipe(table, recipe, run);
    EXPECT_TRUE(result.ok());
    EXPECT_FALSE(result->steps[0].error.has_value()) << step << ": " << result->steps[0].error->debugText();
    return *result;
}

void expectCells(const Table& table, const json& columns, const std::string& what, double tolerance = 1e-9) {
    for (const auto& [name, expected] : columns.items()) {
        const auto place = table.find(name);
        ASSERT_TRUE(place.ok()) << what << ": " << place.error().debugText();
        ASSERT_EQ(table.rows(), static_cast<std::int64_t>(expected.size())) << what;
        for (std::int64_t row = 0; row < table.rows(); ++row) {
            const json& cell = expected[static_cast<std::size_t>(row)];
            const ColumnView view = table.view(*place);
            ASSERT_EQ(view.isMissing(row), cell.is_null()) << what << " " << name << " row " << row;
            const std::string where = what + " " + name + " row " + std::to_string(row);
            if (cell.is_string()) {
                ASSERT_EQ(table.cellText(row, *place), cell.get<std::string>()) << where;
            } else if (cell.is_boolean()) {
                ASSERT_EQ(view.number(row), cell.get<bool>()) << where;
            } else if (!cell.is_null()) {
                ASSERT_NEAR(view.number(row), cell.get<double>(), tolerance * std::max(1.0, std::abs(cell.get<double>()))) << where;
            }
        }
    }
}

TEST(PandasNumbers, StepsGiveTheSameCells) {
    ASSERT_GE(pandasNumbers()["cases"].size(), 20u);
    for (const json& one : pandasNumbers()["cases"]) {
        const std::string step = one["step"];
        // scikit-learn looks for lambda with a wide tolerance
        expectCells(runStepAlone(step, one["settings"]).clean.table, one["columns"], step + one["settings"].dump(), step == "yeo_johnson" ? 2e-6 : 1e-9);
    }
}

TEST(PandasNumbers, WhatWasLearnedIsEnoughForNewRows) {
    for (const json& one : pandasNumbers()["cases"]) {
        const auto fitted = runStepAlone(one["step"], one["settings"]);
        RecipeRun again;
        again.refit = false;
        again.context.predicting = true;
        const auto result = runRecipe(tableFromJson(pandasNumbers()["table"]), fitted.recipe, again);
        ASSERT_TRUE(result.ok());
        ASSERT_FALSE(result->steps[0].error.has_value()) << result->steps[0].error->debugText();
        expectCells(result->clean.table, one["columns"], one["step"], one["step"] == "yeo_johnson" ? 2e-6 : 1e-9);
    }
}

TEST(PandasNumbers, DuplicatesAreThoseOfPandas) {
    for (const auto& [how, keep] : pandasNumbers()["keep"].items()) {
        const auto result = runStepAlone("drop_duplicates", {{"columns", {"city", "level"}}, {"keep", how}});
        for (std::size_t row = 0; row < keep.size(); ++row)
            EXPECT_EQ(!result.clean.isRemoved(static_cast<std::int64_t>(row)), keep[row].get<bool>()) << how << " row " << row;
    }
}

/// New rows get the means of all training rows, as scikit-learn's transform().
std::vector<double> targetEncodings(const json& settings) {
    const auto fitted = runStepAlone("target_encode", settings);
    RecipeRun predict;
    predict.refit = false;
    predict.context.predicting = true;
    const auto result = runRecipe(tableFromJson(pandasNumbers()["table"]), fitted.recipe, predict);
    std::vector<double> values;
    const auto column = result->clean.table.find("level");
    for (std::int64_t row = 0; row < result->clean.table.rows(); ++row) values.push_back(result->clean.table.view(*column).number(row));
    return values;
}

TEST(PandasNumbers, TargetEncodingIsThatOfScikitLearn) {
    const auto numbers = targetEncodings({{"columns", {"level"}}, {"target", "signed"}, {"smoothing", 3.0}});
    const auto classes = targetEncodings({{"columns", {"level"}}, {"target", "answer"}, {"smoothing", 10.0}});
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        EXPECT_NEAR(numbers[row], pandasNumbers()["target"]["numbers"][row].get<double>(), 1e-9);
        EXPECT_NEAR(classes[row], pandasNumbers()["target"]["classes"][row].get<double>(), 1e-9);
    }
}

TEST(PandasNumbers, GroupsPivotsAndUnpivotsAreThoseOfPandas) {
    const auto group = runStepAlone("group", {{"by", {"city"}}, {"columns", {"skewed"}},
                                              {"functions", {"sum", "mean", "median", "min", "max", "deviation", "count", "distinct", "first", "last"}}});
    expectCells(group.clean.table, pandasNumbers()["group"], "group");
    const json wide = pandasNumbers()["pivot"];
    const auto pivot = runStepAlone("pivot", {{"rows", {"city"}}, {"names", "level"}, {"values", "signed"}});
    const Table& table = pivot.clean.table;
    std::int64_t compared = 0;
    for (std::int64_t row = 0; row < table.rows(); ++row)
        for (std::size_t i = 0; i < wide["city"].size(); ++i) {
            if (table.cellText(row, *table.find("city")) != wide["city"][i].get<std::string>()) continue;
            ++compared;
            for (const char* level : {"high", "low", "mid"}) {
                const ColumnView view = table.view(*table.find(level));
                ASSERT_EQ(view.isMissing(row), wide[level][i].is_null());
                if (!wide[level][i].is_null()) {
                    ASSERT_NEAR(view.number(row), wide[level][i].get<double>(), 1e-9);
                }
            }
        }
    EXPECT_EQ(compared, static_cast<std::int64_t>(wide["city"].size()));
    EXPECT_EQ(table.rows(), compared + 1) << "and the rows without a city";
    const auto unpivot = runStepAlone("unpivot", {{"columns", {"signed", "skewed"}}, {"name", "what"}, {"value", "much"}});
    expectCells(unpivot.clean.table, pandasNumbers()["unpivot"], "unpivot");
    EXPECT_EQ((*unpivot.clean.origin)[7], 3);
}

TEST(PandasNumbers, JoinIsThatOfPandas) {
    RecipeRun run;
    run.context.otherTable = [](const std::string&) -> Result<Table> { return tableFromJson(pandasNumbers()["other"]); };
    const auto joined = runStepAlone("join", {{"table", "towns"}, {"keys", {"city"}}, {"other_keys", {"town"}}}, run);
    expectCells(joined.clean.table, pandasNumbers()["join"], "join");
    EXPECT_EQ(joined.clean.table.columnCount(), tableFromJson(pandasNumbers()["table"]).columnCount() + 2);
    EXPECT_GT(joined.steps[0].report.refusedCount, 0) << "rows without a match are told";
}

std::vector<double> ranksOf(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<double>(i);
    return ranks;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const double n = static_cast<double>(a.size()), meanA = std::accumulate(a.begin(), a.end(), 0.0) / n, meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / std::sqrt(aa * bb);
}

TEST(PandasNumbers, TheIsolationForestRanksAsThatOfScikitLearn) {
    const json& forest = pandasNumbers()["forest"];
    const auto expected = forest["scores"].get<std::vector<double>>();
    PointSet points{3, {}};
    for (std::size_t i = 0; i < expected.size(); ++i)
        for (const char* name : {"a", "b", "c"}) points.values.push_back(forest["points"][name][i].get<double>());
    const IsolationForest grown(points, 1);
    std::vector<double> scores(expected.size());
    grown.score(points, 0, scores);
    EXPECT_GT(correlation(scores, expected), 0.98);
    EXPECT_GT(correlation(ranksOf(scores), ranksOf(expected)), 0.93);
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(scores[i], expected[i], 0.06) << i;
}

}  // namespace
}  // namespace lamina
