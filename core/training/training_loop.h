// The training loop itself; TrainingSession runs it in a thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "core/training/session.h"

namespace lamina {

/// What the outside may ask of a loop, from any thread.
class TrainingControl {
public:
    std::atomic<bool> stop{false}, stopAfterEpoch{false};
    Mailbox<TrainingSnapshot> snapshots;

    void setPaused(bool paused);
    bool paused() const { return m_paused.load(std::memory_order_relaxed); }
    /// Waits while paused and not stopped.
    void waitWhilePaused();

private:
    std::atomic<bool> m_paused{false};
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

/// A device that fails in the middle ends the training as Stopped, with the error "training.device_failed" {device, epoch, step, reason}.
TrainingResult runTraining(TrainingJob& job, TrainingControl& control);

/// Makes all that the training would make before its first step (programs of every batch size among it) and lets it go again: gives the error
/// that the training would begin with. `look` sees the parameters that were made. Throws DeviceFailure.
Result<void> tryTraining(TrainingJob& job, const std::function<void(const ParameterStore&)>& look = {});

}  // namespace lamina
