#include "core/tasks/task_type.h"

namespace lamina {

const TaskType& classification_task() {
    static const TaskType type{
        .id = "classification",
        .title = "Classification",
        .summary = "Which one of several classes is it?",
        .target = TargetKind::ClassIndex,
        .defaultLoss = "cross_entropy",
        .losses = {"cross_entropy", "focal", "dice", "binary_cross_entropy"},
        .metrics = {"accuracy", "precision", "recall", "f1"},
        .moreMetrics = {"balanced_accuracy", "f1_weighted", "specificity", "iou", "matthews", "cohen_kappa", "roc_auc", "pr_auc", "log_loss", "top_3", "top_5"},
        .headline = "accuracy",
        .monitor = "loss",
        .monitorHigherIsBetter = false,
        .head = "softmax",
    };
    return type;
}

}  // namespace lamina
