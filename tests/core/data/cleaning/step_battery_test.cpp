// What every cleaning step promises (the battery), and what each of them makes of small tables (the cases).
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/data/cleaning/calendar.h"
#include "core/data/cleaning/measured_text.h"
#include "core/data/cleaning/pattern.h"
#include "core/data/cleaning/recipe.h"
#include "core/data/cleaning/step_tools.h"
#include "core/data/cleaning/value_clusters.h"
#include "tests/core/data/cleaning/written_table.h"

namespace lamina {
namespace {

using nlohmann::json;

/// Everything that stands in a table, in one number.
std::size_t contentOf(const Table& table) {
    std::size_t hash = 0;
    const auto mix = [&](const void* bytes, std::size_t count) {
        hash = hash * 1000003 + std::hash<std::string_view>()({static_cast<const char*>(bytes), count});
    };
    for (std::size_t i = 0; i < table.columnCount(); ++i) {
        const ColumnView view = table.view(i);
        mix(table.info(i).name.data(), table.info(i).name.size());
        mix(table.info(i).id.data(), table.info(i).id.size());
        mix(view.numbers.data(), view.numbers.size_bytes());
        mix(view.integers.data(), view.integers.size_bytes());
        mix(view.booleans.data(), view.booleans.size());
        mix(view.codes.data(), view.codes.size_bytes());
        mix(view.offsets.data(), view.offsets.size_bytes());
        mix(view.textBytes.data(), view.textBytes.size());
        mix(view.missingBits.data(), view.missingBits.size());
        mix(view.elements.data(), view.elements.size());
        for (const auto& text : view.dictionary) mix(text.data(), text.size());
    }
    return hash;
}

std::size_t contentOf(const CleanTable& clean) {
    std::size_t hash = contentOf(clean.table);
    if (clean.removedBy)
        for (const auto by : *clean.removedBy) hash = hash * 31 + by;
    if (clean.weights)
        for (const auto weight : *clean.weights) hash = hash * 31 + std::hash<float>()(weight);
    if (clean.origin)
        for (const auto row : *clean.origin) hash = hash * 31 + static_cast<std::size_t>(row);
    return hash;
}

// The battery

/// A table with a column of every kind; `missing` of the cells: none, some (every seventh) or all.
enum class Gaps { Some, All };
Table tableOfAllKinds(std::int64_t rows, Gaps gaps = Gaps::Some) {
    ColumnData number(ColumnKind::Number), integer(ColumnKind::Integer), flag(ColumnKind::Boolean), category(ColumnKind::Category),
        text(ColumnKind::Text), time(ColumnKind::Time), written(ColumnKind::Text), date(ColumnKind::Text);
    const std::vector<std::string> words{" Ann  B.", "ann b", "Bob,1", "", "NA"};
    for (std::int64_t row = 0; row < rows; ++row) {
        const auto gone = [&](std::int64_t shift) { return gaps == Gaps::All || (row + shift) % 7 == 0; };
        gone(0) ? number.addMissing() : number.addNumber(static_cast<double>(row % 101) / 4 - 3);
        gone(1) ? integer.addMissing() : integer.addInteger(row % 13);
        gone(2) ? flag.addMissing() : flag.addBoolean(row % 3 == 0);
        category.addCode(gone(3) ? -1 : static_cast<std::int32_t>(row % 5));
        gone(4) ? text.addMissing() : text.addText(words[static_cast<std::size_t>(row % 5)] + (row % 11 == 0 ? "é" : ""));
        gone(5) ? time.addMissing() : time.addInteger(row * 7'200'000 - 86'400'000);
        gone(6) ? written.addMissing()
                : written.addText(std::to_string(row % 17) + (row % 19 == 0   ? " lb"
                                                              : row % 23 == 0 ? " stones thrown"
                                                                              : " kg"));
        gone(0) ? date.addMissing() : date.addText(std::to_string(row % 28 + 1) + "/" + std::to_string(row % 12 + 1) + "/2024");
    }
    category.setDictionary({"red", " Red", "green", "NA", "blue"});
    std::vector<TableColumn> columns;
    const auto add = [&](ColumnData& data, const char* name) {
        columns.push_back(TableColumn::inMemory(std::move(data), std::string("id of ") + name, name));
    };
    add(number, "number"), add(integer, "integer"), add(flag, "flag"), add(category, "category"), add(text, "text"), add(time, "time"),
        add(written, "written"), add(date, "date");
    return *Table::of(std::move(columns));
}

/// Settings with which steps have work to do in tableOfAllKinds(). Steps that are not here are run with their defaults and may refuse them.
const std::multimap<std::string, json>& workFor() {
    static const std::multimap<std::string, json> work{
        {"rename_column", {{"column", "text"}, {"name", "words"}}},
        {"drop_columns", {{"columns", {"text", "time"}}}},
        {"drop_columns", {{"columns", {"text"}}, {"keep", true}}},
        {"reorder_columns", {{"columns", {"time", "flag"}}}},
        {"duplicate_column", {{"column", "category"}}},
        {"change_type", {{"columns", {"text", "written", "category", "integer"}}, {"to", "number"}}},
        {"change_type", {{"columns", {"number", "text"}}, {"to", "integer"}, {"fractions", "round"}}},
        {"change_type", {{"columns", {"integer", "number"}}, {"to", "boolean"}}},
        {"change_type", {{"columns", {"number", "text", "time", "flag"}}, {"to", "category"}}},
        {"change_type", {{"columns", {"number", "category", "time", "flag"}}, {"to", "text"}}},
        {"change_type", {{"columns", {"date", "integer"}}, {"to", "time"}}},
        {"split_column", {{"column", "text"}, {"separator", " "}}},
        {"split_column", {{"column", "category"}, {"by", "expression"}, {"separator", "[aeiou]"}}},
        {"split_column", {{"column", "text"}, {"by", "positions"}, {"positions", {1, 3}}}},
        {"merge_columns", {{"columns", {"text", "number", "time"}}, {"name", "all"}}},
        {"trim_text", json::object()},
        {"change_case", {{"to", "title"}}},
        {"replace_text", {{"find", "b"}, {"with", "xy"}}},
        {"replace_text", {{"find", "([a-z])\\.?$"}, {"with", "<$1>"}, {"expression", true}, {"ignore_case", true}}},
        {"extract_text", {{"column", "text"}, {"pattern", "(?<letter>[a-z])(\\d)?"}}},
        {"text_length", json::object()},
        {"map_values", {{"columns", {"text", "category"}}, {"from", {"NA", "red"}}, {"to", {"", "RED"}}}},
        {"map_values", {{"columns", {"integer"}}, {"from", {"3", "4"}}, {"to", {"", "40"}}, {"others", "replace"}, {"other", "1"}}},
        {"edit_cells", {{"rows", json::array()}, {"columns", json::array()}, {"values", json::array()}}},
        {"fill_missing", {{"method", "constant"}, {"value", "7"}, {"columns", {"number", "integer", "text", "category"}}}},
        {"fill_missing", {{"method", "mean"}, {"flag", true}}},
        {"fill_missing", {{"method", "median"}, {"columns", {"number", "time"}}, {"groups", {"category", "flag"}}}},
        {"fill_missing", {{"method", "most_frequent"}}},
        {"fill_missing", {{"method", "previous"}}},
        {"fill_missing", {{"method", "next"}, {"groups", {"category"}}}},
        {"fill_missing", {{"method", "interpolate"}}},
        {"fill_missing", {{"method", "nearest"}, {"columns", {"number"}}}},
        {"mark_missing", {{"words", {"NA", "3"}}}},
        {"drop_missing_rows", {{"columns", {"number", "text"}}}},
        {"drop_missing_rows", {{"when", "all"}}},
        {"missing_flags", json::object()},
        {"parse_numbers", {{"columns", {"written"}}}},
        {"parse_dates", {{"columns", {"date"}}}},
        {"date_parts", {{"parts", {"year", "week", "weekend", "hour"}}, {"cyclic", true}}},
        {"date_difference", {{"from", "time"}, {"date", "2024-01-01"}}},
        {"shift_dates", {{"columns", {"time"}}, {"amount", 13}, {"unit", "months"}}},
        {"text_numbers", {{"least", 1}, {"most", 20}}},
        {"text_numbers", {{"columns", {"text", "category"}}, {"pieces", "characters"}, {"longest", 2}, {"form", "vector"}}},
        {"text_sequence", {{"column", "text"}, {"length", 3}, {"least", 1}}},
        {"smote", {{"column", "flag"}, {"columns", {"integer", "category"}}}},
        {"resample", {{"time", "time"}, {"series", {"flag"}}, {"every", 36}, {"unit", "hours"}, {"gaps", "linear"}}},
        {"lag_features", {{"time", "time"}, {"series", {"category"}}, {"columns", {"number", "integer"}}, {"changes", {2}}, {"rolling", {3}}}},
        {"windows", {{"time", "time"}, {"series", {"category"}}, {"columns", {"number", "text"}}, {"target", "integer"}, {"length", 3}, {"stride", 2}}},
        {"windows", {{"time", "time"}, {"columns", {"number", "integer"}}, {"target", "number"}, {"length", 5}, {"form", "sequence"}}},
    };
    return work;
}

std::vector<json> settingsToTry(const CleaningStepType& type) {
    std::vector<json> all;
    const auto [first, last] = workFor().equal_range(type.id);
    for (auto work = first; work != last; ++work) all.push_back(work->second);
    if (all.empty()) all.push_back(json::object());
    return all;
}

template <class Do>
void eachStep(Do body) {
    for (const auto* type : cleaningStepCatalogue())
        for (const json& settings : settingsToTry(*type)) {
            SCOPED_TRACE(type->id + " " + settings.dump());
            body(*type, settings);
        }
}

TEST(StepBattery, EveryDescriptorIsComplete) {
    const std::set<std::string> categories{"columns", "text", "values", "missing", "rows", "numbers", "categories", "dates", "tables", "privacy"};
    std::set<std::string> ids;
    for (const auto* type : cleaningStepCatalogue()) {
        SCOPED_TRACE(type->id);
        EXPECT_TRUE(ids.insert(type->id).second);
        EXPECT_EQ(findCleaningStep(type->id), type);
        EXPECT_FALSE(type->title.empty());
        EXPECT_TRUE(type->summary.ends_with("."));
        EXPECT_TRUE(categories.count(type->category)) << type->category;
        EXPECT_NE(type->apply, nullptr);
        std::set<std::string> properties;
        for (const Property& property : type->properties) {
            EXPECT_TRUE(properties.insert(property.id).second) << property.id;
            EXPECT_FALSE(property.title.empty() || property.help.empty()) << property.id;
            EXPECT_TRUE(property.check(property.get(type->defaults)).ok()) << property.id << ": the default is not allowed";
        }
    }
    EXPECT_EQ(findCleaningStep("no such step"), nullptr);
}

TEST(StepBattery, SettingsComeBackFromJson) {
    eachStep([](const CleaningStepType& type, const json& settings) {
        std::any first = type.defaults, second = type.defaults;
        ASSERT_TRUE(propertiesFromJson(type.properties, settings, first).ok());
        const json written = propertiesToJson(type.properties, first);
        ASSERT_TRUE(propertiesFromJson(type.properties, written, second).ok());
        EXPECT_EQ(propertiesToJson(type.properties, second), written);
        for (const auto& [key, value] : settings.items()) EXPECT_EQ(written[key], value);
    });
}

TEST(StepBattery, StepsWithWorkToDoSucceedOnAnyTable) {
    const Table some = tableOfAllKinds(60), empty = tableOfAllKinds(0), missing = tableOfAllKinds(20, Gaps::All);
    eachStep([&](const CleaningStepType& type, const json& settings) {
        for (const Table& table : {some, empty, missing}) {
            const std::size_t before = contentOf(table);
            const auto result = runOnly(table, type.id, settings);
            if (workFor().count(type.id)) {
                EXPECT_FALSE(result.steps[0].error.has_value()) << result.steps[0].error->debugText();
            }
            EXPECT_EQ(contentOf(table), before) << "the original was changed";
            if (type.rows != RowEffect::Reshapes && !result.clean.origin) {
                EXPECT_EQ(result.clean.table.rows(), table.rows());
            }
        }
    });
}

TEST(StepBattery, TheResultDoesNotDependOnTheThreads) {
    const Table table = tableOfAllKinds(2 * rowsPerSlice + 77);
    eachStep([&](const CleaningStepType& type, const json& settings) {
        std::set<std::size_t> results, reports;
        for (const int threads : {1, 2, 3}) {
            RecipeRun run;
            run.context.threads = threads;
            const auto result = runOnly(table, type.id, settings, run);
            results.insert(contentOf(result.clean));
            reports.insert(static_cast<std::size_t>(result.steps[0].report.changedCells * 7 + result.steps[0].report.refusedCount * 31 +
                                                    result.steps[0].report.removedRows));
        }
        EXPECT_EQ(results.size(), 1u);
        EXPECT_EQ(reports.size(), 1u);
    });
}

TEST(StepBattery, RemovedRowsStayRemovedAndAreNotCounted) {
    const Table table = tableOfAllKinds(50);
    CleanTable input{table, std::make_shared<const std::vector<std::uint16_t>>(50, 9), nullptr, nullptr, 0, {}};
    const std::vector<std::uint8_t> nobody(50, 0);
    eachStep([&](const CleaningStepType& type, const json& settings) {
        std::any all = type.defaults;
        ASSERT_TRUE(propertiesFromJson(type.properties, settings, all).ok());
        auto learned = type.fit ? type.fit(input, nobody, all, {}) : Result<json>(json());
        StepReport report;
        const auto output = learned ? type.apply(input, all, *learned, {}, report) : Result<CleanTable>(learned.takeError());
        if (!output) {
            EXPECT_FALSE(workFor().count(type.id)) << output.error().debugText();
            return;
        }
        EXPECT_EQ(report.changedCells, 0);
        EXPECT_EQ(report.refusedCount, 0);
        EXPECT_EQ(report.removedRows, 0);
        if (type.rows == RowEffect::Reshapes || output->origin) return;
        ASSERT_TRUE(output->removedBy);
        EXPECT_EQ(*output->removedBy, *input.removedBy);
    });
}

TEST(StepBattery, ACancelledStepSaysSo) {
    const Table table = tableOfAllKinds(40);
    const auto work = [&](const std::string& step, const json& settings) {
        RecipeRun run;
        run.context.cancel.cancel();
        const auto result = runRecipe(table, recipeOf(step, settings), run);
        EXPECT_TRUE(!result && result.error().code == "job.cancelled") << step;
    };
    work("trim_text", json::object());
    work("fill_missing", {{"method", "mean"}});
    work("parse_numbers", {{"columns", {"written"}}});
    work("drop_missing_rows", json::object());
}

// The cases

struct StepCase {
    const char* step;
    const char* settings;
    const char* table;
    const char*
        expected;  ///< columns, and: "#columns" names in order, "#removed" rows, "#refused" and "#changed" counts, "#issue" a code, "#error" a code
};

void PrintTo(const StepCase& one, std::ostream* out) { *out << one.step << " " << one.settings; }

std::vector<std::int64_t> removedRows(const CleanTable& clean) {
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; row < clean.table.rows(); ++row)
        if (clean.isRemoved(row)) rows.push_back(row);
    return rows;
}

void expectColumn(const Table& table, const std::string& name, const json& expected) {
    const auto place = table.find(name);
    ASSERT_TRUE(place.ok()) << place.error().debugText();
    const json& cells = expected.is_object() ? expected.begin().value() : expected;
    if (expected.is_object()) {
        EXPECT_EQ(columnKindName(table.info(*place).kind), expected.begin().key()) << name;
    }
    ASSERT_EQ(table.rows(), static_cast<std::int64_t>(cells.size()));
    for (std::int64_t row = 0; row < table.rows(); ++row)
        EXPECT_EQ(cellFound(table, *place, row), cellWritten(cells[static_cast<std::size_t>(row)])) << name << "[" << row << "]";
}

void expectWhatIsSaid(const RecipeResult& result, const std::string& key, const json& expected) {
    const StepResult& step = result.steps[0];
    if (key == "#removed") {
        EXPECT_EQ(json(removedRows(result.clean)), expected);
    }
    if (key == "#refused") {
        EXPECT_EQ(step.report.refusedCount, expected.get<std::int64_t>());
    }
    if (key == "#changed") {
        EXPECT_EQ(step.report.changedCells, expected.get<std::int64_t>());
    }
    if (key == "#error") {
        EXPECT_EQ(step.error ? step.error->code : "", expected.get<std::string>());
    }
    if (key == "#issue") {
        EXPECT_TRUE(std::any_of(step.report.issues.begin(), step.report.issues.end(),
                                [&](const Issue& issue) { return issue.what.code == expected.get<std::string>(); }));
    }
    if (key != "#columns") return;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < result.clean.table.columnCount(); ++i) names.push_back(result.clean.table.info(i).name);
    EXPECT_EQ(json(names), expected);
}

