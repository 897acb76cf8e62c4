// Memory for the values of a column that is being made.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace lamina {

/// Memory that nobody has written yet: threads that fill it get its pages by themselves, large ones where the system has them. What is handed back may
/// serve the next columns, because the system fills new pages with zeros, which takes as long as many a step; what is kept so is the system's to take when
/// it is short of memory. Throws std::bad_alloc. Any thread.
void* takeColumnMemory(std::size_t bytes);
void giveColumnMemory(void* memory, std::size_t bytes);

template <class T>
class ColumnMemory {
    static_assert(std::is_trivial_v<T>);

public:
    ColumnMemory() = default;
    explicit ColumnMemory(std::size_t count) : m_data(count > 0 ? static_cast<T*>(takeColumnMemory(count * sizeof(T))) : nullptr), m_count(count) {}
    ~ColumnMemory() {
        if (m_data) giveColumnMemory(m_data, m_count * sizeof(T));
    }
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
