#include "core/tasks/task_type.h"

namespace lamina {

const TaskType* findTask(const std::string& id) {
    for (const auto* task : taskCatalogue())
        if (task->id == id) return task;
    return nullptr;
}

}  // namespace lamina
