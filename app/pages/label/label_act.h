// A change that a panel of the Label page makes: queued at once, waited for in the background, then said to the window.
#pragma once

#include <functional>
#include <memory>

#include "app/workspace/workspace.h"

namespace lamina {

/// GUI thread. `begin` (Project&) → EditFuture; `done` gets the receipt.
template <class Begin, class Done>
void beginLabelAct(Workspace& workspace, QObject* context, Begin begin, Done done) {
    const auto project = workspace.shared();
    if (!project || workspace.readOnly()) return;
    auto future = std::make_shared<EditFuture>(begin(*project));
    workspace.tasks().quietly(context, [project, future](TaskContext&) { return future->get(); }, [&workspace, done = std::move(done)](Result<EditReceipt> receipt) {
        if (receipt) workspace.noteEdit();
        done(receipt);
    });
}

}  // namespace lamina
