#include "app/bench/gui_latency.h"

#include <QObject>

#include <algorithm>
#include <chrono>

namespace lamina::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto pause = std::chrono::milliseconds(2);

double since(Clock::time_point start) { return std::chrono::duration<double, std::milli>(Clock::now() - start).count(); }

}  // namespace

GuiLatency::GuiLatency(QObject& receiver) : m_receiver(receiver), m_milliseconds(std::make_shared<std::vector<double>>()), m_thread([this] { measure(); }) {}

GuiLatency::~GuiLatency() { (void)finish(); }

void GuiLatency::measure() {
    while (!m_end) {
        auto handled = std::make_shared<std::atomic<bool>>(false);
        const auto start = Clock::now();
        QMetaObject::invokeMethod(&m_receiver, [kept = m_milliseconds, start, handled] {
            kept->push_back(since(start));
            *handled = true;
        }, Qt::QueuedConnection);
        while (!*handled && !m_end) std::this_thread::sleep_for(pause);
        std::this_thread::sleep_for(pause);
    }
}

std::vector<double> GuiLatency::finish() {
    m_end = true;
    if (m_thread.joinable()) m_thread.join();
    std::vector<double> sorted = *m_milliseconds;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

}  // namespace lamina::bench
