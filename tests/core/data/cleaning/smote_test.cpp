// SMOTE against the neighbours that numpy finds (smote_numbers.py made the numbers).
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/core/data/cleaning/written_table.h"

namespace lamina {
namespace {

using nlohmann::json;

const json& smoteNumbers() {
    static const json all = json::parse(std::ifstream(std::string(LAMINA_SOURCE_DIR) + "/tests/core/data/cleaning/smote_numbers.json"));
    return all;
}

Table smoteTable() {
    const json& all = smoteNumbers();
    return *Table::of({writtenColumn("a", all["a"]), writtenColumn("b", all["b"]), writtenColumn("kind", json{{"category", all["kind"]}}),
                       writtenColumn("answer", json{{"category", all["answer"]}})});
}

RecipeResult smoted(const json& settings, bool divided = true) {
    std::vector<std::uint8_t> training(smoteNumbers()["answer"].size());
    std::fill_n(training.begin(), smoteNumbers()["training"].get<int>(), std::uint8_t{1});
    RecipeRun run;
    if (divided) run.training = training;
    json all{{"column", "answer"}, {"neighbours", smoteNumbers()["neighbours"]}};
    if (settings.is_object()) all.update(settings);
    auto result = runOnly(smoteTable(), "smote", all, run);
    EXPECT_FALSE(result.steps[0].error.has_value()) << result.steps[0].error->debugText();
    return result;
}

/// The category that most of these rows have; of equally frequent ones that of the first.
std::string majorityOf(const json& rows) {
    std::map<std::string, int> counts;
    std::string best;
    for (const json& row : rows) ++counts[smoteNumbers()["kind"][row.get<std::size_t>()]];
    for (const json& row : rows)
        if (const std::string kind = smoteNumbers()["kind"][row.get<std::size_t>()]; best.empty() || counts[kind] > counts[best]) best = kind;
    return best;
}

TEST(Smote, NewRowsLieBetweenARowAndOneOfItsNearest) {
    for (const bool words : {false, true}) {
        const auto result = smoted({{"columns", words ? json{"a", "b", "kind"} : json{"a", "b"}}});
        const Table& table = result.clean.table;
        const json& fitted = result.recipe.steps[0].fitted;
        const json& nearest = smoteNumbers()["nearest"][words ? "with categories" : "numbers"];
        const json& counts = smoteNumbers()["counts"];
        const auto rows = static_cast<std::int64_t>(smoteNumbers()["answer"].size());
        ASSERT_EQ(table.rows(),
                  rows + 2 * counts["often"].get<std::int64_t>() - counts["rare"].get<std::int64_t>() - counts["some"].get<std::int64_t>());
        EXPECT_EQ(result.clean.appended, table.rows() - rows);
        for (std::int64_t row = rows; row < table.rows(); ++row) {
            const auto i = static_cast<std::size_t>(row - rows);
            const std::int64_t from = fitted["from"][i], towards = fitted["towards"][i];
            const json& allowed = nearest.at(std::to_string(from));
            EXPECT_NE(std::find(allowed.begin(), allowed.end(), json(towards)), allowed.end()) << from << " " << towards;
            EXPECT_EQ((*result.clean.origin)[static_cast<std::size_t>(row)], from);
            const double part = fitted["part"][i].get<double>() / 1073741824.0;
            EXPECT_TRUE(part >= 0 && part < 1);
            for (const std::size_t column : {0u, 1u}) {
                const ColumnView view = table.view(column);
                EXPECT_NEAR(view.number(row), view.number(from) + part * (view.number(towards) - view.number(from)), 1e-12);
            }
            EXPECT_EQ(table.cellText(row, 3), table.cellText(from, 3));
            EXPECT_EQ(table.cellText(row, 2), words ? majorityOf(allowed) : table.cellText(from, 2));
        }
    }
}

TEST(Smote, AShareMakesFewerAndTheSeedOthers) {
    const std::int64_t rows = std::ssize(smoteNumbers()["answer"]), often = smoteNumbers()["counts"]["often"];
    const auto half = smoted({{"columns", {"a", "b"}}, {"share", 0.5}});
    EXPECT_EQ(half.clean.table.rows(), rows + 2 * std::llround(0.5 * static_cast<double>(often)) -
                                           smoteNumbers()["counts"]["rare"].get<std::int64_t>() -
                                           smoteNumbers()["counts"]["some"].get<std::int64_t>());
    const auto one = smoted({}), same = smoted({}), other = smoted({{"seed", 2}});
    EXPECT_EQ(one.recipe.steps[0].fitted, same.recipe.steps[0].fitted);
    EXPECT_NE(one.recipe.steps[0].fitted, other.recipe.steps[0].fitted);
}

TEST(Smote, MadeRowsAreNotMadeAgainAndPredictionsSeeNone) {
    const auto first = smoted({});
    RecipeRun again;
    again.refit = false;
    const auto second = runRecipe(smoteTable(), first.recipe, again);
    ASSERT_EQ(second->clean.table.rows(), first.clean.table.rows());
    for (std::int64_t row = 0; row < first.clean.table.rows(); ++row) EXPECT_EQ(second->clean.table.rowText(row), first.clean.table.rowText(row));
    again.context.predicting = true;
    EXPECT_EQ(runRecipe(smoteTable(), first.recipe, again)->clean.table.rows(), smoteTable().rows());
}

TEST(Smote, WithoutASplitNothingIsMade) {
    const auto result = smoted({}, false);
    EXPECT_EQ(result.clean.table.rows(), smoteTable().rows());
    ASSERT_EQ(result.steps[0].report.issues.size(), 1u);
    EXPECT_EQ(result.steps[0].report.issues[0].what.code, "cleaning.smote_needs_split");
}

TEST(Smote, LearnedRowsThatDoNotExistAreRefused) {
    auto broken = smoted({}).recipe;
    broken.steps[0].fitted["from"][0] = 1000000;
    RecipeRun again;
    again.refit = false;
    const auto result = runRecipe(smoteTable(), broken, again);
    ASSERT_TRUE(result->steps[0].error.has_value());
    EXPECT_EQ(result->steps[0].error->code, "cleaning.recipe_damaged");
}

}  // namespace
}  // namespace lamina
