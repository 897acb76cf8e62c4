// A place for the newest snapshot only: a core thread puts, the window or the terminal takes when it has time.
#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace lamina {

template <class T>
class Mailbox {
public:
    /// Replaces what nobody took. Never waits for the reader's work.
    void put(T value) {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
    }
    /// The newest value, once; empty where nothing new came.
    std::optional<T> take() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

private:
    std::mutex m_mutex;
    std::optional<T> m_value;
};

}  // namespace lamina
