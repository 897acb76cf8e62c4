// The threads of a CPU device. Work comes in slices whose number is fixed by shapes, never by the number of threads;
// whoever is free claims the next slice, so a thread that the system takes away delays one slice only.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <type_traits>
#include <vector>

namespace lamina::cpu {

/// Sees every slice that ran; called by the thread that ran it.
class SliceObserver {
public:
    virtual ~SliceObserver() = default;
    virtual void ran(int worker, std::int64_t beginNanoseconds, std::int64_t endNanoseconds) = 0;
};

/// One thread at a time owns the workers; a second caller that comes meanwhile does its slices alone (same results).
class ThreadPool {
public:
    /// `threads` counts the caller: threads - 1 workers are started.
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const { return static_cast<int>(m_shares.size()); }

    /// Calls function(slice, worker) for every slice in 0 … slices-1, in any order, on any thread; returns when all are done.
    /// worker is in 0 … threads()-1 and is never used by two slices at once. Allocates nothing. The function must not throw.
    template <class Function>
    void run(int slices, Function&& function) {
        using F = std::remove_reference_t<Function>;
        runSlices(
            slices, [](void* context, int slice, int worker) { (*static_cast<F*>(context))(slice, worker); }, &function);
    }

    /// By the thread that owns the workers, between its runs; nullptr: nobody.
    void observe(SliceObserver* observer) { m_observer = observer; }
    static std::int64_t nanoseconds();

private:
    using Call = void (*)(void* context, int slice, int worker);
    void runSlices(int slices, Call call, void* context);
    void runObserved(int slices, Call call, void* context);
    void runAll(int slices, Call call, void* context);
    void work(int worker);
    bool claimAndRun(int worker);
    bool claimFrom(int share, int worker);
    /// Where a thread's own share of the slices begins.
    int firstOf(int share, int slices) const { return static_cast<int>(static_cast<std::int64_t>(slices) * share / threads()); }
    void waitForOthers(std::uint32_t slices);
    void waitForJob(std::uint64_t seen);

    /// The slices of one thread: generation in the upper half, slices left in the lower. Nothing can be claimed while the fields of the next job are
    /// written. Each thread begins with its own share, the same in every run, so that what it has in its cache is not fetched from the other core;
    /// who is done helps the others.
    struct alignas(64) Share {
        std::atomic<std::uint64_t> ticket{0};
    };
    std::vector<Share> m_shares;
    alignas(64) std::atomic<std::uint32_t> m_done{0};
    alignas(64) std::atomic<std::uint32_t> m_count{0};
    std::atomic<Call> m_call{nullptr};
    std::atomic<void*> m_context{nullptr};
    std::atomic<std::uint32_t> m_wake{0};
    std::atomic<int> m_sleepers{0};
    std::atomic<bool> m_busy{false};
    std::atomic<bool> m_stop{false};
    std::vector<std::thread> m_workers;
    SliceObserver* m_observer = nullptr;
};

/// While it lives, this thread flushes denormal numbers to zero and OpenMP libraries called from it stay on it.
class ComputeThread {
public:
    ComputeThread();
    ~ComputeThread();
    ComputeThread(const ComputeThread&) = delete;
    ComputeThread& operator=(const ComputeThread&) = delete;

private:
    unsigned m_control = 0;
    int m_openMpThreads = 1;
};

}  // namespace lamina::cpu
