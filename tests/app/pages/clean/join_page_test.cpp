// Looking things up in another table, as people set it up on the Clean page: nothing is typed.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QListWidget>

#include "app/pages/clean/step_rows.h"
#include "tests/app/pages/clean/clean_page_fixture.h"

namespace lamina {
namespace {

class JoinPageTest : public CleanPageTest {
protected:
    Path written(const char* name, const char* text) {
        const Path path = folder.path() / name;
        std::ofstream(path) << text;
        return path;
    }
    /// Two tables: things (looked at) and what is known of cities by name and kind.
    bool importTwo() {
        if (!import(written("cities.csv", "town;sort;people\nRome;a;9\nRome;b;8\nOslo;a;7\nOslo;b;6\n"))) return false;
        const bool both = import(csv());
        workspace.setDataset(workspace.shared()->datasets().find("things")->id);
        return both && wait([this] { return page->settled() && page->state()->after.table.find("city").ok(); });
    }
    void choose(const char* row, const char* value) {
        ASSERT_NE(field(row), nullptr) << row;
        auto* list = qobject_cast<QComboBox*>(field(row)->editor());
        ASSERT_NE(list, nullptr) << row << " is not a choice";
        const int place = list->findText(value);
        ASSERT_GE(place, 0) << value;
        list->setCurrentIndex(place);
        emit list->activated(place);
        ASSERT_TRUE(settled());
    }
    QString problemOf(const char* row) {
        auto* message = field(row)->findChild<QLabel*>("message");
        return message->isVisible() ? message->text() : QString();
    }
    const nlohmann::json& settings() { return page->recipe().steps.back().settings; }
};

TEST_F(JoinPageTest, TableKeysAndColumnsAreChosenFromWhatIsThere) {
    ASSERT_TRUE(importTwo());
    add("trim_text", {"city"});
    add("join", {});
    EXPECT_EQ(field("keys.0"), nullptr) << "which columns there are is known once the table is";
    choose("table", "cities");
    ASSERT_TRUE(wait([this] { return field("keys.0") != nullptr; }));
    choose("keys.0", "city");
    EXPECT_EQ(settings()["keys"], nlohmann::json::array({"city"}));
    EXPECT_TRUE(problemOf("other_keys.0").contains("means the same as “city”")) << problemOf("other_keys.0").toStdString();
    choose("other_keys.0", "town");
    EXPECT_EQ(problemOf("other_keys.0"), "");
    EXPECT_TRUE(page->state()->result.error) << "a city stands there twice: one key is not enough";
    choose("keys.1", "kind");
    choose("other_keys.1", "sort");
    EXPECT_FALSE(page->state()->result.error) << page->state()->result.error->debugText();
    EXPECT_EQ(settings()["keys"], (nlohmann::json::array({"city", "kind"})));
    EXPECT_EQ(settings()["other_keys"], (nlohmann::json::array({"town", "sort"})));
    const Table& joined = page->state()->after.table;
    EXPECT_EQ(joined.cellText(1, *joined.find("people")), "7") << "Oslo of kind a";
    auto* columns = field("columns")->findChild<QListWidget*>("texts_list");
    ASSERT_NE(columns, nullptr);
    ASSERT_EQ(columns->count(), 3);
    columns->item(1)->setCheckState(Qt::Checked);
    side->findChild<PropertyPanel*>("propertyPanel")->commit();
    ASSERT_TRUE(settled());
    EXPECT_EQ(settings()["columns"], nlohmann::json::array({"sort"}));
    EXPECT_FALSE(page->state()->after.table.find("people").ok());
    shot("clean_join");
    choose("keys.1", "(none)");
    EXPECT_EQ(settings()["keys"], nlohmann::json::array({"city"}));
    EXPECT_EQ(settings()["other_keys"], nlohmann::json::array({"town"}));
}

TEST_F(JoinPageTest, WrongChoicesAreMarkedAtOnce) {
    ASSERT_TRUE(importTwo());
    add("join", {}, {{"table", "cities"}, {"keys", {"size", "code"}}, {"other_keys", {"town", "height"}}, {"columns", {"people", "mayor"}}});
    EXPECT_TRUE(problemOf("other_keys.0").contains("“size” holds numbers here and texts there")) << problemOf("other_keys.0").toStdString();
    EXPECT_TRUE(problemOf("other_keys.1").contains("“cities” has no column “height”"));
    EXPECT_TRUE(problemOf("columns").contains("“cities” has no column “mayor”"));
    choose("keys.0", "city");
    EXPECT_EQ(problemOf("other_keys.0"), "");
    add("join", {}, {{"table", "countries"}, {"keys", {"city"}}});
    EXPECT_TRUE(problemOf("table").contains("no table “countries”"));
    EXPECT_EQ(field("keys.0"), nullptr);
}

TEST_F(JoinPageTest, AColumnThatIsGoneIsMarkedInEveryStepThatNamesIt) {
    ASSERT_TRUE(import(csv()));
    add("drop_columns", {"code"});
    add("duplicate_column", {"code"});
    EXPECT_TRUE(problemOf("column").contains("no column “code”"));
    choose("column", "kind");
    EXPECT_EQ(problemOf("column"), "");
    add("drop_missing_rows", {"size", "code"});
    EXPECT_TRUE(problemOf("columns").contains("no column “code”"));
}

TEST(StepRows, EveryPropertyThatNamesColumnsOffersThem) {
    ColumnData data(ColumnKind::Text);
    data.addText("x");
    std::vector<TableColumn> columns;
    columns.push_back(TableColumn::inMemory(std::move(data), "a", "a"));
    StepSurroundings around;
    around.input = *Table::of(std::move(columns));
    around.known = true;
    around.datasets = {"other"};
    around.other = otherTableOf("other", around.input);
    for (const CleaningStepType* type : cleaningStepCatalogue()) {
        RecipeStep step;
        step.type = type->id;
        if (type->id == "join") step.settings = {{"table", "other"}};
        for (const PropertyRow& row : stepRows(step, around)) {
            if (!row.limits.meaning.ends_with("column") || type->id == "edit_cells") continue;
            EXPECT_EQ(row.problem.toStdString(), "") << type->id;
            EXPECT_TRUE(row.offers.contains("a") || row.choiceTitles.contains("a")) << type->id << " " << row.id.toStdString();
        }
    }
}

TEST(StepRows, ListsOfKnownWordsAreTickedByTheirTitles) {
    RecipeStep step;
    step.type = "group";
    for (const PropertyRow& row : stepRows(step, {})) {
        if (row.id != "functions") continue;
        EXPECT_EQ(row.offers[2], "mean");
        EXPECT_EQ(row.choiceTitles[2], "Mean");
        return;
    }
    FAIL() << "a group has figures";
}

TEST(StepRows, AKeyFollowsItsNameUntilAnotherIsChosenForIt) {
    OtherTable other{"other", {{"city", ColumnKind::Text}, {"town", ColumnKind::Text}, {"kind", ColumnKind::Text}}, {}};
    RecipeStep step;
    step.type = "join";
    const auto give = [&](const char* row, const char* value) { changeStepSetting(step, row, std::string(value), other); };
    give("keys.0", "city");
    EXPECT_EQ(step.settings["other_keys"], nlohmann::json::array({"city"}));
    give("keys.0", "kind");
    EXPECT_EQ(step.settings["other_keys"], nlohmann::json::array({"kind"}));
    give("other_keys.0", "town");
    give("keys.0", "city");
    EXPECT_EQ(step.settings["other_keys"], nlohmann::json::array({"town"}));
    give("keys.1", "nowhere");
    EXPECT_EQ(step.settings["other_keys"], (nlohmann::json::array({"town", ""})));
    give("keys.0", "");
    EXPECT_EQ(step.settings["keys"], nlohmann::json::array({"nowhere"}));
    give("prefix", "p");
    EXPECT_EQ(step.settings["prefix"].get<std::string>(), "p");
}

}  // namespace
}  // namespace lamina
