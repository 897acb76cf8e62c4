// Work for every cleaning step: a table with a column of each kind, settings under which each has something to do, what stands in a table as one number.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/cleaning/recipe.h"

namespace lamina {

/// Everything that stands in a table, in one number.
inline std::size_t contentOf(const Table& table) {
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

inline std::size_t contentOf(const CleanTable& clean) {
    std::size_t hash = contentOf(clean.table);
    if (clean.removedBy)
        for (const auto by : *clean.removedBy) hash = hash * 31 + by;
    if (clean.weights)
        for (const auto weight : *clean.weights) hash = hash * 31 + std::hash<float>()(weight);
    if (clean.origin)
        for (const auto row : *clean.origin) hash = hash * 31 + static_cast<std::size_t>(row);
    return hash;
}

/// A table with a column of every kind; `missing` of the cells: none, some (every seventh) or all.
enum class Gaps { Some, All };
inline Table tableOfAllKinds(std::int64_t rows, Gaps gaps = Gaps::Some) {
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
inline const std::multimap<std::string, nlohmann::json>& workFor() {
    static const std::multimap<std::string, nlohmann::json> work{
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
        {"trim_text", nlohmann::json::object()},
        {"change_case", {{"to", "title"}}},
        {"replace_text", {{"find", "b"}, {"with", "xy"}}},
        {"replace_text", {{"find", "([a-z])\\.?$"}, {"with", "<$1>"}, {"expression", true}, {"ignore_case", true}}},
        {"extract_text", {{"column", "text"}, {"pattern", "(?<letter>[a-z])(\\d)?"}}},
        {"text_length", nlohmann::json::object()},
        {"map_values", {{"columns", {"text", "category"}}, {"from", {"NA", "red"}}, {"to", {"", "RED"}}}},
        {"map_values", {{"columns", {"integer"}}, {"from", {"3", "4"}}, {"to", {"", "40"}}, {"others", "replace"}, {"other", "1"}}},
        {"edit_cells", {{"rows", nlohmann::json::array()}, {"columns", nlohmann::json::array()}, {"values", nlohmann::json::array()}}},
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
        {"missing_flags", nlohmann::json::object()},
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

inline std::vector<nlohmann::json> settingsToTry(const CleaningStepType& type) {
    std::vector<nlohmann::json> all;
    const auto [first, last] = workFor().equal_range(type.id);
    for (auto work = first; work != last; ++work) all.push_back(work->second);
    if (all.empty()) all.push_back(nlohmann::json::object());
    return all;
}

template <class Do>
void eachStep(Do body) {
    for (const auto* type : cleaningStepCatalogue())
        for (const nlohmann::json& settings : settingsToTry(*type)) {
            SCOPED_TRACE(type->id + " " + settings.dump());
            body(*type, settings);
        }
}

}  // namespace lamina
