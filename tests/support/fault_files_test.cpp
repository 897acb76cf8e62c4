#include "tests/support/fault_files.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

class FaultFilesTest : public ::testing::Test {
protected:
    TemporaryFolder folder;
    FaultFiles faults;
    std::shared_ptr<void> guard = replaceFiles(faults);
};

TEST_F(FaultFilesTest, WorksLikeTheRealLayerUntilAsked) {
    ASSERT_TRUE(writeFileAtomically(folder / "a", "text"));
    EXPECT_EQ(*readTextFile(folder / "a"), "text");
    EXPECT_EQ(faults.calls(), (std::vector<std::string>{"create", "write", "sync", "close", "rename"}));
}

TEST_F(FaultFilesTest, OnlyTheNthCallFails) {
    faults.failCall(2);
    EXPECT_TRUE(files().makeFolder(folder / "1"));
    const auto second = files().makeFolder(folder / "2");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "file.failed");
    EXPECT_EQ(second.error().argument("call"), "makeFolder");
    EXPECT_TRUE(files().makeFolder(folder / "3"));
    EXPECT_EQ(folder.names(), (std::vector<std::string>{"1", "3"}));
}

TEST_F(FaultFilesTest, AllCallsFailFromTheNthOn) {
    faults.failCall(2, FaultFiles::Often::ForEver);
    EXPECT_TRUE(files().makeFolder(folder / "1"));
    EXPECT_FALSE(files().makeFolder(folder / "2"));
    EXPECT_FALSE(files().makeFolder(folder / "3"));
    faults.heal();
    EXPECT_TRUE(files().makeFolder(folder / "4"));
}

TEST_F(FaultFilesTest, AFullDiskTakesWhatFits) {
    faults.setRoom(3);
    auto file = std::move(*files().create(folder / "a"));
    const auto written = file->write("12345", 5);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "disk.full_while_writing");
    EXPECT_EQ(*readTextFile(folder / "a"), "123");
    EXPECT_EQ(*files().freeBytes(folder / "a"), 0u);
}

TEST(ReplaceFiles, TheGuardBringsTheRealLayerBack) {
    const TemporaryFolder folder;
    {
        FaultFiles faults;
        const auto guard = replaceFiles(faults);
        faults.failCall(1, FaultFiles::Often::ForEver);
        EXPECT_FALSE(writeFileAtomically(folder / "a", "text"));
    }
    EXPECT_TRUE(writeFileAtomically(folder / "a", "text"));
}

}  // namespace
}  // namespace lamina
