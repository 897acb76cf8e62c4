// Which device computes.
#include "app/jobs/device_choice.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/fake_gpu.h"

namespace lamina {
namespace {

class DeviceChoice : public testing::Test {
protected:
    void SetUp() override { setenv("LAMINA_CUDA_PLUGIN", "/nowhere/liblamina-cuda.so", 1); }
    void TearDown() override { unsetenv("LAMINA_CUDA_PLUGIN"); }
    std::vector<Issue> issues;
};

TEST_F(DeviceChoice, AutoIsTheCpuWithoutARemarkWhereThereIsNoGpu) {
    const auto device = chooseDevice("auto", 1, issues);
    ASSERT_TRUE(device);
    EXPECT_EQ((*device)->id(), "cpu");
    EXPECT_TRUE(issues.empty());
}

TEST_F(DeviceChoice, AGpuThatIsAskedForAndMissingIsRefusedWithItsReason) {
    for (const char* wanted : {"cuda", "cuda-tf32"}) {
        const auto device = chooseDevice(wanted, 1, issues);
        ASSERT_FALSE(device);
        EXPECT_EQ(device.error().code, "cuda.not_built");
    }
}

TEST_F(DeviceChoice, UnknownNamesAreRefused) {
    const auto device = chooseDevice("tpu", 1, issues);
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, "jobs.unknown_device");
    EXPECT_EQ(device.error().argument("device"), "tpu");
}

TEST_F(DeviceChoice, TheListHasTheCpuAndTheReasonAgainstTheGpu) {
    const auto list = listDevices();
    ASSERT_EQ(list.size(), 2u);
    EXPECT_FALSE(list[0].problem);
    ASSERT_TRUE(list[1].problem);
    EXPECT_EQ(list[1].problem->code, "cuda.not_built");
}

TEST(DeviceChoiceWithAGpu, AutoIsTheGpuThatProvesItself) {
    const FakeGpu fake;
    std::vector<Issue> issues;
    const auto device = chooseDevice("auto", 1, issues);
    ASSERT_TRUE(device);
    EXPECT_EQ((*device)->id(), "cuda");
    EXPECT_TRUE(issues.empty());
}

TEST(DeviceChoiceWithAGpu, ItsTensorCoresAreUsedWhereTheyAreAskedFor) {
    const FakeGpu fake;
    std::vector<Issue> issues;
    EXPECT_EQ((*chooseDevice("cuda-tf32", 1, issues))->description(), "Fake GPU, TF32");
    EXPECT_EQ((*chooseDevice("cuda", 1, issues))->description(), "Fake GPU");
    EXPECT_EQ((*chooseDevice("auto", 1, issues))->description(), "Fake GPU");
}

TEST(DeviceChoiceWithAGpu, OneThatDoesNotProveItselfGivesWayToTheCpuAndIsTold) {
    FakeGpu fake;
    fake.failAt(2);
    std::vector<Issue> issues;
    const auto device = chooseDevice("auto", 1, issues);
    ASSERT_TRUE(device);
    EXPECT_EQ((*device)->id(), "cpu");
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues[0].what.code, "jobs.cpu_instead");
    EXPECT_EQ(issues[0].what.argument("why"), "cuda.failed");
    EXPECT_EQ(issues[0].what.argument("call"), "fakeLaunch");
    EXPECT_FALSE(chooseDevice("cuda", 1, issues));
}

}  // namespace
}  // namespace lamina
