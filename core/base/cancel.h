// Cancellation and progress: what every long job takes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace lamina {

/// Copyable; all copies share one flag. cancel() from any thread (and from a signal handler); long jobs ask cancelled()
/// at least every 100 ms and return fail("job.cancelled").
class CancelToken {
public:
    CancelToken() : m_flag(std::make_shared<std::atomic<bool>>(false)) {}
    void cancel() const noexcept { m_flag->store(true, std::memory_order_relaxed); }
    bool cancelled() const noexcept { return m_flag->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> m_flag;
};

/// How far a job is: done of total (total 0: unknown) in `unit` ("bytes", "rows", "steps"). Called from the job's thread.
struct Progress {
    std::string stage;
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::string unit;
};
using ProgressFunction = std::function<void(const Progress&)>;

}  // namespace lamina
