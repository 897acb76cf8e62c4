// Recipes from the dataset to the prediction: what a run learns on clean rows, new rows go through as well.
#include "app/jobs/clean_jobs.h"

#include <gtest/gtest.h>

#include <numeric>

#include "app/jobs/clean_cache.h"
#include "app/jobs/derived_dataset.h"
#include "app/jobs/export_jobs.h"
#include "app/jobs/judged_items.h"
#include "tests/app/jobs/clean_jobs_project.h"
#include "tests/support/fault_files.h"

namespace lamina {
namespace {

TEST_F(CleanJobs, WithoutARecipeTheOriginalIsOpenedAndNothingIsCopied) {
    const auto cleaned = clean();
    EXPECT_TRUE(cleaned.recipe.steps.empty());
    EXPECT_EQ(cleaned.dataset.columns.size(), dataset.columns.size());
    EXPECT_EQ(madeBytes(cleaned.source, cleaned.clean.table), 0u);
    EXPECT_EQ(cleaned.clean.removedBy, nullptr);
    Recipe off = usualRecipe();
    for (RecipeStep& step : off.steps) step.enabled = false;
    setRecipe(off);
    EXPECT_EQ(clean().clean.table.info(3).name, "fare");
}

TEST_F(CleanJobs, StepsLearnFromTheTrainingRowsThatAreLeft) {
    setRecipe(usualRecipe());
    const auto split = divide();
    const auto cleaned = clean(split);
    const auto parts = must(readSplit(project->filePath(split.assignmentFileHash), passengers));
    std::vector<double> ages;
    for (int i = 0; i < passengers; ++i)
        if (parts.part(i) == Part::Training && i % 5 != 1 && i % 10 != 9 && i % 20 != 19) ages.push_back(20 + i % 40);
    std::sort(ages.begin(), ages.end());
    const double median = ages.size() % 2 ? ages[ages.size() / 2] : (ages[ages.size() / 2 - 1] + ages[ages.size() / 2]) / 2;
    const std::size_t age = must(cleaned.clean.table.find("age"));
    EXPECT_EQ(cleaned.clean.table.view(age).number(1), median);
    EXPECT_EQ(cleaned.clean.table.view(age).number(2), 22);
    EXPECT_EQ(cleaned.clean.table.cellText(8, must(cleaned.clean.table.find("sex"))), "male");
    EXPECT_TRUE(cleaned.clean.isRemoved(9));
    EXPECT_FALSE(cleaned.clean.isRemoved(10));
    // Names and roles are those of the clean table; the split's file is as it was, and the removed rows count as unused.
    EXPECT_EQ(targetColumn(cleaned.dataset), "survived");
    EXPECT_TRUE(cleaned.clean.table.find("ticket price").ok());
    const auto counted = must(splitOfCleaned(*project, split, cleaned));
    EXPECT_EQ(counted.part(9), Part::Unused);
    EXPECT_EQ(std::accumulate(counted.counts.begin(), counted.counts.end(), std::int64_t{0}), passengers);
    EXPECT_EQ(must(readSplit(project->filePath(split.assignmentFileHash), passengers)).parts, parts.parts);
}

TEST_F(CleanJobs, AStepThatFailsStopsEverythingWithItsNumberAndItsOwnWords) {
    divide();
    Recipe recipe = usualRecipe();
    recipe.steps[3].settings["columns"] = {"height"};
    setRecipe(recipe);
    const auto failed = cleanTable(*project, dataset);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().code, "recipe.step_failed");
    EXPECT_EQ(failed.error().argument("number"), "4");
    EXPECT_EQ(failed.error().argument("cause"), "cleaning.no_column");
    EXPECT_EQ(failed.error().argument("column"), "height");
    EXPECT_EQ(buildNetwork(*project, {}).error().code, "recipe.step_failed");
    EXPECT_TRUE(project->networks().all()->empty());
    const auto tried = must(tryRecipe(*project, dataset, recipe));
    EXPECT_FALSE(tried.steps[2].error);
    EXPECT_TRUE(tried.steps[3].error);
}

TEST_F(CleanJobs, EveryNewRowComesBackAndIsAnsweredAsTheDatasetsOwn) {
    setRecipe(usualRecipe());
    divide();
    auto model = must(TrainedModel::load(*project, train(), 1));
    ASSERT_TRUE(model.cleansRows());
    std::vector<std::string> inputs;
    for (const FeatureColumn& input : model.inputs) inputs.push_back(input.name);
    EXPECT_EQ(inputs, (std::vector<std::string>{"age", "sex", "fare"})) << "the number of a row and the answer are no inputs";

    std::vector<std::int64_t> all(passengers);
    std::iota(all.begin(), all.end(), 0);
    const auto own = must(predictDatasetRows(*project, model, all));
    EXPECT_EQ(own.unanswered.size(), passengers / 10u) << "a missing answer is no reason not to give one";
    // The same people without their answers, other columns beside them.
    std::string text = "fare,comment,sex,age\n";
    for (int i = 0; i < passengers; ++i) {
        const auto fields = csvReadRecords(passengerText(i) + "\n", {}, 1).records[0];
        text += fields[3] + ",\"x, y\"," + fields[2] + "," + fields[1] + "\n";
    }
    writeText(folder / "new.csv", text + "7.25,short\n12,note,female,old\n");
    const auto outcome = must(predictFileToCsv(*project, model, folder / "new.csv", output()));
    EXPECT_EQ(outcome.rows, passengers + 2);
    EXPECT_EQ(outcome.unanswered, passengers / 10 + 1);
    const auto rows = cells();
    ASSERT_EQ(rows.size(), passengers + 3u);
    EXPECT_EQ(rows[1][2], "female");
    std::size_t answered = 0;
    for (int i = 0; i < passengers; ++i) {
        const auto& row = rows[static_cast<std::size_t>(i) + 1];
        if (i % 10 == 9) {
            EXPECT_EQ(row[4], "");
            EXPECT_EQ(row.back(), "predict.removed_by_step");
            continue;
        }
        const Prediction& expected = own.predictions[answered++];
        EXPECT_EQ(expected.row, i);
        EXPECT_EQ(row[4], expected.className) << i;
        EXPECT_EQ(std::stof(row[5]), expected.probabilities[0]) << i;
        EXPECT_EQ(row[4], i % 3 == 0 ? "yes" : "no") << i;
    }
    EXPECT_EQ(rows[passengers + 1].back(), "predict.row_length");
    EXPECT_EQ(rows[passengers + 2].back(), "predict.not_of_kind");
    EXPECT_EQ(rows[passengers + 2][4], "yes");
    // Typed by hand.
    Answerer answerer(model);
    const auto typed = must(answerer.typedRow({"", " Female ", "30"}));
    ASSERT_TRUE(typed.prediction);
    EXPECT_EQ(typed.prediction->className, "yes");
    const auto removed = must(answerer.typedRow({"30", "male", ""}));
    EXPECT_FALSE(removed.prediction);
    EXPECT_EQ(removed.remarks.at(0).what.code, "predict.removed_by_step");
    writeText(folder / "poor.csv", "age,sex\n3,male\n");
    EXPECT_EQ(predictFileToCsv(*project, model, folder / "poor.csv", output()).error().code, "predict.missing_columns");
}

TEST_F(CleanJobs, ARunKeepsItsOwnRecipeWhateverBecomesOfTheDatasets) {
    setRecipe(usualRecipe());
    divide();
    const auto run = must(project->runs().find(train()));
    EXPECT_FALSE(must(recipeDiffers(*project, run)));
    auto model = must(TrainedModel::load(*project, run.id, 1));
    const double before = must(evaluateRun(*project, model, Part::Validation, false)).evaluation.loss;
    const auto rows = must(judgeItems(*project, run.id, Part::Validation)).size();
    Recipe other;
    other.steps.push_back(stepOf("drop_columns", {{"columns", {"sex", "age"}}}));
    setRecipe(other);
    EXPECT_TRUE(must(recipeDiffers(*project, run)));
    EXPECT_EQ(must(evaluateRun(*project, model, Part::Validation, false)).evaluation.loss, before);
    EXPECT_EQ(must(judgeItems(*project, run.id, Part::Validation)).size(), rows);
    must(predictDatasetRows(*project, model, {0, 1, 2}));
    ASSERT_TRUE(project->undo().get().ok());
    EXPECT_FALSE(must(recipeDiffers(*project, run)));
    EXPECT_EQ((*project->history(1))[0].kind, EditKind::Undo);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
    // Exported, the model begins behind the recipe, which lies beside it.
    const auto exported = must(exportRun(*project, model, {folder / "m.onnx", false, 50, {}}));
    EXPECT_LT(exported.proof.largestDifference, 1e-4);
    EXPECT_EQ(exported.proof.differingTexts, 0);
    EXPECT_EQ(exported.issues.at(0).what.code, "onnx.begins_cleaned");
    const auto beside = must(recipeFromJson(nlohmann::json::parse(*readTextFile(exported.recipe))));
    EXPECT_FALSE(beside.steps[3].fitted.is_null());
    EXPECT_EQ(recipeHash(beside), recipeHash(usualRecipe()));
}

TEST_F(CleanJobs, AnotherTargetMayBeAColumnThatAStepMakes) {
    Recipe recipe;
    recipe.steps.push_back(stepOf("duplicate_column", {{"column", "survived"}, {"name", "answer"}}));
    setRecipe(recipe);
    ASSERT_EQ(must(chooseTarget(*project, dataset, "answer")).size(), 2u);
    EXPECT_EQ(targetColumn(dataset), "");
    EXPECT_EQ(targetColumn(clean().dataset), "answer");
    must(chooseTarget(*project, dataset, "survived"));
    EXPECT_EQ(targetColumn(clean().dataset), "survived");
    EXPECT_EQ(chooseTarget(*project, dataset, "height").error().code, "jobs.no_column");
}

TEST_F(CleanJobs, WhatARecipeGaveIsKeptAndFoundAgainAndLeavesNoTraceWhereTheDiskFails) {
    setRecipe(usualRecipe());
    const auto cleaned = clean();
    const CleanCache cache(*project);
    const KeptClean made{cleaned.clean, cleaned.recipe, cleaned.reports};
    const auto key = cleaned.key;
    const auto none = [] { return std::string(); };
    EXPECT_FALSE(cache.find(key, cleaned.source, none));
    const auto list = [&] {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(project->folder()))
            if (entry.is_regular_file()) found.push_back(entry.path().string());
        std::sort(found.begin(), found.end());
        return found;
    };
    const auto before = list();
    {
        FaultFiles faults;
        const auto guard = replaceFiles(faults);
        faults.heal();
        ASSERT_TRUE(cache.keep(key, cleaned.source, made, {}, {}).ok());
        const int calls = static_cast<int>(faults.calls().size());
        std::filesystem::remove_all(project->folder() / "cache");
        for (int nth = 1; nth <= calls; ++nth) {
            faults.failCall(nth, FaultFiles::Often::ForEver);
            EXPECT_FALSE(cache.keep(key, cleaned.source, made, {}, {}).ok()) << nth;
            faults.heal();
            EXPECT_EQ(list(), before) << nth;
        }
    }
    ASSERT_TRUE(cache.keep(key, cleaned.source, made, {}, {}).ok());
    const auto kept = cache.find(key, cleaned.source, none);
    ASSERT_TRUE(kept);
    EXPECT_EQ(*kept->clean.removedBy, *cleaned.clean.removedBy);
    EXPECT_EQ(kept->recipe, cleaned.recipe);
    EXPECT_EQ(kept->reports[2].removedRows, cleaned.reports[2].removedRows);
    for (std::int64_t row = 0; row < passengers; ++row) EXPECT_EQ(kept->clean.table.rowText(row), cleaned.clean.table.rowText(row));
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty()) << "a cache belongs to nobody";
    // One that was damaged is made anew.
    writeText(project->folder() / "cache" / key / "manifest.json", "{\"version\": 1, \"others\": \"\"}");
    EXPECT_FALSE(cache.find(key, cleaned.source, none));
    EXPECT_EQ(clean().clean.table.rowText(5), cleaned.clean.table.rowText(5));
}

