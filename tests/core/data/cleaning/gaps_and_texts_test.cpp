// Cleaning steps against pandas and scikit-learn, cell by cell (gaps_and_texts.py made the numbers).
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "tests/core/data/cleaning/written_table.h"

namespace lamina {
namespace {

using nlohmann::json;

void expectOracleCell(const Table& table, std::size_t column, std::int64_t row, const json& expected) {
    const ColumnView view = table.view(column);
    const bool number = expected.is_number() && (view.kind == ColumnKind::Number || view.kind == ColumnKind::Integer);
    if (!number) {
        EXPECT_EQ(cellFound(table, column, row), cellWritten(expected)) << table.info(column).name << "[" << row << "]";
    } else {
        EXPECT_NEAR(view.number(row), expected.get<double>(), 1e-9 * (1 + std::abs(expected.get<double>())))
            << table.info(column).name << "[" << row << "]";
    }
}

void expectOracleColumn(const CleanTable& clean, const std::string& name, const json& expected) {
    if (name == "#removed") {
        json removed = json::array();
        for (std::int64_t row = 0; row < clean.table.rows(); ++row)
            if (clean.isRemoved(row)) removed.push_back(row);
        EXPECT_EQ(removed, expected);
        return;
    }
    const auto column = clean.table.find(name);
    ASSERT_TRUE(column.ok()) << column.error().debugText();
    ASSERT_EQ(static_cast<std::int64_t>(expected.size()), clean.table.rows());
    for (std::int64_t row = 0; row < clean.table.rows(); ++row) expectOracleCell(clean.table, *column, row, expected[static_cast<std::size_t>(row)]);
}

TEST(PandasAndScikitLearn, GiveTheSameCells) {
    const json all = json::parse(std::ifstream(std::string(LAMINA_SOURCE_DIR) + "/tests/core/data/cleaning/gaps_and_texts.json"));
    ASSERT_GT(all["cases"].size(), 36u);
    for (const json& one : all["cases"]) {
        SCOPED_TRACE(one["step"].get<std::string>() + " " + one["settings"].dump());
        const Table table = writtenTable(one["table"].dump());
        std::vector<std::uint8_t> training(static_cast<std::size_t>(table.rows()), 0);
        std::fill_n(training.begin(), all["training"].get<int>(), std::uint8_t{1});
        RecipeRun run;
        run.training = training;
        const auto result = runOnly(table, one["step"], one["settings"], run);
        ASSERT_FALSE(result.steps[0].error.has_value()) << result.steps[0].error->debugText();
        for (const auto& [name, expected] : one["result"].items()) expectOracleColumn(result.clean, name, expected);
    }
}

/// Rows of several slices with gaps, some of them removed: the same texts as a Text column, which is changed a slice at a time, and as a category, each
/// text of which is changed by itself.
CleanTable textsTwice(std::size_t rows) {
    static const std::vector<std::string> texts{"plain", " front", "back  ", "two  blanks", "tab\there", "wordswords", "some words 5", "s", "", "   ", "ÄÖ ü", "WORDS in Capitals",
                                                "a text that is longer than thirty-two bytes, with words", "\u00a0no-break\u00a0", "NA", "7", "word", "swo"};
    std::mt19937 random(3);
    ColumnData text(ColumnKind::Text), category(ColumnKind::Category);
    std::vector<std::uint16_t> removed;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t which = random() % (row < rows / 2 ? texts.size() : 7);
        removed.push_back(random() % 10 == 0);
        if (random() % 12 == 0) {
            text.addMissing();
            category.addMissing();
        } else {
            text.addText(texts[which]);
            category.addCode(static_cast<std::int32_t>(which));
        }
    }
    category.setDictionary(texts);
    CleanTable table;
    table.table = *Table::of({TableColumn::inMemory(std::move(text), "1", "text"), TableColumn::inMemory(std::move(category), "2", "category")});
    table.removedBy = std::make_shared<const std::vector<std::uint16_t>>(std::move(removed));
    return table;
}

class SlicesOfTexts : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(SlicesOfTexts, BecomeWhatEachTextBecomes) {
    const CleanTable table = textsTwice(70'001);
    const CleaningStepType* type = findCleaningStep(GetParam().first);
    ASSERT_NE(type, nullptr);
    std::int64_t changed[2];
    CleanTable results[2];
    for (const int which : {0, 1}) {
        std::any settings = type->defaults;
        json written = json::parse(GetParam().second);
        written["columns"] = {which == 0 ? "text" : "category"};
        ASSERT_TRUE(propertiesFromJson(type->properties, written, settings).ok());
        CleaningContext context;
        context.threads = 2;
        context.number = 2;
        StepReport report;
        auto result = type->apply(table, settings, {}, context, report);
        ASSERT_TRUE(result.ok()) << result.error().debugText();
        results[which] = *result;
        changed[which] = report.changedCells;
    }
    EXPECT_EQ(changed[0], changed[1]);
    const TableColumn &text = results[0].table.column(0), &category = results[1].table.column(1);
    EXPECT_EQ(text.info.missing, category.info.missing);
    for (std::int64_t row = 0; row < table.table.rows(); ++row) {
        ASSERT_EQ(text.view.isMissing(row), category.view.isMissing(row)) << row;
        ASSERT_EQ(text.view.text(row), category.view.text(row)) << row;
    }
}

INSTANTIATE_TEST_SUITE_P(Steps, SlicesOfTexts,
                         ::testing::Values(std::pair("trim_text", "{}"), std::pair("trim_text", R"({"inner": false, "empty_is_missing": false})"),
                                           std::pair("change_case", R"({"to": "lower"})"), std::pair("change_case", R"({"to": "upper"})"),
                                           std::pair("change_case", R"({"to": "title"})"), std::pair("replace_text", R"({"find": "words", "with": ""})"),
                                           std::pair("replace_text", R"({"find": "s", "with": "longer"})"), std::pair("replace_text", R"({"find": "words", "with": "words"})"),
                                           std::pair("replace_text", R"({"find": "word", "with": "x", "whole_cell": true})"),
                                           std::pair("mark_missing", R"({"words": ["na", "7", "Plain", "Some words 5"]})")));

}  // namespace
}  // namespace lamina