class StepCases : public testing::TestWithParam<StepCase> {};

TEST_P(StepCases, GiveWhatIsExpected) {
    const StepCase& one = GetParam();
    SCOPED_TRACE(std::string(one.step) + " " + one.settings + " " + one.table);
    const json expected = json::parse(one.expected);
    const auto result = runOnly(writtenTable(one.table), one.step, json::parse(one.settings));
    if (!expected.contains("#error")) {
        ASSERT_FALSE(result.steps[0].error.has_value()) << result.steps[0].error->debugText();
    }
    for (const auto& [key, value] : expected.items())
        key[0] == '#' ? expectWhatIsSaid(result, key, value) : expectColumn(result.clean.table, key, value);
}

const StepCase columnCases[] = {
    {"rename_column", R"x({"column":"a","name":"z"})x", R"x({"a":[1,2]})x", R"x({"z":[1,2],"#columns":["z"]})x"},
    {"rename_column", R"x({"column":"a","name":"b"})x", R"x({"a":[1],"b":[2]})x", R"x({"#error":"cleaning.name_taken"})x"},
    {"rename_column", R"x({"column":"q","name":"b"})x", R"x({"a":[1]})x", R"x({"#error":"cleaning.no_column"})x"},
    {"rename_column", R"x({"name":"b"})x", R"x({"a":[1]})x", R"x({"#error":"cleaning.no_column_chosen"})x"},
    {"rename_column", R"x({"column":"a"})x", R"x({"a":[1]})x", R"x({"#error":"cleaning.name_empty"})x"},
    {"drop_columns", R"x({"columns":["b"]})x", R"x({"a":[1],"b":[2],"c":[3]})x", R"x({"#columns":["a","c"]})x"},
    {"drop_columns", R"x({"columns":["b"],"keep":true})x", R"x({"a":[1],"b":[2],"c":[3]})x", R"x({"#columns":["b"]})x"},
    {"drop_columns", R"x({"columns":["a"]})x", R"x({"a":[1]})x", R"x({"#error":"cleaning.no_columns_left"})x"},
    {"reorder_columns", R"x({"columns":["c","b"]})x", R"x({"a":[1],"b":[2],"c":[3]})x", R"x({"#columns":["c","b","a"]})x"},
    {"reorder_columns", R"x({"columns":["a"],"place":"last"})x", R"x({"a":[1],"b":[2],"c":[3]})x", R"x({"#columns":["b","c","a"]})x"},
    {"duplicate_column", R"x({"column":"a"})x", R"x({"a":["x"],"b":[2]})x", R"x({"#columns":["a","a 2","b"],"a 2":["x"]})x"},
    {"change_type", R"x({"columns":["a"],"to":"number"})x", R"x({"a":["1"," 2.5 ","x","007",null]})x",
     R"x({"a":{"number":[1,2.5,null,7,null]},"#refused":1,"#changed":3})x"},
    {"change_type", R"x({"columns":["a"],"to":"number","decimal":"comma"})x", R"x({"a":["1.234,5","2,5"]})x", R"x({"a":[1234.5,2.5]})x"},
    {"change_type", R"x({"columns":["a"],"to":"integer"})x", R"x({"a":["1","2.0","2.5","9007199254740993"]})x",
     R"x({"a":{"integer":[1,2,null,9007199254740993]},"#refused":1})x"},
    {"change_type", R"x({"columns":["a"],"to":"integer"})x", R"x({"a":[1.5,2.0,-3.0]})x", R"x({"a":[null,2,-3],"#refused":1})x"},
    {"change_type", R"x({"columns":["a"],"to":"integer","fractions":"round"})x", R"x({"a":[1.5,2.5,-1.6]})x", R"x({"a":[2,2,-2]})x"},
    {"change_type", R"x({"columns":["a"],"to":"integer","fractions":"cut"})x", R"x({"a":[1.5,-1.6]})x", R"x({"a":[1,-1]})x"},
    {"change_type", R"x({"columns":["a"],"to":"boolean"})x", R"x({"a":{"category":["yes","No","1","maybe",null]}})x",
     R"x({"a":{"boolean":[true,false,true,null,null]},"#refused":1})x"},
    {"change_type", R"x({"columns":["a"],"to":"boolean"})x", R"x({"a":[0,1,2,null]})x", R"x({"a":[false,true,null,null],"#refused":1})x"},
    {"change_type", R"x({"columns":["a"],"to":"category"})x", R"x({"a":[3,1,3,null]})x", R"x({"a":{"category":["3","1","3",null]},"#changed":3})x"},
    {"change_type", R"x({"columns":["a"],"to":"text"})x", R"x({"a":{"time":["2024-03-01 12:30:00",null]}})x",
     R"x({"a":{"text":["2024-03-01 12:30:00",null]}})x"},
    {"change_type", R"x({"columns":["a"],"to":"text"})x", R"x({"a":[0.1,1e300,null]})x", R"x({"a":{"text":["0.1","1e+300",null]}})x"},
    {"change_type", R"x({"columns":["a"],"to":"time"})x", R"x({"a":["2024-03-01","1 Mar 2024","?"]})x",
     R"x({"a":{"time":["2024-03-01","2024-03-01",null]},"#refused":1})x"},
    {"change_type", R"x({"columns":["a"],"to":"time"})x", R"x({"a":[86400,null]})x", R"x({"a":{"time":["1970-01-02",null]}})x"},
    {"change_type", R"x({"columns":["a"],"to":"integer"})x", R"x({"a":{"time":["1970-01-02"]}})x", R"x({"a":[86400]})x"},
    {"change_type", R"x({"columns":["a"],"to":"number","since_1970":"days"})x", R"x({"a":{"time":["1970-01-02 12:00"]}})x", R"x({"a":[1.5]})x"},
    {"split_column", R"x({"column":"a"})x", R"x({"a":["x, y","z",null,"1,2,3"],"b":[1,2,3,4]})x",
     R"x({"#columns":["a 1","a 2","a 3","b"],"a 1":["x","z",null,"1"],"a 2":["y",null,null,"2"],"a 3":[null,null,null,"3"]})x"},
    {"split_column", R"x({"column":"a","parts":2,"names":["l","r"]})x", R"x({"a":["1,2,3","4"]})x", R"x({"l":["1","4"],"r":["2,3",null]})x"},
    {"split_column", R"x({"column":"a","parts":2,"rest":"drop"})x", R"x({"a":["1,2,3"]})x", R"x({"a 1":["1"],"a 2":["2"]})x"},
    {"split_column", R"x({"column":"a","by":"expression","separator":"\\s*[;/]\\s*"})x", R"x({"a":["x ; y/z"]})x",
     R"x({"a 1":["x"],"a 2":["y"],"a 3":["z"]})x"},
    {"split_column", R"x({"column":"a","by":"expression","separator":"q*"})x", R"x({"a":["xé"]})x", R"x({"a 1":["xé"]})x"},
    {"split_column", R"x({"column":"a","by":"positions","positions":[2,3]})x", R"x({"a":["äöüß","x"]})x",
     R"x({"a 1":["äö","x"],"a 2":["ü",null],"a 3":["ß",null]})x"},
    {"merge_columns", R"x({"columns":["b","a"],"separator":"-","name":"m"})x", R"x({"a":[1,null,null],"b":["x","y",null],"c":[1,2,3]})x",
     R"x({"#columns":["m","c"],"m":["x-1","y",null]})x"},
    {"merge_columns", R"x({"columns":["a","b"],"name":"m","skip_missing":false,"keep_columns":true})x", R"x({"a":[1,null],"b":["x","y"]})x",
     R"x({"#columns":["a","m","b"],"m":["1 x",null]})x"},
};
INSTANTIATE_TEST_SUITE_P(Columns, StepCases, testing::ValuesIn(columnCases));

const StepCase textCases[] = {
    {"trim_text", R"x({})x", R"x({"a":["  x  y\t","ok","   ",null,"\u00a0\u3000z\u200b"]})x", R"x({"a":["x y","ok",null,null,"z"],"#changed":3})x"},
    {"trim_text", R"x({"inner":false})x", R"x({"a":["  x  y\t","a \u00a0b"]})x", R"x({"a":["x  y","a \u00a0b"]})x"},
    {"trim_text", R"x({})x", R"x({"a":{"category":[" red","red",null]}})x", R"x({"a":{"category":["red","red",null]},"#changed":1})x"},
    {"change_case", R"x({})x", R"x({"a":["ÄB C","x"]})x", R"x({"a":["äb c","x"],"#changed":1})x"},
    {"change_case", R"x({"to":"upper"})x", R"x({"a":["straße","ab1"]})x", R"x({"a":["STRASSE","AB1"]})x"},
    {"change_case", R"x({"to":"title"})x", R"x({"a":["éCOLE d'oz now","o'neil-smith x2y"]})x", R"x({"a":["École D'oz Now","O'neil-Smith X2y"]})x"},
    {"change_case", R"x({"to":"sentence"})x", R"x({"a":["ÉCOLE Du Bois","- THE end","12 KG"]})x", R"x({"a":["École du bois","- The end","12 kg"]})x"},
    {"replace_text", R"x({"find":".","with":""})x", R"x({"a":["1.2.3","x",null,"."]})x", R"x({"a":["123","x",null,null],"#changed":2})x"},
    {"replace_text", R"x({"find":"A","with":"$1","ignore_case":true})x", R"x({"x":["aA","b"]})x", R"x({"x":["$1$1","b"]})x"},
    {"replace_text", R"x({"find":"a\\Eb","with":"q","ignore_case":true})x", R"x({"x":["xA\\EBx"]})x", R"x({"x":["xqx"]})x"},
    {"replace_text", R"x({"find":"ab","with":"q","whole_cell":true})x", R"x({"x":["ab","abab"]})x", R"x({"x":["q","abab"]})x"},
    {"replace_text", R"x({"find":"(?<y>\\d+)-(\\d+)","with":"$2/${y}","expression":true})x", R"x({"x":["on 12-34, 5-6"]})x",
     R"x({"x":["on 34/12, 6/5"]})x"},
    {"replace_text", R"x({"find":"^","with":"> ","expression":true})x", R"x({"x":["é"]})x", R"x({"x":["> é"]})x"},
    {"replace_text", R"x({"find":"(","with":"x","expression":true})x", R"x({"x":["("]})x", R"x({"#error":"cleaning.bad_pattern"})x"},
    {"replace_text", R"x({"find":"a","with":"$1","expression":true})x", R"x({"x":["a"]})x", R"x({"#error":"cleaning.bad_replacement"})x"},
    {"replace_text", R"x({})x", R"x({"x":["a"]})x", R"x({"#error":"cleaning.nothing_to_find"})x"},
    {"replace_text", R"x({"find":"^(a+)+$","with":"q","expression":true})x", R"x({"x":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab","aa"]})x",
     R"x({"x":[null,"q"],"#refused":1})x"},
    {"extract_text", R"x({"column":"a","pattern":"(?<n>\\d+)\\s*([a-z]+)?"})x", R"x({"a":["12 kg","7","x",null]})x",
     R"x({"#columns":["a","n","a 2"],"n":["12","7",null,null],"a 2":["kg",null,null,null],"#issue":"cleaning.no_match"})x"},
    {"extract_text", R"x({"column":"a","pattern":"[A-Z]","names":["big"],"keep_column":false})x", R"x({"a":["xYz"]})x",
     R"x({"#columns":["big"],"big":["Y"]})x"},
    {"text_length", R"x({})x", R"x({"a":["äb","",null]})x", R"x({"a length":{"integer":[2,0,null]}})x"},
    {"text_length", R"x({"count":"words","suffix":" words"})x", R"x({"a":[" two  words ","one"]})x", R"x({"a words":[2,1]})x"},
};
INSTANTIATE_TEST_SUITE_P(Texts, StepCases, testing::ValuesIn(textCases));

const StepCase valueCases[] = {
    {"map_values", R"x({"columns":["a"],"from":["NYC","?"],"to":["New York",""]})x", R"x({"a":["NYC","Rome","?",null]})x",
     R"x({"a":["New York","Rome",null,null],"#changed":2})x"},
    {"map_values", R"x({"columns":["a"],"from":["x"],"to":["y"],"others":"missing"})x", R"x({"a":{"category":["x","z","y"]}})x",
     R"x({"a":{"category":["y",null,null]}})x"},
    {"map_values", R"x({"columns":["a"],"from":["1","2"],"to":["10",""],"others":"replace","other":"-1"})x", R"x({"a":[1,2,3,null]})x",
     R"x({"a":[10,null,-1,null]})x"},
    {"map_values", R"x({"columns":["a"],"from":["0.5"],"to":["1"]})x", R"x({"a":[0.5,0.25]})x", R"x({"a":{"number":[1.0,0.25]},"#changed":1})x"},
    {"map_values", R"x({"columns":["a"],"from":["x"],"to":["1"]})x", R"x({"a":[1]})x", R"x({"#error":"cleaning.bad_value"})x"},
    {"map_values", R"x({"columns":["a"],"from":["x"],"to":[]})x", R"x({"a":[1]})x", R"x({"#error":"cleaning.lists_differ"})x"},
    {"edit_cells", R"x({"rows":[1,2,2],"columns":["a","b","a"],"values":["9","new",""]})x", R"x({"a":[1,2],"b":{"category":["x","y"]}})x",
     R"x({"a":[9,null],"b":{"category":["x","new"]},"#changed":3})x"},
    {"edit_cells", R"x({"rows":[1,2],"columns":["a","a"],"values":["9","8"],"before":["1","7"]})x", R"x({"a":[1,2]})x",
     R"x({"a":[9,2],"#issue":"cleaning.cell_is_another"})x"},
    {"edit_cells", R"x({"rows":[3],"columns":["a"],"values":["9"]})x", R"x({"a":[1,2]})x", R"x({"#error":"cleaning.no_such_row"})x"},
    {"edit_cells", R"x({"rows":[1],"columns":["a"],"values":["x"]})x", R"x({"a":[1,2]})x", R"x({"#error":"cleaning.bad_value"})x"},
    {"fill_missing", R"x({"method":"constant","value":"0"})x", R"x({"a":[1,null],"b":["x",null]})x",
     R"x({"a":{"integer":[1,0]},"b":["x","0"],"#changed":2})x"},
    {"fill_missing", R"x({"method":"constant","value":"x","columns":["a"]})x", R"x({"a":[1,null]})x", R"x({"#error":"cleaning.bad_value"})x"},
    {"fill_missing", R"x({"method":"constant"})x", R"x({"a":[1,null]})x", R"x({"#error":"cleaning.no_fill_value"})x"},
    {"fill_missing", R"x({"method":"mean"})x", R"x({"a":[1,null,4],"b":[1,2,3],"c":["x",null,"y"]})x",
     R"x({"a":{"number":[1,2.5,4]},"b":{"integer":[1,2,3]},"c":["x",null,"y"]})x"},
    {"fill_missing", R"x({"method":"median","flag":true})x", R"x({"a":[1.0,null,4.0,8.0]})x",
     R"x({"a":[1,4,4,8],"a missing":[false,true,false,false]})x"},
    {"fill_missing", R"x({"method":"median","columns":["a"],"groups":["g"]})x", R"x({"a":[1.0,null,9.0,null,null],"g":["x","x","y","y","z"]})x",
     R"x({"a":[1,1,9,9,5]})x"},
    {"fill_missing", R"x({"method":"most_frequent"})x", R"x({"a":["q","p","q","p",null],"b":[true,null,true,false,false],"c":[3,3,1,null,2]})x",
     R"x({"a":["q","p","q","p","p"],"b":[true,false,true,false,false],"c":[3,3,1,3,2]})x"},
    {"fill_missing", R"x({"method":"previous"})x", R"x({"a":[null,1,null,null,2]})x",
     R"x({"a":{"integer":[null,1,1,1,2]},"#issue":"cleaning.still_missing"})x"},
    {"fill_missing", R"x({"method":"next","columns":["a"],"groups":["g"]})x", R"x({"a":["x",null,"y",null],"g":[1,2,1,1]})x",
     R"x({"a":["x",null,"y",null]})x"},
    {"fill_missing", R"x({"method":"interpolate"})x", R"x({"a":[null,1,null,null,7,null]})x", R"x({"a":{"number":[1,1,3,5,7,7]}})x"},
    {"fill_missing", R"x({"method":"interpolate"})x", R"x({"a":{"time":["2024-01-01",null,"2024-01-03"]}})x",
     R"x({"a":{"time":["2024-01-01","2024-01-02","2024-01-03"]}})x"},
    {"fill_missing", R"x({"method":"nearest","columns":["a"],"neighbours":2,"scale":false})x", R"x({"a":[1.0,2.0,30.0,null],"b":[1.0,2.0,9.0,1.4]})x",
     R"x({"a":[1,2,30,1.5]})x"},
    {"fill_missing", R"x({"method":"mean","columns":["a"]})x", R"x({"a":["x"]})x", R"x({"#error":"cleaning.column_kind"})x"},
    {"mark_missing", R"x({})x", R"x({"a":["n/a"," ? ","x","","nab"],"b":{"category":["None","y","y","y","y"]}})x",
     R"x({"a":[null,null,"x",null,"nab"],"b":[null,"y","y","y","y"],"#changed":4})x"},
    {"mark_missing", R"x({"words":["-999","x"]})x", R"x({"a":[1,-999],"b":[-999.0,0.5],"c":["-999","y"]})x",
     R"x({"a":[1,null],"b":[null,0.5],"c":[null,"y"]})x"},
    {"drop_missing_rows", R"x({})x", R"x({"a":[1,null,3],"b":["x","y",null]})x", R"x({"#removed":[1,2],"a":[1,null,3]})x"},
    {"drop_missing_rows", R"x({"when":"all"})x", R"x({"a":[1,null,null],"b":["x","y",null]})x", R"x({"#removed":[2]})x"},
    {"drop_missing_rows", R"x({"columns":["b"]})x", R"x({"a":[1,null,3],"b":["x","y",null]})x", R"x({"#removed":[2]})x"},
    {"missing_flags", R"x({})x", R"x({"a":[1,null],"b":["x","y"]})x", R"x({"#columns":["a","b","a missing"],"a missing":{"boolean":[false,true]}})x"},
    {"missing_flags", R"x({"columns":["b"],"suffix":"?"})x", R"x({"a":[1,null],"b":["x","y"]})x", R"x({"#columns":["a","b","b?"]})x"},
};
INSTANTIATE_TEST_SUITE_P(Values, StepCases, testing::ValuesIn(valueCases));

const StepCase writtenCases[] = {
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["12 kg","500 g","1 lb","7","x",null,"3 KG"]})x",
     R"x({"a":{"number":[12,0.5,0.45359237,7,null,null,3]},"#refused":1,"#issue":"cleaning.unit_read"})x"},
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["1,234.50 €","€ 3.50","-€2","(7)","$5"]})x",
     R"x({"a":[1234.5,3.5,-2,-7,null],"#refused":1})x"},
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["1.234,5","2,75","1.000"]})x", R"x({"a":[1234.5,2.75,1000]})x"},
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["1 234,5","12 345 678,25","3"]})x", R"x({"a":[1234.5,12345678.25,3]})x"},
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["1'234.5","2.5"]})x", R"x({"a":[1234.5,2.5]})x"},
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["1,234","5"]})x", R"x({"a":[1234,5],"#issue":"cleaning.ambiguous_decimal"})x"},
    {"parse_numbers", R"x({"columns":["a"],"decimal":"comma"})x", R"x({"a":["1,234"]})x", R"x({"a":[1.234]})x"},
    {"parse_numbers", R"x({"columns":["a"],"percent":"fraction"})x", R"x({"a":["12 %","3.5%","-1 %"]})x", R"x({"a":[0.12,0.035,-0.01]})x"},
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["12 %","3.5%"]})x", R"x({"a":[12,3.5]})x"},
    {"parse_numbers", R"x({"columns":["a"],"unit":"cm"})x", R"x({"a":["5 ft 11 in","5'11\"","1.8 m","180cm","6 foot"]})x",
     R"x({"a":[180.34,180.34,180,180,182.88]})x"},
    {"parse_numbers", R"x({"columns":["a"],"unit":"°C"})x", R"x({"a":["212 °F","20°C","300 kelvin"]})x", R"x({"a":[100,20,26.85]})x"},
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["3k","1.5M","2 bn €","4 Mio. €"]})x", R"x({"a":[3000,1500000,2000000000,4000000]})x"},
    {"parse_numbers", R"x({"columns":["a"]})x", R"x({"a":["12 m2","1e3 m²","1,2,3","12-13","€ 3 kg"]})x",
     R"x({"a":[12,1000,null,null,null],"#refused":3})x"},
    {"parse_numbers", R"x({"columns":["a"],"unit":"furlong"})x", R"x({"a":["1"]})x", R"x({"#error":"cleaning.unknown_unit"})x"},
    {"parse_dates", R"x({"columns":["a"]})x", R"x({"a":["13/02/2024","03/04/2024","x",null]})x",
     R"x({"a":{"time":["2024-02-13","2024-04-03",null,null]},"#refused":1})x"},
    {"parse_dates", R"x({"columns":["a"]})x", R"x({"a":["02/13/2024","03/04/2024"]})x", R"x({"a":["2024-02-13","2024-03-04"]})x"},
    {"parse_dates", R"x({"columns":["a"]})x", R"x({"a":["03/04/2024","05/06/2024"]})x",
     R"x({"a":["2024-04-03","2024-06-05"],"#issue":"cleaning.ambiguous_dates"})x"},
    {"parse_dates", R"x({"columns":["a"],"order":"month-first"})x", R"x({"a":{"category":["03/04/2024"]}})x", R"x({"a":["2024-03-04"]})x"},
    {"parse_dates", R"x({"columns":["a"]})x", R"x({"a":["13/02/2024","14/02/2024","02/15/2024"]})x",
     R"x({"a":["2024-02-13","2024-02-14",null],"#issue":"cleaning.mixed_dates"})x"},
    {"parse_dates", R"x({"columns":["a"],"format":"%d.%m.%Y %H:%M"})x", R"x({"a":["01.03.2024 14:30","2024-03-01"]})x",
     R"x({"a":["2024-03-01 14:30:00",null],"#refused":1})x"},
    {"parse_dates", R"x({"columns":["a"],"format":"%q"})x", R"x({"a":["x"]})x", R"x({"#error":"cleaning.bad_time_format"})x"},
    {"date_parts", R"x({"parts":["year","quarter","month","week","day","day_of_year","weekday","weekend","hour","minute","second"]})x",
     R"x({"t":{"time":["2021-01-03 23:59:58","2024-12-31",null]}})x",
     R"x({"t year":[2021,2024,null],"t quarter":[1,4,null],"t month":[1,12,null],"t week":[53,1,null],"t day":[3,31,null],"t day_of_year":[3,366,null],
         "t weekday":[7,2,null],"t weekend":{"boolean":[true,false,null]},"t hour":[23,0,null],"t minute":[59,0,null],"t second":[58,0,null]})x"},
    {"date_parts", R"x({"parts":["month","year"],"cyclic":true,"keep_columns":false})x", R"x({"t":{"time":["2024-01-05","2024-04-05"]}})x",
     R"x({"#columns":["t month sin","t month cos","t year"],"t month sin":[0,1],"t month cos":[1,0]})x"},
    {"date_parts", R"x({"parts":["moon"]})x", R"x({"t":{"time":["2024-01-05"]}})x", R"x({"#error":"cleaning.unknown_part"})x"},
    {"date_difference", R"x({"from":"a","to":"b"})x", R"x({"a":{"time":["2024-02-28",null]},"b":{"time":["2024-03-01 12:00","2024-01-01"]}})x",
     R"x({"a – b":{"number":[2.5,null]}})x"},
    {"date_difference", R"x({"from":"a","date":"2024-01-01","unit":"hours","name":"h"})x", R"x({"a":{"time":["2023-12-31","2024-01-02"]}})x",
     R"x({"h":[24,-24]})x"},
    {"date_difference", R"x({"from":"a","date":"soon"})x", R"x({"a":{"time":["2023-12-31"]}})x", R"x({"#error":"cleaning.bad_date"})x"},
    {"shift_dates", R"x({"columns":["a"],"amount":1,"unit":"months"})x", R"x({"a":{"time":["2024-01-31 08:00","2023-12-15",null]}})x",
     R"x({"a":["2024-02-29 08:00:00","2024-01-15",null],"#changed":2})x"},
    {"shift_dates", R"x({"columns":["a"],"amount":-1,"unit":"years"})x", R"x({"a":{"time":["2024-02-29"]}})x", R"x({"a":["2023-02-28"]})x"},
    {"shift_dates", R"x({"columns":["a"],"amount":-90,"unit":"minutes"})x", R"x({"a":{"time":["1970-01-01"]}})x",
     R"x({"a":["1969-12-31 22:30:00"]})x"},
    {"shift_dates", R"x({"columns":["a"],"amount":100000,"unit":"years"})x", R"x({"a":{"time":["1970-01-01"]}})x", R"x({"a":[null],"#refused":1})x"},
};
INSTANTIATE_TEST_SUITE_P(Written, StepCases, testing::ValuesIn(writtenCases));

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

// Clusters of spellings

std::string clustersOf(const std::vector<std::string>& values, ClusterMethod method) {
    ColumnData data(ColumnKind::Text);
    for (const auto& value : values) data.addText(value);
    const auto clusters = clusterValues(data.view(), method);
    std::string text;
    for (const auto& cluster : *clusters) {
        text += cluster.suggestion + ":";
        for (const auto& [value, count] : cluster.values) text += value + "=" + std::to_string(count) + ";";
    }
    return text;
}

TEST(ValueClusters, FingerprintsIgnoreCaseAccentsOrderAndPunctuation) {
    EXPECT_EQ(clustersOf({"New York", "york, new", "NEW YORK ", "New York", "Paris"}, ClusterMethod::Fingerprint),
              "New York:New York=2;NEW YORK =1;york, new=1;");
    EXPECT_EQ(clustersOf({"São Paulo", "Sao Paulo"}, ClusterMethod::Fingerprint), "Sao Paulo:Sao Paulo=1;São Paulo=1;");
    EXPECT_EQ(clustersOf({"-", "?", "..."}, ClusterMethod::Fingerprint), "") << "nothing is left of them to be alike in";
}

TEST(ValueClusters, PairsOfLettersIgnoreBlanks) {
    EXPECT_EQ(clustersOf({"Mainz", "Main z", "Berlin"}, ClusterMethod::NgramFingerprint), "Main z:Main z=1;Mainz=1;");
}

TEST(ValueClusters, DistancesFindTyposButNotOtherNumbersOrShortWords) {
    EXPECT_EQ(clustersOf({"California", "California", "Californa", "Caliofrnia", "Nevada"}, ClusterMethod::EditDistance),
              "California:California=2;Californa=1;Caliofrnia=1;");
    EXPECT_EQ(clustersOf({"Model 100", "Model 101", "cat", "car"}, ClusterMethod::EditDistance), "");
}

TEST(ValueClusters, OfCategoriesOnlyThoseThatOccur) {
    ColumnData data(ColumnKind::Category);
    data.setDictionary({"a b", "b a", "A B"});
    for (const int code : {0, 0, 2, -1}) data.addCode(code);
    const auto clusters = clusterValues(data.view(), ClusterMethod::Fingerprint);
    ASSERT_EQ(clusters->size(), 1u);
    EXPECT_EQ((*clusters)[0].values.size(), 2u);
}

// Parts that steps are made of

TEST(Calendar, GoesRoundAndKnowsItsWeeks) {
    for (std::int64_t day = -800'000; day <= 800'000; day += 37) {
        const CalendarDay date = calendarDay(day * calendarDayMilliseconds + 5);
        EXPECT_EQ(date.within, 5);
        EXPECT_EQ(monthsLater(day * calendarDayMilliseconds, 0), day * calendarDayMilliseconds);
        EXPECT_TRUE(date.week >= 1 && date.week <= 53 && date.weekday >= 1 && date.weekday <= 7 && date.dayOfYear <= 366);
    }
    EXPECT_EQ(timeText(monthsLater(*parseTime("2024-01-31"), 13)), "2025-02-28");
    EXPECT_EQ(calendarDay(*parseTime("2016-01-03")).week, 53);
}

TEST(Patterns, SearchesThatTakeTooLongAreGivenUp) {
    const auto pattern = Pattern::compile("(x+x+)+[yz]");
    ASSERT_TRUE(pattern.ok());
    PatternSearch search(*pattern);
    EXPECT_EQ(search.find(std::string(5000, 'x')), PatternSearch::Outcome::GivenUp);
    EXPECT_EQ(search.find("xxy"), PatternSearch::Outcome::Found);
}

TEST(Patterns, AnyBytesMayBeSearched) {
    const auto pattern = Pattern::compile("b.");
    PatternSearch search(*pattern);
    EXPECT_EQ(search.find("\xff\xfe\x62\xc3\xa9\x80"), PatternSearch::Outcome::Found);
    EXPECT_EQ(search.group(0).end, 5u);
    EXPECT_EQ(search.find("\xff\xc3"), PatternSearch::Outcome::None);
}

TEST(WrittenNumbers, HostileTextsAreNoNumbers) {
    for (const char* text : {"", " ", "-", "€", "()", "((1))", "1 2 3 4 5 kg", "12 kg 13 cm", "\xff 1", "1\xff", "e5", ".", ",", "--", "1e999",
                             "999999999999999999999999999999999999999999999999999999999999999999999"})
        for (const auto& number : readWritten(text)) EXPECT_FALSE(writtenValue(number.digits, '.').has_value()) << text;
    EXPECT_EQ(decimalHint("1,234"), DecimalHint::Either);
    EXPECT_EQ(decimalHint("0,234"), DecimalHint::Comma);
    EXPECT_EQ(decimalHint("1.234.567"), DecimalHint::Comma);
    EXPECT_EQ(decimalHint("12345.678"), DecimalHint::Point);
}

}  // namespace
}  // namespace lamina
