#include "core/data/cleaning/column_memory.h"

#include <sys/mman.h>

#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>

namespace lamina {
namespace {

constexpr std::size_t largePage = std::size_t{2} << 20, smallestKept = std::size_t{256} << 10, mostKept = std::size_t{128} << 20;

bool isKept(std::size_t bytes) { return bytes >= smallestKept; }

/// Sizes that are nearly alike become one, so that what one column leaves fits the next.
std::size_t roundedSize(std::size_t bytes) {
    const std::size_t step = bytes >= 2 * largePage ? largePage : smallestKept;
    return isKept(bytes) ? (bytes + step - 1) / step * step : bytes;
}

class KeptMemory {
public:
    void* take(std::size_t bytes) {
        const std::lock_guard lock(m_mutex);
        for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
            if (block->bytes != bytes) continue;
            void* const memory = block->memory;
            m_blocks.erase(std::next(block).base());
            m_kept -= bytes;
            return memory;
        }
        return nullptr;
    }

    void give(void* memory, std::size_t bytes) {
        if (bytes > mostKept) return std::free(memory);
        (void)madvise(memory, bytes, MADV_FREE);
        const std::lock_guard lock(m_mutex);
        m_blocks.push_back({memory, bytes});
        m_kept += bytes;
        while (m_kept > mostKept) {
            std::free(m_blocks.front().memory);
            m_kept -= m_blocks.front().bytes;
            m_blocks.erase(m_blocks.begin());
        }
    }

private:
    struct Block {
        void* memory;
        std::size_t bytes;
    };
    std::mutex m_mutex;
    std::vector<Block> m_blocks;  ///< those that were handed back last come last
    std::size_t m_kept = 0;
};

/// Never destroyed: columns may live longer than anything static.
KeptMemory& keptMemory() {
    static KeptMemory* const kept = new KeptMemory;
    return *kept;
}

}  // namespace

void* takeColumnMemory(std::size_t bytes) {
    bytes = roundedSize(bytes);
    if (isKept(bytes))
        if (void* const kept = keptMemory().take(bytes)) return kept;
    const bool large = bytes >= 2 * largePage;
    constexpr std::size_t page = 4096;
    void* memory = nullptr;
    if (posix_memalign(&memory, large ? largePage : isKept(bytes) ? page : alignof(std::max_align_t), bytes) != 0) throw std::bad_alloc();
    if (large) (void)madvise(memory, bytes, MADV_HUGEPAGE);
    return memory;
}

void giveColumnMemory(void* memory, std::size_t bytes) {
    bytes = roundedSize(bytes);
    if (isKept(bytes)) keptMemory().give(memory, bytes);
    else std::free(memory);
}

}  // namespace lamina
