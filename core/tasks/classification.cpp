#include "core/tasks/task_type.h"

namespace lamina {

const TaskType& classification_task() {
    static const TaskType type{
        .id = "classification",
        .title = "Classification",
        .summary = "Which one of several classes is it?",
        .target = TargetKind::ClassIndex,
        .defaultLoss = "cross_entropy",
        .losses = {"cross_entropy"},
        .metrics = {"accuracy", "precision", "recall", "f1"},
        .headline = "accuracy",
        .monitor = "loss",
        .monitorHigherIsBetter = false,
        .head = "softmax",
    };
    return type;
}

}  // namespace lamina
