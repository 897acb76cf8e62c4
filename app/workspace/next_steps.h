// What undo would take back next, and redo do again.
#pragma once

#include <optional>

#include "core/project/project.h"

namespace lamina {

struct NextSteps {
    std::optional<JournalEntry> undo, redo;  ///< nothing: there is none
    std::int64_t newestTime = 0;             ///< of the journal's newest line, whatever it is; 0: there is none
};

/// However far back they lie: every undo is a line of the journal, too. Reads; not in the GUI thread.
Result<NextSteps> nextSteps(const Project& project);

}  // namespace lamina
