// How far a project is, stage by stage, in words.
#pragma once

#include <QString>

#include <map>

#include "app/pages/common/page.h"
#include "core/project/project.h"

namespace lamina {

/// What the project holds, as far as the stages ask. Reads the project: not in the GUI thread.
struct ProjectSummary {
    std::int64_t datasets = 0, rows = 0, splits = 0, steps = 0, networks = 0, runs = 0, trainedRuns = 0;
    std::int64_t items = 0, labelledItems = 0;  ///< of datasets that are labelled
    bool open = false, training = false;
};
Result<ProjectSummary> summarize(Project& project);

/// Stage → status, in the language in use. GUI thread.
std::map<QString, StageStatus> stageStatuses(const ProjectSummary& summary);

}  // namespace lamina
