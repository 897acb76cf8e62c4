#include "core/project/recipe_record.h"

#include <SQLiteCpp/Database.h>

#include "tests/core/project/project_fixture.h"

namespace lamina {
namespace {

using RecipeRecordTest = ProjectTest;

EditName named() { return editName("edit.add_step", {{"step", "cleaning.drop_columns.title"}}); }

nlohmann::json recipeOf(const std::string& column) {
    return {{"format", "lamina-recipe"}, {"version", 1}, {"steps", {{{"id", "a"}, {"type", "drop_columns"}, {"settings", {{"columns", {column}}}}}}}};
}

TEST_F(RecipeRecordTest, ADatasetWithoutARecipeHasAnEmptyOne) {
    auto project = create();
    const auto dataset = addDataset(*project);
    const auto recipe = project->recipes().of(dataset.id);
    ASSERT_TRUE(recipe.ok());
    EXPECT_EQ(recipe->revision, 0);
    EXPECT_TRUE(recipe->document.empty());
    EXPECT_EQ(project->recipes().of("nobody").error().code, "dataset.not_found");
}

TEST_F(RecipeRecordTest, EveryChangeIsANamedEditThatCanBeTakenBack) {
    auto project = create();
    const auto dataset = addDataset(*project);
    auto record = *project->recipes().of(dataset.id);
    for (const char* column : {"length", "width"}) {
        record.document = recipeOf(column);
        ASSERT_TRUE(project->recipes().set(named(), record).get().ok());
        record = *project->recipes().of(dataset.id);
    }
    EXPECT_EQ(record.revision, 2);
    EXPECT_EQ((*project->history())[0].name.code, "edit.add_step");
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->recipes().of(dataset.id)->document, recipeOf("length"));
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->recipes().of(dataset.id)->revision, 0);
    ASSERT_TRUE(project->redo().get());
    ASSERT_TRUE(project->redo().get());
    EXPECT_EQ(project->recipes().of(dataset.id)->document, recipeOf("width"));
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
}

TEST_F(RecipeRecordTest, WhoReadAnOlderRecipeCannotOverwriteANewerOne) {
    auto project = create();
    const auto dataset = addDataset(*project);
    const auto read = *project->recipes().of(dataset.id);
    ASSERT_TRUE(project->recipes().set(named(), read).get().ok());
    EXPECT_EQ(project->recipes().set(named(), read).get().error().code, "recipe.changed_meanwhile");
    RecipeRecord stray = read;
    stray.datasetId = "nobody";
    EXPECT_EQ(project->recipes().set(named(), stray).get().error().code, "dataset.not_found");
}

TEST_F(RecipeRecordTest, TheRecipeGoesWithItsDatasetAndComesBackWithIt) {
    auto project = create();
    const auto dataset = addDataset(*project);
    auto record = *project->recipes().of(dataset.id);
    record.document = recipeOf("length");
    ASSERT_TRUE(project->recipes().set(named(), record).get().ok());
    ASSERT_TRUE(project->datasets().remove(dataset.id).get().ok());
    ASSERT_TRUE(project->undo().get().ok());
    EXPECT_EQ(project->recipes().of(dataset.id)->document, recipeOf("length"));
}

TEST_F(RecipeRecordTest, VerifyNamesARecipeThatCannotBeRead) {
    auto project = create();
    const auto dataset = addDataset(*project);
    auto record = *project->recipes().of(dataset.id);
    record.document = {{"steps", {{{"id", "a"}, {"type", "bewitch"}}}}};
    ASSERT_TRUE(project->recipes().set(named(), record).get().ok());
    const auto issues = *project->verify(VerifyLevel::Quick);
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues[0].what.code, "project.recipe_damaged");
    EXPECT_EQ(issues[0].what.argument("owner"), "iris");
}

TEST_F(RecipeRecordTest, ProjectsFromBeforeRecipesOpenAndGetThem) {
    const auto dataset = addDataset(*create());
    takeBackToVersion(file(), 6);
    EXPECT_EQ(Project::open(file(), StoreAccess::ReadOnly).error().code, "project.older_version");
    auto project = open();
    EXPECT_EQ(project->recipes().of(dataset.id)->revision, 0);
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
}

}  // namespace
}  // namespace lamina
