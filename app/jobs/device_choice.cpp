#include "app/jobs/device_choice.h"

#include <algorithm>
#include <array>

#include "core/engine/cuda/cuda_device.h"

namespace lamina {
namespace {

/// Is this worth telling somebody who did not ask for the GPU?
bool meansThereIsAGpu(const Error& error) {
    constexpr std::array none{"cuda.not_built", "cuda.no_libraries", "cuda.no_driver", "cuda.no_device"};
    return std::find(none.begin(), none.end(), error.code) == none.end();
}

}  // namespace

std::vector<DeviceEntry> listDevices() {
    std::vector<DeviceEntry> list{{"cpu", makeCpuDevice({})->description(), std::nullopt}};
    auto gpu = makeCudaDevice();
    if (gpu) list.push_back({"cuda", (*gpu)->description(), std::nullopt});
    else list.push_back({"cuda", {}, gpu.takeError()});
    return list;
}

Result<std::unique_ptr<Device>> chooseDevice(const std::string& wanted, int threads, std::vector<Issue>& issues) {
    if (wanted != "auto" && wanted != "cpu" && wanted != "cuda") return fail("jobs.unknown_device", {{"device", wanted}});
    if (wanted != "cpu") {
        auto gpu = makeCudaDevice();
        if (gpu || wanted == "cuda") return gpu;
        if (meansThereIsAGpu(gpu.error())) issues.push_back({Severity::Warning, gpu.takeError(), 1});
    }
    return makeCpuDevice({.threads = threads, .instructionSet = {}});
}

}  // namespace lamina
