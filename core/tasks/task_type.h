// The contract of a task: what kind of question the model answers. One file in core/tasks, one line in tasks.cmake.
// The wizard, the Train page, evaluation, export and the report all read it.
#pragma once

#include <string>
#include <vector>

#include "core/losses/loss_type.h"

namespace lamina {

struct TaskType {
    std::string id;  ///< persisted: "classification"
    std::string title;
    std::string summary;
    TargetKind target = TargetKind::ClassIndex;
    std::string defaultLoss;
    std::vector<std::string> losses;   ///< losses that fit
    std::vector<std::string> metrics;  ///< ids, in the order of tables: what everybody is shown, and the curves of a training
    std::vector<std::string> moreMetrics;  ///< those that an evaluation adds for who wants to know more
    std::string headline;              ///< the one metric that is shown where there is room for one
    std::string monitor;               ///< validation metric that decides what is best ("loss" is one)
    bool monitorHigherIsBetter = false;
    std::string head;                  ///< layer that ends a network for this task ("softmax"), or empty
};

const std::vector<const TaskType*>& taskCatalogue();
/// nullptr where there is none.
const TaskType* findTask(const std::string& id);

}  // namespace lamina
