// Steps on series: against pandas, cell by cell (series_numbers.py made the numbers), and what a window may know.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/core/data/cleaning/written_table.h"

namespace lamina {
namespace {

using nlohmann::json;

const json& seriesNumbers() {
    static const json all = json::parse(std::ifstream(std::string(LAMINA_SOURCE_DIR) + "/tests/core/data/cleaning/series_numbers.json"));
    return all;
}

Table shopTable() {
    const json& written = seriesNumbers()["table"];
    return *Table::of({writtenColumn("time", json{{"time", written["time"]}}), writtenColumn("shop", json{{"category", written["shop"]}}),
                       writtenColumn("sold", written["sold"]), writtenColumn("people", written["people"])});
}

RecipeResult runGood(const Table& table, const std::string& step, const json& settings, const RecipeRun& run = {}) {
    auto result = runOnly(table, step, settings, run);
    EXPECT_FALSE(result.steps[0].error.has_value()) << result.steps[0].error->debugText();
    return result;
}

/// One row of `table` for each `step`-th expected cell.
void expectNumbers(const Table& table, const std::string& name, const json& expected, std::int64_t step, const std::string& what) {
    const auto place = table.find(name);
    ASSERT_TRUE(place.ok()) << what << ": " << place.error().debugText();
    const ColumnView view = table.view(*place);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const std::int64_t row = static_cast<std::int64_t>(i) * step;
        ASSERT_LT(row, table.rows()) << what;
        ASSERT_EQ(view.isMissing(row), expected[i].is_null()) << what << " row " << row;
        if (!expected[i].is_null()) {
            ASSERT_NEAR(view.number(row), expected[i].get<double>(), 1e-9 * std::max(1.0, std::abs(expected[i].get<double>())))
                << what << " row " << row;
        }
    }
}

TEST(Series, ResamplingIsThatOfPandas) {
    const Table table = shopTable();
    ASSERT_GE(seriesNumbers()["resampled"].size(), 40u);
    for (const json& one : seriesNumbers()["resampled"])
        for (const char* gaps : {"missing", "previous", "linear"}) {
            const json settings{{"time", "time"},      {"series", {"shop"}},  {"every", one["every"]},
                                {"unit", one["unit"]}, {"columns", {"sold"}}, {"functions", {one["function"]}},
                                {"gaps", gaps}};
            const std::string what = settings.dump();
            const Table made = runGood(table, "resample", settings).clean.table;
            ASSERT_EQ(made.rows(), one["rows"].get<std::int64_t>()) << what;
            expectNumbers(made, "sold", one[gaps], one["step"], what);
            for (std::size_t i = 0; i < one["time"].size(); ++i) {
                const std::int64_t row = static_cast<std::int64_t>(i) * one["step"].get<std::int64_t>();
                ASSERT_EQ(made.cellText(row, *made.find("shop")), one["shop"][i].get<std::string>()) << what;
                const auto time = parseTime(one["time"][i].get<std::string>());
                ASSERT_EQ(made.view(*made.find("time")).integers[static_cast<std::size_t>(row)], *time) << what << " row " << row;
            }
        }
}

TEST(Series, EmptyIntervalsMayBeLeftOut) {
    const json& one = seriesNumbers()["resampled"][0];
    const Table made = runGood(shopTable(), "resample",
                               {{"time", "time"},
                                {"series", {"shop"}},
                                {"every", one["every"]},
                                {"unit", one["unit"]},
                                {"columns", {"sold", "people", "sold"}},
                                {"functions", {"mean", "sum", "max"}},
                                {"gaps", "leave_out"}})
                           .clean.table;
    EXPECT_GT(one["empty"].get<std::int64_t>(), 0);
    EXPECT_EQ(made.rows(), one["rows"].get<std::int64_t>() - one["empty"].get<std::int64_t>());
    EXPECT_TRUE(made.find("sold mean").ok() && made.find("sold max").ok() && made.find("people").ok());
    EXPECT_EQ(made.info(*made.find("people")).missing, 0);
}

TEST(Series, EarlierValuesChangesAndRollingFiguresAreThoseOfPandas) {
    const Table table = shopTable();
    for (const char* which : {"one", "shop"}) {
        const json& expected = seriesNumbers()["past"][which];
        const json series = std::string(which) == "one" ? json::array() : json::array({"shop"});
        const json common{{"time", "time"}, {"series", series}, {"columns", {"sold"}}};
        json settings = common;
        settings.update({{"lags", {1, 3}}, {"changes", {1, 2}}});
        const Table past = runGood(table, "lag_features", settings).clean.table;
        for (const char* name : {"sold lag 1", "sold lag 3", "sold change 1", "sold change 2"}) expectNumbers(past, name, expected[name], 1, name);
        for (const char* figure : {"mean", "sum", "min", "max", "deviation"}) {
            settings = common;
            settings.update({{"lags", json::array()}, {"rolling", {2, 5}}, {"figure", figure}});
            const Table rolled = runGood(table, "lag_features", settings).clean.table;
            const json& figures = expected["rolling"][std::string(figure) == "deviation" ? "std" : figure];
            for (const char* width : {"2", "5"})
                expectNumbers(rolled, std::string("sold ") + figure + " " + width, figures[width], 1, which + std::string(figure) + width);
        }
        settings = common;
        settings.update({{"lags", json::array()}, {"rolling", {4}}, {"current", true}});
        expectNumbers(runGood(table, "lag_features", settings).clean.table, "sold mean 4", expected["rolling with itself"], 1, "with itself");
        const RecipeResult windows = runGood(
            table, "windows", {{"time", "time"}, {"series", series}, {"columns", {"sold"}}, {"target", "sold"}, {"length", 4}, {"horizon", 2}});
        const Table& made = windows.clean.table;
        expectNumbers(made, "sold_t-1", expected["sold lag 1"], 1, "window");
        expectNumbers(made, "sold_t-3", expected["sold lag 3"], 1, "window");
        expectNumbers(made, "sold_t", seriesNumbers()["table"]["sold"], 1, "window");
        expectNumbers(made, "sold_t+2", expected["ahead"], 1, "window");
        EXPECT_EQ(made.info(*made.find("shop")).kind, ColumnKind::Category);
    }
}

/// Ten rows of two series, their times in order; "x" counts up within the first and is a hundred more in the second.
Table twoSeries() {
    return writtenTable(
        R"x({"at":{"time":["2024-01-01","2024-01-01","2024-01-02","2024-01-02","2024-01-03","2024-01-03","2024-01-04","2024-01-04","2024-01-05","2024-01-05"]},
                            "of":["a","b","a","b","a","b","a","b","a","b"],"x":[1,101,2,102,3,103,4,104,5,105],"y":[0.5,1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5,9.5]})x");
}

