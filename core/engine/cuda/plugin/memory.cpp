#include "core/engine/cuda/plugin/memory.h"

#include <cstring>

#include "core/engine/cuda/plugin/check.h"

namespace lamina::cuda {

Mirrored::~Mirrored() {
    cudaFree(device);
    cudaFreeHost(host);
}

std::shared_ptr<void> Memory::allocate(std::size_t bytes) {
    auto block = std::make_unique<Mirrored>();
    block->bytes = bytes ? bytes : 1;
    check(cudaHostAlloc(&block->host, block->bytes, cudaHostAllocPortable), "cudaHostAlloc");
    void* const host = block->host;
    std::memset(host, 0, block->bytes);
    const std::lock_guard lock(m_mutex);
    m_blocks.emplace(host, std::move(block));
    return {host, [owner = shared_from_this()](void* p) { owner->forget(p); }};
}

void Memory::forget(const void* host) {
    const std::lock_guard lock(m_mutex);
    m_blocks.erase(host);
}

Mirrored* Memory::find(const void* host) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_blocks.find(host);
    return found == m_blocks.end() ? nullptr : found->second.get();
}

Mirrored* Memory::mirrored(const void* host) {
    Mirrored* const block = find(host);
    if (block && !block->device) check(cudaMalloc(&block->device, block->bytes), "cudaMalloc");
    return block;
}

void upload(Mirrored& block, cudaStream_t stream) {
    if (!block.hostIsNewer) return;
    check(cudaMemcpyAsync(block.device, block.host, block.bytes, cudaMemcpyHostToDevice, stream), "cudaMemcpyAsync");
    block.hostIsNewer = false;
}

void download(Mirrored& block, cudaStream_t stream) {
    if (!block.deviceIsNewer) return;
    check(cudaMemcpyAsync(block.host, block.device, block.bytes, cudaMemcpyDeviceToHost, stream), "cudaMemcpyAsync");
    check(cudaStreamSynchronize(stream), "cudaStreamSynchronize");
    block.deviceIsNewer = false;
}

DeviceMemory::DeviceMemory(std::size_t bytes) { check(cudaMalloc(&m_memory, bytes ? bytes : 1), "cudaMalloc"); }
DeviceMemory::~DeviceMemory() { cudaFree(m_memory); }

}  // namespace lamina::cuda
