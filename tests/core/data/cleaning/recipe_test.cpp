// Recipes: what their steps learn, how they are written down, how they run.
#include "core/data/cleaning/recipe.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/core/data/cleaning/steps_at_work.h"
#include "tests/core/data/cleaning/written_table.h"

namespace lamina {
namespace {

using nlohmann::json;

// What is learned comes from training rows, and stays

TEST(FittedSteps, LearnFromTrainingRowsThatAreThere) {
    const Table table = writtenTable(R"x({"a":[1.0,3.0,1000.0,null],"k":[1,1,1,1]})x");
    const std::vector<std::uint8_t> training{1, 1, 0, 0};
    RecipeRun run;
    run.training = training;
    const auto result = runOnly(table, "fill_missing", {{"method", "mean"}, {"columns", {"a"}}}, run);
    EXPECT_EQ(result.clean.table.view(0).number(3), 2);

    Recipe recipe = recipeOf("fill_missing", {{"method", "mean"}, {"columns", {"a"}}});
    recipe.steps[0].fitted = result.recipe.steps[0].fitted;
    run.refit = false;
    run.training = {};
    const auto later = runRecipe(writtenTable(R"x({"a":[null,500.0]})x"), recipe, run);
    ASSERT_TRUE(later.ok());
    EXPECT_EQ(later->clean.table.view(0).number(0), 2);
}

TEST(FittedSteps, ASingleNewRowIsReadAsTheColumnWas) {
    const Table table = writtenTable(R"x({"d":["25/12/2024","01/02/2024"],"n":["1.234,5","2,5"]})x");
    Recipe recipe = recipeOf("parse_dates", {{"columns", {"d"}}});
    recipe.steps.push_back(recipeOf("parse_numbers", {{"columns", {"n"}}}).steps[0]);
    const auto learned = runRecipe(table, recipe, {});
    ASSERT_TRUE(learned.ok());
    RecipeRun run;
    run.refit = false;
    run.context.predicting = true;
    const auto later = runRecipe(writtenTable(R"x({"d":["03/04/2024"],"n":["1.234"]})x"), learned->recipe, run);
    ASSERT_TRUE(later.ok());
    EXPECT_EQ(later->clean.table.cellText(0, 0), "2024-04-03");
    EXPECT_EQ(later->clean.table.cellText(0, 1), "1234");
}

TEST(FittedSteps, RemovedRowsGiveNoNeighbourAndNoMean) {
    Recipe recipe = recipeOf("drop_missing_rows", {{"columns", {"k"}}});
    recipe.steps.push_back(recipeOf("fill_missing", {{"method", "previous"}, {"columns", {"a"}}}).steps[0]);
    recipe.steps.push_back(recipeOf("fill_missing", {{"method", "mean"}, {"columns", {"b"}}}).steps[0]);
    const auto result = runRecipe(writtenTable(R"x({"a":[1,2,null],"b":[1.0,100.0,null],"k":[1,null,1]})x"), recipe, {});
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->clean.table.cellText(2, 0), "1");
    EXPECT_EQ(result->clean.table.cellText(2, 1), "1");
}

TEST(FittedSteps, WhatWasLearnedMayBeDamaged) {
    const Table table = tableOfAllKinds(30);
    for (const auto* type : cleaningStepCatalogue()) {
        if (!type->fit) continue;
        for (const json& settings : settingsToTry(*type))
            for (const json& fitted :
                 {json("x"), json::object(), json::array({1}),
                  json{{"names", {"number"}}, {"columns", 3}, {"parts", -1}, {"rows", {{"columns", {"number"}}, {"scale", 1}}}}}) {
                Recipe recipe = recipeOf(type->id, settings);
                recipe.steps[0].fitted = fitted;
                RecipeRun run;
                run.refit = false;
                EXPECT_TRUE(runRecipe(table, recipe, run).ok()) << type->id << fitted;
            }
    }
}

// Recipes

TEST(Recipes, ComeBackFromJson) {
    Recipe recipe = recipeOf("rename_column", {{"column", "a"}, {"name", "b"}});
    recipe.steps[0].comment = "说明";
    recipe.steps[0].enabled = false;
    recipe.steps.push_back(recipeOf("fill_missing", {{"method", "mean"}}).steps[0]);
    recipe.steps[1].fitted = {{"names", {"a"}}};
    const auto read = recipeFromJson(json::parse(toJson(recipe).dump()));
    ASSERT_TRUE(read.ok()) << read.error().debugText();
    EXPECT_EQ(*read, recipe);
}

TEST(Recipes, WhatIsDamagedIsRefusedByItsPlace) {
    const auto codeOf = [](const char* text) {
        const auto read = recipeFromJson(json::parse(text));
        return read ? std::string("fine") : read.error().code + " " + read.error().argument("what") + read.error().argument("step");
    };
    EXPECT_EQ(codeOf(R"([])"), "cleaning.recipe_damaged {}");
    EXPECT_EQ(codeOf(R"x({})x"), "cleaning.recipe_damaged steps");
    EXPECT_EQ(codeOf(R"x({"version":2,"steps":[]})x"), "cleaning.recipe_damaged version");
    EXPECT_EQ(codeOf(R"x({"steps":[3]})x"), "cleaning.recipe_damaged steps[0]");
    EXPECT_EQ(codeOf(R"x({"steps":[{"type":"trim_text","enabled":1}]})x"), "cleaning.recipe_damaged steps[0].enabled");
    EXPECT_EQ(codeOf(R"x({"steps":[{"type":"trim_text","id":"x"},{"type":"trim_text","id":"x"}]})x"), "cleaning.recipe_damaged steps[1].id");
    EXPECT_EQ(codeOf(R"x({"steps":[{"type":"dance"}]})x"), "cleaning.unknown_step dance");
    EXPECT_EQ(codeOf(R"x({"steps":[{"type":"trim_text","settings":{"colour":1}}]})x"), "property.unknown trim_text");
    EXPECT_EQ(codeOf(R"x({"steps":[{"type":"trim_text","settings":null}]})x"), "fine");
}

TEST(Recipes, AreTheSameWorkWhateverTheyAreCalled) {
    const Recipe plain = recipeOf("trim_text", json::object());
    Recipe other = recipeOf("trim_text", {{"inner", true}});
    other.steps[0].comment = "why";
    other.steps[0].fitted = 3;
    EXPECT_EQ(recipeHash(other), recipeHash(plain));
    other.steps.push_back(recipeOf("trim_text", json::object()).steps[0]);
    EXPECT_NE(recipeHash(other), recipeHash(plain));
    other.steps[1].enabled = false;
    EXPECT_EQ(recipeHash(other), recipeHash(plain));
    other.steps[0].settings["inner"] = false;
    EXPECT_NE(recipeHash(other), recipeHash(plain));
}

Recipe threeSteps() {
    Recipe recipe = recipeOf("trim_text", json::object());
    recipe.steps.push_back(recipeOf("drop_missing_rows", {{"columns", {"a"}}}).steps[0]);
    recipe.steps.push_back(recipeOf("rename_column", {{"column", "a"}, {"name", "b"}}).steps[0]);
    return recipe;
}

TEST(RecipeRuns, AStepThatFailsStopsThere) {
    Recipe recipe = threeSteps();
    recipe.steps[1].settings = {{"columns", {"nowhere"}}};
    const auto result = runRecipe(writtenTable(R"x({"a":[" x",null]})x"), recipe, {});
    ASSERT_TRUE(result.ok());
    EXPECT_FALSE(result->steps[0].error);
    ASSERT_TRUE(result->steps[1].error);
    EXPECT_EQ(result->steps[1].error->code, "cleaning.no_column");
    EXPECT_TRUE(result->steps[2].error);
    EXPECT_EQ(result->clean.table.info(0).name, "a");
    EXPECT_EQ(result->clean.table.cellText(0, 0), "x") << "the table before the step that failed";
}

TEST(RecipeRuns, StepsThatAreOffDoNothingAndRowsKnowWhatRemovedThem) {
    Recipe recipe = threeSteps();
    recipe.steps[0].enabled = false;
    const auto result = runRecipe(writtenTable(R"x({"a":[" x",null]})x"), recipe, {});
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->clean.table.cellText(0, 0), " x");
    EXPECT_EQ(*result->clean.removedBy, (std::vector<std::uint16_t>{0, 2}));
    EXPECT_EQ(result->steps[1].report.removedRows, 1);
}

