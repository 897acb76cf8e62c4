// The plug-in of tests/support/fake_gpu.cpp in the place of the real one, as long as this lives.
#pragma once

#include <cstdlib>
#include <string>

namespace lamina {

class FakeGpu {
public:
    FakeGpu() { setenv("LAMINA_CUDA_PLUGIN", file().c_str(), 1); }
    ~FakeGpu() {
        for (const char* variable : {"LAMINA_CUDA_PLUGIN", "LAMINA_FAKE_GPU_LARGEST", "LAMINA_FAKE_GPU_FAILS_AT", "LAMINA_FAKE_GPU_BUILD"}) unsetenv(variable);
    }
    static std::string file() { return std::string(LAMINA_BINARY_DIR) + "/tests/libfake_gpu.so"; }
    /// Refuses plans with a value of more numbers. The self-test's largest has 3960.
    void refuseAbove(int numbers) { setenv("LAMINA_FAKE_GPU_LARGEST", std::to_string(numbers).c_str(), 1); }
    void sayBuiltFor(const char* build) { setenv("LAMINA_FAKE_GPU_BUILD", build, 1); }
    /// Is lost in this step of a training, for every device made from now on, too. The self-test does three steps.
    void failAt(int step) { setenv("LAMINA_FAKE_GPU_FAILS_AT", std::to_string(step).c_str(), 1); }
};

}  // namespace lamina
