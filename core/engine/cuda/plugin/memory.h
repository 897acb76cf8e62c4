// Host memory with a mirror on the GPU. What allocate() gives is page-locked host memory: the rest of Lamina reads and writes it as ever.
// A plan that uses it asks for the mirror; parameters and states stay there, and are copied when the other side wants to see them.
#pragma once

#include <cuda_runtime.h>

#include <map>
#include <memory>
#include <mutex>

namespace lamina::cuda {

struct Mirrored {
    void* host = nullptr;
    void* device = nullptr;  ///< made when a plan asks for it
    std::size_t bytes = 0;
    bool hostIsNewer = true, deviceIsNewer = false;
    ~Mirrored();
};

class Memory : public std::enable_shared_from_this<Memory> {
public:
    /// Zeroed. Throws Failure.
    std::shared_ptr<void> allocate(std::size_t bytes);
    /// The block that begins at `host`, with its mirror; nullptr where allocate() did not give it. Throws Failure.
    Mirrored* mirrored(const void* host);
    Mirrored* find(const void* host);

private:
    void forget(const void* host);

    std::mutex m_mutex;
    std::map<const void*, std::unique_ptr<Mirrored>> m_blocks;
};

/// Copies what the other side wrote; nothing where it wrote nothing.
void upload(Mirrored& block, cudaStream_t stream);
void download(Mirrored& block, cudaStream_t stream);

/// Memory on the GPU; freed with its owner. Throws Failure.
class DeviceMemory {
public:
    explicit DeviceMemory(std::size_t bytes);
    ~DeviceMemory();
    DeviceMemory(const DeviceMemory&) = delete;
    DeviceMemory& operator=(const DeviceMemory&) = delete;
    std::byte* at(std::size_t offset) const { return static_cast<std::byte*>(m_memory) + offset; }

private:
    void* m_memory = nullptr;
};

}  // namespace lamina::cuda
