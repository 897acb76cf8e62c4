// Bytes put aside on the project's disk, so that a disk that becomes full does not end the work at once: they are given up when a commit finds no
// room, and set aside again when there is some.
#pragma once

#include <atomic>
#include <mutex>

#include "core/base/files.h"

namespace lamina {

/// Any thread may call anything.
class DiskReserve {
public:
    enum class State {
        None,    ///< nobody asked for one, or there was no room for it
        Made,
        GivenUp  ///< the disk was full: what is written now takes its place
    };
    static constexpr std::uint64_t usualBytes = 32ull << 20;

    explicit DiskReserve(Path file) : m_file(std::move(file)) {}

    /// Writes the file and syncs it, where it is not there yet. Refuses ("disk.full") unless three times as much is free. After giveUp() it counts as
    /// made again. Takes some 50 ms.
    Result<void> make(std::uint64_t bytes = usualBytes);
    /// True: there was one, and now its bytes are free.
    bool giveUp();
    State state() const { return m_state; }

private:
    Path m_file;
    std::mutex m_mutex;
    std::atomic<State> m_state = State::None;
};

}  // namespace lamina
