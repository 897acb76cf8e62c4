#include "core/training/session.h"

#include <new>
#include <thread>

#include "core/training/training_loop.h"

namespace lamina {

struct TrainingSession::State {
    TrainingJob job;
    TrainingControl control;
    TrainingResult result;
    std::atomic<bool> done{false};
    std::thread thread;
};

TrainingSession::TrainingSession(TrainingJob job) : m_state(std::make_unique<State>()) {
    m_state->job = std::move(job);
    m_state->thread = std::thread([state = m_state.get()] {
        try {
            state->result = runTraining(state->job, state->control);
        } catch (const std::bad_alloc&) {
            state->result.end = TrainingEnd::Failed;
            state->result.error = fail("training.out_of_memory", {{"batch", std::to_string(state->job.plan.batchSize)}});
        } catch (const std::exception& problem) {
            state->result.end = TrainingEnd::Failed;
            state->result.error = fail("training.exception", {{"reason", problem.what()}});
        }
        state->done = true;
    });
}

TrainingSession::~TrainingSession() {
    stop();
    wait();
}

Mailbox<TrainingSnapshot>& TrainingSession::snapshots() { return m_state->control.snapshots; }
void TrainingSession::pause() { m_state->control.setPaused(true); }
void TrainingSession::resume() { m_state->control.setPaused(false); }
bool TrainingSession::done() const { return m_state->done; }
void TrainingSession::stopAfterEpoch() { m_state->control.stopAfterEpoch = true; }

void TrainingSession::stop() {
    m_state->control.stop = true;
    m_state->control.setPaused(false);
}

const TrainingResult& TrainingSession::wait() {
    if (m_state->thread.joinable()) m_state->thread.join();
    return m_state->result;
}

}  // namespace lamina
