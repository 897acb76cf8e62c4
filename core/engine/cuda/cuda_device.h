// The door to NVIDIA GPUs: the plug-in liblamina-cuda.so is loaded when somebody asks for it, and every reason why there is no GPU is an
// Error with words of its own. Nothing of NVIDIA's is needed to build or link this.
#pragma once

#include <string>
#include <vector>

#include "core/engine/cuda/plugin_interface.h"
#include "core/engine/device.h"

namespace lamina {

/// The GPU's device, not yet proven. Blocks for up to a second at the first call (driver, libraries): not for the window's thread.
/// "cuda.not_built" {where}, "cuda.no_libraries" {library}, "cuda.plugin_broken" {reason}, "cuda.plugin_differs" {found, expected}, and what the
/// plug-in finds: "cuda.no_driver", "cuda.old_driver" {driver, needed}, "cuda.no_device", "cuda.unknown_device" {found, wanted},
/// "cuda.old_device" {name, capability}, "cuda.out_of_memory" {wanted, free}, "cuda.failed" {call, reason}.
Result<std::unique_ptr<Device>> loadCudaDevice(const CudaOptions& options = {});

/// How far a device is from the reference device in one family of ops.
struct SelfTestLine {
    std::string family;
    double error = 0;  ///< |found - expected| / |expected|, Euclidean, the worst value
    double limit = 0;
    bool passed() const { return error <= limit; }
};
/// Small graphs of every family of ops, computed by `device` and by the reference device. Fails where a graph cannot be run at all.
/// `tf32`: products may be as far off as TF32 is.
Result<std::vector<SelfTestLine>> testAgainstReference(Device& device, bool tf32 = false);

/// The GPU's device once it has given the same numbers as the reference device in this process: "cuda.self_test" {family, error, limit}.
Result<std::unique_ptr<Device>> makeCudaDevice(const CudaOptions& options = {});

}  // namespace lamina
