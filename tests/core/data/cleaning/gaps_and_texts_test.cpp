// Cleaning steps against pandas and scikit-learn, cell by cell (gaps_and_texts.py made the numbers).
#include <gtest/gtest.h>

#include <fstream>

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

}  // namespace
}  // namespace lamina
