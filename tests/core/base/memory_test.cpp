#include "core/base/memory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr std::uint64_t mebibyte = 1 << 20;

class Memory : public testing::Test {
protected:
    void write(const Path& file, const std::string& text) {
        std::filesystem::create_directories((m_folder / file).parent_path());
        std::ofstream(m_folder / file) << text;
    }
    std::uint64_t available() { return availableMemory(m_folder / "proc", m_folder / "groups"); }

    void SetUp() override { write("proc/meminfo", "MemTotal:  9000000 kB\nMemAvailable:    8192000 kB\n"); }
    TemporaryFolder m_folder;
};

TEST_F(Memory, WithoutLimitsItIsWhatTheMachineHasToSpare) {
    write("proc/self/cgroup", "0::/\n");
    EXPECT_EQ(available(), 8000 * mebibyte);
}

TEST_F(Memory, TheTightestGroupAroundTheProcessCountsWithoutItsCache) {
    write("proc/self/cgroup", "0::/user/session\n");
    write("groups/user/memory.max", "1073741824\n");
    write("groups/user/memory.current", "629145600\n");
    write("groups/user/memory.stat", "anon 5\ninactive_file 104857600\n");
    write("groups/user/session/memory.max", "max\n");
    EXPECT_EQ(available(), (1024 - 500) * mebibyte);
}

TEST_F(Memory, GroupsOfTheFirstVersionCountToo) {
    write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/box\n");
    write("groups/memory/box/memory.limit_in_bytes", "524288000\n");
    write("groups/memory/box/memory.usage_in_bytes", "104857600\n");
    EXPECT_EQ(available(), 400 * mebibyte);
}

TEST_F(Memory, AGroupThatIsOverItsLimitHasNothingLeft) {
    write("proc/self/cgroup", "0::/\n");
    write("groups/memory.max", "1000\n");
    write("groups/memory.current", "2000\n");
    EXPECT_EQ(available(), 0u);
}

TEST_F(Memory, HeapsThatThreadsHaveSetAsideCountOnce) {
    write("proc/self/cgroup", "0::/\n");
    write("proc/meminfo", "MemAvailable: 90000000000000 kB\n");
    const std::string written = "7e0000000000-7e0020000000 rw-p 00000000 00:00 0\n";
    write("proc/self/maps", written);
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_AS, &before), 0);
    constexpr std::uint64_t limit = std::uint64_t{1} << 50;
    const rlimit now{limit, before.rlim_max};
    if (setrlimit(RLIMIT_AS, &now) != 0) GTEST_SKIP() << "the limit of addresses is lower here";
    const std::uint64_t nothingAside = available();
    write("proc/self/maps", written + "7f0000000000-7f0004000000 ---p 00000000 00:00 0\n");
    const std::uint64_t oneHeapAside = available();
    setrlimit(RLIMIT_AS, &before);
    EXPECT_EQ(nothingAside, limit - (512 + 224) * mebibyte);
    EXPECT_EQ(oneHeapAside, nothingAside) << "one more heap changes nothing";
}

TEST(ProcessMemory, GrowsWithWhatIsWritten) {
    const auto before = residentMemory();
    ASSERT_GT(before, 0u);
    const std::vector<char> block(64 * mebibyte, 1);
    EXPECT_GE(residentMemory(), before + 60 * mebibyte);
    EXPECT_GE(peakMemory(), residentMemory() - mebibyte);
    EXPECT_GT(availableMemory(), mebibyte);
}

}  // namespace
}  // namespace lamina
