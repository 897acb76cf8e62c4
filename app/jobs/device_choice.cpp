#include "app/jobs/device_choice.h"

#include <algorithm>
#include <array>

#include "core/engine/cpu/instruction_set.h"
#include "core/engine/cuda/cuda_device.h"
#include "core/engine/device_failure.h"
#include "core/training/training_loop.h"

namespace lamina {
namespace {

/// Is this worth telling somebody who did not ask for the GPU?
bool meansThereIsAGpu(const Error& error) {
    constexpr std::array none{"cuda.not_built", "cuda.no_libraries", "cuda.no_driver", "cuda.no_device"};
    return std::find(none.begin(), none.end(), error.code) == none.end();
}

Issue cpuInstead(const Error& reason) {
    Error remark = fail("jobs.cpu_instead", {{"why", reason.code}});
    for (const auto& [name, value] : reason.arguments) remark = std::move(remark).with(name, value);
    return {Severity::Warning, std::move(remark), 1};
}

Result<void> tried(TrainingJob& job) {
    try {
        return tryTraining(job);
    } catch (const DeviceFailure& failure) {
        return fail("cuda.failed", {{"call", failure.call()}, {"reason", failure.reason()}});
    }
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
    if (wanted != "auto" && wanted != "cpu" && wanted != "cuda" && wanted != "cuda-tf32") return fail("jobs.unknown_device", {{"device", wanted}});
    if (const auto level = wantedInstructionSet(); !knowsInstructionSet(level)) return fail("jobs.unknown_instruction_set", {{"found", level}});
    if (wanted != "cpu") {
        auto gpu = makeCudaDevice({.tf32 = wanted == "cuda-tf32", .plugin = {}});
        if (gpu || wanted != "auto") return gpu;
        if (meansThereIsAGpu(gpu.error())) issues.push_back(cpuInstead(gpu.error()));
    }
    return makeCpuDevice({.threads = threads, .instructionSet = {}});
}

Result<std::unique_ptr<Device>> chooseDeviceFor(TrainingJob& job, const std::string& wanted, int threads, std::vector<Issue>& issues) {
    LAMINA_TRY(auto device, chooseDevice(wanted, threads, issues));
    job.device = device.get();
    if (wanted != "auto" || device->id() != "cuda") return device;
    const auto fits = tried(job);
    if (fits || !fits.error().code.starts_with("cuda.")) return device;  // what is not the GPU's own the training says itself
    issues.push_back(cpuInstead(fits.error()));
    device = makeCpuDevice({.threads = threads, .instructionSet = {}});
    job.device = device.get();
    return device;
}

}  // namespace lamina
