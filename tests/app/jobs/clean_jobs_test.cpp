// Recipes from the dataset to the prediction: what a run learns on clean rows, new rows go through as well; and what is made of clean tables.
#include "app/jobs/clean_jobs.h"

#include <gtest/gtest.h>

#include <numeric>

#include "app/jobs/clean_cache.h"
#include "app/jobs/derived_dataset.h"
#include "app/jobs/export_jobs.h"
#include "app/jobs/judged_items.h"
#include "app/jobs/pack_jobs.h"
#include "app/jobs/predict_jobs.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/recipe_keys.h"
#include "app/jobs/table_export.h"
#include "app/jobs/zip_writer.h"
#include "core/data/importers/csv_scan.h"
#include "tests/app/pages/use/trained_project.h"
#include "tests/support/fault_files.h"

namespace lamina {
namespace {

constexpr int passengers = 240;

/// Like the passengers of the Titanic: words spelt in several ways, ages missing, some without an answer. Women survive.
std::string passengerText(int i) {
    const bool woman = i % 3 == 0;
    const char* words[] = {"female", "Female", " FEMALE", "male", "MALE ", "Male"};
    std::string line = std::to_string(i) + ",";
    line += i % 5 == 1 ? "" : std::to_string(20 + i % 40);
    line += std::string(",") + words[(woman ? 0 : 3) + (i / 3) % 3] + "," + (i % 10 == 9 ? "" : std::to_string(7 + i % 90) + ".25") + ",";
    return line + (i % 20 == 19 ? "" : woman ? "yes" : "no");
}

std::string passengerTable(int first, int count) {
    std::string text = "number,age,sex,fare,survived\n";
    for (int i = first; i < first + count; ++i) text += passengerText(i) + "\n";
    return text;
}

RecipeStep stepOf(const char* type, nlohmann::json settings) {
    RecipeStep step;
    step.type = type;
    step.settings = std::move(settings);
    return step;
}

Recipe usualRecipe() {
    return {{stepOf("trim_text", {{"columns", {"sex"}}}), stepOf("change_case", {{"columns", {"sex"}}, {"to", "lower"}}),
             stepOf("drop_missing_rows", {{"columns", {"fare", "survived"}}}), stepOf("fill_missing", {{"columns", {"age"}}, {"method", "median"}}),
             stepOf("rename_column", {{"column", "fare"}, {"name", "ticket price"}})}};
}

void writeText(const Path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

class CleanJobs : public testing::Test {
protected:
    void SetUp() override {
        writeText(folder / "people.csv", passengerTable(0, passengers));
        project = must(Project::create(folder / "p.lamina"));
        ImportRequest import;
        import.source = folder / "people.csv";
        import.target = "survived";
        dataset = must(importDataset(*project, import)).dataset;
    }
    void setRecipe(const Recipe& recipe) {
        const auto read = must(readRecipe(*project, dataset.id));
        must(writeRecipe(*project, read, recipe, takenRecipe("test")));
    }
    SplitRecord divide() { return must(splitDataset(*project, dataset, {})).record; }
    CleanedData clean(std::optional<SplitRecord> split = {}) {
        CleanRequest request;
        request.split = std::move(split);
        return must(cleanTable(*project, dataset, request));
    }
    std::string train() {
        BuildRequest build;
        build.templateId = "mlp";
        must(buildNetwork(*project, build));
        TrainingRequest request;
        request.plan.epochs = 8;
        request.plan.batchSize = 16;
        request.threads = 1;
        auto run = must(TrainingRun::start(*project, request));
        must(run->finish());
        return run->record().id;
    }
    CsvOutput output() { return {folder / "out.csv", true, false, {}}; }
    std::vector<std::vector<std::string>> cells() { return csvReadRecords(*readTextFile(folder / "out.csv"), {}, 100000).records; }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
};

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

// Files for other programs

Table smallTable() {
    ColumnData text(ColumnKind::Text), number(ColumnKind::Number), time(ColumnKind::Time), flag(ColumnKind::Boolean);
    for (const char* word : {"=1+1", "-5", "@home", "two\nlines \"quoted\""}) text.addText(word);
    text.addMissing();
    for (const double x : {1.5, -2.0, std::nan(""), 4e300, 5.0}) number.addNumber(x);
    for (const std::int64_t ms : {0LL, 1709294400000LL, 1709294445250LL, -1LL}) time.addInteger(ms);
    time.addMissing();
    for (const bool b : {true, false, true, true, false}) flag.addBoolean(b);
    std::vector<TableColumn> columns;
    columns.push_back(TableColumn::inMemory(std::move(text), "a", "=text"));
    columns.push_back(TableColumn::inMemory(std::move(number), "b", "number"));
    columns.push_back(TableColumn::inMemory(std::move(time), "c", "time"));
    columns.push_back(TableColumn::inMemory(std::move(flag), "d", "flag"));
    return *Table::of(std::move(columns));
}

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

TEST(TableExports, CsvMarksWhatASpreadsheetWouldRun) {
    const TemporaryFolder folder;
    CleanTable clean;
    clean.table = smallTable();
    clean.removedBy = std::make_shared<std::vector<std::uint16_t>>(std::vector<std::uint16_t>{0, 0, 0, 1, 0});
    const auto outcome = must(exportTable(clean, {folder / "t.csv", {}, false, true, false, {}, {}}));
    EXPECT_EQ(outcome.rows, 4);
    EXPECT_EQ(outcome.issues.at(0).count, 3);
    EXPECT_EQ(*readTextFile(folder / "t.csv"), "\xEF\xBB\xBF'=text,number,time,flag\n'=1+1,1.5,1970-01-01,true\n-5,-2,2024-03-01 12:00:00,false\n"
                                               "'@home,,2024-03-01 12:00:45.250,true\n,5,,false\n");
    EXPECT_EQ(exportTable(clean, {folder / "t.csv", {}, false, false, false, {}, {}}).error().code, "jobs.file_exists");
    must(exportTable(clean, {folder / "t.csv", {}, true, false, true, {}, {}}));
    EXPECT_EQ(readTextFile(folder / "t.csv")->substr(0, 24), "=text,number,time,flag\n=");
    EXPECT_EQ(exportTable(clean, {folder / "t.doc", {}, false, false, false, {}, {}}).error().code, "export.unknown_format");
    EXPECT_EQ(folder.names(), std::vector<std::string>{"t.csv"});
}

TEST(TableExports, JsonLinesAndArraysReadBackAsTheyWere) {
    const TemporaryFolder folder;
    CleanTable clean;
    clean.table = smallTable();
    must(exportTable(clean, {folder / "t.jsonl", {}, false, false, false, {}, {}}));
    std::ifstream lines(folder / "t.jsonl");
    std::string line;
    std::vector<nlohmann::json> rows;
    while (std::getline(lines, line)) rows.push_back(nlohmann::json::parse(line));
    ASSERT_EQ(rows.size(), 5u);
    EXPECT_EQ(rows[3], (nlohmann::json{{"=text", "two\nlines \"quoted\""}, {"number", 4e300}, {"time", "1969-12-31 23:59:59.999"}, {"flag", true}}));
    EXPECT_EQ(rows[4]["=text"], nullptr);
    must(exportTable(clean, {folder / "t.npz", {}, false, false, false, {}, {}}));
    const auto bytes = *readTextFile(folder / "t.npz");
    EXPECT_EQ(bytes.substr(0, 2), "PK");
    for (const char* name : {"=text.npy", "number.npy", "time.npy", "flag.npy"}) EXPECT_NE(bytes.find(name), std::string::npos);
}

TEST(TableExports, NamesInArchivesKeepTheirLettersInEveryLocale) {
    const TemporaryFolder folder;
    auto project = must(Project::create(folder / "数据.lamina"));
    must(packProject(*project, folder / "a.pack"));
    EXPECT_EQ(must(unpackProject(folder / "a.pack", folder / "copy")).file, folder / "copy/数据.lamina");
}

TEST(TableExports, SheetsThatWouldBeCutAreRefusedWithTheReason) {
    const TemporaryFolder folder;
    CleanTable clean;
    clean.table = smallTable();
    must(exportTable(clean, {folder / "t.xlsx", {}, false, false, false, {}, {}}));
    EXPECT_EQ(readTextFile(folder / "t.xlsx")->substr(0, 2), "PK");
    ColumnData many(ColumnKind::Boolean);
    for (int i = 0; i < 1048576; ++i) many.addBoolean(true);
    std::vector<TableColumn> columns;
    columns.push_back(TableColumn::inMemory(std::move(many), "a", "a"));
    clean.table = *Table::of(columns);
    EXPECT_EQ(exportTable(clean, {folder / "u.xlsx", {}, false, false, false, {}, {}}).error().code, "export.too_many_rows");
    ColumnData wide(ColumnKind::Text);
    wide.addText(std::string(40000, 'x'));
    clean.table = *Table::of({TableColumn::inMemory(std::move(wide), "a", "a")});
    EXPECT_EQ(exportTable(clean, {folder / "u.xlsx", {}, false, false, false, {}, {}}).error().code, "export.text_too_long");
    EXPECT_EQ(folder.names(), std::vector<std::string>{"t.xlsx"});
}

// Keys

TEST_F(CleanJobs, KeysLieApartFromTheRecipeAndLeaveTheProjectOnlyWhereThatIsAsked) {
    const std::string secret = "correct horse battery staple";
    setRecipe({{stepOf("anonymize_hash", {{"columns", {"number"}}, {"key", secret}})}});
    const DatasetRecipe kept = must(readRecipe(*project, dataset.id));
    EXPECT_EQ(toJson(kept.recipe).dump().find(secret), std::string::npos);
    EXPECT_EQ(kept.record.document.dump().find(secret), std::string::npos);
    EXPECT_EQ(withKeys(*project, kept.recipe).steps[0].settings.at("key"), secret);
    // It works as with the key in clear.
    const auto cleaned = must(cleanTable(*project, dataset, {}));
    RecipeRun run;
    const auto plain = must(runRecipe(cleaned.source, {{stepOf("anonymize_hash", {{"columns", {"number"}}, {"key", secret}})}}, run));
    EXPECT_EQ(cleaned.clean.table.rowText(3), plain.clean.table.rowText(3));
    EXPECT_EQ(toJson(cleaned.recipe).dump().find(secret), std::string::npos);
    // The same key again gets the same reference.
    setRecipe({{stepOf("anonymize_hash", {{"columns", {"number"}}, {"key", secret}})}});
    EXPECT_EQ(must(readRecipe(*project, dataset.id)).recipe.steps[0].settings, kept.recipe.steps[0].settings);

    const TemporaryFolder elsewhere;
    must(packProject(*project, folder / "without.pack"));
    auto copy = must(Project::open(must(unpackProject(folder / "without.pack", elsewhere / "a")).file, StoreAccess::Write));
    EXPECT_EQ(stepsWithoutKey(*copy, kept.recipe), std::vector<std::size_t>{1});
    const auto refused = must(tryRecipe(*copy, must(copy->datasets().find(dataset.id)), kept.recipe));
    ASSERT_TRUE(refused.steps[0].error);
    EXPECT_EQ(refused.steps[0].error->code, "cleaning.key_missing");
    PackRequest withThem;
    withThem.withKeys = true;
    must(packProject(*project, folder / "with.pack", withThem));
    copy = must(Project::open(must(unpackProject(folder / "with.pack", elsewhere / "b")).file, StoreAccess::Write));
    EXPECT_TRUE(stepsWithoutKey(*copy, kept.recipe).empty());
}

TEST_F(CleanJobs, AFileOfKeysThatIsNoneIsSaidAndNotOverwritten) {
    writeText(keysFile(*project), "[]");
    Recipe recipe{{stepOf("anonymize_hash", {{"columns", {"number"}}, {"key", "k"}})}};
    EXPECT_EQ(keepKeys(*project, recipe).error().code, "recipe.keys_damaged");
    EXPECT_EQ(recipe.steps[0].settings.at("key"), "k");
    EXPECT_EQ(*readTextFile(keysFile(*project)), "[]");
    EXPECT_EQ(withoutKeys(recipe).steps[0].settings.at("key"), "");
}

// Packs

TEST_F(CleanJobs, APackedProjectIsTheSameProjectElsewhere) {
    setRecipe(usualRecipe());
    divide();
    const auto packed = must(packProject(*project, folder / "p.pack"));
    EXPECT_GT(packed.files, 4);
    EXPECT_EQ(packProject(*project, folder / "p.pack").error().code, "jobs.file_exists");
    const TemporaryFolder elsewhere;
    const auto unpacked = must(unpackProject(folder / "p.pack", elsewhere.path()));
    EXPECT_EQ(unpacked.file, elsewhere / "p.lamina");
    EXPECT_EQ(elsewhere.names(), (std::vector<std::string>{"p.lamina", "p.lamina.d"}));
    auto copy = must(Project::open(unpacked.file, StoreAccess::Write));
    EXPECT_TRUE(copy->verify(VerifyLevel::Full)->empty());
    EXPECT_EQ(must(readRecipe(*copy, dataset.id)).recipe, must(readRecipe(*project, dataset.id)).recipe);
    EXPECT_EQ(copy->history()->size(), project->history()->size());
    copy.reset();
    EXPECT_EQ(unpackProject(folder / "p.pack", elsewhere.path()).error().code, "project.exists");
    EXPECT_EQ(elsewhere.names(), (std::vector<std::string>{"p.lamina", "p.lamina.d"}));
}

TEST_F(CleanJobs, HostilePacksAreRefusedAndLeaveNothing) {
    const TemporaryFolder place;
    const auto write = [&](const std::vector<std::pair<std::string, std::string>>& entries) {
        auto zip = must(ZipWriter::create(folder / "bad.pack"));
        for (const auto& [name, text] : entries) {
            EXPECT_TRUE(zip->begin(name, text.size(), true).ok());
            EXPECT_TRUE(zip->write(std::as_bytes(std::span(text))).ok());
        }
        EXPECT_TRUE(zip->finish().ok());
        const auto refused = unpackProject(folder / "bad.pack", place / "in");
        std::filesystem::remove(folder / "bad.pack");
        return refused ? std::string("taken") : refused.error().code;
    };
    ASSERT_TRUE(project->snapshot(folder / "snapshot").ok());
    const std::string whole = *readTextFile(folder / "snapshot");
    const std::string hash(64, 'a');
    EXPECT_EQ(write({{"../p.lamina", whole}}), "pack.not_a_pack");
    EXPECT_EQ(write({{"/tmp/p.lamina", whole}}), "pack.not_a_pack");
    EXPECT_EQ(write({{"p.lamina", whole}, {"p.lamina.d/files/../../../x", "x"}}), "pack.not_a_pack");
    EXPECT_EQ(write({{"p.lamina", whole}, {"p.lamina.d/lock", "x"}}), "pack.not_a_pack");
    EXPECT_EQ(write({{"p.lamina", whole}, {"p.lamina.d/files/" + hash, "x"}}), "pack.file_changed");
    EXPECT_EQ(write({{"p.lamina", whole}}), "project.file_missing");
    EXPECT_EQ(write({{"p.lamina", "no project at all"}}), "project.not_a_project");
    EXPECT_EQ(std::filesystem::is_empty(place / "in"), true);
    writeText(folder / "bad.pack", "PK\x03\x04 nothing");
    EXPECT_FALSE(unpackProject(folder / "bad.pack", place / "in").ok());
    EXPECT_TRUE(std::filesystem::is_empty(place / "in"));
    // More than the disk holds, and a disk that fails while packing.
    must(packProject(*project, folder / "p.pack"));
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.setRoom(100000);
    EXPECT_FALSE(unpackProject(folder / "p.pack", place / "in").ok());
    EXPECT_TRUE(std::filesystem::is_empty(place / "in"));
    faults.setRoom(2000);
    EXPECT_FALSE(packProject(*project, folder / "half.pack").ok());
    EXPECT_FALSE(std::filesystem::exists(folder / "half.pack"));
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
