// `lamina devices` and the choice of a device.
#include <gtest/gtest.h>

#include "tests/app/cli/program.h"

namespace lamina {
namespace {

TEST(Devices, TheCpuIsThereAndAGpuThatIsNotUsedHasAReason) {
    const TemporaryFolder folder;
    const auto outcome = RunningProgram(folder, {"devices", "--json"}).wait();
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto devices = outcome.json()["devices"];
    ASSERT_EQ(devices.size(), 2u);
    EXPECT_EQ(devices[0]["id"], "cpu");
    EXPECT_EQ(devices[0]["usable"], true);
    EXPECT_EQ(devices[1]["id"], "cuda");
    const bool explained = devices[1].contains("reason") && devices[1]["reason"].value("code", "").rfind("cuda.", 0) == 0;
    EXPECT_NE(devices[1]["usable"].get<bool>(), explained) << devices;
}

TEST(Devices, AreToldInChineseToo) {
    const TemporaryFolder folder;
    const auto outcome = RunningProgram(folder, {"devices"}, "zh_CN.UTF-8").wait();
    EXPECT_NE(outcome.out.find("可用"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace lamina
