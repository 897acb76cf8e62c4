#include "core/engine/cpu/thread_pool.h"

#include <omp.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lamina::cpu {

namespace {

// Longer than a slice takes another thread: who sleeps between two steps comes late to the next one, is idle sooner at its end, and sleeps again
// (waking up takes a virtual machine 50 µs and more). Shorter than anybody would notice.
constexpr std::int64_t spinNanoseconds = 400'000;

void pauseBriefly() {
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/// Waits awake for a while; true as soon as `done` is.
template <class Done>
bool spinUntil(Done done) {
    const std::int64_t end = ThreadPool::nanoseconds() + spinNanoseconds;
    do {
        for (int round = 0; round < 32; ++round) {
            if (done()) return true;
            pauseBriefly();
        }
    } while (ThreadPool::nanoseconds() < end);
    return false;
}

std::uint32_t slicesLeft(std::uint64_t ticket) { return static_cast<std::uint32_t>(ticket); }

}  // namespace

ComputeThread::ComputeThread() : m_openMpThreads(omp_get_max_threads()) {
    omp_set_num_threads(1);
#if defined(__x86_64__)
    m_control = _mm_getcsr();
    _mm_setcsr(m_control | 0x8040);
#endif
}

ComputeThread::~ComputeThread() {
    omp_set_num_threads(m_openMpThreads);
#if defined(__x86_64__)
    _mm_setcsr(m_control);
#endif
}

ThreadPool::ThreadPool(int threads) : m_shares(static_cast<std::size_t>(std::max(threads, 1))) {
    for (int worker = 1; worker < threads; ++worker) m_workers.emplace_back([this, worker] { work(worker); });
}

ThreadPool::~ThreadPool() {
    m_stop.store(true);
    m_wake.fetch_add(1);
    m_wake.notify_all();
    for (auto& worker : m_workers) worker.join();
}

std::int64_t ThreadPool::nanoseconds() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void ThreadPool::runSlices(int slices, Call call, void* context) {
    if (slices <= 0) return;
    if (m_observer) return runObserved(slices, call, context);
    runAll(slices, call, context);
}

void ThreadPool::runObserved(int slices, Call call, void* context) {
    struct Observed {
        Call call;
        void* context;
        SliceObserver* observer;
    } observed{call, context, m_observer};
    const Call timed = [](void* context, int slice, int worker) {
        const auto& o = *static_cast<Observed*>(context);
        const std::int64_t begin = nanoseconds();
        o.call(o.context, slice, worker);
        o.observer->ran(worker, begin, nanoseconds());
    };
    runAll(slices, timed, &observed);
}

void ThreadPool::runAll(int slices, Call call, void* context) {
    if (slices == 1 || m_workers.empty() || m_busy.exchange(true, std::memory_order_acquire)) {
        for (int slice = 0; slice < slices; ++slice) call(context, slice, 0);
        return;
    }
    m_call.store(call, std::memory_order_relaxed);
    m_context.store(context, std::memory_order_relaxed);
    m_count.store(static_cast<std::uint32_t>(slices), std::memory_order_relaxed);
    m_done.store(0, std::memory_order_relaxed);
    const std::uint64_t generation = (m_shares[0].ticket.load(std::memory_order_relaxed) >> 32) + 1;
    // The first one is what everybody waits for: it comes last.
    for (int share = threads() - 1; share >= 0; --share) {
        const int left = firstOf(share + 1, slices) - firstOf(share, slices);
        m_shares[static_cast<std::size_t>(share)].ticket.store(generation << 32 | static_cast<std::uint32_t>(left));
    }
    if (m_sleepers.load() > 0) {
        m_wake.fetch_add(1);
        m_wake.notify_all();
    }
    while (claimAndRun(0)) {
    }
    waitForOthers(static_cast<std::uint32_t>(slices));
    m_busy.store(false, std::memory_order_release);
}

void ThreadPool::waitForOthers(std::uint32_t slices) {
    if (spinUntil([&] { return m_done.load(std::memory_order_acquire) == slices; })) return;
    // Other programs have the core of a thread that is still at work: it may take this one's.
    for (std::uint32_t done = m_done.load(std::memory_order_acquire); done != slices; done = m_done.load(std::memory_order_acquire)) m_done.wait(done);
}

bool ThreadPool::claimAndRun(int worker) {
    for (int i = 0; i < threads(); ++i)
        if (claimFrom((worker + i) % threads(), worker)) return true;
    return false;
}

bool ThreadPool::claimFrom(int share, int worker) {
    std::atomic<std::uint64_t>& shared = m_shares[static_cast<std::size_t>(share)].ticket;
    std::uint64_t ticket = shared.load(std::memory_order_acquire);
    for (;;) {
        // The fields change only while no slice is left: a claim that succeeds has read those of its own job.
        if (slicesLeft(ticket) == 0) return false;
        const Call call = m_call.load(std::memory_order_relaxed);
        void* const context = m_context.load(std::memory_order_relaxed);
        const std::uint32_t count = m_count.load(std::memory_order_relaxed);
        if (shared.compare_exchange_weak(ticket, ticket - 1, std::memory_order_acq_rel, std::memory_order_acquire)) {
            call(context, firstOf(share + 1, static_cast<int>(count)) - static_cast<int>(slicesLeft(ticket)), worker);
            if (m_done.fetch_add(1, std::memory_order_acq_rel) + 1 == count) m_done.notify_one();
            return true;
        }
    }
}

void ThreadPool::waitForJob(std::uint64_t seen) {
    if (spinUntil([&] { return (m_shares[0].ticket.load(std::memory_order_relaxed) >> 32) != seen || m_stop.load(std::memory_order_relaxed); })) return;
    const std::uint32_t wake = m_wake.load();
    m_sleepers.fetch_add(1);
    if ((m_shares[0].ticket.load() >> 32) == seen && !m_stop.load()) m_wake.wait(wake);
    m_sleepers.fetch_sub(1);
}

void ThreadPool::work(int worker) {
    const ComputeThread settings;
    pthread_setname_np(pthread_self(), "lamina-compute");
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), getpriority(PRIO_PROCESS, 0) + 1);
    std::uint64_t seen = 0;
    while (!m_stop.load(std::memory_order_relaxed)) {
        waitForJob(seen);
        seen = m_shares[0].ticket.load(std::memory_order_acquire) >> 32;
        while (claimAndRun(worker)) {
        }
    }
}

}  // namespace lamina::cpu
