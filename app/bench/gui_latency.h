// How long the GUI thread lets an event wait.
#pragma once

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

class QObject;

namespace lamina::bench {

/// While it lives, a thread of its own posts an event to the GUI thread, waits until it is handled, and again: every waiting time is kept.
class GuiLatency {
public:
    explicit GuiLatency(QObject& receiver);
    ~GuiLatency();

    /// Milliseconds, sorted. Ends the measurement. GUI thread.
    std::vector<double> finish();

private:
    void measure();

    QObject& m_receiver;
    std::shared_ptr<std::vector<double>> m_milliseconds;  ///< filled in the GUI thread; an event may be handled after the end
    std::atomic<bool> m_end = false;
    std::thread m_thread;
};

}  // namespace lamina::bench
