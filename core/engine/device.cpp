#include "core/engine/device.h"

#include <cstring>
#include <new>

namespace lamina {

std::shared_ptr<void> Device::allocate(std::size_t bytes) {
    constexpr std::align_val_t alignment{64};
    void* memory = ::operator new(bytes ? bytes : 1, alignment);
    std::memset(memory, 0, bytes);
    return {memory, [](void* p) { ::operator delete(p, std::align_val_t{64}); }};
}

void Device::makeReadable(const void*) {}
void Device::noteWritten(const void*) {}

}  // namespace lamina
