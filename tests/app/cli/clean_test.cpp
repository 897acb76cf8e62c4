// `lamina clean`, `reimport`, `pack` and `unpack` as a user starts them.
#include <gtest/gtest.h>

#include "tests/app/cli/program.h"

using namespace lamina;

namespace {

class CleanProgram : public testing::Test {
protected:
    void SetUp() override {
        writeTrees(folder / "trees.csv");
        ASSERT_EQ(run({"new", "p"}).exitCode, 0);
        ASSERT_EQ(run({"import", "p", "trees.csv"}).exitCode, 0);
    }
    Outcome run(const std::vector<std::string>& arguments, const std::string& locale = "C") { return lamina::lamina(folder, arguments, locale); }
    std::string text(const std::string& name) {
        std::stringstream all;
        all << std::ifstream(folder / name).rdbuf();
        return all.str();
    }
    TemporaryFolder folder;
};

TEST_F(CleanProgram, StepsAreAddedChangedMovedSwitchedOffAndTakenBack) {
    auto outcome = run({"clean", "p", "trees", "--add", "fill_missing", "--set", "columns=soil", "--set", "method=most_frequent", "--ack"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("ACK "), std::string::npos);
    EXPECT_EQ(run({"clean", "p", "--add", "rename_column", "--set", "column=height", "--set", "name=size"}).exitCode, 0);
    EXPECT_EQ(run({"clean", "p", "--add", "rename_column", "--set", "column=height"}).errorCode(), "");
    EXPECT_EQ(run({"clean", "p", "--remove", "3"}).exitCode, 0);
    EXPECT_EQ(run({"clean", "p", "--move", "2", "1"}).exitCode, 0);
    EXPECT_EQ(run({"clean", "p", "--comment", "1", "as the others call it"}).exitCode, 0);
    EXPECT_EQ(run({"clean", "p", "--off", "1"}).exitCode, 0);
    auto steps = run({"clean", "p", "--json"}).json()["steps"];
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0]["type"], "rename_column");
    EXPECT_EQ(steps[0]["enabled"], false);
    EXPECT_EQ(steps[0]["comment"], "as the others call it");
    EXPECT_EQ(run({"undo", "p"}).exitCode, 0);
    EXPECT_EQ(run({"clean", "p", "--edit", "1", "--set", "name=tallness"}).exitCode, 0);
    const auto preview = run({"clean", "p", "--preview", "--rows", "3", "--json"}).json()["preview"];
    EXPECT_EQ(preview["columns"][0]["name"], "tallness");
    EXPECT_EQ(preview["columns"][2]["missing"], 0);
    EXPECT_EQ(preview["results"][1]["changed"], 36);
    EXPECT_EQ(preview["first_rows"].size(), 3u);
    EXPECT_NE(run({"history", "p"}).out.find("Add step Fill missing values"), std::string::npos);
    EXPECT_EQ(run({"clean", "p", "--off", "9", "--json"}).errorCode(), "recipe.no_step");
    EXPECT_EQ(run({"clean", "p", "--add", "bewitch", "--json"}).errorCode(), "cleaning.unknown_step");
    EXPECT_EQ(run({"clean", "p", "--add", "fill_missing", "--set", "method=magic", "--json"}).errorCode(), "property.not_a_choice");
    EXPECT_EQ(run({"clean", "--json"}).errorCode(), "cli.clean_needs_project");
    EXPECT_EQ(run({"verify", "p", "--full"}).exitCode, 0);
}

TEST_F(CleanProgram, WhyAStepFailsIsSaidInWholeWords) {
    ASSERT_EQ(run({"clean", "p", "--add", "drop_columns", "--set", "columns=a column whose name is so long that no line of a table holds the reason"}).exitCode, 0);
    const auto shown = run({"clean", "p", "--preview"});
    const std::string reason = run({"clean", "p", "--preview", "--json"}).json()["preview"]["results"][0]["error"]["message"];
    ASSERT_GT(reason.size(), 100u);
    std::stringstream words(reason);
    for (std::string word; words >> word;) EXPECT_NE(shown.out.find(word), std::string::npos) << word << " of: " << shown.out;
}