json windowSettings(const json& more = json::object()) {
    json settings{{"time", "at"}, {"series", {"of"}}, {"columns", {"x"}}, {"target", "x"}, {"length", 2}, {"horizon", 1}};
    settings.update(more);
    return settings;
}

std::vector<std::int64_t> windowsLeft(const CleanTable& clean) {
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; row < clean.table.rows(); ++row)
        if (!clean.isRemoved(row)) rows.push_back(row);
    return rows;
}

TEST(Windows, StayWithinTheirSeriesAndNeedAPastAndAnAnswer) {
    const auto result = runGood(twoSeries(), "windows", windowSettings());
    EXPECT_EQ(windowsLeft(result.clean), (std::vector<std::int64_t>{2, 3, 4, 5, 6, 7}));
    const Table& table = result.clean.table;
    for (const std::int64_t row : windowsLeft(result.clean)) {
        const double x = table.view(*table.find("x_t")).number(row);
        EXPECT_EQ(table.view(*table.find("x_t-1")).number(row), x - 1);
        EXPECT_EQ(table.view(*table.find("x_t+1")).number(row), x + 1);
    }
    EXPECT_EQ(result.steps[0].report.removedRows, 4);
}

TEST(Windows, NewRowsAreAnsweredWhereTheyHaveAPast) {
    const auto learned = runGood(twoSeries(), "windows", windowSettings({{"stride", 3}}));
    RecipeRun predicting;
    predicting.refit = false;
    predicting.context.predicting = true;
    const auto result = runRecipe(twoSeries(), learned.recipe, predicting);
    EXPECT_EQ(windowsLeft(result->clean), (std::vector<std::int64_t>{2, 3, 4, 5, 6, 7, 8, 9})) << "the newest rows are the ones to forecast from";
}

