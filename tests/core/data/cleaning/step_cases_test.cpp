// What each cleaning step makes of small tables.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/core/data/cleaning/written_table.h"

namespace lamina {
namespace {

using nlohmann::json;

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

}  // namespace
}  // namespace lamina
