#include "app/workspace/next_steps.h"

namespace lamina {

namespace {

constexpr std::int64_t usualLook = 64;

/// True: everything is known. What was taken back is newer than all that counts, so the newest edit that counts ends the search.
bool searchSteps(const std::vector<JournalEntry>& entries, NextSteps& steps) {
    for (const JournalEntry& entry : entries) {
        if (entry.kind != EditKind::Normal) continue;
        if (entry.state == EditState::Undone) steps.redo = entry;  // the oldest of them is the next to be done again
        if (entry.state != EditState::Done) continue;
        steps.undo = entry;
        return true;
    }
    return false;
}

}  // namespace

Result<NextSteps> nextSteps(const Project& project) {
    for (std::int64_t limit = usualLook;; limit *= 16) {
        NextSteps steps;
        LAMINA_TRY(const auto entries, project.history(limit));
        if (!entries.empty()) steps.newestTime = entries.front().time;
        if (searchSteps(entries, steps) || std::ssize(entries) < limit) return steps;
    }
}

}  // namespace lamina
