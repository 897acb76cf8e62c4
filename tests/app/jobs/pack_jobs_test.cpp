// Keys of recipes, and projects as one file.
#include "app/jobs/pack_jobs.h"

#include <gtest/gtest.h>

#include "app/jobs/recipe_keys.h"
#include "app/jobs/zip_writer.h"
#include "tests/app/jobs/clean_jobs_project.h"
#include "tests/support/fault_files.h"

namespace lamina {
namespace {

// Keys

TEST_F(CleanJobs, KeysLieApartFromTheRecipeAndLeaveTheProjectOnlyWhereThatIsAsked) {
    const std::string secret = "correct horse battery staple";
    setRecipe({{stepOf("anonymize_hash", {{"columns", {"number"}}, {"key", secret}})}});
    const DatasetRecipe kept = must(readRecipe(*project, dataset.id));
    EXPECT_EQ(toJson(kept.recipe).dump().find(secret), std::string::npos);
    EXPECT_EQ(kept.record.document.dump().find(secret), std::string::npos);
    EXPECT_EQ(withKeys(*project, kept.recipe).steps[0].settings.at("key"), secret);
    // It works as with the key in clear.
    const auto cleaned = must(cleanTable(*project, dataset, {}));
    RecipeRun run;
    const auto plain = must(runRecipe(cleaned.source, {{stepOf("anonymize_hash", {{"columns", {"number"}}, {"key", secret}})}}, run));
    EXPECT_EQ(cleaned.clean.table.rowText(3), plain.clean.table.rowText(3));
    EXPECT_EQ(toJson(cleaned.recipe).dump().find(secret), std::string::npos);
    // The same key again gets the same reference.
    setRecipe({{stepOf("anonymize_hash", {{"columns", {"number"}}, {"key", secret}})}});
    EXPECT_EQ(must(readRecipe(*project, dataset.id)).recipe.steps[0].settings, kept.recipe.steps[0].settings);

    const TemporaryFolder elsewhere;
    must(packProject(*project, folder / "without.pack"));
    auto copy = must(Project::open(must(unpackProject(folder / "without.pack", elsewhere / "a")).file, StoreAccess::Write));
    EXPECT_EQ(stepsWithoutKey(*copy, kept.recipe), std::vector<std::size_t>{1});
    const auto refused = must(tryRecipe(*copy, must(copy->datasets().find(dataset.id)), kept.recipe));
    ASSERT_TRUE(refused.steps[0].error);
    EXPECT_EQ(refused.steps[0].error->code, "cleaning.key_missing");
    PackRequest withThem;
    withThem.withKeys = true;
    must(packProject(*project, folder / "with.pack", withThem));
    copy = must(Project::open(must(unpackProject(folder / "with.pack", elsewhere / "b")).file, StoreAccess::Write));
    EXPECT_TRUE(stepsWithoutKey(*copy, kept.recipe).empty());
}

TEST_F(CleanJobs, AFileOfKeysThatIsNoneIsSaidAndNotOverwritten) {
    writeText(keysFile(*project), "[]");
    Recipe recipe{{stepOf("anonymize_hash", {{"columns", {"number"}}, {"key", "k"}})}};
    EXPECT_EQ(keepKeys(*project, recipe).error().code, "recipe.keys_damaged");
    EXPECT_EQ(recipe.steps[0].settings.at("key"), "k");
    EXPECT_EQ(*readTextFile(keysFile(*project)), "[]");
    EXPECT_EQ(withoutKeys(recipe).steps[0].settings.at("key"), "");
}

// Packs

TEST_F(CleanJobs, APackedProjectIsTheSameProjectElsewhere) {
    setRecipe(usualRecipe());
    divide();
    const auto packed = must(packProject(*project, folder / "p.pack"));
    EXPECT_GT(packed.files, 4);
    EXPECT_EQ(packProject(*project, folder / "p.pack").error().code, "jobs.file_exists");
    const TemporaryFolder elsewhere;
    const auto unpacked = must(unpackProject(folder / "p.pack", elsewhere.path()));
    EXPECT_EQ(unpacked.file, elsewhere / "p.lamina");
    EXPECT_EQ(elsewhere.names(), (std::vector<std::string>{"p.lamina", "p.lamina.d"}));
    auto copy = must(Project::open(unpacked.file, StoreAccess::Write));
    EXPECT_TRUE(copy->verify(VerifyLevel::Full)->empty());
    EXPECT_EQ(must(readRecipe(*copy, dataset.id)).recipe, must(readRecipe(*project, dataset.id)).recipe);
    EXPECT_EQ(copy->history()->size(), project->history()->size());
    copy.reset();
    EXPECT_EQ(unpackProject(folder / "p.pack", elsewhere.path()).error().code, "project.exists");
    EXPECT_EQ(elsewhere.names(), (std::vector<std::string>{"p.lamina", "p.lamina.d"}));
}

TEST_F(CleanJobs, HostilePacksAreRefusedAndLeaveNothing) {
    const TemporaryFolder place;
    const auto write = [&](const std::vector<std::pair<std::string, std::string>>& entries) {
        auto zip = must(ZipWriter::create(folder / "bad.pack"));
        for (const auto& [name, text] : entries) {
            EXPECT_TRUE(zip->begin(name, text.size(), true).ok());
            EXPECT_TRUE(zip->write(std::as_bytes(std::span(text))).ok());
        }
        EXPECT_TRUE(zip->finish().ok());
        const auto refused = unpackProject(folder / "bad.pack", place / "in");
        std::filesystem::remove(folder / "bad.pack");
        return refused ? std::string("taken") : refused.error().code;
    };
    ASSERT_TRUE(project->snapshot(folder / "snapshot").ok());
    const std::string whole = *readTextFile(folder / "snapshot");
    const std::string hash(64, 'a');
    EXPECT_EQ(write({{"../p.lamina", whole}}), "pack.not_a_pack");
    EXPECT_EQ(write({{"/tmp/p.lamina", whole}}), "pack.not_a_pack");
    EXPECT_EQ(write({{"p.lamina", whole}, {"p.lamina.d/files/../../../x", "x"}}), "pack.not_a_pack");
    EXPECT_EQ(write({{"p.lamina", whole}, {"p.lamina.d/lock", "x"}}), "pack.not_a_pack");
    EXPECT_EQ(write({{"p.lamina", whole}, {"p.lamina.d/files/" + hash, "x"}}), "pack.file_changed");
    EXPECT_EQ(write({{"p.lamina", whole}}), "project.file_missing");
    EXPECT_EQ(write({{"p.lamina", "no project at all"}}), "project.not_a_project");
    EXPECT_EQ(std::filesystem::is_empty(place / "in"), true);
    writeText(folder / "bad.pack", "PK\x03\x04 nothing");
    EXPECT_FALSE(unpackProject(folder / "bad.pack", place / "in").ok());
    EXPECT_TRUE(std::filesystem::is_empty(place / "in"));
    // More than the disk holds, and a disk that fails while packing.
    must(packProject(*project, folder / "p.pack"));
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.setRoom(100000);
    EXPECT_FALSE(unpackProject(folder / "p.pack", place / "in").ok());
    EXPECT_TRUE(std::filesystem::is_empty(place / "in"));
    faults.setRoom(2000);
    EXPECT_FALSE(packProject(*project, folder / "half.pack").ok());
    EXPECT_FALSE(std::filesystem::exists(folder / "half.pack"));
}

TEST(TableExports, NamesInArchivesKeepTheirLettersInEveryLocale) {
    const TemporaryFolder folder;
    auto project = must(Project::create(folder / "数据.lamina"));
    must(packProject(*project, folder / "a.pack"));
    EXPECT_EQ(must(unpackProject(folder / "a.pack", folder / "copy")).file, folder / "copy/数据.lamina");
}

}  // namespace
}  // namespace lamina
