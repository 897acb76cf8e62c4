// One question that a tool asks in a background thread.
#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QThreadPool>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/cancel.h"

namespace lamina {

/// May be dropped at any time: its answer is then never told. GUI thread.
template <class Answer>
class BackgroundSearch {
public:
    /// `ready` is called in the GUI thread, unless the search is gone by then.
    BackgroundSearch(std::function<Answer(const CancelToken&)> look, std::function<void()> ready) : m_state(std::make_shared<State>()) {
        QThreadPool::globalInstance()->start([state = m_state, look = std::move(look), ready = std::move(ready)] {
            Answer answer = look(state->cancel);
            {
                const std::lock_guard lock(state->mutex);
                state->answer.emplace(std::move(answer));
            }
            state->ended.notify_all();
            auto* application = QCoreApplication::instance();
            if (!application || state->cancel.cancelled()) return;
            QMetaObject::invokeMethod(application, [state, ready] {
                if (!state->cancel.cancelled()) ready();
            });
        });
    }
    ~BackgroundSearch() { m_state->cancel.cancel(); }
    BackgroundSearch(const BackgroundSearch&) = delete;
    BackgroundSearch& operator=(const BackgroundSearch&) = delete;

    bool isDone() const {
        const std::lock_guard lock(m_state->mutex);
        return m_state->answer.has_value();
    }
    const Answer& wait() const {
        std::unique_lock lock(m_state->mutex);
        m_state->ended.wait(lock, [this] { return m_state->answer.has_value(); });
        return *m_state->answer;
    }

private:
    struct State {
        CancelToken cancel;
        std::mutex mutex;
        std::condition_variable ended;
        std::optional<Answer> answer;
    };
    std::shared_ptr<State> m_state;
};

}  // namespace lamina
