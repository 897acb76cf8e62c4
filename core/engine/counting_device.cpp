#include "core/engine/counting_device.h"

#include <sys/mman.h>

#include <algorithm>
#include <new>

namespace lamina {

std::size_t CountingDevice::blockBytes(std::size_t bytes) {
    constexpr std::size_t hugePage = std::size_t{2} << 20;
    return bytes < hugePage ? bytes : (bytes + 2 * hugePage - 1) / hugePage * hugePage;
}

std::shared_ptr<void> CountingDevice::allocate(std::size_t bytes) {
    m_bytes += blockBytes(bytes);
    const std::size_t length = std::max<std::size_t>(bytes, 1);
    void* const memory = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    return {memory, [length](void* address) { munmap(address, length); }};
}

}  // namespace lamina
