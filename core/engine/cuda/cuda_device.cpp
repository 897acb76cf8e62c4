#include "core/engine/cuda/cuda_device.h"

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>

#include "core/engine/device_failure.h"

namespace lamina {

namespace {

std::vector<std::filesystem::path> placesOf(const CudaOptions& options) {
    if (!options.plugin.empty()) return {options.plugin};
    if (const char* named = std::getenv("LAMINA_CUDA_PLUGIN"); named && *named) return {named};
    std::error_code ignored;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    return {folder / cudaPluginFile, folder.parent_path() / "lib" / "lamina" / cudaPluginFile};
}

Result<std::filesystem::path> findPlugin(const CudaOptions& options) {
    const auto places = placesOf(options);
    std::error_code ignored;
    for (const auto& place : places)
        if (std::filesystem::is_regular_file(place, ignored)) return place;
    return fail("cuda.not_built", {{"where", places.front().string()}});
}

/// dlopen says "libcublas.so.13: cannot open shared object file: No such file or directory".
Error openFailure(const std::string& reason) {
    const auto end = reason.find(": cannot open shared object file");
    if (end == std::string::npos) return fail("cuda.plugin_broken", {{"reason", reason}});
    return fail("cuda.no_libraries", {{"library", reason.substr(0, end)}});
}

/// Never closed: devices made by it, and CUDA itself, live on until the process ends.
Result<const CudaPlugin*> openPlugin(const std::filesystem::path& file) {
    void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) return openFailure(dlerror());
    const auto entry = reinterpret_cast<CudaPluginEntry>(dlsym(library, cudaPluginEntry));
    if (!entry) return fail("cuda.plugin_broken", {{"reason", file.string()}});
    const CudaPlugin* const plugin = entry();
    if (std::strcmp(plugin->build, LAMINA_CUDA_BUILD) != 0)
        return fail("cuda.plugin_differs", {{"found", plugin->build}, {"expected", LAMINA_CUDA_BUILD}});
    return plugin;
}

std::string scientific(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1e", number);
    return text;
}

Result<std::vector<SelfTestLine>> tested(Device& device, bool tf32) {
    try {
        return testAgainstReference(device, tf32);
    } catch (const DeviceFailure& failure) {
        return fail("cuda.failed", {{"call", failure.call()}, {"reason", failure.reason()}});
    }
}

Result<void> prove(Device& device, bool tf32) {
    LAMINA_TRY(const auto lines, tested(device, tf32));
    for (const auto& line : lines)
        if (!line.passed())
            return fail("cuda.self_test", {{"family", line.family}, {"error", scientific(line.error)}, {"limit", scientific(line.limit)}});
    return {};
}

}  // namespace

Result<std::unique_ptr<Device>> loadCudaDevice(const CudaOptions& options) {
    LAMINA_TRY(const auto file, findPlugin(options));
    LAMINA_TRY(const auto* plugin, openPlugin(file));
    return plugin->create(options);
}

Result<std::unique_ptr<Device>> makeCudaDevice(const CudaOptions& options) {
    static std::mutex mutex;
    static std::set<std::string> proven;
    LAMINA_TRY(auto device, loadCudaDevice(options));
    const std::lock_guard lock(mutex);
    if (proven.count(device->description())) return device;
    LAMINA_CHECK(prove(*device, options.tf32));
    proven.insert(device->description());
    return device;
}

}  // namespace lamina