TEST(Windows, TheStrideIsThatOfEachSeries) {
    EXPECT_EQ(windowsLeft(runGood(twoSeries(), "windows", windowSettings({{"stride", 2}})).clean), (std::vector<std::int64_t>{2, 3, 6, 7}));
}

/// The rows before `until` train.
RecipeResult dividedWindows(const json& settings, std::int64_t until) {
    std::vector<std::uint8_t> training(10, 0);
    std::fill_n(training.begin(), until, std::uint8_t{1});
    RecipeRun run;
    run.training = training;
    return runGood(twoSeries(), "windows", settings, run);
}

TEST(Windows, NothingInAWindowIsNewerThanItsRow) {
    const Table before = twoSeries();
    const auto whole = runGood(before, "windows", windowSettings({{"columns", {"x", "y"}}, {"form", "sequence"}}));
    // Other values in the last two rows change no window of the rows before them.
    Table changed = writtenTable(
        R"x({"at":{"time":["2024-01-01","2024-01-01","2024-01-02","2024-01-02","2024-01-03","2024-01-03","2024-01-04","2024-01-04","2024-01-05","2024-01-05"]},
                            "of":["a","b","a","b","a","b","a","b","a","b"],"x":[1,101,2,102,3,103,4,104,777,777],"y":[0.5,1.5,2.5,3.5,4.5,5.5,6.5,7.5,777.5,777.5]})x");
    const auto other = runGood(changed, "windows", windowSettings({{"columns", {"x", "y"}}, {"form", "sequence"}}));
    const ColumnView a = whole.clean.table.view(*whole.clean.table.find("x_t-1..t")), b = other.clean.table.view(*other.clean.table.find("x_t-1..t"));
    for (std::int64_t row = 0; row < 8; ++row) EXPECT_TRUE(std::ranges::equal(a.element(row), b.element(row))) << row;
}

TEST(Windows, TrainingRowsWhoseAnswerIsAnotherPartsAreLeftOut) {
    const auto divided = dividedWindows(windowSettings(), 6);  // the days 1 to 3
    EXPECT_EQ(windowsLeft(divided.clean), (std::vector<std::int64_t>{2, 3, 6, 7})) << "of day 3 the answer is that of day 4, which validates";
    ASSERT_EQ(divided.steps[0].report.issues.size(), 1u);
    EXPECT_EQ(divided.steps[0].report.issues[0].what.code, "cleaning.windows_across");
    EXPECT_EQ(divided.steps[0].report.issues[0].count, 2);
    // The window of day 4 reaches back into day 3: so does a forecast.
    const Table& table = divided.clean.table;
    EXPECT_EQ(table.view(*table.find("x_t-1")).number(6), 3);
    EXPECT_EQ(windowsLeft(dividedWindows(windowSettings({{"horizon", 2}}), 6).clean), (std::vector<std::int64_t>{}))
        << "two days ahead of day 2 is day 4, and nothing is two days ahead of day 4";
}

TEST(Windows, ASplitThatIsNotByTimeIsTold) {
    std::vector<std::uint8_t> training(10, 1);
    training[4] = 0;
    RecipeRun run;
    run.training = training;
    const auto result = runGood(twoSeries(), "windows", windowSettings(), run);
    ASSERT_EQ(result.steps[0].report.issues.size(), 1u);
    EXPECT_EQ(result.steps[0].report.issues[0].what.code, "cleaning.windows_mixed");
    EXPECT_EQ(windowsLeft(result.clean), (std::vector<std::int64_t>{2, 3, 4, 5, 6, 7}));
}

TEST(Windows, ASequenceIsWhatRecurrentLayersRead) {
    const auto result = runGood(twoSeries(), "windows", windowSettings({{"columns", {"y", "x"}}, {"form", "sequence"}}));
    const Table& table = result.clean.table;
    ASSERT_EQ(table.columnCount(), 3u) << "the time, the window and the answer";
    const auto place = *table.find("x_t-1..t");
    EXPECT_EQ(table.info(place).kind, ColumnKind::Tensor);
    EXPECT_EQ(table.info(place).elementShape, (Shape{2, 2}));
    float values[4];
    ASSERT_EQ(table.view(place).element(3).size(), sizeof values);
    std::memcpy(values, table.view(place).element(3).data(), sizeof values);
    EXPECT_EQ(std::vector<float>(values, values + 4), (std::vector<float>{101, 1.5f, 102, 3.5f}))
        << "the answer's own past is the first of each step";
    EXPECT_TRUE(table.view(place).isMissing(0));
    EXPECT_FALSE(table.view(place).isMissing(2));
}