TEST_F(CleanJobs, RowsComeAsOftenAsTheirWeightsSay) {
    CleanTable weighted;
    weighted.weights = std::make_shared<std::vector<float>>(std::vector<float>{2, 0.5F, 0.5F, 0, 1, 0.5F, 0.5F});
    const std::vector<std::int64_t> rows{0, 1, 2, 3, 4, 5, 6};
    EXPECT_EQ(repeatedRows(rows, weighted), (std::vector<std::int64_t>{0, 0, 2, 4, 6}));
    EXPECT_EQ(repeatedRows(rows, {}), rows);
}

TEST_F(CleanJobs, AStateBecomesADatasetOfItsOwn) {
    setRecipe(usualRecipe());
    divide();
    const auto made = must(makeDatasetOfState(*project, dataset, {"clean people", 4, {}, {}})).dataset;
    EXPECT_EQ(made.rows, passengers - passengers / 10);
    EXPECT_EQ(targetColumn(made), "survived");
    const auto table = must(openTable(*project, made));
    EXPECT_EQ(table.rowText(8)[2], "male");
    EXPECT_EQ(table.info(3).name, "fare") << "the fifth step was left out";
    EXPECT_EQ(made.columns[0].info["derived"]["recipe"]["steps"].size(), 4u);
    EXPECT_TRUE(clean().clean.table.find("ticket price").ok());
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
    ASSERT_TRUE(project->undo().get().ok());
    EXPECT_EQ(project->datasets().all()->size(), 1u);
}

