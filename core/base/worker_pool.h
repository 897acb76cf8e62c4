// A few threads that do work in the order in which it comes.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace lamina {

/// Any thread may call anything. Of our own rather than QThreadPool: the thread sanitizer sees what passes from thread to thread, which it cannot
/// inside a library that was built without it.
class WorkerPool {
public:
    /// Threads begin when they are first needed.
    explicit WorkerPool(int mostThreads) : m_mostThreads(static_cast<std::size_t>(mostThreads)) {}
    /// Waits for all that was started.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;

    /// `work` does not throw.
    void start(std::function<void()> work);
    /// Until nothing waits or runs.
    void waitForDone();

private:
    void serve();

    const std::size_t m_mostThreads;
    std::mutex m_mutex;
    std::condition_variable m_wake, m_idle;
    std::deque<std::function<void()>> m_queue;
    std::vector<std::thread> m_threads;
    std::size_t m_running = 0;
    bool m_end = false;
};

}  // namespace lamina