TEST_F(CleanProgram, SpellingsOfOneThingAreListedByEachMethod) {
    {
        std::ofstream file(folder / "towns.csv");
        file << "town,size\n";
        for (int i = 0; i < 20; ++i) file << "Hamburg," << i << "\nBremen," << 2 * i << '\n';
        file << "hamburg ,1\nHambrug,2\nBre men,3\n";
    }
    ASSERT_EQ(run({"import", "p", "towns.csv"}).exitCode, 0);
    const auto found = run({"clean", "p", "towns", "--spellings", "town", "--json"}).json()["spellings"];
    const auto has = [&](const std::string& method, const std::string& suggestion, const std::string& value) {
        for (const auto& cluster : found)
            for (const auto& one : cluster["values"])
                if (cluster["method"].get<std::string>() == method && cluster["suggestion"].get<std::string>() == suggestion && one["value"].get<std::string>() == value) return true;
        return false;
    };
    EXPECT_TRUE(has("distance", "Hamburg", "Hambrug")) << found.dump();
    EXPECT_TRUE(has("ngram", "Bremen", "Bre men")) << found.dump();
    EXPECT_NE(run({"clean", "p", "towns", "--spellings", "country", "--json"}).exitCode, 0);
}

TEST_F(CleanProgram, TheCatalogueExplainsEveryStepInBothLanguages) {
    const auto english = run({"clean", "--steps", "--json"}).json()["steps"], chinese = run({"clean", "--steps", "--json"}, "zh_CN.UTF-8").json()["steps"];
    ASSERT_GT(english.size(), 10u);
    ASSERT_EQ(english.size(), chinese.size());
    for (std::size_t i = 0; i < english.size(); ++i) EXPECT_NE(english[i]["title"], chinese[i]["title"]) << english[i]["id"];
}

TEST_F(CleanProgram, RecipesTravelAsFilesAndStatesAsTablesAndDatasets) {
    ASSERT_EQ(run({"clean", "p", "--add", "drop_missing_rows", "--set", "columns=soil", "--save", "recipe.json"}).exitCode, 0);
    ASSERT_EQ(run({"import", "p", "trees.csv", "--name", "others"}).exitCode, 0);
    ASSERT_EQ(run({"clean", "p", "others", "--load", "recipe.json", "--out", "clean.csv"}).exitCode, 0);
    const std::string csv = text("clean.csv");
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 180 - 36 + 1);
    EXPECT_EQ(run({"clean", "p", "others", "--out", "clean.csv", "--json"}).errorCode(), "jobs.file_exists");
    const auto made = run({"clean", "p", "others", "--as-dataset", "few", "--json"}).json();
    EXPECT_EQ(made["made"]["rows"], 144);
    EXPECT_EQ(run({"describe", "p", "--dataset", "few", "--json"}).exitCode, 0);
    std::ofstream(folder / "no.json") << "{";
    EXPECT_EQ(run({"clean", "p", "--load", "no.json", "--json"}).errorCode(), "recipe.not_json");
}

TEST_F(CleanProgram, ARunSaysThatItsRecipeDiffersAndANewFileIsReadIntoTheDataset) {
    ASSERT_EQ(run({"clean", "p", "--add", "drop_missing_rows", "--set", "columns=soil"}).exitCode, 0);
    ASSERT_EQ(run({"split", "p"}).exitCode, 0);
    ASSERT_EQ(run({"build", "p", "--template", "mlp"}).exitCode, 0);
    ASSERT_EQ(run({"train", "p", "--epochs", "2", "--batch", "16"}).exitCode, 0);
    EXPECT_EQ(run({"runs", "p", "--json"}).json()["runs"][0]["recipe_differs"], false);
    ASSERT_EQ(run({"clean", "p", "--off", "1"}).exitCode, 0);
    EXPECT_EQ(run({"runs", "p", "--json"}).json()["runs"][0]["recipe_differs"], true);
    EXPECT_NE(run({"runs", "p"}).out.find("changed since"), std::string::npos);
    const auto predicted = run({"predict", "p", "--row", "0", "--row", "1", "--json"}).json();
    EXPECT_EQ(predicted["predictions"].size(), 1u);
    EXPECT_EQ(predicted["unanswered"][0]["row"], 0);
    writeTrees(folder / "more.csv", 240);
    const auto again = run({"reimport", "p", "trees", "more.csv", "--json"}).json();
    EXPECT_EQ(again["rows"], 240);
    EXPECT_EQ(again["rows_before"], 180);
    EXPECT_EQ(again["split"]["known"], 180);
    EXPECT_EQ(run({"evaluate", "p"}).exitCode, 0) << "with the rows it was trained on";
    ASSERT_EQ(run({"pack", "p", "p.pack"}).exitCode, 0);
    ASSERT_EQ(run({"unpack", "p.pack", "copy"}).exitCode, 0);
    EXPECT_EQ(run({"verify", "copy/p", "--full"}).exitCode, 0);
    EXPECT_EQ(run({"unpack", "trees.csv", "copy2", "--json"}).exitCode, 3);
}

}  // namespace
