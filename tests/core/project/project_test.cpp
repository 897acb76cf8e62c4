#include "core/project/project.h"

#include <fstream>

#include "tests/core/project/project_fixture.h"

namespace lamina {
namespace {

TEST_F(ProjectTest, ANewProjectIsEmptyAndWhole) {
    auto project = create();
    EXPECT_EQ(project->name(), "p");
    EXPECT_TRUE(project->issues().empty());
    EXPECT_TRUE(project->datasets().all()->empty());
    EXPECT_TRUE(project->history()->empty());
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
    EXPECT_EQ(Project::create(file()).error().code, "project.exists");
    project.reset();
    EXPECT_EQ(folder.names(), (std::vector<std::string>{"p.lamina", "p.lamina.d"}));
}

TEST_F(ProjectTest, TheEndingIsOptional) {
    ASSERT_TRUE(Project::create(folder / "q"));
    EXPECT_TRUE(std::filesystem::exists(folder / "q.lamina"));
    EXPECT_TRUE(Project::open(folder / "q", StoreAccess::ReadOnly));
    EXPECT_EQ(Project::open(folder / "other", StoreAccess::Write).error().code, "project.not_found");
    EXPECT_FALSE(std::filesystem::exists(folder / "other.lamina.d"));
}

TEST_F(ProjectTest, ContentFilesAreKeptOnceUnderTheirHash) {
    auto project = create();
    const Path temporary = project->temporaryFile("column");
    EXPECT_EQ(temporary.extension(), ".part");
    ASSERT_TRUE(writeFileAtomically(temporary, std::string_view("abc")));
    const auto hash = project->addFile(temporary);
    ASSERT_TRUE(hash);
    EXPECT_EQ(*hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_FALSE(std::filesystem::exists(temporary));
    EXPECT_EQ(*readTextFile(project->filePath(*hash)), "abc");
    EXPECT_EQ(*project->addBytes("abc"), *hash);
    EXPECT_TRUE(project->hasFile(*hash));
    EXPECT_FALSE(project->hasFile("../../etc/passwd"));
    EXPECT_EQ(project->removeFile("../p.lamina").error().code, "project.not_a_hash");
    EXPECT_EQ(project->verify(VerifyLevel::Full)->at(0).what.code, "project.unused_files");
    ASSERT_TRUE(project->removeFile(*hash));
    EXPECT_FALSE(project->hasFile(*hash));
}

TEST_F(ProjectTest, FilesTheHistoryCanBringBackAreKept) {
    auto project = create();
    const auto dataset = addDataset(*project);
    const std::string hash = dataset.columns[0].fileHash;
    EXPECT_EQ(project->removeFile(hash).error().code, "project.file_in_use");
    ASSERT_TRUE(project->undo().get());
    EXPECT_EQ(project->removeFile(hash).error().code, "project.file_in_use");
    ASSERT_TRUE(project->redo().get());
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
}

TEST_F(ProjectTest, LeftoversAreSweptByTheNextWriterOnly) {
    auto project = create();
    const Path left = project->temporaryFile("checkpoint");
    project.reset();
    std::ofstream(left) << "half";
    open(StoreAccess::ReadOnly).reset();
    EXPECT_TRUE(std::filesystem::exists(left));
    open().reset();
    EXPECT_FALSE(std::filesystem::exists(left));
}

TEST_F(ProjectTest, AProjectWithoutItsFolderOpensAndSaysSo) {
    addDataset(*create());
    std::filesystem::remove_all(folder / "p.lamina.d");
    auto project = open(StoreAccess::ReadOnly);
    ASSERT_EQ(project->issues().size(), 1u);
    EXPECT_EQ(project->issues()[0].what.code, "project.folder_missing");
    EXPECT_EQ(project->issues()[0].count, 2);
    EXPECT_EQ(project->datasets().all()->size(), 1u);
    project.reset();
    EXPECT_EQ(open()->issues()[0].what.code, "project.folder_missing");
}

TEST_F(ProjectTest, VerifyFindsAFlippedByteAndAMissingFile) {
    auto project = create();
    const auto dataset = addDataset(*project);
    const Path flipped = project->filePath(dataset.columns[0].fileHash);
    std::fstream(flipped, std::ios::in | std::ios::out | std::ios::binary).put('X');
    EXPECT_TRUE(project->verify(VerifyLevel::Quick)->empty());
    auto issues = *project->verify(VerifyLevel::Full);
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues[0].what.code, "project.file_changed");
    EXPECT_EQ(issues[0].what.argument("file"), flipped.string());

    std::filesystem::remove(flipped);
    issues = *project->verify(VerifyLevel::Quick);
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues[0].what.code, "project.file_missing");
    EXPECT_EQ(issues[0].what.argument("owner"), "iris / length");
    project.reset();
    EXPECT_EQ(open()->issues().size(), 1u);
}

TEST_F(ProjectTest, VerifyCanBeCancelled) {
    auto project = create();
    addDataset(*project);
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(project->verify(VerifyLevel::Full, cancel).error().code, "job.cancelled");
}

TEST_F(ProjectTest, AFullDiskIsSaidBeforeAnythingIsWritten) {
    class FullDisk : public FileSystem {
        Result<std::uint64_t> freeBytes(const Path&) override { return std::uint64_t{1000}; }
    } full;
    {
        const auto guard = replaceFiles(full);
        EXPECT_EQ(Project::create(file()).error().code, "disk.full");
        EXPECT_FALSE(std::filesystem::exists(file()));
    }
    auto project = create();
    const auto run = addRun(*project);
    const auto attempt = *project->runs().startAttempt(run.id, "cpu");
    const auto guard = replaceFiles(full);
    EXPECT_EQ(project->addBytes("abc").error().code, "disk.full");
    EXPECT_EQ(project->metrics().append({metric(attempt, 0, 0, 1)}).get().error().code, "disk.full");
    // The last megabytes are for what a person does by hand.
    EXPECT_TRUE(project->runs().rename(run.id, "still possible").get());
}

TEST_F(ProjectTest, AFileThatCannotBeTakenInLeavesNothingBehind) {
    class NoRename : public FileSystem {
        Result<void> rename(const Path&, const Path& to) override { return fail("disk.full_while_writing", {{"file", to.string()}}); }
    } broken;
    auto project = create();
    const auto guard = replaceFiles(broken);
    EXPECT_EQ(project->addBytes("abc").error().code, "disk.full_while_writing");
    EXPECT_TRUE(project->verify(VerifyLevel::Full)->empty());
    EXPECT_TRUE(std::filesystem::is_empty(project->folder() / "files"));
}

TEST_F(ProjectTest, AProjectOpenedTwiceNamesTheHolder) {
    auto project = create();
    const auto second = Project::open(file(), StoreAccess::Write);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "project.locked");
    EXPECT_FALSE(second.error().argument("holder").empty());
    EXPECT_TRUE(Project::open(file(), StoreAccess::ReadOnly));
}

}  // namespace
}  // namespace lamina