TEST_F(CleanJobs, RecipesMayLookAtOtherTablesButNotInCircles) {
    ImportRequest import;
    writeText(folder / "prices.csv", "kind,price\na,1.5\nb,2.5\n");
    import.source = folder / "prices.csv";
    must(importDataset(*project, import));
    const auto tables = otherTables(*project, {dataset.id}, {});
    EXPECT_EQ(must(tables("prices")).rows(), 2);
    EXPECT_EQ(tables("people").error().code, "recipe.circle");
    EXPECT_EQ(tables("nobody").error().code, "dataset.not_found");
}

TEST_F(CleanJobs, NextMonthsFileKeepsRecipeRolesIdsAndThePartsOfKnownRows) {
    setRecipe(usualRecipe());
    const auto split = divide();
    const auto old = must(readSplit(project->filePath(split.assignmentFileHash), passengers));
    const std::string run = train();
    auto model = must(TrainedModel::load(*project, run, 1));
    const double loss = must(evaluateRun(*project, model, Part::Validation, false)).evaluation.loss;

    writeText(folder / "next.csv", passengerTable(40, passengers));
    const auto again = must(importAgain(*project, {"people", folder / "next.csv", nlohmann::json::object()}));
    // Rows without an answer have no part: they are drawn again with every split.
    EXPECT_EQ(again.rowsKnown, (passengers - 40) * 19 / 20);
    EXPECT_EQ(again.rowsAdded, 40 * 19 / 20);
    EXPECT_EQ(again.rowsGone, 40);
    const auto now = must(project->datasets().find(dataset.id));
    EXPECT_EQ(now.name, "people");
    for (std::size_t c = 0; c < now.columns.size(); ++c) {
        EXPECT_EQ(now.columns[c].id, dataset.columns[c].id);
        EXPECT_EQ(now.columns[c].role, dataset.columns[c].role);
    }
    const auto parts = must(readSplit(project->filePath(must(findSplit(*project, now, {})).assignmentFileHash), passengers));
    for (int i = 0; i < passengers - 40; ++i)
        if (old.part(i + 40) != Part::Unused) {
            EXPECT_EQ(parts.part(i), old.part(i + 40)) << i;
        }
    EXPECT_TRUE(must(cleanTable(*project, now)).clean.table.find("ticket price").ok());
    // The run goes on with the rows that it was trained on.
    EXPECT_EQ(must(evaluateRun(*project, model, Part::Validation, false)).evaluation.loss, loss);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
    ASSERT_TRUE(project->undo().get().ok());
    const auto back = must(project->datasets().find(dataset.id));
    for (std::size_t c = 0; c < back.columns.size(); ++c) EXPECT_EQ(back.columns[c].fileHash, dataset.columns[c].fileHash);
    EXPECT_EQ(must(findSplit(*project, dataset, {})).id, split.id);

    writeText(folder / "other.csv", "number,sex,fare,survived\n1,male,2,yes\n2,female,3,no\n");
    const auto poor = must(importAgain(*project, {"people", folder / "other.csv", nlohmann::json::object()}));
    EXPECT_EQ(poor.difference.gone, std::vector<std::string>{"age"});
    EXPECT_TRUE(std::any_of(poor.issues.begin(), poor.issues.end(), [](const Issue& issue) { return issue.what.code == "recipe.step_failed"; }));
}

TEST(GuessedTarget, IsNoColumnThatSaysLittle) {
    ColumnInfo value, flag, remark;
    value.name = "value";
    flag.name = "flag";
    flag.kind = ColumnKind::Category;
    flag.dictionary = {"estimated"};
    remark.name = "remark";
    remark.missing = 60;
    for (ColumnInfo* column : {&value, &flag, &remark}) column->rows = 100;
    EXPECT_EQ(guessTarget({value, flag, remark}), "value");
    EXPECT_EQ(guessTarget({flag}), "flag") << "where there is nothing better";
}

}  // namespace
}  // namespace lamina
