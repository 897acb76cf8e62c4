#include "core/base/worker_pool.h"

#include <utility>

namespace lamina {

WorkerPool::~WorkerPool() {
    waitForDone();
    {
        const std::lock_guard lock(m_mutex);
        m_end = true;
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads) thread.join();
}

void WorkerPool::start(std::function<void()> work) {
    const std::lock_guard lock(m_mutex);
    m_queue.push_back(std::move(work));
    if (m_running + m_queue.size() > m_threads.size() && m_threads.size() < m_mostThreads) m_threads.emplace_back([this] { serve(); });
    m_wake.notify_one();
}

void WorkerPool::waitForDone() {
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [this] { return m_queue.empty() && m_running == 0; });
}

void WorkerPool::serve() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_end || !m_queue.empty(); });
        if (m_queue.empty()) return;
        std::function<void()> work = std::move(m_queue.front());
        m_queue.pop_front();
        ++m_running;
        lock.unlock();
        work();
        work = {};  // what it held is gone before anybody is told that it is done
        lock.lock();
        --m_running;
        if (m_queue.empty() && m_running == 0) m_idle.notify_all();
    }
}

}  // namespace lamina
