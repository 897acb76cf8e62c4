// What computes: the CPU, or an NVIDIA GPU that has proven itself in this process.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/device.h"

namespace lamina {

struct TrainingJob;

struct DeviceEntry {
    std::string id;                ///< what `--device` calls it: "cpu", "cuda"
    std::string description;       ///< empty where it cannot be used
    std::optional<Error> problem;  ///< why it cannot be used
};
/// Everything that Lamina could compute on here. The GPU is tried in earnest: this may take a second.
std::vector<DeviceEntry> listDevices();

/// "cpu", "cuda", "cuda-tf32" (products of dense layers on its tensor cores, to ten bits of mantissa; the error of a GPU that cannot be used)
/// or "auto": the GPU where it can be used, else the CPU. A GPU that is there and
/// cannot be used is told in `issues` ("jobs.cpu_instead"); on a machine without one there is nothing to tell. "jobs.unknown_device" {device}.
Result<std::unique_ptr<Device>> chooseDevice(const std::string& wanted, int threads, std::vector<Issue>& issues);

/// The same for this training, whose device it sets: with "auto", a GPU that refuses it ("cuda.too_large", "cuda.out_of_memory" …) gives way
/// to the CPU before the first step, told in `issues`. With "cuda" and "cuda-tf32" the refusal comes from the training itself, as its error.
Result<std::unique_ptr<Device>> chooseDeviceFor(TrainingJob& job, const std::string& wanted, int threads, std::vector<Issue>& issues);

}  // namespace lamina
