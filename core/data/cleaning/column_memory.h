// Memory for the values of a column that is being made.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace lamina {

/// So many values that nobody has written yet: threads that fill them get their pages by themselves, large ones where the system has them.
template <class T>
class ColumnMemory {
    static_assert(std::is_trivial_v<T>);

public:
    ColumnMemory() = default;
    explicit ColumnMemory(std::size_t count) : m_count(count) {
        constexpr std::size_t largePage = std::size_t{2} << 20;
        const std::size_t bytes = count * sizeof(T);
        if (bytes == 0) return;
        void* memory = nullptr;
        const bool large = bytes >= 2 * largePage;
        if (posix_memalign(&memory, large ? largePage : alignof(std::max_align_t), bytes) != 0) throw std::bad_alloc();
        if (large) (void)madvise(memory, bytes, MADV_HUGEPAGE);
        m_data = static_cast<T*>(memory);
    }
    ~ColumnMemory() { std::free(m_data); }
    ColumnMemory(ColumnMemory&& other) noexcept : m_data(std::exchange(other.m_data, nullptr)), m_count(std::exchange(other.m_count, 0)) {}
    ColumnMemory& operator=(ColumnMemory&& other) noexcept {
        std::swap(m_data, other.m_data);
        std::swap(m_count, other.m_count);
        return *this;
    }

    T* data() const { return m_data; }
    std::size_t size() const { return m_count; }
    T& operator[](std::size_t i) const { return m_data[i]; }
    std::span<const T> all() const { return {m_data, m_count}; }

private:
    T* m_data = nullptr;
    std::size_t m_count = 0;
};

}  // namespace lamina