TEST(Windows, WhatStepsBehindResamplingLearnIsOfTheTrainingRows) {
    Recipe recipe = recipeOf("resample", {{"time", "at"}, {"series", {"of"}}, {"columns", {"x"}}});
    recipe.steps.push_back({.type = "windows", .settings = windowSettings(), .comment = {}, .fitted = {}});
    std::vector<std::uint8_t> training{1, 1, 1, 0, 0, 1, 1, 1, 0, 0};  // of the new rows: a's five days, then b's
    RecipeRun run;
    run.trainingBehind = training;
    const auto result = runRecipe(twoSeries(), recipe, run);
    ASSERT_FALSE(result->steps[1].error.has_value()) << result->steps[1].error->debugText();
    EXPECT_EQ(windowsLeft(result->clean), (std::vector<std::int64_t>{1, 3, 6, 8}));
}

TEST(Series, WhatCannotBeIsSaid) {
    const Table table = twoSeries();
    const auto codeOf = [&](const char* step, const json& settings) {
        const auto result = runOnly(table, step, settings);
        return result.steps[0].error ? result.steps[0].error->code : std::string();
    };
    EXPECT_EQ(codeOf("resample", {{"time", "x"}}), "cleaning.column_kind");
    EXPECT_EQ(codeOf("resample", json::object()), "cleaning.no_column_chosen");
    EXPECT_EQ(codeOf("resample", {{"time", "at"}, {"columns", {"x"}}, {"functions", {"mode"}}}), "cleaning.no_such_function");
    EXPECT_EQ(codeOf("resample", {{"time", "at"}, {"columns", {"x"}}, {"functions", {"mean", "sum"}}}), "cleaning.functions_of_columns");
    EXPECT_EQ(codeOf("resample", {{"time", "at"}, {"columns", {"of"}}}), "cleaning.column_kind");
    EXPECT_EQ(codeOf("lag_features", {{"columns", {"x"}}, {"lags", {0}}}), "cleaning.steps_back");
    EXPECT_EQ(codeOf("lag_features", {{"columns", {"of"}}, {"rolling", {2}}}), "cleaning.column_kind");
    EXPECT_EQ(codeOf("lag_features", {{"columns", {"of"}}}), "");
    EXPECT_EQ(codeOf("windows", {{"columns", {"of"}}, {"form", "sequence"}}), "cleaning.column_kind");
    EXPECT_EQ(codeOf("windows", {{"columns", {"x"}}, {"target", "nobody"}}), "cleaning.no_column");
    EXPECT_EQ(codeOf("windows", {{"columns", {"x", "y"}}, {"length", 9000}}), "cleaning.too_many_window_columns");
}

TEST(Series, TimesThatAreFarApartAreRefusedBeforeMemoryIsTaken) {
    const Table table = writtenTable(R"x({"at":{"time":["0001-01-01","9999-01-01"]},"x":[1,2]})x");
    const auto result = runOnly(table, "resample", {{"time", "at"}, {"unit", "seconds"}});
    ASSERT_TRUE(result.steps[0].error.has_value());
    EXPECT_EQ(result.steps[0].error->code, "cleaning.too_many_intervals");
}

TEST(Series, RowsWithoutATimeAreTold) {
    const Table table = writtenTable(R"x({"at":{"time":["2024-01-02",null,"2024-01-01"]},"x":[1,2,3]})x");
    const auto result = runGood(table, "lag_features", {{"time", "at"}, {"columns", {"x"}}});
    ASSERT_EQ(result.steps[0].report.issues.size(), 1u);
    EXPECT_EQ(result.steps[0].report.issues[0].what.code, "cleaning.rows_without_time");
    const auto place = *result.clean.table.find("x lag 1");
    EXPECT_EQ(cellFound(result.clean.table, place, 0), "3");
    EXPECT_EQ(cellFound(result.clean.table, place, 1), "∅");
}

}  // namespace
}  // namespace lamina
