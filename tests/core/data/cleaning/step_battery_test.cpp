// What every cleaning step promises.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/data/cleaning/step_tools.h"
#include "tests/core/data/cleaning/steps_at_work.h"
#include "tests/core/data/cleaning/written_table.h"

namespace lamina {
namespace {

using nlohmann::json;

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

}  // namespace
}  // namespace lamina
