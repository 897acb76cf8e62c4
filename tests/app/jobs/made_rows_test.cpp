// Rows that a recipe makes: how they are divided, trained on and predicted.
#include <gtest/gtest.h>

#include "tests/app/jobs/clean_jobs_project.h"

namespace lamina {
namespace {

/// Places with what is known of them, one figure a row: rooms, size and (where asked for) income, which follows from them.
std::string longTable(int first, int count, bool withIncome) {
    std::string text = "place,what,value\n";
    for (int i = first; i < first + count; ++i) {
        const double rooms = i * 7 % 11, size = i * 5 % 13;
        const std::string place = "\nplace " + std::to_string(i);
        text += (place + ",size," + std::to_string(size)).substr(1) + place + ",rooms," + std::to_string(rooms);
        if (withIncome) text += place + ",income," + std::to_string(2 * rooms + size);
        text += "\n";
    }
    return text;
}

TEST_F(CleanJobs, RowsThatTheRecipeMakesAreAnsweredFromARawFile) {
    writeText(folder / "long.csv", longTable(0, 120, true));
    ImportRequest import;
    import.source = folder / "long.csv";
    dataset = must(importDataset(*project, import)).dataset;
    const RecipeStep pivot = stepOf("pivot", {{"rows", {"place"}}, {"names", "what"}, {"values", "value"}});
    setRecipe({{pivot}});
    must(chooseTarget(*project, dataset, "income"));
    const auto split = divide();
    EXPECT_EQ(split.counts[0] + split.counts[1] + split.counts[2], 120);
    EXPECT_EQ(settingsOf(split).method, "random") << "the key of the rows is no method: " << split.method;
    train();
    auto model = must(TrainedModel::load(*project, {}));
    ASSERT_TRUE(model.makesRows());
    const auto evaluated = evaluateRun(*project, model, Part::Validation, false);
    EXPECT_TRUE(evaluated.ok()) << evaluated.error().debugText();

    // Without what is to be predicted, in another order, with a figure that training did not know and a place that lacks one.
    writeText(folder / "new.csv", "what,more,value,place\nheight,x,3,here\nrooms,x,4,here\nsize,x,5,here\nrooms,x,1,there\n");
    const auto outcome = must(predictFileToCsv(*project, model, folder / "new.csv", output()));
    EXPECT_EQ(outcome.rows, 2);
    EXPECT_EQ(outcome.issues.back().what.code, "predict.rows_of_its_own");
    const auto answers = cells();
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_EQ(answers[0], (std::vector<std::string>{"place", "income", "rooms", "size", "prediction", "remark"}));
    EXPECT_EQ(answers[1][0], "here");
    EXPECT_EQ(answers[1][3], "5");
    EXPECT_FALSE(answers[1][4].empty());

    const auto own = must(predictDatasetRows(*project, model, {0, 119}));
    EXPECT_EQ(own.predictions.size(), 2u);
    EXPECT_EQ(own.made.cellText(119, 0), "place 119");
    std::vector<std::string> made;
    for (const FeatureColumn& input : model.inputs) made.push_back(own.made.cellText(119, *own.made.find(input.name)));
    EXPECT_NEAR(must(Answerer(model).typedRow(made)).prediction->value, own.predictions[1].value, 1e-4) << "a row that has been made is typed as it is";
}

TEST_F(CleanJobs, ASplitIsDrawnAgainForTheRowsThatTheRecipeGivesNow) {
    SplitSettings grouped;
    grouped.method = "group";
    grouped.column = "sex";
    grouped.test = 0.3;
    grouped.training = 0.5;
    grouped.validation = 0.2;
    const auto before = must(splitDataset(*project, dataset, grouped)).record;
    setRecipe({{stepOf("filter", {{"condition", "number < 200"}})}});
    EXPECT_TRUE(splitOfCleaned(*project, before, clean(before)).ok()) << "rows that are only marked are still those";
    setRecipe({{stepOf("group", {{"by", {"number", "sex"}}, {"columns", {"fare"}}, {"functions", {"max"}}})}});
    must(chooseTarget(*project, dataset, "fare max"));
    EXPECT_TRUE(splitOfCleaned(*project, before, clean(before)).error().code.starts_with("jobs.split_of_"));
    const auto again = must(redrawSplit(*project, dataset, before)).record;
    EXPECT_TRUE(splitOfCleaned(*project, again, clean(again)).ok());
    EXPECT_EQ(settingsOf(again).method, "group");
    EXPECT_EQ(again.fractions, before.fractions);
    setRecipe({{stepOf("group", {{"by", {"number"}}, {"columns", {"fare"}}, {"functions", {"max"}}})}});
    const auto plain = must(redrawSplit(*project, dataset, again)).record;
    EXPECT_EQ(settingsOf(plain).method, "random") << "what it was divided by is gone";
    EXPECT_EQ(plain.fractions, before.fractions);
    setRecipe({});
    must(chooseTarget(*project, dataset, "survived"));
    const auto back = must(redrawSplit(*project, dataset, plain)).record;
    EXPECT_TRUE(splitOfCleaned(*project, back, clean(back)).ok());
}

TEST_F(CleanJobs, ASplitOfMadeRowsNoticesThatTheyStandForOtherThings) {
    writeText(folder / "long.csv", longTable(0, 40, true));
    ImportRequest import;
    import.source = folder / "long.csv";
    dataset = must(importDataset(*project, import)).dataset;
    RecipeStep pivot = stepOf("pivot", {{"rows", {"place"}}, {"names", "what"}, {"values", "value"}});
    setRecipe({{pivot}});
    must(chooseTarget(*project, dataset, "income"));
    const auto split = divide();
    EXPECT_TRUE(splitOfCleaned(*project, split, clean(split)).ok());
    pivot.settings["function"] = "median";
    setRecipe({{pivot, stepOf("drop_columns", {{"columns", {"place"}}})}});
    EXPECT_TRUE(splitOfCleaned(*project, split, clean(split)).ok()) << "other figures of the same places";
    setRecipe({{stepOf("map_values", {{"columns", {"place"}}, {"from", {"place 3"}}, {"to", {"elsewhere"}}}), pivot}});
    EXPECT_EQ(splitOfCleaned(*project, split, clean(split)).error().code, "jobs.split_of_changed_rows");
}

}  // namespace
}  // namespace lamina
