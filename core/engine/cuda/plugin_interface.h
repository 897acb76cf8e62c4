// What the program and the plug-in liblamina-cuda.so agree on. Both are built from one source tree by one compiler; `build` proves it.
#pragma once

#include <memory>
#include <string>

#include "core/engine/device.h"

namespace lamina {

struct CudaOptions {
    int device = 0;      ///< number of the GPU, as nvidia-smi counts
    bool tf32 = false;   ///< products of dense layers rounded to TF32 (10 bits of mantissa) on the tensor cores: faster, no longer exact float32
    std::string plugin;  ///< path of the plug-in; empty: $LAMINA_CUDA_PLUGIN, beside the program, ../lib/lamina
};

struct CudaPlugin {
    const char* build;
    Result<std::unique_ptr<Device>> (*create)(const CudaOptions& options);
};

/// `extern "C" const CudaPlugin* lamina_cuda_plugin()`
using CudaPluginEntry = const CudaPlugin* (*)();
constexpr const char* cudaPluginEntry = "lamina_cuda_plugin";
constexpr const char* cudaPluginFile = "liblamina-cuda.so";
/// Raised by one when a type that crosses the border changes: Graph, Device, DevicePlan, DeviceFailure, CudaOptions.
#define LAMINA_CUDA_BUILD "lamina-cuda 3, " __VERSION__

}  // namespace lamina
