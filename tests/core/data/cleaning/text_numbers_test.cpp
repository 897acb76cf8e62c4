// Texts as numbers, against scikit-learn (text_numbers.py made the numbers).
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/core/data/cleaning/written_table.h"

namespace lamina {
namespace {

using nlohmann::json;

const json& textNumbers() {
    static const json all = json::parse(std::ifstream(std::string(LAMINA_SOURCE_DIR) + "/tests/core/data/cleaning/text_numbers.json"));
    return all;
}

Table textTable() { return *Table::of({writtenColumn("text", textNumbers()["texts"])}); }

/// Fitted on the first rows.
RecipeResult numbersOfTexts(const json& settings) {
    std::vector<std::uint8_t> training(textNumbers()["texts"].size());
    std::fill_n(training.begin(), textNumbers()["training"].get<int>(), std::uint8_t{1});
    RecipeRun run;
    run.training = training;
    auto result = runOnly(textTable(), "text_numbers", settings, run);
    EXPECT_FALSE(result.steps[0].error.has_value()) << result.steps[0].error->debugText();
    return result;
}

void expectWeights(const Table& table, const json& one) {
    ASSERT_EQ(table.columnCount(), one["words"].size()) << one["settings"];
    for (std::size_t word = 0; word < one["words"].size(); ++word) {
        const std::string name = one["words"][word];
        EXPECT_EQ(table.info(word).name, "text: " + name);
        for (std::int64_t row = 0; row < table.rows(); ++row)
            EXPECT_NEAR(table.view(word).number(row), one["rows"][static_cast<std::size_t>(row)].value(name, 0.0), 1e-12)
                << one["settings"] << name << row;
    }
}

TEST(TextNumbers, AreThoseOfScikitLearn) {
    ASSERT_EQ(textNumbers()["cases"].size(), 5u);
    for (const json& one : textNumbers()["cases"]) expectWeights(numbersOfTexts(one["settings"]).clean.table, one);
}

TEST(TextNumbers, WhatWasLearnedIsEnoughForNewRows) {
    const json& one = textNumbers()["cases"][1];
    RecipeRun again;
    again.refit = false;
    again.context.predicting = true;
    const auto result = runRecipe(textTable(), numbersOfTexts(one["settings"]).recipe, again);
    ASSERT_FALSE(result->steps[0].error.has_value());
    expectWeights(result->clean.table, one);
}

TEST(TextNumbers, MayStandInOneColumn) {
    const json& one = textNumbers()["cases"][0];
    json settings = one["settings"];
    settings["form"] = "vector";
    settings["keep_original"] = true;
    const Table table = numbersOfTexts(settings).clean.table;
    ASSERT_EQ(table.columnCount(), 2u);
    const auto place = *table.find("text words");
    EXPECT_EQ(table.info(place).elementShape, (Shape{static_cast<std::int64_t>(one["words"].size())}));
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        std::vector<float> values(one["words"].size());
        std::memcpy(values.data(), table.view(place).element(row).data(), values.size() * sizeof(float));
        for (std::size_t i = 0; i < values.size(); ++i)
            EXPECT_NEAR(values[i], one["rows"][static_cast<std::size_t>(row)].value(one["words"][i].get<std::string>(), 0.0), 1e-6);
    }
}

TEST(TextSequence, NumbersWordsByTheirFrequencyInTraining) {
    const Table table = *Table::of({writtenColumn("text", json{"b a b", "A b, a? c", "", "c new a d d"})});
    RecipeRun run;
    const std::vector<std::uint8_t> training{1, 1, 1, 0};
    run.training = training;
    const auto rowsOf = [&](const json& more) {
        json settings{{"column", "text"}, {"length", 4}, {"least", 1}};
        if (more.is_object()) settings.update(more);
        const auto result = runOnly(table, "text_sequence", settings, run);
        EXPECT_FALSE(result.steps[0].error.has_value());
        std::vector<std::vector<float>> rows;
        for (std::int64_t row = 0; row < 4; ++row) {
            std::vector<float>& values = rows.emplace_back(4);
            std::memcpy(values.data(), result.clean.table.view(0).element(row).data(), 16);
        }
        return rows;
    };
    using Rows = std::vector<std::vector<float>>;
    EXPECT_EQ(rowsOf({}), (Rows{{0, 3, 2, 3}, {2, 3, 2, 4}, {0, 0, 0, 0}, {4, 1, 2, 1}})) << "a and b stand three times, alphabetically";
    EXPECT_EQ(rowsOf({{"fill", "end"}, {"most", 1}}), (Rows{{1, 2, 1, 0}, {2, 1, 2, 1}, {0, 0, 0, 0}, {1, 1, 2, 1}}));
    EXPECT_EQ(rowsOf({{"least", 2}})[1], (std::vector<float>{2, 3, 2, 1}));
}

TEST(TextNumbers, WhatCannotBeIsSaid) {
    const auto crossed = runOnly(textTable(), "text_numbers", {{"shortest", 3}, {"longest", 2}});
    ASSERT_TRUE(crossed.steps[0].error.has_value());
    EXPECT_EQ(crossed.steps[0].error->code, "cleaning.longest_below_shortest");
    const auto none = runOnly(textTable(), "text_numbers", {{"least", 1000}});
    ASSERT_EQ(none.steps[0].report.issues.size(), 1u);
    EXPECT_EQ(none.steps[0].report.issues[0].what.code, "cleaning.no_words");
    const auto kind = runOnly(*Table::of({writtenColumn("x", json{1, 2})}), "text_numbers", {{"columns", {"x"}}});
    EXPECT_EQ(kind.steps[0].error->code, "cleaning.column_kind");
}

}  // namespace
}  // namespace lamina