TEST(RecipeRuns, PredictionsSkipWhatIsForTrainingAndNeedWhatWasLearned) {
    const Table table = writtenTable(R"x({"a":[1,null]})x");
    RecipeRun run;
    run.context.predicting = true;
    const auto edited = runOnly(table, "edit_cells", {{"rows", {1}}, {"columns", {"a"}}, {"values", {"5"}}}, run);
    EXPECT_FALSE(edited.steps[0].error);
    EXPECT_EQ(edited.clean.table.cellText(0, 0), "1");
    run.refit = false;
    const auto unlearned = runOnly(table, "fill_missing", {{"method", "mean"}}, run);
    ASSERT_TRUE(unlearned.steps[0].error);
    EXPECT_EQ(unlearned.steps[0].error->code, "cleaning.not_fitted");
    const auto lacking = runOnly(table, "trim_text", {{"columns", {"target"}}}, run);
    EXPECT_FALSE(lacking.steps[0].error) << "new rows need not have the target";
}

TEST(RecipeRuns, TheRunnerKeepsTheStatesBeforeAChange) {
    RecipeRunner runner(writtenTable(R"x({"a":[" x",null],"n":[1,2]})x"));
    Recipe recipe = threeSteps();
    const auto first = runner.run(recipe, {});
    ASSERT_TRUE(first.ok());
    EXPECT_GT(runner.bytes(), 0u);
    recipe.steps[2].settings["name"] = "c";
    recipe.steps[0].comment = "a comment changes nothing";
    const auto second = runner.run(recipe, {});
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(second->clean.table.info(0).name, "c");
    EXPECT_EQ(second->clean.table.view(0).textBytes.data(), first->clean.table.view(0).textBytes.data())
        << "the trimmed column is the one from before";
    EXPECT_EQ(second->steps[1].report.removedRows, 1) << "reports of kept states stay";
    RecipeRun two;
    two.steps = 2;
    EXPECT_EQ(runner.run(recipe, two)->clean.table.info(0).name, "a");
    recipe.steps[0].enabled = false;
    EXPECT_EQ(runner.run(recipe, {})->clean.table.cellText(0, 0), " x");
    const std::vector<std::uint8_t> training{1, 0};
    RecipeRun other;
    other.training = training;
    EXPECT_TRUE(runner.run(recipe, other).ok());
    const auto same = runRecipe(writtenTable(R"x({"a":[" x",null],"n":[1,2]})x"), recipe, other);
    EXPECT_EQ(contentOf(runner.run(recipe, other)->clean), contentOf(same->clean));
}

}  // namespace
}  // namespace lamina
