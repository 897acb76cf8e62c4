#include "app/pages/label/label_saver.h"

#include <utility>

#include "app/workspace/workspace.h"

namespace lamina {

namespace {

constexpr int againMilliseconds = 5000;

/// A reason that may pass.
bool mayPass(const Error& error) {
    return error.code == "disk.full_while_writing" || error.code == "disk.full" || error.code == "store.io" || error.code == "store.busy";
}

}  // namespace

LabelSaver::LabelSaver(Workspace& workspace) : m_workspace(workspace) {
    m_again.setSingleShot(true);
    m_again.setInterval(againMilliseconds);
    connect(&m_again, &QTimer::timeout, this, &LabelSaver::tryAgain);
}

void LabelSaver::write(Begin begin) {
    const auto project = m_workspace.shared();
    if (!project) return;
    if (!m_kept.empty()) {  // what comes later may build on it
        m_kept.push_back(std::move(begin));
    } else {
        EditFuture future = begin(*project);
        m_writes.push_back({std::move(begin), std::move(future)});
        await();
    }
    emit progressed();
}

void LabelSaver::await() {
    if (m_waits || m_writes.empty()) return;
    m_waits = true;
    auto waiting = std::make_shared<EditFuture>(std::move(m_writes.front().future));
    m_workspace.tasks().quietly(this, [project = m_workspace.shared(), waiting](TaskContext&) { return waiting->get(); },
                                [this, number = m_project](Result<EditReceipt> receipt) {
                                    if (number != m_project) return;
                                    m_waits = false;
                                    Begin begin = std::move(m_writes.front().begin);
                                    m_writes.pop_front();
                                    done(receipt, std::move(begin));
                                });
}

void LabelSaver::done(const Result<EditReceipt>& receipt, Begin begin) {
    const bool again = std::exchange(m_retrying, false);
    if (receipt) {
        if (receipt->sequence != 0) m_own.insert(receipt->sequence);
        m_workspace.noteEdit();
        if (again) tryAgain();
    } else if (mayPass(receipt.error()) || (!again && !m_kept.empty())) {
        if (again) m_kept.push_front(std::move(begin));
        else m_kept.push_back(std::move(begin));
        m_again.start();
        emit noRoom(receipt.error());
    } else {
        if (again) tryAgain();
        emit refused(receipt.error());
    }
    await();
    emit progressed();
    if (isIdle()) emit idle();
}

void LabelSaver::tryAgain() {
    const auto project = m_workspace.shared();
    if (!project || m_kept.empty() || !m_writes.empty()) return;
    m_retrying = true;
    Begin begin = std::move(m_kept.front());
    m_kept.pop_front();
    EditFuture future = begin(*project);
    m_writes.push_back({std::move(begin), std::move(future)});
    await();
}

void LabelSaver::forget() {
    ++m_project;
    m_writes.clear();
    m_kept.clear();
    m_own.clear();
    m_again.stop();
    m_waits = m_retrying = false;
}

}  // namespace lamina
