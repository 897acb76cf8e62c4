// The GPU of these tests: loaded once, or the words why there is none.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/engine/cuda/cuda_device.h"

namespace lamina {

inline CudaOptions pluginOfThisBuild() {
    CudaOptions options;
    const char* const named = std::getenv("LAMINA_CUDA_PLUGIN");
    if (!named || !*named) options.plugin = std::string(LAMINA_BINARY_DIR) + "/bin/" + cudaPluginFile;
    return options;
}

inline const Result<std::unique_ptr<Device>>& gpu() {
    static const Result<std::unique_ptr<Device>> device = loadCudaDevice(pluginOfThisBuild());
    return device;
}

/// The same GPU with its products rounded to TF32.
inline const Result<std::unique_ptr<Device>>& tensorCores() {
    static const Result<std::unique_ptr<Device>> device = [] {
        CudaOptions options = pluginOfThisBuild();
        options.tf32 = true;
        return loadCudaDevice(options);
    }();
    return device;
}

}  // namespace lamina

#define LAMINA_NEEDS_GPU() \
    if (!gpu()) GTEST_SKIP() << "no GPU here: " << gpu().error().debugText()
