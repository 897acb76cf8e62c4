#include "core/base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/fault_files.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

std::string content(const Path& path) {
    const auto text = readTextFile(path);
    return text ? *text : "error: " + text.error().code;
}

/// How many calls an atomic write consists of, that is: the moments it can fail at.
int callsOfAnAtomicWrite(const Path& path) {
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    EXPECT_TRUE(writeFileAtomically(path, "x"));
    return static_cast<int>(faults.calls().size());
}

TEST(AtomicWrite, LeavesTheOldOrTheNewFileWhicheverCallFails) {
    const TemporaryFolder folder;
    const int calls = callsOfAnAtomicWrite(folder / "probe");
    ASSERT_GE(calls, 5);
    for (const auto often : {FaultFiles::Often::Once, FaultFiles::Often::ForEver}) {
        for (int nth = 1; nth <= calls; ++nth) {
            const Path path = folder / "file";
            ASSERT_TRUE(writeFileAtomically(path, "old"));
            FaultFiles faults;
            const auto guard = replaceFiles(faults);
            faults.failCall(nth, often);
            const auto written = writeFileAtomically(path, "new");
            EXPECT_FALSE(written) << "call " << nth;
            EXPECT_EQ(content(path), "old") << "call " << nth;
        }
    }
}

TEST(AtomicWrite, ANewFileIsNotThereHalf) {
    const TemporaryFolder folder;
    const int calls = callsOfAnAtomicWrite(folder / "probe");
    for (int nth = 1; nth <= calls; ++nth) {
        FaultFiles faults;
        const auto guard = replaceFiles(faults);
        faults.failCall(nth);
        EXPECT_FALSE(writeFileAtomically(folder / "file", "new"));
        EXPECT_EQ(folder.names(), std::vector<std::string>{"probe"}) << "call " << nth << " left something behind";
    }
}

TEST(AtomicWrite, AFullDiskKeepsTheOldFile) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "old"));
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.setRoom(2);
    const auto written = writeFileAtomically(folder / "file", "newer");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "disk.full_while_writing");
    EXPECT_EQ(content(folder / "file"), "old");
    EXPECT_EQ(folder.names(), std::vector<std::string>{"file"});
}

TEST(FileOfMany, IsThereWholeOrNotAtAllAndWaitsForNoDisk) {
    const TemporaryFolder folder;
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.heal();
    ASSERT_TRUE(writeFileOfMany(folder / "file", "old"));
    EXPECT_EQ(faults.calls(), (std::vector<std::string>{"create", "write", "close", "rename"})) << "nothing waits for the disk";
    for (int nth = 1; nth <= 4; ++nth) {
        faults.failCall(nth);
        EXPECT_FALSE(writeFileOfMany(folder / "file", "new")) << "call " << nth;
        EXPECT_EQ(content(folder / "file"), "old") << "call " << nth;
        EXPECT_EQ(folder.names(), std::vector<std::string>{"file"}) << "call " << nth << " left something behind";
    }
    faults.heal();
    ASSERT_TRUE(files().syncAll(folder.path()));
    faults.failCall(1);
    EXPECT_FALSE(files().syncAll(folder.path()));
}

TEST(AtomicWrite, IsForItsOwnerAlone) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "text"));
    struct stat status {};
    ASSERT_EQ(::stat((folder / "file").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(AtomicWrite, EmptyFilesAndBinaryBytesComeBack) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "empty", ""));
    EXPECT_EQ(content(folder / "empty"), "");
    const std::string zeros("a\0b\0", 4);
    ASSERT_TRUE(writeFileAtomically(folder / "zeros", zeros));
    EXPECT_EQ(content(folder / "zeros"), zeros);
}

TEST(ReadFile, SaysWhichFileIsMissing) {
    const auto text = readTextFile("/nowhere/at/all");
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, "file.not_found");
    EXPECT_EQ(text.error().argument("file"), "/nowhere/at/all");
}

TEST(ReadFile, RefusesWhatIsTooLargeAndWhatIsNoFile) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "12345"));
    EXPECT_EQ(readTextFile(folder / "file", 4).error().code, "file.too_large");
    EXPECT_TRUE(readTextFile(folder / "file", 5));
    EXPECT_EQ(readTextFile(folder.path()).error().code, "file.not_a_file");
}

TEST(OutputFile, EarlierBytesCanBeOverwritten) {
    const TemporaryFolder folder;
    auto file = std::move(*files().create(folder / "file"));
    ASSERT_TRUE(file->write("....rest", 8));
    ASSERT_TRUE(file->writeAt(0, "head", 4));
    ASSERT_TRUE(file->close());
    EXPECT_EQ(content(folder / "file"), "headrest");
}

TEST(MappedFile, KeepsItsBytesWhenMoved) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "mapped"));
    auto first = MappedFile::open(folder / "file");
    ASSERT_TRUE(first);
    MappedFile second = std::move(*first);
    MappedFile third;
    third = std::move(second);
    EXPECT_EQ(third.text(), "mapped");
    EXPECT_TRUE(second.bytes().empty());
}

TEST(FileSystem, MakesAndRemovesWithoutComplaint) {
    const TemporaryFolder folder;
    EXPECT_TRUE(files().makeFolder(folder / "a/b/c"));
    EXPECT_TRUE(files().makeFolder(folder / "a/b/c"));
    EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b/c"));
    EXPECT_TRUE(files().remove(folder / "not there"));
}

TEST(FileSystem, AFileInTheWayOfAFolderIsAnError) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "a", "file"));
    EXPECT_FALSE(files().makeFolder(folder / "a"));
    EXPECT_FALSE(files().makeFolder(folder / "a/b"));
}

TEST(FreeSpace, IsAskedWhereTheFileWillLie) {
    const TemporaryFolder folder;
    EXPECT_TRUE(checkFreeSpace(folder / "not/yet/there", 1));
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.setRoom(20u << 20);
    EXPECT_TRUE(checkFreeSpace(folder / "file", 4u << 20));
    const auto tooMuch = checkFreeSpace(folder / "file", 5u << 20);
    ASSERT_FALSE(tooMuch);
    EXPECT_EQ(tooMuch.error().code, "disk.full");
    EXPECT_EQ(tooMuch.error().argument("needed"), std::to_string(5u << 20));
}

TEST(FreeSpace, AnImpossibleNeedIsRefused) {
    EXPECT_FALSE(checkFreeSpace("/tmp/file", ~std::uint64_t{0}));
}

}  // namespace
}  // namespace lamina
