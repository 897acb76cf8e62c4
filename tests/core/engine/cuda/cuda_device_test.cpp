// The door: every machine gets a device or a reason in words, and a device that computes wrong is not let in.
#include "core/engine/cuda/cuda_device.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/engine/device_failure.h"
#include "core/engine/ops.h"
#include "core/engine/program.h"
#include "tests/support/fake_gpu.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

TEST(CudaDevice, AMissingPlugInIsSaidToBeMissing) {
    const auto device = loadCudaDevice({.plugin = "/nowhere/liblamina-cuda.so"});
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, "cuda.not_built");
    EXPECT_EQ(device.error().argument("where"), "/nowhere/liblamina-cuda.so");
}

TEST(CudaDevice, AFileThatIsNoLibraryIsSaidToBeBroken) {
    const TemporaryFolder folder;
    std::ofstream(folder / "liblamina-cuda.so") << "no library";
    const auto device = loadCudaDevice({.plugin = (folder / "liblamina-cuda.so").string()});
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, "cuda.plugin_broken");
}

TEST(CudaDevice, APlugInOfAnotherBuildIsRefused) {
    FakeGpu fake;
    fake.sayBuiltFor("lamina-cuda 0, another compiler");
    const auto device = loadCudaDevice();
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, "cuda.plugin_differs");
    EXPECT_EQ(device.error().argument("found"), "lamina-cuda 0, another compiler");
}

TEST(CudaDevice, APlugInThatComputesRightIsLetIn) {
    const FakeGpu fake;
    const auto device = makeCudaDevice();
    ASSERT_TRUE(device) << device.error().debugText();
    EXPECT_EQ((*device)->id(), "cuda");
    EXPECT_EQ((*device)->description(), "Fake GPU");
}

TEST(CudaDevice, AGpuThatFailsInItsSelfTestIsRefusedInItsOwnWords) {
    FakeGpu fake;
    fake.failAt(1);
    const auto device = makeCudaDevice();
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, "cuda.failed");
    EXPECT_EQ(device.error().argument("call"), "fakeLaunch");
    EXPECT_EQ(device.error().argument("reason"), "the card fell off the bus");
}

TEST(CudaDevice, AFailureCrossesThePlugInsBorder) {
    FakeGpu fake;
    fake.failAt(1);
    const auto device = loadCudaDevice();
    ASSERT_TRUE(device);
    Graph g;
    const ValueId p = g.parameter("p", {3}, {}), gradient = g.input("g", {3});
    const ValueId finite = ops::allFinite(g, {gradient});
    ops::optimizerUpdate(g, p, gradient, {}, finite, {.kind = OptimizerKind::Sgd});
    ParameterStore store(**device);
    const auto program = Program::create(std::move(g), **device, store, {finite}, 1);
    ASSERT_TRUE(program) << program.error().debugText();
    (*program)->run({1, 0, 0.1});
    try {
        (*program)->run({1, 1, 0.1});
        FAIL() << "the failure is to cross the plug-in's border";
    } catch (const DeviceFailure& failure) {
        EXPECT_EQ(failure.call(), "fakeLaunch");
        EXPECT_STREQ(failure.what(), "fakeLaunch: the card fell off the bus");
    }
    EXPECT_THROW(store.read("p"), DeviceFailure) << "what a lost card held is gone";
}

TEST(CudaDevice, TheReferencePassesItsOwnTest) {
    const auto reference = makeReferenceDevice(DType::Float32);
    const auto lines = testAgainstReference(*reference);
    ASSERT_TRUE(lines) << lines.error().debugText();
    EXPECT_GE(lines->size(), 9u);
    for (const auto& line : *lines) EXPECT_EQ(line.error, 0) << line.family;
}

/// Multiplies only half of what it should: the self-test must see that.
class WrongDevice : public Device {
public:
    std::string id() const override { return "wrong"; }
    std::string description() const override { return "wrong"; }
    Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) override {
        Graph other = graph;
        for (Op& op : other.ops)
            if (op.kind == OpKind::Binary && op.as<BinaryAttributes>().kind == BinaryKind::Divide)
                op.as<BinaryAttributes>().kind = BinaryKind::Multiply;
        return m_reference->plan(other, kept);
    }

private:
    std::unique_ptr<Device> m_reference = makeReferenceDevice(DType::Float32);
};

TEST(CudaDevice, ADeviceThatComputesWrongDoesNotPass) {
    WrongDevice wrong;
    const auto lines = testAgainstReference(wrong);
    ASSERT_TRUE(lines) << lines.error().debugText();
    for (const auto& line : *lines) EXPECT_EQ(line.passed(), line.family != "pointwise") << line.family;
}

}  // namespace
}  // namespace lamina
