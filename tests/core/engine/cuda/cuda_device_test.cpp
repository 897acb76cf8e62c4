// Loading: every machine gets a device or a reason, and the GPU proves itself.
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/core/engine/cuda/gpu.h"
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

TEST(CudaDevice, ThePlugInOfThisBuildGivesADeviceOrAReason) {
    const CudaOptions options = pluginOfThisBuild();
    if (!options.plugin.empty() && !std::filesystem::exists(options.plugin)) GTEST_SKIP() << "built without LAMINA_CUDA";
    const std::set<std::string> reasons{"cuda.no_libraries", "cuda.no_driver",  "cuda.old_driver",
                                        "cuda.no_device",    "cuda.old_device", "cuda.out_of_memory"};
    EXPECT_TRUE(gpu() ? (*gpu())->id() == "cuda" : reasons.count(gpu().error().code) == 1) << (gpu() ? "" : gpu().error().debugText());
}

TEST(CudaDevice, AGpuThatIsNotThereIsSaidToBeUnknown) {
    LAMINA_NEEDS_GPU();
    CudaOptions options = pluginOfThisBuild();
    options.device = 1000;
    const auto device = loadCudaDevice(options);
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, "cuda.unknown_device");
}

TEST(CudaDevice, TheReferencePassesItsOwnTest) {
    const auto reference = makeReferenceDevice(DType::Float32);
    const auto lines = testAgainstReference(*reference);
    ASSERT_TRUE(lines) << lines.error().debugText();
    EXPECT_GE(lines->size(), 9u);
    for (const auto& line : *lines) EXPECT_EQ(line.error, 0) << line.family;
}

TEST(CudaDevice, TheGpuProvesItself) {
    LAMINA_NEEDS_GPU();
    const auto lines = testAgainstReference(**gpu());
    ASSERT_TRUE(lines) << lines.error().debugText();
    for (const auto& line : *lines) {
        std::printf("%-12s %.2e of %.0e\n", line.family.c_str(), line.error, line.limit);
        EXPECT_TRUE(line.passed()) << line.family << ": " << line.error;
    }
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
