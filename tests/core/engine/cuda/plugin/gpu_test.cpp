// The plug-in of this build: it gives a device or a reason, and the GPU proves itself.
#include "tests/core/engine/cuda/plugin/gpu.h"

#include <set>

namespace lamina {
namespace {

TEST(Gpu, ThePlugInOfThisBuildGivesADeviceOrAReason) {
    const std::set<std::string> reasons{"cuda.no_libraries", "cuda.no_driver",  "cuda.old_driver",
                                        "cuda.no_device",    "cuda.old_device", "cuda.out_of_memory"};
    EXPECT_TRUE(gpu() ? (*gpu())->id() == "cuda" : reasons.count(gpu().error().code) == 1) << (gpu() ? "" : gpu().error().debugText());
}

TEST(Gpu, OneThatIsNotThereIsSaidToBeUnknown) {
    LAMINA_NEEDS_GPU();
    CudaOptions options = pluginOfThisBuild();
    options.device = 1000;
    const auto device = loadCudaDevice(options);
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, "cuda.unknown_device");
}

TEST(Gpu, ProvesItself) {
    LAMINA_NEEDS_GPU();
    const auto lines = testAgainstReference(**gpu());
    ASSERT_TRUE(lines) << lines.error().debugText();
    for (const auto& line : *lines) {
        std::printf("%-12s %.2e of %.0e\n", line.family.c_str(), line.error, line.limit);
        EXPECT_TRUE(line.passed()) << line.family << ": " << line.error;
    }
}

}  // namespace
}  // namespace lamina
