#include "core/tasks/task_type.h"

namespace lamina {

const TaskType& regression_task() {
    static const TaskType type{
        .id = "regression",
        .title = "Regression",
        .summary = "Which number is it?",
        .target = TargetKind::Numbers,
        .defaultLoss = "mse",
        .losses = {"mse", "mae", "huber", "quantile"},
        .metrics = {"mae", "rmse", "r2"},
        .moreMetrics = {"mape"},
        .headline = "r2",
        .monitor = "loss",
        .monitorHigherIsBetter = false,
        .head = "",
    };
    return type;
}

}  // namespace lamina
