// Steps on rows, formulas, balance and privacy: what they promise beyond the numbers of pandas.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <map>
#include <set>
#include <nlohmann/json.hpp>

#include "core/data/cleaning/recipe.h"
#include "core/data/cleaning/steps/float_column.h"
#include "core/data/cleaning/steps/privacy.h"

namespace lamina {
namespace {

using nlohmann::json;

constexpr std::int64_t rowCount = 1000;

/// 1000 rows: id 0 … 999, x with a missing value in every tenth row, name (10 texts), class (a: 700, b: 200, c: 100), when (times).
Table thousandRows() {
    ColumnData id(ColumnKind::Integer), x(ColumnKind::Number), name(ColumnKind::Text), kind(ColumnKind::Category), when(ColumnKind::Time);
    kind.setDictionary({"a", "b", "c"});
    for (std::int64_t row = 0; row < rowCount; ++row) {
        id.addInteger(row);
        x.addNumber(row % 10 == 9 ? std::nan("") : static_cast<double>(row % 100));
        name.addText("person " + std::to_string(row % 10));
        kind.addCode(row % 10 < 7 ? 0 : row % 10 < 9 ? 1 : 2);
        when.addInteger(row * 86'400'000);
    }
    return *Table::of({TableColumn::inMemory(std::move(id), "1", "id"), TableColumn::inMemory(std::move(x), "2", "x"), TableColumn::inMemory(std::move(name), "3", "name"),
                       TableColumn::inMemory(std::move(kind), "4", "class"), TableColumn::inMemory(std::move(when), "5", "when")});
}

RecipeResult runSteps(const std::vector<std::pair<std::string, json>>& steps, const RecipeRun& run = {}, const Table& table = thousandRows()) {
    Recipe recipe;
    for (const auto& [type, settings] : steps) {
        recipe.steps.emplace_back();
        recipe.steps.back().type = type;
        recipe.steps.back().settings = settings;
    }
    auto result = runRecipe(table, recipe, run);
    EXPECT_TRUE(result.ok());
    return *result;
}

std::string errorOf(const std::string& step, const json& settings, const RecipeRun& run = {}) {
    const auto result = runSteps({{step, settings}}, run);
    return result.steps[0].error ? result.steps[0].error->code : "";
}

std::int64_t rowsLeft(const CleanTable& table) {
    std::int64_t left = 0;
    for (std::int64_t row = 0; row < table.table.rows(); ++row) left += !table.isRemoved(row);
    return left;
}

RecipeRun predicting() {
    RecipeRun run;
    run.context.predicting = true;
    return run;
}

TEST(RowSteps, FilterMarksRowsAndTellsHowMany) {
    const auto result = runSteps({{"filter", {{"condition", "x < 50"}}}});
    EXPECT_EQ(rowsLeft(result.clean), 450) << "neither the larger ones nor the missing ones";
    EXPECT_EQ(result.steps[0].report.removedRows, 550);
    EXPECT_EQ(result.clean.table.rows(), rowCount) << "row numbers stay";
    EXPECT_EQ(rowsLeft(runSteps({{"filter", {{"condition", "x < 50"}, {"keep_missing", true}}}}).clean), 550);
    EXPECT_EQ(rowsLeft(runSteps({{"filter", {{"condition", "x < 50"}}}}, predicting()).clean), 450);
    EXPECT_EQ(rowsLeft(runSteps({{"filter_training", {{"condition", "x < 50"}}}}, predicting()).clean), rowCount) << "predictions keep all rows";
    EXPECT_EQ(errorOf("filter", {{"condition", "x +"}}), "expression.ended");
    EXPECT_EQ(errorOf("filter", {{"condition", "x + 1"}}), "expression.not_a_condition");
    EXPECT_EQ(errorOf("filter", {{"condition", "y > 1"}}), "expression.unknown_name");
}

TEST(RowSteps, FormulasAddOrReplaceAColumn) {
    const auto result = runSteps({{"formula", {{"formula", "id * 2 + 1"}, {"name", "odd"}}}, {"formula", {{"formula", "if(id < 500, 'young', 'old')"}, {"name", "age"}}},
                                  {"formula", {{"formula", "x / 2"}, {"name", "x"}, {"replace", true}}}});
    const Table& table = result.clean.table;
    EXPECT_EQ(table.cellText(7, *table.find("odd")), "15");
    EXPECT_EQ(table.info(*table.find("age")).kind, ColumnKind::Category);
    EXPECT_EQ(table.cellText(600, *table.find("age")), "old");
    EXPECT_EQ(table.cellText(7, *table.find("x")), "3.5");
    EXPECT_EQ(table.info(*table.find("x")).id, "2") << "the same column";
    EXPECT_EQ(errorOf("formula", {{"formula", "1"}, {"name", "x"}}), "cleaning.name_taken");
}

TEST(RowSteps, AFormulaTellsWhereNothingCameOut) {
    const auto report = runSteps({{"formula", {{"formula", "1 / x"}, {"name", "inverse"}}}}).steps[0].report;
    EXPECT_EQ(report.refusedCount, 10) << "0 in every hundredth row; rows where x is missing are no surprise";
    EXPECT_EQ(report.refused[1].row, 100);
    EXPECT_EQ(report.refused[1].text, "x = 0");
    EXPECT_EQ(runSteps({{"formula", {{"formula", "if(x > 5, x, missing)"}, {"name", "large"}}}}).steps[0].report.refusedCount, 0) << "that was asked for";
}

TEST(RowSteps, NewRowsNeedNotHaveTheColumnsOfAnExpression) {
    const auto result = runSteps({{"filter", {{"condition", "target is not missing"}}}, {"formula", {{"formula", "log(target)"}, {"name", "logTarget"}}}}, predicting());
    EXPECT_EQ(rowsLeft(result.clean), rowCount);
    for (const auto& step : result.steps) {
        EXPECT_FALSE(step.error.has_value());
        EXPECT_EQ(step.report.issues.at(0).what.code, "cleaning.passed_over");
    }
}

TEST(RowSteps, DuplicatesAreLookedForAmongTheRowsThatAreThere) {
    const auto result = runSteps({{"filter", {{"condition", "id >= 10"}}}, {"drop_duplicates", {{"columns", {"name"}}}}});
    EXPECT_EQ(rowsLeft(result.clean), 10);
    EXPECT_FALSE(result.clean.isRemoved(10)) << "the first that is left";
    EXPECT_EQ(rowsLeft(runSteps({{"drop_duplicates", json::object()}}).clean), rowCount) << "no two rows are alike";
    EXPECT_EQ(rowsLeft(runSteps({{"drop_duplicates", {{"columns", {"name"}}}}}, predicting()).clean), rowCount);
}

/// A grey picture (PGM) of stripes of its own `pattern`, `side` pixels wide and high.
std::string stripedPicture(int pattern, int side) {
    std::string file = "P5\n" + std::to_string(side) + " " + std::to_string(side) + "\n255\n";
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const int field = (y * 8 / side) * 8 + x * 8 / side;
            file += static_cast<char>((field * (2 * pattern + 3) * 37 + pattern * 101) % 256);
        }
    return file;
}

/// 30 pictures; `alike` more that show what the picture of row 4 shows, twice as large.
Table pictureTable(int alike) {
    ColumnData pictures(ColumnKind::Image);
    for (int i = 0; i < 30; ++i) pictures.addText(stripedPicture(i, 32));
    for (int i = 0; i < alike; ++i) pictures.addText(stripedPicture(4, 64));
    return *Table::of({TableColumn::inMemory(std::move(pictures), "1", "picture")});
}

TEST(RowSteps, OneOfThePicturesThatLookTheSameStays) {
    const auto first = runSteps({{"drop_alike_pictures", json::object()}}, {}, pictureTable(1)).clean;
    EXPECT_EQ(rowsLeft(first), 30);
    EXPECT_TRUE(first.isRemoved(30));
    const auto largest = runSteps({{"drop_alike_pictures", {{"keep", "largest"}}}}, {}, pictureTable(1)).clean;
    EXPECT_TRUE(largest.isRemoved(4));
    EXPECT_FALSE(largest.isRemoved(30));
    EXPECT_EQ(rowsLeft(runSteps({{"drop_alike_pictures", json::object()}}, predicting(), pictureTable(1)).clean), 31) << "every new picture is answered";
    EXPECT_EQ(errorOf("drop_alike_pictures", json::object()), "cleaning.no_pictures");
    EXPECT_EQ(errorOf("drop_alike_pictures", {{"column", "nowhere"}}), "cleaning.no_column");
}

TEST(RowSteps, LargeGroupsOfPicturesThatLookTheSameStayUnlessAskedFor) {
    const auto kept = runSteps({{"drop_alike_pictures", json::object()}}, {}, pictureTable(5));
    EXPECT_EQ(rowsLeft(kept.clean), 35);
    ASSERT_EQ(kept.steps[0].report.issues.size(), 1u);
    EXPECT_EQ(kept.steps[0].report.issues[0].what.code, "cleaning.alike_group_kept");
    EXPECT_EQ(rowsLeft(runSteps({{"drop_alike_pictures", {{"large_groups", true}}}}, {}, pictureTable(5)).clean), 30);
}

TEST(RowSteps, SamplesAreTheSameEveryTime) {
    const auto sample = [](std::int64_t seed) { return runSteps({{"sample_rows", {{"rows", 200}, {"seed", seed}}}}).clean; };
    EXPECT_EQ(rowsLeft(sample(1)), 200);
    EXPECT_EQ(*sample(1).removedBy, *sample(1).removedBy);
    EXPECT_NE(*sample(1).removedBy, *sample(2).removedBy);
    EXPECT_EQ(rowsLeft(runSteps({{"sample_rows", {{"share", 0.25}}}}).clean), 250);
    EXPECT_EQ(rowsLeft(runSteps({{"sample_rows", {{"rows", 5000}}}}).clean), rowCount);
}

/// What each class counts in all.
std::map<std::string, double> classWeights(const std::string& method) {
    const auto result = runSteps({{"balance", {{"column", "class"}, {"method", method}}}});
    std::map<std::string, double> weights;
    for (std::int64_t row = 0; row < rowCount; ++row) weights[result.clean.table.cellText(row, 3)] += (*result.clean.weights)[static_cast<std::size_t>(row)];
    EXPECT_EQ(rowsLeft(result.clean), rowCount) << "the rows a model is judged by stay";
    return weights;
}

TEST(RowSteps, BalancedClassesCountAlike) {
    for (const auto& [name, weight] : classWeights("weights")) EXPECT_NEAR(weight, rowCount / 3.0, 0.01) << name;
    for (const auto& [name, weight] : classWeights("over-sampling")) EXPECT_EQ(weight, 700) << name;
    for (const auto& [name, weight] : classWeights("under-sampling")) EXPECT_EQ(weight, 100) << name;
    EXPECT_FALSE(runSteps({{"balance", {{"column", "class"}}}}, predicting()).clean.weights);
}

TEST(RowSteps, OutliersGoByBoundsOfTheTrainingRows) {
    std::vector<std::uint8_t> training(rowCount);
    std::fill_n(training.begin(), 50, std::uint8_t{1});
    RecipeRun run;
    run.training = training;
    const auto result = runSteps({{"outliers_remove", {{"columns", {"id"}}, {"method", "z-score"}, {"factor", 3}}}}, run);
    const double bound = 24.5 + 3 * std::sqrt((50.0 * 50 - 1) / 12);
    EXPECT_EQ(rowsLeft(result.clean), static_cast<std::int64_t>(bound) + 1);
}

TEST(RowSteps, TheIsolationForestTakesTheShareThatIsAsked) {
    ColumnData a(ColumnKind::Number), b(ColumnKind::Number);
    for (int row = 0; row < 2000; ++row) {
        a.addNumber(row < 20 ? 50 + row : std::sin(row * 12.9898) * 3);
        b.addNumber(row < 20 ? -40 - row : std::cos(row * 78.233) * 3);
    }
    const Table table = *Table::of({TableColumn::inMemory(std::move(a), "1", "a"), TableColumn::inMemory(std::move(b), "2", "b")});
    const auto result = runSteps({{"outliers_remove", {{"method", "isolation-forest"}, {"contamination", 0.01}}}}, {}, table);
    EXPECT_NEAR(static_cast<double>(result.steps[0].report.removedRows), 20, 1);
    std::int64_t found = 0;
    for (std::int64_t row = 0; row < 20; ++row) found += result.clean.isRemoved(row);
    EXPECT_GE(found, 19);
    RecipeRun again;
    again.refit = false;
    const auto same = runRecipe(table, result.recipe, again);
    EXPECT_EQ(*same->clean.removedBy, *result.clean.removedBy) << "what was learned is enough";
}

TEST(RowSteps, ATargetEncodingNeverShowsARowItsOwnTarget) {
    const auto encoded = [](double own) {
        ColumnData city(ColumnKind::Category), target(ColumnKind::Number);
        city.setDictionary({"A", "B"});
        for (int row = 0; row < 100; ++row) {
            city.addCode(row % 2);
            target.addNumber(row == 42 ? own : row);
        }
        const Table table = *Table::of({TableColumn::inMemory(std::move(city), "1", "city"), TableColumn::inMemory(std::move(target), "2", "y")});
        const auto result = runSteps({{"target_encode", {{"columns", {"city"}}, {"target", "y"}}}}, {}, table);
        std::vector<double> values;
        for (std::int64_t row = 0; row < 100; ++row) values.push_back(result.clean.table.view(0).number(row));
        return values;
    };
    const auto low = encoded(-1e6), high = encoded(1e6);
    EXPECT_EQ(low[42], high[42]);
    EXPECT_NE(low, high) << "others do learn from it";
}

TEST(RowSteps, AHashEncodingSpreadsWordsOverColumns) {
    const auto result = runSteps({{"hash_encode", {{"columns", {"name"}}, {"buckets", 8}}}});
    const Table& table = result.clean.table;
    EXPECT_EQ(table.columnCount(), 4u + 8u);
    for (std::int64_t row = 0; row < 20; ++row) {
        double absolute = 0;
        for (int bucket = 1; bucket <= 8; ++bucket) absolute += std::abs(table.view(*table.find("name #" + std::to_string(bucket))).number(row));
        EXPECT_EQ(absolute, 1);
    }
}

TEST(Tables, AJoinRefusesManyMatchesUnlessTheFirstWillDo) {
    RecipeRun run;
    run.context.otherTable = [](const std::string&) -> Result<Table> {
        ColumnData key(ColumnKind::Integer), value(ColumnKind::Text);
        for (const int k : {1, 2, 2}) key.addInteger(k);
        for (const char* v : {"one", "two", "zwei"}) value.addText(v);
        return Table::of({TableColumn::inMemory(std::move(key), "1", "id"), TableColumn::inMemory(std::move(value), "2", "word")});
    };
    EXPECT_EQ(errorOf("join", {{"table", "words"}, {"keys", {"id"}}}, run), "cleaning.join_many");
    EXPECT_EQ(errorOf("join", {{"table", "words"}, {"keys", {"id"}}}), "cleaning.no_other_table");
    const auto result = runSteps({{"join", {{"table", "words"}, {"keys", {"id"}}, {"many", "first"}, {"prefix", "w_"}}}}, run);
    const Table& table = result.clean.table;
    EXPECT_EQ(table.cellText(2, *table.find("w_word")), "two");
    EXPECT_TRUE(table.view(*table.find("w_word")).isMissing(3));
    EXPECT_EQ(result.steps[0].report.refusedCount, rowCount - 2);
}

/// Five rows with a key and a decoded picture each (2 × 2 numbers), the third without one.
Table fivePictures(const char* name) {
    ColumnData key(ColumnKind::Integer);
    std::vector<float> values;
    for (int row = 0; row < 5; ++row) {
        key.addInteger(row * 2);
        for (int i = 0; i < 4; ++i) values.push_back(static_cast<float>(10 * row + i));
    }
    return *Table::of({TableColumn::inMemory(std::move(key), "k", "id"), floatColumn(std::move(values), {2, 2}, {0, 0, 1, 0, 0}, "p", name)});
}

float firstElement(const Table& table, const char* name, std::int64_t row) {
    float value = 0;
    std::memcpy(&value, table.view(*table.find(name)).element(row).data(), sizeof value);
    return value;
}

TEST(Tables, AJoinCarriesDecodedPicturesOfBothSides) {
    RecipeRun run;
    run.context.otherTable = [](const std::string&) -> Result<Table> { return fivePictures("photo"); };
    const auto joined = runSteps({{"join", {{"table", "pictures"}, {"keys", {"id"}}}}}, run);
    ASSERT_FALSE(joined.steps[0].error);
    const Table& table = joined.clean.table;
    const ColumnInfo& photo = table.info(*table.find("photo"));
    EXPECT_EQ(photo.elementShape, (Shape{2, 2}));
    EXPECT_EQ(photo.missing, rowCount - 4);
    EXPECT_EQ(firstElement(table, "photo", 2), 10.0f);
    EXPECT_EQ(firstElement(table, "photo", 8), 40.0f);
    for (const std::int64_t row : {1, 4, 9}) EXPECT_TRUE(table.view(*table.find("photo")).isMissing(row)) << row;

    const auto left = runSteps({{"join", {{"table", "pictures"}, {"keys", {"id"}}}}}, run, fivePictures("mine"));
    ASSERT_FALSE(left.steps[0].error);
    EXPECT_EQ(firstElement(left.clean.table, "mine", 3), 30.0f);
    EXPECT_EQ(firstElement(left.clean.table, "photo", 3), 30.0f) << "every row in its order: nothing is copied";

    const auto grouped = runSteps({{"unpivot", {{"columns", {"id"}}}}}, {}, fivePictures("mine"));
    ASSERT_FALSE(grouped.steps[0].error);
    EXPECT_EQ(firstElement(grouped.clean.table, "mine", 4), 40.0f);
}

TEST(Tables, ReshapedTablesLeaveRemovedRowsOut) {
    const auto result = runSteps({{"filter", {{"condition", "id < 100"}}}, {"group", {{"by", {"class"}}, {"columns", {"when", "x"}}, {"functions", {"max"}}}}});
    const Table& table = result.clean.table;
    EXPECT_EQ(table.rows(), 3);
    EXPECT_EQ(table.cellText(0, *table.find("rows")), "70");
    EXPECT_EQ(table.cellText(0, *table.find("when max")), "1970-04-07");
    EXPECT_EQ(rowsLeft(result.clean), 3);
    EXPECT_EQ((*result.clean.origin)[0], -1);
    EXPECT_EQ(errorOf("group", {{"by", {"class"}}, {"columns", {"x"}}, {"functions", {"average"}}}), "cleaning.no_such_function");
    EXPECT_EQ(errorOf("group", {{"by", {"class"}}, {"columns", {"name"}}}), "cleaning.column_kind");
}

TEST(Privacy, TheKeyedHashIsHmacSha256) {
    // RFC 4231, test cases 1, 2 and 6
    EXPECT_EQ(hmacSha256(std::string(20, '\x0b'), "Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmacSha256("Jefe", "what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hmacSha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Privacy, HashesReplaceValuesAndTheKeyIsInNoReport) {
    const auto result = runSteps({{"anonymize_hash", {{"columns", {"name", "id", "class"}}, {"key", "Jefe"}, {"length", 20}}}});
    const Table& table = result.clean.table;
    EXPECT_EQ(table.cellText(3, *table.find("name")), hmacSha256("Jefe", "person 3").substr(0, 20));
    EXPECT_EQ(table.cellText(3, *table.find("id")), hmacSha256("Jefe", "3").substr(0, 20));
    EXPECT_EQ(table.cellText(3, *table.find("name")), table.cellText(13, *table.find("name")));
    EXPECT_EQ(table.info(*table.find("class")).kind, ColumnKind::Category);
    EXPECT_TRUE(result.recipe.steps[0].fitted.is_null());
    EXPECT_TRUE(result.steps[0].report.refused.empty() && result.steps[0].report.issues.empty());
    EXPECT_EQ(errorOf("anonymize_hash", {{"columns", {"name"}}}), "cleaning.no_key");
}

TEST(Privacy, DatesOfAPersonMoveTogether) {
    const auto result = runSteps({{"anonymize_dates", {{"columns", {"when"}}, {"person", "name"}, {"key", "secret"}, {"days", 30}}}});
    const ColumnView moved = result.clean.table.view(4);
    std::set<std::int64_t> shifts;
    for (std::int64_t row = 0; row < rowCount; ++row) {
        const std::int64_t shift = moved.integers[static_cast<std::size_t>(row)] / 86'400'000 - row;
        EXPECT_LE(std::abs(shift), 30);
        EXPECT_EQ(shift, moved.integers[static_cast<std::size_t>(row % 10)] / 86'400'000 - row % 10) << "as the person's first";
        shifts.insert(shift);
    }
    EXPECT_GT(shifts.size(), 4u) << "different people move differently";
}

TEST(Privacy, RarePeopleAreCountedAndLeftOut) {
    CleanTable table;
    table.table = thousandRows();
    const auto count = countAnonymity(table, {"class"}, 150, {});
    ASSERT_TRUE(count.ok());
    EXPECT_EQ(count->smallest, 100);
    EXPECT_EQ(count->groups, 3);
    EXPECT_EQ(count->rowsBelow, 100);
    EXPECT_EQ(count->rowsOfSmallest.size(), 100u);
    EXPECT_EQ(count->rowsOfSmallest[0], 9);
    EXPECT_EQ(rowsLeft(runSteps({{"k_anonymity", {{"columns", {"class"}}, {"k", 150}}}}).clean), 900);
}

TEST(RowSteps, TheNumberOfThreadsChangesNothing) {
    for (const auto& [step, settings] : std::vector<std::pair<std::string, json>>{{"standardize", json::object()},
                                                                                  {"yeo_johnson", json::object()},
                                                                                  {"bin", {{"columns", {"x"}}}},
                                                                                  {"one_hot", {{"columns", {"name"}}}},
                                                                                  {"outliers_remove", {{"method", "isolation-forest"}}},
                                                                                  {"formula", {{"formula", "sqrt(x) * id"}}},
                                                                                  {"group", {{"by", {"name"}}, {"columns", {"x"}}}}}) {
        RecipeRun one, three;
        one.context.threads = 1;
        three.context.threads = 3;
        const auto a = runSteps({{step, settings}}, one), b = runSteps({{step, settings}}, three);
        EXPECT_EQ(a.recipe.steps[0].fitted, b.recipe.steps[0].fitted) << step;
        ASSERT_EQ(a.clean.table.columnCount(), b.clean.table.columnCount());
        for (std::int64_t row = 0; row < a.clean.table.rows(); ++row) ASSERT_EQ(a.clean.table.rowText(row), b.clean.table.rowText(row)) << step;
        ASSERT_EQ(rowsLeft(a.clean), rowsLeft(b.clean));
    }
}

TEST(RowSteps, StepsWithoutTheirSettingsSayWhatIsMissing) {
    for (const char* step : {"clip_values", "log_transform", "bin", "hash_encode", "group", "pivot", "unpivot", "anonymize_hash", "anonymize_dates", "k_anonymity", "balance"})
        EXPECT_EQ(errorOf(step, json::object()), "cleaning.no_column_chosen") << step;
    EXPECT_EQ(errorOf("join", json::object()), "cleaning.no_table_chosen");
    EXPECT_EQ(errorOf("join", {{"table", "words"}}), "cleaning.no_key_chosen");
    EXPECT_EQ(errorOf("clip_values", {{"columns", {"x"}}, {"low", "much"}}), "cleaning.not_a_number");
    EXPECT_EQ(errorOf("clip_values", {{"columns", {"x"}}, {"low", "3"}, {"high", "2"}}), "cleaning.bounds_crossed");
    EXPECT_EQ(errorOf("bin", {{"columns", {"x"}}, {"method", "edges"}}), "cleaning.no_edges");
    EXPECT_EQ(errorOf("bin", {{"columns", {"x"}}, {"bins", 3}, {"labels", {"a", "b"}}}), "cleaning.labels_do_not_fit");
    EXPECT_EQ(errorOf("standardize", {{"columns", {"name"}}}), "cleaning.column_kind");
    EXPECT_EQ(errorOf("standardize", {{"columns", {"nobody"}}}), "cleaning.no_column");
}

/// Settings with which each step has work to do in oddTable().
const std::vector<std::pair<std::string, json>>& stepsToTry() {
    static const std::vector<std::pair<std::string, json>> all{
        {"filter", {{"condition", "x > 10 or name = 'person 1'"}}},
        {"filter_training", {{"condition", "matches(name, '[0-5]$')"}}},
        {"formula", {{"formula", "log(x) + year(when)"}}},
        {"formula", {{"formula", "upper(name)"}, {"name", "name"}, {"replace", true}}},
        {"drop_duplicates", {{"columns", {"name", "x"}}}},
        {"outliers_remove", json::object()},
        {"outliers_remove", {{"method", "isolation-forest"}, {"columns", {"x", "id"}}}},
        {"outliers_missing", {{"method", "z-score"}, {"factor", 1}}},
        {"outliers_clip", {{"factor", 0.5}}},
        {"sample_rows", {{"rows", 7}}},
        {"balance", {{"column", "class"}, {"method", "over-sampling"}}},
        {"standardize", json::object()},
        {"min_max_scale", {{"low", -1}}},
        {"robust_scale", json::object()},
        {"log_transform", {{"columns", {"x", "id"}}}},
        {"yeo_johnson", json::object()},
        {"clip_values", {{"columns", {"x"}}, {"low", "3"}}},
        {"bin", {{"columns", {"x", "id"}}, {"method", "quantiles"}, {"bins", 4}}},
        {"one_hot", {{"columns", {"name", "class"}}, {"most", 4}}},
        {"ordinal_encode", {{"columns", {"name", "class"}}}},
        {"frequency_encode", json::object()},
        {"target_encode", {{"target", "class"}, {"columns", {"name"}}}},
        {"target_encode", {{"target", "x"}}},
        {"hash_encode", {{"columns", {"name"}}, {"buckets", 3}}},
        {"group", {{"by", {"class"}}, {"columns", {"x", "id"}}, {"functions", {"median", "first", "distinct", "deviation"}}}},
        {"pivot", {{"rows", {"name"}}, {"names", "class"}, {"values", "x"}, {"function", "max"}}},
        {"unpivot", {{"columns", {"x", "id"}}, {"name", "which"}, {"drop_missing", true}}},
        {"unpivot", {{"columns", {"name", "when"}}}},
        {"join", {{"table", "other"}, {"keys", {"name"}}, {"many", "first"}, {"prefix", "other "}}},
        {"anonymize_hash", {{"columns", {"name", "x", "when", "class"}}, {"key", "k"}}},
        {"anonymize_dates", {{"columns", {"when"}}, {"person", "class"}, {"key", "k"}}},
        {"k_anonymity", {{"columns", {"class", "name"}}, {"k", 3}}}};
    return all;
}

/// Like thousandRows(), with gaps in every column; or nothing but gaps.
Table oddTable(std::int64_t rows, bool onlyGaps) {
    ColumnData id(ColumnKind::Integer), x(ColumnKind::Number), name(ColumnKind::Text), kind(ColumnKind::Category), when(ColumnKind::Time);
    kind.setDictionary({"a", "", "b"});
    for (std::int64_t row = 0; row < rows; ++row) {
        const auto gone = [&](std::int64_t shift) { return onlyGaps || (row + shift) % 7 == 0; };
        gone(0) ? id.addMissing() : id.addInteger(row % 50 - 10);
        x.addNumber(gone(1) ? std::nan("") : static_cast<double>(row % 23) - 4);
        gone(2) ? name.addMissing() : name.addText("person " + std::to_string(row % 9));
        kind.addCode(gone(3) ? -1 : static_cast<std::int32_t>(row % 3));
        gone(4) ? when.addMissing() : when.addInteger(row * 90'000'000);
    }
    return *Table::of({TableColumn::inMemory(std::move(id), "1", "id"), TableColumn::inMemory(std::move(x), "2", "x"), TableColumn::inMemory(std::move(name), "3", "name"),
                       TableColumn::inMemory(std::move(kind), "4", "class"), TableColumn::inMemory(std::move(when), "5", "when")});
}

RecipeRun withOtherTable() {
    RecipeRun run;
    run.context.otherTable = [](const std::string&) -> Result<Table> { return oddTable(40, false); };
    return run;
}

TEST(OddTables, StepsWorkOrSayThatThereIsNothingToLearn) {
    for (const auto& [step, settings] : stepsToTry())
        for (const Table& table : {oddTable(100, false), oddTable(0, false), oddTable(10, true)}) {
            SCOPED_TRACE(step + " " + settings.dump() + " " + std::to_string(table.rows()));
            const auto result = runSteps({{step, settings}}, withOtherTable(), table);
            if (result.steps[0].error) {
                EXPECT_EQ(result.steps[0].error->code, "cleaning.no_values_to_learn");
                EXPECT_NE(table.rows(), 100);
            } else if (findCleaningStep(step)->rows != RowEffect::Reshapes) {
                EXPECT_EQ(result.clean.table.rows(), table.rows());
            }
        }
}

TEST(OddTables, NothingIsDoneToRowsThatAreGone) {
    for (const auto& [step, settings] : stepsToTry()) {
        SCOPED_TRACE(step + " " + settings.dump());
        const auto result = runSteps({{"filter", {{"condition", "1 = 2"}}}, {step, settings}}, withOtherTable(), oddTable(60, false));
        EXPECT_EQ(result.steps[1].report.changedCells, 0);
        EXPECT_EQ(result.steps[1].report.refusedCount, 0);
        EXPECT_EQ(result.steps[1].report.removedRows, 0);
        EXPECT_LE(rowsLeft(result.clean), 0);
    }
}

/// Every value in a document, replaced one after the other.
void eachDamage(const json& document, const std::function<void(const json&)>& use) {
    const json flat = document.flatten();
    for (const auto& [path, value] : flat.items())
        for (const json& instead : {json(), json("x"), json(-1), json(1e308), json::array(), json(std::vector<double>(1000, 1.0))}) {
            json damaged = document;
            damaged[json::json_pointer(path)] = instead;
            use(damaged);
        }
}

TEST(OddTables, WhatWasLearnedMayBeDamaged) {
    for (const auto& [step, settings] : stepsToTry()) {
        if (!findCleaningStep(step)->fit) continue;
        SCOPED_TRACE(step);
        const auto good = runSteps({{step, settings}}, {}, oddTable(60, false));
        ASSERT_FALSE(good.recipe.steps[0].fitted.is_null());
        int tried = 0;
        eachDamage(good.recipe.steps[0].fitted, [&](const json& damaged) {
            if (++tried > 120) return;
            Recipe recipe = good.recipe;
            recipe.steps[0].fitted = damaged;
            RecipeRun run;
            run.refit = false;
            const auto result = runRecipe(oddTable(20, false), recipe, run);
            EXPECT_TRUE(result.ok());
        });
        EXPECT_GT(tried, 5);
    }
}

}  // namespace
}  // namespace lamina
